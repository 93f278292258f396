# shellcheck shell=bash
# tinyproxy as a forward proxy, for tests. Source it, then:
#
#   tinyproxy_start NAME [LINE...]    a proxy with these further lines in its configuration, on a free port of
#                                     127.0.0.1, which becomes tinyproxy_port; its log is tinyproxy_folder/NAME.log
#   tinyproxy_stop                    all of them, by their process ids

tinyproxy_pids=
tinyproxy_folder=
tinyproxy_port=

tinyproxy_stop() {
    local pid
    for pid in $tinyproxy_pids; do
        kill "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    tinyproxy_pids=
    [ -z "$tinyproxy_folder" ] || rm -rf "$tinyproxy_folder"
    tinyproxy_folder=
}

# Waits until it listens. Not 0: it does not want to, most likely because the port is taken.
tinyproxy_await() {
    await "$2" grep -qs 'Starting main loop' "$1"
}

# It cannot ask the kernel for a port, so some below those that the kernel gives away are tried.
tinyproxy_start() {
    local name=$1 attempt pid log
    shift
    [ -n "$tinyproxy_folder" ] || tinyproxy_folder=$(mktemp -d) || return
    log=$tinyproxy_folder/$name.log
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        tinyproxy_port=$((20000 + (RANDOM * attempt + $$) % 12000))
        rm -f "$log"
        {
            printf '%s\n' "Listen 127.0.0.1" "Port $tinyproxy_port" "Allow 127.0.0.1" "Timeout 60" "MaxClients 100"
            # The most it can tell: every line of every request that it can read.
            printf '%s\n' "LogLevel Info" "LogFile \"$log\""
            [ $# -eq 0 ] || printf '%s\n' "$@"
        } >"$tinyproxy_folder/$name.conf"
        set -m
        tinyproxy -d -c "$tinyproxy_folder/$name.conf" >"$tinyproxy_folder/$name.out" 2>&1 </dev/null &
        pid=$!
        set +m
        if tinyproxy_await "$log" "$pid"; then
            tinyproxy_pids="$tinyproxy_pids $pid"
            return
        fi
    done
    cat "$tinyproxy_folder/$name.out" >&2
    return 1
}
