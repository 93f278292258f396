# shellcheck shell=bash
# PostgreSQL for the tests of examples/engines: see lib.sh. PLACE is a schema.

postgresql_bin() {
    local candidate
    for candidate in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin; do
        [ -x "$candidate/initdb" ] && echo "$candidate"
    done | sort -V | tail -n 1
}

# PostgreSQL refuses to run as root.
as_user() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
    elif command -v setpriv >/dev/null; then
        (cd / && exec setpriv --reuid=postgres --regid=postgres --clear-groups "$@")
    else
        (cd / && exec su postgres -s /bin/sh -c 'exec "$0" "$@"' -- "$@")
    fi
}

# Prints why there is none here.
postgresql_missing() {
    [ -n "$(postgresql_bin)" ] || { echo "no PostgreSQL here" && return; }
    command -v psql >/dev/null || { echo "no psql here" && return; }
    command -v node >/dev/null || { echo "no Node here" && return; }
    [ "$(id -u)" != 0 ] || id postgres >/dev/null 2>&1 || echo "no user postgres here, and PostgreSQL refuses root"
}

# Sets PGHOST and so on.
postgresql_start() {
    local bin data
    bin=$(postgresql_bin)
    data=$folder/postgresql
    chmod 755 "$folder"
    mkdir "$data" "$data/socket"
    [ "$(id -u)" != 0 ] || chown -R postgres "$data"
    as_user "$bin/initdb" -D "$data/data" -U postgres -E UTF8 --locale=C -A trust --no-sync >"$data.log" 2>&1 ||
        { cat "$data.log" && return 1; }
    PGPORT=$(free_ports 1)
    export PGHOST=127.0.0.1 PGPORT PGUSER=postgres PGDATABASE=postgres
    engine_stops="$engine_stops
        as_user '$bin/pg_ctl' -D '$data/data' -m immediate -s stop"
    as_user "$bin/pg_ctl" -D "$data/data" -s -w -t 600 -l "$data/log" \
        -o "-p $PGPORT -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories=$data/socket" start \
        >"$data.log" 2>&1 </dev/null || { cat "$data.log" && return 1; }
}

postgresql_hand() {
    local place=$1
    shift
    examples/engines/postgresql.sh --schema "$place" "$@" 2>&1
}

# Columns with a | between.
postgresql_sql() {
    PGOPTIONS="-c search_path=$1 -c client_min_messages=warning" psql -X -q -A -t -c "$2" 2>&1
}

postgresql_bodies() {
    postgresql_sql "$1" "SELECT sid || ' ' || to_char(date_created AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS') || ' ' ||
        CASE WHEN body IS NULL THEN 'null' WHEN position('\"body\"' IN coalesce(archive_exact, '')) > 0
            THEN archive_exact::json->>'body'
            ELSE 'x' || upper(encode(convert_to(body, 'UTF8'), 'hex')) END FROM $2"
}

# By hand, as sql/export/checksum.sql tells.
postgresql_sums() {
    local columns
    columns=$(postgresql_sql "$1" "SELECT string_agg(CASE
            WHEN data_type LIKE 'timestamp%' THEN format('coalesce(encode(convert_to(to_char(%I AT TIME ZONE ''UTC'',
                ''YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"''), ''UTF8''), ''hex''), ''-'')', column_name)
            ELSE format('coalesce(substr(archive_exact::json->>%L, 2), encode(convert_to(%I::text, ''UTF8''),
                ''hex''), ''-'')', column_name, column_name) END, ' || '' '' || ' ORDER BY ordinal_position)
        FROM information_schema.columns WHERE (table_schema, table_name) = ('$1', 'messages')
         AND column_name <> 'archive_exact'")
    echo "messages: $(postgresql_sql "$1" "SELECT count(*) FROM messages") rows, sha256 $(
        postgresql_sql "$1" "SELECT upper($columns) || ' -' FROM messages ORDER BY path" | sha256sum | cut -d ' ' -f 1)"
}

postgresql_odd() {
    postgresql_sql "$1" "SELECT count(*) FROM messages WHERE body LIKE '%' || chr(65533) || '%' AND archive_exact IS NOT NULL
        AND path LIKE '/odd/%'" | grep -vx 3
    postgresql_sql "$1" "SELECT date_created, archive_exact FROM messages WHERE path = '/odd/3'" |
        grep -vxF '|{"body":"x5C5C005C7530303030","date_created":"x323031362D31322D33315432333A35393A36305A"}'
    postgresql_sql "$1" "SELECT date_created FROM messages WHERE path = '/odd/12'" | grep -vx '2104-12-31 23:59:59+00'
    postgresql_sql "$1" "SELECT encode(content, 'hex') || octet_length(content) FROM media WHERE path LIKE '/odd/%' ORDER BY 1" |
        tr '\n' ' ' | grep -vx '0 000aff0d5c006 '
}

postgresql_spoil() {
    postgresql_sql "$1" "UPDATE messages SET body = coalesce(body, '') || ' ' WHERE path = '$2' RETURNING 1" | grep -vx 1
}

postgresql_not_possible() {
    PGPORT=1 refuses 'refused' postgresql v2 "$folder/v2.db"
    refuses 'does not exist' postgresql v2 "$folder/v2.db" nowhere
    refuses 'small letters' postgresql 'V;2' "$folder/v2.db"
    psql -X -q -c "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    refuses "is in LATIN1" postgresql v2 "$folder/v2.db" latin
    psql -X -q -c "CREATE SCHEMA mine; CREATE TABLE mine.channels(mine int)" 2>&1
    refuses 'relation "channels" already exists' postgresql mine "$folder/v2.db"
}
