/*
** Sweeps: the connection ends after each byte of an answer in turn, headers included. Without a retry the statement
** gives an error or, where nothing that matters was cut off, the whole right answer; with one, the right answer. A part
** of an answer is never taken for the whole.
*/
#include <string.h>

#include "fault/run.h"
#include "fault/session.h"

const sweep sweeps[] = {
    {"a page with Content-Length cut after each byte", FIRST, "length", .step = 1},
    {"a chunked page cut after each byte", FIRST, "chunked", .step = 1},
    {"a page that ends with its connection cut after each byte", FIRST, "end", .step = 1},
    {"a compressed page cut after each byte", FIRST, "gzip", .step = 1},
    {"a second page with Content-Length cut after each byte", SECOND, "length", .step = 1},
    {"a page with Content-Length cut, and asked for again", FIRST, "length", .step = 61, .retries = 1},
    {"a chunked page cut, and asked for again", SECOND, "chunked", .step = 61, .retries = 1},
    {"a single resource cut after each byte", POINT, "length", .step = 1},
    {"a single resource that ends with its connection cut after each byte", POINT, "end", .step = 1},
    {"an attribute cut after each byte", ATTRIBUTE, "chunked", .step = 1},
    {"the answer to an INSERT cut after each byte", POST, "length", .step = 1},
    {"the answer to an UPDATE cut after each byte", UPDATE, "end", .step = 1},
    {"the answer to a DELETE cut after each byte", DELETE, "length", .step = 1},
    {"a page of 1000 rows cut here and there", FIRST, "length", .messages = 1000, .step = 9973},
    {"a chunked page of 1000 rows cut here and there", FIRST, "chunked", .messages = 1000, .step = 9973},
    {"a page of 1000 rows that ends with its connection cut here and there", FIRST, "end", .messages = 1000,
     .step = 9973},
    {"a page of 100 rows cut after each byte", FIRST, "length", .messages = 100, .step = 1, .only_long = true},
    {"a chunked page of 100 rows cut after each byte", FIRST, "chunked", .messages = 100, .step = 1, .only_long = true},
    {"a page of 100 rows that ends with its connection cut after each byte", FIRST, "end", .messages = 100, .step = 1,
     .only_long = true},
    {"a compressed page of 100 rows cut after each byte", FIRST, "gzip", .messages = 100, .step = 1, .only_long = true},
};
const size_t sweep_count = sizeof sweeps / sizeof *sweeps;

/* The request that is cut. */
static const char *sweep_path(const sweep *tested) {
    static const char message[] = "/v1/Services/" WORLD_SERVICE "/Channels/" WORLD_CHANNEL "/Messages/" WORLD_MESSAGE;
    static const char channel[] = "/v1/Services/" WORLD_SERVICE "/Channels/CH00000000000000000000000000000005";
    static const char list[] = "/v1/Services/" WORLD_SERVICE "/Channels/" WORLD_CHANNEL "/Messages?PageSize=2";
    static const char large[] = "/v1/Services/" WORLD_SERVICE "/Channels/" WORLD_CHANNEL "/Messages?PageSize=1000";
    switch (tested->where) {
    case FIRST:
    case SECOND:
        return tested->messages ? large : list;
    case ATTRIBUTE:
        return channel;
    default:
        return message;
    }
}

static const char *sweep_method(const sweep *tested) {
    return tested->where == POST || tested->where == UPDATE ? "POST" : tested->where == DELETE ? "DELETE" : "GET";
}

/* What a write that failed may be: never sent, as far as we can tell, never "not done". */
static bool sweep_state_is_right(sqlite3 *db, bool failed) {
    outcome result = session_run(db, "SELECT state FROM chat_writes");
    bool right = strcmp(result.rows, failed ? "unknown" : "sent") == 0;
    outcome_clear(&result);
    return right;
}

typedef struct sweeping {
    const sweep *tested;
    const place *where;
    server *hostile;
    sqlite3 *db;
    outcome whole;
    FILE *report;
} sweeping;

static bool sweep_cut(const sweeping *state, long at) {
    server_fault fault = {state->where->requests, 1, act_cut_at, state->tested->how, at};
    server_forget(state->hostile);
    server_set_fault(state->hostile, &fault);
    outcome result = session_run(state->db, state->where->sql);
    bool failed = result.rc != SQLITE_OK;
    bool fine = failed ? state->tested->retries == 0 : strcmp(result.rows, state->whole.rows) == 0;
    int hit = server_requests(state->hostile, state->where->requests);
    if (state->where->write) {
        /* libcurl repeats a DELETE by itself if a connection used before breaks without an answer. */
        fine = fine && sweep_state_is_right(state->db, failed) && hit <= (state->tested->where == DELETE ? 2 : 1);
    }
    if (!fine) {
        fprintf(state->report, "cut after %ld bytes: gave [%.200s] and error %d \"%.300s\", after %d requests\n", at,
                result.rows, result.rc, result.message, hit);
    }
    outcome_clear(&result);
    return fine;
}

int run_sweep(const run_options *options, const sweep *tested, FILE *report) {
    sweeping state = {.tested = tested, .where = &places[tested->where], .report = report};
    world data = state.where->data;
    data.messages = tested->messages ? tested->messages : data.messages;
    state.hostile = server_start(&data);
    memcpy(data.origin, server_origin(state.hostile), strlen(server_origin(state.hostile)) + 1);
    long size = (long)act_cut_size(&data, sweep_method(tested), sweep_path(tested), tested->how);
    state.db = session_open(options->extension, data.origin);
    session_set(state.db, "page_size", tested->messages ? 1000 : state.where->page_size);
    session_set(state.db, "max_retries", tested->retries);
    session_set(state.db, "request_log", 10);
    state.whole = session_run(state.db, state.where->sql);
    int cuts = 0, wrong = 0;
    for (long at = 0; at <= size && wrong < 5; at += tested->step) {
        wrong += !sweep_cut(&state, at);
        cuts++;
    }
    outcome_clear(&state.whole);
    if (cuts < 10) {
        fprintf(report, "only %d cuts\n", cuts);
    }
    if (sqlite3_close(state.db) != SQLITE_OK || sqlite3_memory_used() != 0) {
        fprintf(report, "%lld bytes are left after closing\n", (long long)sqlite3_memory_used());
    }
    server_stop(state.hostile);
    return cuts;
}
