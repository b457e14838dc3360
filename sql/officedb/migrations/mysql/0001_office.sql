-- +goose Up

-- Values of the installation: name, version of rules, overrides of law and calendar.
CREATE TABLE IF NOT EXISTS setting (
    name            VARCHAR(64) NOT NULL PRIMARY KEY,
    value           LONGTEXT NOT NULL,
    changed_at      BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Units: a tree kept as a path; scope is a prefix match on it.
CREATE TABLE IF NOT EXISTS unit (
    id              VARCHAR(12) NOT NULL PRIMARY KEY,
    place           INT NOT NULL, -- order of listing
    parent          VARCHAR(12) NOT NULL,
    path            VARCHAR(200) NOT NULL,
    level           VARCHAR(32) NOT NULL,
    name            VARCHAR(200) NOT NULL,
    short           VARCHAR(100) NOT NULL,
    sign            VARCHAR(32) NOT NULL,
    region          VARCHAR(32) NOT NULL,
    area            VARCHAR(100) NOT NULL,
    pilot           TINYINT NOT NULL,
    pilot_since     CHAR(10) NOT NULL,
    address         VARCHAR(255) NOT NULL,
    postcode        VARCHAR(32) NOT NULL,
    phone           VARCHAR(32) NOT NULL,
    hours           VARCHAR(255) NOT NULL,
    room            VARCHAR(255) NOT NULL,
    letters_handler TINYINT NOT NULL,
    installation    VARCHAR(64) NOT NULL,
    closed          TINYINT NOT NULL,
    changed_at      BIGINT NOT NULL,
    UNIQUE KEY unit_path (path)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Holders of case keys: a unit, or a unit's cadre-supervision compartment.
CREATE TABLE IF NOT EXISTS holder (
    id              VARCHAR(24) NOT NULL PRIMARY KEY, -- unit/530102, cadre/530102
    unit            VARCHAR(12) NOT NULL,
    public          VARBINARY(2048) NOT NULL,
    wrapped         VARBINARY(255) NOT NULL, -- the secret under the master key
    key_version     INT NOT NULL,
    made_at         BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS staff (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    login           VARCHAR(64) NOT NULL,
    name            VARCHAR(200) NOT NULL,
    unit            VARCHAR(12) NOT NULL,
    office          VARCHAR(100) NOT NULL,
    password        VARCHAR(255) NOT NULL, -- argon2id, PHC string
    totp            VARBINARY(255) NOT NULL, -- sealed; empty without a second factor
    totp_step       BIGINT NOT NULL, -- the last step used: a code is good once
    must_change     TINYINT NOT NULL,
    active          TINYINT NOT NULL,
    made_at         BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL,
    UNIQUE KEY staff_login (login),
    KEY staff_unit (unit, active)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS staff_role (
    staff           BINARY(16) NOT NULL,
    role            VARCHAR(24) NOT NULL,
    PRIMARY KEY (staff, role)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS session (
    id              BINARY(32) NOT NULL PRIMARY KEY, -- SHA-256 of the token
    staff           BINARY(16) NOT NULL,
    made_at         BIGINT NOT NULL,
    seen_at         BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    KEY session_staff (staff),
    KEY session_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Failed sign-ins by keyed hash of the name tried, known or not.
CREATE TABLE IF NOT EXISTS attempt (
    bucket          BINARY(32) NOT NULL PRIMARY KEY,
    began_at        BIGINT NOT NULL,
    n               BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS cases (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    number          VARCHAR(40) NULL, -- NULL before registration
    version         BIGINT NOT NULL, -- number of events
    revision        BIGINT NOT NULL, -- guards the derived rows too
    law             VARCHAR(32) NOT NULL,
    received        BIGINT NOT NULL,
    sealed_up       TINYINT NOT NULL,
    head            BINARY(32) NOT NULL, -- hash of the last event
    secrets         BLOB NOT NULL, -- reading key and grants, under the case key
    changed_at      BIGINT NOT NULL,
    UNIQUE KEY cases_number (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row per holder that may open a case.
CREATE TABLE IF NOT EXISTS case_key (
    case_id         BINARY(16) NOT NULL,
    holder          VARCHAR(24) NOT NULL,
    wrapped         VARBINARY(255) NOT NULL,
    PRIMARY KEY (case_id, holder)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What happened: appended, never changed; only the body is emptied when a case is
-- sealed up.
CREATE TABLE IF NOT EXISTS event (
    case_id         BINARY(16) NOT NULL,
    n               BIGINT NOT NULL,
    at              BIGINT NOT NULL,
    action          VARCHAR(32) NOT NULL,
    leg             INT NOT NULL,
    by_kind         VARCHAR(32) NOT NULL,
    staff           BINARY(16) NOT NULL, -- zero for petitioners and the program
    unit            VARCHAR(12) NOT NULL, -- of the actor
    to_unit         VARCHAR(12) NOT NULL,
    topic           VARCHAR(32) NOT NULL,
    ground          VARCHAR(32) NOT NULL,
    outcome         VARCHAR(32) NOT NULL,
    is_sealed       TINYINT NOT NULL, -- the codes stand in the body only
    promise         BINARY(32) NOT NULL, -- SHA-256 of salt and body
    hash            BINARY(32) NOT NULL, -- over the envelope, the promise and the hash before
    body            LONGBLOB NOT NULL, -- under the case key
    PRIMARY KEY (case_id, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The stretch of a case at one unit, derived from the events.
CREATE TABLE IF NOT EXISTS leg (
    case_id         BINARY(16) NOT NULL,
    n               BIGINT NOT NULL,
    unit            VARCHAR(12) NOT NULL,
    queue           VARCHAR(16) NOT NULL,
    state           VARCHAR(16) NOT NULL,
    stage           VARCHAR(16) NOT NULL,
    is_open         TINYINT NOT NULL,
    sort            BINARY(26) NOT NULL, -- due instant, case, leg: the order of every list
    number          VARCHAR(40) NOT NULL,
    track           VARCHAR(32) NOT NULL,
    topic           VARCHAR(32) NOT NULL,
    channel         VARCHAR(32) NOT NULL,
    received        BIGINT NOT NULL,
    due_at          BIGINT NOT NULL, -- 0 if no clock runs
    warn_at         BIGINT NOT NULL,
    clock           VARCHAR(32) NOT NULL,
    due_day         CHAR(10) NOT NULL,
    from_day        CHAR(10) NOT NULL,
    handler         BINARY(16) NOT NULL,
    wake_at         BIGINT NOT NULL, -- when the program must look; 0 for never
    changed_at      BIGINT NOT NULL,
    line            VARBINARY(2000) NOT NULL, -- title, masked name, handler's name: under the unit's list key
    PRIMARY KEY (case_id, n),
    UNIQUE KEY leg_queue (unit, queue, sort),
    UNIQUE KEY leg_open (unit, is_open, sort),
    UNIQUE KEY leg_mine (handler, is_open, sort),
    KEY leg_wake (wake_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Counts kept with the legs, so that no page counts.
CREATE TABLE IF NOT EXISTS queue_count (
    unit            VARCHAR(12) NOT NULL,
    queue           VARCHAR(16) NOT NULL,
    n               BIGINT NOT NULL,
    PRIMARY KEY (unit, queue)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Open legs by stage and by day: due (dim D) and received (dim R).
CREATE TABLE IF NOT EXISTS open_day (
    unit            VARCHAR(12) NOT NULL,
    stage           VARCHAR(16) NOT NULL,
    dim             CHAR(1) NOT NULL,
    day             CHAR(10) NOT NULL, -- empty: no clock runs
    n               BIGINT NOT NULL,
    PRIMARY KEY (unit, stage, dim, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Keyed hashes of identifiers, to suggest the same matter.
CREATE TABLE IF NOT EXISTS token (
    kind            VARCHAR(8) NOT NULL,
    token           BINARY(32) NOT NULL,
    case_id         BINARY(16) NOT NULL,
    PRIMARY KEY (kind, token, case_id),
    KEY token_case (case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who may not know of a case, whatever the role.
CREATE TABLE IF NOT EXISTS exclusion (
    staff           BINARY(16) NOT NULL,
    case_id         BINARY(16) NOT NULL,
    PRIMARY KEY (staff, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Running numbers of cases and papers.
CREATE TABLE IF NOT EXISTS series (
    name            VARCHAR(64) NOT NULL PRIMARY KEY,
    n               BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Attachments as they came: ciphertext under keys that stand in sealed bodies.
CREATE TABLE IF NOT EXISTS file_chunk (
    file            BINARY(16) NOT NULL,
    n               BIGINT NOT NULL,
    sealed          LONGBLOB NOT NULL,
    PRIMARY KEY (file, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Files that no event names yet: swept after a day.
CREATE TABLE IF NOT EXISTS file_pending (
    file            BINARY(16) NOT NULL PRIMARY KEY,
    made_at         BIGINT NOT NULL,
    sealed          LONGBLOB NOT NULL, -- internal documents: name, kind and key, for their case only
    KEY file_pending_age (made_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Reports about cadres: apart from all cases, for the compartment's readers only.
CREATE TABLE IF NOT EXISTS report (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    unit            VARCHAR(12) NOT NULL, -- whose compartment
    received        BIGINT NOT NULL,
    version         BIGINT NOT NULL, -- number of entries
    wrapped         VARBINARY(255) NOT NULL, -- its data key under the compartment's key
    KEY report_unit (unit, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS report_entry (
    report          BINARY(16) NOT NULL,
    n               BIGINT NOT NULL, -- 0 the filing, then what followed
    at              BIGINT NOT NULL,
    hash            BINARY(32) NOT NULL, -- over the entry before and this one's ciphertext
    sealed          LONGBLOB NOT NULL,
    PRIMARY KEY (report, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Hash chains of views: "office", and one of its own for each compartment.
CREATE TABLE IF NOT EXISTS chain (
    name            VARCHAR(32) NOT NULL PRIMARY KEY,
    n               BIGINT NOT NULL,
    hash            BINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS audit (
    chain           VARCHAR(32) NOT NULL,
    n               BIGINT NOT NULL,
    at              BIGINT NOT NULL,
    staff           BINARY(16) NOT NULL,
    unit            VARCHAR(12) NOT NULL,
    action          VARCHAR(32) NOT NULL,
    case_id         BINARY(16) NOT NULL,
    file            BINARY(16) NOT NULL,
    digest          BINARY(32) NOT NULL, -- SHA-256 of the sealed purpose
    hash            BINARY(32) NOT NULL,
    purpose         BLOB NOT NULL, -- sealed
    PRIMARY KEY (chain, n),
    KEY audit_case (case_id, chain, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Jobs that one program at a time does.
CREATE TABLE IF NOT EXISTS lease (
    name            VARCHAR(64) NOT NULL PRIMARY KEY,
    holder          BINARY(16) NOT NULL,
    fence           BIGINT NOT NULL,
    expires         BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What waits to be carried to another installation, until it says that it has it.
CREATE TABLE IF NOT EXISTS outbox (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    from_end        VARCHAR(64) NOT NULL,
    to_end          VARCHAR(64) NOT NULL,
    made_at         BIGINT NOT NULL,
    sealed          LONGBLOB NOT NULL,
    sig             VARBINARY(255) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What was taken in: the same item twice is once.
CREATE TABLE IF NOT EXISTS inbox (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    from_end        VARCHAR(64) NOT NULL,
    taken_at        BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What could not be opened: set aside with an alarm, holding up nothing.
CREATE TABLE IF NOT EXISTS quarantine (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    from_end        VARCHAR(64) NOT NULL,
    to_end          VARCHAR(64) NOT NULL,
    made_at         BIGINT NOT NULL,
    taken_at        BIGINT NOT NULL,
    reason          VARCHAR(255) NOT NULL,
    sealed          LONGBLOB NOT NULL,
    sig             VARBINARY(255) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
