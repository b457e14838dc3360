-- +goose Up

-- What a unit answers for to another, or to its leader, by a day: instructions,
-- supervision, reports upward (petition.Duty). Title and words are sealed under a key of
-- its own, which both units hold.
CREATE TABLE duty (
    id         BINARY(16)     NOT NULL PRIMARY KEY,
    kind       VARCHAR(16)    NOT NULL,
    form       VARCHAR(12)    NOT NULL, -- of a supervision
    number     VARCHAR(64)    NOT NULL, -- of the letter that it went out with
    from_unit  VARCHAR(12)    NOT NULL,
    from_staff BINARY(16)     NOT NULL,
    owner      VARCHAR(12)    NOT NULL,
    person     BINARY(16)     NOT NULL, -- zero: the heads of the owner
    case_id    BINARY(16)     NOT NULL, -- zero: about no one case
    state      VARCHAR(12)    NOT NULL,
    due_day    CHAR(10)       NOT NULL,
    outcome    VARCHAR(16)    NOT NULL,
    version    INT            NOT NULL, -- entries
    set_at     BIGINT         NOT NULL,
    ended_at   BIGINT         NOT NULL, -- 0 while it stands
    title      VARBINARY(2048) NOT NULL,
    KEY duty_owner (owner, state, due_day, id),
    KEY duty_from (from_unit, state, due_day, id),
    KEY duty_day (state, due_day, id),
    KEY duty_case (case_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE duty_entry (
    duty   BINARY(16)  NOT NULL,
    n      INT         NOT NULL,
    at     BIGINT      NOT NULL,
    action VARCHAR(12) NOT NULL,
    staff  BINARY(16)  NOT NULL,
    unit   VARCHAR(12) NOT NULL,
    body   MEDIUMBLOB  NOT NULL,
    PRIMARY KEY (duty, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE duty_key (
    duty    BINARY(16)     NOT NULL,
    holder  VARCHAR(24)    NOT NULL,
    wrapped VARBINARY(255) NOT NULL,
    PRIMARY KEY (duty, holder)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
