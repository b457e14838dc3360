-- +goose Up

-- Who answers for a unit's matters after a merger, and who handles letters, by name.
ALTER TABLE unit
    ADD COLUMN successor    VARCHAR(12)  NOT NULL DEFAULT '',
    ADD COLUMN letters_name VARCHAR(120) NOT NULL DEFAULT '';

-- Mergers (并入): asked by the system administrator, decided by the security
-- administrator; the cadre compartment is handed over by its own people.
CREATE TABLE merger (
    id         BINARY(16)    NOT NULL PRIMARY KEY,
    unit       VARCHAR(12)   NOT NULL,
    successor  VARCHAR(12)   NOT NULL,
    document   VARCHAR(500)  NOT NULL, -- the decision on which it rests
    asked_by   BINARY(16)    NOT NULL,
    asked_at   BIGINT        NOT NULL,
    state      VARCHAR(16)   NOT NULL, -- waiting, approved, refused
    decided_by BINARY(16)    NOT NULL,
    decided_at BIGINT        NOT NULL,
    answer     VARCHAR(1000) NOT NULL,
    sealed_by  BINARY(16)    NOT NULL, -- who handed the compartment over
    sealed_at  BIGINT        NOT NULL, -- 0 until then, whether there was anything in it or not
    closed_at  BIGINT        NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE INDEX merger_unit ON merger (unit, id);

-- Local implementing rules (具体实施办法): every version, with who and when.
CREATE TABLE local_rule (
    id         BINARY(16)    NOT NULL,
    version    INT           NOT NULL,
    unit       VARCHAR(12)   NOT NULL,
    title      VARCHAR(200)  NOT NULL,
    number     VARCHAR(80)   NOT NULL,
    text       MEDIUMTEXT    NOT NULL,
    from_day   CHAR(10)      NOT NULL,
    to_day     CHAR(10)      NOT NULL, -- empty: in force until further notice
    law        VARCHAR(64)   NOT NULL, -- id of the legal profile that it changes; empty: none
    at         BIGINT        NOT NULL,
    staff      BINARY(16)    NOT NULL,
    PRIMARY KEY (id, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE INDEX local_rule_unit ON local_rule (unit, id, version);

-- Early signs of disputes (苗头): the entries are the record, the row is where it stands.
CREATE TABLE dispute (
    id         BINARY(16)    NOT NULL PRIMARY KEY,
    unit       VARCHAR(12)   NOT NULL,
    version    INT           NOT NULL, -- number of entries
    is_open    BIGINT        NOT NULL,
    next_day   CHAR(10)      NOT NULL, -- day by which somebody looks again; empty once closed
    made_at    BIGINT        NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE INDEX dispute_unit ON dispute (unit, is_open, next_day, id);
CREATE TABLE dispute_entry (
    dispute    BINARY(16)    NOT NULL,
    n          INT           NOT NULL,
    at         BIGINT        NOT NULL,
    staff      BINARY(16)    NOT NULL,
    sealed     MEDIUMBLOB    NOT NULL,
    PRIMARY KEY (dispute, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Incidents (Art. 26): of the event, never of a person. After the expiry only unit, day
-- and kind remain.
CREATE TABLE incident (
    id         BINARY(16)    NOT NULL PRIMARY KEY,
    unit       VARCHAR(12)   NOT NULL,
    day        CHAR(10)      NOT NULL,
    kind       VARCHAR(32)   NOT NULL,
    expires    CHAR(10)      NOT NULL,
    made_at    BIGINT        NOT NULL,
    staff      BINARY(16)    NOT NULL,
    sealed     MEDIUMBLOB    NOT NULL -- empty after the expiry
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE INDEX incident_unit ON incident (unit, id);
CREATE INDEX incident_expires ON incident (expires);
