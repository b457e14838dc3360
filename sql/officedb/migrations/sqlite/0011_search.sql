-- +goose Up

-- Who searched when, for what, as keyed tokens: which searches touched a sealed matter
-- is found later.
CREATE TABLE search_log (
    id      BLOB    NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    unit    TEXT    NOT NULL,
    tokens  BLOB    NOT NULL, -- eight bytes each
    purpose BLOB    NOT NULL  -- sealed; empty where none was asked
) STRICT, WITHOUT ROWID;
CREATE INDEX search_log_at ON search_log (at, id);

-- The search index of a node takes in what changed since it last looked.
CREATE INDEX cases_changed ON cases (changed_at, id);
