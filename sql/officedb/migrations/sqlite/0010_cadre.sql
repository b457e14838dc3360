-- +goose Up

-- A report that waits for somebody's agreement, and one that was sealed up to the
-- compartment above: its key is gone from here, and only the day stays.
ALTER TABLE report ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE report ADD COLUMN moved_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE report ADD COLUMN moved_to BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
