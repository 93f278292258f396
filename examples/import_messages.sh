#!/usr/bin/env bash
# Sends the messages of a CSV file, each once, however often it is run.
#
#   examples/import_messages.sh [--dry-run] [--again] [--batch N] [--emulator] [--state FILE] [--extension SO] FILE
#
# FILE is CSV with a header line and three columns (RFC 4180: a text with a comma, quote or line break is in quotes):
#
#   channel,author,body
#   general,alice,Good morning
#   CH0123456789abcdef0123456789abcdef,,"A line,
#   and another"
#
# channel is a SID or a unique_name; author may be empty (then the service writes `system`). What stands in the file is
# sent as it stands: 007 stays 007, +15551234567 keeps its plus. Everything is checked before the first message is sent:
# bad input is refused with a line for each record that is wrong. As long as nothing has been sent, the file may be
# mended and the command run again.
#
# --dry-run checks everything, the channels too, says what would be sent, and leaves nothing behind. --emulator sends to
# an emulator with tidy data instead, and needs no credentials. Its three services have a channel `general` each: the
# refusal names them, and TWILIO_CHAT_SERVICE_SID chooses.
#
# What was done is kept beside the file, in FILE.csv.state (or --state FILE), an SQLite database with a row for each
# record in its table `lines`. Run the same command again after a failure, a Ctrl-C or a crash: it sends what was not
# sent, and only that. While one is at work on the state another says so and ends; FILE.csv.state-lock is for that, and
# may be deleted when none is. FILE.csv.state-writes is the journal of what was sent; after a crash there may be a
# FILE.csv.state-writes-wal and -shm (and a FILE.csv.state-journal) beside it: all these belong together, and to
# FILE.csv. Take all along, or none. Without the -wal what became of the last messages may be lost (they are unknown
# then), without the journal what was sent: a run that finds so says it, and sends nothing. A message is
#   waiting   not sent yet
#   sent      the service has it; its SID is in the table
#   refused   the service has refused it, for the reason in the table; not sent again by itself
#   unknown   sent, but the answer was lost: look in the channel whether it is there; not sent again by itself
# --again sends those that are refused or unknown once more: do so when you have looked. A run ends at the first batch
# (of 100, --batch N) in which something goes wrong, and says how things stand; the exit status is 0 when all is sent.
# So it does after a Ctrl-C (then with 130), and, when the batch is done, after a SIGTERM or SIGHUP to the script alone.
#
# Messages of a channel keep the order of the file; channels are served side by side, at the pace that the service
# allows. Talks to the real service with the credentials in the environment, like examples/export_channels.sh;
# TWILIO_CHAT_SERVICE_SID keeps it to one service.
set -u -o pipefail
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2

usage() {
    sed -n '4p' "$0" | sed 's/^# *//' >&2
    exit 2
}

# What a signal has stopped fails for no other reason.
fail() {
    stop_if_told
    echo "import_messages: $1" >&2
    exit 1
}

stop_if_told() {
    [ -n "$signal" ] || return 0
    echo "import_messages: stopped; the same command sends what is not sent" >&2
    exit $((128 + signal))
}

# A signal is remembered, and the run ends between two steps. sqlite3 has a Ctrl-C from the terminal.
signal=

# --- arguments --------------------------------------------------------------------------------------------------------

state=
batch=100
again=
dry_run=
emulator=
extension=
file=
while [ $# -gt 0 ]; do
    case $1 in
    --again) again=yes ;;
    --dry-run) dry_run=yes ;;
    --emulator) emulator=yes ;;
    --state | --batch | --extension)
        [ $# -ge 2 ] || usage
        eval "${1#--}=\$2"
        shift
        ;;
    -*) usage ;;
    *)
        [ -z "$file" ] || usage
        file=$1
        ;;
    esac
    shift
done
[ -n "$file" ] || usage
case $batch in '' | *[!0-9]* | 0*) fail "--batch $batch: a number of 1 or more is needed" ;; esac
[ -f "$file" ] && [ -r "$file" ] || fail "$file: no such file, or not readable"
case $file$state in
*[\'\"]* | *$'\n'*) fail "a quote or a line break in the name of a file is more than this example can bear" ;;
esac

BUILD=${BUILD:-$root/build}
source "$root/tests/lib.sh"
source "$root/examples/lock.sh"
extension=${extension:-$EXTENSION}
trap 'signal=${signal:-1}' HUP
trap 'signal=${signal:-2}' INT
trap 'signal=${signal:-15}' TERM
work=$(mktemp -d) || exit
trap 'trap "" HUP INT TERM; emulator_stop; rm -rf "$work"' EXIT
if [ -n "$emulator" ]; then
    emulator_start_keeping --tidy || exit
    trap 'trap "" HUP INT TERM; emulator_stop; rm -rf "$work"' EXIT
    # What an emulator has been sent is gone with it.
    state=${state:-$work/state}
fi
state=${state:-$file.state}
named=$state

# --- sqlite3 ----------------------------------------------------------------------------------------------------------

# run DATABASE SQL [OPTION...]: not 0 unless all of the SQL was done. What it prints is in work/out, what it complains
# of in work/said. A statement ends where a line ends in a semicolon. Each is an argument: of standard input sqlite3
# reads no further after a SIGINT, does what it has read of a statement, be it without its WHERE, and ends with 0; and
# within one argument 3.54 goes on after an error. The mark at the end is there if nothing was left out.
run() {
    local database=$1 script=$2 line statement=$'\n' statements=()
    shift 2
    while IFS= read -r line; do
        statement=$statement$line$'\n'
        case $line in
        *\;)
            statements+=("$statement")
            statement=$'\n'
            ;;
        esac
    done <<<"$script;"
    "$SQLITE3" -batch -bail -noheader -list -init /dev/null ${1+"$@"} \
        "$database" "${statements[@]}" "SELECT '=whole';" \
        >"$work/all" 2>"$work/said" &&
        [ "$(tail -n 1 "$work/all")" = =whole ] && sed '$d' "$work/all" >"$work/out"
}

# With `chat` the extension is there, and its journal of calls beside the file that SQLite has opened: where the state
# is a link, that is not beside the link.
sql() {
    run "$state" "$1"
}
chat() {
    run "$state" "$1" -cmd ".load $extension"
}

# The first line of what sqlite3 complained of, without its own words.
reason() {
    sed -nE -e '/^[[:space:]]*$/d' -e 's/^(Runtime error|Parse error|Error)( near line [0-9]+)?: //' \
        -e 's/^(stepping|in prepare), //' -e 's/ \([0-9]+\)$//' -e 'p;q' "$work/said" |
        grep . || echo 'sqlite3 has ended'
}

# Ends the run for what a step that was not done has complained of. Steps in which the state and the journal must be of
# one mind say so in a constraint.
agreement='CREATE TEMP TABLE agreed(difference INTEGER CONSTRAINT both_agree CHECK (difference = 0));'
fail_disagreeing() {
    fail "$state and its journal $journal do not agree on what was sent: compare them; nothing more is sent ($way_out)"
}
way_out="put back the journal that belongs to it, with its -wal; or, when you have looked which messages are in their \
channels, write of each line in the table lines that is 'sending' whether it is 'sent' or 'waiting'"
fail_step() {
    stop_if_told
    case $(reason) in
    *both_agree*)
        fail_disagreeing
        ;;
    esac
    fail "$(reason)"
}

# --- one at a time ----------------------------------------------------------------------------------------------------

find_journal() {
    sql "SELECT file || '-writes' FROM pragma_database_list WHERE name = 'main'" || fail_step
    journal=$(cat "$work/out")
}

# Held until this script and the sqlite3 that it has started have ended: one that is sending goes on where the script
# alone is killed.
take_lock() {
    lock "${journal%-writes}-lock"
    case $? in
    0) ;;
    1) fail 'another import of this file is running' ;;
    *) fail "$named-lock: $(reason)" ;;
    esac
}

check_state() {
    [ -s "$state" ] || return 0
    sql 'SELECT journal FROM run LIMIT 0' || fail "$named: not the state of an import ($(reason))"
}

# A dry run goes on from what was done, in a copy, and leaves nothing behind.
take_copy() {
    if [ -s "$state" ]; then
        find_journal
        [ ! -e "${journal%-writes}-lock" ] || take_lock
        check_state # with it goes what a crash has left unfinished
        cp "$state" "$work/state" || fail "$state cannot be copied"
        for each in '' -wal; do
            [ ! -f "$journal$each" ] || cp "$journal$each" "$work/state-writes$each" || fail "$journal cannot be copied"
        done
    fi
    state=$work/state
}

# --- reading the file -------------------------------------------------------------------------------------------------

# fail_if_any FILE NAME: ends with the lines of a file of complaints, if there are any, each with the name before it.
fail_if_any() {
    [ -s "$1" ] || return 0
    awk -v name="import_messages: $2" '
        NR <= 20 { print name $0 }
        END { if (NR > 20) print "import_messages: and " NR - 20 " more" }' "$1" >&2
    exit 1
}

# A table `lines` of what the CSV holds, in a database of its own. Its columns are declared, since a shell that makes
# the table itself may give them a type that turns 007 into 7 (3.52 does). The shell says on stderr what does not fit.
# An .import that was interrupted is none: then the shell reads no further, and the mark is missing.
import_file() {
    tr -d '\000' <"$file" | cmp -s - "$file" || fail "$file: holds a NUL byte, where the shell would cut the text"
    {
        echo 'CREATE TABLE raw(channel TEXT, author TEXT, body TEXT);'
        printf '.import --csv "%s" raw\n' "$file"
        echo "SELECT '=whole';"
    } | "$SQLITE3" -batch -noheader -list -init /dev/null "$work/read.db" >"$work/shell" 2>&1 || true
    stop_if_told
    grep -vx '=whole' "$work/shell" >"$work/misfits"
    grep -qx '=whole' "$work/shell" || fail "$file was not read to its end"
}

read_file() {
    import_file
    run "$work/read.db" "
SELECT iif((SELECT count(*) FROM raw) = 0, 'empty file; ', '') || 'the header line must be: channel,author,body'
 WHERE NOT EXISTS (SELECT 1 FROM raw WHERE rowid = 1 AND channel = 'channel' AND author = 'author' AND body = 'body')" ||
        fail_step
    fail_if_any "$work/out" "$file: "
    fail_if_any "$work/misfits" ''
    run "$work/read.db" "
CREATE TABLE lines(line INTEGER PRIMARY KEY, channel TEXT, author TEXT, body TEXT);
INSERT INTO lines SELECT rowid - 1, channel, nullif(author, ''), body FROM raw WHERE rowid > 1 ORDER BY rowid;
-- Where in the file a record begins: a text in quotes may have line breaks.
CREATE TABLE places(line INTEGER PRIMARY KEY, at INTEGER);
INSERT INTO places
SELECT rowid - 1, sum(1 + length(all_of_it) - length(replace(all_of_it, char(10), ''))) OVER (ORDER BY rowid ROWS
           BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + 1
  FROM (SELECT rowid, channel || author || body AS all_of_it FROM raw);
CREATE TABLE bad AS
SELECT line, wrong FROM (
    SELECT line, CASE WHEN channel = '' THEN 'the channel is missing'
                      WHEN length(CAST(body AS BLOB)) > 32768 THEN 'the body is longer than 32768 bytes'
                      WHEN length(author) > 256 THEN 'the author is longer than 256 characters' END AS wrong FROM lines)
  WHERE wrong IS NOT NULL" || fail_step # bad records are told with those of no channel
}

# Takes the lines over into the state. One that is there already must be of the same file, unless nothing has been sent.
begin() {
    sql "
ATTACH '$work/read.db' AS read;
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS lines(line INTEGER PRIMARY KEY, channel TEXT, author TEXT, body TEXT, service_sid TEXT,
    channel_sid TEXT, state TEXT NOT NULL DEFAULT 'waiting', sid TEXT, error TEXT);
CREATE TABLE IF NOT EXISTS run(pid INTEGER, journal INTEGER);
INSERT INTO run SELECT NULL, 0 WHERE NOT EXISTS (SELECT 1 FROM run);
UPDATE run SET pid = $$;
DELETE FROM lines WHERE NOT EXISTS (SELECT 1 FROM main.lines WHERE state <> 'waiting');
INSERT INTO lines(line, channel, author, body) SELECT * FROM read.lines WHERE NOT EXISTS (SELECT 1 FROM main.lines);
COMMIT;
SELECT 'has changed since $named was begun: put the old one back, or name another --state'
 WHERE EXISTS (SELECT line, channel, author, body FROM read.lines
               EXCEPT SELECT line, channel, author, body FROM main.lines)
    OR (SELECT count(*) FROM read.lines) <> (SELECT count(*) FROM main.lines)" || fail_step
    fail_if_any "$work/out" "$file "
}

say_bad="SELECT 'record ' || line || ' (line ' || at || '): ' || group_concat(wrong, '; ')
  FROM bad JOIN places USING (line) GROUP BY line ORDER BY line"

# The service cannot be asked for the channels: then what is wrong without them is told.
fail_unasked() {
    local why
    stop_if_told
    why=$(reason)
    run "$work/read.db" "$say_bad" || fail_step
    fail_if_any "$work/out" "$file: "
    fail "$why"
}

# Finds the channels that the lines name: each must be there, and be one. Says all that is wrong with the records.
find_channels() {
    chat "
ATTACH '$work/read.db' AS read;
CREATE TEMP TABLE wanted AS SELECT DISTINCT channel FROM main.lines WHERE channel_sid IS NULL AND channel <> '';
CREATE TEMP TABLE found AS
SELECT w.channel, c.service_sid, c.sid FROM wanted AS w JOIN channels AS c ON c.sid = w.channel
 UNION ALL
SELECT w.channel, c.service_sid, c.sid FROM wanted AS w JOIN channels AS c ON c.unique_name = w.channel;
CREATE TEMP TABLE wrong AS
SELECT channel, group_concat(found.sid || ' in ' || found.service_sid, ' and ') AS channels
  FROM wanted LEFT JOIN found USING (channel) GROUP BY channel HAVING count(found.sid) <> 1;
INSERT INTO read.bad
SELECT line, iif(wrong.channels IS NULL, 'there is no channel ' || channel,
       'several channels are called ' || channel || ', ' || wrong.channels || ': write the SID that you mean, or set '
       || 'TWILIO_CHAT_SERVICE_SID')
  FROM main.lines JOIN wrong USING (channel);
$say_bad;
UPDATE main.lines
   SET (service_sid, channel_sid) = (SELECT service_sid, sid FROM found WHERE found.channel = lines.channel)
 WHERE channel_sid IS NULL AND NOT EXISTS (SELECT 1 FROM read.bad)" || fail_unasked
    fail_if_any "$work/out" "$file: "
}

# --- sending ----------------------------------------------------------------------------------------------------------

# A file that has just been made may be there without it.
calls="CREATE TABLE IF NOT EXISTS journal.calls(id INTEGER PRIMARY KEY, at TEXT, state TEXT, table_name TEXT, method TEXT,
    path TEXT, body TEXT, sid TEXT, status INTEGER, error TEXT)"

# Marks the next lines, and from where on the journal is about them. What was marked before must have been settled.
mark_batch() {
    sql "
ATTACH '$journal' AS journal;
$calls;
$agreement
BEGIN IMMEDIATE;
INSERT INTO agreed SELECT count(*) FROM lines WHERE state = 'sending';
INSERT INTO agreed SELECT count(*) FROM journal.calls WHERE id > (SELECT journal FROM run);
UPDATE run SET journal = (SELECT ifnull(max(id), 0) FROM journal.calls);
UPDATE lines SET state = 'sending'
 WHERE line IN (SELECT line FROM lines WHERE state = 'waiting' ORDER BY line LIMIT $batch);
COMMIT;
SELECT count(*) FROM lines WHERE state = 'sending'"
}

# One statement, one transaction. The journal keeps what became of each call, whatever happens to this process.
send_batch() {
    chat "
UPDATE chat_settings SET value = 'calls' WHERE name = 'write_journal';
INSERT INTO messages(service_sid, channel_sid, \"from\", body)
SELECT service_sid, channel_sid, author, body FROM lines WHERE state = 'sending' ORDER BY line"
}

# Carries the journal's outcome over to the lines. Calls of one channel are made in the order of its lines, so the n-th
# call of a channel is about its n-th line. A line without a call was not begun, and one that never reached the service
# can wait too. But what was sent must be found: a call that is about no line, or, where the statement has succeeded
# (settle whole), a line without one, means that the two are not understood, and nothing is sent again.
# Done a second time it changes nothing.
settle() {
    [ -f "$journal" ] || return 0
    sql "
ATTACH '$journal' AS journal;
$calls;
$agreement
BEGIN IMMEDIATE;
INSERT INTO agreed SELECT count(*) FROM run
 WHERE journal > (SELECT ifnull(max(id), 0) FROM journal.calls)
   AND EXISTS (SELECT 1 FROM lines WHERE state = 'sending');
CREATE TEMP TABLE call AS
SELECT channel_sid, state, sid, status, error, row_number() OVER (PARTITION BY channel_sid ORDER BY id) AS place
  FROM (SELECT *, substr(path, instr(path, '/CH') + 1, 34) AS channel_sid FROM journal.calls)
 WHERE id > (SELECT journal FROM run);
CREATE TEMP TABLE sending AS
SELECT line, channel_sid, row_number() OVER (PARTITION BY channel_sid ORDER BY line) AS place
  FROM lines WHERE state = 'sending';
INSERT INTO agreed SELECT count(*) FROM call LEFT JOIN sending USING (channel_sid, place) WHERE line IS NULL;
INSERT INTO agreed SELECT count(*) FROM sending LEFT JOIN call USING (channel_sid, place)
 WHERE call.state IS NULL AND '${1-}' = 'whole';
CREATE TEMP TABLE outcome AS
SELECT line, call.sid, call.error,
       CASE WHEN call.state = 'sent' THEN 'sent'
            WHEN call.state IN ('sending', 'unknown') THEN 'unknown'
            WHEN call.state = 'failed' AND call.status NOT IN (401, 429) THEN 'refused'
            ELSE 'waiting' END AS state
  FROM sending LEFT JOIN call USING (channel_sid, place);
UPDATE lines SET (state, sid, error) = (SELECT state, sid, error FROM outcome WHERE outcome.line = lines.line)
 WHERE state = 'sending';
UPDATE run SET journal = (SELECT ifnull(max(id), 0) FROM journal.calls);
COMMIT"
}

# Lines are marked when there is a journal: without it nobody knows which of them were sent. To be found out before any
# SQLite makes another, and deletes what is left of it.
check_journal() {
    [ ! -s "$journal" ] || return 0
    sql "SELECT count(*) FROM lines WHERE state = 'sending'" || fail_step
    [ "$(cat "$work/out")" = 0 ] || fail_disagreeing
}

# The signal that has ended the sending may have met this too: of what is sent as much as can be is known at the end.
settle_surely() {
    settle "${1-}" || { [ -n "$signal" ] && settle "${1-}"; } || fail_step
}

# --- telling ----------------------------------------------------------------------------------------------------------

report() {
    sql "
SELECT 'record ' || line || ' is ' || state || ': ' || ifnull(error, 'its answer was lost') FROM lines
 WHERE state IN ('refused', 'unknown') ORDER BY line LIMIT 20;
SELECT printf('%d messages: %d sent, %d waiting, %d refused, %d unknown', count(*), ifnull(sum(state = 'sent'), 0),
              ifnull(sum(state = 'waiting'), 0), ifnull(sum(state = 'refused'), 0), ifnull(sum(state = 'unknown'), 0))
  FROM lines" || fail_step
    cat "$work/out"
}

# On a terminal, one line that is written anew.
show_progress() {
    [ -t 2 ] || return 0
    sql "SELECT sum(state = 'sent') || ' of ' || count(*) || ' messages sent' FROM lines" || return 0
    printf '\r%s' "$(cat "$work/out")" >&2
}

would_send() {
    sql "
SELECT printf('%d messages would be sent to %d channels; nothing was sent', count(*), count(DISTINCT channel_sid))
  FROM lines WHERE state = 'waiting'" || fail_step
    cat "$work/out"
}

read_file
stop_if_told
if [ -n "$dry_run" ]; then take_copy; fi
find_journal
[ -n "$dry_run" ] || take_lock
check_state
stop_if_told
begin
stop_if_told
check_journal
stop_if_told
settle_surely
stop_if_told
find_channels
if [ -n "$again" ]; then
    sql "UPDATE lines SET state = 'waiting', error = NULL WHERE state IN ('refused', 'unknown')" || fail_step
fi
stop_if_told
if [ -n "$dry_run" ]; then
    would_send
    exit
fi

trouble=
while [ -z "$trouble$signal" ]; do
    mark_batch || fail_step
    [ "$(cat "$work/out")" -gt 0 ] || break
    sent=whole
    [ -z "$signal" ] && send_batch || { trouble=$(reason) && sent=; }
    settle_surely $sent
    show_progress
done
[ ! -t 2 ] || echo >&2
report
[ -z "$trouble" ] || fail "stopped: $trouble"
stop_if_told
sql "SELECT count(*) FROM lines WHERE state <> 'sent'" || fail_step
left=$(cat "$work/out")
stop_if_told
[ "$left" = 0 ] || fail "$left messages are not sent; --again sends the refused and unknown ones again"
