#!/usr/bin/env bash
# DELETE ... LIMIT asks a WITHOUT ROWID virtual table for rowids, if it is the first statement that names the table.
#
# Expected: a virtual table that is declared WITHOUT ROWID has no rowids, so that its xRowid is never called; an UPDATE
#   or DELETE with LIMIT, where SQLite is built with SQLITE_ENABLE_UPDATE_DELETE_LIMIT, finds its rows by the key.
# Happens: so it is once the table is connected. But the table of a file just opened is connected later than the LIMIT
#   is turned into a query inside the statement, and that is then "rowid IN (SELECT rowid ... LIMIT n)": xRowid is
#   called, of the cursor of that query and of the one that looks for what it gave. A module whose xRowid gives just
#   anything, as a method may that must be there and is never called, changes another row than the one meant, without
#   an error; or none. The same after what has the schema read anew (VACUUM, ROLLBACK of a CREATE).
# Seen: SQLite 3.40.1 of Debian 12, with APSW 3.40.0 (any module is asked so; Python is just how this one is written).
# Why it matters: "DELETE ... WHERE key = 'x' LIMIT 1" is how careful people write.
#
# Needs apt-get with its lists, python3.11 (Debian 12's). Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
apt-get -qq -o APT::Sandbox::User=root download python3-apsw=3.40.0.0-2+b1 libsqlite3-0=3.40.1-2+deb12u2
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done

LD_LIBRARY_PATH=$(echo "$temp"/debian/usr/lib/*/) PYTHONPATH=$temp/debian/usr/lib/python3/dist-packages \
    PYTHONNOUSERSITE=1 python3.11 -S - <<'PYTHON' || exit 1
import sys

import apsw

ROWS = {}
ASKED = []


class Module:
    def Create(self, *_):
        return "CREATE TABLE x(key INTEGER PRIMARY KEY NOT NULL, word TEXT) WITHOUT ROWID", Table()

    Connect = Create


class Table:
    def BestIndex(self, constraints, orderbys):
        key = (0, apsw.SQLITE_INDEX_CONSTRAINT_EQ)
        return ([0 if constraint == key else None for constraint in constraints],)

    def Open(self):
        return Cursor()

    def UpdateDeleteRow(self, key):
        ROWS.pop(key, None)

    def Disconnect(self):
        pass

    Destroy = Disconnect


class Cursor:  # tells the rows of one key, or all
    def Filter(self, number, name, arguments):
        self.rows = [row for row in sorted(ROWS.items()) if not arguments or row[0] == arguments[0]]
        self.at = 0

    def Eof(self):
        return self.at >= len(self.rows)

    def Next(self):
        self.at += 1

    def Column(self, column):
        return self.Rowid() if column < 0 else self.rows[self.at][column]

    def Rowid(self):  # the number of the row in this cursor, since nobody should ask
        ASKED.append(self.at)
        return self.at

    def Close(self):
        pass


def left(before):
    ROWS.update({10: "a", 20: "b", 30: "c"})
    ASKED.clear()
    connection = apsw.Connection("rows.db")
    connection.createmodule("words", Module())
    for statement in [*before, "DELETE FROM listed WHERE key = 30 LIMIT 1"]:
        connection.execute(statement).fetchall()
    connection.close()
    return sorted(ROWS), len(ASKED) > 0


def check(what, before, wanted):
    seen = left(before)
    if seen != wanted:
        sys.exit(f"changed: {what}: {seen}, not {wanted}")
    print(f"ok: SQLite {apsw.sqlitelibversion()}, {what}: the keys left are {seen[0]}, rowids asked for: {seen[1]}")


left(["CREATE VIRTUAL TABLE listed USING words"])
check("DELETE of key 30, LIMIT 1, as the first statement", [], ([20, 30], True))
check("the same behind a SELECT", ["SELECT key FROM listed"], ([10, 20], False))
check("... and VACUUM", ["SELECT key FROM listed", "VACUUM"], ([20, 30], True))
check("... and ROLLBACK", ["SELECT key FROM listed", "BEGIN", "CREATE TABLE y(z)", "ROLLBACK"], ([20, 30], True))
PYTHON
