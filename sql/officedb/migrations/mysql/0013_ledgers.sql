-- +goose Up

-- How many lists somebody took out on a day.
CREATE TABLE IF NOT EXISTS export_count (
    staff BINARY(16)  NOT NULL,
    day   VARCHAR(10) NOT NULL,
    n     INT         NOT NULL,
    PRIMARY KEY (staff, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The new columns stand in sealed bodies: the program derives the rows of all cases
-- anew once.
INSERT INTO setting (name, value, changed_at)
    SELECT 'derive_again', 'all', 0 FROM DUAL WHERE EXISTS (SELECT 1 FROM leg)
    ON DUPLICATE KEY UPDATE value = 'all';

-- What ledgers and the board of first petitions ask of a leg: how it came, whether it is
-- a first petition, of how many people, by when it must be signed for, what became of it.
ALTER TABLE leg
    ADD COLUMN kind     VARCHAR(12)  NOT NULL DEFAULT '',
    ADD COLUMN occasion VARCHAR(8)   NOT NULL DEFAULT '', -- first, repeat; empty until decided
    ADD COLUMN people   INT          NOT NULL DEFAULT 0,
    ADD COLUMN sign_due BIGINT       NOT NULL DEFAULT 0,
    ADD COLUMN ended_at BIGINT       NOT NULL DEFAULT 0,
    ADD COLUMN fate     VARCHAR(8)   NOT NULL DEFAULT '', -- open, once, again
    ADD COLUMN turns    VARCHAR(255) NOT NULL DEFAULT '',
    ADD UNIQUE KEY leg_came (unit, received, case_id, n),
    ADD UNIQUE KEY leg_unsigned (unit, sign_due, case_id, n);
