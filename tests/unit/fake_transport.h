/*
** A clock and a transport that take the place of the real ones: hours of waiting take no time. These are definitions: one
** file of a program includes them.
*/
#ifndef CHAT_TEST_FAKE_TRANSPORT_H
#define CHAT_TEST_FAKE_TRANSPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/sqlite.h"
#include "rest/client.h"
#include "rest/transport.h"

/* ---- a clock that only moves when somebody waits ---- */

static int64_t now_ms;

int64_t clock_monotonic_ms(void) {
    return now_ms;
}

int64_t clock_wall_ms(void) {
    return now_ms;
}

void clock_format(int64_t wall_ms, int fraction, char *text) {
    (void)fraction;
    snprintf(text, CLOCK_TEXT_SIZE, "%lld", (long long)wall_ms);
}

/* ---- a transport whose every transfer takes ten milliseconds and ends as the test's server says ---- */

enum { LATENCY_MS = 10, TRANSFERS_MAX = 64 };

struct transfer {
    transport *loop;
    transport_done *done;
    transport_take *take;
    void *context;
    transport_result result;
    int64_t due_ms;
    bool ended;
    char url[200], method[8];
};

struct transport {
    transfer *running[TRANSFERS_MAX];
    int count;
};

/* Fills in how attempt `number` (1 for the first of all) ends. */
typedef void server(const transfer *asked, int number, transport_result *result);

static server *answer_of;
static void (*while_driving)(transport *loop); /* what happens whenever somebody waits; or NULL */
static int attempts, most_at_once;
static transport_call last_call; /* its texts are gone, but for whether there are any */

transport *transport_new(const tls_authorities *authorities) {
    (void)authorities;
    return calloc(1, sizeof(transport));
}

void transport_free(transport *loop) {
    free(loop);
}

void transport_set_connections(transport *loop, int count) {
    (void)loop;
    (void)count;
}

transfer *transport_start(transport *loop, const transport_call *call, transport_done *done, void *context,
                          error *problem) {
    (void)problem;
    assert_true(loop->count < TRANSFERS_MAX);
    transfer *begun = calloc(1, sizeof *begun);
    begun->loop = loop;
    begun->take = call->take;
    begun->done = done;
    begun->context = context;
    begun->due_ms = now_ms + LATENCY_MS;
    snprintf(begun->url, sizeof begun->url, "%s", call->url);
    snprintf(begun->method, sizeof begun->method, "%s", call->method);
    last_call = *call;
    answer_of(begun, ++attempts, &begun->result);
    loop->running[loop->count++] = begun;
    most_at_once = loop->count > most_at_once ? loop->count : most_at_once;
    return begun;
}

transport_result *transport_result_of(transfer *ended) {
    return &ended->result;
}

/* It has none of its own until it ends: what the test's server says is there from the start. */
transport_result *transport_result_so_far(transfer *running) {
    if (running->result.status) {
        running->result.head_status = running->result.status;
    }
    return &running->result;
}

static void take_out(transport *loop, const transfer *one) {
    for (int i = 0; i < loop->count; i++) {
        if (loop->running[i] == one) {
            memmove(&loop->running[i], &loop->running[i + 1], (size_t)(--loop->count - i) * sizeof *loop->running);
        }
    }
}

void transport_release(transfer *ended) {
    take_out(ended->loop, ended);
    buffer_clear(&ended->result.body);
    free(ended);
}

int transport_drive(transport *loop, int timeout_ms) {
    int64_t until = now_ms + timeout_ms;
    for (int i = 0; i < loop->count; i++) {
        until = loop->running[i]->due_ms < until ? loop->running[i]->due_ms : until;
    }
    now_ms = until;
    if (while_driving) {
        while_driving(loop);
    }
    for (int i = 0; i < loop->count;) {
        transfer *one = loop->running[i];
        if (one->due_ms <= now_ms) {
            take_out(loop, one);
            transport_result_so_far(one);
            one->done(one->context, one);
        } else {
            i++;
        }
    }
    return loop->count;
}

#endif
