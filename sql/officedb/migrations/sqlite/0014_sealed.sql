-- +goose Up

-- A recusal waits in a queue of its own, of those who may decide about it.
UPDATE leg SET queue = 'recuse' WHERE queue = 'rule'
    AND NOT EXISTS (SELECT 1 FROM leg d WHERE d.case_id = leg.case_id AND d.state = 'disputed');
DELETE FROM queue_count WHERE queue IN ('rule', 'recuse');
INSERT INTO queue_count (unit, queue, handler, n)
    SELECT unit, queue, handler, COUNT(*) FROM leg WHERE queue IN ('rule', 'recuse') GROUP BY unit, queue, handler;

-- Petitioners who asked who had looked at their data, and when they were answered.
CREATE TABLE view_request (
    case_id     BLOB    NOT NULL,
    n           INTEGER NOT NULL, -- the event
    unit        TEXT    NOT NULL, -- where the matter lay
    at          INTEGER NOT NULL,
    answered_at INTEGER NOT NULL, -- 0 until then
    PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_request_unit ON view_request (unit, answered_at, at);
INSERT INTO view_request (case_id, n, unit, at, answered_at)
    SELECT e.case_id, e.n, l.unit, e.at, 0 FROM event e JOIN leg l ON l.case_id = e.case_id AND l.n = 1 WHERE e.action = 'ask_views';

-- Accountability for first petitions (clause 3): of work and units, with entries that are
-- added and never changed.
CREATE TABLE accountability (
    id      BLOB    NOT NULL PRIMARY KEY,
    unit    TEXT    NOT NULL, -- that opened it
    about   TEXT    NOT NULL, -- whose work it is
    case_id BLOB    NOT NULL,
    version INTEGER NOT NULL, -- number of entries
    state   TEXT    NOT NULL, -- petition.AccountState
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX accountability_unit ON accountability (unit, id);
CREATE INDEX accountability_about ON accountability (about, id);
CREATE UNIQUE INDEX accountability_once ON accountability (case_id, about, unit);
CREATE TABLE accountability_entry (
    file   BLOB    NOT NULL,
    n      INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    staff  BLOB    NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (file, n)
) STRICT, WITHOUT ROWID;
