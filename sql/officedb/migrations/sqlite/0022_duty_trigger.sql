-- +goose Up

-- For what a supervision was drafted by the program: once for a leg and a day that it
-- missed.
CREATE TABLE duty_trigger (
    case_id BLOB    NOT NULL,
    leg     INTEGER NOT NULL,
    due_day TEXT    NOT NULL,
    duty    BLOB    NOT NULL,
    PRIMARY KEY (case_id, leg, due_day)
) STRICT, WITHOUT ROWID;
