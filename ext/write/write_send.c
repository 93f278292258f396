/* Sending the write queue at commit; see write_send.h. */
#include "write/write_send.h"

#include <string.h>

#include "base/clock.h"
#include "plan/address.h"
#include "plan/sendable.h"
#include "read/reading.h"
#include "rest/url.h"
#include "write/write_allowed.h"
#include "write/write_answer.h"
#include "write/write_lanes.h"
#include "write/write_tally.h"
#include "write/writing.h"

/*
** What a place is about: the call itself, the update that OR REPLACE makes of it, or finding the row that OR IGNORE
** has met.
*/
typedef enum { STAGE_CALL, STAGE_REPLACE, STAGE_FIND } send_stage;

/*
** The lanes are those of all accounts: two profiles may be of one, which a key does not tell, and then have the same rows.
** Rows of different accounts have different SIDs, and so are in different lanes.
*/
typedef struct sender {
    connection *shared;    /* the root */
    retry_budget *budgets; /* by the accounts' numbers in the client; owned */
    write_lanes lanes;
    struct running {
        write_entry *entry;
        client_request *request;
        write_lane *lane;
        send_stage stage;
    } * running; /* places for max_concurrency, of each account; owned */
    size_t places, running_count;
    write_answer_made made;
    allowance *allowed; /* held */
    error failure;      /* the first call that failed */
} sender;

/* ---- what can begin ---- */

/* Brings a call's texts back. If that fails nothing more begins; what is under way is waited for. */
static bool send_fetch(sender *state, write_entry *entry) {
    write_queue_fetch(&writing_of(state->shared)->queue, entry, &state->failure);
    return !error_is_set(&state->failure);
}

static void send_put_away(const sender *state, write_entry *entry) {
    write_queue_put_away(&writing_of(state->shared)->queue, entry);
}

static bool send_is_ready(sender *state, const write_lane *lane) {
    write_entry *entry = write_lanes_head(lane);
    if (!entry || entry->running || write_lanes_waits(&state->lanes, lane)) {
        return false;
    }
    return !write_lanes_is_above(entry) || (send_fetch(state, entry) && !write_lanes_waits_below(&state->lanes, entry));
}

/* ---- one call ---- */

static const char *send_method(const write_entry *entry) {
    return entry->operation == WRITE_DELETE ? "DELETE" : "POST";
}

static void send_set_text(char **target, char *text, error *problem) {
    sqlite3_free(*target);
    *target = text;
    if (!text) {
        error_no_memory(problem);
    }
}

/* A call cannot be sent, since its parent's has given no SID. A parent that OR IGNORE has left out says why. */
static void send_resolve_not(write_queue *queue, write_entry *entry, write_entry *made, error *problem) {
    write_queue_fetch(queue, made, problem);
    const char *cause = made->state == WRITE_FAILED ? made->error : NULL;
    send_set_text(&entry->error,
                  sqlite3_mprintf("not sent: what it belongs to %s%s%s", write_answer_why_no_sid(made),
                                  cause ? ": " : "", cause ? cause : ""),
                  problem);
    write_queue_put_away(queue, made);
}

/* Puts the SID of a parent made in this transaction into the path. False, and the entry says why: it was not made. */
static bool send_resolve(const connection *shared, write_entry *entry, error *problem) {
    write_entry *made = entry->after ? write_queue_find(&writing_of(shared)->queue, entry->after) : NULL;
    const char *star = made ? strchr(entry->path, '*') : NULL;
    if (!star) {
        return true;
    }
    if (!made->sid) {
        send_resolve_not(&writing_of(shared)->queue, entry, made, problem);
        return false;
    }
    const char *rest = star + 1 + strspn(star + 1, "0123456789");
    char *path = sqlite3_mprintf("%.*s%s%s", (int)(star - entry->path), entry->path, made->sid, rest);
    if (!path) {
        error_no_memory(problem);
        return true; /* still to be sent, and what it was */
    }
    sqlite3_free(entry->path);
    entry->path = path;
    return true;
}

static const char *send_webhooks_header(const connection *shared, const write_entry *entry) {
    const char *wanted = entry->webhooks ? settings_text(&shared->settings, SETTING_WEBHOOKS) : NULL;
    if (!wanted) {
        return NULL;
    }
    return strcmp(wanted, "on") == 0 ? "X-Twilio-Webhook-Enabled: true" : "X-Twilio-Webhook-Enabled: false";
}

enum { SEND_SECRETS_MAX = 7 }; /* what redact.h has room for beside the credentials */

/* The parameters whose values no message of the server may repeat; NULL ends them. */
static void send_find_secrets(const catalog_resource *resource, const char *names[SEND_SECRETS_MAX + 1]) {
    size_t count = 0;
    for (size_t i = 0; i < resource->parameter_count && count < SEND_SECRETS_MAX; i++) {
        int column = catalog_column_index(resource, resource->parameters[i].column);
        if (column >= 0 && (resource->columns[column].flags & COLUMN_SECRET)) {
            names[count++] = resource->parameters[i].name;
        }
    }
    names[count] = NULL;
}

static client_request *send_start(sender *state, const write_entry *entry, error *problem) {
    const char *secrets[SEND_SECRETS_MAX + 1];
    send_find_secrets(entry->resource, secrets);
    client_call call = {.account = entry->account->account,
                        .origin = catalog_generation_of(entry->version)->origin,
                        .method = send_method(entry),
                        .path = entry->path,
                        .table_name = entry->resource->name,
                        .body = entry->body,
                        .body_length = entry->body_length,
                        .secret_parameters = secrets,
                        .header = send_webhooks_header(state->shared, entry),
                        .also_done = entry->also_done,
                        .budget = &state->budgets[entry->account->account],
                        .allowed = state->allowed};
    connection_prepare(entry->account, problem);
    return client_start(state->shared->client, &call, problem);
}

/*
** What is limited: writes to what a channel holds and the channel's own update count for the channel; making and
** deleting a channel, and all else, for the service (vendor: chat limits).
*/
static char *send_scope(const write_entry *entry) {
    bool inside = entry->operation == WRITE_UPDATE && entry->resource->update_is_inside;
    char *address = inside ? write_queue_address(entry) : sqlite3_mprintf("%s", entry->lane);
    char *scope = address ? sqlite3_mprintf("%d %s", entry->account->account, address) : NULL; /* of that account */
    sqlite3_free(address);
    return scope;
}

/* How long pacing wants to wait with a call; 0: it may begin, and is counted. */
static int64_t send_pace(const sender *state, const write_entry *entry, error *problem) {
    int rate = settings_integer(&state->shared->settings, SETTING_WRITE_RATE);
    char *scope = send_scope(entry);
    int64_t wait = 0;
    if (scope) {
        wait = write_rate_wait(&writing_of(state->shared)->pace, scope, rate, clock_monotonic_ms(), problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(scope);
    return wait;
}

/* Begins a call in a free place. Returns how long pacing wants to wait first, 0: it has begun. */
static int64_t send_begin(sender *state, write_lane *lane, error *problem) {
    write_entry *entry = write_lanes_head(lane);
    int64_t wait = send_pace(state, entry, problem);
    if (wait > 0 || error_is_set(problem)) {
        return wait;
    }
    if (!send_fetch(state, entry)) {
        return 0;
    }
    entry->changed = true;
    if (!send_resolve(state->shared, entry, problem)) {
        write_lanes_advance(&state->lanes, lane);
        error_set(&state->failure, SQLITE_ERROR, "%s: %s", entry->resource->name, entry->error ? entry->error : "");
        send_put_away(state, entry);
        return 0;
    }
    write_journal_before(&writing_of(state->shared)->journal, entry, &state->failure, problem);
    bool noted = !error_is_set(problem) && !error_is_set(&state->failure);
    client_request *request = noted ? send_start(state, entry, problem) : NULL;
    if (request) {
        entry->running = true;
        write_queue_try(&writing_of(state->shared)->queue);
        state->running[state->running_count++] = (struct running){entry, request, lane, STAGE_CALL};
    } else {
        write_journal_after(&writing_of(state->shared)->journal, entry, &state->failure, problem); /* it was not sent */
    }
    return 0;
}

/* ---- outcomes ---- */

/* Where the new row lives. */
static void send_remember(const write_entry *entry) {
    if (entry->sid && catalog_depth(entry->resource) == 1) {
        known_learn(&reading_of(entry->account)->known, (address_part){entry->sid, strlen(entry->sid)},
                    address_root(entry->lane));
    }
    if (entry->sid) {
        known_learn_row(&reading_of(entry->account)->known, entry->resource,
                        (address_part){entry->sid, strlen(entry->sid)}, strchr(entry->path + 1, '/'));
    }
}

static void send_note(write_entry *entry, const char *prefix, const client_answer *answer, error *problem) {
    send_set_text(&entry->error, sqlite3_mprintf("%s%s", prefix, answer->message ? answer->message : "out of memory"),
                  problem);
}

/*
** What there is to say after the server's own words. taken: see write_answer_taken. A 404 to what OR REPLACE makes of a call
** comes after its 409: the name is taken, and by nothing that this version shows.
*/
static const char *send_remark(const write_entry *entry, const client_answer *answer, send_stage stage, bool taken) {
    bool unseen = entry->resource->unseen_versions & entry->version;
    if (unseen && stage == STAGE_REPLACE && answer->outcome == CLIENT_NOT_FOUND) {
        return entry->resource->unseen;
    }
    if (answer->uncertain && entry->operation == WRITE_DELETE) {
        return "; whether the server has done it is not known";
    }
    if (answer->uncertain) {
        return "; whether the server has done it is not known, and it was not repeated";
    }
    if (taken && entry->conflict == SQLITE_REPLACE && entry->operation == WRITE_UPDATE) {
        return "; OR REPLACE takes no other row away for an UPDATE: give another value, or DELETE that row first";
    }
    if (taken && entry->conflict == SQLITE_REPLACE && !entry->replace_path) {
        return "; OR REPLACE finds a row only by a name that can stand in a path: UPDATE this one by its sid";
    }
    return taken && entry->not_replaced ? "; OR REPLACE would have to change what an update cannot set: " : "";
}

/* That a value is taken is what a UNIQUE constraint says, by whichever status. */
static int send_code(const client_answer *answer, bool taken) {
    int code = answer->rc ? answer->rc : SQLITE_ERROR;
    return taken && code == SQLITE_ERROR ? SQLITE_CONSTRAINT : code;
}

/* One that has not left stays pending, with the reason, as those do that were not begun. */
static void send_fail(sender *state, const struct running *place, const client_answer *answer, bool taken,
                      error *problem) {
    write_entry *entry = place->entry;
    bool unsent = answer->unsent && place->stage == STAGE_CALL;
    entry->state = unsent ? WRITE_PENDING : answer->uncertain ? WRITE_UNKNOWN : WRITE_FAILED;
    send_note(entry, "", answer, problem);
    error_set(&state->failure, send_code(answer, taken), "%s: %s%s%s", entry->resource->name,
              answer->message ? answer->message : "out of memory", send_remark(entry, answer, place->stage, taken),
              taken && entry->not_replaced ? entry->not_replaced : "");
}

/* The status says that it is done, and the answer must show it. What OR REPLACE updates may be a row that was made just now. */
static void send_succeed(sender *state, const struct running *place, const client_answer *answer, error *problem) {
    write_entry *entry = place->entry;
    bool second = false;
    if (write_answer_confirms(entry, answer) &&
        (place->stage == STAGE_REPLACE || !(second = write_answer_is_second(&state->made, entry)))) {
        entry->state = WRITE_SENT;
        send_remember(entry);
        return;
    }
    char *why = write_answer_describe(entry, answer, second);
    request_log_fail(client_log(state->shared->client), answer->log_id, why ? why : "out of memory");
    entry->state = WRITE_UNKNOWN;
    send_set_text(&entry->error, why ? sqlite3_mprintf("%s %s: %s", send_method(entry), entry->path, why) : NULL,
                  problem);
    sqlite3_free(why);
    error_set(&state->failure, SQLITE_ERROR, "%s: %s; whether the server has done it is not known%s",
              entry->resource->name, entry->error ? entry->error : "out of memory",
              entry->operation == WRITE_DELETE ? "" : ", and it was not repeated");
}

/*
** The name is taken, under OR REPLACE: the row that has it is brought to the new values. taken: the column. Returns whether a
** call for that has begun. After an error none begins, and the entry keeps what was sent.
*/
static bool send_replace(sender *state, struct running *place, const char *taken, error *problem) {
    write_entry *entry = place->entry;
    if (error_is_set(problem) || place->stage != STAGE_CALL || !entry->replace_path || entry->not_replaced ||
        strcmp(taken, entry->resource->name_column) != 0) {
        return false;
    }
    char *path = sqlite3_mprintf("%s", entry->replace_path);
    if (!path) {
        error_no_memory(problem);
        return false;
    }
    sqlite3_free(entry->path);
    entry->path = path;
    sqlite3_free(entry->body);
    sqlite3_free(entry->shown_body);
    entry->body = entry->replace_body;
    entry->body_length = entry->body ? strlen(entry->body) : 0;
    entry->replace_body = entry->shown_body = NULL;
    client_request *request = send_start(state, entry, problem);
    if (request) {
        client_release(state->shared->client, place->request);
        place->request = request;
        place->stage = STAGE_REPLACE;
    }
    return request != NULL;
}

static bool send_has_dependant(const sender *state, const write_entry *entry) {
    const write_queue *queue = &writing_of(state->shared)->queue;
    for (size_t i = 0; i < queue->count; i++) {
        if (queue->entries[i]->after == entry->seq && queue->entries[i]->state == WRITE_PENDING) {
            return true;
        }
    }
    return false;
}

/*
** OR IGNORE has met a row of that name, and later calls belong to it: finds out its SID. Returns whether a request for
** that has begun.
*/
static bool send_find(sender *state, struct running *place, error *problem) {
    write_entry *entry = place->entry;
    const char *unique_name = entry->unique_name;
    bool wanted = unique_name && send_has_dependant(state, entry) &&
                  sendable_is_name(entry->resource, entry->version, unique_name, strlen(unique_name));
    char *name = wanted ? url_escape(unique_name, strlen(unique_name), problem) : NULL;
    char *path = name ? write_queue_list_path(entry, name) : NULL;
    client_call call = {.account = entry->account->account,
                        .origin = catalog_generation_of(entry->version)->origin,
                        .method = "GET",
                        .path = path,
                        .table_name = entry->resource->name,
                        .budget = &state->budgets[entry->account->account],
                        .allowed = state->allowed};
    client_request *request = path ? client_start(state->shared->client, &call, problem) : NULL;
    if (request) {
        client_release(state->shared->client, place->request);
        place->request = request;
        place->stage = STAGE_FIND;
    }
    sqlite3_free(name);
    sqlite3_free(path);
    return request != NULL;
}

/* The call itself, or its replacement, has been answered. Returns false if the place goes on with another request. */
static bool send_settle_call(sender *state, struct running *place, error *problem) {
    write_entry *entry = place->entry;
    const client_answer *answer = client_answer_of(place->request);
    bool gone = answer->outcome == CLIENT_NOT_FOUND && entry->operation == WRITE_DELETE;
    const char *taken = write_answer_taken(entry, answer, problem);
    entry->status = answer->status ? answer->status : answer->head_status;
    if (answer->outcome == CLIENT_OK || gone) {
        send_succeed(state, place, answer, problem);
    } else if (taken && entry->conflict == SQLITE_REPLACE && send_replace(state, place, taken, problem)) {
        return false;
    } else if (taken && entry->conflict == SQLITE_IGNORE) {
        entry->state = WRITE_FAILED;
        send_note(entry, "ignored: ", answer, problem);
        return !send_find(state, place, problem);
    } else {
        send_fail(state, place, answer, taken != NULL, problem);
    }
    return true;
}

/* OR IGNORE has looked for the row that it has met. What belongs to it is sent only if it was found. */
static void send_settle_find(write_entry *entry, const client_answer *answer, error *problem) {
    if (answer->outcome == CLIENT_OK) {
        write_answer_learn(entry, answer, entry->unique_name);
        send_remember(entry);
    }
    if (!entry->sid) {
        const char *cause = answer->outcome == CLIENT_OK ? "the answer is not the row of that name" : answer->message;
        send_set_text(&entry->error,
                      sqlite3_mprintf("%s; its SID was not found: %s", entry->error ? entry->error : "ignored",
                                      cause ? cause : "out of memory"),
                      problem);
    }
}

/* Returns false if the place goes on with another request. */
static bool send_settle(sender *state, struct running *place, error *problem) {
    write_entry *entry = place->entry;
    if (place->stage == STAGE_FIND) {
        send_settle_find(entry, client_answer_of(place->request), problem);
    } else if (!send_settle_call(state, place, problem)) {
        return false;
    }
    write_journal_after(&writing_of(state->shared)->journal, entry, &state->failure, problem);
    progress_count(&state->shared->progress, entry->state == WRITE_SENT);
    entry->running = false;
    send_put_away(state, entry);
    write_lanes_advance(&state->lanes, place->lane);
    write_lanes_meet(&state->lanes, entry, problem);
    client_release(state->shared->client, place->request);
    return true;
}

static void send_collect(sender *state, error *problem) {
    for (size_t i = 0; i < state->running_count;) {
        if (client_is_done(state->running[i].request) && send_settle(state, &state->running[i], problem)) {
            state->running[i] = state->running[--state->running_count];
        } else {
            i++;
        }
    }
}

/* ---- the loop ---- */

/*
** Begins what can begin: first in the lanes that would come to their end last of all if they waited, since their calls go one
** after another, then in all in their order. Returns the shortest wait that pacing wants, 0: none.
*/
static int64_t send_begin_ready(sender *state, error *problem) {
    int64_t shortest = 0;
    size_t total = state->lanes.left, count = state->lanes.count;
    for (size_t i = 0; i < 2 * count && state->running_count < state->places; i++) {
        write_lane *lane = state->lanes.lanes[i % count];
        bool urgent = write_lanes_left(lane) * state->places >= total;
        if (error_is_set(problem) || error_is_set(&state->failure) || urgent != (i < count) ||
            !send_is_ready(state, lane)) {
            continue;
        }
        int64_t wait = send_begin(state, lane, problem);
        if (wait > 0 && (shortest == 0 || wait < shortest)) {
            shortest = wait;
        }
    }
    return shortest;
}

/* Takes a call's place from it, which is not done. */
static void send_let_go(sender *state, size_t i, error *problem) {
    write_entry *entry = state->running[i].entry;
    entry->running = false;
    write_journal_after(&writing_of(state->shared)->journal, entry, &state->failure, problem);
    send_put_away(state, entry);
    client_release(state->shared->client, state->running[i].request);
    state->running[i] = state->running[--state->running_count];
}

static bool send_may_be_done(const struct running *place) {
    return place->stage == STAGE_FIND || client_is_done(place->request) || client_may_have_acted(place->request);
}

/* A call has been refused. Those that have done nothing yet, and wait to be let in, are not sent. */
static void send_withdraw(sender *state, error *problem) {
    for (size_t i = state->running_count; i-- > 0;) {
        if (!send_may_be_done(&state->running[i])) {
            send_let_go(state, i, problem);
        }
    }
}

static void send_run(sender *state, error *problem) {
    while (!error_is_set(problem)) {
        int64_t wait = send_begin_ready(state, problem);
        bool stopped = error_is_set(&state->failure) || state->lanes.left == 0;
        if (error_is_set(problem) || (state->running_count == 0 && stopped)) {
            break;
        }
        if (state->running_count > 0 && wait == 0) {
            client_wait(state->shared->client, problem);
        } else if (wait > 0) {
            client_pause(state->shared->client, wait, problem);
        }
        send_collect(state, problem);
        if (error_is_set(&state->failure)) {
            send_withdraw(state, problem);
        }
    }
}

/* Whoever drives the calls ends while some are under way: what has been sent, and not been answered, is not known. */
static void send_abandon(sender *state, const error *problem) {
    const char *why = problem->rc == SQLITE_INTERRUPT ? "interrupted before the answer came"
                                                      : "given up before the answer came, since the statement failed";
    error ignored = {0};
    while (state->running_count > 0) {
        const struct running *place = &state->running[0];
        if (place->stage != STAGE_FIND && client_may_have_acted(place->request)) {
            place->entry->state = WRITE_UNKNOWN;
            send_set_text(&place->entry->error, sqlite3_mprintf("%s", why), &ignored);
        }
        send_let_go(state, 0, &ignored);
    }
    error_clear(&ignored);
}

/* What the statement has left, where it is the transaction; else COMMIT is a statement of its own. */
static void send_take_allowance(sender *state, error *problem) {
    allowance *begun = reading_of(state->shared)->allowed;
    state->allowed =
        begun ? allowance_hold(begun) : allowance_new(settings_integer(&state->shared->settings, SETTING_MAX_REQUESTS));
    int64_t calls = (int64_t)write_queue_count(&writing_of(state->shared)->queue, WRITE_PENDING);
    if (!state->allowed) {
        error_no_memory(problem);
    } else if (allowance_is_bound(state->allowed) && calls > state->allowed->most - state->allowed->begun) {
        error_set(
            problem, SQLITE_ERROR,
            "the writes of this transaction are not sent, since they take %lld of the requests of which the setting "
            "max_requests allows %lld a statement (used to read: %lld): set it higher in chat_settings, or commit "
            "fewer at a time",
            (sqlite3_int64)calls, (sqlite3_int64)state->allowed->most, (sqlite3_int64)state->allowed->begun);
    }
}

static void send_open(sender *state, error *problem) {
    if (error_is_set(problem)) {
        return;
    }
    size_t count = (size_t)client_accounts(state->shared->client);
    state->places = count * (size_t)client_concurrency(state->shared->client);
    state->running = sqlite3_malloc64(state->places * sizeof *state->running);
    state->budgets = sqlite3_malloc64(count * sizeof *state->budgets);
    if (!state->running || !state->budgets) {
        error_no_memory(problem);
        return;
    }
    memset(state->budgets, 0, count * sizeof *state->budgets);
    write_lanes_add(&state->lanes, &writing_of(state->shared)->queue, problem);
}

static void send_close(sender *state) {
    for (size_t i = 0; i < state->lanes.count; i++) {
        write_entry *head = write_lanes_head(state->lanes.lanes[i]);
        if (head) {
            send_put_away(state, head); /* it was brought back, and did not begin */
        }
    }
    write_lanes_clear(&state->lanes);
    allowance_drop(state->allowed);
    sqlite3_free(state->budgets);
    sqlite3_free(state->running);
    error_clear(&state->failure);
}

static void send_explain(const sender *state, error *problem) {
    const write_queue *queue = &writing_of(state->shared)->queue;
    const error *cause = error_is_set(problem) ? problem : &state->failure;
    if (!error_is_set(cause)) {
        return;
    }
    write_queue_stop(&writing_of(state->shared)->queue);
    if (!cause->message) {
        error_no_memory(problem);
        return;
    }
    char *message = write_queue_tell_refused(queue, write_tally_text(queue, cause->message));
    int rc = cause->rc;
    error_clear(problem);
    problem->rc = message ? rc : SQLITE_NOMEM;
    problem->message = message;
}

void write_send_pending(connection *account, error *problem) {
    connection *shared = account->root; /* of all accounts: they are in one transaction */
    if (write_queue_count(&writing_of(shared)->queue, WRITE_PENDING) == 0 || error_is_set(problem)) {
        return;
    }
    sender state;
    memset(&state, 0, sizeof state);
    state.shared = shared;
    progress_begin(&shared->progress);
    connection_prepare(shared, problem);
    write_allowed_check(shared, problem);
    send_take_allowance(&state, problem);
    write_journal_open(&writing_of(shared)->journal, shared->db,
                       settings_text(&shared->settings, SETTING_WRITE_JOURNAL), problem);
    send_open(&state, problem);
    if (!error_is_set(problem)) {
        send_run(&state, problem);
    }
    send_abandon(&state, problem);
    send_explain(&state, problem);
    progress_end(&shared->progress);
    send_close(&state);
}
