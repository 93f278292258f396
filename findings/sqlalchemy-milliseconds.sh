#!/usr/bin/env bash
# SQLAlchemy 1.4 reads the milliseconds that SQLite writes as microseconds.
#
# Expected: a DateTime or Time column over SQLite reads '2026-01-31 10:00:00.250' as a quarter of a second past ten, as
#   SQLite itself does, or refuses it.
# Happens: the digits after the point are taken as a whole number of microseconds, however many they are. So .250, what
#   SQLite's own strftime('%f') writes, becomes 0.00025 s, and .5 becomes 0.000005 s, with no error. What SQLAlchemy
#   writes itself has six digits and reads back right, which hides it.
# Seen: SQLAlchemy 1.4.46 (Debian 12). SQLite's own julianday() of the same text keeps the 250 ms.
# Why it matters: message times have milliseconds. Another program that reads them through SQLAlchemy gets each up to a
#   second too early, and messages of one second can change their order: .9 sorts before .10.
#
# Needs apt-get with its lists, python3. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
apt-get -qq -o APT::Sandbox::User=root download python3-sqlalchemy=1.4.46+ds1-1
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done

# -S: no other package of this Python is seen.
PYTHONPATH=$temp/debian/usr/lib/python3/dist-packages PYTHONNOUSERSITE=1 python3 -S - <<'EOF' || exit 1
import sys
import sqlalchemy as sa

engine = sa.create_engine("sqlite://")
message = sa.Table("message", sa.MetaData(), sa.Column("sent", sa.DateTime), sa.Column("clock", sa.Time))
message.metadata.create_all(engine)


def check(what, seen, wanted):
    if seen != wanted:
        sys.exit(f"changed: {what}: {seen}, not {wanted}")
    print(f"ok: SQLAlchemy {sa.__version__}, {what}: {seen}")


check("version", sa.__version__, "1.4.46")
with engine.begin() as connection:
    def read(text):
        connection.execute(message.delete())
        connection.execute(sa.text("INSERT INTO message(sent, clock) VALUES (:text, substr(:text, 12))"), {"text": text})
        row = connection.execute(sa.select(message)).one()
        return str(row.sent), str(row.clock)

    written = connection.scalar(sa.text("SELECT strftime('%Y-%m-%d %H:%M:%f', '2026-01-31T10:00:00.250Z')"))
    check("what SQLite writes for .250 s", written, "2026-01-31 10:00:00.250")
    check("what is read from it", read(written), ("2026-01-31 10:00:00.000250", "10:00:00.000250"))
    check("read from .5", read("2026-01-31 10:00:00.5")[0], "2026-01-31 10:00:00.000005")
    check("read from .9 and .10", read("2026-01-31 10:00:00.9")[0] < read("2026-01-31 10:00:00.10")[0], True)
    check("read from six digits", read("2026-01-31 10:00:00.250000")[0], "2026-01-31 10:00:00.250000")
    milliseconds = "SELECT CAST(round((julianday(:text) - julianday('2026-01-31 10:00:00')) * 86400000) AS INTEGER)"
    check("ms that SQLite reads from .250", connection.scalar(sa.text(milliseconds), {"text": written}), 250)
EOF
