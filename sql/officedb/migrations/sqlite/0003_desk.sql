-- +goose Up

-- Counts of what waits, now by whom it was given to as well: what is somebody's own to
-- do is added up from kept figures, never counted.
UPDATE leg SET queue = 'close' WHERE state = 'replied' AND queue = 'handle';
UPDATE leg SET queue = 'objection' WHERE state = 'passed' AND queue = 'triage';
UPDATE leg SET queue = 'handle' WHERE state = 'registered' AND queue = 'accept' AND track = 'enquiry';
DROP TABLE queue_count;
CREATE TABLE queue_count (
    unit    TEXT    NOT NULL,
    queue   TEXT    NOT NULL,
    handler BLOB    NOT NULL, -- zero until it is given to somebody
    n       INTEGER NOT NULL,
    PRIMARY KEY (unit, queue, handler)
) STRICT, WITHOUT ROWID;
INSERT INTO queue_count (unit, queue, handler, n)
    SELECT unit, queue, handler, COUNT(*) FROM leg GROUP BY unit, queue, handler;

-- Whose approval a proposal waits for stands in sealed bodies: the program derives
-- those rows anew once.
INSERT INTO setting (name, value, changed_at)
    SELECT 'derive_again', 'yes', 0 WHERE EXISTS (SELECT 1 FROM leg WHERE queue = 'approve');

-- What a unit below is told of (a visit that was guided down): to be read there. What
-- it says is in the case.
CREATE TABLE notice (
    case_id BLOB    NOT NULL,
    n       INTEGER NOT NULL, -- the event
    unit    TEXT    NOT NULL, -- that is told
    at      INTEGER NOT NULL,
    read_at INTEGER NOT NULL, -- 0 until somebody has taken note of it
    read_by BLOB    NOT NULL,
    PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_unit ON notice (unit, at, case_id);
INSERT INTO notice (case_id, n, unit, at, read_at, read_by)
    SELECT e.case_id, e.n, e.to_unit, e.at, 0, zeroblob(16) FROM event e JOIN cases c ON c.id = e.case_id
    WHERE e.action = 'tell' AND c.sealed_up = 0;
INSERT INTO queue_count (unit, queue, handler, n)
    SELECT unit, 'notice', zeroblob(16), COUNT(*) FROM notice GROUP BY unit;

-- Forms that registered something: sent again, on whichever node, they register
-- nothing.
CREATE TABLE form_used (
    form    BLOB    NOT NULL PRIMARY KEY, -- hash of who and which form
    case_id BLOB    NOT NULL,             -- zero: what came of it is nobody's to open
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX form_used_age ON form_used (at);
