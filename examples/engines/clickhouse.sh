#!/usr/bin/env bash
# Brings an archive (FILE.db of examples/archive.sh) over to ClickHouse, one server or a cluster, and keeps it there
# up to date.
#
#   examples/engines/clickhouse.sh [--host HOST] [--port PORT] [--database NAME] [--cluster NAME] [--whole] FILE.db
#
# User and password, and what else is not said, are those of clickhouse-client's own configuration, as
# ~/.clickhouse-client/config.xml. The tables are made in the database NAME (archive). The first call loads all of the
# archive, later ones what has changed since. --whole loads all anew. Nothing needs ZooKeeper.
#
# --cluster: one of the server's configuration (SELECT * FROM system.clusters). Each of its servers, which must be
# reachable from here under the names that stand there, gets tables NAME_local, and Distributed tables over all of them
# that can be asked, at any server, by the names of the archive. A channel's rows are all on one shard.
#
# ClickHouse has no transactions. A row that has changed is added with a higher archive_change, then its old version
# is deleted, as is what is gone, on every server: once a call has ended, tables are read as they are; meanwhile,
# SELECT … FINAL has of each row the newest version. A call that was stopped is made up for by the next, from where
# the one before it ended. At the end the numbers of rows and the checksums of all tables are compared, and the exit
# status is 1 if they are not equal on both sides.
#
# The contents of media are hexadecimal digits there: unhex(content). Times beyond DateTime's are in archive_exact, see
# lib.sh.
set -u -o pipefail
# shellcheck source=examples/engines/lib.sh
source "$(dirname "$0")/lib.sh"

host=localhost
port=9000
database=archive
cluster=
whole=
from=
while [ $# -gt 0 ]; do
    case $1 in
    --host | --port | --database | --cluster)
        [ $# -ge 2 ] || usage
        eval "${1#--}=\$2"
        shift
        ;;
    --whole) whole=yes ;;
    -*) usage ;;
    *)
        [ -z "$from" ] || usage
        from=$1
        ;;
    esac
    shift
done
[ -n "$from" ] || usage
case $database in [!a-z_]* | *[!a-z0-9_]* | '') fail "--database $database: small letters, digits and _ only" ;; esac
case $cluster in *[!A-Za-z0-9_-]*) fail "--cluster $cluster: letters, digits, - and _ only" ;; esac
command -v clickhouse-client >/dev/null || fail "no clickhouse-client here: install it"
handover_open "$from"

# ask HOST PORT [OPTION...]: what it says goes to standard output. Many statements, by standard input or -q.
ask() {
    local where=$1 at=$2
    shift 2
    clickhouse-client --host "$where" --port "$at" -n "$@" 2>"$work/clickhouse.said"
}

ask_here() {
    ask "$host" "$port" -q "$1" </dev/null || clickhouse_failed
}

clickhouse_failed() {
    local why
    why=$(sed -nE 's/^Received exception from server.*//; s/^Error on processing query:.*Code: [0-9]+, //
        s/^(Code: [0-9]+\. )?DB::(Net)?Exception: //
        s/^Received from [^ ]* DB::Exception: //; s/\. DB::Exception: /: /g; /./{p;q;}' "$work/clickhouse.said")
    fail "${why:-clickhouse-client has ended}"
}

# --- servers and tables -----------------------------------------------------------------------------------------------

# The file servers gets "HOST PORT" of each.
find_servers() {
    if [ -z "$cluster" ]; then
        echo "$host $port" >"$work/servers"
        return
    fi
    ask_here "SELECT DISTINCT host_name, port FROM system.clusters WHERE cluster = '$cluster' FORMAT TSV" >"$work/servers"
    [ -s "$work/servers" ] || fail "the server at $host knows no cluster $cluster: see its system.clusters"
}

# everywhere FILE: runs a script, if there is anything in it, on each server; what they say, one after another.
everywhere() {
    local where at
    [ -s "$work/$1" ] || return 0
    while read -r where at <&5; do
        ask "$where" "$at" <"$work/$1" || clickhouse_failed
    done 5<"$work/servers"
}

# The table where rows are, on each server.
stored() {
    echo "$1${cluster:+_local}"
}

# What rows of a channel, and the channel, have in common.
shard_key() {
    local key
    case $1 in
    channels | conversations) key=sid ;;
    *) key=$(handover_columns "$1" | sed -nE 's/^((channel|conversation)_sid) .*/\1/p') ;;
    esac
    echo "cityHash64(ifNull(${key:-path}, path))"
}

create() {
    local column kind type
    echo "CREATE TABLE IF NOT EXISTS $database.$(stored "$1")("
    while read -r column kind; do
        case $kind in
        time) type="Nullable(DateTime('UTC'))" ;;
        integer) type='Nullable(Int64)' ;;
        *) type='Nullable(String)' ;;
        esac
        [ "$column" != path ] || type=String
        echo "\`$column\` $type,"
    done < <(handover_columns "$1")
    echo "archive_exact Nullable(String), archive_change UInt64"
    echo ") ENGINE = ReplacingMergeTree(archive_change) PARTITION BY tuple() ORDER BY path;"
    [ -z "$cluster" ] || echo "CREATE TABLE IF NOT EXISTS $database.$1 AS $database.$1_local
        ENGINE = Distributed($cluster, $database, $1_local, $(shard_key "$1"));"
}

create_loaded() {
    echo "CREATE TABLE IF NOT EXISTS $database.archive_loaded(archive String, run UInt64, change UInt64, loaded_at DateTime)
        ENGINE = Log;"
}

create_all() {
    local table
    echo "CREATE DATABASE IF NOT EXISTS $database;"
    create_loaded
    echo "CREATE TABLE IF NOT EXISTS $database.archive_lock(held String) ENGINE = Null;"
    for table in $(handover_tables); do
        create "$table"
    done
}

# One call at a time. ClickHouse refuses a query whose id a running one has: an INSERT into nowhere runs as long as this
# script, or what it has started, has the other end of its pipe open.
lock() {
    local waited=0 id="sqlite-chat $database" holder
    mkfifo "$work/lock"
    while :; do
        if [ -z "${holder-}" ] || ! kill -0 "$holder" 2>/dev/null; then
            # That of a call that has just ended, or was killed, may take a moment.
            waited=$((waited + 1))
            [ $waited -le 40 ] || fail "another call is at work on the database $database: $(head -n 1 "$work/lock.said")"
            clickhouse-client --host "$host" --port "$port" --query_id "$id" --receive_timeout 86400 \
                -q "INSERT INTO $database.archive_lock /* $work */ FORMAT TSV" <"$work/lock" >/dev/null 2>"$work/lock.said" 7>&- &
            holder=$!
            exec 7>"$work/lock"
            echo held >&7
        fi
        sleep 0.1
        [ "$(ask_here "SELECT count() FROM system.processes WHERE query_id = '$id' AND query LIKE '%$work%'")" != 1 ] || break
    done
}

# What stands in the way: a table of the same name that is somebody else's.
check_tables() {
    echo "SELECT DISTINCT name FROM system.tables WHERE database = '$database' AND (name IN ('',"
    for table in $(handover_tables); do
        echo "'$table', '$(stored "$table")',"
    done
    echo "'')) AND name NOT IN (SELECT table FROM system.columns WHERE database = '$database' AND name = 'archive_change')"
}

# The mutations of before have come to their end.
wait_for_deletions() {
    local left
    echo "SELECT count() FROM system.mutations WHERE database = '$database' AND NOT is_done" >"$work/waiting"
    while left=$(everywhere waiting) || exit && grep -qvx 0 <<<"$left"; do sleep 0.1; done
}

# ARCHIVE, CHANGE of the server that came least far; nothing if there is one that has not loaded all of an archive.
stands() {
    local where at one least=
    while read -r where at <&5; do
        one=$(ask "$where" "$at" -q "SELECT archive, change FROM $database.archive_loaded
            ORDER BY loaded_at DESC, change DESC LIMIT 1 FORMAT TSV" </dev/null) || clickhouse_failed
        [ -n "$one" ] || return 0
        { [ -n "$least" ] && [ "${least##*$'\t'}" -le "${one##*$'\t'}" ]; } || least=$one
    done 5<"$work/servers"
    echo "$least"
}

# Rows that a stopped call has left behind. Before all are taken away it is forgotten how far they came: a call that is
# stopped from here on is made up for by one that loads all.
remove_unfinished() {
    local table
    if [ "$last" = all ]; then
        echo "DROP TABLE IF EXISTS $database.archive_loaded;"
        create_loaded
    fi >"$work/forget"
    everywhere forget
    for table in $(handover_tables); do
        if [ "$last" = all ]; then
            echo "TRUNCATE TABLE $database.$(stored "$table");"
        else
            echo "SELECT '$table' FROM $database.$(stored "$table") WHERE archive_change > $last LIMIT 1;"
        fi
    done >"$work/unfinished"
    everywhere unfinished | sort -u >"$work/left" || exit
    [ -s "$work/left" ] || return 0
    while read -r table; do
        echo "ALTER TABLE $database.$(stored "$table") DELETE WHERE archive_change > $last;"
    done <"$work/left" >"$work/remove"
    everywhere remove
    wait_for_deletions
}

# --- the load ---------------------------------------------------------------------------------------------------------

# insert.sh TABLE: rows of its standard input go into the table, at all shards before it ends; without any, nothing is
# done.
insert_program() {
    echo "[ \"\$(dd bs=1 count=1 2>/dev/null)\" = '{' ] || exit 0"
    echo "{ printf '{' && cat; } | clickhouse-client --host $(printf %q "$host") --port $(printf %q "$port")" \
        "--insert_distributed_sync=1 --date_time_input_format=best_effort" \
        "-q \"INSERT INTO $database.\$1 FORMAT JSONEachRow\" 2>>clickhouse.said || echo \"\$1\" >>failed"
}

# What sqlite3 does.
rows() {
    local table
    handover_begin
    for table in $(handover_tables); do
        echo ".output '|bash insert.sh $table'"
        echo "SELECT $(handover_json "$table" '' "'archive_change', (SELECT max(id) FROM archive_changes)")
            FROM $table $(handover_where "$table") ORDER BY path;"
    done
    echo ".output told"
    echo "SELECT json_object('table_name', table_name, 'path', path) FROM temp.told;"
    echo ".output told_tables"
    echo "SELECT DISTINCT table_name FROM temp.told;"
    handover_sums
}

# Of what the changes tell of, the old versions, and the rows that are gone. Never a condition over a column that can be
# NULL: ClickHouse (18.16) deletes such rows as well.
delete_old() {
    local table where at
    [ -s "$work/told" ] || return 0
    echo "DROP TABLE IF EXISTS $database.archive_told;
        CREATE TABLE $database.archive_told(table_name String, path String) ENGINE = Log;" >"$work/delete"
    everywhere delete
    while read -r where at <&5; do
        ask "$where" "$at" -q "INSERT INTO $database.archive_told FORMAT JSONEachRow" <"$work/told" || clickhouse_failed
    done 5<"$work/servers"
    while read -r table; do
        echo "ALTER TABLE $database.$(stored "$table") DELETE WHERE archive_change < $change AND path IN
            (SELECT path FROM $database.archive_told WHERE table_name = '$table');"
    done <"$work/told_tables" >"$work/delete"
    everywhere delete
    wait_for_deletions
    echo "DROP TABLE $database.archive_told;" >"$work/delete"
    everywhere delete
}

# The line of a row for the checksum: see sql/export/checksum.sql. The last column there is gone_at.
line() {
    local column kind value
    printf "concat("
    while read -r column kind; do
        case $kind in
        time) value="hex(formatDateTime(assumeNotNull(\`$column\`), '%Y-%m-%dT%H:%M:%SZ'))" ;;
        integer) value="hex(toString(assumeNotNull(\`$column\`)))" ;;
        blob) value="assumeNotNull(\`$column\`)" ;;
        *) value="hex(assumeNotNull(\`$column\`))" ;;
        esac
        value="isNull(\`$column\`), '-', $value"
        case $kind in
        time | integer)
            value="visitParamHas(ifNull(archive_exact, ''), '$column'),
                substring(visitParamExtractString(ifNull(archive_exact, ''), '$column'), 2), $value"
            ;;
        esac
        printf "multiIf(%s), ' ', " "$value"
    done < <(handover_columns "$1")
    printf "'-')"
}

# All by one client, which takes its time to start: the name of a table, the number of its rows, then their lines.
# They are sorted here: a server of 18.16 was seen to die (segmentation fault) while it sorted a million of them.
sums() {
    local table
    for table in $(handover_tables); do
        echo "SELECT '=$table', count() FROM $database.$table FORMAT TSV;"
        echo "SELECT $(line "$table") FROM $database.$table FORMAT TSV;"
    done >"$work/sums"
    ask "$host" "$port" <"$work/sums" | (cd "$work/there" && awk -v sha256="$sha256" '
        /^=/ {
            if (sum) close(sum)
            table = substr($1, 2)
            print $2 >(table ".rows")
            close(table ".rows")
            sum = "LC_ALL=C sort -S 128M -T .. | " sha256 " >" table ".sha256"
            printf "" | sum
            next
        }
        { print | sum }') || clickhouse_failed
}

find_servers
check_tables >"$work/check"
mine=$(everywhere check) || exit
[ -z "$mine" ] || fail "the database $database has a table ${mine%%$'\n'*} of another kind: choose another --database"
create_all >"$work/create"
everywhere create
lock
stood=$(stands) || exit
if [ -z "$whole" ]; then handover_since "${stood%$'\t'*}" "${stood##*$'\t'}"; else last=all; fi
wait_for_deletions
remove_unfinished
insert_program >"$work/insert.sh"
: >"$work/clickhouse.said"
rows | handover_sqlite || fail "$(handover_reason)"
[ ! -s "$work/failed" ] || clickhouse_failed
{
    read -r _
    read -r run
    read -r change
} <"$work/state"
delete_old
sums
handover_equal || handover_end ClickHouse ''
echo "INSERT INTO $database.archive_loaded VALUES ('$archive', $run, $change, now())" >"$work/loaded"
everywhere loaded
handover_end ClickHouse committed
