-- +goose Up

-- The policy library (政策库, clause 5): every version of every policy, with who and when.
-- It binds the subtree of one unit. Who brought it in from a file is nobody: staff is zero.
CREATE TABLE IF NOT EXISTS policy (
    id        BINARY(16)      NOT NULL,
    version   INT             NOT NULL,
    unit      VARCHAR(12)     NOT NULL,
    number    VARCHAR(80)     NOT NULL,
    title     VARCHAR(200)    NOT NULL,
    body      VARCHAR(200)    NOT NULL, -- who issued it
    level     VARCHAR(12)     NOT NULL,
    from_day  CHAR(10)        NOT NULL,
    until_day CHAR(10)        NOT NULL, -- empty: in force until further notice
    at        BIGINT          NOT NULL,
    staff     BINARY(16)      NOT NULL,
    PRIMARY KEY (id, version),
    KEY policy_number (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS policy_article (
    policy    BINARY(16)      NOT NULL,
    version   INT             NOT NULL,
    n         INT             NOT NULL,
    number    VARCHAR(80)     NOT NULL,
    text      MEDIUMTEXT      NOT NULL,
    PRIMARY KEY (policy, version, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What was decided on a claim at a leg, as signed last; derived from the case. The sketch
-- is keyed tokens of what was asked: whoever has it without the key learns only that two
-- cases share words.
CREATE TABLE IF NOT EXISTS decision (
    case_id   BINARY(16)      NOT NULL,
    leg       INT             NOT NULL,
    n         INT             NOT NULL, -- of the event that signed it
    unit      VARCHAR(12)     NOT NULL,
    topic     VARCHAR(8)      NOT NULL,
    outcome   VARCHAR(24)     NOT NULL,
    at        BIGINT          NOT NULL,
    sketch    VARBINARY(1024) NOT NULL,
    PRIMARY KEY (case_id, leg),
    KEY decision_like (topic, outcome, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS citation (
    case_id   BINARY(16)      NOT NULL,
    n         INT             NOT NULL,
    policy    BINARY(16)      NOT NULL,
    version   INT             NOT NULL,
    article   VARCHAR(40)     NOT NULL,
    PRIMARY KEY (case_id, n, policy, article),
    KEY citation_policy (policy, article)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Gaps in policy (政策空白): where the proposal stands. What is missing is read from the case.
CREATE TABLE IF NOT EXISTS policy_gap (
    case_id   BINARY(16)      NOT NULL PRIMARY KEY,
    n         INT             NOT NULL, -- of the event that found it
    unit      VARCHAR(12)     NOT NULL,
    owner     BINARY(16)      NOT NULL,
    due_day   CHAR(10)        NOT NULL,
    status    VARCHAR(16)     NOT NULL,
    settled   INT             NOT NULL,
    version   INT             NOT NULL, -- number of steps
    at        BIGINT          NOT NULL,
    KEY policy_gap_due (settled, due_day, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS policy_gap_step (
    case_id   BINARY(16)      NOT NULL,
    n         INT             NOT NULL,
    status    VARCHAR(16)     NOT NULL,
    at        BIGINT          NOT NULL,
    staff     BINARY(16)      NOT NULL,
    sealed    MEDIUMBLOB      NOT NULL,
    PRIMARY KEY (case_id, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Decisions stand in sealed bodies: the program derives the rows of all cases anew once.
INSERT INTO setting (name, value, changed_at)
    SELECT 'derive_again', 'all', 0 FROM DUAL WHERE EXISTS (SELECT 1 FROM leg)
    ON DUPLICATE KEY UPDATE value = 'all';
