#!/usr/bin/env bash
# SQLite's replace() cannot take a NUL character out of a text.
#
# Expected: replace(body, char(0), '') takes every NUL out, as instr(body, char(0)) finds it and as replace() does where
#   the NUL is not the first character of what is looked for.
# Happens: what begins with NUL is taken for the empty text, for which replace() gives the first argument back as it is.
#   No error, nothing changed; with a BLOB x'00' it is the same. A NUL that comes second is found and replaced.
# Seen: the sqlite3 shell 3.40.1 (Debian 12), @sqlite.org/sqlite-wasm 3.54.1-build1 under Node.
# Why it matters: JSON may carry a NUL in a text, and some functions and most programs in C end there. The statement
#   that is to mend it runs through and mends nothing.
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

cat >try.mjs <<'JS'
import init from '@sqlite.org/sqlite-wasm';
const { oo1 } = await init({ print: () => {}, printErr: () => {} });
console.log(new oo1.DB(':memory:').selectValue(process.argv[2]));
JS
in_shell() { shell :memory: "$1"; }
in_wasm() { node try.mjs "$1" 2>error; }
check() { # check EXPRESSION WANTED: of body, which is a, NUL, b
    seen=$($where "WITH message(body) AS (SELECT 'a' || char(0) || 'b') SELECT $1 FROM message")
    [ "$seen" = "$2" ] || fail "$version, $1: $seen, not $2"
    echo "ok: $version, $1: $seen"
}
for where in in_shell in_wasm; do
    version=$($where 'SELECT sqlite_version()')
    case $where:$version in in_shell:3.40.1 | in_wasm:3.54.1) ;; *) fail "SQLite $version" ;; esac
    check "hex(body)" 610062
    check "instr(body, char(0))" 2
    check "hex(replace(body, char(0), ''))" 610062
    check "hex(replace(body, char(0) || 'b', ''))" 610062
    check "hex(replace(body, x'00', ''))" 610062
    check "hex(replace(body, 'a' || char(0), ''))" 62
done
