#!/usr/bin/env bash
# Keeps a copy of everything the service has in an SQLite file, and brings it up to date each time it is run.
#
#   examples/archive.sh [--verify] [--media] [--media-dir FOLDER] [--conversations] [--dry-run] [--emulator] FILE.db
#
# FILE.db holds the API's tables under their own names, for any SQLite program: sql/archive/schema.sql describes it.
#   (nothing)         reads what is new: lists, and messages of the channels that tell of new or missing ones
#   --verify          reads everything, and so finds every edit and deletion
#   --recheck N       percent of the lists of messages that a plain run reads anew, those first that were checked
#                     longest ago (1)
#   --media           keeps the contents of attachments too, in the table `media`; --media-dir FOLDER: as files there
#   --conversations   Conversations' tables. Else Chat's by its version 2 and, if Chat does not answer, Conversations';
#                     --v1: by version 1, which hides much, and makes each attribute a request of its own
#   --dry-run         says how many requests and bytes a run is likely to take, and writes nothing
#   --emulator        of an emulator with generated data, which is started; no credentials needed
#   --quiet           no progress line and no summary
#
# Talks to the real service with the credentials in the environment, like examples/export_channels.sh;
# TWILIO_CHAT_SERVICE_SID keeps it to one service. A run that is stopped, by whatever, leaves what it has committed: the
# next one goes on from there. While one is at work on FILE.db another says so and ends; FILE.db-lock is for that, and
# may be deleted when none is. What others read in FILE.db meanwhile they read as of the last transaction.
set -u -o pipefail
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2

usage() {
    sed -n '4p' "$0" | sed 's/^# *//' >&2
    exit 2
}

fail() {
    [ -z "$shown" ] || printf '\r\033[K' >&2
    echo "archive: $1" >&2
    exit 1
}

# --- arguments --------------------------------------------------------------------------------------------------------

shown=
kind=update
recheck=1
media=0
media_dir=
generation=${TWILIO_CHAT_API_VERSION:-}
dry=
emulator=
quiet=
lists=500
rows=150000
width=32
extension=
file=
while [ $# -gt 0 ]; do
    case $1 in
    --verify) kind=verify ;;
    --media) media=1 ;;
    --conversations) generation=conversations ;;
    --v1) generation=v1 ;;
    --dry-run) dry=yes ;;
    --emulator) emulator=yes ;;
    --quiet) quiet=yes ;;
    --recheck | --media-dir | --extension | --lists | --rows | --width)
        [ $# -ge 2 ] || usage
        name=${1#--}
        eval "${name//-/_}=\$2"
        shift
        ;;
    --) ;;
    -*) usage ;;
    *)
        [ -z "$file" ] || usage
        file=$1
        ;;
    esac
    shift
done
[ -n "$file" ] || usage
for number in "$recheck" "$lists" "$rows" "$width"; do
    case $number in '' | *[!0-9]* | ?????????*) fail "$number: a number is needed" ;; esac
done
[ "$recheck" -le 100 ] || fail "--recheck $recheck: percent, at most 100"
case $generation in
'' | v1 | v2 | conversations) ;;
*) fail "TWILIO_CHAT_API_VERSION is $generation: v1, v2 or conversations" ;;
esac
[ ! -d "$file" ] || fail "$file is a folder"
case $file in /*) ;; *) file=$PWD/$file ;; esac
[ -d "$(dirname "$file")" ] || fail "$(dirname "$file"): no such folder"
if [ -n "$media_dir" ]; then
    media=1
    mkdir -p "$media_dir" 2>/dev/null && media_dir=$(cd "$media_dir" && pwd) || fail "$media_dir: cannot be made a folder"
fi
case $file$media_dir in
*[\'\"]* | *$'\n'*) fail "a quote or a line break in the name of a file is more than this can bear" ;;
esac

BUILD=${BUILD:-$root/build}
source "$root/tests/lib.sh"
source "$root/examples/lock.sh"
extension=${extension:-$EXTENSION}
case $extension in /*) ;; *) extension=$PWD/$extension ;; esac
if [ -n "$emulator" ]; then emulator_start --tidy --phones 20 --states mixed --media-bytes 20000 || exit; fi
work=$(mktemp -d) || exit
trap 'rm -rf "$work"; emulator_stop' EXIT
trap 'fail "stopped; run it again, and it goes on"' INT TERM HUP
trap '' PIPE

# --- sqlite3 ----------------------------------------------------------------------------------------------------------

# The first line of what sqlite3 complained of, without its own words.
reason() {
    sed -nE -e '/^[[:space:]]*$/d' -e 's/^(Runtime error|Parse error|Error)( near line [0-9]+)?: //' \
        -e 's/^(stepping|in prepare), //' -e 's/ \([0-9]+\)$//' -e 's/^CHECK constraint failed: //' \
        -e 'p;q' "$work/said"
}

# start DATABASE: one sqlite3 does the whole run, told what to do line by line, so that it ends soon after this script.
start() {
    pipe in 8 3
    pipe out 4 7
    export TWILIO_CHAT_API_VERSION=$generation
    TWILIO_CHAT_MEDIA_MAX_MB=${TWILIO_CHAT_MEDIA_MAX_MB:-256} \
        "$SQLITE3" -batch -bail -noheader -separator ' ' -init /dev/null -cmd ".load $extension" "$1" \
        <&8 >&7 2>"$work/said" 3>&- 4<&- 8<&- 7>&- &
    worker=$!
    exec 8<&- 7>&-
}

# tell LINE...: has sqlite3 do it; what it answers is in `answer`, the last line. Not 0 if it has given up.
tell() {
    local line
    answer=
    printf '%s\n' "$@" '.print =done' >&3 2>/dev/null || return 1
    while IFS= read -r line <&4; do
        [ "$line" != =done ] || return 0
        answer=$line
    done
    return 1
}

ask() {
    tell "$@" || broken
}

# Notes in the file what has stopped the run, if that still can be done.
broken() {
    local why
    exec 3>&-
    wait "$worker"
    why=$(reason)
    why=${why:-sqlite3 has ended}
    printf '%s\n' ".parameter init" "UPDATE archive_runs SET error = '${why//\'/\'\'}' WHERE ended_at IS NULL;" |
        "$SQLITE3" -batch -bail -init /dev/null "$file" >/dev/null 2>&1
    case $why in
    interrupted*) fail "stopped; run it again, and it goes on" ;;
    esac
    fail "$why"
}

# --- which generation -------------------------------------------------------------------------------------------------

# answers VERSION TABLE: one request. Of a sqlite3 that was killed nothing can be told.
answers() {
    TWILIO_CHAT_API_VERSION=$1 "$SQLITE3" -batch -bail -init /dev/null -cmd ".load $extension" :memory: \
        "SELECT count(*) FROM (SELECT sid FROM $2 LIMIT 1)" >/dev/null 2>"$work/said"
    local status=$?
    [ $status -le 128 ] || fail "sqlite3 was killed; run it again"
    return $status
}

choose() {
    local why
    [ -z "$generation" ] || return 0
    generation=v2
    TWILIO_CHAT_MAX_RETRIES=${TWILIO_CHAT_MAX_RETRIES:-1} answers v2 services && return
    why=$(reason)
    if answers conversations conversation_services; then
        generation=conversations
        echo "archive: Chat does not answer ($why): keeping the tables of Conversations" >&2
        return
    fi
    fail "$why"
}

# --- the run ----------------------------------------------------------------------------------------------------------

# A file with tables of others is not written to.
check_file() {
    [ -s "$file" ] || return 0
    "$SQLITE3" -batch -bail -init /dev/null "$file" "SELECT count(*) FROM sqlite_master WHERE name = 'archive_runs';
        SELECT count(*) FROM sqlite_master" >"$work/found" 2>"$work/said" || fail "$file: $(reason)"
    case $(tr '\n' ' ' <"$work/found") in '0 0 ' | '1 '*) ;; *) fail "$file holds something else than an archive" ;; esac
}

family() {
    if [ "$generation" = conversations ]; then echo conversations; else echo chat; fi
}

progress() {
    [ -z "$quiet" ] && [ -t 2 ] || return 0
    local left=$1 requests=$2 new=$3 edited=$4 gone=$5 seconds=$((SECONDS + 1))
    shown=yes
    printf '\r\033[K%s: %s requests, %s a second; %s new, %s edited, %s gone; %s lists to be read' "$doing" "$requests" \
        $(((requests - first) / seconds)) "$new" "$edited" "$gone" "$left" >&2
}

# sets: number, its kind and so on, of the run that goes on.
begin() {
    ask ".read '$root/sql/archive/begin.sql'"
    read -r _ number run_kind run_generation run_media began new_run <<<"$answer"
    [ "$new_run" = 1 ] || [ -n "$quiet" ] ||
        echo "archive: going on with the $run_kind that was begun at $began" >&2
}

open_tables() {
    local dir=NULL
    [ -z "$media_dir" ] || dir="'$media_dir'"
    ask ".cd '$root'" '.read sql/archive/schema.sql' ".read sql/archive/$(family)_tables.sql" \
        '.read sql/archive/session.sql' 'DELETE FROM temp.options;' \
        "INSERT INTO temp.options VALUES ($lists, $rows, $width, $recheck, '$kind', '$generation', $media, $dir);" \
        ".read sql/archive/$(family)_open.sql"
}

# One run to its end.
run() {
    local doing what table mode
    SECONDS=0
    ask '.read sql/archive/next.sql'
    read -r _ _ _ _ first _ <<<"$answer"
    while :; do
        ask '.read sql/archive/next.sql'
        read -r what table mode left requests new edited gone <<<"$answer"
        doing=$table
        progress "$left" "$requests" "$new" "$edited" "$gone"
        case $what in
        todo)
            [ "$mode" != newer ] || table=${table}_newer
            ask ".read sql/archive/$table.sql"
            ;;
        plan)
            # Not before the messages of a first run are there.
            [ "$table" -lt 2 ] || ask ".read sql/archive/$(family)_indexes.sql"
            ask ".read sql/archive/$(family)_gone.sql" ".read sql/archive/$(family)_plan.sql"
            ;;
        end) break ;;
        *) fail "the archive is not as it should be: $answer" ;;
        esac
    done
    ask '.read sql/archive/end.sql'
    [ -z "$shown" ] || printf '\r\033[K' >&2
    shown=
    [ -n "$quiet" ] || echo "run $number, $run_kind by $run_generation: $new new, $edited edited, $gone gone; $requests requests"
}

# Says what a run will take: reads the short lists into a database of its own, beside what FILE.db has, and no more.
dry_run() {
    local what table stage=0 needed wanted messages bytes
    start "$work/dry.db"
    open_tables
    [ ! -s "$file" ] || seed
    begin
    while [ "$stage" -lt 2 ]; do
        ask '.read sql/archive/next.sql'
        read -r what table _ <<<"$answer"
        case $what in
        todo) ask ".read sql/archive/$table.sql" ;;
        *) ask ".read sql/archive/$(family)_plan.sql" ;;
        esac
        ask 'SELECT stage FROM temp.run;'
        stage=$answer
    done
    ask ".read sql/archive/$(family)_dry_run.sql"
    read -r _ needed wanted messages bytes <<<"$answer"
    exec 3>&-
    wait "$worker"
    bytes=$(awk -v n="$bytes" 'BEGIN { printf n < 1e6 ? "%.0f KB" : "%.1f MB", n / (n < 1e6 ? 1e3 : 1e6) }')
    if [ "$messages" = '?' ]; then
        echo "at least $needed requests and $bytes: $wanted lists, by $generation, and as many pages as messages fill"
    else
        echo "about $needed requests and $bytes: $messages messages in $wanted lists, by $generation"
    fi
}

# What FILE.db has, but for texts.
seed() {
    local table messages=messages parent=channel_sid short='services users channels bindings'
    if [ "$generation" = conversations ]; then
        messages=conversation_messages parent=conversation_sid
        short='conversation_services conversation_users conversations'
    fi
    ask "ATTACH '$file' AS old;"
    ask "SELECT count(*) FROM old.sqlite_master WHERE name = '$messages';"
    [ "$answer" = 1 ] || return 0
    for table in $short archive_lists; do
        ask "INSERT INTO main.$table SELECT * FROM old.$table;"
    done
    ask "INSERT INTO main.$messages(path, sid, $parent, \"index\", gone_at)
            SELECT path, sid, $parent, \"index\", gone_at FROM old.$messages;"
}

choose
if [ -n "$dry" ]; then
    check_file
    dry_run
    exit
fi
check_file
lock "$file-lock"
case $? in
0) ;;
1) fail "another archive run is at work on $file" ;;
*) fail "$file-lock: $(reason)" ;;
esac
start "$file"
open_tables
begin
if [ "$new_run" = 0 ] && [ "$run_generation" != "$generation" ]; then
    # What was begun by another generation is left as far as it came: this one reads all of its own lists.
    ask "UPDATE archive_runs SET ended_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
             error = 'left unfinished for $generation' WHERE ended_at IS NULL;" \
        'DELETE FROM archive_todo;'
    begin
fi
run
# What went on was perhaps another kind of run than the one asked for.
if [ "$new_run" = 0 ] && { [ "$run_kind" != "$kind" ] && [ "$kind" = verify ] || [ "$run_media" -lt "$media" ]; }; then
    begin
    run
fi
tell 'PRAGMA wal_checkpoint(PASSIVE);' || broken
exec 3>&-
wait "$worker"
