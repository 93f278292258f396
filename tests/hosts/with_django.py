"""Django, with models of its own for the tables. Run by tests/hosts/django; host.sh says what the environment holds.

    @receiver(connection_created)                          # each connection
    def load(connection, **_):
        connection.connection.enable_load_extension(True)
        connection.connection.load_extension("build/chat")

    class Channel(models.Model):
        sid = models.TextField(primary_key=True, default=None)
        ...
        class Meta:
            managed = False
            db_table = "channels"

`default=None`: a new row has no sid yet, and Django would write '' there, which is refused. Nor has it one afterwards: the
service has named it, and chat_writes or a query tells how. Fields that one does not write are left out of the model, or
null=True. save() hands over every field; those that did not change are not sent, but a JSONField writes its text anew,
with other blanks, and so does change: update_fields, or a TextField.
"""

import datetime
import os
import sys

import django
from django.apps import AppConfig
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, connections, models, transaction
from django.db.backends.signals import connection_created
from django.db.models import Count, F, Func, Value

from steps import advice, applied, channel, control, expect, fails, library, read, returning, service, step

file = os.path.join(os.environ["HOST_FOLDER"], "data.db")
database = {"ENGINE": "django.db.backends.sqlite3"}
settings.configure(DATABASES={"default": {**database, "NAME": ":memory:"}, "file": {**database, "NAME": file}},
                   USE_TZ=True, TIME_ZONE="UTC", INSTALLED_APPS=[AppConfig("chat", sys.modules[__name__])])
django.setup()


def load(connection, **_):
    connection.connection.enable_load_extension(True)
    connection.connection.load_extension(library)


connection_created.connect(load)


class Table(models.Model):
    sid = models.TextField(primary_key=True, default=None)
    service_sid = models.TextField()
    date_created = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Channel(Table):
    friendly_name = models.TextField(null=True)

    class Meta:
        app_label, managed, db_table = "chat", False, "channels"


class Message(Table):
    channel = models.ForeignKey(Channel, models.DO_NOTHING, db_column="channel_sid", related_name="messages")
    index = models.IntegerField(null=True)
    body = models.TextField(null=True)
    media = models.JSONField(null=True)
    attributes = models.JSONField(null=True)

    class Meta:
        app_label, managed, db_table = "chat", False, "messages"


ours = Message.objects.filter(service_sid=service, channel_id=channel)


def message(body):
    return Message(service_sid=service, channel_id=channel, body=body)


def value(sql, *parameters, using=connection):
    with using.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


@step("loads from its file name")
def loads():
    expect(value("SELECT chat_version() GLOB '[0-9]*.[0-9]*'"), 1)


@step("reads with parameters")
def reads():
    with connection.cursor() as cursor:
        cursor.execute(read.replace("?", "%s"), [service, channel])
        rows = cursor.fetchall()
    expect((len(rows), rows[-1][0]), (int(os.environ["MESSAGES"]), len(rows) - 1))
    expect(list(ours.order_by("index").values_list("index", "body")), rows)


@step("joins")
def joins():
    found = Channel.objects.filter(service_sid=service, messages__service_sid=F("service_sid"))
    found = found.annotate(count=Count("messages")).order_by("sid")
    expect(" ".join(f"{row.friendly_name}={row.count}" for row in found), os.environ["JOINED"])
    expect(ours.select_related("channel")[0].channel.sid, channel)


@step("NULL, integers and JSON arrive as such")
def values():
    row = ours.filter(attributes__topic="support").first()
    expect((row.media, type(row.index), row.attributes["topic"]), (None, int, "support"))
    expect(row.date_created.utcoffset(), datetime.timedelta(0))
    expect(value("SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p WHERE p.value = 'sendMessage'"), 1)


@step("text beyond ASCII, and digits, go and come unchanged")
def texts():
    message("Grüße 🎂").save()
    message("007").save()
    expect(applied(), ["Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82", "Body=007"])
    expect([row.body for row in ours.order_by("-index")[:2]], ["007", "Grüße 🎂"])


@step("half a result can be left")
def half():
    rows = Message.objects.iterator(chunk_size=1)
    expect([len(next(rows).sid) for _ in range(3)], [34, 34, 34])
    rows.close()
    message("after").save()
    expect(applied(), ["Body=after"])


@step("COMMIT sends once, in order")
def commit():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE local(x)")
    with transaction.atomic():
        message("one").save()
        message("two").save()
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO local VALUES (1)")
        expect(applied(), [])
    expect(applied(), ["Body=one", "Body=two"])
    expect(value("SELECT count(*) FROM local"), 1)


def fail_within():
    with transaction.atomic():
        message("never").save()
        raise KeyError("the program's own")


@step("ROLLBACK sends nothing")
def rollback():
    fails(KeyError, "the program's own", fail_within)
    expect(applied(), [])


@step("a statement of its own is sent once")
def alone():
    made = Message.objects.create(service_sid=service, channel_id=channel, body="alone")
    expect((applied(), made.sid), (["Body=alone"], None))
    expect(len(value("SELECT sid FROM chat_writes")), 34)


# Since Django 4 bulk_create() wants the keys back by RETURNING, which it asks for of an AutoField only, and fails.
@step("a prepared statement is sent once each time")
def many():
    with transaction.atomic():
        for body in "abc":
            message(body).save()
    expect(applied(), ["Body=a", "Body=b", "Body=c"])
    control("reset")
    if connection.features.can_return_rows_from_bulk_insert:
        fails(AssertionError, "", Message.objects.bulk_create, [message(body) for body in "abc"])
        expect(applied(), [])
    else:
        Message.objects.bulk_create([message(body) for body in "abc"])
        expect(applied(), ["Body=a", "Body=b", "Body=c"])


@step("writes inside a reading loop are sent once")
def nested():
    for row in ours.order_by("index")[:3].iterator():
        message(f"about {row.index}").save()
    expect(applied(), ["Body=about%200", "Body=about%201", "Body=about%202"])


def refuse():
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM local")
        for body in ("sent", "refused", "third"):
            message(body).save()


@step("a refused COMMIT raises with the message of the service, and rolls back")
def refused():
    for text in ('Twilio error 20001 "no"', "of 3 calls 1 was sent, 1 failed, 0 are unknown and 1 was not sent"):
        control("reset")
        control("fault?action=status&status=400&code=20001&message=no&method=POST&nth=2")
        fails(OperationalError, text, refuse)
        expect(value("SELECT count(*) FROM local"), 1)
    message("next").save()
    expect(applied(), ["Body=sent", "Body=next"])


@step("a bad row raises, and nothing is sent")
def bad_row():
    fails(OperationalError, "channel_sid is needed", Message(service_sid=service, body="x").save)
    fails(IntegrityError, "body", message(None).save)
    empty = message("x")
    empty.sid = ""
    fails(OperationalError, "messages.sid cannot be set", lambda: empty.save(force_insert=True))
    expect(applied(), [])


@step("RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once")
def returned():
    fails(OperationalError, "leave RETURNING out", value, returning)
    expect((value("SELECT count(*) FROM chat_writes WHERE state <> 'sent'"), applied()), (0, []))
    with transaction.atomic():
        expect(value(returning), "x")
        expect(applied(), [])
    expect(applied(), ["Body=x", "Body=y"])


@step("a file, closed and opened again")
def again():
    with connections["file"].cursor() as cursor:
        cursor.execute("CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = %s "
                       "AND channel_sid = %s", [service, channel])
    connections["file"].close()
    saved = value("SELECT count(*) FROM saved", using=connections["file"])
    joined = ("SELECT count(*) FROM saved JOIN messages AS m USING (sid) "
              "WHERE m.service_sid = %s AND m.channel_sid = %s")
    expect((saved > 0, value(joined, service, channel, using=connections["file"])), (True, saved))
    connections["file"].close()


@step("atomic() within atomic() is a savepoint")
def savepoints():
    with transaction.atomic():
        message("outer").save()
        fails(KeyError, "the program's own", fail_within)
    expect(applied(), ["Body=outer"])


# Python begins a transaction before an INSERT, not before a SAVEPOINT: README.md tells.
@step("with set_autocommit(False) an atomic() before any write is a transaction of its own")
def savepoint_first():
    transaction.set_autocommit(False)
    try:
        with transaction.atomic():
            message("first").save()
        expect(applied(), ["Body=first"])
        message("never").save()
        transaction.rollback()
        control("fault?action=status&status=400&code=20001&message=no&method=POST")
        fails(OperationalError, "Twilio error 20001", transaction.atomic(message("refused").save))
        message("next").save()
        transaction.commit()
    finally:
        transaction.set_autocommit(True)
    expect(applied(), ["Body=first", "Body=next"])


@step("save, update and delete by sid send what has changed")
def changes():
    # Read as JSON, and written with other blanks.
    row = ours.filter(attributes__topic="support").first()
    row.body = "all fields"
    row.save()
    expect(applied()[0].startswith("Body=all%20fields&Attributes=%7B%22topic%22%3A%20%22"), True)
    control("reset")
    row.body = "one field"
    row.save(update_fields=["body"])
    expect(ours.filter(sid=row.sid).update(body="updated"), 1)
    row.delete()
    expect(applied(), ["Body=one%20field", "Body=updated", ""])


@step("a datetime is compared through chat_time, as sql/tables.md writes it")
def times():
    later = "ours." + advice("Django", "filter(")
    given = later[later.index("Func("):-1]
    between = later.replace("__gt=" + given, f"__range=({given}, {given.replace('when', 'until')})")
    with connection.cursor() as cursor:  # an ordinary table that holds the API's form of the time
        cursor.execute("CREATE TEMP TABLE copy AS SELECT sid, date_created FROM messages WHERE service_sid = %s "
                       "AND channel_sid = %s", [service, channel])
    zone = datetime.timezone(datetime.timedelta(hours=2))
    beside = (datetime.timedelta(0), datetime.timedelta(seconds=-1), datetime.timedelta(milliseconds=500))
    found = set()
    for when in {row.date_created.astimezone(zone) + moved for row in ours for moved in beside}:
        form = f"{when.astimezone(datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
        until = datetime.datetime(2019, 1, 1, tzinfo=zone)
        names = {"ours": ours, "Func": Func, "Value": Value, "when": when, "until": until}
        rows = eval(later, names)
        expect(len(rows), value("SELECT count(*) FROM copy WHERE date_created > %s", form))
        copies = "SELECT count(*) FROM copy WHERE date_created BETWEEN %s AND '2018-12-31T22:00:00Z'"
        expect(len(eval(between, names)), value(copies, form))
        found.add(len(rows))
    expect((0 in found, ours.count() in found, len(found) > 10), (True, True, True))


# That is why sql/tables.md warns of them.
@step("__gt and __year compare with a blank; __date and __hour find nothing, since Django reads no T")
def lookups():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version'")
        cursor.execute("INSERT INTO messages(service_sid, channel_sid, body, date_created) VALUES (%s, %s, %s, %s)",
                       [service, channel, "the last day", "2019-12-31T08:09:10Z"])
        cursor.execute("UPDATE chat_settings SET value = NULL WHERE name = 'api_version'")
    then = ours.get(body="the last day").date_created
    expect(then, datetime.datetime(2019, 12, 31, 8, 9, 10, tzinfo=datetime.timezone.utc))
    for name, given, rows in (("gt", then, 1), ("year", 2019, 0), ("date", then.date(), 0), ("hour", then.hour, 0)):
        found = ours.filter(body="the last day", **{f"date_created__{name}": given})
        expect((name, found.count()), (name, rows))
    expect(ours.filter(date_created__hour__gte=0).count(), 0)
