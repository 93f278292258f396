# shellcheck shell=bash
# Runs a Node program of this folder with the SDK, or says why not.

source tests/lib.sh
source tests/sdk.sh

run_with_sdk() {
    local reason
    if ! command -v node >/dev/null; then
        echo "1..0 # SKIP no node here"
        exit
    fi
    if ! reason=$(sdk_install); then
        echo "1..0 # SKIP $reason"
        exit
    fi
    environment_clear
    export EMULATOR EXTENSION SQLITE3 NODE_PATH="$PWD/$SDK_FOLDER/node_modules${NODE_PATH:+:$NODE_PATH}"
    exec node "tests/conformance/$1"
}
