#!/usr/bin/env bash
# LIMIT of an UPDATE ... FROM is left out when the table is a virtual one: every row is changed.
#
# Expected: where SQLite is built with SQLITE_ENABLE_UPDATE_DELETE_LIMIT, `UPDATE t SET x = 'new' FROM (SELECT 1) ORDER
#   BY rowid LIMIT 1` changes one row, as it does of an ordinary table; or an error.
# Happens: ORDER BY, LIMIT and OFFSET are taken, and left out: all rows of an FTS5 table, SQLite's own module, are
#   changed, with LIMIT 0, too. Without FROM, and in DELETE, LIMIT is kept.
# Seen: the sqlite3 shell 3.40.1 (Debian 12); the same with 3.46.1 (Debian 13).
# Why it matters: "only the first one, to try it" is what LIMIT is for, and a virtual table may stand for something that
#   cannot be taken back. A module is not told of the clause: it can only look at the statement's text.
#
# Needs apt-get with its lists. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
fail() { echo "changed: $*" >&2; exit 1; }

apt-get -qq -o APT::Sandbox::User=root download sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
shell() { LD_LIBRARY_PATH=$(echo "$temp"/debian/usr/lib/*/) debian/usr/bin/sqlite3 -batch -init /dev/null "$@"; }

check() { # check TABLE STATEMENT ROWS: how many of three rows the statement changes
    seen=$(printf '%s\n' '.bail on' 'CREATE TABLE plain(x);' 'CREATE VIRTUAL TABLE searched USING fts5(x);' \
        "INSERT INTO $1(x) VALUES ('a'), ('b'), ('c');" "$2;" "SELECT 3 - count(*) FROM $1 WHERE x IN ('a', 'b', 'c');" |
        shell :memory:)
    [ "$seen" = "$3" ] || fail "$2: $seen rows, not $3"
    echo "ok: $2: $3 of 3 rows"
}
[ "$(shell :memory: 'SELECT sqlite_version()')" = 3.40.1 ] || fail "the version"
check plain "UPDATE plain SET x = 'new' FROM (SELECT 1) ORDER BY x LIMIT 1" 1
check searched "UPDATE searched SET x = 'new' FROM (SELECT 1) ORDER BY x LIMIT 1" 3
check searched "UPDATE searched SET x = 'new' FROM (SELECT 1) LIMIT 0" 3
check searched "UPDATE searched SET x = 'new' ORDER BY x LIMIT 1" 1
check searched "DELETE FROM searched ORDER BY x LIMIT 1" 1
