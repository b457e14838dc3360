-- +goose Up

-- Values of the installation: name, version of rules, overrides of law and calendar.
CREATE TABLE setting (
    name       TEXT    NOT NULL PRIMARY KEY,
    value      TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Units: a tree kept as a path; scope is a prefix match on it.
CREATE TABLE unit (
    id              TEXT    NOT NULL PRIMARY KEY,
    place           INTEGER NOT NULL, -- order of listing
    parent          TEXT    NOT NULL,
    path            TEXT    NOT NULL,
    level           TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    short           TEXT    NOT NULL,
    sign            TEXT    NOT NULL,
    region          TEXT    NOT NULL,
    area            TEXT    NOT NULL,
    pilot           INTEGER NOT NULL,
    pilot_since     TEXT    NOT NULL,
    address         TEXT    NOT NULL,
    postcode        TEXT    NOT NULL,
    phone           TEXT    NOT NULL,
    hours           TEXT    NOT NULL,
    room            TEXT    NOT NULL,
    letters_handler INTEGER NOT NULL,
    installation    TEXT    NOT NULL,
    closed          INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX unit_path ON unit (path);

-- Holders of case keys: a unit, or a unit's cadre-supervision compartment.
CREATE TABLE holder (
    id          TEXT    NOT NULL PRIMARY KEY, -- unit/530102, cadre/530102
    unit        TEXT    NOT NULL,
    public      BLOB    NOT NULL,
    wrapped     BLOB    NOT NULL, -- the secret under the master key
    key_version INTEGER NOT NULL,
    made_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id          BLOB    NOT NULL PRIMARY KEY,
    login       TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    unit        TEXT    NOT NULL,
    office      TEXT    NOT NULL,
    password    TEXT    NOT NULL, -- argon2id, PHC string
    totp        BLOB    NOT NULL, -- sealed; empty without a second factor
    totp_step   INTEGER NOT NULL, -- the last step used: a code is good once
    must_change INTEGER NOT NULL,
    active      INTEGER NOT NULL,
    made_at     INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX staff_login ON staff (login);
CREATE INDEX staff_unit ON staff (unit, active);

CREATE TABLE staff_role (
    staff BLOB NOT NULL,
    role  TEXT NOT NULL,
    PRIMARY KEY (staff, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id         BLOB    NOT NULL PRIMARY KEY, -- SHA-256 of the token
    staff      BLOB    NOT NULL,
    made_at    INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_staff ON session (staff);
CREATE INDEX session_expiry ON session (expires_at);

-- Failed sign-ins by keyed hash of the name tried, known or not.
CREATE TABLE attempt (
    bucket     BLOB    NOT NULL PRIMARY KEY,
    began_at   INTEGER NOT NULL,
    n          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
    id         BLOB    NOT NULL PRIMARY KEY,
    number     TEXT, -- NULL before registration
    version    INTEGER NOT NULL, -- number of events
    revision   INTEGER NOT NULL, -- guards the derived rows too
    law        TEXT    NOT NULL,
    received   INTEGER NOT NULL,
    sealed_up  INTEGER NOT NULL,
    head       BLOB    NOT NULL, -- hash of the last event
    secrets    BLOB    NOT NULL, -- reading key and grants, under the case key
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX cases_number ON cases (number);

-- One row per holder that may open a case.
CREATE TABLE case_key (
    case_id BLOB NOT NULL,
    holder  TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (case_id, holder)
) STRICT, WITHOUT ROWID;

-- What happened: appended, never changed; only the body is emptied when a case is
-- sealed up.
CREATE TABLE event (
    case_id   BLOB    NOT NULL,
    n         INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    action    TEXT    NOT NULL,
    leg       INTEGER NOT NULL,
    by_kind   TEXT    NOT NULL,
    staff     BLOB    NOT NULL, -- zero for petitioners and the program
    unit      TEXT    NOT NULL, -- of the actor
    to_unit   TEXT    NOT NULL,
    topic     TEXT    NOT NULL,
    ground    TEXT    NOT NULL,
    outcome   TEXT    NOT NULL,
    is_sealed INTEGER NOT NULL, -- the codes stand in the body only
    promise   BLOB    NOT NULL, -- SHA-256 of salt and body
    hash      BLOB    NOT NULL, -- over the envelope, the promise and the hash before
    body      BLOB    NOT NULL, -- under the case key
    PRIMARY KEY (case_id, n)
) STRICT;

-- The stretch of a case at one unit, derived from the events.
CREATE TABLE leg (
    case_id    BLOB    NOT NULL,
    n          INTEGER NOT NULL,
    unit       TEXT    NOT NULL,
    queue      TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    stage      TEXT    NOT NULL,
    is_open    INTEGER NOT NULL,
    sort       BLOB    NOT NULL, -- due instant, case, leg: the order of every list
    number     TEXT    NOT NULL,
    track      TEXT    NOT NULL,
    topic      TEXT    NOT NULL,
    channel    TEXT    NOT NULL,
    received   INTEGER NOT NULL,
    due_at     INTEGER NOT NULL, -- 0 if no clock runs
    warn_at    INTEGER NOT NULL,
    clock      TEXT    NOT NULL,
    due_day    TEXT    NOT NULL,
    from_day   TEXT    NOT NULL,
    handler    BLOB    NOT NULL,
    wake_at    INTEGER NOT NULL, -- when the program must look; 0 for never
    changed_at INTEGER NOT NULL,
    line       BLOB    NOT NULL, -- title, masked name, handler's name: under the unit's list key
    PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX leg_queue ON leg (unit, queue, sort);
CREATE UNIQUE INDEX leg_open ON leg (unit, is_open, sort);
CREATE UNIQUE INDEX leg_mine ON leg (handler, is_open, sort);
CREATE INDEX leg_wake ON leg (wake_at);

-- Counts kept with the legs, so that no page counts.
CREATE TABLE queue_count (
    unit  TEXT    NOT NULL,
    queue TEXT    NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (unit, queue)
) STRICT, WITHOUT ROWID;

-- Open legs by stage and by day: due (dim D) and received (dim R).
CREATE TABLE open_day (
    unit  TEXT    NOT NULL,
    stage TEXT    NOT NULL,
    dim   TEXT    NOT NULL,
    day   TEXT    NOT NULL, -- empty: no clock runs
    n     INTEGER NOT NULL,
    PRIMARY KEY (unit, stage, dim, day)
) STRICT, WITHOUT ROWID;

-- Keyed hashes of identifiers, to suggest the same matter.
CREATE TABLE token (
    kind    TEXT NOT NULL,
    token   BLOB NOT NULL,
    case_id BLOB NOT NULL,
    PRIMARY KEY (kind, token, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_case ON token (case_id);

-- Who may not know of a case, whatever the role.
CREATE TABLE exclusion (
    staff   BLOB NOT NULL,
    case_id BLOB NOT NULL,
    PRIMARY KEY (staff, case_id)
) STRICT, WITHOUT ROWID;

-- Running numbers of cases and papers.
CREATE TABLE series (
    name TEXT    NOT NULL PRIMARY KEY,
    n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Attachments as they came: ciphertext under keys that stand in sealed bodies.
CREATE TABLE file_chunk (
    file    BLOB    NOT NULL,
    n       INTEGER NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (file, n)
) STRICT;

-- Files that no event names yet: swept after a day.
CREATE TABLE file_pending (
    file    BLOB    NOT NULL PRIMARY KEY,
    made_at INTEGER NOT NULL,
    sealed  BLOB    NOT NULL -- internal documents: name, kind and key, for their case only
) STRICT, WITHOUT ROWID;
CREATE INDEX file_pending_age ON file_pending (made_at);

-- Reports about cadres: apart from all cases, for the compartment's readers only.
CREATE TABLE report (
    id       BLOB    NOT NULL PRIMARY KEY,
    unit     TEXT    NOT NULL, -- whose compartment
    received INTEGER NOT NULL,
    version  INTEGER NOT NULL, -- number of entries
    wrapped  BLOB    NOT NULL  -- its data key under the compartment's key
) STRICT, WITHOUT ROWID;
CREATE INDEX report_unit ON report (unit, id);

CREATE TABLE report_entry (
    report BLOB    NOT NULL,
    n      INTEGER NOT NULL, -- 0 the filing, then what followed
    at     INTEGER NOT NULL,
    hash   BLOB    NOT NULL, -- over the entry before and this one's ciphertext
    sealed BLOB    NOT NULL,
    PRIMARY KEY (report, n)
) STRICT;

-- Hash chains of views: "office", and one of its own for each compartment.
CREATE TABLE chain (
    name TEXT    NOT NULL PRIMARY KEY,
    n    INTEGER NOT NULL,
    hash BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    chain     TEXT    NOT NULL,
    n         INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    staff     BLOB    NOT NULL,
    unit      TEXT    NOT NULL,
    action    TEXT    NOT NULL,
    case_id   BLOB    NOT NULL,
    file      BLOB    NOT NULL,
    digest    BLOB    NOT NULL, -- SHA-256 of the sealed purpose
    hash      BLOB    NOT NULL,
    purpose   BLOB    NOT NULL, -- sealed
    PRIMARY KEY (chain, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_case ON audit (case_id, chain, n);

-- Jobs that one program at a time does.
CREATE TABLE lease (
    name    TEXT    NOT NULL PRIMARY KEY,
    holder  BLOB    NOT NULL,
    fence   INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What waits to be carried to another installation, until it says that it has it.
CREATE TABLE outbox (
    id       BLOB    NOT NULL PRIMARY KEY,
    from_end TEXT    NOT NULL,
    to_end   TEXT    NOT NULL,
    made_at  INTEGER NOT NULL,
    sealed   BLOB    NOT NULL,
    sig      BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- What was taken in: the same item twice is once.
CREATE TABLE inbox (
    id       BLOB    NOT NULL PRIMARY KEY,
    from_end TEXT    NOT NULL,
    taken_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What could not be opened: set aside with an alarm, holding up nothing.
CREATE TABLE quarantine (
    id       BLOB    NOT NULL PRIMARY KEY,
    from_end TEXT    NOT NULL,
    to_end   TEXT    NOT NULL,
    made_at  INTEGER NOT NULL,
    taken_at INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    sealed   BLOB    NOT NULL,
    sig      BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
