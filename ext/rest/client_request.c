/* One request of a client; see client_request.h. */
#include "rest/client_request.h"

#include <string.h>

#include "base/clock.h"

bearing *client_request_bearing(const client_request *request) {
    return &request->by->bearings[request->origin];
}

const endpoint *client_request_endpoint(const client_request *request) {
    return &request->by->endpoints[request->origin];
}

void client_request_count(const client_request *request, int more) {
    request->owner->running += more;
    request->by->running += more;
    client_request_bearing(request)->running += more;
}

void client_request_unlink(client_request *request) {
    client *owner = request->owner;
    client_request_bearing(request)->unfinished--;
    *(request->previous ? &request->previous->next : &owner->first) = request->next;
    *(request->next ? &request->next->previous : &owner->last) = request->previous;
    request->next = request->previous = NULL;
}

void client_request_finish(client_request *request, client_outcome outcome) {
    client_request_unlink(request);
    request->state = REQUEST_DONE;
    request->answer.outcome = outcome;
    request->owner->news_count++;
}

/* Composes the answer's message; what: as outcome_describe gives it, or NULL when memory ran out. */
static void client_explain(client_request *request, const transport_result *result, outcome_author author,
                           const char *what) {
    outcome_story story = {.method = request->method,
                           .path = request->path,
                           .attempts = request->attempt,
                           .allowed = request->allowed,
                           .exhausted = request->answer.exhausted,
                           .credential_names = client_request_endpoint(request)->credential_names,
                           .ended =
                               request->origin == ACCOUNT_ELSEWHERE ? NULL : catalog_origins[request->origin].ended};
    request->answer.rc = what ? outcome_code(result) : SQLITE_NOMEM;
    request->answer.message = outcome_tell(&story, result, author, what);
}

/* Notes why an attempt failed; what: NULL when memory ran out. */
static void client_note(client_request *request, const char *what) {
    client *owner = request->owner;
    what = what ? what : "out of memory";
    request_log_fail(&owner->log, request->answer.log_id, what);
    sqlite3_snprintf((int)sizeof owner->last_failure, owner->last_failure, "%s", what);
}

/* Does it say that there is something against it, of which its code tells more? An invite that is there is 400 (50212). */
static bool client_is_rejection(const transport_result *result) {
    return outcome_is_status(result, 409) || outcome_is_status(result, 400);
}

/* It has failed for good. A 400, 404 or 409 counts as the API's word only if the API says it. */
static void client_fail(client_request *request, const transport_result *result) {
    bool is_404 = outcome_is_status(result, 404);
    outcome_author author = request->origin == ACCOUNT_ELSEWHERE
                                ? AUTHOR_OTHER
                                : outcome_author_of(request->answer.body, request->answer.length, result->status);
    char *what = is_404 && author == AUTHOR_UNREAD
                     ? NULL
                     : outcome_describe(result, request->answer.body, request->answer.length, &request->hidden);
    request->answer.rejected = client_is_rejection(result) && author == AUTHOR_API;
    client_explain(request, result, author, what);
    client_note(request, what);
    sqlite3_free(what);
    client_request_finish(request, is_404 && author == AUTHOR_API ? CLIENT_NOT_FOUND : CLIENT_FAILED);
}

static int64_t client_next_wait(client_request *request, const transport_result *result) {
    retry_attempt attempt = {.repeatable = strcmp(request->method, "POST") != 0,
                             .attempt = request->attempt + request->retries_spent,
                             .max_retries = request->max_retries,
                             .outcome = result->outcome,
                             .status = result->status,
                             .retry_after_ms = retry_after_ms(result->retry_after, result->date, clock_wall_ms())};
    sqlite3_randomness((int)sizeof attempt.random, &attempt.random);
    int64_t wait = retry_wait_ms(&attempt);
    bool news = circuit_is_news(&client_request_bearing(request)->outage, request->began_number);
    bool spent = wait != RETRY_GIVE_UP && allowance_is_spent(request->allowed);
    if (spent || (wait != RETRY_GIVE_UP && news && !retry_budget_take(request->budget, &attempt))) {
        request->answer.exhausted = true;
        return RETRY_GIVE_UP;
    }
    if (wait == RETRY_GIVE_UP || (request->has_smaller && outcome_is_overtaxed(result->status))) {
        return RETRY_GIVE_UP;
    }
    if (news && !outcome_is_limit(result) && !retry_is_idle_end(&attempt)) {
        circuit_fail(&client_request_bearing(request)->outage, request->owner->begun_count,
                     clock_monotonic_ms() + wait);
    }
    return wait;
}

static void client_take_body(client_request *request, transport_result *result) {
    request->answer.status = result->status;
    request->answer.length = result->body.length;
    request->answer.body = buffer_take(&result->body);
    request->owner->buffered += request->answer.length;
}

/* A read's answer is looked at by who asked for it. */
static bool client_is_served(const client_request *request, const transport_result *result) {
    bool done = outcome_is_success(result) || outcome_is_status(result, request->also_done);
    return done && (strcmp(request->method, "GET") == 0 || !outcome_is_foreign(result));
}

void client_request_log_end(client_request *request, transport_result *result) {
    outcome_hide(result, &request->hidden);
    request_log_end(&request->owner->log, request->answer.log_id, result->head_status, request->began_ms, result->bytes,
                    result->request_id);
}

void client_request_on_done(void *context, transfer *ended) {
    client_request *request = context;
    transport_result *result = transport_result_of(ended);
    bool served = client_is_served(request, result), uncertain = outcome_is_uncertain(result);
    if (!served && request->origin == ACCOUNT_ELSEWHERE) {
        buffer_clear(&result->body); /* a stranger's words, who knows a URL that nobody else is to know */
    }
    client_request_log_end(request, result);
    client_request_count(request, -1);
    request->ongoing = NULL;
    bearing_adapt(client_request_bearing(request), outcome_is_limit(result), request->began_number,
                  request->owner->begun_count, request->owner->max_concurrency);
    request->answer.head_status = result->head_status;
    request->answer.unsent &= !result->sent && !uncertain && result->outcome != RETRY_RESPONSE;
    request->answer.uncertain = request->answer.uncertain || uncertain;
    int64_t wait = RETRY_GIVE_UP;
    if (served) {
        retry_budget_earn(request->budget);
        circuit_succeed(&client_request_bearing(request)->outage);
    } else {
        wait = client_next_wait(request, result);
    }
    if (wait != RETRY_GIVE_UP) {
        char *what = outcome_describe(result, result->body.data, result->body.length, &request->hidden);
        client_note(request, what);
        sqlite3_free(what);
        request->state = REQUEST_QUEUED;
        request->due_ms = clock_monotonic_ms() + wait;
        request->limited = outcome_is_limit(result);
    } else {
        client_take_body(request, result);
        /* A refusal tells of its own attempt alone: one before it, whose end was lost, may have done it. */
        request->answer.uncertain = request->answer.uncertain && !served;
        served ? client_request_finish(request, CLIENT_OK) : client_fail(request, result);
    }
    transport_release(ended);
}
