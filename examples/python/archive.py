#!/usr/bin/env python3
"""Keeps a copy of all messages in a local SQLite file, and searches in it.

    python3 examples/python/archive.py [--extension build/chat] FILE.db            brings the copy up to date
    python3 examples/python/archive.py [--extension build/chat] FILE.db WORDS...   searches it; asks the service nothing

The first run reads everything; each run after it reads, of every channel, only what is newer than the copy, from the
newest message back. What is edited or deleted later stays in the copy as it was. A run that fails or is stopped leaves
the channels that it had finished; the next one goes on.

Reads the credentials from the environment: TWILIO_API_KEY and TWILIO_API_KEY_SECRET, or TWILIO_ACCOUNT_SID and
TWILIO_AUTH_TOKEN; TWILIO_CHAT_SERVICE_SID keeps it to one service. Needs a Python whose sqlite3 module can load
extensions: Debian's and Homebrew's can, the one of python.org for macOS cannot.
"""

import argparse
import contextlib
import pathlib
import sqlite3
import sys

SCHEMA = """
CREATE TABLE IF NOT EXISTS archived_messages(
    sid TEXT PRIMARY KEY, service_sid TEXT, channel_sid TEXT, channel TEXT, "index" INTEGER, "from" TEXT, body TEXT,
    date_created TEXT);
CREATE INDEX IF NOT EXISTS archived_by_channel ON archived_messages(channel_sid, "index");
CREATE VIRTUAL TABLE IF NOT EXISTS archive_words USING fts5(body, content=archived_messages, content_rowid=rowid);
CREATE TRIGGER IF NOT EXISTS archive_words_fill AFTER INSERT ON archived_messages BEGIN
    INSERT INTO archive_words(rowid, body) VALUES (new.rowid, new.body);
END;
"""

CHANNELS = """
SELECT channel.service_sid, channel.sid, ifnull(channel.friendly_name, channel.unique_name),
       (SELECT ifnull(max("index"), -1) FROM archived_messages WHERE channel_sid = channel.sid)
  FROM channels AS channel ORDER BY channel.sid
"""

# channel_sid makes it one list, "index" > ? makes it end at the first message that is known.
NEWER = """
INSERT INTO archived_messages
SELECT sid, service_sid, channel_sid, :name, "index", "from", body, date_created FROM messages
 WHERE service_sid = :service AND channel_sid = :channel AND "index" > :known
"""

SEARCH = """
SELECT message.date_created, message.channel, message."from", message.body
  FROM archive_words JOIN archived_messages AS message ON message.rowid = archive_words.rowid
 WHERE archive_words MATCH ? ORDER BY message.date_created, message."index"
"""


def connect(file, extension):
    connection = sqlite3.connect(file)
    if not hasattr(connection, "enable_load_extension"):
        sys.exit("archive: the sqlite3 module of this Python cannot load extensions; the system's, as a rule, can")
    connection.enable_load_extension(True)
    connection.load_extension(extension)
    connection.enable_load_extension(False)
    return connection


def connect_copy(file):
    """The copy alone, which is not made if it is not there."""
    return sqlite3.connect(pathlib.Path(file).resolve().as_uri() + "?mode=ro", uri=True)


def update(connection):
    connection.executescript(SCHEMA)
    total = 0
    for service, channel, name, known in connection.execute(CHANNELS).fetchall():
        with connection:  # a channel is there with all its new messages, or without any
            cursor = connection.execute(NEWER, {"service": service, "channel": channel, "name": name, "known": known})
        if cursor.rowcount:
            print(f"{name or channel}: {cursor.rowcount} new")
        total += cursor.rowcount
    print(f"{total} new messages in all")


def search(connection, words):
    # Quoted, so that a word of the query language is a word here.
    wanted = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    found = 0
    for date, channel, author, body in connection.execute(SEARCH, [wanted]):
        print(f"{date}  {channel or '-'}  {author or '-'}: {body}")
        found += 1
    return found > 0


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    usage = argparse.ArgumentParser(description="Keeps a copy of all messages in a local SQLite file.")
    usage.add_argument("--extension", default=str(root / "build" / "chat"), help="the library, without its suffix")
    usage.add_argument("file", help="the SQLite file")
    usage.add_argument("words", nargs="*", help="words to search for")
    given = usage.parse_args()
    with contextlib.closing(connect_copy(given.file) if given.words else
                            connect(given.file, given.extension)) as connection:
        if given.words:
            return 0 if search(connection, given.words) else 1
        update(connection)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except sqlite3.Error as problem:
        sys.exit(f"archive: {problem}")
