# shellcheck shell=bash
# For the tests of examples/engines: the engines themselves, each on a port of its own of 127.0.0.1, in a folder of its
# own, ended by its process id. Source tests/lib.sh, tests/tap.sh and tests/archive/lib.sh first.

engine_stops=

# Each line of engine_stops is a command that ends a server.
engines_stop() {
    eval "$engine_stops"
    engine_stops=
}
trap 'engines_stop; rm -rf "$folder"; emulator_stop' EXIT

# free_ports COUNT: as many ports, which nobody has at this moment.
free_ports() {
    node -e '
        const servers = Array.from({ length: Number(process.argv[1]) }, () => require("net").createServer());
        let ready = 0;
        for (const server of servers) server.listen(0, "127.0.0.1", () => {
            if (++ready < servers.length) return;
            console.log(servers.map((one) => one.address().port).join(" "));
            servers.forEach((one) => one.close());
        });' "$1"
}

# --- PostgreSQL -------------------------------------------------------------------------------------------------------

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
    as_user "$bin/pg_ctl" -D "$data/data" -s -w -t 60 -l "$data/log" \
        -o "-p $PGPORT -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories=$data/socket" start \
        >"$data.log" 2>&1 </dev/null || { cat "$data.log" && return 1; }
}

# postgresql_hand PLACE ARGUMENT...: brings it over; what it says is printed. PLACE: a schema.
postgresql_hand() {
    local place=$1
    shift
    examples/engines/postgresql.sh --schema "$place" "$@" 2>&1
}

# postgresql_sql PLACE STATEMENT: its rows, columns with a | between.
postgresql_sql() {
    PGOPTIONS="-c search_path=$1 -c client_min_messages=warning" psql -X -q -A -t -c "$2" 2>&1
}

# How a message's body and its time stand there, for a comparison that is not the script's own: SID, time, bytes.
postgresql_bodies() {
    postgresql_sql "$1" "SELECT sid || ' ' || to_char(date_created AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS') || ' ' ||
        CASE WHEN body IS NULL THEN 'null' WHEN position('\"body\"' IN coalesce(archive_exact, '')) > 0
            THEN archive_exact::json->>'body'
            ELSE 'x' || upper(encode(convert_to(body, 'UTF8'), 'hex')) END FROM $2"
}

# The rows and the sum of messages, in the words of exports: by hand, as sql/export/checksum.sql tells for PostgreSQL.
postgresql_sums() {
    local columns
    columns=$(postgresql_sql "$1" "SELECT string_agg(CASE
            WHEN data_type LIKE 'timestamp%' THEN format('coalesce(encode(convert_to(to_char(%I AT TIME ZONE ''UTC'',
                ''YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"''), ''UTF8''), ''hex''), ''-'')', column_name)
            ELSE format('coalesce(substr(archive_exact::json->>%L, 2), encode(convert_to(%I::text, ''UTF8''), ''hex''), ''-'')',
                column_name, column_name) END, ' || '' '' || ' ORDER BY ordinal_position)
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

# spoil PLACE PATH: of a message.
postgresql_spoil() {
    postgresql_sql "$1" "UPDATE messages SET body = coalesce(body, '') || ' ' WHERE path = '$2'"
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

# --- DuckDB -----------------------------------------------------------------------------------------------------------

DUCKDB_FOLDER=build/engines

# Installs it, once for each state of the lock file; prints why where it cannot.
duckdb_install() {
    cmp -s tests/engines/package-lock.json "$DUCKDB_FOLDER/installed" && return
    command -v npm >/dev/null || { echo "no npm here" && return 1; }
    rm -rf "$DUCKDB_FOLDER"
    mkdir -p "$DUCKDB_FOLDER"
    cp tests/engines/package.json tests/engines/package-lock.json tests/engines/.npmrc "$DUCKDB_FOLDER/"
    npm ci --prefix "$DUCKDB_FOLDER" --no-audit --no-fund --ignore-scripts >"$DUCKDB_FOLDER/npm.log" 2>&1 ||
        { echo "npm could not install DuckDB: $(grep -m 1 -E '^npm (error|ERR!)' "$DUCKDB_FOLDER/npm.log")" && return 1; }
    cp tests/engines/package-lock.json "$DUCKDB_FOLDER/installed"
}

duckdb_missing() {
    command -v node >/dev/null || { echo "no Node here" && return; }
    cmp -s tests/engines/package-lock.json "$DUCKDB_FOLDER/installed" || echo "make engines installs it"
}

duckdb_start() {
    export NODE_PATH=$PWD/$DUCKDB_FOLDER/node_modules
}

# PLACE: a file.
duckdb_hand() {
    local place=$1 whole=
    shift
    if [ "${!#}" = --whole ]; then whole=--whole && set -- "${@:1:$#-1}"; fi
    examples/engines/duckdb.sh $whole "$@" "$folder/$place.duckdb" 2>&1
}

duckdb_sql() {
    node -e '
        const { DuckDBInstance } = require("@duckdb/node-api");
        (async () => {
            const connection = await (await DuckDBInstance.create(process.argv[1])).connect();
            await connection.run("SET TimeZone = \"UTC\"");
            const reader = await connection.runAndReadAll(process.argv[2]);
            for (const row of reader.getRows()) console.log(row.map((value) => value ?? "").join("|"));
        })().catch((error) => { console.log(String(error)); process.exit(1); });' "$folder/$1.duckdb" "$2" 2>&1
}

duckdb_bodies() {
    duckdb_sql "$1" "SELECT sid || ' ' || strftime(date_created, '%Y%m%d%H%M%S') || ' ' ||
        CASE WHEN body IS NULL THEN 'null' ELSE 'x' || hex(body) END FROM $2"
}

duckdb_sums() {
    local columns
    columns=$(duckdb_sql "$1" "SELECT string_agg(CASE
            WHEN data_type LIKE 'TIMESTAMP%' THEN format('coalesce(hex(strftime(\"{}\", ''%Y-%m-%dT%H:%M:%SZ'')), ''-'')',
                column_name)
            ELSE format('coalesce(hex(\"{}\"::VARCHAR), ''-'')', column_name) END, ' || '' '' || ' ORDER BY ordinal_position)
        FROM information_schema.columns WHERE table_name = 'messages' AND column_name <> 'archive_exact'")
    echo "messages: $(duckdb_sql "$1" "SELECT count(*) FROM messages") rows, sha256 $(
        duckdb_sql "$1" "SELECT $columns || ' -' FROM messages ORDER BY path" | sha256sum | cut -d ' ' -f 1)"
}

duckdb_odd() {
    duckdb_sql "$1" "SELECT hex(body), date_created, archive_exact FROM messages WHERE path = '/odd/3'" |
        grep -vxF '5C5C005C7530303030||{"date_created":"x323031362D31322D33315432333A35393A36305A"}'
    duckdb_sql "$1" "SELECT count(*) FROM messages WHERE path LIKE '/odd/%' AND archive_exact IS NOT NULL" | grep -vx 10
    duckdb_sql "$1" "SELECT strftime(date_created, '%c') FROM messages WHERE path = '/odd/12'" | grep -vx '2104-12-31 23:59:59'
    duckdb_sql "$1" "SELECT hex(content) || octet_length(content) FROM media WHERE path LIKE '/odd/%' ORDER BY 1" |
        tr '\n' ' ' | grep -vx '0 000AFF0D5C006 '
}

duckdb_spoil() {
    duckdb_sql "$1" "UPDATE messages SET body = coalesce(body, '') || ' ' WHERE path = '$2'" | grep -vx 1
}

duckdb_not_possible() {
    refuses 'no such folder' duckdb nowhere/file "$folder/v2.db"
    cp "$folder/text.db" "$folder/text.duckdb"
    refuses 'not a valid DuckDB' duckdb text "$folder/v2.db"
    duckdb_sql mine "CREATE TABLE channels(mine INTEGER)"
    refuses '"channels" already exists' duckdb mine "$folder/v2.db"
    NODE_PATH='' refuses 'npm install @duckdb/node-api' duckdb v2 "$folder/v2.db"
}

engines=${ENGINES:-postgresql duckdb}
