-- The whole schema as the migrations make it, but for the table in which they are
-- counted. For reading only; made by: make schema

CREATE TABLE captcha (
  id binary(16) NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (id),
  KEY captcha_expires (expires)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE code_grant (
  locator binary(32) NOT NULL,
  filing binary(16) NOT NULL,
  wrapped varbinary(255) NOT NULL,
  rights varchar(100) NOT NULL,
  revoked tinyint NOT NULL,
  PRIMARY KEY (locator)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE day_key (
  day char(10) NOT NULL,
  secret binary(32) NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE directory (
  installation varchar(100) NOT NULL,
  version bigint NOT NULL,
  content mediumblob NOT NULL,
  PRIMARY KEY (installation)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE draft (
  id binary(32) NOT NULL,
  version int NOT NULL,
  sealed mediumblob NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (id),
  KEY draft_expires (expires)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE file (
  id binary(16) NOT NULL,
  draft varbinary(32) NOT NULL,
  item varbinary(16) NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (id),
  KEY file_draft (draft),
  KEY file_item (item),
  KEY file_expires (expires)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE file_chunk (
  file binary(16) NOT NULL,
  n int NOT NULL,
  sealed mediumblob NOT NULL,
  PRIMARY KEY (file,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE filing (
  id binary(16) NOT NULL,
  office varchar(100) NOT NULL,
  received bigint NOT NULL,
  size int NOT NULL,
  body_hash varbinary(32) NOT NULL,
  item varbinary(16) NOT NULL,
  copy mediumblob NOT NULL,
  receipt varbinary(255) NOT NULL,
  folder mediumblob NOT NULL,
  folder_version int NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE inbox (
  id binary(16) NOT NULL,
  sender varchar(100) NOT NULL,
  recipient varchar(100) NOT NULL,
  made bigint NOT NULL,
  sealed mediumblob NOT NULL,
  sig varbinary(255) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE outbox (
  id binary(16) NOT NULL,
  sender varchar(100) NOT NULL,
  recipient varchar(100) NOT NULL,
  made bigint NOT NULL,
  sealed mediumblob NOT NULL,
  sig varbinary(255) NOT NULL,
  PRIMARY KEY (id),
  KEY outbox_recipient (recipient,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE refused (
  id binary(16) NOT NULL,
  sender varchar(100) NOT NULL,
  at bigint NOT NULL,
  why varchar(1000) NOT NULL,
  sealed mediumblob NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE said (
  id binary(16) NOT NULL,
  filing binary(16) NOT NULL,
  at bigint NOT NULL,
  item binary(16) NOT NULL,
  copy mediumblob NOT NULL,
  done tinyint NOT NULL,
  PRIMARY KEY (id),
  KEY said_filing (filing,done,at),
  KEY said_item (item)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE seen (
  id binary(16) NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (id),
  KEY seen_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE tries (
  bucket binary(32) NOT NULL,
  slot bigint NOT NULL,
  n int NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (bucket,slot),
  KEY tries_expires (expires)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
