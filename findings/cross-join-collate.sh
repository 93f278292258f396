#!/usr/bin/env bash
# A comparison with COLLATE NOCASE on its left side loses rows when its column is joined with =.
#
# Expected: `y COLLATE NOCASE = 'ABC'` finds 'abc', in a join as on its own.
# Happens: in `a CROSS JOIN b ON a.x = b.y WHERE b.y COLLATE NOCASE = 'ABC'` SQLite seems to take 'ABC' for the value
#   of x as well and to compare it there without the collation, so that the row with 'abc' twice is gone: 0 rows, no
#   error. With the collation on the right side, or with the tables in the other order, there is 1, as there should
#   be.
# Seen: the sqlite3 shell 3.40.1 (Debian 12), @sqlite.org/sqlite-wasm 3.51.2-build9 (which is 3.52.0) under Node.
#   Right in its 3.53.4-build2 and 3.54.1-build1.
# Why it matters: looking for a name whatever its case is what people write COLLATE NOCASE for. A join that looks
#   right leaves rows out, depending on how it is written and so on how a program composes it.
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

cat >try.sql <<'SQL'
CREATE TABLE a(x TEXT);
CREATE TABLE b(y TEXT);
INSERT INTO a VALUES ('abc');
INSERT INTO b VALUES ('abc');
CREATE TABLE seen AS
SELECT (SELECT count(*) FROM b WHERE b.y COLLATE NOCASE = 'ABC') AS alone,
 (SELECT count(*) FROM a CROSS JOIN b ON a.x = b.y WHERE b.y = 'ABC' COLLATE NOCASE) AS right_side,
 (SELECT count(*) FROM b CROSS JOIN a ON a.x = b.y WHERE b.y COLLATE NOCASE = 'ABC') AS other_order,
 (SELECT count(*) FROM a CROSS JOIN b ON a.x = b.y WHERE b.y COLLATE NOCASE = 'ABC') AS left_side;
SQL
question="SELECT sqlite_version() || ': alone ' || alone || ', right ' || right_side || ', other order ' || other_order || ', left ' || left_side FROM seen"
expect() { # expect WHAT IT IS
    [ "$1" = "$2" ] || fail "$1"
    echo "ok: rows found in $1"
}
expect "$({ cat try.sql; echo "$question;"; } | shell :memory:)" "3.40.1: alone 1, right 1, other order 1, left 0"

cat >try.mjs <<'JS'
import init from '@sqlite.org/sqlite-wasm';
import { readFileSync } from 'node:fs';
const { oo1 } = await init({ print: () => {}, printErr: () => {} });
const db = new oo1.DB(':memory:');
db.exec(readFileSync('try.sql', 'utf8'));
console.log(db.selectValue(process.argv[2]));
JS
for each in 3.51.2-build9:3.52.0:0 3.53.4-build2:3.53.4:1 3.54.1-build1:3.54.1:1; do
    IFS=: read -r package version left <<<"$each"
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$temp" "@sqlite.org/sqlite-wasm@$package" >npm.log
    seen=$(node try.mjs "$question" 2>error) || fail "$(cat error)"
    expect "$seen" "$version: alone 1, right 1, other order 1, left $left"
done
