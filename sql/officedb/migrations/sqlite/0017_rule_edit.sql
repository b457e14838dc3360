-- +goose Up

-- Edits of the holiday calendar and of legal profiles: drafted, measured, then applied to
-- the open cases. What an edit did to a case stands in the case's own log.
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

-- What a draft would do, one row for each date: made by the measuring, thrown away when it
-- begins anew.
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
