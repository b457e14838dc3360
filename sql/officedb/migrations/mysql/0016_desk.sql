-- +goose Up

-- Visits at the reception desk: the entries are the record, the row is whose and when.
-- No visitor is named in either.
CREATE TABLE visit (
    id      BINARY(16)  NOT NULL PRIMARY KEY,
    unit    VARCHAR(12) NOT NULL,
    day     CHAR(10)    NOT NULL,
    version INT        NOT NULL, -- number of entries
    made_at BIGINT     NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE UNIQUE INDEX visit_day ON visit (unit, day, id);
CREATE TABLE visit_entry (
    visit  BINARY(16)  NOT NULL,
    n      INT        NOT NULL,
    at     BIGINT     NOT NULL,
    staff  BINARY(16)  NOT NULL,
    sealed MEDIUMBLOB NOT NULL,
    PRIMARY KEY (visit, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- The cases that came of a visit. A report about a cadre leaves no row here.
CREATE TABLE visit_case (
    visit   BINARY(16)  NOT NULL,
    case_id BINARY(16)  NOT NULL,
    at      BIGINT     NOT NULL,
    staff   BINARY(16)  NOT NULL,
    PRIMARY KEY (visit, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Rows of old ledgers that were taken in: the same row of the same file is taken in once.
CREATE TABLE imported (
    unit    VARCHAR(12) NOT NULL,
    file    BINARY(32)  NOT NULL, -- hash of its content
    line    INT        NOT NULL,
    case_id BINARY(16)  NOT NULL,
    at      BIGINT     NOT NULL,
    staff   BINARY(16)  NOT NULL,
    PRIMARY KEY (unit, file, line)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
