-- +goose Up

-- Common issues (petition.Issue, scenario 11.1): what the monthly job proposed, the cases
-- that it counted, what people decided, and from how many cases on. Nothing is changed.
CREATE TABLE IF NOT EXISTS issue (
    id       BLOB    NOT NULL PRIMARY KEY,
    unit     TEXT    NOT NULL,
    topic    TEXT    NOT NULL,
    month    TEXT    NOT NULL, -- "2026-10"
    least    INTEGER NOT NULL, -- the number in force when it was found
    found_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS issue_once ON issue (unit, month, topic);

CREATE TABLE IF NOT EXISTS issue_case (
    issue   BLOB NOT NULL,
    case_id BLOB NOT NULL,
    PRIMARY KEY (issue, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS issue_entry (
    issue   BLOB    NOT NULL,
    n       INTEGER NOT NULL,
    status  TEXT    NOT NULL,
    due_day TEXT    NOT NULL, -- by which advice is to be answered
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (issue, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS issue_least (
    unit  TEXT    NOT NULL,
    n     INTEGER NOT NULL,
    least INTEGER NOT NULL,
    at    INTEGER NOT NULL,
    staff BLOB    NOT NULL,
    PRIMARY KEY (unit, n)
) STRICT, WITHOUT ROWID;
