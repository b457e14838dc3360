-- +goose Up

-- What the system administrator asks for and the security administrator decides: an
-- account, other duties, an account back in use. Decided rows stay.
CREATE TABLE IF NOT EXISTS account_request (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    kind            VARCHAR(12) NOT NULL, -- open, change, reopen
    staff           BINARY(16) NOT NULL, -- the account; of one to be opened the id that it will have
    login           VARCHAR(64) NOT NULL,
    name            VARCHAR(200) NOT NULL,
    unit            VARCHAR(12) NOT NULL,
    office          VARCHAR(100) NOT NULL,
    roles           VARCHAR(255) NOT NULL, -- separated by blanks
    reason          BLOB NOT NULL, -- sealed
    asked_by        BINARY(16) NOT NULL,
    asked_at        BIGINT NOT NULL,
    state           VARCHAR(12) NOT NULL, -- waiting, approved, refused
    decided_by      BINARY(16) NOT NULL, -- zero while it waits
    decided_at      BIGINT NOT NULL,
    answer          BLOB NOT NULL, -- sealed; empty while it waits
    KEY account_request_state (state, id),
    KEY account_request_staff (staff, state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The audit administrator's lists: newest first, of everybody, one person, one account.
-- The engines have no common way to say "if it is not there yet".
SET @step = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'audit' AND index_name = 'audit_at') = 0, 'ALTER TABLE audit ADD KEY audit_at (chain, at, n)', 'DO 0');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
SET @step = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'audit' AND index_name = 'audit_staff') = 0, 'ALTER TABLE audit ADD KEY audit_staff (staff, at)', 'DO 0');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
SET @step = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'audit' AND index_name = 'audit_file') = 0, 'ALTER TABLE audit ADD KEY audit_file (file, at)', 'DO 0');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
