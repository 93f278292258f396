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
