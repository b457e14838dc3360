-- +goose Up

-- Agents and representatives may be told of news too, each for himself: one message a day
-- for a filing, a person and a way.
ALTER TABLE news ADD COLUMN whose TEXT NOT NULL DEFAULT ''; -- petition.NewsParty; empty: the petitioner
DROP INDEX IF EXISTS news_once;
CREATE UNIQUE INDEX news_once ON news (filing, whose, way, day);
