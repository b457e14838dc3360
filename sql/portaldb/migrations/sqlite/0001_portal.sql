-- What the portal keeps. Everything in a column named sealed, copy, folder or wrapped
-- is ciphertext that this database cannot open. Ids are 16 bytes, instants are
-- microseconds since 1970.

-- +goose Up
CREATE TABLE IF NOT EXISTS filing (
  id             BLOB PRIMARY KEY,
  office         TEXT NOT NULL,            -- destination installation
  received       INTEGER NOT NULL,
  size           INTEGER NOT NULL,         -- padded
  body_hash      BLOB NOT NULL,            -- keyed by the code; empty for cases that came on paper
  item           BLOB NOT NULL,            -- outbox item; empty for cases that came on paper
  copy           BLOB NOT NULL,            -- the petitioner's, under the reading key
  receipt        BLOB NOT NULL,            -- signed statement
  folder         BLOB NOT NULL,            -- from the office, under the reading key
  folder_version INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS code_grant (
  locator BLOB PRIMARY KEY,
  filing  BLOB NOT NULL,
  wrapped BLOB NOT NULL,                   -- reading key under the code key; empty once revoked
  rights  TEXT NOT NULL,
  revoked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS said (
  id     BLOB PRIMARY KEY,
  filing BLOB NOT NULL,
  at     INTEGER NOT NULL,
  item   BLOB NOT NULL,
  copy   BLOB NOT NULL,                    -- emptied when the office has it
  done   INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS said_filing ON said (filing, done, at);
CREATE INDEX IF NOT EXISTS said_item ON said (item);

CREATE TABLE IF NOT EXISTS draft (
  id      BLOB PRIMARY KEY,                -- hash of the cookie's token
  version INTEGER NOT NULL,
  sealed  BLOB NOT NULL,
  expires INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS draft_expires ON draft (expires);

CREATE TABLE IF NOT EXISTS file (
  id      BLOB PRIMARY KEY,
  draft   BLOB NOT NULL,                   -- whose it is until it is claimed, then empty
  item    BLOB NOT NULL,                   -- outbox item that carries it; empty until claimed
  expires INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS file_draft ON file (draft);
CREATE INDEX IF NOT EXISTS file_item ON file (item);
CREATE INDEX IF NOT EXISTS file_expires ON file (expires);

CREATE TABLE IF NOT EXISTS file_chunk (
  file   BLOB NOT NULL,
  n      INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (file, n)
) STRICT;

CREATE TABLE IF NOT EXISTS outbox (
  id        BLOB PRIMARY KEY,
  sender    TEXT NOT NULL,
  recipient TEXT NOT NULL,
  made      INTEGER NOT NULL,
  sealed    BLOB NOT NULL,
  sig       BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_recipient ON outbox (recipient, id);

CREATE TABLE IF NOT EXISTS inbox (
  id        BLOB PRIMARY KEY,
  sender    TEXT NOT NULL,
  recipient TEXT NOT NULL,
  made      INTEGER NOT NULL,
  sealed    BLOB NOT NULL,
  sig       BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS seen (
  id BLOB PRIMARY KEY,                     -- inbox item that was applied
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_at ON seen (at);

CREATE TABLE IF NOT EXISTS refused (
  id     BLOB PRIMARY KEY,                 -- inbox item that was set aside
  sender TEXT NOT NULL,                    -- empty where it could not be believed
  at     INTEGER NOT NULL,
  why    TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS directory (
  installation TEXT PRIMARY KEY,
  version      INTEGER NOT NULL,
  content      BLOB NOT NULL               -- public: units and their public keys
) STRICT;

CREATE TABLE IF NOT EXISTS captcha (
  id      BLOB PRIMARY KEY,                -- spent
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS captcha_expires ON captcha (expires);

CREATE TABLE IF NOT EXISTS tries (
  bucket  BLOB NOT NULL,                   -- keyed hash of a client and a purpose
  slot    INTEGER NOT NULL,                -- start of the window
  n       INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (bucket, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tries_expires ON tries (expires);

CREATE TABLE IF NOT EXISTS day_key (
  day     TEXT PRIMARY KEY,
  secret  BLOB NOT NULL,
  expires INTEGER NOT NULL
) STRICT;
