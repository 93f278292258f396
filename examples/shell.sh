#!/usr/bin/env bash
# An interactive sqlite3 shell with the extension loaded (`make shell`). With credentials in the environment, or a
# profile named there (TWILIO_PROFILE), it talks to the real service, otherwise to an emulator of it that lives as long
# as the shell. It says which.
#
#   examples/shell.sh [OPTION... of sqlite3] [DATABASE [SQL]]
set -u
cd "$(dirname "$0")/.." || exit 2
source tests/lib.sh

service="the service at ${TWILIO_CONVERSATIONS_URL:-https://conversations.twilio.com} and ${TWILIO_CHAT_URL:-https://chat.twilio.com}"
if [ -n "${TWILIO_PROFILE:-}" ]; then
    where="$service, with the profile $TWILIO_PROFILE"
elif [ -n "${TWILIO_API_KEY:-}" ] && [ -n "${TWILIO_API_KEY_SECRET:-${TWILIO_API_SECRET:-}}" ]; then
    where="$service, with TWILIO_API_KEY"
elif [ -n "${TWILIO_ACCOUNT_SID:-}" ] && [ -n "${TWILIO_AUTH_TOKEN:-}" ]; then
    where="$service, with TWILIO_ACCOUNT_SID"
else
    emulator_start --tidy --phones 20 --states mixed --addresses 4 || exit
    where="an emulator at $TWILIO_CHAT_URL, because no credentials are set (TWILIO_API_KEY and TWILIO_API_KEY_SECRET,
  or TWILIO_PROFILE, a profile of the official command line tool)"
fi

if [ -t 0 ]; then
    echo "sqlite-chat: tables of $where."
    echo 'Try: SELECT friendly_name, state, date_created FROM conversations;'
    echo '     SELECT friendly_name, type, members_count FROM channels;   Programmable Chat, which has ended'
    echo '     SELECT * FROM chat_requests;    what that asked for'
    echo '     SELECT * FROM chat_columns;     the tables and what can be done with each column'
else
    echo "sqlite-chat: tables of $where." >&2
fi
"$SQLITE3" -cmd ".load $EXTENSION" -cmd ".mode box" "$@"
