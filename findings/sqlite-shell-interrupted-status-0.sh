#!/usr/bin/env bash
# A sqlite3 shell that is interrupted between two lines of its script ends as if all had gone well.
#
# Expected: Ctrl-C (SIGINT) while the shell waits for the next line of a script from a pipe ends it by the signal, or
#   with a status that is not 0, as it does within a statement ("interrupted", status 1).
# Happens: it reads no further, rolls back the transaction that is open, and ends with status 0. So does -bail. Of a
#   statement over several lines it runs what it has read: an UPDATE without the WHERE that was to come. The shell
#   script around it is not stopped either: bash goes on after a child that has not died of the signal.
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
shell = subprocess.Popen(sys.argv[3:] + ['-init', '/dev/null', 'job.db'], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
first, second = {'transaction': ("BEGIN; INSERT INTO job VALUES ('first half'); SELECT 'half';",
                                 "INSERT INTO job VALUES ('second half'); COMMIT; SELECT 'whole';"),
                 'statement': ("INSERT INTO job VALUES ('kept'); SELECT 'half'; UPDATE job SET step = 'lost'",
                               "WHERE step = 'old'; SELECT 'whole';")}[sys.argv[2]]
shell.stdin.write(first + '\n')
if sys.argv[2] == 'transaction':
    assert shell.stdout.readline() == 'half\n'
time.sleep(1)  # it waits for the next line by then
if sys.argv[1] == 'interrupt':
    shell.send_signal(signal.SIGINT)
    time.sleep(1)
try:
    shell.stdin.write(second + '\n')
    shell.stdin.close()
except BrokenPipeError:
    pass
said = shell.stdout.read().strip()
print(f'status {shell.wait()}, {said or "nothing said"}')
EOF
query() { "./$1" -init /dev/null "$2" "$3" 2>/dev/null; }
run() { # run SHELL interrupt|not transaction|statement [OPTION]: how it ended, and what the table holds
    local shell=$1 how=$2 what=$3
    shift 3
    rm -f job.db*
    query "$shell" job.db 'CREATE TABLE job(step);'
    local ended
    ended=$(python3 halves.py "$how" "$what" "./$shell" "$@" | tr '\n' ' ')
    echo "${ended}[$(query "$shell" job.db 'SELECT * FROM job;' | tr '\n' ' ')]"
}
check() { # check WHAT SEEN WANTED
    [ "$2" = "$3" ] || fail "$1: $2, not $3"
    echo "ok: $1: $2"
}
check "the older shell" "$(query older :memory: 'SELECT sqlite_version();')" 3.40.1
check "the newer shell" "$(query newer :memory: 'SELECT sqlite_version();')" 3.52.0
check "3.40.1, left alone" "$(run older not transaction)" "status 0, whole [first half second half ]"
check "3.40.1, interrupted in a transaction" "$(run older interrupt transaction)" "status 0, nothing said []"
check "3.40.1 -bail, likewise" "$(run older interrupt transaction -bail)" "status 0, nothing said []"
check "3.52.0, left alone" "$(run newer not transaction)" "status 0, whole [first half second half ]"
check "3.52.0 -bail, interrupted in a transaction" "$(run newer interrupt transaction -bail)" \
    "status 0, Program interrupted. []"
check "3.40.1, a statement over two lines, left alone" "$(run older not statement)" "status 0, half whole [kept ]"
check "3.40.1, interrupted within it" "$(run older interrupt statement)" "status 0, half [lost ]"
check "3.52.0, interrupted within it" "$(run newer interrupt statement)" \
    "status 0, Program interrupted. half [lost ]"
