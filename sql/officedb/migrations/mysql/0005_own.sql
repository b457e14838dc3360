-- +goose Up

-- What of a queue was given to one person, or to nobody yet: his list walks his own rows
-- and not past those of everybody else.
ALTER TABLE leg ADD UNIQUE KEY leg_own (unit, queue, handler, sort);
