-- +goose Up

-- A recusal waits in a queue of its own, of those who may decide about it.
UPDATE leg l LEFT JOIN leg d ON d.case_id = l.case_id AND d.state = 'disputed'
    SET l.queue = 'recuse' WHERE l.queue = 'rule' AND d.case_id IS NULL;
DELETE FROM queue_count WHERE queue IN ('rule', 'recuse');
INSERT INTO queue_count (unit, queue, handler, n)
    SELECT unit, queue, handler, COUNT(*) FROM leg WHERE queue IN ('rule', 'recuse') GROUP BY unit, queue, handler;

-- Petitioners who asked who had looked at their data, and when they were answered.
CREATE TABLE IF NOT EXISTS view_request (
    case_id     BINARY(16)  NOT NULL,
    n           INT         NOT NULL, -- the event
    unit        VARCHAR(12) NOT NULL, -- where the matter lay
    at          BIGINT      NOT NULL,
    answered_at BIGINT      NOT NULL, -- 0 until then
    PRIMARY KEY (case_id, n),
    KEY view_request_unit (unit, answered_at, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT IGNORE INTO view_request (case_id, n, unit, at, answered_at)
    SELECT e.case_id, e.n, l.unit, e.at, 0 FROM event e JOIN leg l ON l.case_id = e.case_id AND l.n = 1 WHERE e.action = 'ask_views';

-- Accountability for first petitions (clause 3): of work and units, with entries that are
-- added and never changed.
CREATE TABLE IF NOT EXISTS accountability (
    id      BINARY(16)  NOT NULL PRIMARY KEY,
    unit    VARCHAR(12) NOT NULL, -- that opened it
    about   VARCHAR(12) NOT NULL, -- whose work it is
    case_id BINARY(16)  NOT NULL,
    version INT         NOT NULL, -- number of entries
    state   VARCHAR(16) NOT NULL, -- petition.AccountState
    made_at BIGINT      NOT NULL,
    KEY accountability_unit (unit, id),
    KEY accountability_about (about, id),
    UNIQUE KEY accountability_once (case_id, about, unit)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS accountability_entry (
    file   BINARY(16) NOT NULL,
    n      INT        NOT NULL,
    at     BIGINT     NOT NULL,
    staff  BINARY(16) NOT NULL,
    sealed MEDIUMBLOB NOT NULL,
    PRIMARY KEY (file, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
