#!/usr/bin/env bash
# An interactive sqlite3 shell with the extension loaded (`make shell`). With credentials in the environment it talks to
# the real service, otherwise to an emulator of it that lives as long as the shell. It says which.
#
#   examples/shell.sh [OPTION... of sqlite3] [DATABASE [SQL]]
set -u
cd "$(dirname "$0")/.." || exit 2
source tests/lib.sh

if [ -n "${TWILIO_PROFILE:-}" ]; then
    where="the service at ${TWILIO_CHAT_URL:-https://chat.twilio.com}, with the profile $TWILIO_PROFILE"
elif [ -n "${TWILIO_API_KEY:-}" ] && [ -n "${TWILIO_API_KEY_SECRET:-${TWILIO_API_SECRET:-}}" ]; then
    where="the service at ${TWILIO_CHAT_URL:-https://chat.twilio.com}, with TWILIO_API_KEY"
elif [ -n "${TWILIO_ACCOUNT_SID:-}" ] && [ -n "${TWILIO_AUTH_TOKEN:-}" ]; then
    where="the service at ${TWILIO_CHAT_URL:-https://chat.twilio.com}, with TWILIO_ACCOUNT_SID"
else
    emulator_start --tidy || exit
    where="an emulator at $TWILIO_CHAT_URL, because no credentials are set (TWILIO_API_KEY, TWILIO_API_KEY_SECRET)"
fi

if [ -t 0 ]; then
    echo "sqlite-chat: tables of $where."
    echo 'Try: SELECT friendly_name, type, members_count FROM channels;'
    echo '     SELECT * FROM chat_requests;    what that asked for'
    echo '     SELECT * FROM chat_columns;     the tables and what can be done with each column'
else
    echo "sqlite-chat: tables of $where." >&2
fi
"$SQLITE3" -cmd ".load $EXTENSION" -cmd ".mode box" "$@"
