#!/usr/bin/env bash
# Brings an archive (FILE.db of examples/archive.sh) over to a file of DuckDB, and keeps it there up to date.
#
#   examples/engines/duckdb.sh [--whole] FILE.db FILE.duckdb
#
# FILE.duckdb is made, or has the tables of an earlier call; tables of yours may be beside them. The first call loads all
# of the archive, later ones what has changed since. --whole loads all anew. Needs Node with @duckdb/node-api, which is
# looked for in ./node_modules and NODE_PATH: npm install @duckdb/node-api.
#
# All is one transaction, committed only if the numbers of rows and the checksums of all tables are equal on both sides.
# Else, or stopped, nothing has changed, and the exit status is 1. Rows go through files in TMPDIR, which must have room
# for all of them as JSON: some 700 MB for 1,000,000 messages.
set -u -o pipefail
# shellcheck source=examples/engines/lib.sh
source "$(dirname "$0")/lib.sh"

whole=
from=
to=
while [ $# -gt 0 ]; do
    case $1 in
    --whole) whole=yes ;;
    -*) usage ;;
    *)
        if [ -z "$from" ]; then from=$1; elif [ -z "$to" ]; then to=$1; else usage; fi
        ;;
    esac
    shift
done
[ -n "$to" ] || usage
[ ! -d "$to" ] || fail "$to is a folder"
[ -d "$(dirname "$to")" ] || fail "$(dirname "$to"): no such folder"
case $to in /*) ;; *) to=$PWD/$to ;; esac
command -v node >/dev/null || fail "no Node here: install Node.js, and @duckdb/node-api by npm"
handover_open "$from"
programs=$(cd "$(dirname "$0")" && pwd)

duckdb() {
    NODE_PATH="$PWD/node_modules${NODE_PATH:+:$NODE_PATH}" node "$programs/duckdb.js" "$to" "$@" 2>"$work/duckdb.said"
}

duckdb_failed() {
    fail "$to: $(sed -n '/./{p;q;}' "$work/duckdb.said")"
}

# --- what sqlite3 writes: rows/TABLE and told/TABLE, lines of JSON ------------------------------------------------------

rows() {
    local table
    handover_begin
    for table in $(handover_tables); do
        echo ".output told/$table"
        echo "SELECT json_object('path', path) FROM temp.told WHERE table_name = '$table';"
        echo ".output rows/$table"
        echo "SELECT $(handover_json "$table") FROM $table $(handover_where "$table") ORDER BY path;"
    done
    handover_sums
}

# --- what DuckDB does, a statement a line -------------------------------------------------------------------------------

type_of() {
    case $1 in
    time) echo TIMESTAMPTZ ;;
    integer) echo BIGINT ;;
    blob) echo "$2" ;;
    *) echo VARCHAR ;;
    esac
}

# definition TABLE SIGN BLOBS: its columns, each with its type.
definition() {
    local column kind
    while read -r column kind; do
        printf '"%s"%s %s, ' "$column" "$2" "$(type_of "$kind" "$3")"
    done < <(handover_columns "$1")
    printf '"archive_exact"%s VARCHAR' "$2"
}

definition_json() {
    local column kind
    while read -r column kind; do
        printf "'%s': '%s', " "$column" "$(type_of "$kind" VARCHAR)"
    done < <(handover_columns "$1")
    printf "'archive_exact': 'VARCHAR'"
}

# What is read from JSON, with BLOBs as such.
values() {
    local column kind
    while read -r column kind; do
        if [ "$kind" = blob ]; then printf 'from_hex("%s"), ' "$column"; else printf '"%s", ' "$column"; fi
    done < <(handover_columns "$1")
    printf '"archive_exact"'
}

# The line of a row for the checksum: see sql/export/checksum.sql. The last column there is gone_at.
line() {
    local column kind value
    while read -r column kind; do
        case $kind in
        time) value="hex(strftime(\"$column\" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ'))" ;;
        integer) value="hex(\"$column\"::VARCHAR)" ;;
        *) value="hex(\"$column\")" ;;
        esac
        case $kind in
        time | integer) value="substr(archive_exact ->> '$column', 2), $value" ;;
        esac
        printf "coalesce(%s, '-') || ' ' || " "$value"
    done < <(handover_columns "$1")
    printf "'-'"
}

# The largest line that the reader of JSON has to take, if there are contents.
largest() {
    if handover_columns "$1" | grep -q '^content '; then
        handover_ask "SELECT 16777216 + 2 * ifnull(max(length(content)), 0) FROM $1;"
    else
        echo 16777216
    fi
}

statements() {
    local table new='CREATE TABLE'
    echo "CREATE TABLE IF NOT EXISTS archive_loaded(archive VARCHAR, run BIGINT, change BIGINT, loaded_at TIMESTAMPTZ);"
    [ -n "$whole" ] || echo "SELECT CASE WHEN coalesce((SELECT change::VARCHAR FROM archive_loaded), 'all') <> '$last'" \
        "THEN error('another call has loaded it meanwhile: run it again') END;"
    { [ "$last" = all ] && [ -z "$whole" ]; } || new='CREATE TABLE IF NOT EXISTS'
    for table in $(handover_tables); do
        echo "$new \"$table\"($(definition "$table" '' BLOB));"
        [ -z "$whole" ] || echo "DELETE FROM \"$table\";"
        [ ! -s "$work/told/$table" ] || echo "DELETE FROM \"$table\" WHERE path IN (SELECT path FROM" \
            "read_json('$work/told/$table', format = 'newline_delimited', columns = {'path': 'VARCHAR'}));"
        [ ! -s "$work/rows/$table" ] || echo "INSERT INTO \"$table\" SELECT $(values "$table") FROM" \
            "read_json('$work/rows/$table', format = 'newline_delimited'," \
            "maximum_object_size = $(largest "$table"), columns = {$(definition_json "$table")});"
    done
    {
        read -r _
        read -r run
        read -r change
    } <"$work/state"
    echo "DELETE FROM archive_loaded;"
    echo "INSERT INTO archive_loaded VALUES ('$archive', $run, $change, now());"
    for table in $(handover_tables); do
        echo "=$table SELECT $(line "$table") FROM \"$table\" ORDER BY path"
    done
}

stood=$(duckdb stands) || duckdb_failed
{
    read -r loaded
    read -r change
} <<<"$stood"
if [ -z "$whole" ]; then handover_since "$loaded" "$change"; else last=all; fi
mkdir "$work/rows" "$work/told"
rows | handover_sqlite || fail "$(handover_reason)"
statements >"$work/statements" || exit
said=$(duckdb load "$work/here" "$work/there" <"$work/statements") || duckdb_failed
handover_end DuckDB "$said"
