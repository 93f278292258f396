#!/usr/bin/env bash
# Brings an archive (FILE.db of examples/archive.sh) over to PostgreSQL, and keeps it there up to date.
#
#   examples/engines/postgresql.sh [--schema NAME] [--whole] FILE.db [CONNECTION]
#
# CONNECTION is what psql takes: the name of a database, "host=… dbname=…" or postgresql://…; without it, and for what it
# does not say, PGHOST, PGDATABASE, ~/.pgpass and so on count. The tables, as in FILE.db, are made in the schema NAME
# (archive). The first call loads all of it, later ones what has changed since. --whole loads all anew.
#
# All is one transaction: readers see the old state or the new one, and it is committed only if the numbers of rows and
# the checksums of all tables are equal on both sides. Else, or stopped, nothing has changed, and the exit status is 1.
#
# Texts with a NUL, which PostgreSQL has not, have U+FFFD in its place; archive_exact has all of them. It is also where a
# time is that PostgreSQL's are not: see lib.sh. The database must be in UTF-8.
set -u -o pipefail
# shellcheck source=examples/engines/lib.sh
source "$(dirname "$0")/lib.sh"

schema=archive
whole=
from=
connection=
while [ $# -gt 0 ]; do
    case $1 in
    --schema)
        [ $# -ge 2 ] || usage
        schema=$2
        shift
        ;;
    --whole) whole=yes ;;
    -*) usage ;;
    *)
        if [ -z "$from" ]; then from=$1; elif [ -z "$connection" ]; then connection=$1; else usage; fi
        ;;
    esac
    shift
done
[ -n "$from" ] || usage
case $schema in [!a-z_]* | *[!a-z0-9_]* | '') fail "--schema $schema: small letters, digits and _ only" ;; esac
command -v psql >/dev/null || fail "no psql here: install PostgreSQL's client"
handover_open "$from"
export PGCLIENTENCODING=UTF8 PGAPPNAME=${PGAPPNAME:-sqlite-chat}
export PGOPTIONS="${PGOPTIONS-} -c client_min_messages=warning -c statement_timeout=0 -c timezone=UTC"

# In the folder `work`, where the files of both sides are.
postgresql() {
    (cd "$work" && exec psql -X -q -A -t -v ON_ERROR_STOP=1 ${connection:+"$connection"} 2>psql.said)
}

postgresql_failed() {
    local why
    why=$(sed -nE 's/^psql: error: //; s/^(psql:<stdin>:[0-9]+: )?(ERROR|FATAL): +//; /./{p;q;}' "$work/psql.said")
    fail "${why:-$(handover_reason)}"
}

# --- where it stands --------------------------------------------------------------------------------------------------

stands() {
    postgresql <<SQL
SHOW server_encoding;
SELECT to_regclass('$schema.archive_loaded') IS NOT NULL AS known \\gset
\\if :known
SELECT archive FROM $schema.archive_loaded;
SELECT change FROM $schema.archive_loaded;
\\endif
SQL
}

# --- the script of the load ---------------------------------------------------------------------------------------------

create() {
    local column kind
    if [ "$last" = all ] && [ -z "$whole" ]; then echo "CREATE TABLE"; else echo "CREATE TABLE IF NOT EXISTS"; fi
    echo "$1("
    while read -r column kind; do
        case $column,$kind in
        path,*) echo 'path text COLLATE "C" PRIMARY KEY,' ;;
        *,time) echo "\"$column\" timestamptz," ;;
        *,integer) echo "\"$column\" bigint," ;;
        *,blob) echo "\"$column\" bytea," ;;
        *) echo "\"$column\" text," ;;
        esac
    done < <(handover_columns "$1")
    echo "archive_exact text);"
}

# The indexes of FILE.db, where rows have such columns. What can be long, as a name, does not fit into an ordered one.
# "TABLE STATEMENT" of each goes into the file indexes.
indexes() {
    handover_ask "SELECT t.name || ' CREATE INDEX IF NOT EXISTS ' || i.name || ' ON ' || t.name ||
            iif(max(k.name IN ('unique_name', 'identity')), ' USING hash', '') ||
            '(' || group_concat('\"' || k.name || '\"', ', ') || ');'
        FROM temp.export_tables AS t JOIN pragma_index_list(t.name) AS i JOIN pragma_index_info(i.name) AS k
       WHERE i.origin = 'c' AND NOT i.partial AND k.name <> 'gone_at' GROUP BY t.name, i.name;" \
        >"$work/indexes" || fail "$file: $(handover_reason)"
}

# The line of a row for the checksum: see sql/export/checksum.sql. The last column there is gone_at.
line() {
    local column kind value line=''
    while read -r column kind; do
        case $kind in
        time) value="convert_to(to_char(\"$column\" AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), 'UTF8')" ;;
        integer) value="convert_to(\"$column\"::text, 'UTF8')" ;;
        blob) value="\"$column\"" ;;
        *) value="convert_to(\"$column\", 'UTF8')" ;;
        esac
        value="upper(encode($value, 'hex'))"
        case $column,$kind in
        path,* | *,blob) ;;
        *) value="substr(archive_exact::json->>'$column', 2), $value" ;;
        esac
        line="$line${line:+ || ' ' || }coalesce($value, '-')"
    done < <(handover_columns "$1")
    echo "$line || ' -'"
}

copy() {
    echo "COPY line FROM STDIN WITH (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01');"
}

# A piece of the script for psql, kept in a file that sqlite3 puts before or after its rows: `piece NAME <SCRIPT`.
piece() {
    printf '%s' "$(cat)" >"$work/$1.sql" # without its last line break: sqlite3 writes one
    echo "SELECT CAST(readfile('$1.sql') AS TEXT);"
}

begin() {
    echo "BEGIN;"
    echo "CREATE SCHEMA IF NOT EXISTS $schema;"
    echo "SET LOCAL search_path = $schema;"
    echo "CREATE TABLE IF NOT EXISTS archive_loaded(archive text, run bigint, change bigint, loaded_at timestamptz);"
    # Another one at the same time has to wait, and then would bring over what is there.
    echo "LOCK TABLE archive_loaded IN EXCLUSIVE MODE;"
    [ -n "$whole" ] || echo "DO \$\$ BEGIN IF coalesce((SELECT change::text FROM archive_loaded), 'all') <> '$last' THEN
        RAISE 'another call has loaded it meanwhile: run it again'; END IF; END \$\$;"
    echo "CREATE TEMP TABLE line(j json) ON COMMIT DROP;"
}

# One table: what sqlite3 does, which prints what psql does.
load() {
    local table=$1
    {
        create "$table"
        [ -z "$whole" ] || echo "DELETE FROM $table;"
        copy
    } | piece "$table-1"
    if [ "$last" != all ]; then
        echo "SELECT json_object('path', path) FROM temp.told WHERE table_name = '$table';"
        {
            echo '\.'
            echo "DELETE FROM $table USING line WHERE $table.path = line.j->>'path';"
            echo "TRUNCATE line;"
            copy
        } | piece "$table-2"
    fi
    echo "SELECT $(handover_json "$table" NUL) FROM $table $(handover_where "$table");"
    {
        echo '\.'
        echo "INSERT INTO $table SELECT r.* FROM line, json_populate_record(NULL::$table, j) AS r;"
        echo "TRUNCATE line;"
        sed -n "s/^$table //p" "$work/indexes"
    } | piece "$table-3"
}

# Counts and sums of this side, and the decision.
end() {
    local table
    echo "DELETE FROM archive_loaded;"
    echo "\\set archive \`sed -n 1p state\`"
    echo "\\set run \`sed -n 2p state\`"
    echo "\\set change \`sed -n 3p state\`"
    echo "INSERT INTO archive_loaded VALUES (:'archive', :run, :change, now());"
    for table in $(handover_tables); do
        echo "\\copy (SELECT count(*) FROM $table) TO 'there/$table.rows'"
        echo "\\copy (SELECT $(line "$table") FROM $table ORDER BY path) TO PROGRAM '$sha256 >there/$table.sha256'"
    done
    echo "\\set same \`diff -rq here there >/dev/null && echo 1 || echo 0\`"
    echo "\\if :same"
    echo "COMMIT;"
    echo "\\echo committed"
    echo "\\else"
    echo "ROLLBACK;"
    echo "\\endif"
}

script() {
    local table
    indexes
    handover_begin
    begin | piece begin
    for table in $(handover_tables); do
        load "$table"
    done
    handover_sums
    end | piece end
}

stood=$(stands) || postgresql_failed
{
    read -r encoding
    read -r loaded
    read -r change
} <<<"$stood"
[ "$encoding" = UTF8 ] || fail "the database is in $encoding; make one with ENCODING 'UTF8'"
if [ -z "$whole" ]; then handover_since "$loaded" "$change"; else last=all; fi
script >"$work/script" || fail "$(handover_reason)"
said=$(handover_sqlite <"$work/script" | postgresql) || postgresql_failed
handover_end PostgreSQL "$said"
