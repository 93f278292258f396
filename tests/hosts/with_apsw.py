"""Python's apsw. Run by tests/hosts/apsw; host.sh says what the environment holds.

apsw opens no transactions by itself; `with connection` is a savepoint; it keeps prepared statements; a statement that has
not been read to its end stays open until its cursor goes.
"""

import json
import os

import apsw

from steps import applied, channel, control, expect, fails, insert, library, read, returning, service, step


def connect(file=":memory:"):
    connection = apsw.Connection(file)
    connection.enableloadextension(True)
    connection.loadextension(library)
    connection.enableloadextension(False)
    return connection


def value(connection, sql, *bindings):
    return connection.cursor().execute(sql, bindings).fetchall()[0][0]


def write(connection, *bodies):
    for body in bodies:
        connection.cursor().execute(insert, (service, channel, body))


@step("loads from its file name")
def loads():
    expect(value(connect(), "SELECT chat_version() GLOB '[0-9]*.[0-9]*'"), 1)


@step("reads with parameters")
def reads():
    rows = connect().cursor().execute(read, (service, channel)).fetchall()
    expect(len(rows), int(os.environ["MESSAGES"]))
    expect(rows[-1][0], len(rows) - 1)


@step("joins")
def joins():
    rows = connect().cursor().execute(os.environ["JOIN"], (service,))
    expect(" ".join(f"{name}={count}" for name, count in rows), os.environ["JOINED"])


@step("NULL, integers and JSON arrive as such")
def values():
    connection = connect()
    media, index, attributes = next(connection.cursor().execute(
        "SELECT media, \"index\", attributes FROM messages WHERE service_sid = ? AND channel_sid = ? "
        "AND attributes ->> 'topic' = 'support' LIMIT 1", (service, channel)))
    expect(media, None)
    expect(type(index), int)
    expect(json.loads(attributes)["topic"], "support")
    expect(value(connection, "SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p "
                             "WHERE p.value = 'sendMessage'"), 1)


@step("text beyond ASCII, and digits, go and come unchanged")
def text():
    connection = connect()
    write(connection, "Grüße 🎂", "007", 7)
    expect(applied(), ["Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82", "Body=007", "Body=7"])
    rows = connection.cursor().execute(read + " DESC LIMIT 3", (service, channel)).fetchall()
    expect([body for _, body in rows], ["7", "007", "Grüße 🎂"])


@step("half a result can be left")
def half():
    connection = connect()
    cursor = connection.cursor()
    cursor.execute("SELECT sid, body FROM messages")
    for _ in range(3):
        next(cursor)
    write(connection, "after")
    connection.close(True)
    expect(applied(), ["Body=after"])


@step("COMMIT sends once, in order")
def commit():
    connection = connect()
    connection.cursor().execute("CREATE TABLE local(x)")
    with connection:
        write(connection, "one", "two")
        connection.cursor().execute("INSERT INTO local VALUES (1)")
        expect(applied(), [])
    expect(applied(), ["Body=one", "Body=two"])
    expect(value(connection, "SELECT count(*) FROM local"), 1)


@step("ROLLBACK sends nothing")
def rollback():
    connection = connect()
    try:
        with connection:
            write(connection, "never")
            raise KeyError
    except KeyError:
        pass
    expect(connection.getautocommit(), True)
    expect(applied(), [])


@step("a statement of its own is sent once")
def autocommit():
    write(connect(), "alone")
    expect(applied(), ["Body=alone"])


@step("a prepared statement is sent once each time")
def prepared():
    connection = connect()
    connection.cursor().executemany(insert, ((service, channel, body) for body in "abc"))
    write(connection, "d")
    expect(applied(), ["Body=a", "Body=b", "Body=c", "Body=d"])


@step("writes inside a reading loop are sent once")
def nested():
    connection = connect()
    for index, _ in connection.cursor().execute(read + " LIMIT 3", (service, channel)):
        write(connection, f"about {index}")
    expect(applied(), ["Body=about%200", "Body=about%201", "Body=about%202"])


@step("a refused COMMIT raises with the message of the service, and rolls back")
def refused():
    connection = connect()
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE local(x); BEGIN; INSERT INTO local VALUES (1)")
    write(connection, "sent", "refused")
    control("fault?action=status&status=400&code=20001&message=no&method=POST&nth=2")
    fails(apsw.SQLError, 'Twilio error 20001 "no"', cursor.execute, "COMMIT")
    expect(connection.getautocommit(), True)
    expect(value(connection, "SELECT count(*) FROM local"), 0)
    write(connection, "next")
    expect(applied(), ["Body=sent", "Body=next"])


@step("a bad row raises, and nothing is sent")
def bad_row():
    connection = connect()
    fails(apsw.SQLError, "channel_sid is needed", value, connection, "INSERT INTO messages(body) VALUES (1)")
    fails(apsw.ConstraintError, "body", write, connection, None)
    expect(applied(), [])


@step("a file, closed and opened again")
def again():
    file = os.path.join(os.environ["HOST_FOLDER"], "data.db")
    connection = connect(file)
    connection.cursor().execute("CREATE TABLE saved AS SELECT sid, body FROM messages "
                                "WHERE service_sid = ? AND channel_sid = ?", (service, channel))
    saved = value(connection, "SELECT count(*) FROM saved")
    connection.close()
    connection = connect(file)
    expect(value(connection, "SELECT count(*) FROM saved"), saved)
    expect(value(connection, "SELECT count(*) FROM saved JOIN messages AS m USING (sid) "
                             "WHERE m.service_sid = ? AND m.channel_sid = ?", service, channel), saved)


@step("with inside with: a refused outermost RELEASE raises, and is rolled back")
def savepoint_refused():
    connection = connect()
    control("fault?action=status&status=400&code=20001&message=no&method=POST")

    def nested_write():
        with connection:
            with connection:
                write(connection, "refused")

    fails(apsw.SQLError, "Twilio error 20001", nested_write)
    expect(connection.getautocommit(), True)
    expect(value(connection, "SELECT state FROM chat_writes"), "failed")
    with connection:
        write(connection, "inside")
    write(connection, "next")
    expect(applied(), ["Body=inside", "Body=next"])


# A statement that has been begun and not finished goes with its cursor.
@step("RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once")
def returned():
    connection = connect()
    fails(apsw.SQLError, "leave RETURNING out", value, connection, returning)
    expect((value(connection, "SELECT count(*) FROM chat_writes"), applied()), (0, []))
    connection.cursor().execute("BEGIN")
    cursor = connection.cursor()
    cursor.execute(returning)
    expect(next(cursor), ("x",))
    cursor.close(True)
    expect(applied(), [])
    connection.cursor().execute("COMMIT")
    expect(applied(), ["Body=x", "Body=y"])


# SQLite asks the hook when the virtual tables have synced, which is when the calls are sent.
@step("a commit hook that refuses comes after the sending, and chat_writes says so")
def hooks():
    connection = connect()
    connection.cursor().execute("CREATE TABLE local(x)")
    connection.setcommithook(lambda: True)
    connection.cursor().execute("BEGIN; INSERT INTO local VALUES (1)")
    write(connection, "sent all the same")
    fails(apsw.ConstraintError, "", value, connection, "COMMIT")
    expect(connection.getautocommit(), True)
    expect(value(connection, "SELECT count(*) FROM local"), 0)
    expect(value(connection, "SELECT group_concat(state) FROM chat_writes"), "sent")
    connection.setcommithook(None)
    write(connection, "next")
    expect(applied(), ["Body=sent%20all%20the%20same", "Body=next"])


@step("a virtual table of apsw's own, joined to channels")
def own_table():
    class Source:
        def Create(self, db, modulename, dbname, tablename, *arguments):
            return "CREATE TABLE own(name)", Table()
        Connect = Create

    class Table:
        def BestIndex(self, *arguments):
            return None

        def Open(self):
            return Cursor()

        def Disconnect(self):
            pass
        Destroy = Disconnect

    class Cursor:
        names = ["random", "support", "nowhere"]

        def Filter(self, *arguments):
            self.row = 0

        def Eof(self):
            return self.row >= len(self.names)

        def Rowid(self):
            return self.row

        def Column(self, number):
            return self.row if number < 0 else self.names[self.row]

        def Next(self):
            self.row += 1

        def Close(self):
            pass

    connection = connect()
    connection.createmodule("own", Source())
    connection.cursor().execute("CREATE VIRTUAL TABLE temp.own USING own()")
    rows = connection.cursor().execute("SELECT name FROM own JOIN channels AS c ON c.unique_name = own.name "
                                       "WHERE c.service_sid = ? ORDER BY 1", (service,)).fetchall()
    expect(rows, [("random",), ("support",)])
