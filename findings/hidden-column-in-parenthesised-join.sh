#!/usr/bin/env bash
# A hidden column of a virtual table cannot be named from outside a parenthesised join.
#
# Expected: parentheses around a join change no names: what `x JOIN json_each('[1]') AS j` lets be selected, `j.json`,
#   does also in `y JOIN (x JOIN json_each('[1]') AS j)`. j.value does.
# Happens: SQLite makes a subquery of the parenthesised join, with SELECT *, which leaves hidden columns out: "no such
#   column: j.json". Where the parenthesised join is all there is in FROM, it works.
# Seen: the sqlite3 shell 3.40.1 (Debian 12), @sqlite.org/sqlite-wasm 3.54.1-build1 under Node.
# Why it matters: query builders put parentheses around joins. A module whose arguments or keys are hidden columns
#   cannot be asked for them there; naming its columns out of sight makes queries fail that need them.
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

inner="(SELECT 1 AS n) AS x JOIN json_each('[1]') AS j"
alone="SELECT j.json FROM ($inner)"
plain="SELECT j.json FROM (SELECT 2 AS m) AS y JOIN $inner"
value="SELECT j.value FROM (SELECT 2 AS m) AS y JOIN ($inner)"
hidden="SELECT j.json FROM (SELECT 2 AS m) AS y JOIN ($inner)"
expect() { # expect WHAT IT WANTED
    case $2 in *"$3"*) echo "ok: $1: $3" ;; *) fail "$1: $2" ;; esac
}
cat >try.mjs <<'JS'
import init from '@sqlite.org/sqlite-wasm';
const { oo1 } = await init({ print: () => {}, printErr: () => {} });
try { console.log(new oo1.DB(':memory:').selectValue(process.argv[2])); } catch (error) { console.log(error.message); }
JS
in_shell() { shell :memory: "$1" 2>&1; }
in_wasm() { node try.mjs "$1" 2>/dev/null; }
for where in in_shell in_wasm; do
    version=$($where 'SELECT sqlite_version()')
    case $where:$version in in_shell:3.40.1 | in_wasm:3.54.1) ;; *) fail "SQLite $version" ;; esac
    expect "$version, no parentheses" "$($where "$plain")" '[1]'
    expect "$version, parentheses around all" "$($where "$alone")" '[1]'
    expect "$version, parentheses, a visible column" "$($where "$value")" 1
    expect "$version, parentheses, the hidden one" "$($where "$hidden" || :)" 'no such column: j.json'
done
