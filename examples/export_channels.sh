#!/usr/bin/env bash
# Exports all channels to a CSV file (RFC 4180, header line, every column).
#
#   examples/export_channels.sh [--force] [--emulator] [--extension build/chat] FILE
#
# Talks to the real service with the credentials in the environment (TWILIO_API_KEY and TWILIO_API_KEY_SECRET, or
# TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN); TWILIO_CHAT_SERVICE_SID keeps it to one service. With --emulator it needs
# none: it starts an emulator with tidy data.
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
if [ -n "$emulator" ]; then emulator_start --tidy || exit; fi

# Beside FILE, so that the rename at the end is one step on one file system.
part=$(mktemp "$file.XXXXXX") || fail "cannot write beside $file"
trap 'rm -f "$part"; emulator_stop' EXIT
chmod "$(printf '%o' $((0666 & ~0$(umask))))" "$part"

# From 3.50 on the shell writes control characters as ^M and the like, unless told not to.
literal=$("$SQLITE3" -escape off -init /dev/null :memory: "SELECT '-escape off'" 2>/dev/null)
# sqlite3 does not notice a full disk; cat does.
# shellcheck disable=SC2086 # two words or none
"$SQLITE3" $literal -batch -bail -init /dev/null -cmd ".load ${extension:-$EXTENSION}" :memory: \
    <"$root/sql/export_channels.sql" | cat >"$part" || fail "nothing was written to $file"

rows=$("$SQLITE3" -batch -init /dev/null -cmd '.import --csv /dev/stdin export' :memory: \
    'SELECT count(*) FROM export' <"$part") || fail "the export is not readable CSV"
if [ -n "$force" ]; then
    mv -f "$part" "$file" || fail "cannot write $file"
else
    mv -n "$part" "$file"
    [ ! -e "$part" ] || fail "$file exists; --force replaces it"
fi
echo "$rows channels written to $file"
