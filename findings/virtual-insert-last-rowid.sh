#!/usr/bin/env bash
# An INSERT into a virtual table WITHOUT ROWID overwrites last_insert_rowid() with 0.
#
# Expected: as with an ordinary table WITHOUT ROWID, whose INSERT leaves last_insert_rowid() at the row that the last
#   rowid table got.
# Happens: for a virtual table SQLite takes over whatever row id the module filled in. A module without row ids fills in
#   none, so the number of the earlier row is lost and 0 stands in its place. zipfile, SQLite's own module in its shell,
#   shows it.
# Seen: the sqlite3 shell 3.40.1 (Debian 12).
# Why it matters: a program that notes a message in its own table, sends it through a virtual table and then reads the
#   id of its note gets 0, not the note. The module has to hand the old number back itself.
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
version=$(shell :memory: "SELECT sqlite_version()")
[ "$version" = 3.40.1 ] || fail "the shell is SQLite $version"

seen=$(shell :memory: <<'EOF'
CREATE TABLE note(id INTEGER PRIMARY KEY, body);
CREATE TABLE word(name PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE temp.archive USING zipfile('archive.zip');
INSERT INTO note VALUES (41, 'hello');
INSERT INTO word VALUES ('hello');
SELECT 'ordinary ' || last_insert_rowid();
INSERT INTO archive(name, data) VALUES ('hello.txt', 'hello');
SELECT 'virtual ' || last_insert_rowid();
SELECT 'files ' || group_concat(name) FROM archive;
EOF
)
wanted='ordinary 41
virtual 0
files hello.txt'
[ "$seen" = "$wanted" ] || fail "$seen"
echo "ok: $version, INSERT into an ordinary table WITHOUT ROWID: last_insert_rowid() stays 41"
echo "ok: $version, INSERT into a virtual table WITHOUT ROWID: last_insert_rowid() becomes 0"
