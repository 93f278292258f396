#!/usr/bin/env bash
# A subquery in BETWEEN runs twice when a virtual table takes its bound.
#
# Expected: `rowid BETWEEN (SELECT max(v) FROM k) AND 5000` runs the subquery once, as `rowid >= (SELECT ...) AND rowid
#   <= 5000` does and as BETWEEN does on an ordinary table; it depends on no row.
# Happens: SQLite gives the module the two halves with copies of the bounds, and then, it seems, checks BETWEEN itself
#   with the bounds as they were written. Each subquery runs twice, those of both bounds four times in the place of two.
#   FTS5, SQLite's own module, shows it; a module that vouches for the comparison (omit) does not.
# Seen: the sqlite3 shell 3.40.1 (Debian 12), @sqlite.org/sqlite-wasm 3.54.1-build1 under Node.
# Why it matters: "messages from the last one I have read on" is such a subquery. It costs double, and where it asks a
#   virtual table that asks somebody else, two answers can differ within one statement.
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

# Each time the subquery runs it goes on from a row to the next 999 times.
cat >tables.sql <<'SQL'
CREATE TABLE k(v);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO k SELECT i FROM n;
CREATE TABLE plain(body);
CREATE VIRTUAL TABLE searched USING fts5(body);
INSERT INTO plain(rowid, body) VALUES (1, 'hello'), (2000, 'hello');
INSERT INTO searched(rowid, body) SELECT rowid, body FROM plain;
SQL
cat >try.mjs <<'JS'
import init from '@sqlite.org/sqlite-wasm';
import { readFileSync } from 'node:fs';
const { oo1, capi } = await init({ print: () => {}, printErr: () => {} });
const db = new oo1.DB(':memory:');
db.exec(readFileSync('tables.sql', 'utf8'));
const statement = db.prepare(process.argv[2]);
while (statement.step());
console.log('Fullscan Steps: ' + capi.sqlite3_stmt_status(statement, capi.SQLITE_STMTSTATUS_FULLSCAN_STEP, 0));
console.log(db.selectValue('SELECT sqlite_version()'));
JS
in_shell() { { cat tables.sql; printf '%s\n' '.stats on' "$1;" '.stats off' 'SELECT sqlite_version();'; } | shell :memory:; }
in_wasm() { node try.mjs "$1" 2>error; }
lower='(SELECT max(v) FROM k)'
upper='(SELECT max(v) + 1000 FROM k)'
check() { # check VERSION TABLE CONDITION RUNS: how often the subqueries of the condition run
    seen=$($where "SELECT rowid FROM $2 WHERE $3" | awk '/Fullscan Steps:/ { steps = $NF } END { print $0 " " steps / 999 }')
    [ "$seen" = "$1 $4" ] || fail "$2, $3: $seen, not $1 $4"
    echo "ok: SQLite $1, $2, $3: subqueries run: $4"
}
for where in in_shell in_wasm; do
    case $where in in_shell) version=3.40.1 ;; *) version=3.54.1 ;; esac
    check "$version" plain "rowid BETWEEN $lower AND 5000" 1
    check "$version" searched "rowid >= $lower AND rowid <= 5000" 1
    check "$version" searched "rowid BETWEEN $lower AND 5000" 2
    check "$version" searched "rowid >= $lower AND rowid <= $upper" 2
    check "$version" searched "rowid BETWEEN $lower AND $upper" 4
done
