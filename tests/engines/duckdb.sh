# shellcheck shell=bash
# DuckDB, of npm, for the tests of examples/engines: see lib.sh. PLACE is a file.

source tests/archive/duckdb.sh

duckdb_missing() {
    command -v node >/dev/null || { echo "no Node here" && return; }
    duckdb_install
}

duckdb_start() {
    return 0
}

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
