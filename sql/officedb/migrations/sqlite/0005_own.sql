-- +goose Up

-- What of a queue was given to one person, or to nobody yet: his list walks his own rows
-- and not past those of everybody else.
CREATE UNIQUE INDEX leg_own ON leg (unit, queue, handler, sort);
