# shellcheck shell=bash
# DuckDB's package for Node, for the tests that hand archives over to it. Source it at the root of the project.

DUCKDB_FOLDER=build/duckdb
export NODE_PATH=$PWD/$DUCKDB_FOLDER/node_modules

# Installs it once for each state of the lock file; prints why where it cannot. Scripts that come at
# the same time each install it for themselves, and the first to be ready puts its folder in place.
duckdb_install() {
    local lock=tests/archive/package-lock.json folder
    cmp -s "$lock" "$DUCKDB_FOLDER/package-lock.json" && return
    command -v npm >/dev/null || { echo "no npm here" && return 1; }
    mkdir -p build
    folder=$(mktemp -d build/duckdb.XXXXXX) || return
    cp tests/archive/package.json "$lock" tests/archive/.npmrc "$folder/"
    if ! npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts --prefer-offline --fetch-retries=1 \
        --fetch-retry-mintimeout=1000 >"$folder.log" 2>&1; then
        echo "npm could not install DuckDB: $(grep -m 1 -E '^npm (error|ERR!)' "$folder.log")"
        rm -rf "$folder" "$folder.log"
        return 1
    fi
    if ! cmp -s "$lock" "$DUCKDB_FOLDER/package-lock.json"; then
        rm -rf "$DUCKDB_FOLDER"
        mv "$folder" "$DUCKDB_FOLDER" 2>/dev/null
    fi
    rm -rf "$folder" "$folder.log"
}
