# shellcheck shell=bash
# For tests/sql/run: FRONT=tests/servers/front.sh puts nginx, with TLS and HTTP/2, between extension and emulator.
source tests/servers/authority.sh
source tests/servers/nginx.sh

# front_start EMULATOR-OPTION...: as emulator_start. front_behind is the emulator's own address then.
front_start() {
    emulator_start "$@" || return
    nginx_start <<'CONFIGURATION' || return
server {
    listen PORT_1 ssl http2;
    # Names that a client may ask for are longer than a header is by default.
    large_client_header_buffers 4 32k;
    location / { include FOLDER/pass; }
}
CONFIGURATION
    # shellcheck disable=SC2034 # for tests/sql/run
    front_behind=$TWILIO_CHAT_URL
    TWILIO_CHAT_URL=https://127.0.0.1:$(nginx_port 1)
    export TWILIO_CHAT_URL CURL_CA_BUNDLE=$nginx_folder/ca.pem
}
