-- +goose Up

-- Entries (events, views, entries of reports) on their way into the log of record: put
-- here with the entry, taken away with its position. All kinds look alike.
CREATE TABLE unsequenced (
    id   BLOB NOT NULL PRIMARY KEY, -- order of arrival, nothing else
    hash BLOB NOT NULL              -- of the entry
) STRICT, WITHOUT ROWID;

-- The Merkle log of those hashes: 256 of a level stand in one row.
CREATE TABLE log_tile (
    level  INTEGER NOT NULL, -- 0: the leaves
    n      INTEGER NOT NULL,
    hashes BLOB    NOT NULL, -- up to 256 hashes; the last row of a level grows
    PRIMARY KEY (level, n)
) STRICT, WITHOUT ROWID;

-- Signed heads of the log.
CREATE TABLE log_head (
    number INTEGER NOT NULL PRIMARY KEY, -- 1, 2, 3 …
    size   INTEGER NOT NULL,             -- entries with a position
    root   BLOB    NOT NULL,
    at     INTEGER NOT NULL,
    sig    BLOB    NOT NULL              -- Ed25519, the office's key
) STRICT;

-- What was written before there was a log.
INSERT OR IGNORE INTO unsequenced (id, hash) SELECT SUBSTR(hash, 1, 16), hash FROM event;
INSERT OR IGNORE INTO unsequenced (id, hash) SELECT SUBSTR(hash, 1, 16), hash FROM report_entry;
INSERT OR IGNORE INTO unsequenced (id, hash) SELECT SUBSTR(hash, 1, 16), hash FROM audit;
