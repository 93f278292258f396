"""What else may go on beside our tables on a connection of Python's sqlite3 module: other cursors that stand in a table.

    tests/hosts/python_beside        starts an emulator, finds a Python, runs this; the output is TAP
"""

import sqlite3

from connections import channel, connect, control, expect, fails, finish, insert, ledger, service, states, test


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


finish()
