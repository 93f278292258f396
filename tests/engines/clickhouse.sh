# shellcheck shell=bash
# ClickHouse for the tests of examples/engines, two servers, which are the two shards of the cluster `two`: see lib.sh.
# PLACE is a database.

clickhouse_missing() {
    [ -n "$(clickhouse_server)" ] || { echo "no clickhouse-server here" && return; }
    command -v clickhouse-client >/dev/null || { echo "no clickhouse-client here" && return; }
    command -v node >/dev/null || echo "no Node here"
}

clickhouse_server() {
    command -v clickhouse-server || { [ -x /usr/sbin/clickhouse-server ] && echo /usr/sbin/clickhouse-server; }
}

# clickhouse_configure FOLDER PORT HTTP INTERSERVER: and clickhouse_ports, of both.
clickhouse_configure() {
    local port
    mkdir -p "$1/data" "$1/tmp"
    {
        echo "<yandex><logger><level>warning</level><log>$1/log</log><errorlog>$1/error.log</errorlog></logger>
            <listen_host>127.0.0.1</listen_host><tcp_port>$2</tcp_port><http_port>$3</http_port>
            <interserver_http_port>$4</interserver_http_port>
            <path>$1/data/</path><tmp_path>$1/tmp/</tmp_path><mark_cache_size>268435456</mark_cache_size>
            <max_concurrent_queries>50</max_concurrent_queries>
            <users_config>$1/users.xml</users_config><default_profile>default</default_profile>
            <default_database>default</default_database><remote_servers><two>"
        for port in $clickhouse_ports; do
            echo "<shard><replica><host>127.0.0.1</host><port>$port</port></replica></shard>"
        done
        echo "</two></remote_servers></yandex>"
    } >"$1/config.xml"
    echo "<yandex><profiles><default><max_memory_usage>4000000000</max_memory_usage></default></profiles>
        <users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile>
        <quota>default</quota></default></users><quotas><default></default></quotas></yandex>" >"$1/users.xml"
}

clickhouse_start() {
    local shard port
    # shellcheck disable=SC2046 # six numbers
    set -- $(free_ports 6)
    clickhouse_ports="$1 $2"
    clickhouse_configure "$folder/shard-1" "$1" "$3" "$4"
    clickhouse_configure "$folder/shard-2" "$2" "$5" "$6"
    for shard in 1 2; do
        "$(clickhouse_server)" "--config-file=$folder/shard-$shard/config.xml" >"$folder/shard-$shard/out" 2>&1 </dev/null &
        # A stop takes a while; nothing is to be kept.
        engine_stops="$engine_stops
            kill -KILL $!; wait $! 2>/dev/null"
    done
    for port in $clickhouse_ports; do
        await $! clickhouse_ask "$port" 'SELECT 1' >/dev/null ||
            { cat "$folder"/shard-*/out "$folder"/shard-*/error.log && return 1; }
    done
}

# Without LONG=1 one server alone has what is stopped, and odd values: each server more is a dozen clients more a load.
clickhouse_is_alone() {
    [ "$1" = alone ] || { [ -z "${LONG-}" ] && [[ $1 = stopped || $1 = odd* ]]; }
}

# Loads go through the first server, what is asked through the second, if there are two.
clickhouse_hand() {
    local place=$1 cluster=(--cluster two)
    shift
    ! clickhouse_is_alone "$place" || cluster=()
    examples/engines/clickhouse.sh --host 127.0.0.1 --port "${clickhouse_ports% *}" ${cluster[@]+"${cluster[@]}"} \
        --database "$place" "$@" 2>&1
}

clickhouse_ask() {
    clickhouse-client --host 127.0.0.1 --port "$1" -n -q "$2" </dev/null 2>&1
}

clickhouse_sql() {
    local port=${clickhouse_ports#* }
    ! clickhouse_is_alone "$1" || port=${clickhouse_ports% *}
    clickhouse_ask "$port" "USE $1; $2"
}

clickhouse_bodies() {
    clickhouse_sql "$1" "SELECT concat(assumeNotNull(sid), ' ', formatDateTime(assumeNotNull(date_created), '%Y%m%d%H%M%S'), ' ',
        if(isNull(body), 'null', concat('x', hex(assumeNotNull(body))))) FROM $2"
}

clickhouse_sums() {
    local columns
    columns=$(clickhouse_ask "${clickhouse_ports#* }" "SELECT arrayStringConcat(groupArray(multiIf(
            type LIKE '%DateTime%', concat('if(isNull(\`', name, '\`), \'-\', hex(formatDateTime(assumeNotNull(\`',
                name, '\`), \'%Y-%m-%dT%H:%M:%SZ\')))'),
            concat('if(isNull(\`', name, '\`), \'-\', hex(toString(assumeNotNull(\`', name, '\`))))'))), ', \' \', ')
        FROM system.columns WHERE database = '$1' AND table = 'messages' AND name NOT LIKE 'archive%' FORMAT TSVRaw")
    echo "messages: $(clickhouse_sql "$1" "SELECT count() FROM messages") rows, sha256 $(
        clickhouse_sql "$1" "SELECT concat($columns, ' -') FROM messages ORDER BY path" | sha256sum | cut -d ' ' -f 1)"
}

clickhouse_odd() {
    clickhouse_sql "$1" "SELECT hex(body), isNull(date_created), archive_exact FROM messages WHERE path = '/odd/3' FORMAT TSVRaw" |
        grep -vxF "5C5C005C7530303030	1	{\"date_created\":\"x323031362D31322D33315432333A35393A36305A\"}"
    clickhouse_sql "$1" "SELECT count() FROM messages WHERE path LIKE '/odd/%' AND isNotNull(archive_exact)" | grep -vx 10
    clickhouse_sql "$1" "SELECT date_created FROM messages WHERE path = '/odd/12'" | grep -vx '2104-12-31 23:59:59'
    clickhouse_sql "$1" "SELECT length(unhex(assumeNotNull(content))), content FROM media WHERE path LIKE '/odd/%' ORDER BY path" |
        tr '\t\n' '  ' | grep -vx '6 000AFF0D5C00 0  '
}

# An older version of the row, beside it.
clickhouse_spoil() {
    clickhouse_ask "${clickhouse_ports#* }" "INSERT INTO $1.messages_local(path, body) VALUES ('$2', 'x')"
}

# Both shards have rows, a channel's are all on one, of each there is one version, and each server knows how far it
# came.
clickhouse_shards() {
    local port rows
    for port in $clickhouse_ports; do
        rows=$(clickhouse_ask "$port" "SELECT count() FROM v2.messages_local")
        [ "$rows" -gt 0 ] || echo "$rows messages on one shard"
        clickhouse_ask "$port" "SELECT DISTINCT channel_sid FROM v2.messages_local UNION ALL
            SELECT DISTINCT sid FROM v2.channels_local" | sort -u
    done | sort | uniq -d | head -n 3
    clickhouse_sql v2 "SELECT 'twice', path FROM messages GROUP BY path HAVING count() > 1 LIMIT 3"
    for port in $clickhouse_ports; do
        clickhouse_ask "$port" "SELECT max(change) FROM v2.archive_loaded"
    done | grep -vx "$(plain "$folder/v2.db" 'SELECT max(id) FROM archive_changes')"
}

clickhouse_alone() {
    hand clickhouse alone "$folder/v2-old.db"
    hand clickhouse alone "$folder/v2.db"
    same clickhouse alone "$folder/v2.db" v2
}

clickhouse_not_possible() {
    local ports=$clickhouse_ports
    clickhouse_ports='1 1' refuses 'refused' clickhouse v2 "$folder/v2.db"
    refuses 'small letters' clickhouse 'V;2' "$folder/v2.db"
    refuses 'knows no cluster three' clickhouse v2 --cluster three "$folder/v2.db"
    clickhouse_ask "${ports#* }" "CREATE DATABASE IF NOT EXISTS mine; CREATE TABLE IF NOT EXISTS mine.channels(mine Int8) ENGINE = Log"
    refuses 'a table channels of another kind' clickhouse mine "$folder/v2.db"
    clickhouse_shards
    [ -z "${LONG-}" ] || clickhouse_alone
}
