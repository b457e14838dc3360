-- +goose Up

-- A report that waits for somebody's agreement, and one that was sealed up to the
-- compartment above: its key is gone from here, and only the day stays.
ALTER TABLE report
    ADD COLUMN waits    BIGINT     NOT NULL DEFAULT 0,
    ADD COLUMN moved_at BIGINT     NOT NULL DEFAULT 0,
    ADD COLUMN moved_to BINARY(16) NOT NULL DEFAULT x'00000000000000000000000000000000';
