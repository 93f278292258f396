# shellcheck shell=bash
# What the programs and languages that people load the extension into have in common here. Source it after lib.sh.
#
# Each of them goes through the same steps, in its own idiom and with what is special in it besides. NAME is the test,
# the file beside it the program:
#
#   perl, php, ruby, tcl, node      perl.pl, php.php, ruby.rb, tcl.tcl, node.js
#   apsw, sqlite_utils              with_apsw.py, with_sqlite_utils.py
#
# The program prints "ok - STEP" or "not ok - STEP" and, on lines that begin with "#", why. In its environment it finds
#   LIBRARY            the extension's file, with its suffix
#   HOST_FOLDER        an empty folder
#   SERVICE, CHANNEL   SIDs of a service and of a channel of it with MESSAGES messages
#   JOIN, JOINED       a query with one parameter, the service, that gives two columns; and its answer: a=1 b=2 ...
#   TWILIO_CHAT_URL    the emulator; POST /__control/reset, GET /__control/ledger: what was really written, in order

host_steps='loads from its file name
reads with parameters
joins
NULL, integers and JSON arrive as such
text beyond ASCII, and digits, go and come unchanged
half a result can be left
COMMIT sends once, in order
ROLLBACK sends nothing
a statement of its own is sent once
a prepared statement is sent once each time
writes inside a reading loop are sent once
a refused COMMIT raises with the message of the service, and rolls back
a bad row raises, and nothing is sent
RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once
a file, closed and opened again'

# host_start: the emulator, and the environment above.
host_start() {
    emulator_start --tidy --write-limit 0 || exit
    export TWILIO_CHAT_WRITE_RATE=0 TWILIO_CHAT_MAX_RETRIES=1
    HOST_FOLDER=$(mktemp -d) || exit
    trap 'emulator_stop; rm -rf "$HOST_FOLDER"' EXIT
    export HOST_FOLDER HOME=$HOST_FOLDER LC_ALL=C.UTF-8
    case $EXTENSION in /*) LIBRARY=$EXTENSION ;; *) LIBRARY=$PWD/$EXTENSION ;; esac
    if [ -e "$LIBRARY.dylib" ]; then LIBRARY=$LIBRARY.dylib; else LIBRARY=$LIBRARY.so; fi
    SERVICE=$(host_shell 'SELECT min(sid) FROM services')
    CHANNEL=$(host_shell "SELECT min(sid) FROM channels WHERE service_sid = '$SERVICE'")
    MESSAGES=$(host_shell "SELECT messages_count FROM channels WHERE sid = '$CHANNEL'")
    JOIN='SELECT c.friendly_name, count(*) AS messages FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid
        AND m.service_sid = c.service_sid WHERE c.service_sid = ? GROUP BY c.sid ORDER BY c.sid'
    JOINED=$(host_shell "SELECT group_concat(friendly_name || '=' || messages_count, ' ')
        FROM (SELECT * FROM channels WHERE service_sid = '$SERVICE' ORDER BY sid)")
    export LIBRARY SERVICE CHANNEL MESSAGES JOIN JOINED
}

host_shell() {
    "$SQLITE3" -batch -init /dev/null -cmd ".load $EXTENSION" :memory: "$1"
}

# host_skip REASON: the whole test.
host_skip() {
    echo "1..0 # SKIP $1"
    exit 0
}

# host_run COMMAND...: shows what it prints, and complains of a step that it did not report or that it died in.
host_run() {
    local output=$HOST_FOLDER.tap status step missing=
    "$@" >"$output" 2>&1 </dev/null
    status=$?
    sed -E '/^(not )?ok - |^#/!s/^/# /' "$output"
    while IFS= read -r step; do
        grep -qE "^(not )?ok - $step( # SKIP .*)?\$" "$output" || missing="$missing# missing: $step
"
    done <<<"$host_steps"
    if [ -z "$missing" ] && [ $status -eq 0 ]; then
        echo "ok - every step was taken"
    else
        printf 'not ok - every step was taken\n# exit status %d\n%s' $status "$missing"
    fi
    echo "1..$(($(grep -cE '^(not )?ok - ' "$output") + 1))"
    rm -f "$output"
}

# host_python MODULE: the first Python that has it, whose sqlite3 can load extensions.
host_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 /usr/bin/python3 /opt/homebrew/bin/python3; do
        if "$candidate" -c "import sqlite3, $1; sqlite3.connect(':memory:').enable_load_extension(True)" 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

# host_runtime NAME: node, bun or deno, as `make hosts` installs it, or else whatever is in the PATH.
host_runtime() {
    local installed=$PWD/build/hosts/runtimes/node_modules/.bin/$1
    if "$installed" --version >/dev/null 2>&1; then
        echo "$installed"
    else
        command -v "$1"
    fi
}
