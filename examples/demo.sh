#!/usr/bin/env bash
# The tour of `make demo`: starts the emulator with tidy data and runs examples/tour.sql in the real sqlite3 shell.
# After each step it shows the REST calls that the step made. Needs no account and no network.
#
# Leaves the export in build/demo/channels.csv.
set -u
cd "$(dirname "$0")/.." || exit 2
source tests/lib.sh

bold='' dim='' blue='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\033[1m' dim=$'\033[2m' blue=$'\033[34m' plain=$'\033[0m'
fi

# Turns the tour into a script for the shell: each step's heading, its text, itself, and a look at chat_requests.
script() {
    awk -v bold="$bold" -v blue="$blue" -v plain="$plain" '
        BEGIN { RS = ""; FS = "\n" }
        function say(text) {
            gsub(/\\/, "\\\\", text)
            gsub(/"/, "\\\"", text)
            print ".print \"" text "\""
        }
        {
            heading = code = 0
            for (i = 1; i <= NF; i++)
                if ($i ~ /^-- /) heading = i; else code = 1
            if (!code) next
            say("")
            for (i = 1; i <= heading; i++) say(bold substr($i, 4) plain)
            for (; i <= NF; i++) say("    " blue $i plain)
            print ".mode box"
            for (i = heading + 1; i <= NF; i++) print $i
            print ".read examples/requests.sql"
        }' examples/tour.sql
}

# Shortens SIDs and sets the calls apart.
calls() {
    sed -E -e "/^  → /s/([A-Z]{2}[0-9a-f]{4})[0-9a-f]{28}/\1…/g" -e "s/^  (→|…) .*/$dim&$plain/"
}

export=build/demo/channels.csv
mkdir -p build/demo && rm -f $export
emulator_start --tidy || exit
echo "${bold}sqlite-chat${plain}: the REST APIs of Conversations and Programmable Chat as SQL tables, here against an"
echo "emulator of both. In the sqlite3 shell, \`.load $EXTENSION\` is all it takes."
script | "$SQLITE3" -batch -bail -init /dev/null -cmd ".load $EXTENSION" -cmd ".headers on" :memory: 2>&1 | calls
[ "${PIPESTATUS[1]}" -eq 0 ] || exit 1

echo
echo "${bold}$export${plain}, $(wc -l <$export | tr -d ' ') lines:"
head -n 4 $export | cut -c 1-96 | tr -d '\r' | sed "s/.*/    &…/"
echo
echo "Next: ${bold}make shell${plain} to ask yourself, README.md for the tables."
