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

# Each engine has a file of its own here, and in it
#   ENGINE_missing                       prints why it is not to be had
#   ENGINE_start                         starts it; not 0 if it cannot
#   ENGINE_hand PLACE ARGUMENT...        brings an archive over; what is said is printed
#   ENGINE_sql PLACE STATEMENT           its rows
#   ENGINE_bodies PLACE TABLE            of each message SID, time and bytes of the body, for a comparison of the test's own
#   ENGINE_sums PLACE                    rows and checksum of messages, as examples/export.sh words them
#   ENGINE_odd PLACE, ENGINE_spoil PLACE PATH, ENGINE_not_possible       parts of test_engines
engines=${ENGINES:-postgresql duckdb clickhouse}
for engine in $engines; do
    source "tests/engines/$engine.sh"
done

# Starts all of them; sets present, those that can be had. The others are skipped.
engines_start() {
    local why
    present=
    for engine in $engines; do
        why=$("${engine}_missing")
        if [ -n "$why" ]; then
            skip "$engine" "$why"
        elif ! "${engine}_start" >"$folder/started" 2>&1; then
            check "$engine: starts" cat "$folder/started"
        else
            present="$present $engine"
        fi
    done
}
