# shellcheck shell=bash
# The official Node SDK, for the scripts that compare with it. Source it after tests/lib.sh, at the root of the project.

SDK_FOLDER=build/sdk

# Installs it once for each state of the lock file; prints why where it cannot. Scripts that come at the same time each
# install it for themselves, and the first to be ready puts its folder in place.
sdk_install() {
    local lock=tests/bench/package-lock.json folder
    cmp -s "$lock" "$SDK_FOLDER/package-lock.json" && return
    command -v npm >/dev/null || { echo "no npm here" && return 1; }
    mkdir -p build
    folder=$(mktemp -d build/sdk.XXXXXX) || return
    cp tests/bench/package.json "$lock" tests/bench/.npmrc "$folder/"
    if ! npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts --prefer-offline --fetch-retries=1 \
        --fetch-retry-mintimeout=1000 >"$folder.log" 2>&1; then
        echo "npm could not install the SDK: $(grep -m 1 -E '^npm (error|ERR!)' "$folder.log")"
        rm -rf "$folder" "$folder.log"
        return 1
    fi
    if ! cmp -s "$lock" "$SDK_FOLDER/package-lock.json"; then
        rm -rf "$SDK_FOLDER"
        mv "$folder" "$SDK_FOLDER" 2>/dev/null
    fi
    rm -rf "$folder" "$folder.log"
}
