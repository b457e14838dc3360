-- +goose Up

-- Why a supervision was set, and of those that the program drafted the fact: a day that a
-- leg or another duty missed, or an event. Each fact is drafted once. It takes the place of
-- duty_trigger, which knew missed days only; that is made here in case it was dropped by a
-- run that broke off.
CREATE TABLE IF NOT EXISTS duty_cause (
    duty  BLOB    NOT NULL PRIMARY KEY,
    code  TEXT    NOT NULL, -- petition.DutyCause
    about BLOB    NOT NULL, -- case or duty; of one that a person set, itself
    part  INTEGER NOT NULL, -- the leg; 0 of a duty
    fact  TEXT    NOT NULL, -- the day that was missed, or the event's number
    UNIQUE (about, part, fact, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS duty_cause_code ON duty_cause (code, duty);

CREATE TABLE IF NOT EXISTS duty_trigger (
    case_id BLOB    NOT NULL,
    leg     INTEGER NOT NULL,
    due_day TEXT    NOT NULL,
    duty    BLOB    NOT NULL,
    PRIMARY KEY (case_id, leg, due_day)
) STRICT, WITHOUT ROWID;
INSERT INTO duty_cause (duty, code, about, part, fact)
SELECT t.duty, 'late', t.case_id, t.leg, t.due_day FROM duty_trigger t
WHERE NOT EXISTS (SELECT 1 FROM duty_cause k WHERE k.duty = t.duty);
DROP TABLE duty_trigger;
