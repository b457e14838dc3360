-- +goose Up

-- Common issues (petition.Issue, scenario 11.1): what the monthly job proposed, the cases
-- that it counted, what people decided, and from how many cases on. Nothing is changed.
CREATE TABLE IF NOT EXISTS issue (
    id       BINARY(16)  NOT NULL PRIMARY KEY,
    unit     VARCHAR(12) NOT NULL,
    topic    VARCHAR(8)  NOT NULL,
    month    CHAR(7)     NOT NULL, -- "2026-10"
    least    INT         NOT NULL, -- the number in force when it was found
    found_at BIGINT      NOT NULL,
    UNIQUE KEY issue_once (unit, month, topic)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS issue_case (
    issue   BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    PRIMARY KEY (issue, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS issue_entry (
    issue   BINARY(16)       NOT NULL,
    n       INT              NOT NULL,
    status  VARCHAR(16)      NOT NULL,
    due_day VARCHAR(10)      NOT NULL, -- by which advice is to be answered
    at      BIGINT           NOT NULL,
    staff   BINARY(16)       NOT NULL,
    sealed  VARBINARY(12288) NOT NULL,
    PRIMARY KEY (issue, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS issue_least (
    unit  VARCHAR(12) NOT NULL,
    n     INT         NOT NULL,
    least INT         NOT NULL,
    at    BIGINT      NOT NULL,
    staff BINARY(16)  NOT NULL,
    PRIMARY KEY (unit, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
