#!/usr/bin/env bash
# A failed UPDATE ... FROM on a virtual table keeps half of its work.
#
# Expected: a statement that fails leaves nothing behind. Inside a transaction SQLite takes the statement back, and the
#   transaction goes on as if it had never run; on a virtual table it does so with a statement savepoint.
# Happens: UPDATE ... FROM opens no statement savepoint for a virtual table. If the module refuses the third row, the
#   changes of the first two stay, and COMMIT writes them to the file. The same change written as a plain UPDATE with a
#   subquery is taken back whole. R-Tree, SQLite's own module, shows it.
# Seen: the sqlite3 shell 3.40.1 (Debian 12), @sqlite.org/sqlite-wasm 3.54.1-build1 under Node.
# Why it matters: a module that queues changes and sends them at COMMIT would send the first rows of a statement that
#   the user saw fail. It cannot wait for xRollbackTo to tell it so.
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

tables="CREATE VIRTUAL TABLE box USING rtree(id, low, high);
INSERT INTO box VALUES (1, 1, 5), (2, 1, 5), (3, 1, 5);
CREATE TABLE news(id INTEGER PRIMARY KEY, low);
INSERT INTO news VALUES (1, 2), (2, 3), (3, 9);" # 9 is above the third box's 5: R-Tree refuses that row alone
rows="SELECT group_concat(id || ':' || CAST(low AS INTEGER), ' ') FROM (SELECT id, low FROM box ORDER BY id)"
plain="UPDATE box SET low = (SELECT low FROM news WHERE news.id = box.id)"
from="UPDATE box SET low = news.low FROM news WHERE news.id = box.id"

version=$(shell :memory: "SELECT sqlite_version()")
[ "$version" = 3.40.1 ] || fail "the shell is SQLite $version"
try() { # try FILE STATEMENT: fails inside a transaction, which is then committed; a new connection reads
    shell "$1" "$tables"
    printf 'BEGIN;\n%s;\nCOMMIT;\n' "$2" | shell "$1" 2>error || :
    grep -q 'rtree constraint failed' error || fail "no error from: $2"
    shell "$1" "$rows"
}
seen=$(try plain.db "$plain")
[ "$seen" = "1:1 2:1 3:1" ] || fail "$version, plain UPDATE leaves $seen"
echo "ok: $version, plain UPDATE that fails at row 3, then COMMIT: $seen"
seen=$(try from.db "$from")
[ "$seen" = "1:2 2:3 3:1" ] || fail "$version, UPDATE FROM leaves $seen"
echo "ok: $version, UPDATE FROM that fails at row 3, then COMMIT: $seen (two rows stay changed)"

cat >try.mjs <<'EOF'
import init from '@sqlite.org/sqlite-wasm';
const { oo1 } = await init({ print: () => {}, printErr: () => {} });
const [tables, rows, statement] = process.argv.slice(2);
const db = new oo1.DB(':memory:');
db.exec(tables);
db.exec('BEGIN');
let error = 'none';
try { db.exec(statement); } catch (thrown) { error = thrown.message; }
db.exec('COMMIT');
if (!error.includes('rtree constraint failed')) throw new Error('error: ' + error);
console.log(db.selectValue('SELECT sqlite_version()') + '|' + db.selectValue(rows));
EOF
seen=$(node try.mjs "$tables" "$rows" "$plain" 2>error) || fail "$(cat error)"
[ "$seen" = "3.54.1|1:1 2:1 3:1" ] || fail "plain UPDATE: $seen"
echo "ok: 3.54.1, plain UPDATE that fails at row 3, then COMMIT: ${seen#*|}"
seen=$(node try.mjs "$tables" "$rows" "$from" 2>error) || fail "$(cat error)"
[ "$seen" = "3.54.1|1:2 2:3 3:1" ] || fail "UPDATE FROM: $seen"
echo "ok: 3.54.1, UPDATE FROM that fails at row 3, then COMMIT: ${seen#*|} (two rows stay changed)"
