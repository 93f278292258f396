# shellcheck shell=bash
# DuckDB's package for Node, for the tests that hand archives over to it. Source it at the root of the project.
source tests/npm.sh

DUCKDB_FOLDER=build/duckdb
export NODE_PATH=$PWD/$DUCKDB_FOLDER/node_modules

# Installs it; prints why where it cannot.
duckdb_install() {
    npm_install DuckDB tests/archive "$DUCKDB_FOLDER"
}
