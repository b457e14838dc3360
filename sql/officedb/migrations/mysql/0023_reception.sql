-- +goose Up

-- A unit's sessions of a year, as entries that are never changed (petition.Plan). All of it
-- is public, or will be.
CREATE TABLE reception_plan (
    unit    VARCHAR(12) NOT NULL,
    year    INT NOT NULL,
    n       INT NOT NULL,
    at      BIGINT NOT NULL,
    action  VARCHAR(12) NOT NULL,
    staff   BINARY(16) NOT NULL,
    session BINARY(16) NOT NULL, -- zero: of the whole plan
    body    MEDIUMTEXT NOT NULL, -- JSON
    PRIMARY KEY (unit, year, n),
    KEY reception_plan_session (session)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Whose case has a place at a session, and what came of it: derived from the case.
CREATE TABLE reception_seat (
    session BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    step    VARCHAR(12) NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (session, case_id),
    KEY reception_seat_case (case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What a leader told somebody to do at a session.
CREATE TABLE reception_duty (
    session BINARY(16) NOT NULL,
    duty    BINARY(16) NOT NULL,
    PRIMARY KEY (session, duty)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
