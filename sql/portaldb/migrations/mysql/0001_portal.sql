-- What the portal keeps. Everything in a column named sealed, copy, folder or wrapped
-- is ciphertext that this database cannot open. Ids are 16 bytes, instants are
-- microseconds since 1970.

-- +goose Up
CREATE TABLE IF NOT EXISTS filing (
  id             BINARY(16) PRIMARY KEY,
  office         VARCHAR(100) NOT NULL, -- destination installation
  received       BIGINT NOT NULL,
  size           INT NOT NULL, -- padded
  body_hash      VARBINARY(32) NOT NULL, -- keyed by the code; empty for cases that came on paper
  item           VARBINARY(16) NOT NULL, -- outbox item; empty for cases that came on paper
  copy           MEDIUMBLOB NOT NULL, -- the petitioner's, under the reading key
  receipt        VARBINARY(255) NOT NULL, -- signed statement
  folder         MEDIUMBLOB NOT NULL, -- from the office, under the reading key
  folder_version INT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS code_grant (
  locator BINARY(32) PRIMARY KEY,
  filing  BINARY(16) NOT NULL,
  wrapped VARBINARY(255) NOT NULL, -- reading key under the code key; empty once revoked
  rights  VARCHAR(100) NOT NULL,
  revoked TINYINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS said (
  id     BINARY(16) PRIMARY KEY,
  filing BINARY(16) NOT NULL,
  at     BIGINT NOT NULL,
  item   BINARY(16) NOT NULL,
  copy   MEDIUMBLOB NOT NULL, -- emptied when the office has it
  done   TINYINT NOT NULL,
  KEY said_filing (filing, done, at),
  KEY said_item (item)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS draft (
  id      BINARY(32) PRIMARY KEY, -- hash of the cookie's token
  version INT NOT NULL,
  sealed  MEDIUMBLOB NOT NULL,
  expires BIGINT NOT NULL,
  KEY draft_expires (expires)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS file (
  id      BINARY(16) PRIMARY KEY,
  draft   VARBINARY(32) NOT NULL, -- whose it is until it is claimed, then empty
  item    VARBINARY(16) NOT NULL, -- outbox item that carries it; empty until claimed
  expires BIGINT NOT NULL,
  KEY file_draft (draft),
  KEY file_item (item),
  KEY file_expires (expires)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS file_chunk (
  file   BINARY(16) NOT NULL,
  n      INT NOT NULL,
  sealed MEDIUMBLOB NOT NULL,
  PRIMARY KEY (file, n)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS outbox (
  id        BINARY(16) PRIMARY KEY,
  sender    VARCHAR(100) NOT NULL,
  recipient VARCHAR(100) NOT NULL,
  made      BIGINT NOT NULL,
  sealed    MEDIUMBLOB NOT NULL,
  sig       VARBINARY(255) NOT NULL,
  KEY outbox_recipient (recipient, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS inbox (
  id        BINARY(16) PRIMARY KEY,
  sender    VARCHAR(100) NOT NULL,
  recipient VARCHAR(100) NOT NULL,
  made      BIGINT NOT NULL,
  sealed    MEDIUMBLOB NOT NULL,
  sig       VARBINARY(255) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS seen (
  id BINARY(16) PRIMARY KEY, -- inbox item that was applied
  at BIGINT NOT NULL,
  KEY seen_at (at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS refused (
  id     BINARY(16) PRIMARY KEY, -- inbox item that was set aside
  sender VARCHAR(100) NOT NULL, -- empty where it could not be believed
  at     BIGINT NOT NULL,
  why    VARCHAR(1000) NOT NULL,
  sealed MEDIUMBLOB NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS directory (
  installation VARCHAR(100) PRIMARY KEY,
  version      BIGINT NOT NULL,
  content      MEDIUMBLOB NOT NULL -- public: units and their public keys
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS captcha (
  id      BINARY(16) PRIMARY KEY, -- spent
  expires BIGINT NOT NULL,
  KEY captcha_expires (expires)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS tries (
  bucket  BINARY(32) NOT NULL, -- keyed hash of a client and a purpose
  slot    BIGINT NOT NULL, -- start of the window
  n       INT NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (bucket, slot),
  KEY tries_expires (expires)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS day_key (
  day     CHAR(10) PRIMARY KEY,
  secret  BINARY(32) NOT NULL,
  expires BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
