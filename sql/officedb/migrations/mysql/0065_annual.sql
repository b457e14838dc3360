-- +goose Up

-- Annual reports (petition.Annual, scenario 8.3), entry by entry; and what a unit chose for
-- its area and for the units below that chose nothing else. Nothing is changed.
CREATE TABLE IF NOT EXISTS annual_entry (
    unit    VARCHAR(12) NOT NULL,
    year    INT         NOT NULL,
    n       INT         NOT NULL,
    status  VARCHAR(16) NOT NULL,
    at      BIGINT      NOT NULL,
    staff   BINARY(16)  NOT NULL,
    by_unit VARCHAR(12) NOT NULL, -- of the officer
    sealed  MEDIUMBLOB  NOT NULL,
    PRIMARY KEY (unit, year, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS unit_choice (
    unit  VARCHAR(12) NOT NULL,
    name  VARCHAR(16) NOT NULL,
    n     INT         NOT NULL,
    value VARCHAR(16) NOT NULL,
    at    BIGINT      NOT NULL,
    staff BINARY(16)  NOT NULL,
    PRIMARY KEY (unit, name, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
