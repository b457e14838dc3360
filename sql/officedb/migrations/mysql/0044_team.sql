-- +goose Up

-- What a unit keeps about who carries its petition work (petition.Team, clauses 12, 14).
-- Lines are added, never changed; names and words are sealed under the unit's key.
CREATE TABLE IF NOT EXISTS team_entry (
    unit   VARCHAR(12)     NOT NULL,
    n      INT             NOT NULL,
    kind   VARCHAR(16)     NOT NULL,
    day    CHAR(10)        NOT NULL,
    ends   INT             NOT NULL, -- the line that it ends; 0 for none
    at     BIGINT          NOT NULL,
    staff  BINARY(16)      NOT NULL,
    sealed VARBINARY(8192) NOT NULL,
    PRIMARY KEY (unit, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
