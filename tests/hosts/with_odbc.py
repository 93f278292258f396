"""ODBC: Ch. Werner's driver, and pyodbc. Run by tests/hosts/odbc; host.sh says what the environment holds.

    Driver=SQLite3;Database=file.db;LoadExt=build/chat.so        a connection string; or the same words in odbc.ini

Without autocommit the driver begins a transaction with the first write, and believes to be in it after a COMMIT that was
refused: each further write would be sent at once, and rollback() fails. Execute "BEGIN" by hand.

pyodbc has the driver manager keep connections for the next that ask for the same, and from unixODBC 2.3.12 on it does: such
a connection is still without autocommit, or in memory still has its tables, although pyodbc says otherwise.
"""

import datetime
import json
import os

import pyodbc

from steps import applied, channel, control, expect, fails, insert, library, read, returning, service, step

pyodbc.pooling = False
file = os.path.join(os.environ["HOST_FOLDER"], "data.db")
refuse_second = "fault?action=status&status=400&code=20001&message=no&method=POST&nth=2"


def connect(database=":memory:", **options):
    return pyodbc.connect(f"Driver=libsqlite3odbc.so;Database={database};LoadExt={library}", **options)


def write(connection, *bodies):
    for body in bodies:
        connection.execute(insert, service, channel, body)


def value(connection, sql, *parameters):
    return connection.execute(sql, *parameters).fetchone()[0]


@step("loads from its file name")
def loads():
    expect(value(connect(), "SELECT chat_version() GLOB '[0-9]*.[0-9]*'"), 1)


@step("reads with parameters")
def reads():
    rows = connect().execute(read, service, channel).fetchall()
    expect((len(rows), rows[-1].index), (int(os.environ["MESSAGES"]), len(rows) - 1))


@step("joins")
def joins():
    rows = connect().execute(os.environ["JOIN"], service).fetchall()
    expect(" ".join(f"{row.friendly_name}={row.messages}" for row in rows), os.environ["JOINED"])


@step("NULL, integers and JSON arrive as such")
def values():
    connection = connect()
    row = connection.execute(
        "SELECT media, \"index\", attributes FROM messages WHERE service_sid = ? AND channel_sid = ? "
        "AND attributes ->> 'topic' = 'support' LIMIT 1", service, channel).fetchone()
    expect((row.media, type(row.index), json.loads(row.attributes)["topic"]), (None, int, "support"))
    query = "SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p WHERE p.value = 'sendMessage'"
    expect(value(connection, query), 1)


@step("text beyond ASCII, and digits, go and come unchanged")
def text():
    connection = connect()
    write(connection, "Grüße 🎂", "007")
    connection.commit()
    expect(applied(), ["Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82", "Body=007"])
    rows = connection.execute(read + " DESC LIMIT 2", service, channel).fetchall()
    expect([row.body for row in rows], ["007", "Grüße 🎂"])


@step("half a result can be left")
def half():
    connection = connect(autocommit=True)
    cursor = connection.execute("SELECT sid, body FROM messages")
    expect([len(row.sid) for row in cursor.fetchmany(3)], [34, 34, 34])
    cursor.close()
    write(connection, "after")
    connection.close()
    expect(applied(), ["Body=after"])


@step("COMMIT sends once, in order")
def commit():
    connection = connect()
    connection.execute("CREATE TABLE local(x)")
    write(connection, "one", "two")
    connection.execute("INSERT INTO local VALUES (1)")
    expect(applied(), [])
    connection.commit()
    expect(applied(), ["Body=one", "Body=two"])
    expect(value(connection, "SELECT count(*) FROM local"), 1)


@step("ROLLBACK sends nothing")
def rollback():
    connection = connect()
    write(connection, "never")
    connection.rollback()
    write(connection, "nor when it is closed")
    connection.close()
    expect(applied(), [])


@step("a statement of its own is sent once")
def alone():
    write(connect(autocommit=True), "alone")
    expect(applied(), ["Body=alone"])


@step("a prepared statement is sent once each time")
def prepared():
    cursor = connect(autocommit=True).cursor()
    cursor.executemany(insert, [(service, channel, body) for body in "abc"])
    expect(applied(), ["Body=a", "Body=b", "Body=c"])


@step("writes inside a reading loop are sent once")
def nested():
    connection = connect()
    for row in connection.execute(read + " LIMIT 3", service, channel):
        write(connection, f"about {row.index}")
    connection.commit()
    expect(applied(), ["Body=about%200", "Body=about%201", "Body=about%202"])


def refused():
    """A connection on which the second of three writes has been refused."""
    connection = connect()
    connection.execute("CREATE TABLE local(x)")
    connection.commit()
    control(refuse_second)
    connection.execute("INSERT INTO local VALUES (1)")
    write(connection, "sent", "refused", "third")
    fails(pyodbc.Error, 'Twilio error 20001 "no"', connection.commit)
    return connection


@step("a refused COMMIT raises with the message of the service, and rolls back")
def rolled_back():
    connection = refused()
    expect(value(connection, "SELECT group_concat(state) FROM chat_writes"), "sent,failed,rolled back")
    expect(value(connection, "SELECT count(*) FROM local"), 0)
    expect(applied(), ["Body=sent"])


@step("the message of a refused COMMIT says how many were sent")
def counted():
    connection = connect()
    control(refuse_second)
    write(connection, "sent", "refused", "third")
    counts = "of 3 calls 1 was sent, 1 failed, 0 are unknown and 1 was not sent (see chat_writes)"
    fails(pyodbc.Error, counts, connection.commit)


# That is why README.md of this folder asks for a BEGIN.
@step("after a refused COMMIT each write is sent at once, and rollback() fails")
def at_once():
    connection = refused()
    write(connection, "at once")
    expect(applied(), ["Body=sent", "Body=at%20once"])
    fails(pyodbc.Error, "no transaction is active", connection.rollback)
    write(connection, "still")
    expect(applied(), ["Body=sent", "Body=at%20once", "Body=still"])


@step("after a refused COMMIT a BEGIN by hand mends it")
def mended():
    connection = refused()
    connection.execute("BEGIN")
    write(connection, "dropped")
    connection.rollback()
    write(connection, "kept")
    expect(applied(), ["Body=sent"])
    connection.commit()
    expect(applied(), ["Body=sent", "Body=kept"])


@step("a bad row raises, and nothing is sent")
def bad_row():
    connection = connect(autocommit=True)
    fails(pyodbc.Error, "channel_sid is needed", connection.execute, "INSERT INTO messages(body) VALUES ('x')")
    fails(pyodbc.Error, "body is needed", write, connection, None)
    expect(applied(), [])


@step("RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once")
def returned():
    prepared = (insert + " RETURNING body", service, channel, "z")
    connection = connect(autocommit=True)
    for statement in ((returning,), prepared):
        fails(pyodbc.Error, "leave RETURNING out", connection.execute, *statement)
    expect((value(connection, "SELECT count(*) FROM chat_writes"), applied()), (0, []))
    connection = connect()
    for statement in ((returning,), prepared):
        expect(connection.execute(*statement).description, None)  # for the driver an INSERT has no rows
    expect(applied(), [])
    connection.commit()
    expect(applied(), ["Body=x", "Body=y", "Body=z"])


@step("a file, closed and opened again")
def again():
    connection = connect(file)
    connection.execute("CREATE TABLE saved AS SELECT sid, body FROM messages "
                       f"WHERE service_sid = '{service}' AND channel_sid = '{channel}'")
    connection.commit()
    saved = value(connection, "SELECT count(*) FROM saved")
    connection.close()
    joined = ("SELECT count(*) FROM saved JOIN messages AS m USING (sid) "
              "WHERE m.service_sid = ? AND m.channel_sid = ?")
    expect((saved > 0, value(connect(file), joined, service, channel)), (True, saved))


@step("an error at a later row raises")
def later():
    connection = connect(autocommit=True)
    connection.execute("UPDATE chat_settings SET value = 5 WHERE name = 'page_size'")
    control("fault?action=status&status=400&code=20001&message=no&method=GET&nth=2")
    fails(pyodbc.Error, "Twilio error 20001", connection.execute, read, service, channel)


@step("the catalog has the tables of a file with sql/install_persistent.sql")
def catalog():
    connection = connect(os.path.join(os.environ["HOST_FOLDER"], "installed.db"), autocommit=True)
    with open("sql/install_persistent.sql", encoding="utf-8") as script:
        for statement in script.read().split(";"):
            if "CREATE" in statement:
                connection.execute(statement[statement.index("CREATE"):])
    names = [row.table_name for row in connection.cursor().tables()]
    expect(("channels" in names, "messages" in names), (True, True))
    expect([row.column_name for row in connection.cursor().columns(table="channels")][:2], ["sid", "service_sid"])


@step("a time is bound with a blank: chat_time(?)")
def times():
    when = datetime.datetime(2026, 1, 31, 8, 9, 10, 500000)
    expect(value(connect(), "SELECT chat_time(?)", when), "2026-01-31T08:09:10Z")
