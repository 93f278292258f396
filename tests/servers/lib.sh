# shellcheck shell=bash
# What the scripts of this folder share. Source it after tests/lib.sh and tests/tap.sh.
source tests/servers/authority.sh
source tests/servers/nginx.sh

# Whom the machine's owner trusts is not what is tested.
unset CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR

# The whole script is skipped where the tools are not there.
servers_need_nginx() {
    nginx_there && return
    echo "1..0 # SKIP $nginx_reason"
    exit 0
}

# shell SQL...: what the sqlite3 shell prints, errors included. Requests are in order of their making.
shell() {
    local statement arguments=()
    for statement in "$@"; do
        arguments+=(-cmd "$statement")
    done
    "$SQLITE3" -batch -init /dev/null -cmd ".load $EXTENSION" ${arguments[@]+"${arguments[@]}"} :memory: '' 2>&1
}

# Asks the emulator itself, at emulator_url.
control() {
    # shellcheck disable=SC2154 # the script that sources this sets it
    tests/sql/control "$emulator_url" "$@"
}

# same WHAT FOUND WANTED: complains where they differ.
same() {
    [ "$2" = "$3" ] || printf '%s: %s\ninstead of: %s\n' "$1" "$2" "$3"
}

# contains TEXT PART...: complains unless each is in it.
contains() {
    local text=$1 part
    shift
    for part in "$@"; do
        case $text in *"$part"*) ;; *) printf 'not said: %s\nbut: %s\n' "$part" "$text" ;; esac
    done
}

# were COUNT: "1 was", "2 were".
were() {
    if [ "$1" = 1 ]; then echo was; else echo were; fi
}
