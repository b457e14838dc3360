-- +goose Up

-- The policy library (政策库, clause 5): every version of every policy, with who and when.
-- It binds the subtree of one unit. Who brought it in from a file is nobody: staff is zero.
CREATE TABLE policy (
    id        BLOB    NOT NULL,
    version   INTEGER NOT NULL,
    unit      TEXT    NOT NULL,
    number    TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    body      TEXT    NOT NULL, -- who issued it
    level     TEXT    NOT NULL,
    from_day  TEXT    NOT NULL,
    until_day TEXT    NOT NULL, -- empty: in force until further notice
    at        INTEGER NOT NULL,
    staff     BLOB    NOT NULL,
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_number ON policy (number);
CREATE TABLE policy_article (
    policy  BLOB    NOT NULL,
    version INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    number  TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    PRIMARY KEY (policy, version, n)
) STRICT, WITHOUT ROWID;

-- What was decided on a claim at a leg, as signed last; derived from the case. The sketch
-- is keyed tokens of what was asked: whoever has it without the key learns only that two
-- cases share words.
CREATE TABLE decision (
    case_id BLOB    NOT NULL,
    leg     INTEGER NOT NULL,
    n       INTEGER NOT NULL, -- of the event that signed it
    unit    TEXT    NOT NULL,
    topic   TEXT    NOT NULL,
    outcome TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    sketch  BLOB    NOT NULL,
    PRIMARY KEY (case_id, leg)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_like ON decision (topic, outcome, at);
CREATE TABLE citation (
    case_id BLOB    NOT NULL,
    n       INTEGER NOT NULL,
    policy  BLOB    NOT NULL,
    version INTEGER NOT NULL,
    article TEXT    NOT NULL,
    PRIMARY KEY (case_id, n, policy, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX citation_policy ON citation (policy, article);

-- Gaps in policy (政策空白): where the proposal stands. What is missing is read from the case.
CREATE TABLE policy_gap (
    case_id BLOB    NOT NULL PRIMARY KEY,
    n       INTEGER NOT NULL, -- of the event that found it
    unit    TEXT    NOT NULL,
    owner   BLOB    NOT NULL,
    due_day TEXT    NOT NULL,
    status  TEXT    NOT NULL,
    settled INTEGER NOT NULL,
    version INTEGER NOT NULL, -- number of steps
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_gap_due ON policy_gap (settled, due_day, case_id);
CREATE TABLE policy_gap_step (
    case_id BLOB    NOT NULL,
    n       INTEGER NOT NULL,
    status  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;

-- Decisions stand in sealed bodies: the program derives the rows of all cases anew once.
INSERT INTO setting (name, value, changed_at)
    SELECT 'derive_again', 'all', 0 WHERE EXISTS (SELECT 1 FROM leg)
    ON CONFLICT (name) DO UPDATE SET value = 'all';
