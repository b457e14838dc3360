-- +goose Up

-- A unit's sessions of a year, as entries that are never changed (petition.Plan). All of it
-- is public, or will be.
CREATE TABLE reception_plan (
    unit    TEXT NOT NULL,
    year    INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    action  TEXT NOT NULL,
    staff   BLOB NOT NULL,
    session BLOB NOT NULL, -- zero: of the whole plan
    body    TEXT NOT NULL, -- JSON
    PRIMARY KEY (unit, year, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX reception_plan_session ON reception_plan (session);
-- Whose case has a place at a session, and what came of it: derived from the case.
CREATE TABLE reception_seat (
    session BLOB NOT NULL,
    case_id BLOB NOT NULL,
    step    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (session, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reception_seat_case ON reception_seat (case_id);
-- What a leader told somebody to do at a session.
CREATE TABLE reception_duty (
    session BLOB NOT NULL,
    duty    BLOB NOT NULL,
    PRIMARY KEY (session, duty)
) STRICT, WITHOUT ROWID;
