/* rest/sockets: is there something to read on the connection of a local port? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "rest/sockets.h"

enum { CONNECTIONS = 40 };

static int listener, ours[CONNECTIONS], theirs[CONNECTIONS];

static int port_of(int socket) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    assert_int_equal(getsockname(socket, (struct sockaddr *)&address, &length), 0);
    return ntohs(address.sin_port);
}

static int open_connections(void **state) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    (void)state;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(listener, CONNECTIONS), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    for (int i = 0; i < CONNECTIONS; i++) {
        ours[i] = socket(AF_INET, SOCK_STREAM, 0);
        assert_int_equal(connect(ours[i], (struct sockaddr *)&address, sizeof address), 0);
        theirs[i] = accept(listener, NULL, NULL);
    }
    return 0;
}

static int close_connections(void **state) {
    (void)state;
    for (int i = 0; i < CONNECTIONS; i++) {
        close(ours[i]);
        close(theirs[i]);
    }
    close(listener);
    return 0;
}

/* Waits until what the other side did has arrived. */
static void wait_for(int socket) {
    struct pollfd watched = {.fd = socket, .events = POLLIN};
    assert_int_equal(poll(&watched, 1, 5000), 1);
}

static void reset(int socket) {
    const struct linger at_once = {.l_onoff = 1};
    assert_int_equal(setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), 0);
    close(socket);
}

static void test_unread(void **state) {
    sockets list = {0};
    (void)state;
    for (int i = 0; i < CONNECTIONS; i++) {
        sockets_note(&list, ours[i]);
        sockets_note(&list, ours[i]);
    }
    assert_int_equal(list.count, CONNECTIONS);
    for (int i = 0; i < CONNECTIONS; i++) {
        assert_int_equal(sockets_look(&list, port_of(ours[i])), SOCKETS_QUIET);
    }
    assert_int_equal(write(theirs[7], "x", 1), 1);
    wait_for(ours[7]);
    shutdown(theirs[30], SHUT_WR);
    wait_for(ours[30]);
    reset(theirs[31]);
    wait_for(ours[31]);
    theirs[31] = -1;
    for (int i = 0; i < CONNECTIONS; i++) {
        sockets_state expected = i == 7 ? SOCKETS_UNREAD : i == 30 || i == 31 ? SOCKETS_ENDED : SOCKETS_QUIET;
        assert_int_equal(sockets_look(&list, port_of(ours[i])), expected);
    }
    assert_string_equal(sockets_refusal(SOCKETS_UNREAD), "the kept connection held bytes that nobody asked for");
    assert_string_equal(sockets_refusal(SOCKETS_ENDED), "the server has closed the kept connection");
    sockets_clear(&list);
}

static void test_unknown(void **state) {
    sockets list = {0};
    (void)state;
    assert_int_equal(write(theirs[1], "x", 1), 1);
    wait_for(ours[1]);
    assert_int_equal(sockets_look(&list, port_of(ours[1])), SOCKETS_QUIET);
    sockets_note(&list, ours[2]);
    assert_int_equal(sockets_look(&list, port_of(ours[1])), SOCKETS_QUIET);
    assert_int_equal(sockets_look(&list, 0), SOCKETS_QUIET);
    assert_int_equal(sockets_look(&list, -1), SOCKETS_QUIET);
    sockets_clear(&list);
}

/* A number that has become another connection's, or nobody's. */
static void test_used_again(void **state) {
    sockets list = {0};
    (void)state;
    int port = port_of(ours[3]);
    sockets_note(&list, ours[3]);
    assert_int_equal(sockets_look(&list, port), SOCKETS_QUIET);
    assert_int_equal(dup2(ours[1], ours[3]), ours[3]); /* has something to read, but is not that connection */
    assert_int_equal(write(theirs[1], "x", 1), 1);
    wait_for(ours[3]);
    assert_int_equal(sockets_look(&list, port), SOCKETS_QUIET);
    sockets_note(&list, ours[3]);
    assert_int_equal(sockets_look(&list, port_of(ours[3])), SOCKETS_UNREAD);
    close(ours[3]);
    assert_int_equal(sockets_look(&list, port), SOCKETS_QUIET);
    sockets_clear(&list);
}

static void test_ipv6(void **state) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    socklen_t length = sizeof address;
    sockets list = {0};
    (void)state;
    int door = socket(AF_INET6, SOCK_STREAM, 0), one = socket(AF_INET6, SOCK_STREAM, 0);
    if (door < 0 || bind(door, (struct sockaddr *)&address, sizeof address) != 0) {
        print_message("# there is no IPv6 here\n");
        skip();
    }
    assert_int_equal(listen(door, 1), 0);
    assert_int_equal(getsockname(door, (struct sockaddr *)&address, &length), 0);
    assert_int_equal(connect(one, (struct sockaddr *)&address, sizeof address), 0);
    int other = accept(door, NULL, NULL);
    assert_int_equal(getsockname(one, (struct sockaddr *)&address, &length), 0);
    sockets_note(&list, one);
    assert_int_equal(sockets_look(&list, ntohs(address.sin6_port)), SOCKETS_QUIET);
    assert_int_equal(write(other, "x", 1), 1);
    wait_for(one);
    assert_int_equal(sockets_look(&list, ntohs(address.sin6_port)), SOCKETS_UNREAD);
    sockets_clear(&list);
    close(one), close(other), close(door);
}

static void test_any(void **state) {
    sockets list = {0};
    (void)state;
    assert_false(sockets_any_unread(&list));
    for (int i = 10; i < 20; i++) {
        sockets_note(&list, ours[i]);
    }
    assert_false(sockets_any_unread(&list));
    assert_int_equal(write(theirs[9], "x", 1), 1); /* not noted */
    wait_for(ours[9]);
    assert_false(sockets_any_unread(&list));
    assert_int_equal(write(theirs[15], "x", 1), 1);
    wait_for(ours[15]);
    assert_true(sockets_any_unread(&list));
    close(ours[15]);
    assert_false(sockets_any_unread(&list));
    shutdown(theirs[19], SHUT_WR);
    wait_for(ours[19]);
    assert_true(sockets_any_unread(&list));
    sockets_clear(&list);
}

/* What has no port is no connection to a server. */
static void test_without_a_port(void **state) {
    int pair[2];
    sockets list = {0};
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(write(pair[1], "x", 1), 1);
    sockets_note(&list, pair[0]);
    for (int port = 1; port <= 0xffff; port++) {
        assert_int_equal(sockets_look(&list, port), SOCKETS_QUIET);
    }
    sockets_clear(&list);
    close(pair[0]), close(pair[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_unread, open_connections, close_connections),
        cmocka_unit_test_setup_teardown(test_unknown, open_connections, close_connections),
        cmocka_unit_test_setup_teardown(test_used_again, open_connections, close_connections),
        cmocka_unit_test_setup_teardown(test_any, open_connections, close_connections),
        cmocka_unit_test(test_ipv6),
        cmocka_unit_test(test_without_a_port),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
