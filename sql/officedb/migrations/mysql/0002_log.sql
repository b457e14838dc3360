-- +goose Up

-- Entries (events, views, entries of reports) on their way into the log of record: put
-- here with the entry, taken away with its position. All kinds look alike.
CREATE TABLE IF NOT EXISTS unsequenced (
    id              BINARY(16) NOT NULL PRIMARY KEY, -- order of arrival, nothing else
    hash            BINARY(32) NOT NULL              -- of the entry
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The Merkle log of those hashes: 256 of a level stand in one row.
CREATE TABLE IF NOT EXISTS log_tile (
    level           TINYINT NOT NULL, -- 0: the leaves
    n               BIGINT NOT NULL,
    hashes          VARBINARY(8192) NOT NULL, -- up to 256 hashes; the last row of a level grows
    PRIMARY KEY (level, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Signed heads of the log.
CREATE TABLE IF NOT EXISTS log_head (
    number          BIGINT NOT NULL PRIMARY KEY, -- 1, 2, 3 …
    size            BIGINT NOT NULL,             -- entries with a position
    root            BINARY(32) NOT NULL,
    at              BIGINT NOT NULL,
    sig             BINARY(64) NOT NULL          -- Ed25519, the office's key
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What was written before there was a log.
INSERT IGNORE INTO unsequenced (id, hash) SELECT SUBSTR(hash, 1, 16), hash FROM event;
INSERT IGNORE INTO unsequenced (id, hash) SELECT SUBSTR(hash, 1, 16), hash FROM report_entry;
INSERT IGNORE INTO unsequenced (id, hash) SELECT SUBSTR(hash, 1, 16), hash FROM audit;
