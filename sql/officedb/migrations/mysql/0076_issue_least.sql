-- +goose Up

-- How many matters make a common issue is one of the things that a unit chooses. The old
-- table is made here in case it was dropped by a run that broke off.
CREATE TABLE IF NOT EXISTS issue_least (
    unit  VARCHAR(12) NOT NULL,
    n     INT         NOT NULL,
    least INT         NOT NULL,
    at    BIGINT      NOT NULL,
    staff BINARY(16)  NOT NULL,
    PRIMARY KEY (unit, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO unit_choice (unit, name, n, value, at, staff)
SELECT l.unit, 'issue_least', l.n, CAST(l.least AS CHAR), l.at, l.staff FROM issue_least l
WHERE NOT EXISTS (SELECT 1 FROM unit_choice c WHERE c.unit = l.unit AND c.name = 'issue_least' AND c.n = l.n);
DROP TABLE issue_least;
