#!/usr/bin/env bash
# An index makes IN (SELECT ... COLLATE NOCASE ...) forget the collation.
#
# Expected: `b IN (SELECT t COLLATE NOCASE FROM w)` finds 'abc' by 'AbC' whether or not there is an index on b: SQLite's
#   manual says that it compares as `b = t COLLATE NOCASE` does, and the written-out EXISTS finds it.
# Happens: with an index on b the rows are looked up byte by byte: 0 in place of 2, no error. `+b IN` and the collation
#   on the left, `b COLLATE NOCASE IN`, give 2. In 3.40.1 `(a, b) IN (SELECT s, t COLLATE NOCASE ...)` is the same; in
#   3.54.1 that one is right.
# Seen: the sqlite3 shell 3.40.1 (Debian 12), @sqlite.org/sqlite-wasm 3.54.1-build1 under Node.
# Why it matters: the rows go when somebody adds an index to make the query faster, which is the last thing that anybody
#   suspects of changing an answer.
#
# Needs apt-get with its lists, npm, node. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
fail() { echo "changed: $*" >&2; exit 1; }

apt-get -qq -o APT::Sandbox::User=root download sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
shell() { LD_LIBRARY_PATH=$(echo "$temp"/debian/usr/lib/*/) debian/usr/bin/sqlite3 -batch -init /dev/null "$@"; }
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @sqlite.org/sqlite-wasm@3.54.1-build1 >npm.log

cat >tables.sql <<'SQL'
CREATE TABLE bare(a TEXT, b TEXT);
INSERT INTO bare VALUES ('x', 'abc'), ('x', 'ABC');
CREATE TABLE indexed(a TEXT, b TEXT);
CREATE INDEX one ON indexed(b);
CREATE INDEX two ON indexed(a, b);
INSERT INTO indexed SELECT a, b FROM bare;
CREATE TABLE w(s TEXT, t TEXT);
INSERT INTO w VALUES ('x', 'AbC');
SQL
found() { # found TABLE TERM
    echo "(SELECT count(*) FROM $1 WHERE $2)"
}
right='b IN (SELECT t COLLATE NOCASE FROM w)'
pair='(a, b) IN (SELECT s, t COLLATE NOCASE FROM w)'
question="SELECT sqlite_version() || ': bare ' || $(found bare "$right") || ', indexed ' || $(found indexed "$right")
    || ', + ' || $(found indexed "+$right") || ', left ' || $(found indexed 'b COLLATE NOCASE IN (SELECT t FROM w)')
    || ', EXISTS ' || $(found indexed 'EXISTS (SELECT 1 FROM w WHERE b = t COLLATE NOCASE)')
    || '; of two columns: bare ' || $(found bare "$pair") || ', indexed ' || $(found indexed "$pair")"
expect() { # expect WHAT IT IS
    [ "$1" = "$2" ] || fail "$1"
    echo "ok: rows found in $1"
}
expect "$({ cat tables.sql; echo "$question;"; } | shell :memory:)" \
    "3.40.1: bare 2, indexed 0, + 2, left 2, EXISTS 2; of two columns: bare 2, indexed 0"

cat >try.mjs <<'JS'
import init from '@sqlite.org/sqlite-wasm';
import { readFileSync } from 'node:fs';
const { oo1 } = await init({ print: () => {}, printErr: () => {} });
const db = new oo1.DB(':memory:');
db.exec(readFileSync('tables.sql', 'utf8'));
console.log(db.selectValue(process.argv[2]));
JS
seen=$(node try.mjs "$question" 2>error) || fail "$(cat error)"
expect "$seen" "3.54.1: bare 2, indexed 0, + 2, left 2, EXISTS 2; of two columns: bare 2, indexed 2"
