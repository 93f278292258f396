-- Made by ext/package/make-archive. Indexes of messages by what is in no order: made once a first run has read them,
-- since keeping up such an index takes as long as all else that is done for a row.
CREATE INDEX IF NOT EXISTS main.messages_sid ON messages(sid);
CREATE INDEX IF NOT EXISTS main.messages_media ON messages(sid) WHERE media IS NOT NULL;
CREATE INDEX IF NOT EXISTS main.messages_date_created ON messages(date_created);
