# shellcheck shell=bash
# The vendor's OpenAPI specs, which its npm package @twilio/cli-core holds, and the programs that judge by them. Source
# it after tests/lib.sh and tests/tap.sh, at the root of the project.
#
# The lock file names that package without the packages it needs to run: it is not run here.

source tests/npm.sh

SPEC_FOLDER=build/spec
SPEC_DOCUMENTS=$SPEC_FOLDER/node_modules/@twilio/cli-core/src/services/twilio-api

# Installs the packages; prints why where it cannot. Of scripts that come at the same time one installs and the others
# wait, where there is flock(1).
spec_install() {
    mkdir -p build
    if command -v flock >/dev/null; then
        exec 9>"$SPEC_FOLDER.lock"
        flock 9
    fi
    npm_install "the specs" tests/spec "$SPEC_FOLDER"
}

# Ends the script with a skip where the packages cannot be had or Node is too old for them; else lets Node find them.
spec_need() {
    local reason
    if ! command -v npm >/dev/null; then
        reason="no npm here"
    elif ! node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; then
        reason="Node 18 or newer is needed, this is $(node --version)"
    elif reason=$(spec_install); then
        exec 9>&-
        export NODE_PATH=$PWD/$SPEC_FOLDER/node_modules
        return
    fi
    skip "the vendor's specs" "$reason"
    tap_end
    exit 0
}

# judge_start FOLDER: starts the judge that tests/spec/emulator puts in between, and exports where it listens.
judge_start() {
    : >"$1/judge"
    node tests/spec/between.js >"$1/judge" </dev/null &
    judge_pid=$!
    await $judge_pid test -s "$1/judge" || return
    SPEC_JUDGE=$(cat "$1/judge")
    export SPEC_JUDGE
}

# judge_end: it has reported everything when this returns.
judge_end() {
    [ -z "${judge_pid-}" ] || { kill "$judge_pid" && wait "$judge_pid"; } 2>/dev/null
    judge_pid=
}
