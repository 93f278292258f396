# shellcheck shell=bash
# Checks of the example examples/node/unread.js, for each of the modules that it runs with. Source it after host_start.
source tests/tap.sh

unread() {
    "$unread_node" --no-warnings examples/node/unread.js --extension "$EXTENSION" "$@" >"$HOST_FOLDER/out" 2>&1
}

unread_expected() {
    host_shell "SELECT json_object('identity', user.identity, 'total', sum(unread_messages_count)) FROM users AS user
        JOIN user_channels AS membership ON membership.service_sid = user.service_sid
         AND membership.user_sid = user.sid AND unread_messages_count > 0 $1 GROUP BY user.identity ORDER BY user.identity"
}

# unread_report OF-WHOM ARGUMENT...
unread_report() {
    local condition=$1
    shift
    unread --json "$@" || cat "$HOST_FOLDER/out"
    sed 's/,"channels":.*/}/' "$HOST_FOLDER/out" | diff <(unread_expected "$condition") -
    [ -s "$HOST_FOLDER/out" ] || echo "it prints nothing"
}

unread_as_text() {
    unread alan
    head -n 1 "$HOST_FOLDER/out" | grep -qE '^alan: [1-9][0-9]*$' || cat "$HOST_FOLDER/out"
    sed 1d "$HOST_FOLDER/out" | grep -vE '^    [A-Z].*: [1-9][0-9]*$'
}

unread_wrong_credentials() {
    unread && echo "exit status 0"
    grep -q '^unread: .*were not accepted' "$HOST_FOLDER/out" || cat "$HOST_FOLDER/out"
}

# Without a module it says in a line what it needs. Every Node of before 22.5 has none of its own.
unread_nothing() {
    NODE_PATH='' NODE_OPTIONS='' unread alan && "$unread_node" -e 'require("node:sqlite")' 2>/dev/null && return
    [ "$(cat "$HOST_FOLDER/out")" = \
        'unread: npm install better-sqlite3, or take Node 22.13 or newer, which has node:sqlite' ] || cat "$HOST_FOLDER/out"
}

# unread_checks NODE
unread_checks() {
    unread_node=$1
    check "examples/node/unread.js: everybody's" unread_report ''
    check "examples/node/unread.js: two people's" unread_report "WHERE user.identity IN ('alan', 'edsger')" alan edsger
    check "examples/node/unread.js: as text" unread_as_text
    TWILIO_API_KEY_SECRET=wrong check "examples/node/unread.js: wrong credentials" unread_wrong_credentials
    check "examples/node/unread.js: without a module" unread_nothing
}
