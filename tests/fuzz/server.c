/* The random server; see server.h. Its pages are written by answer.c. */
#include "fuzz/server.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/answer.h"
#include "fuzz/fuzz.h"
#include "rest/transport.h"

struct transfer {
    transport *loop;
    transfer *next, *previous; /* among those under way, oldest first */
    bool running;
    char *method, *path; /* path: without the origin */
    transport_done *done;
    transport_take *take;
    void *context;
    transport_result result;
};

struct transport {
    transfer *first, *last;
    int running;
};

static fuzz_input script;
static sqlite3 *connection;
static int patience_left;
static server_permission permitted;
static int64_t now_ms;

void server_begin(const uint8_t *bytes, size_t size, sqlite3 *db, int patience) {
    script = (fuzz_input){bytes, size};
    connection = db;
    patience_left = patience;
    permitted = SERVER_ANYTHING;
    now_ms = 1000000000000; /* September 2001 */
}

void server_permit(server_permission permission) {
    permitted = permission;
}

/* Not strstr, whose arguments the fuzzer would learn the secret from. */
static bool holds(const char *text, size_t length, const char *secret, size_t size) {
    for (size_t i = 0; i + size <= length; i++) {
        size_t same = 0;
        while (same < size && text[i + same] == secret[same]) {
            same++;
        }
        if (same == size) {
            return true;
        }
    }
    return false;
}

bool server_has_secret(const char *text, size_t length) {
    return holds(text, length, SERVER_SECRET, sizeof SERVER_SECRET - 1) ||
           holds(text, length, SERVER_USER, sizeof SERVER_USER - 1);
}

void server_check_secret(const char *text, size_t length, const char *what) {
    fuzz_check(!text || !server_has_secret(text, length), "the secret or the key is in %s", what);
}

/* ---- time ---- */

int64_t __wrap_clock_monotonic_ms(void);
int64_t __wrap_clock_wall_ms(void);

int64_t __wrap_clock_monotonic_ms(void) {
    return now_ms;
}

int64_t __wrap_clock_wall_ms(void) {
    return now_ms;
}

/* ---- what is sent ---- */

static void check_call(const transport_call *call) {
    bool read = strcmp(call->method, "GET") == 0;
    size_t origin = sizeof SERVER_ORIGIN - 1;
    /* One secret for all that the vendor has. */
    static const char conversations[] = "https://conversations.twilio.com/", media[] = "https://mcs.us1.twilio.com/";
    bool home = strncmp(call->url, SERVER_ORIGIN "/", origin + 1) == 0 ||
                strncmp(call->url, conversations, sizeof conversations - 1) == 0 ||
                strncmp(call->url, media, sizeof media - 1) == 0;
    bool own = call->password && strcmp(call->password, SERVER_SECRET) == 0;
    fuzz_check(read || strcmp(call->method, "POST") == 0 || strcmp(call->method, "DELETE") == 0, "method %s",
               call->method);
    fuzz_check(permitted == SERVER_ANYTHING || (permitted == SERVER_READS && read), "not permitted: %s %s",
               call->method, call->url);
    fuzz_check(home || !own, "the secret goes to %s", call->url);
    fuzz_check(fuzz_is_printable(call->url) && !strchr(call->url, ' '), "a URL: %s", call->url);
    fuzz_check(!call->header || (fuzz_is_printable(call->header) && strchr(call->header, ':')), "a header: %s",
               call->header);
    fuzz_check(call->timeout_ms > 0, "no deadline");
    fuzz_check(!read || !call->body, "a GET with a body");
    server_check_secret(call->url, strlen(call->url), "a URL");
    server_check_secret(call->body, call->body ? call->body_length : 0, "a body");
    server_check_secret(call->header, call->header ? strlen(call->header) : 0, "a header");
}

transport *transport_new(const tls_authorities *authorities) {
    (void)authorities;
    return calloc(1, sizeof(transport));
}

void transport_free(transport *loop) {
    if (loop) {
        fuzz_check(loop->running == 0, "%d transfers were forgotten", loop->running);
        free(loop);
    }
}

void transport_set_connections(transport *loop, int count) {
    fuzz_check(loop && count > 0, "%d connections", count);
}

static void unlink_transfer(transfer *ended) {
    transport *loop = ended->loop;
    *(ended->previous ? &ended->previous->next : &loop->first) = ended->next;
    *(ended->next ? &ended->next->previous : &loop->last) = ended->previous;
    ended->running = false;
    loop->running--;
}

transfer *transport_start(transport *loop, const transport_call *call, transport_done *done, void *context,
                          error *problem) {
    (void)problem;
    check_call(call);
    transfer *planned = calloc(1, sizeof *planned);
    const char *path = strchr(call->url + strlen("https://"), '/');
    planned->loop = loop;
    planned->method = strdup(call->method);
    planned->path = strdup(path ? path : "");
    planned->take = call->take;
    planned->done = done;
    planned->context = context;
    planned->running = true;
    buffer_init(&planned->result.body, TRANSPORT_BODY_MAX);
    planned->previous = loop->last;
    *(loop->last ? &loop->last->next : &loop->first) = planned;
    loop->last = planned;
    loop->running++;
    patience_left--;
    return planned;
}

transport_result *transport_result_of(transfer *ended) {
    return &ended->result;
}

transport_result *transport_result_so_far(transfer *running) {
    running->result.head_status = running->result.status;
    return &running->result;
}

void transport_release(transfer *ended) {
    if (ended) {
        if (ended->running) {
            unlink_transfer(ended);
        }
        buffer_clear(&ended->result.body);
        free(ended->method);
        free(ended->path);
        free(ended);
    }
}

/* Hands the body over in pieces as they may come, if somebody takes it so. They stop with whoever has enough. */
static void deliver(transfer *ended) {
    buffer *body = &ended->result.body;
    if (!ended->take || ended->result.status != 200 || !body->data) {
        return;
    }
    bool more = true;
    for (size_t at = 0, length; more && at < body->length; at += length) {
        size_t left = body->length - at, piece = 1 + strlen(ended->path) * 7 % 300;
        length = piece < left ? piece : left;
        more = ended->take(ended->context, body->data + at, length);
    }
    buffer_clear(body);
    if (!more) {
        ended->result.outcome = RETRY_LOST;
        ended->result.status = 0;
    }
}

/* The oldest transfer or, if the script says so, another one ends. */
int transport_drive(transport *loop, int timeout_ms) {
    fuzz_check(timeout_ms >= 0 && timeout_ms <= 1000, "waits %d ms", timeout_ms);
    now_ms += timeout_ms;
    unsigned pace = fuzz_byte(&script);
    if (patience_left <= 0 || pace == 255) {
        sqlite3_interrupt(connection);
    }
    int ending = pace < 128 ? loop->running : (int)(pace & 3);
    for (; ending > 0 && loop->first; ending--) {
        transfer *ended = pace & 4 ? loop->last : loop->first;
        unlink_transfer(ended);
        answer_write(&script, ended->method, ended->path, &ended->result);
        deliver(ended);
        transport_result_so_far(ended);
        ended->done(ended->context, ended);
    }
    return loop->running;
}
