-- +goose Up

-- Who answers for a unit's matters after a merger, and who handles letters, by name.
ALTER TABLE unit ADD COLUMN successor    TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN letters_name TEXT NOT NULL DEFAULT '';

-- Mergers (并入): asked by the system administrator, decided by the security
-- administrator; the cadre compartment is handed over by its own people.
CREATE TABLE merger (
    id         BLOB    NOT NULL PRIMARY KEY,
    unit       TEXT    NOT NULL,
    successor  TEXT    NOT NULL,
    document   TEXT    NOT NULL, -- the decision on which it rests
    asked_by   BLOB    NOT NULL,
    asked_at   INTEGER NOT NULL,
    state      TEXT    NOT NULL, -- waiting, approved, refused
    decided_by BLOB    NOT NULL,
    decided_at INTEGER NOT NULL,
    answer     TEXT    NOT NULL,
    sealed_by  BLOB    NOT NULL, -- who handed the compartment over
    sealed_at  INTEGER NOT NULL, -- 0 until then, whether there was anything in it or not
    closed_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX merger_unit ON merger (unit, id);

-- Local implementing rules (具体实施办法): every version, with who and when.
CREATE TABLE local_rule (
    id       BLOB    NOT NULL,
    version  INTEGER NOT NULL,
    unit     TEXT    NOT NULL,
    title    TEXT    NOT NULL,
    number   TEXT    NOT NULL,
    text     TEXT    NOT NULL,
    from_day TEXT    NOT NULL,
    to_day   TEXT    NOT NULL, -- empty: in force until further notice
    law      TEXT    NOT NULL, -- id of the legal profile that it changes; empty: none
    at       INTEGER NOT NULL,
    staff    BLOB    NOT NULL,
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX local_rule_unit ON local_rule (unit, id, version);

-- Early signs of disputes (苗头): the entries are the record, the row is where it stands.
CREATE TABLE dispute (
    id      BLOB    NOT NULL PRIMARY KEY,
    unit    TEXT    NOT NULL,
    version INTEGER NOT NULL, -- number of entries
    is_open INTEGER NOT NULL,
    next_day TEXT   NOT NULL, -- day by which somebody looks again; empty once closed
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dispute_unit ON dispute (unit, is_open, next_day, id);
CREATE TABLE dispute_entry (
    dispute BLOB    NOT NULL,
    n       INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (dispute, n)
) STRICT, WITHOUT ROWID;

-- Incidents (Art. 26): of the event, never of a person. After the expiry only unit, day
-- and kind remain.
CREATE TABLE incident (
    id      BLOB    NOT NULL PRIMARY KEY,
    unit    TEXT    NOT NULL,
    day     TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    expires TEXT    NOT NULL,
    made_at INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    sealed  BLOB    NOT NULL -- empty after the expiry
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_unit ON incident (unit, id);
CREATE INDEX incident_expires ON incident (expires);
