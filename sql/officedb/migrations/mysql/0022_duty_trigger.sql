-- +goose Up

-- For what a supervision was drafted by the program: once for a leg and a day that it
-- missed.
CREATE TABLE duty_trigger (
    case_id BINARY(16) NOT NULL,
    leg     INT        NOT NULL,
    due_day CHAR(10)   NOT NULL,
    duty    BINARY(16) NOT NULL,
    PRIMARY KEY (case_id, leg, due_day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
