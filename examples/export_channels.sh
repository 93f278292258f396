#!/usr/bin/env bash
# Exports all channels to a CSV file (RFC 4180, header line, every column).
#
#   examples/export_channels.sh [--force] [--emulator] [--extension build/chat] FILE
#
# Talks to the real service with the credentials in the environment (TWILIO_API_KEY and TWILIO_API_KEY_SECRET, or
# TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN); TWILIO_CHAT_SERVICE_SID keeps it to one service. With --emulator it needs
# none: it starts an emulator with tidy data.
#
# What of a channel does not arrive, in CSV or in an office program, it says with how many channels that is so.
# sql/export/csv.sql, by examples/archive.sh and examples/export.sh, makes CSV that is safe to open.
#
# FILE is not overwritten without --force, and it appears only when the export is complete: a failed one leaves
# nothing behind, says why, and ends with a status other than 0.
set -u -o pipefail
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2

usage() {
    sed -n '4p' "$0" | sed 's/^# *//' >&2
    exit 2
}

fail() {
    echo "export_channels: $1" >&2
    exit 1
}

force=
emulator=
extension=
file=
while [ $# -gt 0 ]; do
    case $1 in
    --force) force=yes ;;
    --emulator) emulator=yes ;;
    --extension)
        [ $# -ge 2 ] || usage
        extension=$2
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
[ ! -d "$file" ] || fail "$file is a folder"
if [ -e "$file" ] && [ -z "$force" ]; then fail "$file exists; --force replaces it"; fi

BUILD=${BUILD:-$root/build}
source "$root/tests/lib.sh"
if [ -n "$emulator" ]; then emulator_start_keeping --tidy || exit; fi

# Beside FILE, so that the rename at the end is one step on one file system.
part=$(mktemp "$file.XXXXXX") || fail "cannot write beside $file"
said=$(mktemp) || fail 'no room for temporary files'
trap 'rm -f "$part" "$said"; emulator_stop' EXIT
# After a SIGINT sqlite3 reads no further, and ends with 0: what it has written is not all.
trap 'fail "stopped; nothing was written to $file"' HUP INT TERM
chmod "$(printf '%o' $((0666 & ~0$(umask))))" "$part"

# From 3.50 on the shell writes control characters as ^M and the like, unless told not to.
literal=$("$SQLITE3" -escape off -init /dev/null :memory: "SELECT '-escape off'" 2>/dev/null)

# Of the texts that people have written: those that the shell cuts, and those that an office program reads otherwise.
traps() {
    echo ".output '$said'"
    echo '.mode list'
    echo '.headers off'
    echo "WITH texts(sid, text) AS (SELECT sid, unique_name FROM exported UNION ALL
             SELECT sid, friendly_name FROM exported UNION ALL SELECT sid, created_by FROM exported UNION ALL
             SELECT sid, attributes FROM exported),
         traps(place, sid, words) AS (
             SELECT 1, sid, 'with a NUL: the text ends there' FROM texts WHERE instr(text, char(0)) UNION ALL
             SELECT 2, sid, 'with a text that office programs compute, as =1+1, or take the plus from, as +15551234567:'
                    || ' import all columns as text'
               FROM texts WHERE text GLOB '[=+@＝＋－＠' || char(9, 10, 13) || '-]*')
        SELECT count(DISTINCT sid) || ' ' || words FROM traps GROUP BY place;"
    echo "SELECT '=whole';"
}

# sqlite3 does not notice a full disk; cat does.
# shellcheck disable=SC2086 # two words or none
{ cat "$root/sql/export_channels.sql" && traps; } |
    "$SQLITE3" $literal -batch -bail -init /dev/null -cmd ".load ${extension:-$EXTENSION}" :memory: |
    cat >"$part" || fail "nothing was written to $file"
[ "$(tail -n 1 "$said")" = =whole ] || fail "nothing was written to $file: sqlite3 has ended before"

rows=$("$SQLITE3" -batch -init /dev/null -cmd '.import --csv /dev/stdin export' :memory: \
    'SELECT count(*) FROM export' <"$part") || fail "the export is not readable CSV"
trap '' HUP INT TERM # too late to stop
if [ -n "$force" ]; then
    mv -f "$part" "$file" || fail "cannot write $file"
else
    mv -n "$part" "$file"
    [ ! -e "$part" ] || fail "$file exists; --force replaces it"
fi
echo "$rows channels written to $file"
sed '$d' "$said"
