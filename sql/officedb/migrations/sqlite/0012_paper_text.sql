-- +goose Up

-- What a unit wrote in place of a shipped draft: every version, with who and when. An
-- empty text goes back to the shipped one.
CREATE TABLE paper_text (
    unit    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    text    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    PRIMARY KEY (unit, kind, version)
) STRICT, WITHOUT ROWID;
