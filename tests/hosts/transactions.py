"""What a user of Python's sqlite3 module sees of writes: nothing is sent before commit, everything after.

    tests/hosts/python        starts an emulator, finds a Python, runs this; the output is TAP
"""

import datetime
import json
import os
import signal
import sqlite3
import tempfile
import threading
import time

from connections import channel, connect, control, expect, fails, finish, insert, ledger, service, states, test


@test
def implicit_commit():
    """an INSERT opens a transaction; nothing is sent before commit()"""
    connection = connect()
    connection.execute(insert, (service, channel, "one"))
    connection.execute(insert, (service, channel, "two"))
    expect(connection.in_transaction, True)
    expect(states(connection), ["pending", "pending"])
    expect(ledger(), [])
    connection.commit()
    expect(connection.in_transaction, False)
    expect(states(connection), ["sent", "sent"])
    expect(ledger(), ["Body=one", "Body=two"])


@test
def implicit_rollback():
    """rollback() drops what was not sent"""
    connection = connect()
    connection.execute(insert, (service, channel, "never"))
    connection.rollback()
    expect(states(connection), ["rolled back"])
    expect(ledger(), [])


@test
def context_manager():
    """`with connection` commits, and rolls back after an exception"""
    connection = connect()
    connection.execute("CREATE TABLE local(x)")
    with connection:
        connection.execute("INSERT INTO local VALUES (1)")
        connection.execute(insert, (service, channel, "kept"))
    expect(ledger(), ["Body=kept"])
    try:
        with connection:
            connection.execute("INSERT INTO local VALUES (2)")
            connection.execute(insert, (service, channel, "dropped"))
            raise KeyError("the program's own")
    except KeyError:
        pass
    expect(ledger(), ["Body=kept"])
    expect(connection.execute("SELECT count(*) FROM local").fetchone(), (1,))


@test
def closing():
    """close() without commit() sends nothing"""
    connection = connect()
    connection.execute(insert, (service, channel, "never"))
    connection.close()
    expect(ledger(), [])


@test
def reading():
    """reading does not open a transaction"""
    connection = connect()
    connection.execute("SELECT count(*) FROM messages WHERE channel_sid = ?", (channel,)).fetchall()
    expect(connection.in_transaction, False)


@test
def many():
    """executemany() is one transaction"""
    connection = connect()
    connection.executemany(insert, [(service, channel, str(number)) for number in range(25)])
    expect(ledger(), [])
    connection.commit()
    expect(ledger(), [f"Body={number}" for number in range(25)])


@test
def script():
    """executescript() commits first what was pending, as it does for any table"""
    connection = connect()
    connection.execute(insert, (service, channel, "before"))
    connection.executescript("CREATE TABLE local(x)")
    expect(ledger(), ["Body=before"])


@test
def autocommit():
    """isolation_level=None: each statement is sent when it ends"""
    connection = connect(isolation_level=None)
    connection.execute(insert, (service, channel, "at once"))
    expect(ledger(), ["Body=at%20once"])
    connection.execute("BEGIN")
    connection.execute(insert, (service, channel, "later"))
    expect(len(ledger()), 1)
    connection.execute("COMMIT")
    expect(len(ledger()), 2)


@test
def refused():
    """a commit that the server refuses raises, rolls back, and leaves no transaction open"""
    connection = connect()
    connection.execute("CREATE TABLE local(x)")
    connection.execute("INSERT INTO local VALUES (1)")
    connection.execute(insert, (service, channel, "sent"))
    connection.execute(insert, (service, channel, "refused"))
    connection.execute(insert, (service, channel, "not sent"))
    control("fault?action=status&status=400&code=20001&message=no&method=POST&nth=2")
    text = fails(sqlite3.OperationalError, connection.commit)
    if "Twilio error 20001" not in text or "see chat_writes" not in text:
        raise AssertionError(text)
    expect(connection.in_transaction, False)
    expect(states(connection), ["sent", "failed", "rolled back"])
    expect(connection.execute("SELECT count(*) FROM local").fetchone(), (0,))
    expect(ledger(), ["Body=sent"])
    connection.commit()
    expect(ledger(), ["Body=sent"])


@test
def conflict():
    """a name that is taken raises IntegrityError, a bad value too, and OR IGNORE does not"""
    connection = connect()
    sql = "INSERT {} INTO channels(service_sid, unique_name) VALUES (?, 'taken by python')"
    connection.execute(sql.format(""), (service,))
    connection.commit()
    connection.execute(sql.format(""), (service,))
    fails(sqlite3.IntegrityError, connection.commit)
    connection.execute(sql.format("OR IGNORE"), (service,))
    connection.commit()
    fails(sqlite3.IntegrityError, connection.execute, insert, (service, channel, b"bytes"))
    connection.rollback()
    expect(len(ledger()), 1)


@test
def one_bad_row():
    """executemany() with a bad row keeps the transaction, and what came before, as for any table"""
    connection = connect()
    rows = [(service, channel, "good"), (service, channel, None), (service, channel, "after")]
    fails(sqlite3.IntegrityError, connection.executemany, insert, rows)
    expect(connection.in_transaction, True)
    connection.commit()
    expect(ledger(), ["Body=good"])


@test
def savepoints():
    """savepoints inside an implicit transaction"""
    connection = connect()
    connection.execute(insert, (service, channel, "outer"))
    connection.execute("SAVEPOINT inner")
    connection.execute(insert, (service, channel, "dropped"))
    connection.execute("ROLLBACK TO inner")
    connection.execute("RELEASE inner")
    connection.commit()
    expect(ledger(), ["Body=outer"])


@test
def savepoint_first():
    """a SAVEPOINT before any write is the transaction, of ordinary tables too: its RELEASE sends"""
    connection = connect()
    connection.execute("CREATE TABLE local(x)")
    connection.execute("SAVEPOINT outermost")
    connection.execute("INSERT INTO local VALUES (1)")
    connection.execute(insert, (service, channel, "sent"))
    expect(ledger(), [])
    connection.execute("RELEASE outermost")
    expect(ledger(), ["Body=sent"])
    connection.rollback()
    expect(connection.execute("SELECT count(*) FROM local").fetchone(), (1,))


@test
def returning():
    """fetchone() of a RETURNING without a transaction is refused, since its refusal would be dropped"""
    if sqlite3.sqlite_version_info < (3, 35):
        return
    alone = connect(isolation_level=None)
    text = fails(sqlite3.OperationalError, alone.execute, insert + " RETURNING body", (service, channel, "alone"))
    if "leave RETURNING out" not in text:
        raise AssertionError(text)
    connection = connect()
    expect(connection.execute(insert + " RETURNING body", (service, channel, "kept")).fetchone(), ("kept",))
    expect(ledger(), [])
    connection.commit()
    expect(ledger(), ["Body=kept"])
    control("fault?action=status&status=400&method=POST")
    expect(connection.execute(insert + " RETURNING body", (service, channel, "refused")).fetchone(), ("refused",))
    fails(sqlite3.OperationalError, connection.commit)


@test
def release_failed():
    """after a RELEASE that failed execute() is refused until rollback()"""
    connection = connect(isolation_level=None)
    control("fault?action=status&status=400&method=POST")
    connection.execute("SAVEPOINT outermost")
    connection.execute(insert, (service, channel, "refused"))
    fails(sqlite3.OperationalError, connection.execute, "RELEASE outermost")
    text = fails(sqlite3.OperationalError, connection.execute, insert, (service, channel, "lost"))
    if "ROLLBACK first" not in text:
        raise AssertionError(text)
    connection.rollback()
    connection.execute(insert, (service, channel, "next"))
    expect(ledger(), ["Body=next"])


@test
def bound_datetimes():
    """a datetime is bound with a blank: chat_time(?) puts it into the form of the service, in UTC"""
    connection = connect()
    given = datetime.datetime(2026, 1, 31, 8, 9, 10, 500000)
    zone = datetime.timezone(datetime.timedelta(hours=2))
    times = [given, given.replace(tzinfo=datetime.timezone.utc), given.replace(hour=10, tzinfo=zone)]
    for when in times:
        row = connection.execute("SELECT chat_time(?), substr(?, 11, 1)", (when, when)).fetchone()
        expect(row, ("2026-01-31T08:09:10Z", " "))
    connection.execute(insert, (service, channel, "of now"))
    connection.commit()
    query = "SELECT body FROM messages WHERE service_sid = ? AND channel_sid = ? AND body = 'of now'"
    query += " AND date_created > chat_time(?)"
    now = datetime.datetime.now(datetime.timezone.utc)
    for hours, found in ((-1, [("of now",)]), (1, [])):
        when = now + datetime.timedelta(hours=hours)
        expect(connection.execute(query, (service, channel, when)).fetchall(), found)
        when = when.astimezone().replace(tzinfo=None)
        expect(connection.execute(query.replace("?)", "?, 'utc')"), (service, channel, when)).fetchall(), found)


@test
def interrupted():
    """interrupt() from another thread ends a commit that waits; chat_writes tells the truth"""
    connection = connect(check_same_thread=False)
    connection.executemany(insert, [(service, channel, str(number)) for number in range(40)])
    control("latency?ms=100")

    def interrupt():
        while len(ledger()) < 3:
            time.sleep(0.01)
        connection.interrupt()

    other = threading.Thread(target=interrupt)
    other.start()
    fails(sqlite3.OperationalError, connection.commit)
    control("latency?ms=0")
    other.join()
    time.sleep(0.1)
    found = states(connection)
    sent, unknown = found.count("sent"), found.count("unknown")
    expect(sent + unknown + found.count("rolled back"), 40)
    applied = len(ledger())
    if not sent <= applied <= sent + unknown:
        raise AssertionError(f"{applied} applied, {sent} sent, {unknown} unknown")


@test
def control_c():
    """Ctrl-C waits for the end of a statement, unless a progress handler gives Python its turn"""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    connection = connect()
    connection.execute("UPDATE chat_settings SET value = 1 WHERE name IN ('page_size', 'max_concurrency')")
    query = "SELECT count(*) FROM messages WHERE service_sid = ? AND channel_sid = ?"
    (rows,) = connection.execute(query, (service, channel)).fetchone()

    def requests(latency, kind):
        connection.execute("DELETE FROM chat_requests")
        connection.commit()
        control(f"latency?ms={latency}")
        timer = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        fails(kind, connection.execute, query, (service, channel))
        control("latency?ms=0")
        timer.join()
        connection.set_progress_handler(None, 0)
        return connection.execute("SELECT count(*) FROM chat_requests").fetchone()[0]

    expect(requests(100, KeyboardInterrupt) >= rows, True)
    connection.set_progress_handler(lambda: 0, 1000)
    expect(requests(200, (sqlite3.OperationalError, KeyboardInterrupt)) < rows, True)


@test
def two_connections():
    """a second connection to the same file sees neither the writes nor chat_writes of the first"""
    with tempfile.TemporaryDirectory() as folder:
        one, other = (connect(os.path.join(folder, "data.db"), timeout=0) for _ in range(2))
        one.execute(insert, (service, channel, "of one"))
        expect(states(other), [])
        fails(sqlite3.OperationalError, other.execute, insert, (service, channel, "locked out"))
        one.commit()
        other.execute(insert, (service, channel, "of the other"))
        other.commit()
        expect(ledger(), ["Body=of%20one", "Body=of%20the%20other"])
        one.close()
        other.close()


finish()
