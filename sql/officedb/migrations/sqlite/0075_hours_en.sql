-- +goose Up

-- A unit's hours in English, for those who read the portal in English.
ALTER TABLE unit ADD COLUMN hours_en TEXT NOT NULL DEFAULT '';
