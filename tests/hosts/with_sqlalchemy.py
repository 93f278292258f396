"""SQLAlchemy 1.4 or newer, and pandas. Run by tests/hosts/sqlalchemy; host.sh says what the environment holds.

    engine = sqlalchemy.create_engine("sqlite:///file.db")

    @sqlalchemy.event.listens_for(engine, "connect")      # each connection of the pool
    def load(connection, _):
        connection.enable_load_extension(True)
        connection.load_extension("build/chat")

The tables are reflected as others are, but have no key: where one is needed (the ORM), `sid` is declared to be it. What
the service names it cannot tell at flush, so rows are inserted by Core; the ORM reads, changes and deletes.
"""

import datetime
import json
import os
import sqlite3
import warnings

import sqlalchemy as sa
from sqlalchemy import func
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session, declarative_base, relationship

from steps import advice, applied, channel, control, expect, fails, insert, library, read, returning, service, skip, step

folder = os.environ["HOST_FOLDER"]


# "future": 1.4 commits as 2.0 does, at commit() only; without it, after each statement outside of begin().
def connect(url="sqlite://", future=True, **options):
    engine = sa.create_engine(url, future=future, **options)

    @sa.event.listens_for(engine, "connect")
    def load(connection, _):
        connection.enable_load_extension(True)
        connection.load_extension(library)

    return engine


def text(sql, **parameters):
    """SQL with the named parameters that it has in the places of "?"."""
    for name in parameters:
        sql = sql.replace("?", f":{name}", 1)
    return sa.text(sql).bindparams(**parameters)


def count():
    """How many messages the channel has by now."""
    with memory.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(messages).where(ours))


def message(body):
    return text(insert, service=service, channel=channel, body=body)


memory = connect()
metadata = sa.MetaData()
messages = sa.Table("messages", metadata, autoload_with=memory)
channels = sa.Table("channels", metadata, autoload_with=memory)
ours = sa.and_(messages.c.service_sid == service, messages.c.channel_sid == channel)
Base = declarative_base()


class Channel(Base):
    __table__ = sa.Table(
        "channels", Base.metadata, sa.Column("sid", sa.String, primary_key=True), autoload_with=memory)
    messages = relationship(
        "Message", viewonly=True, order_by="Message.index",
        primaryjoin="and_(Channel.service_sid == foreign(Message.service_sid), "
                    "Channel.sid == foreign(Message.channel_sid))")


class Message(Base):
    __table__ = sa.Table(
        "messages", Base.metadata, sa.Column("sid", sa.String, primary_key=True), autoload_with=memory)


@step("loads from its file name")
def loads():
    with memory.connect() as connection:
        expect(connection.scalar(sa.text("SELECT chat_version() GLOB '[0-9]*.[0-9]*'")), 1)
    expect(sa.inspect(memory).has_table("messages"), True)


@step("reads with parameters")
def reads():
    with memory.connect() as connection:
        rows = connection.execute(text(read, service=service, channel=channel)).all()
        expect((len(rows), rows[-1].index), (int(os.environ["MESSAGES"]), len(rows) - 1))
        again = connection.execute(sa.select(messages.c.index, messages.c.body).where(ours).order_by(messages.c.index))
        expect(again.all(), rows)


@step("joins")
def joins():
    together = messages.join(channels, sa.and_(
        messages.c.channel_sid == channels.c.sid, messages.c.service_sid == channels.c.service_sid))
    query = sa.select(channels.c.friendly_name, sa.func.count()).select_from(together)
    query = query.where(channels.c.service_sid == service).group_by(channels.c.sid).order_by(channels.c.sid)
    with memory.connect() as connection:
        expect(" ".join(f"{name}={count}" for name, count in connection.execute(query)), os.environ["JOINED"])


@step("NULL, integers and JSON arrive as such")
def values():
    topic = sa.type_coerce(messages.c.attributes, sa.JSON)["topic"].as_string()
    with memory.connect() as connection:
        row = connection.execute(sa.select(messages).where(ours, topic == "support").limit(1)).one()
        expect((row.media, type(row.index), json.loads(row.attributes)["topic"]), (None, int, "support"))
        query = "SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p WHERE p.value = 'sendMessage'"
        expect(connection.scalar(sa.text(query)), 1)


@step("text beyond ASCII, and digits, go and come unchanged")
def texts():
    with memory.begin() as connection:
        for body in ("Grüße 🎂", "007"):
            connection.execute(message(body))
    expect(applied(), ["Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82", "Body=007"])
    with memory.connect() as connection:
        rows = connection.execute(sa.select(messages.c.body).where(ours).order_by(messages.c.index.desc()).limit(2))
        expect(rows.scalars().all(), ["007", "Grüße 🎂"])


@step("half a result can be left")
def half():
    with memory.connect().execution_options(stream_results=True, max_row_buffer=1) as connection:
        rows = connection.execute(sa.select(messages.c.sid, messages.c.body))
        expect([len(row.sid) for row in rows.fetchmany(3)], [34, 34, 34])
    with memory.begin() as connection:
        connection.execute(message("after"))
    expect(applied(), ["Body=after"])


@step("COMMIT sends once, in order")
def commit():
    with connect().begin() as connection:
        connection.execute(sa.text("CREATE TABLE local(x)"))
        connection.execute(message("one"))
        connection.execute(message("two"))
        connection.execute(sa.text("INSERT INTO local VALUES (1)"))
        expect(applied(), [])
    expect(applied(), ["Body=one", "Body=two"])


@step("ROLLBACK sends nothing")
def rollback():
    with memory.connect() as connection:  # which rolls back what is not committed
        connection.execute(message("never"))

    def transaction():
        with memory.begin() as connection:
            connection.execute(message("nor this"))
            raise KeyError("the program's own")

    fails(KeyError, "the program's own", transaction)
    expect(applied(), [])


@step("a statement of its own is sent once")
def alone():
    with memory.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(message("alone"))
        expect(applied(), ["Body=alone"])


@step("a prepared statement is sent once each time")
def prepared():
    with memory.begin() as connection:
        rows = [{"service_sid": service, "channel_sid": channel, "body": body} for body in "abc"]
        connection.execute(messages.insert(), rows)
        connection.execute(messages.insert().values([{**row, "body": row["body"] * 2} for row in rows[:2]]))
    expect(applied(), ["Body=a", "Body=b", "Body=c", "Body=aa", "Body=bb"])


@step("writes inside a reading loop are sent once")
def nested():
    with memory.begin() as connection:
        for (index,) in connection.execute(sa.select(messages.c.index).where(ours).order_by(messages.c.index).limit(3)):
            connection.execute(message(f"about {index}"))
    expect(applied(), ["Body=about%200", "Body=about%201", "Body=about%202"])


# The connection goes back into the pool, and another one has no chat_writes of it: the message itself says how many of
# the calls were sent.
@step("a refused COMMIT raises with the message of the service, and rolls back")
def refused():
    engine = connect(f"sqlite:///{folder}/pool.db", poolclass=sa.pool.QueuePool, pool_size=2)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE local(x)"))
    control("fault?action=status&status=400&code=20001&message=no&method=POST&nth=2")

    def transaction():
        with engine.begin() as connection:
            connection.execute(sa.text("INSERT INTO local VALUES (1)"))
            for body in ("sent", "refused", "third"):
                connection.execute(message(body))

    fails(sa.exc.OperationalError, 'Twilio error 20001 "no"', transaction)
    control("reset")
    control("fault?action=status&status=400&code=20001&message=no&method=POST&nth=2")
    fails(sa.exc.OperationalError, "of 3 calls 1 was sent, 1 failed, 0 are unknown and 1 was not sent", transaction)
    with engine.connect() as one, engine.connect() as other:
        count = sa.text("SELECT count(*) FROM chat_writes")
        expect((one.scalar(count), other.scalar(count)), (3, 0))
        expect(other.scalar(sa.text("SELECT count(*) FROM local")), 0)
    with engine.begin() as connection:
        connection.execute(message("next"))
    expect(applied(), ["Body=sent", "Body=next"])
    engine.dispose()


@step("a bad row raises, and nothing is sent")
def bad_row():
    with memory.connect() as connection:
        fails(sa.exc.OperationalError, "channel_sid is needed", connection.execute, messages.insert(), {"body": "x"})
        fails(sa.exc.IntegrityError, "body", connection.execute, message(None))
    expect(applied(), [])


@step("RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once")
def returned():
    engine = connect()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        fails(sa.exc.OperationalError, "leave RETURNING out", connection.scalar, sa.text(returning))
        expect((connection.scalar(sa.text("SELECT count(*) FROM chat_writes")), applied()), (0, []))
    with engine.begin() as connection:
        expect(connection.scalar(sa.text(returning)), "x")
        expect(applied(), [])
    expect(applied(), ["Body=x", "Body=y"])


@step("a file, closed and opened again")
def again():
    url = f"sqlite:///{folder}/data.db"
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = '%s' "
                                "AND channel_sid = '%s'" % (service, channel)))
        saved = connection.scalar(sa.text("SELECT count(*) FROM saved"))
    engine.dispose()
    with connect(url).connect() as connection:
        joined = text("SELECT count(*) FROM saved JOIN messages AS m USING (sid) WHERE m.service_sid = ? "
                      "AND m.channel_sid = ?", service=service, channel=channel)
        expect((saved > 0, connection.scalar(joined)), (True, saved))


if sa.__version__ < "2":

    @step("without future=True each statement is a transaction of its own")
    def not_future():
        with connect(future=False).connect() as connection:
            connection.execute(message("sent"))
            expect(applied(), ["Body=sent"])
else:
    skip("without future=True each statement is a transaction of its own", "that is gone since 2.0")


@step("savepoints")
def savepoints():
    with memory.begin() as connection:
        connection.execute(message("outer"))
        inner = connection.begin_nested()
        connection.execute(message("dropped"))
        inner.rollback()
        with connection.begin_nested():
            connection.execute(message("inner"))
        expect(applied(), [])
    expect(applied(), ["Body=outer", "Body=inner"])


def nested_first(engine):
    """The transaction's first write is in a savepoint; what is sent at the end of that, and when all is rolled back."""
    with engine.connect() as connection:
        with connection.begin_nested():
            connection.execute(message("nested"))
        sent = applied()
        connection.rollback()
    return sent, applied()


# Python begins a transaction before an INSERT, not before a SAVEPOINT, of ordinary tables too: README.md tells.
@step("begin_nested() before any write is a transaction of its own, unless the program begins one")
def savepoint_first():
    expect(nested_first(connect()), (["Body=nested"], ["Body=nested"]))
    control("reset")
    engine = connect()

    @sa.event.listens_for(engine, "connect")
    def leave_transactions(connection, _):
        connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN")

    expect(nested_first(engine), ([], []))
    with engine.begin() as connection:
        with connection.begin_nested():
            connection.execute(message("kept"))
    expect(applied(), ["Body=kept"])


@step("after a savepoint whose RELEASE is refused writes are refused, until the transaction is rolled back")
def release_failed():
    engine = connect()
    control("fault?action=status&status=400&code=20001&message=no&method=POST")

    def refuse(connection):
        with connection.begin_nested():
            connection.execute(message("refused"))

    with engine.connect() as connection:
        fails(sa.exc.OperationalError, "Twilio error 20001", refuse, connection)
        failed = "the RELEASE of this transaction has failed: ROLLBACK first"
        fails(sa.exc.OperationalError, failed, connection.execute, message("lost"))
        connection.rollback()
        connection.execute(message("next"))
        connection.commit()
    expect(applied(), ["Body=next"])


class Times:
    """Our messages, and an ordinary table that holds the API's form of their times."""

    def __init__(self, connection, date_type):
        self.connection = connection
        self.table = sa.Table("messages", sa.MetaData(), sa.Column("date_created", date_type), autoload_with=connection)
        self.copy = sa.table("copy", sa.column("sid"), sa.column("date_created", sa.String))
        ours = (self.table.c.service_sid == service, self.table.c.channel_sid == channel)
        self.read = sa.select(self.table.c.sid).where(*ours)
        connection.execute(text("CREATE TEMP TABLE copy AS SELECT sid, date_created FROM messages "
                                "WHERE service_sid = '%s' AND channel_sid = '%s'" % (service, channel)))
        self.texts = connection.scalars(sa.select(self.copy.c.date_created).order_by(self.copy.c.date_created)).all()

    def given(self):
        """Each time itself, a second beside it, in the middle of its second, and with a zone, which is dropped."""
        for when in (datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ") for text in set(self.texts)):
            yield from (when, when - datetime.timedelta(seconds=1), when + datetime.timedelta(milliseconds=500))
            yield when.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=2)))

    def compare(self, condition, expected):
        """The same rows of both; how many."""
        rows = self.connection.scalars(self.read.where(condition)).all()
        copies = self.connection.scalars(sa.select(self.copy.c.sid).where(expected)).all()
        expect((len(rows), set(rows) ^ set(copies)), (len(copies), set()))
        return len(rows)


@step("a datetime is compared through chat_time, as sql/tables.md writes it")
def times():
    code = advice("SQLAlchemy", "table.c.")
    with connect().connect() as connection:
        both = Times(connection, sa.Text)
        found = set()
        for when in both.given():
            later = both.copy.c.date_created > f"{when:%Y-%m-%dT%H:%M:%SZ}"
            names = {"table": both.table, "func": func, "when": when}
            found.add(both.compare(eval(code, names), later))
        expect((0 in found, len(both.texts) in found, len(found) > 10), (True, True, True))
        # And that it is needed: bound with a blank, a time is before all of its day.
        last = datetime.datetime.strptime(both.texts[-1], "%Y-%m-%dT%H:%M:%SZ")
        later = both.read.where(both.table.c.date_created > sa.literal(last, sa.DateTime))
        expect(both.texts[-1] in connection.scalars(later.with_only_columns(both.table.c.date_created)).all(), True)


@step("a column of the type that sql/tables.md writes compares, reads and writes datetimes")
def typed_times():
    date_type = eval(advice("SQLAlchemy", "sqlite.DATETIME("), {"sqlite": sqlite})
    with connect().connect() as connection:
        both = Times(connection, date_type)
        column, copy = both.table.c.date_created, both.copy.c.date_created
        for when in both.given():
            form = f"{when:%Y-%m-%dT%H:%M:%SZ}"
            both.compare(column > when, copy > form)
            both.compare(column <= when, copy <= form)
            both.compare(column == when, copy == form)
            both.compare(column.in_([when, None]), copy == form)
            both.compare(column.between(when, datetime.datetime(2019, 1, 1)), copy.between(form, "2019-01-01T00:00:00Z"))
        rows = connection.execute(both.read.add_columns(column).order_by(column)).all()
        expect(sorted(f"{row.date_created:%Y-%m-%dT%H:%M:%SZ}" for row in rows), both.texts)
        seen = sa.type_coerce(sa.literal_column("last_consumption_timestamp"), date_type)
        seen = connection.scalars(sa.select(seen).select_from(sa.text("members"))).all()
        expect({type(when) for when in seen}, {type(None), datetime.datetime})
        connection.execute(sa.text("UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version'"))
        connection.execute(both.table.insert().values(
            service_sid=service, channel_sid=channel, body="then", date_created=datetime.datetime(2019, 5, 6, 7, 8, 9)))
        connection.commit()
    expect(applied(), ["Body=then&DateCreated=2019-05-06T07%3A08%3A09Z"])


@step("the ORM reads and follows relationships")
def orm_reads():
    with Session(memory) as session:
        found = session.get(Channel, channel)
        expect((found.service_sid, len(found.messages)), (service, count()))
        expect([item.index for item in found.messages[:3]], [0, 1, 2])


@step("the ORM changes and deletes by sid; it cannot insert, and Core in its session can")
def orm_writes():
    with Session(memory) as session:
        first = session.scalars(sa.select(Message).filter_by(service_sid=service, channel_sid=channel, index=0)).one()
        first.body = "changed"
        session.commit()
        expect(applied(), ["Body=changed"])
        session.delete(first)
        session.commit()
        expect(applied(), ["Body=changed", ""])
        session.add(Message(service_sid=service, channel_sid=channel, body="without sid"))
        warnings.simplefilter("ignore")
        fails(sa.orm.exc.FlushError, "NULL identity key", session.commit)
        session.rollback()
        session.execute(sa.insert(messages).values(service_sid=service, channel_sid=channel, body="by Core"))
        session.commit()
    expect(applied(), ["Body=changed", "", "Body=by%20Core"])


try:
    import pandas
except ImportError:
    skip("pandas reads and appends through an engine", "no pandas here")
    skip("pandas over a plain connection appends to tables of the file only", "no pandas here")
else:
    rows = pandas.DataFrame({"service_sid": [service] * 2, "channel_sid": [channel] * 2, "body": ["first", "second"]})

    @step("pandas reads and appends through an engine")
    def pandas_engine():
        with memory.connect() as connection:
            frame = pandas.read_sql(sa.select(messages).where(ours), connection)
        expect((len(frame), frame["index"].dtype.kind), (count(), "i"))
        with memory.begin() as connection:
            rows.to_sql("messages", connection, if_exists="append", index=False)
            fails(ValueError, "already exists", lambda: rows.to_sql("messages", connection, index=False))
            expect(applied(), [])
        expect(applied(), ["Body=first", "Body=second"])

    # It looks for the table in sqlite_master, and makes an ordinary one of that name, which hides ours: nothing is
    # sent, and no error says so.
    @step("pandas over a plain connection appends to tables of the file only")
    def pandas_plain():
        plain = sqlite3.connect(":memory:")
        plain.enable_load_extension(True)
        plain.load_extension(library)
        rows.to_sql("messages", plain, if_exists="append", index=False)
        expect(applied(), [])
        expect(plain.execute("SELECT count(*) FROM messages").fetchone(), (2,))
        plain.execute("DROP TABLE messages")
        with open("sql/install_persistent.sql", encoding="utf-8") as script:
            plain.executescript(script.read())
        rows.to_sql("messages", plain, if_exists="append", index=False)
        expect(applied(), ["Body=first", "Body=second"])
