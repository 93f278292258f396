#!/usr/bin/env bash
# A sqlite3 shell that is interrupted between two lines of its script ends as if all had gone well.
#
# Expected: Ctrl-C (SIGINT) while the shell waits for the next line of a script from a pipe ends it by the signal, or
#   with a status that is not 0, as it does within a statement ("interrupted", status 1).
# Happens: it reads no further, rolls back the transaction that is open, and ends with status 0. So does -bail. The
#   shell script around it is not stopped either: bash goes on after a child that has not died of the signal.
# Seen: the sqlite3 shell 3.40.1 (Debian 12), without a word; 3.52.0 says "Program interrupted." and ends with 0, too.
# Why it matters: a job made of several `sqlite3 file <<SQL` steps goes on after Ctrl-C, with a step missing in the
#   middle. What helps: a last line in each script that prints a mark, without which the step counts as not done.
#
# Needs apt-get with its lists, npm, a C compiler, python3. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
fail() { echo "changed: $*" >&2; exit 1; }

apt-get -qq -o APT::Sandbox::User=root download sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
npm pack --silent sqlite3@6.0.1 >npm.log
tar -xzf sqlite3-6.0.1.tgz
tar -xzf package/deps/sqlite-autoconf-3520000.tar.gz
cc -w -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -o newer sqlite-autoconf-3520000/shell.c \
    sqlite-autoconf-3520000/sqlite3.c -lm
{
    echo '#!/bin/sh'
    echo "LD_LIBRARY_PATH=$(echo "$temp"/debian/usr/lib/*/) exec $temp/debian/usr/bin/sqlite3 \"\$@\""
} >older
chmod +x older

# Gives the script's second half once the first has answered, with or without a signal in between.
cat >halves.py <<'EOF'
import signal, subprocess, sys, time
shell = subprocess.Popen(sys.argv[2:] + ['-init', '/dev/null', 'job.db'], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
shell.stdin.write("BEGIN; INSERT INTO job VALUES ('first half'); SELECT 'half';\n")
assert shell.stdout.readline() == 'half\n'
time.sleep(1)  # it waits for the next line by then
if sys.argv[1] == 'interrupt':
    shell.send_signal(signal.SIGINT)
    time.sleep(1)
try:
    shell.stdin.write("INSERT INTO job VALUES ('second half'); COMMIT; SELECT 'whole';\n")
    shell.stdin.close()
except BrokenPipeError:
    pass
said = shell.stdout.read().strip()
print(f'status {shell.wait()}, {said or "nothing said"}')
EOF
query() { "./$1" -init /dev/null "$2" "$3" 2>/dev/null; }
run() { # run SHELL interrupt|not [OPTION]: how it ended, and how many rows are there
    local shell=$1 how=$2
    shift 2
    rm -f job.db*
    query "$shell" job.db 'CREATE TABLE job(step);'
    echo "$(python3 halves.py "$how" "./$shell" "$@"), $(query "$shell" job.db 'SELECT count(*) FROM job;') rows"
}
check() { # check WHAT SEEN WANTED
    [ "$2" = "$3" ] || fail "$1: $2, not $3"
    echo "ok: $1: $2"
}
check "the older shell" "$(query older :memory: 'SELECT sqlite_version();')" 3.40.1
check "the newer shell" "$(query newer :memory: 'SELECT sqlite_version();')" 3.52.0
check "3.40.1, left alone" "$(run older not)" "status 0, whole, 2 rows"
check "3.40.1, interrupted between two lines" "$(run older interrupt)" "status 0, nothing said, 0 rows"
check "3.40.1 -bail, interrupted between two lines" "$(run older interrupt -bail)" "status 0, nothing said, 0 rows"
check "3.52.0, left alone" "$(run newer not)" "status 0, whole, 2 rows"
check "3.52.0 -bail, interrupted between two lines" "$(run newer interrupt -bail)" \
    "status 0, Program interrupted., 0 rows"
