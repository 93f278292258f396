# shellcheck shell=bash
# Functions for the shell scripts of tests/ and examples/: where things are, the sqlite3 shell, the emulator.
# Source it from bash (3.2, as on macOS, is enough), at the root of the project:
#
#   source tests/lib.sh
#   emulator_start --tidy        starts one on a free port of 127.0.0.1 and points the extension at it
#   "$SQLITE3" -cmd ".load $EXTENSION" ...
#
# The emulator is stopped when the script ends, however it ends.

BUILD=${BUILD:-build}
EMULATOR=${EMULATOR:-$BUILD/emulator}
EXTENSION=${EXTENSION:-$BUILD/chat} # without suffix, as .load takes it

# The data of `make shell`, over which the README's queries print what it shows.
demo_data=(--tidy --lived-in --phones 20 --states mixed --addresses 4)

emulator_pid=
emulator_folder=

# macOS ships a sqlite3 that cannot load extensions; Homebrew's can.
find_sqlite3() {
    local candidate
    for candidate in /opt/homebrew/opt/sqlite/bin/sqlite3 /usr/local/opt/sqlite/bin/sqlite3; do
        if [ -x "$candidate" ]; then
            echo "$candidate"
            return
        fi
    done
    command -v sqlite3 || echo sqlite3
}
SQLITE3=${SQLITE3:-$(find_sqlite3)}

# The settings of whoever runs this must not reach a test, and a test's calls must not reach the real service.
environment_clear() {
    local name
    for name in $(compgen -e TWILIO_); do
        unset "$name"
    done
    export TWILIO_CONFIG_DIR=/nonexistent # nor the profiles of their command line tool
    # A proxy would answer for the emulator.
    unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
}

# Is a test, by its name as tests/run has it, left out of a repetition for another reason? tests/once.txt says which.
runs_once() {
    [ -z "${LONG-}" ] && awk -v name="$1" -v where="$2" '
        $1 == name && index("," $2 ",", "," where ",") { found = 1 }
        END { exit !found }' tests/once.txt
}

# Ends the emulator that emulator_start started, by its process id.
emulator_stop() {
    if [ -n "$emulator_pid" ]; then
        kill "$emulator_pid" 2>/dev/null
        wait "$emulator_pid" 2>/dev/null
        emulator_pid=
    fi
    if [ -n "$emulator_folder" ]; then
        rm -rf "$emulator_folder"
        emulator_folder=
    fi
    return 0
}

# The lines after the first name the other ports: "conversations http://127.0.0.1:PORT". All lines come at once.
emulator_export_ports() {
    local name url
    while read -r name url; do
        case $name in
        conversations) export TWILIO_CONVERSATIONS_URL=$url ;;
        media) export TWILIO_MEDIA_URL=$url ;;
        esac
    done <"$emulator_folder/out"
}

# await PID COMMAND...: until the command succeeds, however long that takes on a machine that has other things to do
# (tests/run ends what never comes). Not 0 if the process PID ends first.
await() {
    local pid=$1
    shift
    until "$@"; do
        kill -0 "$pid" 2>/dev/null || { "$@" && return || return; }
        sleep 0.02
    done
}

# within [--foreground] SECONDS COMMAND...: ended after so many, with its process group, which is its own; the status is
# then 124 or 137. --foreground: it stays in the caller's, and is ended alone. Where there is no timeout(1), as on
# macOS, the command is on its own.
within() {
    local options=(--kill-after=10)
    if [ "$1" = --foreground ]; then options+=("$1") && shift; fi
    local seconds=$1
    shift
    if command -v timeout >/dev/null; then
        timeout "${options[@]}" "$seconds" "$@"
    else
        "$@"
    fi
}

# The first line that the emulator has printed; not 0 while it has not ended it.
emulator_says() {
    read -r url <"$emulator_folder/out" || { url= && return 1; }
}

# emulator_start OPTION...: returns when it answers, with credentials exported and the URL of each of its ports
# (TWILIO_CHAT_URL, TWILIO_CONVERSATIONS_URL, TWILIO_MEDIA_URL). Not 0 if it does not start.
emulator_start() {
    local url=
    emulator_stop
    environment_clear
    emulator_folder=$(mktemp -d) || return 1
    trap emulator_stop EXIT
    export TWILIO_API_KEY=SK00000000000000000000000000000001
    export TWILIO_API_KEY_SECRET=emulator-secret
    # Where what takes the emulator's place does not listen there: never the real service.
    export TWILIO_CONVERSATIONS_URL=http://127.0.0.254:1 TWILIO_MEDIA_URL=http://127.0.0.254:1
    : >"$emulator_folder/out" # there before anybody reads it
    # A process group of its own, so that Ctrl-C in a shell on the terminal does not reach it.
    set -m
    "$EMULATOR" --port 0 --print-ports --exit-with-parent --api-key "$TWILIO_API_KEY" --api-secret "$TWILIO_API_KEY_SECRET" "$@" \
        >"$emulator_folder/out" 2>"$emulator_folder/err" </dev/null &
    emulator_pid=$!
    set +m
    if ! await "$emulator_pid" emulator_says; then
        echo "The emulator did not start: $EMULATOR $*" >&2
        cat "$emulator_folder/err" >&2
        return 1
    fi
    export TWILIO_CHAT_URL=$url
    emulator_export_ports
}

# The same for a person who tries something out: what they have set, such as TWILIO_CHAT_API_VERSION, is kept; not where
# to and as whom.
emulator_start_keeping() {
    local settings
    settings=$(export -p | sed -n '/^declare -x TWILIO_CHAT_URL/d; s/^declare -x TWILIO_CHAT_/export TWILIO_CHAT_/p')
    emulator_start "$@" || return
    eval "$settings"
}
