#!/usr/bin/env bash
# UPDATE ... FROM on a virtual table counts and changes a row once for every match.
#
# Expected: a row that matches several rows of FROM is updated once; changes() says 1 ("only one of those output rows
#   is used for updating the target", SQLite's lang_update.html).
# Happens: on a virtual table the module's xUpdate is called once for each match, and changes() counts each call: 2
#   for one row that matches two. R-Tree and FTS5, SQLite's own modules, show it.
# Seen: the sqlite3 shell 3.40.1 (Debian 12), @sqlite.org/sqlite-wasm 3.54.1-build1 under Node.
# Why it matters: whoever compares changes() with the number of rows that there are finds more than all of them. A
#   module that sends each change somewhere sends some twice, unless it finds out by itself.
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
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$temp" @sqlite.org/sqlite-wasm@3.54.1-build1 >npm.log

cat >try.sql <<'SQL'
CREATE TABLE news(id INTEGER, low);
INSERT INTO news VALUES (1, 2), (1, 3);
CREATE TABLE seen(name, count);
CREATE TABLE box(id INTEGER PRIMARY KEY, low);
INSERT INTO box VALUES (1, 1);
UPDATE box SET low = news.low FROM news WHERE news.id = box.id;
INSERT INTO seen VALUES ('ordinary', changes());
CREATE VIRTUAL TABLE tree USING rtree(id, low, high);
INSERT INTO tree VALUES (1, 1, 5);
UPDATE tree SET low = news.low FROM news WHERE news.id = tree.id;
INSERT INTO seen VALUES ('rtree', changes());
CREATE VIRTUAL TABLE text USING fts5(body);
INSERT INTO text(rowid, body) VALUES (1, 'a');
UPDATE text SET body = 'b' FROM news WHERE news.id = text.rowid;
INSERT INTO seen VALUES ('fts5', changes());
SQL
question="SELECT sqlite_version() || ': ' || group_concat(name || ' ' || count, ', ') FROM seen"
expect() { # expect WHAT IT IS
    [ "$1" = "$2" ] || fail "$1"
    echo "ok: changes() of one row in $1"
}
expect "$({ cat try.sql; echo "$question;"; } | shell :memory:)" "3.40.1: ordinary 1, rtree 2, fts5 2"

cat >try.mjs <<'JS'
import init from '@sqlite.org/sqlite-wasm';
import { readFileSync } from 'node:fs';
const { oo1 } = await init({ print: () => {}, printErr: () => {} });
const db = new oo1.DB(':memory:');
db.exec(readFileSync('try.sql', 'utf8'));
console.log(db.selectValue(process.argv[2]));
JS
seen=$(node try.mjs "$question" 2>error) || fail "$(cat error)"
expect "$seen" "3.54.1: ordinary 1, rtree 2, fts5 2"
