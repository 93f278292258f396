# shellcheck shell=bash
# nginx in front of the emulator, with TLS and HTTP/2, for tests. Source it after tests/lib.sh and authority.sh; then:
#
#   nginx_there || ...            nginx_reason says what is missing
#   emulator_start ...
#   nginx_start <<'CONFIGURATION' what stands in http { }; in it PORT_1 … PORT_9 are free ports of 127.0.0.1,
#                                 FOLDER is nginx_folder
#   nginx_stop
#
# It runs as the current user, in a folder of its own (nginx_folder: access.log, error.log, the authority's ca.pem, the
# certificate server.pem for 127.0.0.1), on free ports of 127.0.0.1 (nginx_port N), and is stopped by its process id.
# `upstream emulator` is there already, and `include FOLDER/pass` passes a location's requests on to it.
# A line of access.log: connection, its how-manieth request, protocol, status, "r" if the TLS session was resumed,
# method, URI, Authorization.

nginx_pid=
nginx_folder=
nginx_base=
nginx_reason=

# Debian puts it where not every user looks.
nginx_binary() {
    PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx
}

nginx_there() {
    if ! nginx_binary >/dev/null; then
        nginx_reason="no nginx here"
    elif ! command -v openssl >/dev/null; then
        nginx_reason="no openssl here"
    elif ! "$(nginx_binary)" -V 2>&1 | grep -q -- --with-http_v2_module; then
        nginx_reason="this nginx knows no HTTP/2"
    fi
    [ -z "$nginx_reason" ]
}

nginx_port() {
    echo $((nginx_base + $1))
}

# Ends it at once. Only the shell that started it can wait for that, not a subshell such as `check` makes.
nginx_end() {
    [ -n "$nginx_pid" ] || return 0
    kill "$nginx_pid" 2>/dev/null
    wait "$nginx_pid" 2>/dev/null
    nginx_pid=
}

nginx_stop() {
    nginx_end
    if [ -n "$nginx_folder" ]; then
        rm -rf "$nginx_folder"
        nginx_folder=
    fi
}

# The certificates take a moment, so they are made once for all servers of a script; NGINX_CERTIFICATES, if set, is a
# folder that has them.
nginx_prepare() {
    [ -z "$nginx_folder" ] || return 0
    nginx_folder=$(mktemp -d) || return 1
    if [ -n "${NGINX_CERTIFICATES-}" ]; then
        cp "$NGINX_CERTIFICATES"/ca.pem "$NGINX_CERTIFICATES"/server.* "$nginx_folder/"
    else
        nginx_certify "$nginx_folder"
    fi
}

nginx_certify() {
    authority_make "$1" && certificate_make "$1" server IP:127.0.0.1
}

# nginx_configure: from standard input, with emulator and ports as they are now.
nginx_configure() {
    local kind
    cat >"$nginx_folder/pass" <<PASS
proxy_pass http://emulator;
proxy_http_version 1.1;
proxy_set_header Connection "";
proxy_set_header Host \$http_host;
proxy_set_header X-Forwarded-Proto \$scheme;
# It must repeat nothing by itself: the tests count requests.
proxy_next_upstream off;
PASS
    {
        # Only root may choose, and else its workers would be somebody who cannot read the folder.
        [ "$(id -u)" != 0 ] || echo "user $(id -un) $(id -gn);"
        cat <<HEAD
daemon off;
worker_processes 1;
pid $nginx_folder/nginx.pid;
error_log $nginx_folder/error.log info;
events { worker_connections 512; }
http {
log_format calls '\$connection \$connection_requests \$server_protocol \$status \$ssl_session_reused '
    '\$request_method \$request_uri \$http_authorization';
access_log $nginx_folder/access.log calls;
ssl_certificate $nginx_folder/server.pem;
ssl_certificate_key $nginx_folder/server.key;
upstream emulator { server ${TWILIO_CHAT_URL#http://}; keepalive 64; }
HEAD
        for kind in client_body proxy fastcgi uwsgi scgi; do
            echo "${kind}_temp_path $nginx_folder/$kind;"
        done
        sed -e "s#FOLDER#$nginx_folder#g" -e ':again' -e 's#PORT_\([1-9]\)#@\1@#;t again'
        echo "}"
    } >"$nginx_folder/template"
}

# Writes nginx.conf for the ports of nginx_base.
nginx_fill() {
    local number expression=()
    for number in 1 2 3 4 5 6 7 8 9; do
        expression+=(-e "s#@$number@#127.0.0.1:$(nginx_port $number)#g")
    done
    sed "${expression[@]}" "$nginx_folder/template" >"$nginx_folder/nginx.conf"
}

# Starts the binary and waits until it listens. 1: a port was taken, 2: it does not want to.
nginx_launch() {
    : >"$nginx_folder/error.log"
    rm -f "$nginx_folder/nginx.pid"
    set -m
    "$(nginx_binary)" -p "$nginx_folder" -c "$nginx_folder/nginx.conf" >"$nginx_folder/out" 2>&1 </dev/null &
    nginx_pid=$!
    set +m
    # It writes its own process id once its sockets listen.
    if ! await "$nginx_pid" test -s "$nginx_folder/nginx.pid"; then
        wait "$nginx_pid" 2>/dev/null
        nginx_pid=
        if grep -q 'bind() to .* failed' "$nginx_folder/error.log" "$nginx_folder/out"; then return 1; fi
        cat "$nginx_folder/out" "$nginx_folder/error.log" >&2
        return 2
    fi
}

# nginx cannot ask the kernel for a port, so ports below those that the kernel gives away are tried until all are free.
nginx_start() {
    local attempt status=1
    nginx_prepare && nginx_configure || return
    trap 'nginx_stop; emulator_stop' EXIT
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        nginx_base=$((20000 + (RANDOM * attempt + $$) % 12000))
        nginx_fill
        nginx_launch
        status=$?
        [ $status = 1 ] || break
    done
    return $status
}
