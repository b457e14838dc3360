-- +goose Up

-- What a unit answers for to another, or to its leader, by a day: instructions,
-- supervision, reports upward (petition.Duty). Title and words are sealed under a key of
-- its own, which both units hold.
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
CREATE INDEX duty_owner ON duty (owner, state, due_day, id);
CREATE INDEX duty_from ON duty (from_unit, state, due_day, id);
CREATE INDEX duty_day ON duty (state, due_day, id);
CREATE INDEX duty_case ON duty (case_id, id);

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
