-- +goose Up

-- Counts of what waits, now by whom it was given to as well: what is somebody's own to
-- do is added up from kept figures, never counted.
UPDATE leg SET queue = 'close' WHERE state = 'replied' AND queue = 'handle';
UPDATE leg SET queue = 'objection' WHERE state = 'passed' AND queue = 'triage';
UPDATE leg SET queue = 'handle' WHERE state = 'registered' AND queue = 'accept' AND track = 'enquiry';
DROP TABLE IF EXISTS queue_count;
CREATE TABLE IF NOT EXISTS queue_count (
    unit            VARCHAR(12) NOT NULL,
    queue           VARCHAR(16) NOT NULL,
    handler         BINARY(16) NOT NULL, -- zero until it is given to somebody
    n               BIGINT NOT NULL,
    PRIMARY KEY (unit, queue, handler)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO queue_count (unit, queue, handler, n)
    SELECT unit, queue, handler, COUNT(*) FROM leg GROUP BY unit, queue, handler;

-- Whose approval a proposal waits for stands in sealed bodies: the program derives
-- those rows anew once.
INSERT IGNORE INTO setting (name, value, changed_at)
    SELECT 'derive_again', 'yes', 0 FROM DUAL WHERE EXISTS (SELECT 1 FROM leg WHERE queue = 'approve');

-- What a unit below is told of (a visit that was guided down): to be read there. What
-- it says is in the case.
CREATE TABLE IF NOT EXISTS notice (
    case_id         BINARY(16) NOT NULL,
    n               BIGINT NOT NULL, -- the event
    unit            VARCHAR(12) NOT NULL, -- that is told
    at              BIGINT NOT NULL,
    read_at         BIGINT NOT NULL, -- 0 until somebody has taken note of it
    read_by         BINARY(16) NOT NULL,
    PRIMARY KEY (case_id, n),
    KEY notice_unit (unit, at, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT IGNORE INTO notice (case_id, n, unit, at, read_at, read_by)
    SELECT e.case_id, e.n, e.to_unit, e.at, 0, UNHEX(REPEAT('00', 16)) FROM event e JOIN cases c ON c.id = e.case_id
    WHERE e.action = 'tell' AND c.sealed_up = 0;
INSERT INTO queue_count (unit, queue, handler, n)
    SELECT unit, 'notice', UNHEX(REPEAT('00', 16)), COUNT(*) FROM notice GROUP BY unit;

-- Forms that registered something: sent again, on whichever node, they register
-- nothing.
CREATE TABLE IF NOT EXISTS form_used (
    form            BINARY(32) NOT NULL PRIMARY KEY, -- hash of who and which form
    case_id         BINARY(16) NOT NULL,             -- zero: what came of it is nobody's to open
    at              BIGINT NOT NULL,
    KEY form_used_age (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
