-- +goose Up

-- Edits of the holiday calendar and of legal profiles: drafted, measured, then applied to
-- the open cases. What an edit did to a case stands in the case's own log.
CREATE TABLE rule_edit (
    id         BINARY(16)   NOT NULL PRIMARY KEY,
    kind       VARCHAR(16)  NOT NULL, -- calendar, law
    unit       VARCHAR(12)  NOT NULL, -- of a local profile; empty for a calendar
    title      VARCHAR(200) NOT NULL, -- as the cases' logs name it
    input      MEDIUMTEXT   NOT NULL, -- what was written: CSV of years, or JSON of a local profile
    was        MEDIUMTEXT   NOT NULL, -- the setting before; empty: as shipped
    value      MEDIUMTEXT   NOT NULL, -- the setting with the edit
    state      VARCHAR(16)  NOT NULL, -- measuring, ready, applying, settling, done, dropped
    place      BINARY(16)   NOT NULL, -- the last case that was looked at
    looked     BIGINT       NOT NULL, -- open cases looked at
    cases      BIGINT       NOT NULL, -- of them, those with a date that moves
    dues       BIGINT       NOT NULL, -- dates that move
    late       BIGINT       NOT NULL, -- of them, those that become overdue by it
    kept       BIGINT       NOT NULL, -- rights that stay as they were
    told       BIGINT       NOT NULL, -- cases in whose log it stands
    staff      BINARY(16)   NOT NULL,
    made_at    BIGINT       NOT NULL,
    applied_at BIGINT       NOT NULL,
    done_at    BIGINT       NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE INDEX rule_edit_state ON rule_edit (state, id);

-- What a draft would do, one row for each date: made by the measuring, thrown away when it
-- begins anew.
CREATE TABLE rule_effect (
    edit    BINARY(16)  NOT NULL,
    case_id BINARY(16)  NOT NULL,
    leg     BIGINT      NOT NULL,
    clock   VARCHAR(16) NOT NULL,
    unit    VARCHAR(12) NOT NULL,
    was_day CHAR(10)    NOT NULL,
    is_day  CHAR(10)    NOT NULL,
    late    BIGINT      NOT NULL,
    kept    BIGINT      NOT NULL,
    PRIMARY KEY (edit, case_id, leg, clock)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
