/* The HTTP client of one connection; see client.h. */
#include "rest/client.h"

#include <string.h>

#include "base/clock.h"
#include "base/secret.h"
#include "base/sqlite.h"
#include "rest/client_request.h"

/*
** How often an interrupt is looked for while waiting: within 50 ms, the look itself included, which may take some of them. (Answers
** often come after a round number of milliseconds: a look should not be what they find going on.)
*/
enum { CLIENT_TICK_MS = 40 };
enum { CLIENT_TICK_BYTES = 512 * 1024 }; /* ... and how often while bytes come that somebody takes */

client *client_new(bool (*interrupted)(void *context), void *context) {
    client *target = sqlite3_malloc64(sizeof *target);
    if (target) {
        memset(target, 0, sizeof *target);
        target->interrupted = interrupted;
        target->context = context;
        request_log_init(&target->log, 0);
    }
    bool made = target && tls_read_environment(&target->authorities) == SQLITE_OK && client_add_account(target) >= 0;
    if (!made) {
        client_free(target);
    }
    return made ? target : NULL;
}

void client_free(client *target) {
    if (target) {
        transport_free(target->loop);
        for (int i = 0; i < target->account_count; i++) {
            account_clear(target->accounts[i]);
            sqlite3_free(target->accounts[i]);
        }
        sqlite3_free(target->accounts);
        tls_forget(&target->authorities);
        request_log_clear(&target->log);
        sqlite3_free(target);
    }
}

/* Copies a text that may be NULL. *rc becomes SQLITE_NOMEM on failure. */
static char *client_copy(const char *text, int *rc) {
    char *copy = secret_copy(text);
    *rc = text && !copy ? SQLITE_NOMEM : *rc;
    return copy;
}

/* Connections are kept for as many requests as all accounts may have. */
static void client_bound_connections(client *target) {
    if (target->loop) {
        transport_set_connections(target->loop, target->max_concurrency * target->account_count);
    }
}

int client_add_account(client *target) {
    size_t count = (size_t)target->account_count + 1;
    account *added = sqlite3_malloc64(sizeof *added);
    account **accounts = added ? sqlite3_realloc64(target->accounts, count * sizeof(account *)) : NULL;
    if (!accounts) {
        sqlite3_free(added);
        return -1;
    }
    *added = (account){0};
    account_widen(added, target->max_concurrency);
    target->accounts = accounts;
    target->accounts[target->account_count++] = added;
    client_bound_connections(target);
    return target->account_count - 1;
}

int client_configure_account(client *target, int number, const client_config *config) {
    return account_configure(target->accounts[number], config->profile, config->endpoints);
}

void client_check_credentials(const client *target, int number, int origin, error *problem) {
    if (!error_is_set(problem)) {
        (void)endpoint_is_ready(&target->accounts[number]->endpoints[origin], problem);
    }
}

int client_accounts(const client *target) {
    return target->account_count;
}

int client_configure(client *target, const client_config *config) {
    if (client_configure_account(target, 0, config) != SQLITE_OK) {
        return SQLITE_NOMEM;
    }
    target->timeout_ms = config->timeout_ms;
    target->max_retries = config->max_retries;
    target->max_concurrency = config->max_concurrency;
    request_log_resize(&target->log, (size_t)config->request_log);
    for (int i = 0; i < target->account_count; i++) {
        account_widen(target->accounts[i], config->max_concurrency);
    }
    client_bound_connections(target);
    return SQLITE_OK;
}

request_log *client_log(client *target) {
    return &target->log;
}

const char *client_origin(const client *target, int number, int origin) {
    return target->accounts[number]->endpoints[origin].origin;
}

bool client_is_same_account(const client *target, int number, int other, int origin) {
    return number == other || endpoint_is_same_account(&target->accounts[number]->endpoints[origin],
                                                       &target->accounts[other]->endpoints[origin]);
}

bool client_secret_is_in(const client *target, const char *text) {
    bool found = false;
    for (int i = 0; i < target->account_count; i++) {
        found = found || account_finds_secret(target->accounts[i], text);
    }
    return found;
}

int client_concurrency(const client *target) {
    return target->max_concurrency;
}

int client_running(const client *target) {
    return target->running;
}

int64_t client_put_off_ms(const client *target) {
    int64_t now = clock_monotonic_ms(), soonest = 0;
    for (const client_request *request = target->first; request; request = request->next) {
        int64_t left = request->state == REQUEST_QUEUED && request->limited ? request->due_ms - now : 0;
        if (left > 0 && (soonest == 0 || left < soonest)) {
            soonest = left;
        }
    }
    return soonest;
}

size_t client_buffered(const client *target) {
    return target->buffered;
}

/* Before which one it is to leave; NULL: behind all. The oldest keeps its place, since it is what is wanted first, most likely. */
static client_request *client_follower(const client_request *request) {
    client_request *each = request->precedence > 0 ? request->owner->first : NULL;
    while (each && each->state != REQUEST_QUEUED) {
        each = each->next;
    }
    each = each ? each->next : NULL;
    while (each && (each->state != REQUEST_QUEUED || each->precedence >= request->precedence)) {
        each = each->next;
    }
    return each;
}

static void client_insert(client_request *request) {
    client *owner = request->owner;
    client_request *follower = client_follower(request);
    request->next = follower;
    request->previous = follower ? follower->previous : owner->last;
    *(request->previous ? &request->previous->next : &owner->first) = request;
    *(follower ? &follower->previous : &owner->last) = request;
    client_request_bearing(request)->unfinished++;
}

/* ---- starting ---- */

/* However many bytes libcurl has at hand, or has unpacked: an interrupt is not to wait for the last of them. */
static bool client_on_bytes(void *context, const char *bytes, size_t length) {
    client_request *request = context;
    client *owner = request->owner;
    owner->unasked += length;
    if (owner->unasked >= CLIENT_TICK_BYTES) {
        owner->unasked = 0;
        owner->stopped = owner->stopped || owner->interrupted(owner->context);
    }
    if (owner->stopped) {
        return false;
    }
    owner->news_count += request->taker.take(request->taker.context, bytes, length);
    return true;
}

static void client_send(client_request *request, error *problem) {
    client *owner = request->owner;
    transport_call call = {.method = request->method,
                           .url = request->url,
                           .user = request->user,
                           .password = request->password,
                           .body = request->body,
                           .body_length = request->body_length,
                           .header = request->header,
                           .timeout_ms = request->timeout_ms,
                           .discreet = request->origin == ACCOUNT_ELSEWHERE,
                           .body_max = request->body_max,
                           .take = request->taker.take ? client_on_bytes : NULL};
    if (call.take) {
        request->taker.begin(request->taker.context);
    }
    transfer *ongoing = transport_start(owner->loop, &call, client_request_on_done, request, problem);
    if (!ongoing) {
        return;
    }
    request->ongoing = ongoing;
    request->state = REQUEST_RUNNING;
    request->attempt++;
    allowance_take(request->allowed);
    request->began_ms = clock_monotonic_ms();
    request->began_number = ++owner->begun_count;
    request->answer.log_id = request_log_begin(&owner->log, request->table_name, request->by->profile,
                                               client_request_endpoint(request)->origin, request->method, request->path,
                                               request->attempt, request->purpose);
    client_request_count(request, 1);
}

/* One that is not sent, since the allowance is used up or the statement's others have failed so often that it will fail. */
static void client_drop(client_request *request) {
    const char *failure = request->owner->last_failure;
    buffer text;
    buffer_init(&text, SIZE_MAX / 4);
    bool again = request->attempt > 0;
    buffer_format(&text, "%s %s%s%s", request->method, request->path, again ? ": " : "", again ? failure : "");
    if (allowance_is_spent(request->allowed)) {
        allowance_tell(request->allowed, request->method, again, &text);
    } else {
        buffer_format(&text, ": not sent, because too many requests of this statement have failed, the last with %s",
                      failure);
    }
    request->answer.exhausted = true;
    request->answer.rc = SQLITE_ERROR;
    request->answer.message = buffer_take(&text);
    client_request_finish(request, CLIENT_FAILED);
}

/* Is there a place for one more request? If not, later ones to that origin wait too: they keep their order. */
static bool client_has_place(const client_request *request, int64_t now, int *open) {
    bearing *asked = client_request_bearing(request);
    bool free = request->by->running < request->owner->max_concurrency && bearing_allows(asked, now);
    if (!free && !asked->full) {
        asked->full = true;
        --*open;
    }
    return !asked->full;
}

/* Sends what is due while places are free; returns in how many ms the next one falls due (at most CLIENT_TICK_MS). */
static int client_send_due(client *target, error *problem) {
    int64_t now = clock_monotonic_ms(), soonest = CLIENT_TICK_MS;
    int open = 0; /* origins, of all accounts, that may get something: the requests are looked through once for all */
    for (int i = 0; i < target->account_count; i++) {
        open += account_begin_pass(target->accounts[i]);
    }
    for (client_request *request = target->first, *next; request && open > 0 && !error_is_set(problem);
         request = next) {
        next = request->next;
        if (request->state != REQUEST_QUEUED) {
            continue;
        }
        bool hopeless = request->attempt == 0 && request->budget && request->budget->exhausted;
        if (hopeless || allowance_is_spent(request->allowed)) {
            client_drop(request);
        } else if (request->due_ms > now) {
            soonest = request->due_ms - now < soonest ? request->due_ms - now : soonest;
        } else if (client_has_place(request, now, &open)) {
            client_send(request, problem);
        }
    }
    for (int i = 0; i < target->account_count; i++) {
        soonest = account_next_probe(target->accounts[i], now, soonest);
    }
    return (int)soonest;
}

/*
** Is another one due? Places that have fallen free are given away when all is known that is asked for at this time: what is to
** leave first may be asked for last.
*/
static bool client_is_contended(const client *target, const client_request *request) {
    const client_request *each = target->first;
    while (each && (each == request || each->state != REQUEST_QUEUED || each->due_ms > 0)) {
        each = each->next;
    }
    return each != NULL;
}

static void client_free_request(client_request *request) {
    sqlite3_free(request->path);
    sqlite3_free(request->table_name);
    secret_free(request->url);
    secret_free(request->user);
    secret_free(request->password);
    redact_clear(&request->hidden);
    sqlite3_free(request->header);
    sqlite3_free(request->body);
    sqlite3_free(request->answer.body);
    sqlite3_free(request->answer.message);
    sqlite3_free(request);
}

static int client_fill(client_request *request, const client_call *call) {
    int rc = SQLITE_OK;
    const endpoint *to = client_request_endpoint(request);
    request->method = call->method;
    request->path = client_copy(call->path, &rc);
    request->table_name = client_copy(call->table_name, &rc);
    request->user = client_copy(to->user, &rc);
    request->password = client_copy(to->password, &rc);
    request->header = client_copy(call->header, &rc);
    request->url = call->elsewhere ? secret_copy(call->elsewhere) : sqlite3_mprintf("%s%s", to->origin, call->path);
    request->timeout_ms = request->owner->timeout_ms;
    request->max_retries = request->owner->max_retries;
    request->retries_spent = call->retries_spent;
    request->budget = call->budget;
    request->allowed = call->allowed;
    request->has_smaller = call->has_smaller;
    request->precedence = call->precedence;
    request->purpose = call->purpose;
    request->taker = call->taker;
    request->also_done = call->also_done;
    request->body = client_copy(call->body, &rc);
    request->body_length = call->body_length;
    rc = rc ? rc : redact_set(&request->hidden, request->user, request->password);
    rc = rc ? rc : redact_add_parameters(&request->hidden, request->body, call->secret_parameters);
    return request->url ? rc : SQLITE_NOMEM;
}

/* Has the event loop been made? */
static bool client_has_loop(client *target, error *problem) {
    if (!target->loop) {
        target->loop = transport_new(&target->authorities);
        client_bound_connections(target);
        if (!target->loop) {
            error_no_memory(problem);
        }
    }
    return target->loop != NULL;
}

client_request *client_start(client *target, const client_call *call, error *problem) {
    account *by = target->accounts[call->account];
    int origin = call->elsewhere ? ACCOUNT_ELSEWHERE : call->origin;
    bearing *asked = &by->bearings[origin];
    if (!error_is_set(problem) && client_secret_is_in(target, call->path)) {
        error_set(problem, SQLITE_ERROR, "a request was not sent, because its address would repeat the credentials");
    }
    if (error_is_set(problem) || !endpoint_is_ready(&by->endpoints[call->origin], problem) ||
        !client_has_loop(target, problem)) {
        return NULL;
    }
    client_request *request = sqlite3_malloc64(sizeof *request);
    if (!request) {
        error_no_memory(problem);
        return NULL;
    }
    *request = (client_request){.owner = target, .by = by, .origin = origin, .body_max = call->body_max};
    request->answer.unsent = true;
    if (asked->unfinished == 0) {
        circuit_succeed(&asked->outage); /* nothing is being waited for: what was is forgotten */
    }
    if (client_fill(request, call) != SQLITE_OK) {
        error_no_memory(problem);
        client_free_request(request);
        return NULL;
    }
    client_insert(request);
    if (!client_is_contended(target, request)) {
        client_send_due(target, problem);
    }
    if (error_is_set(problem)) {
        client_release(target, request);
        return NULL;
    }
    return request;
}

bool client_is_done(const client_request *request) {
    return request->state == REQUEST_DONE;
}

bool client_was_sent(const client_request *request) {
    return request->attempt > 0;
}

bool client_may_have_acted(const client_request *request) {
    return request->answer.uncertain || (request->ongoing && transport_result_so_far(request->ongoing)->sent);
}

client_answer *client_answer_of(client_request *request) {
    return &request->answer;
}

void client_release(client *target, client_request *request) {
    if (!request) {
        return;
    }
    if (request->state == REQUEST_RUNNING) {
        client_request_log_end(request, transport_result_so_far(request->ongoing));
        transport_release(request->ongoing);
        client_request_count(request, -1);
        request_log_fail(&target->log, request->answer.log_id, "cut off: its answer was no longer needed");
    }
    if (request->state == REQUEST_DONE) {
        target->buffered -= request->answer.length;
    } else {
        client_request_unlink(request);
    }
    client_free_request(request);
}

/* A host may say "stop" once, and not again when the transfer that ended by it is looked at. */
static void client_turn(client *target, int wait_ms, error *problem) {
    target->stopped = false;
    if (transport_drive(target->loop, wait_ms) < 0) {
        error_no_memory(problem);
    } else if (target->stopped) {
        error_set(problem, SQLITE_INTERRUPT, "interrupted");
    }
}

/* Drives until one more request is done, or none is left, or the time has come. */
static void client_drive(client *target, int64_t until_ms, error *problem) {
    int64_t before = target->news_count, left;
    while (!error_is_set(problem) && target->news_count == before && (left = until_ms - clock_monotonic_ms()) > 0) {
        if (target->interrupted(target->context)) {
            error_set(problem, SQLITE_INTERRUPT, "interrupted");
            return;
        }
        int wait = client_send_due(target, problem);
        wait = wait < left ? wait : (int)left;
        client_turn(target, wait > 0 ? wait : 1, problem);
    }
}

void client_wait(client *target, error *problem) {
    if (target->first) {
        client_drive(target, INT64_MAX, problem);
    }
}

void client_pause(client *target, int64_t milliseconds, error *problem) {
    if (client_has_loop(target, problem)) {
        client_drive(target, clock_monotonic_ms() + milliseconds, problem);
    }
}

void client_poll(client *target, error *problem) {
    if (target->running > 0) {
        client_turn(target, 0, problem);
    }
    if (target->first && !error_is_set(problem)) {
        client_send_due(target, problem); /* what has waited for a place */
    }
}
