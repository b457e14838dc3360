-- +goose Up

-- Who searched when, for what, as keyed tokens: which searches touched a sealed matter
-- is found later.
CREATE TABLE search_log (
    id      BINARY(16)   NOT NULL PRIMARY KEY,
    at      BIGINT       NOT NULL,
    staff   BINARY(16)   NOT NULL,
    unit    VARCHAR(12)  NOT NULL,
    tokens  BLOB         NOT NULL, -- eight bytes each
    purpose BLOB         NOT NULL, -- sealed; empty where none was asked
    KEY search_log_at (at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The search index of a node takes in what changed since it last looked.
ALTER TABLE cases ADD KEY cases_changed (changed_at, id);
