-- +goose Up

-- Where an open leg stands in the lists over many units: once for its own unit and once
-- for each unit above, so that such a list is one range in order. Derived from leg and
-- unit; a row goes when the leg is done.
CREATE TABLE leg_above (
    above   TEXT    NOT NULL,
    sort    BLOB    NOT NULL, -- as the leg has it
    case_id BLOB    NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (above, sort)
) STRICT, WITHOUT ROWID;

INSERT INTO leg_above (above, sort, case_id, n)
    SELECT a.id, l.sort, l.case_id, l.n
    FROM leg l JOIN unit u ON u.id = l.unit JOIN unit a ON SUBSTR(u.path, 1, LENGTH(a.path)) = a.path
    WHERE l.is_open = 1;
