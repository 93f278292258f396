/* Requests in: see server.h. */
#include "server.h"

#include "auth.h"
#include "clock.h"
#include "control.h"
#include "conversation_state.h"
#include "errors.h"
#include "journal.h"
#include "ports.h"
#include "route.h"
#include "session.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A request body above this is refused: nothing in the API comes near it. */
static const size_t server_body_maximum = (size_t)8 << 20;

typedef struct listener {
    struct server *server;
    struct MHD_Daemon *daemon;
    int which;    /* of port_table */
    bool resumed; /* it has connections to go on with */
} listener;

struct server {
    emulator *emulator;
    timers timers;
    listener listeners[PORT_COUNT];
    int ports[PORT_COUNT];
};

/* --- one request --- */

/* Called with the request line as received, before the library decodes anything. */
static void *server_begin(void *context, const char *uri, struct MHD_Connection *connection) {
    const listener *heard = context;
    server *self = heard->server;
    session *made = buffer_allocate(sizeof *made);
    made->exchange.emulator = self->emulator;
    made->exchange.port = heard->which;
    made->exchange.uri = buffer_duplicate(uri, strlen(uri));
    made->connection = connection;
    made->timers = &self->timers;
    made->begin = clock_microseconds();
    return made;
}

static void server_free_session(session *self) {
    exchange *request = &self->exchange;
    for (int at = 0; at < request->segment_count; at++) {
        free(request->segments[at]);
    }
    free(request->uri);
    form_free(&request->query);
    form_free(&request->form);
    buffer_free(&request->body);
    buffer_free(&request->origin);
    buffer_free(&request->answer);
    buffer_free(&request->answer_type);
    fault_release(self->fault);
    free(self);
}

static void server_end(void *context, struct MHD_Connection *connection, void **state,
                       enum MHD_RequestTerminationCode code) {
    session *ended = *state;
    (void)context;
    (void)connection;
    (void)code;
    if (!ended) {
        return;
    }
    if (ended->started && !ended->control) {
        journal_end(ended->exchange.emulator->journal, ended->exchange.status, ended->sent);
    }
    server_free_session(ended);
    *state = NULL;
}

static const char *server_header(const session *self, const char *name) {
    return MHD_lookup_connection_value(self->connection, MHD_HEADER_KIND, name);
}

static void server_find_origin(session *self) {
    const char *fixed = port_public_url(self->exchange.emulator, self->exchange.port);
    const char *host = server_header(self, "Host"), *scheme = server_header(self, "X-Forwarded-Proto");
    if (fixed) {
        buffer_format(&self->exchange.origin, "%s", fixed);
    } else {
        /* Behind a server that does TLS, the scheme is what that one says. */
        buffer_format(&self->exchange.origin, "%s://%s", scheme ? scheme : "http", host ? host : "127.0.0.1");
    }
}

/* What is known once the headers are there. */
static void server_open(session *self, const char *method) {
    exchange *request = &self->exchange;
    self->started = true;
    request->method = method;
    request->body_type = server_header(self, "Content-Type");
    request->signs_in = server_header(self, "Authorization") != NULL;
    route_split(request);
    self->control = control_owns(request);
    if (!self->control) {
        server_find_origin(self);
        journal_begin(request->emulator->journal, request, request->signs_in,
                      server_header(self, "X-Twilio-Webhook-Enabled"));
        self->fault = faults_take(request->emulator->faults, method, request->uri, port_table[request->port].name);
    }
}

/* The API takes forms only: of another body, such as JSON, it sees no parameters (twilio-chat-demo-js, issue 52). */
static void server_read_form(session *self) {
    exchange *request = &self->exchange;
    const char *type = request->body_type;
    if (!type || strncasecmp(type, "application/x-www-form-urlencoded", 33) == 0) {
        form_parse(&request->form, request->body.data, request->body.length);
    }
}

static void server_wake(session *self) {
    for (int64_t each = fault_number(self->fault, "each", 1); each > 0; each--) {
        const char *sid = fault_next(self->fault, "conversation");
        const char *state = form_text(&self->fault->settings, "state", NULL);
        if (state) {
            conversation_set_state(self->exchange.emulator, sid ? sid : "", state);
        } else {
            conversation_wake_sid(self->exchange.emulator, sid ? sid : "");
        }
    }
}

static void server_answer(session *self) {
    exchange *request = &self->exchange;
    int64_t limit = request->emulator->options.concurrency_limit;
    if (self->control) {
        control_answer(request);
    } else if (!port_table[request->port].is_open &&
               !auth_accepts(request->emulator, server_header(self, "Authorization"))) {
        errors_set(request, ERROR_AUTHENTICATE);
    } else if (limit && journal_concurrent(request->emulator->journal) > limit) {
        errors_set(request, ERROR_TOO_MANY);
    } else {
        server_read_form(self);
        if (self->fault && self->fault->action == FAULT_NEXT) {
            request->next_page_override = form_text(&self->fault->settings, "url", "");
        }
        if (self->fault && self->fault->action == FAULT_ACTIVE) {
            server_wake(self);
        }
        port_table[request->port].answer(request);
    }
}

static void server_log(const session *self) {
    const exchange *request = &self->exchange;
    if (request->emulator->options.verbose) {
        fprintf(stderr, "%s %s %d %lld us\n", request->method, request->uri, request->status,
                (long long)(clock_microseconds() - self->begin));
    }
}

/* Milliseconds this request waits before it is answered. */
static int64_t server_delay(const session *self) {
    if (self->control) {
        return 0;
    }
    int64_t delay = self->exchange.emulator->options.latency;
    if (self->fault && self->fault->action == FAULT_DELAY) {
        delay += fault_number(self->fault, "ms", 0);
    }
    return delay;
}

void session_suspend(session *self, int64_t milliseconds) {
    self->suspended = true;
    timers_add(self->timers, self, milliseconds);
    MHD_suspend_connection(self->connection);
}

static enum MHD_Result server_finish(session *self) {
    int64_t delay = server_delay(self);
    if (!self->waited && delay > 0) {
        self->waited = true;
        session_suspend(self, delay);
        return MHD_YES;
    }
    bool replaced = self->fault && !self->fault->after &&
                    (self->fault->action <= FAULT_HANG); /* these come instead of the true answer */
    if (!replaced && !self->exchange.status) {
        server_answer(self);
    }
    if (reply_breaks(self)) {
        return self->suspended ? MHD_YES : MHD_NO;
    }
    enum MHD_Result result = reply_send(self);
    server_log(self);
    return result;
}

static enum MHD_Result server_handle(void *context, struct MHD_Connection *connection, const char *url,
                                     const char *method, const char *version, const char *data, size_t *size,
                                     void **state) {
    session *self = *state;
    (void)context;
    (void)connection;
    (void)url;
    (void)version;
    if (!self) {
        return MHD_NO;
    }
    if (!self->started) {
        server_open(self, method);
        return MHD_YES;
    }
    if (*size) {
        if (self->exchange.body.length + *size > server_body_maximum) {
            return MHD_NO;
        }
        buffer_append(&self->exchange.body, data, *size);
        *size = 0;
        return MHD_YES;
    }
    return server_finish(self);
}

/* --- the daemon --- */

/* A daemon does not say that it has connections to resume: it must be called. */
static void server_resume(server *self, session *due) {
    due->suspended = false;
    self->listeners[due->exchange.port].resumed = true;
    MHD_resume_connection(due->connection);
}

/* any != 0: those that are not due yet, too. */
static void server_resume_due(server *self, int any) {
    for (session *due = timers_take(&self->timers, any); due; due = timers_take(&self->timers, any)) {
        server_resume(self, due);
    }
}

static bool server_listen(listener *self, int64_t number) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)number)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    unsigned flags = MHD_ALLOW_SUSPEND_RESUME;
    if (MHD_is_feature_supported(MHD_FEATURE_EPOLL) == MHD_YES) {
        flags |= MHD_USE_EPOLL;
    }
    self->daemon = MHD_start_daemon(flags, 0, NULL, NULL, server_handle, self, MHD_OPTION_SOCK_ADDR,
                                    (struct sockaddr *)&address, MHD_OPTION_URI_LOG_CALLBACK, server_begin, self,
                                    MHD_OPTION_NOTIFY_COMPLETED, server_end, self, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                    (size_t)128 << 10, MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u, MHD_OPTION_END);
    return self->daemon != NULL;
}

server *server_start(emulator *owner) {
    server *self = buffer_allocate(sizeof *self);
    self->emulator = owner;
    for (int which = 0; which < PORT_COUNT; which++) {
        listener *one = &self->listeners[which];
        *one = (listener){.server = self, .which = which};
        if (!server_listen(one, port_number(owner, which))) {
            perror("emulator: cannot listen");
            server_stop(self);
            return NULL;
        }
        self->ports[which] = MHD_get_daemon_info(one->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    }
    owner->ports = self->ports;
    return self;
}

/* Waits until a daemon has something to do, at most so long, and lets those that have do it. */
static void server_wait(server *self, int64_t milliseconds) {
    struct pollfd waited[PORT_COUNT];
    for (int which = 0; which < PORT_COUNT; which++) {
        struct MHD_Daemon *daemon = self->listeners[which].daemon;
        MHD_UNSIGNED_LONG_LONG left = 0;
        self->listeners[which].resumed |= MHD_get_timeout(daemon, &left) == MHD_YES && left == 0;
        milliseconds = self->listeners[which].resumed ? 0 : milliseconds;
        waited[which] = (struct pollfd){.fd = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd};
        waited[which].events = POLLIN;
    }
    poll(waited, PORT_COUNT, (int)milliseconds);
    for (int which = 0; which < PORT_COUNT; which++) {
        if (waited[which].revents || self->listeners[which].resumed) {
            self->listeners[which].resumed = false;
            MHD_run(self->listeners[which].daemon);
        }
    }
}

/* Where a daemon has no single descriptor to wait for, the ports are waited for in turn. */
static void server_take_turns(server *self, int64_t milliseconds) {
    for (int which = 0; which < PORT_COUNT; which++) {
        MHD_run_wait(self->listeners[which].daemon, milliseconds > 0 ? 1 : 0);
    }
}

void server_run(server *self, int64_t milliseconds) {
    int all = self->emulator->released;
    self->emulator->released = false;
    server_resume_due(self, all);
    int64_t most = timers_wait(&self->timers, milliseconds);
    if (MHD_is_feature_supported(MHD_FEATURE_EPOLL) == MHD_YES) {
        server_wait(self, most);
    } else {
        server_take_turns(self, most);
    }
}

void server_stop(server *self) {
    server_resume_due(self, 1);
    for (int which = 0; which < PORT_COUNT; which++) {
        if (self->listeners[which].daemon) {
            MHD_stop_daemon(self->listeners[which].daemon);
        }
    }
    timers_free(&self->timers);
    free(self);
}
