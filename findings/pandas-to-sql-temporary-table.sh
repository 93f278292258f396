#!/usr/bin/env bash
# pandas appends to a TEMP table of SQLite, and leaves an empty ordinary table of its name in the file.
#
# Expected: to_sql(name, connection, if_exists="append") over an sqlite3 connection appends to the table that "name"
#   means to SQLite there, or, if that is none, makes one and fills it.
# Happens: it looks for the name in main.sqlite_master only. A TEMP table is not seen: an ordinary table is made in the
#   file, and then the rows go where the bare name leads, into the TEMP table. The file keeps an empty table, the rows
#   are gone when the connection closes, and no error says so. if_exists="fail", the default, does the same, although
#   the name is taken.
# Seen: pandas 1.5.3 with Python 3.11's sqlite3 (Debian 12).
# Why it matters: temporary tables are how a file is kept clean while loading. Here data that was reported as written to
#   it is lost, and the table that is left behind looks right.
#
# Needs apt-get with its lists, python3 (3.11, as Debian's numpy). Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
apt-get -qq -o APT::Sandbox::User=root download python3-pandas=1.5.3+dfsg-2 python3-pandas-lib=1.5.3+dfsg-2 \
    python3-numpy=1:1.24.2-1+deb12u1 python3-dateutil=2.8.2-2 python3-tz=2022.7.1-4 python3-six=1.16.0-4 \
    libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1 libquadmath0=12.2.0-14+deb12u1
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
libraries=$(echo "$temp"/debian/usr/lib/*-linux-*/)

# -S: no other package of this Python is seen.
LD_LIBRARY_PATH=$libraries:$libraries/blas:$libraries/lapack \
    PYTHONPATH=$temp/debian/usr/lib/python3/dist-packages PYTHONNOUSERSITE=1 python3.11 -S - <<'PYTHON' || exit 1
import sqlite3
import sys

import pandas


def check(what, seen, wanted):
    if seen != wanted:
        sys.exit(f"changed: {what}: {seen}, not {wanted}")
    print(f"ok: pandas {pandas.__version__}, {what}: {seen}")


def rows(connection, table):
    return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


check("version", pandas.__version__, "1.5.3")
frame = pandas.DataFrame({"a": [1, 2]})
for if_exists in ("append", "fail"):
    name = f"of_{if_exists}"
    connection = sqlite3.connect("data.db")
    connection.execute(f"CREATE TEMP TABLE {name}(a)")
    check(f"{if_exists}: rows told", frame.to_sql(name, connection, if_exists=if_exists, index=False), 2)
    connection.commit()
    check(f"{if_exists}: rows in the TEMP table", rows(connection, f"temp.{name}"), 2)
    check(f"{if_exists}: rows in the file's", rows(connection, f"main.{name}"), 0)
    connection.close()
    check(f"{if_exists}: rows there in the end", rows(sqlite3.connect("data.db"), name), 0)

# Without a table of that name elsewhere.
connection = sqlite3.connect("data.db")
frame.to_sql("alone", connection, if_exists="append", index=False)
check("without a TEMP table: rows in the file's", rows(connection, "main.alone"), 2)
PYTHON
