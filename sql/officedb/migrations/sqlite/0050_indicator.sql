-- +goose Up

-- What the legs of a unit left on a day for each indicator (petition.Mark, domain §3.9):
-- sums, kept with the legs, under the day and under the month (M2026-09). Days that are
-- still to come hold what will fall due then.
CREATE TABLE IF NOT EXISTS indicator_day (
    unit TEXT    NOT NULL,
    day  TEXT    NOT NULL,
    what TEXT    NOT NULL,
    num  INTEGER NOT NULL,
    den  INTEGER NOT NULL,
    PRIMARY KEY (unit, day, what)
) STRICT, WITHOUT ROWID;

-- Periods that were closed: the figures as they were then. A later revision says why.
CREATE TABLE IF NOT EXISTS indicator_snapshot (
    unit     TEXT    NOT NULL,
    period   TEXT    NOT NULL, -- 2026, 2026-Q3, 2026-09
    revision INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    staff    BLOB    NOT NULL,
    name     TEXT    NOT NULL,
    reason   TEXT    NOT NULL, -- empty for the first
    figures  BLOB    NOT NULL, -- JSON: petition.Snapshot
    PRIMARY KEY (unit, period, revision)
) STRICT, WITHOUT ROWID;

-- A leg's share in them, to be taken off when the leg changes. It stands in sealed
-- bodies: the program derives the rows of all cases anew once.
ALTER TABLE leg ADD COLUMN marks TEXT NOT NULL DEFAULT '';
INSERT INTO setting (name, value, changed_at)
    SELECT 'derive_again', 'all', 0 WHERE EXISTS (SELECT 1 FROM leg)
    ON CONFLICT (name) DO UPDATE SET value = 'all';
