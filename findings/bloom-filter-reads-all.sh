#!/usr/bin/env bash
# A join that looks up one row in an empty partial index reads the whole table first.
#
# Expected: `batch JOIN message ON message.channel = batch.channel AND state = 'waiting'`, one row in batch, with a
#   partial index on channel of the waiting messages, of which there are none: one look into the empty index.
# Happens: the plan says SEARCH message USING INDEX waiting, and before it BLOOM FILTER ON message: SQLite reads each of
#   the 100,000 messages to fill a filter that keeps it from one look. It does so when the table has been counted by
#   ANALYZE and the other one has not, which it takes for a million rows. 300,000 steps of its machine and not some
#   twenty, at each execution; without ANALYZE there are twenty.
# Seen: the sqlite3 shell 3.40.1 (Debian 12). Not so in @sqlite.org/sqlite-wasm 3.54.1-build1 under Node.
# Why it matters: a queue in a large table with a partial index is the textbook's use of one, and batches live in
#   temporary tables, which nobody analyses. ANALYZE, run to make queries faster, makes this one slower with every row.
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

cat >analysed.sql <<'SQL'
CREATE TABLE message(id INTEGER PRIMARY KEY, channel TEXT, state TEXT, body TEXT);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
INSERT INTO message SELECT i, 'channel' || (i % 1000), 'sent', 'text' FROM n;
ANALYZE;
CREATE INDEX waiting ON message(channel) WHERE state = 'waiting';
CREATE TEMP TABLE batch(channel TEXT);
INSERT INTO batch VALUES ('channel1');
SQL
grep -v ANALYZE analysed.sql >plain.sql
# CROSS JOIN: the order that is meant. It is the same with LEFT JOIN.
query="SELECT body FROM batch CROSS JOIN message ON message.channel = batch.channel AND state = 'waiting'"

cat >try.mjs <<'JS'
import init from '@sqlite.org/sqlite-wasm';
import { readFileSync } from 'node:fs';
const { oo1, capi } = await init({ print: () => {}, printErr: () => {} });
const [script, query] = process.argv.slice(2);
const db = new oo1.DB(':memory:');
db.exec(readFileSync(script, 'utf8'));
const statement = db.prepare(query);
while (statement.step());
const steps = capi.sqlite3_stmt_status(statement, capi.SQLITE_STMTSTATUS_VM_STEP, 0);
console.log(db.selectValue('SELECT sqlite_version()'));
for (const row of db.selectArrays('EXPLAIN QUERY PLAN ' + query)) console.log(row[3]);
console.log('Virtual Machine Steps: ' + steps);
JS
in_shell() {
    {
        cat "$1"
        printf '%s;\n' 'SELECT sqlite_version()' "EXPLAIN QUERY PLAN $query"
        printf '%s\n' '.stats on' "$query;"
    } | shell :memory:
}
in_wasm() { node try.mjs "$1" "$query" 2>error; }
check() { # check WHERE SCRIPT WANTED: the version, what is done with the table, and how long it takes
    local seen
    seen=$($1 "$2" | awk '
        NR == 1 { version = $0 }
        /BLOOM FILTER ON message/ { filter = "a filter, " }
        /SEARCH message USING INDEX waiting/ { search = "the index, " }
        /Virtual Machine Steps:/ { steps = $NF }
        END {
            if (steps > 100000) steps = "more than 100000"
            else if (steps < 100) steps = "less than 100"
            print version " " filter search steps " steps"
        }')
    [ "$seen" = "$3" ] || fail "$2: $seen, not $3"
    echo "ok: $2: $seen"
}
check in_shell analysed.sql "3.40.1 a filter, the index, more than 100000 steps"
check in_shell plain.sql "3.40.1 the index, less than 100 steps"
check in_wasm analysed.sql "3.54.1 the index, less than 100 steps"
check in_wasm plain.sql "3.54.1 the index, less than 100 steps"
