-- +goose Up

-- Why a supervision was set, and of those that the program drafted the fact: a day that a
-- leg or another duty missed, or an event. Each fact is drafted once. It takes the place of
-- duty_trigger, which knew missed days only; that is made here in case it was dropped by a
-- run that broke off.
CREATE TABLE IF NOT EXISTS duty_cause (
    duty  BINARY(16)  NOT NULL PRIMARY KEY,
    code  VARCHAR(16) NOT NULL, -- petition.DutyCause
    about BINARY(16)  NOT NULL, -- case or duty; of one that a person set, itself
    part  INT         NOT NULL, -- the leg; 0 of a duty
    fact  VARCHAR(16) NOT NULL, -- the day that was missed, or the event's number
    UNIQUE KEY duty_cause_fact (about, part, fact, code),
    KEY duty_cause_code (code, duty)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS duty_trigger (
    case_id BINARY(16) NOT NULL,
    leg     INT        NOT NULL,
    due_day CHAR(10)   NOT NULL,
    duty    BINARY(16) NOT NULL,
    PRIMARY KEY (case_id, leg, due_day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO duty_cause (duty, code, about, part, fact)
SELECT t.duty, 'late', t.case_id, t.leg, t.due_day FROM duty_trigger t
WHERE NOT EXISTS (SELECT 1 FROM duty_cause k WHERE k.duty = t.duty);
DROP TABLE duty_trigger;
