"""sqlite-utils, library and command. Run by tests/hosts/sqlite_utils; host.sh says what the environment holds.

sqlite-utils knows a table by its name in sqlite_master, and makes an ordinary one for a name that is not there. So before
db["messages"].insert() the file is given the tables by sql/install_persistent.sql; db.query() and db.execute() need it not.
"""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys

from sqlite_utils import Database

from steps import applied, channel, control, expect, fails, insert, library, read, returning, service, step

folder = os.environ["HOST_FOLDER"]
ours = {"service_sid": service, "channel_sid": channel}


def connect(file=":memory:"):
    connection = sqlite3.connect(file)
    connection.enable_load_extension(True)
    connection.load_extension(library)
    database = Database(connection)
    with open("sql/install_persistent.sql", encoding="utf-8") as script:
        database.executescript(script.read())
    return database


def command(*arguments):
    """Runs the command with the extension; gives its exit status, what it printed, and what it complained of."""
    started = [sys.executable, "-c", "from sqlite_utils.cli import cli; cli(prog_name='sqlite-utils')", *arguments,
               "--load-extension", library]
    ended = subprocess.run(started, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout, ended.stderr


def value(database, sql, *parameters):
    return database.execute(sql, parameters).fetchone()[0]


@step("loads from its file name")
def loads():
    expect(value(connect(), "SELECT chat_version() GLOB '[0-9]*.[0-9]*'"), 1)
    expect("messages" in connect().table_names(), True)
    expect(json.loads(command("query", ":memory:", "SELECT chat_version() GLOB '[0-9]*' AS v")[1]), [{"v": 1}])


@step("reads with parameters")
def reads():
    rows = list(connect().query(read, [service, channel]))
    expect(len(rows), int(os.environ["MESSAGES"]))
    expect(rows[-1]["index"], len(rows) - 1)
    rows = connect()["messages"].rows_where("service_sid = :service_sid AND channel_sid = :channel_sid", ours)
    expect(len(list(rows)), int(os.environ["MESSAGES"]))


@step("joins")
def joins():
    rows = connect().query(os.environ["JOIN"], [service])
    expect(" ".join(f"{row['friendly_name']}={row['messages']}" for row in rows), os.environ["JOINED"])


@step("NULL, integers and JSON arrive as such")
def values():
    database = connect()
    row = next(database["messages"].rows_where(
        "service_sid = ? AND channel_sid = ? AND attributes ->> 'topic' = 'support'", [service, channel], limit=1))
    expect(row["media"], None)
    expect(type(row["index"]), int)
    expect(json.loads(row["attributes"])["topic"], "support")
    expect(value(database, "SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p "
                           "WHERE p.value = 'sendMessage'"), 1)
    status, output, _ = command("query", ":memory:", "SELECT permissions FROM roles LIMIT 1", "--json-cols")
    expect((status, type(json.loads(output)[0]["permissions"])), (0, list))


@step("text beyond ASCII, and digits, go and come unchanged")
def text():
    database = connect()
    database["messages"].insert_all({**ours, "body": body} for body in ("Grüße 🎂", "007"))
    expect(applied(), ["Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82", "Body=007"])
    rows = database.query(read + " DESC LIMIT 2", [service, channel])
    expect([row["body"] for row in rows], ["007", "Grüße 🎂"])


@step("half a result can be left")
def half():
    database = connect()
    rows = database["messages"].rows
    for _ in range(3):
        next(rows)
    database["messages"].insert({**ours, "body": "after"})
    rows.close()
    database.close()
    expect(applied(), ["Body=after"])


@step("COMMIT sends once, in order")
def commit():
    database = connect()
    with database.conn:
        database.execute(insert, [service, channel, "one"])
        database.execute(insert, [service, channel, "two"])
        expect(applied(), [])
    expect(applied(), ["Body=one", "Body=two"])


@step("ROLLBACK sends nothing")
def rollback():
    database = connect()
    database.execute(insert, [service, channel, "never"])
    database.conn.rollback()
    expect(applied(), [])


@step("a statement of its own is sent once")
def alone():
    connect()["messages"].insert({**ours, "body": "insert"})
    sql = "INSERT INTO messages(service_sid, channel_sid, body) VALUES (:s, :c, 'command')"
    expect(command("query", ":memory:", sql, "-p", "s", service, "-p", "c", channel)[0], 0)
    expect(applied(), ["Body=insert", "Body=command"])


# sqlite-utils puts many rows into one INSERT, and 100 into a transaction unless told otherwise.
@step("a prepared statement is sent once each time")
def batches():
    connect()["messages"].insert_all(({**ours, "body": body} for body in "abcde"), batch_size=2)
    expect(applied(), ["Body=a", "Body=b", "Body=c", "Body=d", "Body=e"])


@step("writes inside a reading loop are sent once")
def nested():
    database = connect()
    for row in database.query(read + " LIMIT 3", [service, channel]):
        database["messages"].insert({**ours, "body": f"about {row['index']}"})
    expect(applied(), ["Body=about%200", "Body=about%201", "Body=about%202"])


@step("a refused COMMIT raises with the message of the service, and rolls back")
def refused():
    database = connect()
    database["local"].create({"x": int})
    control("fault?action=status&status=400&code=20001&message=no&method=POST&nth=2")

    def transaction():
        with database.conn:
            database.execute("INSERT INTO local VALUES (1)")
            database.execute(insert, [service, channel, "sent"])
            database.execute(insert, [service, channel, "refused"])

    fails(sqlite3.OperationalError, 'Twilio error 20001 "no"', transaction)
    expect(database["local"].count, 0)
    database["messages"].insert({**ours, "body": "next"})
    expect(applied(), ["Body=sent", "Body=next"])


@step("a bad row raises, and nothing is sent")
def bad_row():
    fails(sqlite3.OperationalError, "channel_sid is needed", connect()["messages"].insert, {"body": "x"})
    status, _, complaint = command("query", ":memory:", "INSERT INTO messages(body) VALUES ('x')")
    expect((status, "channel_sid is needed" in complaint), (1, True))
    expect(applied(), [])


@step("RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once")
def returned():
    database = connect()
    database.conn.isolation_level = None
    fails(sqlite3.OperationalError, "leave RETURNING out", value, database, returning)
    expect((value(database, "SELECT count(*) FROM chat_writes"), applied()), (0, []))
    database.execute("BEGIN")
    expect(value(database, returning), "x")
    expect(applied(), [])
    database.execute("COMMIT")
    expect(applied(), ["Body=x", "Body=y"])


@step("a file, closed and opened again")
def again():
    file = os.path.join(folder, "data.db")
    database = connect(file)
    where = "service_sid = :service_sid AND channel_sid = :channel_sid"
    database["saved"].insert_all(database["messages"].rows_where(where, ours, select="sid, body"), pk="sid")
    saved = database["saved"].count
    database.close()
    database = connect(file)
    expect((saved > 0, database["saved"].count), (True, saved))
    expect(value(database, "SELECT count(*) FROM saved JOIN messages AS m USING (sid) "
                           "WHERE m.service_sid = ? AND m.channel_sid = ?", service, channel), saved)
    # Without the extension the rest of the file works.
    expect(Database(file)["saved"].count, saved)


@step("the command: CSV out")
def csv_out():
    status, output, _ = command("query", ":memory:", "SELECT sid, friendly_name, attributes FROM channels", "--csv")
    rows = list(csv.DictReader(io.StringIO(output)))
    expect((status, len(rows)), (0, value(connect(), "SELECT count(*) FROM channels")))
    expect([json.loads(row["attributes"]) is not None for row in rows], [True] * len(rows))


@step("the command: CSV in, each line sent once")
def csv_in():
    file = os.path.join(folder, "installed.db")
    connect(file).close()
    lines = os.path.join(folder, "lines.csv")
    with open(lines, "w", encoding="utf-8") as out:
        out.write("service_sid,channel_sid,body\n")
        out.writelines(f'{service},{channel},"line {number}, quoted"\n' for number in range(150))
    status, _, complaint = command("insert", file, "messages", lines, "--csv", "--silent")
    expect((status, complaint), (0, ""))
    expect(applied(), [f"Body=line%20{number}%2C%20quoted" for number in range(150)])


@step("the command: tables, rows and schema of a file")
def tables():
    file = os.path.join(folder, "installed.db")
    found = [row["table"] for row in json.loads(command("tables", file)[1])]
    expect([name for name in ("services", "channels", "messages") if name not in found], [])
    rows = json.loads(command("rows", file, "channels", "--limit", "2")[1])
    expect([len(row["sid"]) for row in rows], [34, 34])
    expect("CREATE VIRTUAL TABLE" in command("schema", file)[1], True)


# It knows a row of these tables by "rowid", which stands for path.
@step("rows by their key: get, update, delete")
def by_key():
    database = connect()
    key = f"/Services/{service}/Channels/{channel}"
    expect(database["channels"].get(key)["sid"], channel)
    database["channels"].update(key, {"friendly_name": "Renamed"})
    expect(applied(), ["FriendlyName=Renamed"])
    row = next(database.query("SELECT path FROM messages WHERE service_sid = ? AND channel_sid = ? "
                              'ORDER BY "index" DESC LIMIT 1', [service, channel]))
    database["messages"].delete(row["path"])
    expect(applied(), ["FriendlyName=Renamed", ""])
