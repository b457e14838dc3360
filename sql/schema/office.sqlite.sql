-- The whole schema as the migrations make it, but for the table in which they are
-- counted. For reading only; made by: make schema

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
CREATE INDEX account_request_staff ON account_request (staff, state);
CREATE INDEX account_request_state ON account_request (state, id);

CREATE TABLE accountability (
    id      BLOB    NOT NULL PRIMARY KEY,
    unit    TEXT    NOT NULL, -- that opened it
    about   TEXT    NOT NULL, -- whose work it is
    case_id BLOB    NOT NULL,
    version INTEGER NOT NULL, -- number of entries
    state   TEXT    NOT NULL, -- petition.AccountState
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX accountability_about ON accountability (about, id);
CREATE UNIQUE INDEX accountability_once ON accountability (case_id, about, unit);
CREATE INDEX accountability_unit ON accountability (unit, id);

CREATE TABLE accountability_entry (
    file   BLOB    NOT NULL,
    n      INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    staff  BLOB    NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (file, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE annual_entry (
    unit    TEXT    NOT NULL,
    year    INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    status  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    by_unit TEXT    NOT NULL, -- of the officer
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (unit, year, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
    bucket     BLOB    NOT NULL PRIMARY KEY,
    began_at   INTEGER NOT NULL,
    n          INTEGER NOT NULL
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
CREATE INDEX audit_at ON audit (chain, at, n);
CREATE INDEX audit_case ON audit (case_id, chain, n);
CREATE INDEX audit_file ON audit (file, at);
CREATE INDEX audit_staff ON audit (staff, at);

CREATE TABLE case_key (
    case_id BLOB NOT NULL,
    holder  TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (case_id, holder)
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
CREATE INDEX cases_changed ON cases (changed_at, id);
CREATE UNIQUE INDEX cases_number ON cases (number);

CREATE TABLE chain (
    name TEXT    NOT NULL PRIMARY KEY,
    n    INTEGER NOT NULL,
    hash BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE citation (
    case_id BLOB    NOT NULL,
    n       INTEGER NOT NULL,
    policy  BLOB    NOT NULL,
    version INTEGER NOT NULL,
    article TEXT    NOT NULL,
    PRIMARY KEY (case_id, n, policy, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX citation_policy ON citation (policy, article);

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

CREATE TABLE duty (
    id         BLOB    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL,
    form       TEXT    NOT NULL, -- of a supervision
    number     TEXT    NOT NULL, -- of the letter that it went out with
    from_unit  TEXT    NOT NULL,
    from_staff BLOB    NOT NULL,
    owner      TEXT    NOT NULL,
    person     BLOB    NOT NULL, -- zero: the heads of the owner
    case_id    BLOB    NOT NULL, -- zero: about no one case
    state      TEXT    NOT NULL,
    due_day    TEXT    NOT NULL,
    outcome    TEXT    NOT NULL,
    version    INTEGER NOT NULL, -- entries
    set_at     INTEGER NOT NULL,
    ended_at   INTEGER NOT NULL, -- 0 while it stands
    title      BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_case ON duty (case_id, id);
CREATE INDEX duty_day ON duty (state, due_day, id);
CREATE INDEX duty_from ON duty (from_unit, state, due_day, id);
CREATE INDEX duty_owner ON duty (owner, state, due_day, id);

CREATE TABLE duty_cause (
    duty  BLOB    NOT NULL PRIMARY KEY,
    code  TEXT    NOT NULL, -- petition.DutyCause
    about BLOB    NOT NULL, -- case or duty; of one that a person set, itself
    part  INTEGER NOT NULL, -- the leg; 0 of a duty
    fact  TEXT    NOT NULL, -- the day that was missed, or the event's number
    UNIQUE (about, part, fact, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_cause_code ON duty_cause (code, duty);

CREATE TABLE duty_entry (
    duty   BLOB    NOT NULL,
    n      INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    action TEXT    NOT NULL,
    staff  BLOB    NOT NULL,
    unit   TEXT    NOT NULL,
    body   BLOB    NOT NULL,
    PRIMARY KEY (duty, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE duty_key (
    duty    BLOB NOT NULL,
    holder  TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (duty, holder)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE exclusion (
    staff   BLOB NOT NULL,
    case_id BLOB NOT NULL,
    PRIMARY KEY (staff, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE export_count (
    staff BLOB    NOT NULL,
    day   TEXT    NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (staff, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE file_chunk (
    file    BLOB    NOT NULL,
    n       INTEGER NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (file, n)
) STRICT;

CREATE TABLE file_pending (
    file    BLOB    NOT NULL PRIMARY KEY,
    made_at INTEGER NOT NULL,
    sealed  BLOB    NOT NULL -- internal documents: name, kind and key, for their case only
) STRICT, WITHOUT ROWID;
CREATE INDEX file_pending_age ON file_pending (made_at);

CREATE TABLE form_used (
    form    BLOB    NOT NULL PRIMARY KEY, -- hash of who and which form
    case_id BLOB    NOT NULL,             -- zero: what came of it is nobody's to open
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX form_used_age ON form_used (at);

CREATE TABLE holder (
    id          TEXT    NOT NULL PRIMARY KEY, -- unit/530102, cadre/530102
    unit        TEXT    NOT NULL,
    public      BLOB    NOT NULL,
    wrapped     BLOB    NOT NULL, -- the secret under the master key
    key_version INTEGER NOT NULL,
    made_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE imported (
    unit    TEXT    NOT NULL,
    file    BLOB    NOT NULL, -- hash of its content
    line    INTEGER NOT NULL,
    case_id BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    PRIMARY KEY (unit, file, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox (
    id       BLOB    NOT NULL PRIMARY KEY,
    from_end TEXT    NOT NULL,
    taken_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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
CREATE INDEX incident_expires ON incident (expires);
CREATE INDEX incident_unit ON incident (unit, id);

CREATE TABLE indicator_day (
    unit TEXT    NOT NULL,
    day  TEXT    NOT NULL,
    what TEXT    NOT NULL,
    num  INTEGER NOT NULL,
    den  INTEGER NOT NULL,
    PRIMARY KEY (unit, day, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator_snapshot (
    unit     TEXT    NOT NULL,
    period   TEXT    NOT NULL, -- 2026, 2026-Q3, 2026-09
    revision INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    staff    BLOB    NOT NULL,
    name     TEXT    NOT NULL,
    reason   TEXT    NOT NULL, -- empty for the first
    figures  BLOB    NOT NULL, -- JSON: petition.Snapshot
    PRIMARY KEY (unit, period, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE inspection (
    id    BLOB NOT NULL PRIMARY KEY,
    unit  TEXT NOT NULL, -- that was asked
    about TEXT NOT NULL  -- the unit inspected
) STRICT, WITHOUT ROWID;
CREATE INDEX inspection_unit ON inspection (unit, id);

CREATE TABLE inspection_entry (
    inspection BLOB    NOT NULL,
    n          INTEGER NOT NULL,
    act        TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    staff      BLOB    NOT NULL,
    sealed     BLOB    NOT NULL,
    PRIMARY KEY (inspection, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE issue (
    id       BLOB    NOT NULL PRIMARY KEY,
    unit     TEXT    NOT NULL,
    topic    TEXT    NOT NULL,
    month    TEXT    NOT NULL, -- "2026-10"
    least    INTEGER NOT NULL, -- the number in force when it was found
    found_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX issue_once ON issue (unit, month, topic);

CREATE TABLE issue_case (
    issue   BLOB NOT NULL,
    case_id BLOB NOT NULL,
    PRIMARY KEY (issue, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE issue_entry (
    issue   BLOB    NOT NULL,
    n       INTEGER NOT NULL,
    status  TEXT    NOT NULL,
    due_day TEXT    NOT NULL, -- by which advice is to be answered
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (issue, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE lease (
    name    TEXT    NOT NULL PRIMARY KEY,
    holder  BLOB    NOT NULL,
    fence   INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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
    line       BLOB    NOT NULL, kind     TEXT    NOT NULL DEFAULT '', occasion TEXT    NOT NULL DEFAULT '', people   INTEGER NOT NULL DEFAULT 0, sign_due INTEGER NOT NULL DEFAULT 0, ended_at INTEGER NOT NULL DEFAULT 0, fate     TEXT    NOT NULL DEFAULT '', turns    TEXT    NOT NULL DEFAULT '', marks TEXT NOT NULL DEFAULT '', -- title, masked name, handler's name: under the unit's list key
    PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX leg_came ON leg (unit, received, case_id, n);
CREATE UNIQUE INDEX leg_mine ON leg (handler, is_open, sort);
CREATE UNIQUE INDEX leg_open ON leg (unit, is_open, sort);
CREATE UNIQUE INDEX leg_own ON leg (unit, queue, handler, sort);
CREATE UNIQUE INDEX leg_queue ON leg (unit, queue, sort);
CREATE UNIQUE INDEX leg_unsigned ON leg (unit, sign_due, case_id, n);
CREATE INDEX leg_wake ON leg (wake_at);

CREATE TABLE leg_above (
    above   TEXT    NOT NULL,
    sort    BLOB    NOT NULL, -- as the leg has it
    case_id BLOB    NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (above, sort)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE log_head (
    number INTEGER NOT NULL PRIMARY KEY, -- 1, 2, 3 …
    size   INTEGER NOT NULL,             -- entries with a position
    root   BLOB    NOT NULL,
    at     INTEGER NOT NULL,
    sig    BLOB    NOT NULL              -- Ed25519, the office's key
) STRICT;

CREATE TABLE log_tile (
    level  INTEGER NOT NULL, -- 0: the leaves
    n      INTEGER NOT NULL,
    hashes BLOB    NOT NULL, -- up to 256 hashes; the last row of a level grows
    PRIMARY KEY (level, n)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE news (
    id         BLOB    NOT NULL PRIMARY KEY,
    filing     BLOB    NOT NULL, -- what the petitioner follows
    way        TEXT    NOT NULL, -- sms, mail
    day        TEXT    NOT NULL, -- on which it goes out: one a day
    item       BLOB    NOT NULL, -- the view in the outbox that must have arrived before
    sealed     BLOB    NOT NULL,
    gathered   INTEGER NOT NULL, -- pieces of news that it tells of
    state      TEXT    NOT NULL, -- petition.NewsState
    tries      INTEGER NOT NULL,
    due_at     INTEGER NOT NULL, -- of the next try; while sending, when it is given up for lost
    why        TEXT    NOT NULL, -- the gateway's word, never an address
    changed_at INTEGER NOT NULL
, whose TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
CREATE INDEX news_day ON news (day, way, state);
CREATE INDEX news_due ON news (state, due_at);
CREATE UNIQUE INDEX news_once ON news (filing, whose, way, day);

CREATE TABLE notice (
    case_id BLOB    NOT NULL,
    n       INTEGER NOT NULL, -- the event
    unit    TEXT    NOT NULL, -- that is told
    at      INTEGER NOT NULL,
    read_at INTEGER NOT NULL, -- 0 until somebody has taken note of it
    read_by BLOB    NOT NULL,
    PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_unit ON notice (unit, at, case_id);

CREATE TABLE open_day (
    unit  TEXT    NOT NULL,
    stage TEXT    NOT NULL,
    dim   TEXT    NOT NULL,
    day   TEXT    NOT NULL, -- empty: no clock runs
    n     INTEGER NOT NULL,
    PRIMARY KEY (unit, stage, dim, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id       BLOB    NOT NULL PRIMARY KEY,
    from_end TEXT    NOT NULL,
    to_end   TEXT    NOT NULL,
    made_at  INTEGER NOT NULL,
    sealed   BLOB    NOT NULL,
    sig      BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE paper_text (
    unit    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    text    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    PRIMARY KEY (unit, kind, version)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE quarantine_file (
    file BLOB NOT NULL,
    item BLOB NOT NULL,
    PRIMARY KEY (file, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX quarantine_file_item ON quarantine_file (item);

CREATE TABLE quarantine_released (
    id          BLOB    NOT NULL PRIMARY KEY,
    released_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE queue_count (
    unit    TEXT    NOT NULL,
    queue   TEXT    NOT NULL,
    handler BLOB    NOT NULL, -- zero until it is given to somebody
    n       INTEGER NOT NULL,
    PRIMARY KEY (unit, queue, handler)
) STRICT, WITHOUT ROWID;

CREATE TABLE reception_duty (
    session BLOB NOT NULL,
    duty    BLOB NOT NULL,
    PRIMARY KEY (session, duty)
) STRICT, WITHOUT ROWID;

CREATE TABLE reception_plan (
    unit    TEXT NOT NULL,
    year    INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    action  TEXT NOT NULL,
    staff   BLOB NOT NULL,
    session BLOB NOT NULL, -- zero: of the whole plan
    body    TEXT NOT NULL, -- JSON
    PRIMARY KEY (unit, year, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX reception_plan_session ON reception_plan (session);

CREATE TABLE reception_seat (
    session BLOB NOT NULL,
    case_id BLOB NOT NULL,
    step    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (session, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reception_seat_case ON reception_seat (case_id);

CREATE TABLE report (
    id       BLOB    NOT NULL PRIMARY KEY,
    unit     TEXT    NOT NULL, -- whose compartment
    received INTEGER NOT NULL,
    version  INTEGER NOT NULL, -- number of entries
    wrapped  BLOB    NOT NULL  -- its data key under the compartment's key
, waits INTEGER NOT NULL DEFAULT 0, moved_at INTEGER NOT NULL DEFAULT 0, moved_to BLOB NOT NULL DEFAULT x'00000000000000000000000000000000') STRICT, WITHOUT ROWID;
CREATE INDEX report_unit ON report (unit, id);

CREATE TABLE report_entry (
    report BLOB    NOT NULL,
    n      INTEGER NOT NULL, -- 0 the filing, then what followed
    at     INTEGER NOT NULL,
    hash   BLOB    NOT NULL, -- over the entry before and this one's ciphertext
    sealed BLOB    NOT NULL,
    PRIMARY KEY (report, n)
) STRICT;

CREATE TABLE rule_edit (
    id         BLOB    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL, -- calendar, law
    unit       TEXT    NOT NULL, -- of a local profile; empty for a calendar
    title      TEXT    NOT NULL, -- as the cases' logs name it
    input      TEXT    NOT NULL, -- what was written: CSV of years, or JSON of a local profile
    was        TEXT    NOT NULL, -- the setting before; empty: as shipped
    value      TEXT    NOT NULL, -- the setting with the edit
    state      TEXT    NOT NULL, -- measuring, ready, applying, settling, done, dropped
    place      BLOB    NOT NULL, -- the last case that was looked at
    looked     INTEGER NOT NULL, -- open cases looked at
    cases      INTEGER NOT NULL, -- of them, those with a date that moves
    dues       INTEGER NOT NULL, -- dates that move
    late       INTEGER NOT NULL, -- of them, those that become overdue by it
    kept       INTEGER NOT NULL, -- rights that stay as they were
    told       INTEGER NOT NULL, -- cases in whose log it stands
    staff      BLOB    NOT NULL,
    made_at    INTEGER NOT NULL,
    applied_at INTEGER NOT NULL,
    done_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_edit_state ON rule_edit (state, id);

CREATE TABLE rule_effect (
    edit    BLOB    NOT NULL,
    case_id BLOB    NOT NULL,
    leg     INTEGER NOT NULL,
    clock   TEXT    NOT NULL,
    unit    TEXT    NOT NULL,
    was_day TEXT    NOT NULL,
    is_day  TEXT    NOT NULL,
    late    INTEGER NOT NULL,
    kept    INTEGER NOT NULL,
    PRIMARY KEY (edit, case_id, leg, clock)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_log (
    id      BLOB    NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    unit    TEXT    NOT NULL,
    tokens  BLOB    NOT NULL, -- eight bytes each
    purpose BLOB    NOT NULL  -- sealed; empty where none was asked
) STRICT, WITHOUT ROWID;
CREATE INDEX search_log_at ON search_log (at, id);

CREATE TABLE series (
    name TEXT    NOT NULL PRIMARY KEY,
    n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id         BLOB    NOT NULL PRIMARY KEY, -- SHA-256 of the token
    staff      BLOB    NOT NULL,
    made_at    INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_expiry ON session (expires_at);
CREATE INDEX session_staff ON session (staff);

CREATE TABLE setting (
    name       TEXT    NOT NULL PRIMARY KEY,
    value      TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
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

CREATE TABLE team_entry (
    unit   TEXT    NOT NULL,
    n      INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    day    TEXT    NOT NULL,
    ends   INTEGER NOT NULL, -- the line that it ends; 0 for none
    at     INTEGER NOT NULL,
    staff  BLOB    NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (unit, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    kind    TEXT NOT NULL,
    token   BLOB NOT NULL,
    case_id BLOB NOT NULL,
    PRIMARY KEY (kind, token, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_case ON token (case_id);

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
, successor    TEXT NOT NULL DEFAULT '', letters_name TEXT NOT NULL DEFAULT '', hours_en TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX unit_path ON unit (path);

CREATE TABLE unit_choice (
    unit  TEXT    NOT NULL,
    name  TEXT    NOT NULL,
    n     INTEGER NOT NULL,
    value TEXT    NOT NULL,
    at    INTEGER NOT NULL,
    staff BLOB    NOT NULL,
    PRIMARY KEY (unit, name, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE unsequenced (
    id   BLOB NOT NULL PRIMARY KEY, -- order of arrival, nothing else
    hash BLOB NOT NULL              -- of the entry
) STRICT, WITHOUT ROWID;

CREATE TABLE view_request (
    case_id     BLOB    NOT NULL,
    n           INTEGER NOT NULL, -- the event
    unit        TEXT    NOT NULL, -- where the matter lay
    at          INTEGER NOT NULL,
    answered_at INTEGER NOT NULL, -- 0 until then
    PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_request_unit ON view_request (unit, answered_at, at);

CREATE TABLE visit (
    id      BLOB    NOT NULL PRIMARY KEY,
    unit    TEXT    NOT NULL,
    day     TEXT    NOT NULL,
    version INTEGER NOT NULL, -- number of entries
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX visit_day ON visit (unit, day, id);

CREATE TABLE visit_case (
    visit   BLOB    NOT NULL,
    case_id BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    PRIMARY KEY (visit, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_entry (
    visit  BLOB    NOT NULL,
    n      INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    staff  BLOB    NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (visit, n)
) STRICT, WITHOUT ROWID;
