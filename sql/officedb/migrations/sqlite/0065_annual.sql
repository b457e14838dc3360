-- +goose Up

-- Annual reports (petition.Annual, scenario 8.3), entry by entry; and what a unit chose for
-- its area and for the units below that chose nothing else. Nothing is changed.
CREATE TABLE IF NOT EXISTS annual_entry (
    unit    TEXT    NOT NULL,
    year    INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    status  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB    NOT NULL,
    by_unit TEXT    NOT NULL, -- of the officer
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (unit, year, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS unit_choice (
    unit  TEXT    NOT NULL,
    name  TEXT    NOT NULL,
    n     INTEGER NOT NULL,
    value TEXT    NOT NULL,
    at    INTEGER NOT NULL,
    staff BLOB    NOT NULL,
    PRIMARY KEY (unit, name, n)
) STRICT, WITHOUT ROWID;
