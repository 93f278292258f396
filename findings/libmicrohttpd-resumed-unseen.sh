#!/usr/bin/env bash
# libmicrohttpd tells a loop of one's own nothing of a connection that has been resumed.
#
# Expected: in external mode with epoll a program waits for the daemon's epoll descriptor, no longer than
#   MHD_get_timeout says, and calls MHD_run; after MHD_resume_connection one of the two says that there is work.
# Happens: the descriptor is not readable and MHD_get_timeout says that there is no time limit. The answer is sent only
#   when MHD_run is called for another reason. (MHD_run_wait, which waits inside the library, does see it.)
# Seen: libmicrohttpd 0.9.75 (Debian 12).
# Why it matters: a program that waits for two daemons at once cannot use MHD_run_wait. Every delayed answer hangs until
#   something else happens, and nothing does where each client waits for its answer.
#
# Needs apt-get with its lists, a C compiler. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"

apt-get -qq -o APT::Sandbox::User=root download libmicrohttpd12=0.9.75-6 libmicrohttpd-dev=0.9.75-6
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
library=$(dirname "$(find "$temp/debian" -name 'libmicrohttpd.so.12')")

cat >try.c <<'EOF'
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct MHD_Connection *held;

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *size, void **state) {
    static int marks[2];
    if (!*state) {
        *state = &marks[0];
        return MHD_YES;
    }
    if (*state == &marks[0]) {
        *state = &marks[1];
        held = connection;
        MHD_suspend_connection(connection);
        return MHD_YES;
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(2, "ok", MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

static int readable(int descriptor) {
    struct pollfd waited = {.fd = descriptor, .events = POLLIN};
    return poll(&waited, 1, 200);
}

int main(void) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, NULL,
                                                 MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_END);
    address.sin_port = htons(MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    int waits = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    int client = socket(AF_INET, SOCK_STREAM, 0);
    MHD_UNSIGNED_LONG_LONG left = 0;
    static const char request[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    if (connect(client, (struct sockaddr *)&address, sizeof address) || write(client, request, strlen(request)) < 0) {
        return 2;
    }
    for (int i = 0; i < 100 && !held; i++) {
        readable(waits);
        MHD_run(daemon);
    }
    for (int i = 0; i < 5; i++) {
        MHD_run(daemon); /* nothing is left to do */
    }
    MHD_resume_connection(held);
    int ready = readable(waits);
    int timeout = MHD_get_timeout(daemon, &left);
    printf("version %s: after a resume the descriptor is %sreadable, and MHD_get_timeout says %s\n", MHD_get_version(),
           ready > 0 ? "" : "not ", timeout == MHD_YES ? "that there is a time" : "that there is none");
    int before = readable(client);
    MHD_run(daemon);
    MHD_run(daemon);
    int after = readable(client);
    printf("the answer: %s before MHD_run, %s after it\n", before > 0 ? "there" : "not there",
           after > 0 ? "there" : "not there");
    return ready == 0 && timeout == MHD_NO && before == 0 && after > 0 ? 0 : 1;
}
EOF
cc -o try -I"$temp/debian/usr/include" try.c -L"$library" -lmicrohttpd
LD_LIBRARY_PATH=$library ./try || {
    echo "changed: see above" >&2
    exit 1
}
