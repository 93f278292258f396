#!/usr/bin/env bash
# The sqlite3 shell cuts long values in the files that it writes, when it is a person who types.
#
# Expected: `.mode csv` with `.output FILE` or `.once FILE` writes whole values, and `.mode insert` statements that make
#   the same rows again, from a terminal as from a script.
# Happens: at a terminal the shell shows no more than 300 characters of a value, and it does so in files too: a longer
#   one ends in "...", without a word, and an INSERT so written has lost its closing quote. `.mode csv --limits off`
#   writes all; the same lines through a pipe do without.
# Seen: the sqlite3 shell 3.52.0. Right: 3.40.1 (Debian 12).
# Why it matters: what a person exports by hand looks like what a tested script exports, until a long message is
#   looked for.
#
# Needs apt-get with its lists, npm, a C compiler, python3. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
fail() { echo "changed: $*" >&2; exit 1; }

apt-get -qq -o APT::Sandbox::User=root download sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
# Node's package sqlite3 has the sources of the shell with it.
npm pack --silent sqlite3@6.0.1 >npm.log
tar -xzf sqlite3-6.0.1.tgz
tar -xzf package/deps/sqlite-autoconf-3520000.tar.gz
cc -w -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -o newer sqlite-autoconf-3520000/shell.c \
    sqlite-autoconf-3520000/sqlite3.c -lm
older() { LD_LIBRARY_PATH=$(echo "$temp"/debian/usr/lib/*/) "$@" debian/usr/bin/sqlite3 -init /dev/null :memory:; }
newer() { "$@" ./newer -init /dev/null :memory:; }

cat >typed.py <<'EOF'
import os, pty, sys
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
os.write(terminal, sys.stdin.buffer.read())
try:
    while os.read(terminal, 4096):
        pass
except OSError:
    pass # the shell has ended
os.waitpid(child, 0)
EOF
message="CREATE TABLE message(body); INSERT INTO message VALUES(printf('%.*c', 1000, 'x'));"
written() { # written SHELL HOW MODE: how many x reach the file, with "..." or without
    rm -f file
    # shellcheck disable=SC2086 # a program and its argument, or none
    printf '%s\n' "$message" "$3" ".once file" "SELECT body FROM message;" .exit | $1 $2 >/dev/null 2>&1
    echo "$(tr -cd x <file | wc -c)$(grep -o '\.\.\.' file || :)"
}
check() { # check WHAT SEEN WANTED
    [ "$2" = "$3" ] || fail "$1: $2, not $3"
    echo "ok: $1: $2"
}
check "the older shell" "$(echo 'SELECT sqlite_version();' | older env)" 3.40.1
check "the newer shell" "$(echo 'SELECT sqlite_version();' | newer env)" 3.52.0
check "3.40.1 at a terminal, characters of 1000 in CSV" "$(written older 'python3 typed.py' '.mode csv')" 1000
check "3.52.0 from a pipe, in CSV" "$(written newer env '.mode csv')" 1000
check "3.52.0 at a terminal, in CSV" "$(written newer 'python3 typed.py' '.mode csv')" 300...
check "3.52.0 at a terminal, in CSV, --limits off" "$(written newer 'python3 typed.py' '.mode csv --limits off')" 1000
check "3.52.0 at a terminal, in INSERT" "$(written newer 'python3 typed.py' '.mode insert copy')" 299...
{ echo "CREATE TABLE copy(body);" && cat file; } >copy.sql
copied=$(newer env <copy.sql 2>&1) || :
case $copied in
*"unrecognized token"*) echo "ok: 3.52.0 says to the INSERT: ${copied%%\"*}" ;;
*) fail "the INSERT: $copied" ;;
esac
