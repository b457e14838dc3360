-- +goose Up

-- Messages that tell petitioners of news. Where to is sealed to the notifier's own key,
-- and emptied when nothing more is sent.
CREATE TABLE IF NOT EXISTS news (
    id         BINARY(16)      NOT NULL PRIMARY KEY,
    filing     BINARY(16)      NOT NULL, -- what the petitioner follows
    way        VARCHAR(8)      NOT NULL, -- sms, mail
    day        CHAR(10)        NOT NULL, -- on which it goes out: one a day
    item       BINARY(16)      NOT NULL, -- the view in the outbox that must have arrived before
    sealed     VARBINARY(4096) NOT NULL,
    gathered   INT             NOT NULL, -- pieces of news that it tells of
    state      VARCHAR(8)      NOT NULL, -- petition.NewsState
    tries      INT             NOT NULL,
    due_at     BIGINT          NOT NULL, -- of the next try; while sending, when it is given up for lost
    why        VARCHAR(64)     NOT NULL, -- the gateway's word, never an address
    changed_at BIGINT          NOT NULL,
    UNIQUE KEY news_once (filing, way, day),
    KEY news_due (state, due_at),
    KEY news_day (day, way, state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
