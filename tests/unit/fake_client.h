/*
** An HTTP client and a clock that take the place of the real ones, since unit programs are linked with an archive. Each
** request takes ten milliseconds and ends as the test's server says; the clock only moves when somebody waits. These are
** definitions: one file of a program includes them. All of client.h must be here: one function that is missing brings in
** the real client, and then the linker finds everything twice.
**
**     static void found(const client_request *asked, client_answer *answer) {
**         set_body(answer, "{\"sid\":\"CH1\"}");
**     }
**     ...
**     answer_of = found;
*/
#ifndef CHAT_TEST_FAKE_CLIENT_H
#define CHAT_TEST_FAKE_CLIENT_H

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
#include "unit/faulty_memory.h"

enum { LATENCY_MS = 10, RUNNING_MAX = 64 };

/* ---- a clock that only moves when somebody waits ---- */

int64_t now_ms;

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

/* ---- a client ---- */

struct client_request {
    char method[8], path[200], tag[100];
    client_answer answer;
    client_taker taker;
    int64_t due_ms;
    bool done, half_there;
};

struct client {
    int concurrency;
    int accounts; /* beside the first */
    request_log log;
    client_request *requests[RUNNING_MAX]; /* not released yet, in the order in which they began */
    int count;
};

/* Fills in how a request ends; leaves it alone for success (200, or 201 of a write) without a body. */
typedef void server(const client_request *asked, client_answer *answer);

server *answer_of;
char seen[4000];       /* "+m1 +m2 -m1 ": what began and what was answered, by the body's first pair or last segment */
char last_header[100]; /* of the request begun last */
int last_precedence;   /* ... and of this one */
int waits_left;        /* before an interrupt; -1: none comes */
bool no_credentials;   /* nothing can be begun */
size_t halves_at; /* answers that are taken as they come have so many bytes a latency before the rest; 0: none has */
int breaks_left;  /* so many of them break off there, and are asked for once more */
bool acted;       /* could the server have acted on what was interrupted? */

void see(const char *sign, const char *what) {
    size_t used = strlen(seen);
    snprintf(seen + used, sizeof seen - used, "%s%s ", sign, what);
}

client *client_new(bool (*interrupted)(void *context), void *context) {
    (void)interrupted;
    (void)context;
    client *made = calloc(1, sizeof *made);
    request_log_init(&made->log, 0);
    return made;
}

void client_free(client *target) {
    assert_int_equal(target->count, 0);
    free(target);
}

int client_configure(client *target, const client_config *config) {
    target->concurrency = config->max_concurrency;
    return SQLITE_OK;
}

int client_concurrency(const client *target) {
    return target->concurrency;
}

int client_running(const client *target) {
    return target->count;
}

int64_t client_put_off_ms(const client *target) {
    (void)target;
    return 0;
}

request_log *client_log(client *target) {
    return &target->log;
}

int client_add_account(client *target) {
    return ++target->accounts;
}

int client_configure_account(client *target, int account, const client_config *config) {
    (void)config;
    return account <= target->accounts ? SQLITE_OK : SQLITE_ERROR;
}

int client_accounts(const client *target) {
    return target->accounts + 1;
}

/* Whatever is asked for may be asked. */
void client_check_credentials(const client *target, int number, int origin, error *problem) {
    (void)target;
    (void)number;
    (void)origin;
    (void)problem;
}

bool client_is_same_account(const client *target, int account, int other, int origin) {
    (void)target;
    (void)origin;
    return account == other;
}

const char *client_origin(const client *target, int account, int origin) {
    (void)target;
    (void)account;
    (void)origin;
    return "https://chat.twilio.com";
}

void client_hide(const client *target, char *text) {
    (void)target;
    (void)text;
}

bool client_secret_is_in(const client *target, const char *text) {
    (void)target;
    (void)text;
    return false;
}

bool client_was_sent(const client_request *request) {
    (void)request;
    return true;
}

void client_poll(client *target, error *problem) {
    (void)target;
    (void)problem;
}

size_t client_buffered(const client *target) {
    (void)target;
    return 0;
}

/* Needs memory as the real one does, and gives it back at once. */
client_request *client_start(client *target, const client_call *call, error *problem) {
    if (no_credentials) {
        error_set(problem, SQLITE_AUTH, "no credentials");
        return NULL;
    }
    void *memory = sqlite3_malloc(8);
    if (!memory) {
        error_no_memory(problem);
        return NULL;
    }
    sqlite3_free(memory);
    assert_true(target->count < RUNNING_MAX);
    client_request *begun = calloc(1, sizeof *begun);
    snprintf(begun->method, sizeof begun->method, "%s", call->method);
    snprintf(begun->path, sizeof begun->path, "%s", call->path);
    const char *tag = call->body ? call->body : strrchr(call->path, '/') + 1;
    snprintf(begun->tag, sizeof begun->tag, "%.*s", (int)(call->body ? strcspn(tag, "&") : strlen(tag)), tag);
    snprintf(last_header, sizeof last_header, "%s", call->header ? call->header : "none");
    last_precedence = call->precedence;
    begun->due_ms = now_ms + LATENCY_MS;
    begun->taker = call->taker;
    if (begun->taker.take) {
        begun->taker.begin(begun->taker.context);
    }
    see("+", begun->tag);
    target->requests[target->count++] = begun;
    return begun;
}

bool client_is_done(const client_request *request) {
    return request->done;
}

bool client_may_have_acted(const client_request *request) {
    return acted || request->answer.uncertain;
}

client_answer *client_answer_of(client_request *request) {
    return &request->answer;
}

void client_release(client *target, client_request *request) {
    if (!request) {
        return;
    }
    for (int i = 0; i < target->count; i++) {
        if (target->requests[i] == request) {
            memmove(&target->requests[i], &target->requests[i + 1],
                    (size_t)(--target->count - i) * sizeof *target->requests);
        }
    }
    sqlite3_free(request->answer.body);
    sqlite3_free(request->answer.message);
    free(request);
}

/* Whoever takes bytes as they come: the first half of an answer, and whether the rest is still to come. */
bool hand_over_half(client_request *request) {
    client_answer *answer = &request->answer;
    if (!halves_at || request->half_there || !request->taker.take || answer->length <= halves_at) {
        return false;
    }
    request->taker.take(request->taker.context, answer->body, halves_at);
    request->due_ms = now_ms + LATENCY_MS;
    request->half_there = breaks_left <= 0;
    if (breaks_left > 0) {
        breaks_left--;
        request->taker.begin(request->taker.context);
    }
    see("half ", request->tag);
    return true;
}

/* ... all of it, in two pieces. */
void hand_over(client_request *request) {
    client_answer *answer = &request->answer;
    if (request->taker.take && answer->outcome == CLIENT_OK && answer->status == 200 && answer->body) {
        size_t half = request->half_there ? halves_at : answer->length / 2;
        if (!request->half_there) {
            request->taker.take(request->taker.context, answer->body, half);
        }
        request->taker.take(request->taker.context, answer->body + half, answer->length - half);
        sqlite3_free(answer->body);
        answer->body = NULL;
        answer->length = 0;
    }
}

int usual_status(const char *method) {
    return strcmp(method, "GET") == 0 ? 200 : strcmp(method, "DELETE") == 0 ? 204 : 201;
}

/* Moves the time on to the next answer, but not past a moment. */
void go_on(const client *target, int64_t until_ms) {
    for (int i = 0; i < target->count; i++) {
        client_request *request = target->requests[i];
        if (!request->done && request->due_ms <= until_ms) {
            now_ms = request->due_ms > now_ms ? request->due_ms : now_ms;
            request->answer.status = usual_status(request->method);
            answer_of(request, &request->answer);
            if (hand_over_half(request)) {
                return;
            }
            request->done = true;
            hand_over(request);
            see("-", request->tag);
            return;
        }
    }
    now_ms = until_ms;
}

bool is_interrupted(error *problem) {
    if (waits_left == 0) {
        error_set(problem, SQLITE_INTERRUPT, "interrupted");
    }
    waits_left -= waits_left > 0;
    return error_is_set(problem);
}

void client_wait(client *target, error *problem) {
    assert_true(target->count > 0);
    if (!is_interrupted(problem)) {
        go_on(target, INT64_MAX);
    }
}

void client_pause(client *target, int64_t milliseconds, error *problem) {
    if (!is_interrupted(problem)) {
        go_on(target, now_ms + milliseconds);
    }
}

/* ---- servers ---- */

void set_body(client_answer *answer, const char *text) {
    sqlite3_free(answer->body);
    faulty_memory_restrict(0); /* that the answer comes is not what is tried */
    answer->body = sqlite3_mprintf("%s", text);
    faulty_memory_restrict(FAULTY_ALL);
    answer->length = strlen(text);
}

/* The code of a 409: another channel has the name. */
int refusal_code = 50307;

void refuse(client_answer *answer, int status, int rc) {
    char body[60];
    if (status == 409) {
        snprintf(body, sizeof body, "{\"code\":%d,\"status\":409}", refusal_code);
        set_body(answer, body);
    }
    answer->outcome = CLIENT_FAILED;
    answer->status = status;
    answer->rc = rc;
    answer->rejected = status == 409;
    answer->uncertain = status >= 500;
    answer->message = sqlite3_mprintf("HTTP %d", status);
}

#endif
