-- +goose Up

-- Messages that tell petitioners of news. Where to is sealed to the notifier's own key,
-- and emptied when nothing more is sent.
CREATE TABLE news (
    id         BLOB    NOT NULL PRIMARY KEY,
    filing     BLOB    NOT NULL, -- what the petitioner follows
    way        TEXT    NOT NULL, -- sms, mail
    day        TEXT    NOT NULL, -- on which it goes out: one a day
    item       BLOB    NOT NULL, -- the view in the outbox that must have arrived before
    sealed     BLOB    NOT NULL,
    gathered   INTEGER NOT NULL, -- pieces of news that it tells of
    state      TEXT    NOT NULL, -- petition.NewsState
    tries      INTEGER NOT NULL,
    due_at     INTEGER NOT NULL, -- of the next try; while sending, when it is given up for lost
    why        TEXT    NOT NULL, -- the gateway's word, never an address
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX news_once ON news (filing, way, day);
CREATE INDEX news_due ON news (state, due_at);
CREATE INDEX news_day ON news (day, way, state);
