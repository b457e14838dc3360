-- +goose Up

-- What ledgers and the board of first petitions ask of a leg: how it came, whether it is
-- a first petition, of how many people, by when it must be signed for, what became of it.
ALTER TABLE leg ADD COLUMN kind     TEXT    NOT NULL DEFAULT '';
ALTER TABLE leg ADD COLUMN occasion TEXT    NOT NULL DEFAULT ''; -- first, repeat; empty until decided
ALTER TABLE leg ADD COLUMN people   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leg ADD COLUMN sign_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leg ADD COLUMN ended_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leg ADD COLUMN fate     TEXT    NOT NULL DEFAULT ''; -- open, once, again
ALTER TABLE leg ADD COLUMN turns    TEXT    NOT NULL DEFAULT '';
CREATE UNIQUE INDEX leg_came ON leg (unit, received, case_id, n);
CREATE UNIQUE INDEX leg_unsigned ON leg (unit, sign_due, case_id, n);

-- They stand in sealed bodies: the program derives the rows of all cases anew once.
INSERT INTO setting (name, value, changed_at)
    SELECT 'derive_again', 'all', 0 WHERE EXISTS (SELECT 1 FROM leg)
    ON CONFLICT (name) DO UPDATE SET value = 'all';

-- How many lists somebody took out on a day.
CREATE TABLE export_count (
    staff BLOB    NOT NULL,
    day   TEXT    NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (staff, day)
) STRICT, WITHOUT ROWID;
