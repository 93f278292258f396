#!/usr/bin/env bash
# An index makes IN of several columns forget a collation that stands on its right side.
#
# Expected: `(a, b) IN (SELECT s, t COLLATE NOCASE FROM w)` finds 'abc' by 'ABC' whether or not there is an index on
#   (a, b), as `b IN (SELECT t COLLATE NOCASE FROM w)` and the written-out EXISTS do.
# Happens: with the index the rows are looked up byte by byte: 0 in place of 2, no error. Without the index there are 2,
#   and so there are with it if the collation is written on the left, `(a, b COLLATE NOCASE) IN`.
# Seen: the sqlite3 shell 3.40.1 (Debian 12). Right in @sqlite.org/sqlite-wasm 3.49.2-build1 under Node.
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
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @sqlite.org/sqlite-wasm@3.49.2-build1 >npm.log

cat >tables.sql <<'SQL'
CREATE TABLE bare(a TEXT, b TEXT);
INSERT INTO bare VALUES ('x', 'abc'), ('x', 'ABC');
CREATE TABLE indexed(a TEXT, b TEXT);
CREATE INDEX pairs ON indexed(a, b);
INSERT INTO indexed SELECT a, b FROM bare;
CREATE TABLE w(s TEXT, t TEXT);
INSERT INTO w VALUES ('x', 'AbC');
SQL
question="SELECT sqlite_version() || ': without an index ' || (SELECT count(*) FROM bare
  WHERE (a, b) IN (SELECT s, t COLLATE NOCASE FROM w)) || ', with ' || (SELECT count(*) FROM indexed
  WHERE (a, b) IN (SELECT s, t COLLATE NOCASE FROM w)) || ', written out ' || (SELECT count(*) FROM indexed
  WHERE EXISTS (SELECT 1 FROM w WHERE a = s AND b = t COLLATE NOCASE)) || ', on the left ' ||
  (SELECT count(*) FROM indexed WHERE (a, b COLLATE NOCASE) IN (SELECT s, t FROM w))"
expect() { # expect WHAT IT IS
    [ "$1" = "$2" ] || fail "$1"
    echo "ok: rows found in $1"
}
expect "$({ cat tables.sql; echo "$question;"; } | shell :memory:)" \
    "3.40.1: without an index 2, with 0, written out 2, on the left 2"

cat >try.mjs <<'JS'
import init from '@sqlite.org/sqlite-wasm';
import { readFileSync } from 'node:fs';
const { oo1 } = await init({ print: () => {}, printErr: () => {} });
const db = new oo1.DB(':memory:');
db.exec(readFileSync('tables.sql', 'utf8'));
console.log(db.selectValue(process.argv[2]));
JS
seen=$(node try.mjs "$question" 2>error) || fail "$(cat error)"
expect "$seen" "3.49.2: without an index 2, with 2, written out 2, on the left 2"
