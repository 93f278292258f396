# shellcheck shell=bash
# Runs a part of the program that tests/trust/main.c describes: trust_program NAME. Sourced at the root of the project.
source tests/lib.sh

trust_program() {
    local folder status
    folder=$(mktemp -d) || return 1
    export SQLITE3 EXTENSION
    "$BUILD/trust" "$1" "$folder"
    status=$?
    rm -rf "$folder"
    return $status
}
