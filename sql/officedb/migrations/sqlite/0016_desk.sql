-- +goose Up

-- Visits at the reception desk: the entries are the record, the row is whose and when.
-- No visitor is named in either.
CREATE TABLE visit (
    id      BLOB    NOT NULL PRIMARY KEY,
    unit    TEXT    NOT NULL,
    day     TEXT    NOT NULL,
    version INTEGER NOT NULL, -- number of entries
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX visit_day ON visit (unit, day, id);
CREATE TABLE visit_entry (
    visit  BLOB    NOT NULL,
    n      INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    staff  BLOB    NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (visit, n)
) STRICT, WITHOUT ROWID;
-- The cases that came of a visit. A report about a cadre leaves no row here.
CREATE TABLE visit_case (
    visit   BLOB    NOT NULL,
    case_id BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    PRIMARY KEY (visit, case_id)
) STRICT, WITHOUT ROWID;

-- Rows of old ledgers that were taken in: the same row of the same file is taken in once.
CREATE TABLE imported (
    unit    TEXT    NOT NULL,
    file    BLOB    NOT NULL, -- hash of its content
    line    INTEGER NOT NULL,
    case_id BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    PRIMARY KEY (unit, file, line)
) STRICT, WITHOUT ROWID;
