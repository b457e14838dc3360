-- +goose Up

-- The files of an item in quarantine: kept until it was released, however long.
CREATE TABLE quarantine_file (
    file BLOB NOT NULL,
    item BLOB NOT NULL,
    PRIMARY KEY (file, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX quarantine_file_item ON quarantine_file (item);

-- What an operator let out of quarantine, in the transaction that took it in: once.
CREATE TABLE quarantine_released (
    id          BLOB    NOT NULL PRIMARY KEY,
    released_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
