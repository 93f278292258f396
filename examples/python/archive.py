#!/usr/bin/env python3
"""Searches in the messages of an archive that examples/archive.sh keeps.

    python3 examples/python/archive.py FILE.db            brings the archive up to date, with examples/archive.sh
    python3 examples/python/archive.py FILE.db WORDS...   searches it; asks the service nothing

The words stand in an index of their own, FILE.db-words, which follows the archive by its table archive_changes: of what
has changed since the last time, and of nothing else, the index takes what stands in the archive now.

Options before FILE.db go to examples/archive.sh. Any Python with an sqlite3 module that has FTS5 will do: it needs
no extension.
"""

import contextlib
import pathlib
import sqlite3
import subprocess
import sys

WORDS = """
CREATE VIRTUAL TABLE IF NOT EXISTS words.message_words USING fts5(path UNINDEXED, body);
CREATE TABLE IF NOT EXISTS words.rows(path TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS words.seen(change INTEGER);
CREATE TEMP TABLE told(path TEXT PRIMARY KEY);
"""

FOLLOW = (
    """INSERT INTO told SELECT DISTINCT path FROM main.archive_changes
        WHERE table_name = 'messages' AND id > (SELECT ifnull(max(change), 0) FROM words.seen)""",
    "DELETE FROM words.message_words WHERE rowid IN (SELECT id FROM words.rows JOIN told USING (path))",
    "DELETE FROM words.rows WHERE path IN (SELECT path FROM told)",
    """INSERT INTO words.rows SELECT path, (SELECT ifnull(max(id), 0) FROM words.rows) + row_number() OVER ()
         FROM told JOIN main.messages USING (path) WHERE gone_at IS NULL""",
    """INSERT INTO words.message_words(rowid, path, body) SELECT id, path, body
         FROM told JOIN words.rows USING (path) JOIN main.messages USING (path)""",
    "DELETE FROM words.seen",
    "INSERT INTO words.seen SELECT max(id) FROM main.archive_changes",
)

SEARCH = """
SELECT message.date_created, ifnull(channel.friendly_name, channel.unique_name), message."from", message.body
  FROM words.message_words AS word JOIN main.messages AS message ON message.path = word.path
  LEFT JOIN main.channels AS channel ON channel.sid = message.channel_sid
 WHERE message_words MATCH ? ORDER BY message.date_created, message."index"
"""


def update(arguments):
    script = pathlib.Path(__file__).resolve().parents[1] / "archive.sh"
    return subprocess.run([str(script), *arguments], check=False).returncode


def connect(file):
    """The archive, which is not made if it is not there, and its index of words."""
    connection = sqlite3.connect(pathlib.Path(file).resolve().as_uri() + "?mode=ro", uri=True, isolation_level=None)
    connection.execute("ATTACH ? AS words", [pathlib.Path(file + "-words").resolve().as_uri() + "?mode=rwc"])
    return connection


def follow(connection):
    connection.executescript(WORDS)
    connection.execute("BEGIN")
    for statement in FOLLOW:
        connection.execute(statement)
    connection.execute("COMMIT")


def search(connection, words):
    # Quoted, so that a word of the query language is a word here.
    wanted = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    found = 0
    for date, channel, author, body in connection.execute(SEARCH, [wanted]):
        print(f"{date}  {channel or '-'}  {author or '-'}: {body}")
        found += 1
    return found > 0


def main():
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.exit(__doc__)
    if arguments[0].startswith("-") or len(arguments) == 1:
        return update(arguments)
    with contextlib.closing(connect(arguments[0])) as connection:
        follow(connection)
        return 0 if search(connection, arguments[1:]) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except sqlite3.Error as problem:
        sys.exit(f"archive: {problem}")
