"""What else may go on beside our tables on a connection of Python's sqlite3 module: other cursors that stand in a table.

    tests/hosts/python_beside        starts an emulator, finds a Python, runs this; the output is TAP
"""

import os
import shutil
import sqlite3
import tempfile

from connections import channel, connect, control, expect, fails, finish, insert, ledger, library, load, service, states, test

ours = ["chat_settings", "channels", "chat_requests", "messages", "chat_writes"]


def settings(connection, *names):
    found = dict(connection.execute("SELECT name, value FROM chat_settings"))
    return [found[name] for name in names]


@test
def writes_within_a_loop():
    """a loop over chat_writes sees what was there when it began, and sends each once"""
    connection = connect(isolation_level=None)
    connection.execute("BEGIN")
    connection.executemany(insert, [(service, channel, str(number)) for number in range(3)])
    connection.execute("COMMIT")
    for count, (state, seq) in enumerate(connection.execute("SELECT state, seq FROM chat_writes")):
        expect((state, count < 3), ("sent", True))
        connection.execute(insert, (service, channel, f"of {seq}"))
    expect(ledger()[3:], ["Body=of%201", "Body=of%202", "Body=of%203"])


@test
def commit_within_a_loop():
    """a cursor in chat_writes keeps the states that it began with"""
    connection = connect(isolation_level=None)
    connection.execute("BEGIN")
    connection.executemany(insert, [(service, channel, str(number)) for number in range(3)])
    cursor = connection.execute("SELECT state, sid FROM chat_writes")
    first = cursor.fetchone()
    connection.execute("COMMIT")
    expect([first] + cursor.fetchall(), [("pending", None)] * 3)
    expect(states(connection), ["sent"] * 3)


@test
def log_emptied_within_a_loop():
    """a cursor in chat_requests keeps its rows when they are deleted or let go of"""
    connection = connect(isolation_level=None)
    for _ in range(3):
        connection.execute("SELECT count(*) FROM services").fetchall()
    cursor = connection.execute("SELECT id, path FROM chat_requests")
    first = cursor.fetchone()
    connection.execute("DELETE FROM chat_requests")
    connection.execute("UPDATE chat_settings SET value = 0 WHERE name = 'request_log'")
    connection.execute("SELECT count(*) FROM users").fetchall()
    rows = [first] + cursor.fetchall()
    expect(len(rows), 3)
    expect({path.split("?")[0] for _, path in rows}, {"/v1/Services"})
    expect(connection.execute("SELECT count(*) FROM chat_requests").fetchone(), (0,))


@test
def settings_within_a_loop():
    """a cursor in chat_settings keeps the values that it began with"""
    connection = connect(isolation_level=None)
    cursor = connection.execute("SELECT name, value FROM chat_settings")
    before = {name: value for name, value in [cursor.fetchone()]}
    connection.execute("UPDATE chat_settings SET value = '7' WHERE name IN ('page_size', 'max_retries')")
    before.update(cursor.fetchall())
    expect((before["page_size"], before["max_retries"]), (None, "1"))
    expect(settings(connection, "page_size", "max_retries"), ["7", "7"])


@test
def settings_from_interrupted():
    """an UPDATE FROM of settings that is interrupted anywhere in a transaction changes none"""
    connection = connect(isolation_level=None)
    names = ("timeout_ms", "max_retries", "page_size", "max_concurrency")
    before = settings(connection, *names)
    sql = "UPDATE chat_settings SET value = 9 FROM (VALUES ('{}'), ('{}'), ('{}'), ('{}')) AS x WHERE x.column1 = name".format(*names)
    interrupted = 0
    # An interrupt that ends the transaction has ended the statement. One that comes after its end leaves both.
    while not connection.in_transaction:
        turns = iter(range(interrupted, -1, -1))
        connection.execute("BEGIN")
        connection.set_progress_handler(lambda: next(turns, 1) == 0, 1)
        try:
            connection.execute(sql)
        except sqlite3.OperationalError:
            interrupted += 1
        connection.set_progress_handler(None, 0)
        expect(settings(connection, *names), ["9"] * 4 if connection.in_transaction else before)
    connection.execute("ROLLBACK")
    expect(interrupted > 20, True)
    expect(settings(connection, *names), ["9"] * 4)


@test
def settings_from_within_a_statement():
    """an UPDATE FROM of settings that a function makes is in force at once, and stays when its statement fails"""
    if sqlite3.sqlite_version_info < (3, 40):
        return  # there a function may not write while another statement does
    connection = connect(isolation_level=None)

    def change(name, value):
        connection.execute("UPDATE chat_settings SET value = ? FROM (VALUES (?)) AS x WHERE x.column1 = name", (value, name))
        return settings(connection, name)[0]

    connection.create_function("change", 2, change)
    connection.execute("CREATE TEMP TABLE changed(value CHECK (value <> '8'))")
    connection.execute("INSERT INTO changed SELECT change('page_size', column1) FROM (VALUES (5), (6))")
    expect(connection.execute("SELECT group_concat(value) FROM changed").fetchone(), ("5,6",))
    fails(sqlite3.IntegrityError, connection.execute, "INSERT INTO changed SELECT change('page_size', column1) FROM (VALUES (7), (8))")
    expect(settings(connection, "page_size"), ["8"])
    connection.execute("BEGIN")
    fails(sqlite3.IntegrityError, connection.execute, "INSERT OR ROLLBACK INTO changed SELECT change('max_retries', column1) FROM (VALUES (7), (8))")
    expect(settings(connection, "max_retries"), ["8"])
    connection.execute("SELECT count(*) FROM services").fetchall()
    expect(connection.execute("SELECT path FROM chat_requests").fetchone(), ("/v1/Services?PageSize=8",))


@test
def settings_that_fail():
    """an UPDATE of settings that fails changes none, also beside an open cursor, and rollback() takes none back"""
    several = "UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN ? ELSE ? END WHERE name IN ('page_size', 'max_retries')"
    for level in (None, "DEFERRED"):
        connection = connect(isolation_level=level)
        cursor = connection.execute("SELECT name FROM chat_settings")
        cursor.fetchone()
        connection.execute(several, (7, 8))
        expect(settings(connection, "page_size", "max_retries"), ["7", "8"])
        fails(sqlite3.OperationalError, connection.execute, several, (9, "many"))
        expect(settings(connection, "page_size", "max_retries"), ["7", "8"])
        connection.rollback()
        expect(settings(connection, "page_size", "max_retries"), ["7", "8"])
        fails(sqlite3.OperationalError, connection.execute, several, ("many", 9))
        cursor.fetchall()
        connection.close()


def insert_text(body):
    """The text that is traced, with its values."""
    return insert.replace("?, ?, ?", f"'{service}', '{channel}', '{body}'")


def full_text(connection, content):
    """A full-text table over that content; False where this SQLite has none."""
    try:
        connection.execute(f"CREATE VIRTUAL TABLE notes USING fts5(body, content={content}, content_rowid='index')")
        return True
    except sqlite3.OperationalError:
        return False


@test
def own_table_under_full_text():
    """a file's own ordinary table called messages, under FTS5, keeps nobody from ours"""
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(os.path.join(folder, "own.db"), isolation_level=None)
        connection.execute('CREATE TABLE messages(body, "index" INTEGER PRIMARY KEY)')
        connection.execute("INSERT INTO messages VALUES ('theirs', 1)")
        if not full_text(connection, "'messages'"):
            return
        connection.execute("INSERT INTO notes(notes) VALUES ('rebuild')")
        cursor = connection.execute("SELECT name FROM chat_settings")
        cursor.fetchone()
        expect(connection.execute("SELECT count(*) > 0 FROM channels").fetchone(), (1,))
        expect(connection.execute("SELECT count(*) > 0 FROM temp.messages WHERE channel_sid = ?", (channel,)).fetchone(), (1,))
        notes = connection.execute("SELECT body, (SELECT count(*) > 0 FROM channels) FROM notes WHERE notes MATCH 'theirs'")
        expect(notes.fetchall(), [("theirs", 1)])
        connection.close()


@test
def own_contents_being_read():
    """... nor while FTS5 reads it: a table of the file's own, a view, of another file, but not a virtual table of ours in it"""
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(os.path.join(folder, "own.db"), isolation_level=None)
        connection.execute("ATTACH ? AS \"it's\"", (os.path.join(folder, "other.db"),))
        connection.execute('CREATE TABLE messages(body, "index" INTEGER PRIMARY KEY)')
        if not full_text(connection, "'messages'"):
            return
        connection.execute("CREATE VIEW members AS SELECT * FROM messages")
        connection.execute('CREATE TABLE "it\'s".channels(body, "index" INTEGER PRIMARY KEY)')
        connection.execute("CREATE TABLE chat_requests(body, \"index\" INTEGER PRIMARY KEY)")
        connection.execute("CREATE VIRTUAL TABLE roles USING roles")
        for schema, name in (("main", "messages"), ("main", "members"), ("it's", "channels"), ("main", "chat_requests"), ("main", "roles")):
            schema_name = f'"{schema}"'
            words = f"words_{name}"
            connection.execute(f"CREATE VIRTUAL TABLE {schema_name}.{words} USING fts5(body, content='{name}', content_rowid='index')")
            if name != "members" and name != "roles":
                connection.execute(f"INSERT INTO {schema_name}.{name} VALUES ('theirs', 1), ('theirs too', 2)")
            if name != "roles":
                connection.execute(f"INSERT INTO {schema_name}.{words}({words}) VALUES ('rebuild')")
                cursor = connection.execute(f"SELECT body FROM {schema_name}.{words} WHERE {words} MATCH 'theirs'")
                expect(cursor.fetchone(), ("theirs",))
                connection.execute(f"SELECT count(*) FROM temp.{name}").fetchall()
                expect(cursor.fetchall(), [("theirs too",)])
        connection.execute("DELETE FROM temp.chat_requests")
        fails(sqlite3.OperationalError, connection.execute, "SELECT body FROM words_roles, chat_settings")
        expect(connection.execute("SELECT count(*) FROM temp.chat_requests").fetchone(), (0,))
        connection.close()


@test
def full_text_over_ours():
    """a full-text table of a file over ours reads nothing, and takes nothing from who asks for ours besides"""
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(os.path.join(folder, "theirs.db"), isolation_level=None)
        if not full_text(connection, "'messages'"):
            return
        cursor = connection.execute("SELECT name FROM chat_settings")
        cursor.fetchone()
        text = fails(sqlite3.OperationalError, connection.execute, "SELECT body FROM notes")
        if "unsafe use" not in text:
            raise AssertionError(text)
        for name in ("messages", "'messages'", "main.messages", "main.'messages'", 'main."messages"'):
            expect(connection.execute(f"SELECT count(*) > 0 FROM {name} WHERE channel_sid = ?", (channel,)).fetchone(), (1,))
        connection.close()


@test
def temporary_full_text():
    """a full-text table in temp is the user's own, and may read ours"""
    connection = connect(isolation_level=None)
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.notes USING fts5(name, content='chat_settings', content_rowid='rowid')")
    except sqlite3.OperationalError:
        return
    expect(connection.execute("SELECT count(*) > 10 FROM notes").fetchone(), (1,))


@test
def authorizers():
    """an authorizer that denies PRAGMA and reading the schema keeps nobody from ours, and hears of nothing that was not said"""
    connection = connect(isolation_level=None)
    heard = []

    def decide(action, first, second, database, source):
        heard.append((action, first))
        schema = first in ("sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema")
        denied = action == sqlite3.SQLITE_PRAGMA or (action == sqlite3.SQLITE_READ and schema)
        return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK

    for table in ours:  # the first use of a virtual table asks for a CREATE TABLE
        connection.execute(f"SELECT 1 FROM {table} LIMIT 0").fetchall()
    connection.set_authorizer(decide)
    cursor = connection.execute("SELECT name FROM chat_settings")
    cursor.fetchone()
    expect(connection.execute("SELECT count(*) > 0 FROM channels").fetchone(), (1,))
    expect(connection.execute("SELECT count(*) > 0 FROM chat_requests").fetchone(), (1,))
    connection.execute(insert, (service, channel, "with an authorizer"))
    expect(connection.execute("SELECT count(*) > 0 FROM channels WHERE type IN (SELECT type FROM channels)").fetchone(), (1,))
    connection.execute("UPDATE chat_settings SET value = 7 WHERE name = 'page_size'")
    expect(states(connection), ["sent"])
    expect({first for _, first in heard if first} - set(ours), set())


@test
def loaded_twice():
    """load_extension() again changes nothing: settings, queued writes and an open cursor stay"""
    connection = connect(isolation_level=None)
    connection.execute("UPDATE chat_settings SET value = 7 WHERE name = 'page_size'")
    cursor = connection.execute("SELECT sid FROM channels")
    first = cursor.fetchone()
    load(connection)
    connection.execute("BEGIN")
    connection.execute(insert, (service, channel, "once"))
    load(connection)
    expect(settings(connection, "page_size"), ["7"])
    expect(states(connection), ["pending"])
    connection.execute("COMMIT")
    expect(states(connection), ["sent"])
    expect(ledger(), ["Body=once"])
    expect(len([first] + cursor.fetchall()), connection.execute("SELECT count(*) FROM channels").fetchone()[0])
    other = connect()
    expect(settings(other, "page_size"), [None])
    expect(settings(connection, "page_size"), ["7"])
    for gone in range(20):  # whose memory another connection may get
        connect().close()
    expect(settings(connect(), "page_size"), [None])


@test
def loaded_from_another_file():
    """another copy of the library takes the place of the first, or says why not"""
    connection = connect(isolation_level=None)
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, os.path.basename(library))
        shutil.copy(library, copy)
        connection.enable_load_extension(True)
        cursor = connection.execute("SELECT name FROM chat_settings")
        cursor.fetchone()
        text = fails(sqlite3.OperationalError, connection.load_extension, copy)
        if "active statements" not in text:
            raise AssertionError(text)
        cursor.fetchall()
        connection.load_extension(copy)
        expect(connection.execute("SELECT count(*) > 0 FROM channels").fetchone(), (1,))


def probes_are_run():
    """Before SQLite 3.41 a progress handler's turn takes a statement."""
    return sqlite3.sqlite_version_info < (3, 41)


@test
def tracing():
    """sqlite3_trace sees no statement of ours, however long it waits; before 3.41 what gives progress handlers their turn"""
    connection = connect(isolation_level=None)
    traced = []
    connection.set_trace_callback(traced.append)
    control("latency?ms=1500")
    reads = ["SELECT count(*) FROM services", "SELECT count(*) FROM chat_requests"]
    try:
        for sql in reads:
            connection.execute(sql).fetchall()
        cursor = connection.execute("SELECT name FROM chat_settings")
        cursor.fetchone()
        connection.execute(insert, (service, channel, "traced"))
    finally:
        control("latency?ms=0")
    turns = [text for text in traced if "sqlite-chat: a progress handler's turn" in text]
    expect([text for text in traced if text not in turns], reads + ["SELECT name FROM chat_settings", insert_text("traced")])
    expect(len(turns) > 0, probes_are_run())


@test
def progress_handlers():
    """a progress handler has its say while a statement waits, and ends it"""
    connection = connect(isolation_level=None)
    for operations in (1, 1000, 15000):
        turns = []
        connection.set_progress_handler(lambda: turns.append(1), operations)
        control("latency?ms=1500")
        connection.execute("SELECT count(*) FROM services").fetchall()
        expect((operations, len(turns) > 0), (operations, True))
        connection.set_progress_handler(lambda: 1, operations)
        text = fails(sqlite3.OperationalError, connection.execute, "SELECT count(*) FROM services")
        expect(text, "interrupted")
        connection.set_progress_handler(None, 0)
        control("latency?ms=0")
    expect(connection.execute("SELECT count(*) > 0 FROM services").fetchone(), (1,))


finish()
