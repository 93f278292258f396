#!/usr/bin/env bash
# An interactive sqlite3 shell with the extension loaded (`make shell`, `make shell FILE=chat.db`). With credentials in
# the environment, or a profile named there (TWILIO_PROFILE), it talks to the real service, otherwise to an emulator of
# it that lives as long as the shell. It says which.
#
#   examples/shell.sh [OPTION... of sqlite3] [DATABASE [SQL]]
#
# .tables, .schema and Tab know the tables (sql/install.sql), and there is a narrow view of each for people
# (sql/brief.sql). Installed, `sqlite-chat` does the same over the service.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
BUILD=${BUILD:-$root/build}
source "$root/tests/lib.sh"

service="the service at ${TWILIO_CONVERSATIONS_URL:-https://conversations.twilio.com} and ${TWILIO_CHAT_URL:-https://chat.twilio.com}"
if [ -n "${TWILIO_PROFILE:-}" ]; then
    where="$service, with the profile $TWILIO_PROFILE"
elif [ -n "${TWILIO_API_KEY:-}" ] && [ -n "${TWILIO_API_KEY_SECRET:-${TWILIO_API_SECRET:-}}" ]; then
    where="$service, with TWILIO_API_KEY"
elif [ -n "${TWILIO_ACCOUNT_SID:-}" ] && [ -n "${TWILIO_AUTH_TOKEN:-}" ]; then
    where="$service, with TWILIO_ACCOUNT_SID"
else
    emulator_start_keeping "${demo_data[@]}" || exit
    where="an emulator at $TWILIO_CHAT_URL, because no credentials are set (TWILIO_API_KEY and TWILIO_API_KEY_SECRET,
  or TWILIO_PROFILE, a profile of the official command line tool)"
fi
export TWILIO_CHAT_PROGRESS=${TWILIO_CHAT_PROGRESS:-auto}

# From 3.52 on an interactive shell cuts texts after 300 characters, also those that it writes to a file.
look='.mode box --wrap 72'
case $("$SQLITE3" --version) in
3.5[2-9]* | 3.[6-9][0-9]*) look="$look --limits 5,0,20" ;;
esac
begin=(-cmd ".load \"$EXTENSION\"")
for script in install brief shell; do
    begin+=(-cmd ".read \"$root/sql/$script.sql\"")
done
begin+=(-cmd "$look")

if [ ! -t 0 ]; then
    echo "sqlite-chat: tables of $where." >&2
    "$SQLITE3" "${begin[@]}" "$@"
    exit
fi
echo "sqlite-chat: tables of $where."
echo 'Try: SELECT * FROM brief_conversations;    narrow, for people; of conversations itself all columns'
echo '     SELECT * FROM brief_channels;         Programmable Chat, which has ended'
echo '     SELECT * FROM brief_requests;         what that asked for'
echo '     .tables   .schema channels            SELECT * FROM chat_columns; what can be done with each column'
echo "Ctrl-C ends a statement; UPDATE chat_settings SET value = 100 WHERE name = 'max_requests'; bounds each one."
# Of another view SQLite says "unsafe use of virtual table" when it is read, and nothing of what to do.
echo 'A view over these tables is a TEMP one: CREATE TEMP VIEW mine AS SELECT sid FROM channels;'
if [ $# -eq 0 ]; then
    echo 'make shell FILE=chat.db keeps the tables that you make, such as CREATE TABLE saved AS SELECT * FROM messages;'
fi
# A process group of its own, so that Ctrl-C reaches nobody else; and an error in there is no failure of this command.
set -m
"$SQLITE3" "${begin[@]}" "$@"
exit 0
