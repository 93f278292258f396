#!/usr/bin/env bash
# .parameter set computes a value whose own parameters are NULL, and says nothing.
#
# Expected: after `.parameter set @a 5`, `.parameter set @b "@a + 1"` makes @b 6, as SELECT @a + 1 says and as the shell
#   of 3.54.1 does; or an error.
# Happens: the value is computed by a statement to which nothing has been bound. @b is NULL; a value such as
#   "(SELECT max(n) FROM t WHERE k = @a)" finds no row and is NULL, too; coalesce(@a, 0) is 0. The exit status is 0.
# Seen: the sqlite3 shell 3.40.1 (Debian 12); 3.34.0 does the same.
# Why it matters: scripts of several steps are written so: first the service, then the channel in it. No comparison
#   with NULL is true, so that a report or a DELETE with such a parameter touches no row, and with a newer shell some.
#
# Needs apt-get with its lists. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
fail() { echo "changed: $*" >&2; exit 1; }

apt-get -qq -o APT::Sandbox::User=root download sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
shell() { LD_LIBRARY_PATH=$(echo "$temp"/debian/usr/lib/*/) debian/usr/bin/sqlite3 -batch -init /dev/null "$@"; }

check() { # check WHAT VALUE RESULT: what @b is once it has been set so, beside @a, which is 5
    status=0
    seen=$(printf '%s\n' '.bail on' '.nullvalue nothing' 'CREATE TABLE t(k, n);' 'INSERT INTO t VALUES (5, 50);' \
        '.parameter set @a 5' ".parameter set @b \"$2\"" 'SELECT @b;' | shell :memory: 2>&1) || status=$?
    [ "$seen $status" = "$3 0" ] || fail "$1: \"$seen\", status $status, not $3"
    echo "ok: $1: $seen, status $status"
}
shell :memory: 'SELECT sqlite_version()' | grep -qx 3.40.1 || fail "the version"
check 'a number' '5 + 1' 6
check 'a sum with another parameter' '@a + 1' nothing
check 'the other parameter, or else 0' 'coalesce(@a, 0)' 0
check 'a query that names its key' '(SELECT max(n) FROM t WHERE k = 5)' 50
check 'a query that names the parameter' '(SELECT max(n) FROM t WHERE k = @a)' nothing
