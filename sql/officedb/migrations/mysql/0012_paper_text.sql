-- +goose Up

-- What a unit wrote in place of a shipped draft: every version, with who and when. An
-- empty text goes back to the shipped one.
CREATE TABLE paper_text (
    unit    VARCHAR(12) NOT NULL,
    kind    VARCHAR(32) NOT NULL,
    version INT         NOT NULL,
    text    MEDIUMTEXT  NOT NULL,
    at      BIGINT      NOT NULL,
    staff   BINARY(16)  NOT NULL,
    PRIMARY KEY (unit, kind, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
