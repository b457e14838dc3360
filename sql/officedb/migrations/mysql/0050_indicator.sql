-- +goose Up

-- What the legs of a unit left on a day for each indicator (petition.Mark, domain §3.9):
-- sums, kept with the legs, under the day and under the month (M2026-09). Days that are
-- still to come hold what will fall due then.
CREATE TABLE IF NOT EXISTS indicator_day (
    unit VARCHAR(12) NOT NULL,
    day  CHAR(10)    NOT NULL,
    what VARCHAR(12) NOT NULL,
    num  INT         NOT NULL,
    den  INT         NOT NULL,
    PRIMARY KEY (unit, day, what)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Periods that were closed: the figures as they were then. A later revision says why.
CREATE TABLE IF NOT EXISTS indicator_snapshot (
    unit     VARCHAR(12)  NOT NULL,
    period   VARCHAR(10)  NOT NULL, -- 2026, 2026-Q3, 2026-09
    revision INT          NOT NULL,
    at       BIGINT       NOT NULL,
    staff    BINARY(16)   NOT NULL,
    name     VARCHAR(64)  NOT NULL,
    reason   VARCHAR(512) NOT NULL, -- empty for the first
    figures  MEDIUMBLOB   NOT NULL, -- JSON: petition.Snapshot
    PRIMARY KEY (unit, period, revision)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The new column stands in sealed bodies: the program derives the rows of all cases
-- anew once.
INSERT INTO setting (name, value, changed_at)
    SELECT 'derive_again', 'all', 0 FROM DUAL WHERE EXISTS (SELECT 1 FROM leg)
    ON DUPLICATE KEY UPDATE value = 'all';

-- A leg's share in them, to be taken off when the leg changes.
ALTER TABLE leg
    ADD COLUMN marks VARCHAR(1024) NOT NULL DEFAULT '';
