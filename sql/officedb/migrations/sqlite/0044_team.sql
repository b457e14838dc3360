-- +goose Up

-- What a unit keeps about who carries its petition work (petition.Team, clauses 12, 14).
-- Lines are added, never changed; names and words are sealed under the unit's key.
CREATE TABLE IF NOT EXISTS team_entry (
    unit   TEXT    NOT NULL,
    n      INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    day    TEXT    NOT NULL,
    ends   INTEGER NOT NULL, -- the line that it ends; 0 for none
    at     INTEGER NOT NULL,
    staff  BLOB    NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (unit, n)
) STRICT, WITHOUT ROWID;
