-- +goose Up

-- The files of an item in quarantine: kept until it was released, however long.
CREATE TABLE IF NOT EXISTS quarantine_file (
    file            BINARY(16) NOT NULL,
    item            BINARY(16) NOT NULL,
    PRIMARY KEY (file, item),
    KEY quarantine_file_item (item)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What an operator let out of quarantine, in the transaction that took it in: once.
CREATE TABLE IF NOT EXISTS quarantine_released (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    released_at     BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
