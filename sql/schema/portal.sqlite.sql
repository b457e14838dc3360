-- The whole schema as the migrations make it, but for the table in which they are
-- counted. For reading only; made by: make schema

CREATE TABLE captcha (
  id      BLOB PRIMARY KEY,                -- spent
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX captcha_expires ON captcha (expires);

CREATE TABLE code_grant (
  locator BLOB PRIMARY KEY,
  filing  BLOB NOT NULL,
  wrapped BLOB NOT NULL,                   -- reading key under the code key; empty once revoked
  rights  TEXT NOT NULL,
  revoked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE day_key (
  day     TEXT PRIMARY KEY,
  secret  BLOB NOT NULL,
  expires INTEGER NOT NULL
) STRICT;

CREATE TABLE directory (
  installation TEXT PRIMARY KEY,
  version      INTEGER NOT NULL,
  content      BLOB NOT NULL               -- public: units and their public keys
) STRICT;

CREATE TABLE draft (
  id      BLOB PRIMARY KEY,                -- hash of the cookie's token
  version INTEGER NOT NULL,
  sealed  BLOB NOT NULL,
  expires INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_expires ON draft (expires);

CREATE TABLE file (
  id      BLOB PRIMARY KEY,
  draft   BLOB NOT NULL,                   -- whose it is until it is claimed, then empty
  item    BLOB NOT NULL,                   -- outbox item that carries it; empty until claimed
  expires INTEGER NOT NULL
) STRICT;
CREATE INDEX file_draft ON file (draft);
CREATE INDEX file_expires ON file (expires);
CREATE INDEX file_item ON file (item);

CREATE TABLE file_chunk (
  file   BLOB NOT NULL,
  n      INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (file, n)
) STRICT;

CREATE TABLE filing (
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

CREATE TABLE inbox (
  id        BLOB PRIMARY KEY,
  sender    TEXT NOT NULL,
  recipient TEXT NOT NULL,
  made      INTEGER NOT NULL,
  sealed    BLOB NOT NULL,
  sig       BLOB NOT NULL
) STRICT;

CREATE TABLE outbox (
  id        BLOB PRIMARY KEY,
  sender    TEXT NOT NULL,
  recipient TEXT NOT NULL,
  made      INTEGER NOT NULL,
  sealed    BLOB NOT NULL,
  sig       BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_recipient ON outbox (recipient, id);

CREATE TABLE refused (
  id     BLOB PRIMARY KEY,                 -- inbox item that was set aside
  sender TEXT NOT NULL,                    -- empty where it could not be believed
  at     INTEGER NOT NULL,
  why    TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE said (
  id     BLOB PRIMARY KEY,
  filing BLOB NOT NULL,
  at     INTEGER NOT NULL,
  item   BLOB NOT NULL,
  copy   BLOB NOT NULL,                    -- emptied when the office has it
  done   INTEGER NOT NULL
) STRICT;
CREATE INDEX said_filing ON said (filing, done, at);
CREATE INDEX said_item ON said (item);

CREATE TABLE seen (
  id BLOB PRIMARY KEY,                     -- inbox item that was applied
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_at ON seen (at);

CREATE TABLE tries (
  bucket  BLOB NOT NULL,                   -- keyed hash of a client and a purpose
  slot    INTEGER NOT NULL,                -- start of the window
  n       INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (bucket, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX tries_expires ON tries (expires);
