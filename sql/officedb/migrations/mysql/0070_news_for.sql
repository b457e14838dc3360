-- +goose Up

-- Agents and representatives may be told of news too, each for himself: one message a day
-- for a filing, a person and a way.
ALTER TABLE news
    ADD COLUMN whose VARCHAR(8) NOT NULL DEFAULT '', -- petition.NewsParty; empty: the petitioner
    DROP KEY news_once,
    ADD UNIQUE KEY news_once (filing, whose, way, day);
