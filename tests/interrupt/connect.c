/*
** Connecting, and looking up a name, that get no answer; see scenarios.h.
**
** A listener whose queue is full answers no further SYN, so connecting to it waits. The name is one that tests/interrupt/
** slow_names.c, preloaded, takes a minute to look up.
*/
#include "differential/tap.h"
#include "scenarios.h"
#include "world.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECT_FILLERS = 4 };

static const char count[] = "SELECT count(*) FROM services";

/* Another address than the emulator's, with credentials of its own. */
static sqlite3 *connect_open(const char *url) {
    char before[200];
    snprintf(before, sizeof before, "%s", getenv("TWILIO_CHAT_URL"));
    setenv("TWILIO_CHAT_URL", url, 1);
    sqlite3 *db = world_open(":memory:");
    setenv("TWILIO_CHAT_URL", before, 1);
    return db;
}

/* A listener that never accepts, and connections that fill its queue. */
static int connect_listen(struct sockaddr_in *address, int *fillers) {
    socklen_t length = sizeof *address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    memset(address, 0, sizeof *address);
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)address, sizeof *address) || listen(listener, 0) ||
        getsockname(listener, (struct sockaddr *)address, &length)) {
        perror("listen");
        exit(1);
    }
    for (int i = 0; i < CONNECT_FILLERS; i++) {
        fillers[i] = socket(AF_INET, SOCK_STREAM, 0);
        fcntl(fillers[i], F_SETFL, O_NONBLOCK);
        (void)connect(fillers[i], (struct sockaddr *)address, sizeof *address);
    }
    usleep(100 * 1000);
    return listener;
}

static void connect_full_queue(void) {
    struct sockaddr_in address;
    int fillers[CONNECT_FILLERS];
    char url[100];
    int listener = connect_listen(&address, fillers);
    snprintf(url, sizeof url, "http://127.0.0.1:%d", ntohs(address.sin_port));
    sqlite3 *db = connect_open(url);
    world_outcome first = world_run(db, count, BY_THREAD), second = world_run(db, count, BY_HANDLER);
    tap_result(world_was_interrupted(&first), "connecting to a full queue: sqlite3_interrupt");
    tap_result(world_was_interrupted(&second), "connecting to a full queue: a progress handler");
    close(listener);
    for (int i = 0; i < CONNECT_FILLERS; i++) {
        close(fillers[i]);
    }
    sqlite3_close(db);
}

static void connect_slow_name(void) {
    sqlite3 *db = connect_open("https://no-such-service.invalid");
    world_outcome first = world_run(db, count, BY_THREAD), second = world_run(db, count, BY_HANDLER);
    tap_result(world_was_interrupted(&first), "looking up a name: sqlite3_interrupt");
    tap_result(world_was_interrupted(&second), "looking up a name: a progress handler");
    tap_result(world_is(world_value(db, "SELECT 'usable'"), "usable"), "looking up a name: afterwards");
    sqlite3_close(db);
}

void scenarios_connect(void) {
#ifdef __linux__
    connect_full_queue();
    if (curl_version_info(CURLVERSION_NOW)->version_num >= 0x075700) {
        connect_slow_name();
    } else {
        tap_result(true, "looking up a name # SKIP before 7.87 libcurl waits for the thread that does it");
    }
#else
    (void)connect_full_queue, (void)connect_slow_name;
    tap_result(true, "connecting and looking up names # SKIP the ways to make them slow are Linux's");
#endif
}
