-- +goose Up

-- How many matters make a common issue is one of the things that a unit chooses.
INSERT INTO unit_choice (unit, name, n, value, at, staff)
SELECT l.unit, 'issue_least', l.n, CAST(l.least AS TEXT), l.at, l.staff FROM issue_least l;
DROP TABLE issue_least;
