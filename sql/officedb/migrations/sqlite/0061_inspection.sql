-- +goose Up

-- Requests of inspection teams (petition.Inspection, scenario 12.4) and what was done about
-- each. Nothing is changed.
CREATE TABLE IF NOT EXISTS inspection (
    id    BLOB NOT NULL PRIMARY KEY,
    unit  TEXT NOT NULL, -- that was asked
    about TEXT NOT NULL  -- the unit inspected
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS inspection_unit ON inspection (unit, id);

CREATE TABLE IF NOT EXISTS inspection_entry (
    inspection BLOB    NOT NULL,
    n          INTEGER NOT NULL,
    act        TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    staff      BLOB    NOT NULL,
    sealed     BLOB    NOT NULL,
    PRIMARY KEY (inspection, n)
) STRICT, WITHOUT ROWID;
