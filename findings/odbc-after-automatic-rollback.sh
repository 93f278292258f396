#!/usr/bin/env bash
# SQLite's ODBC driver commits every write at once, autocommit off, after SQLite has rolled a transaction back itself.
#
# Expected: without autocommit a write is durable at SQLEndTran(COMMIT) and not before, and SQLEndTran(ROLLBACK) undoes
#   it, whatever has ended the transaction before it.
# Happens: the driver sends BEGIN before the first statement and then remembers that it has. When SQLite ends the
#   transaction, as by ON CONFLICT ROLLBACK, it does not ask again: each further INSERT is committed where it stands,
#   rollback() fails with "no transaction is active" and undoes nothing, commit() fails too. A BEGIN by hand ends it.
# Seen: libsqliteodbc 0.9998 with unixODBC 2.3.11 and pyodbc 4.0.34 (Debian 12).
# Why it matters: a program that catches the error, goes on and rolls back at the end has written everything.
#
# Needs apt-get with its lists, python3 (3.11, as Debian's pyodbc). Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
apt-get -qq -o APT::Sandbox::User=root download libsqliteodbc=0.9998-3+b1 python3-pyodbc=4.0.34-1+b2 \
    libodbc2=2.3.11-2+deb12u1 libodbcinst2=2.3.11-2+deb12u1
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
libraries=$(echo "$temp"/debian/usr/lib/*-linux-*/)

# -S: no other package of this Python is seen.
LD_LIBRARY_PATH=$libraries DRIVER=$libraries/odbc/libsqlite3odbc.so \
    PYTHONPATH=$temp/debian/usr/lib/python3/dist-packages PYTHONNOUSERSITE=1 python3.11 -S - <<'PYTHON' || exit 1
import os
import sqlite3
import sys

import pyodbc


def check(what, seen, wanted):
    if seen != wanted:
        sys.exit(f"changed: {what}: {seen}, not {wanted}")
    print(f"ok: libsqliteodbc 0.9998, {what}: {seen}")


def committed():
    """What another connection sees."""
    other = sqlite3.connect("data.db")
    rows = [row[0] for row in other.execute("SELECT a FROM t ORDER BY a")]
    other.close()
    return rows


def error(action, *arguments):
    try:
        action(*arguments)
    except pyodbc.Error as failure:
        return str(failure).split("[SQLite]")[1].split(" (")[0]
    return None


connection = pyodbc.connect(f"Driver={os.environ['DRIVER']};Database=data.db", autocommit=False)
check("driver", connection.getinfo(pyodbc.SQL_DRIVER_VER), "0.9998")
connection.execute("CREATE TABLE t(a UNIQUE ON CONFLICT ROLLBACK)")
connection.execute("INSERT INTO t VALUES (1)")
connection.commit()
connection.execute("INSERT INTO t VALUES (2)")
check("committed, after an INSERT", committed(), [1])
check("a conflict", error(connection.execute, "INSERT INTO t VALUES (1)"), "UNIQUE constraint failed: t.a")
connection.execute("INSERT INTO t VALUES (3)")
check("committed, after an INSERT and no commit()", committed(), [1, 3])
check("rollback()", error(connection.rollback), "cannot rollback - no transaction is active")
connection.execute("INSERT INTO t VALUES (4)")
check("committed, after the next INSERT", committed(), [1, 3, 4])
check("commit()", error(connection.commit), "cannot commit - no transaction is active")
check("autocommit", connection.autocommit, False)
connection.execute("BEGIN")
connection.execute("INSERT INTO t VALUES (5)")
check("committed, after a BEGIN by hand and an INSERT", committed(), [1, 3, 4])
check("rollback() of that", error(connection.rollback), None)
PYTHON
