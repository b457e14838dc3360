-- +goose Up

-- What the system administrator asks for and the security administrator decides: an
-- account, other duties, an account back in use. Decided rows stay.
CREATE TABLE account_request (
    id         BLOB    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL, -- open, change, reopen
    staff      BLOB    NOT NULL, -- the account; of one to be opened the id that it will have
    login      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    office     TEXT    NOT NULL,
    roles      TEXT    NOT NULL, -- separated by blanks
    reason     BLOB    NOT NULL, -- sealed
    asked_by   BLOB    NOT NULL,
    asked_at   INTEGER NOT NULL,
    state      TEXT    NOT NULL, -- waiting, approved, refused
    decided_by BLOB    NOT NULL, -- zero while it waits
    decided_at INTEGER NOT NULL,
    answer     BLOB    NOT NULL  -- sealed; empty while it waits
) STRICT, WITHOUT ROWID;
CREATE INDEX account_request_state ON account_request (state, id);
CREATE INDEX account_request_staff ON account_request (staff, state);

-- The audit administrator's lists: newest first, of everybody, one person, one account.
CREATE INDEX audit_at ON audit (chain, at, n);
CREATE INDEX audit_staff ON audit (staff, at);
CREATE INDEX audit_file ON audit (file, at);
