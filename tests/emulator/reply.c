/*
** Answers out, and everything a fault does to them (the list is in faults.h). A slow or broken body is given out by a
** content reader that stops, suspends or fails where the fault wants it.
*/
#include "session.h"

#include "clock.h"
#include "errors.h"
#include "journal.h"
#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* SIGPIPE is ignored anyway */
#endif

/* --- breaking the connection --- */

static int reply_socket(const session *self) {
    return MHD_get_connection_info(self->connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

/* The client sees a reset, not an orderly end. */
static void reply_reset(const session *self) {
    int socket = reply_socket(self);
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
#ifdef __linux__
    struct sockaddr none = {.sa_family = AF_UNSPEC};
    (void)connect(socket, &none, sizeof none); /* dissolves the connection at once */
#endif
}

/* The true answer with a Content-Length of its own, which the library would not send. */
static void reply_wrong_length(session *self) {
    exchange *request = &self->exchange;
    buffer raw = {0};
    buffer_format(&raw,
                  "HTTP/1.1 %d Answer\r\nContent-Type: application/json\r\nConnection: close\r\n"
                  "Content-Length: %lld\r\n\r\n",
                  request->status, (long long)fault_number(self->fault, "length", 0));
    buffer_append(&raw, request->answer.data, request->answer.length);
    size_t sent = 0;
    for (int attempt = 0; sent < raw.length && attempt < 1000; attempt++) {
        ssize_t part = send(reply_socket(self), raw.data + sent, raw.length - sent, MSG_NOSIGNAL);
        if (part > 0) {
            sent += (size_t)part;
        } else {
            usleep(1000); /* the socket does not block; this is a test of one request at a time */
        }
    }
    buffer_free(&raw);
}

bool reply_breaks(session *self) {
    if (!self->fault) {
        return false;
    }
    if (self->fault->action == FAULT_HANG && !self->silent) {
        self->silent = true;
        session_suspend(self, fault_number(self->fault, "ms", 60000));
        return true;
    }
    if (self->fault->action == FAULT_RESET || self->fault->action == FAULT_HANG) {
        reply_reset(self);
        return true;
    }
    if (self->fault->action == FAULT_CLOSE) {
        shutdown(reply_socket(self), SHUT_RDWR);
        return true;
    }
    if (self->fault->action == FAULT_LENGTH) {
        reply_wrong_length(self);
        return true;
    }
    return false;
}

/* --- bodies given out in parts --- */

static ssize_t reply_part(session *self, char *out, size_t most) {
    size_t left = self->stop - self->sent;
    size_t part = left < most ? left : most;
    memcpy(out, self->exchange.answer.data + self->sent, part);
    self->sent += part;
    return (ssize_t)part;
}

static ssize_t reply_read(void *context, uint64_t position, char *out, size_t most) {
    session *self = context;
    (void)position;
    if (self->sent == self->stop) {
        if (self->fault->action == FAULT_STALL && !self->silent) {
            self->silent = true;
            session_suspend(self, fault_number(self->fault, "ms", 60000));
            return 0;
        }
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    if (self->fault->action != FAULT_TRICKLE) {
        return reply_part(self, out, most);
    }
    self->silent = !self->silent;
    if (self->silent && self->sent) {
        session_suspend(self, fault_number(self->fault, "ms", 10));
        return 0;
    }
    self->silent = false;
    size_t bytes = (size_t)fault_number(self->fault, "bytes", 1);
    return reply_part(self, out, bytes && bytes < most ? bytes : most);
}

/* --- gzip --- */

static uint32_t reply_crc(const char *data, size_t length) {
    uint32_t crc = 0xffffffffu;
    for (size_t at = 0; at < length; at++) {
        crc ^= (unsigned char)data[at];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0);
        }
    }
    return ~crc;
}

static void reply_little_endian(buffer *out, uint32_t value, int bytes) {
    for (int at = 0; at < bytes; at++) {
        buffer_byte(out, (char)(value >> (8 * at) & 255));
    }
}

/* Makes the answer a gzip file of stored (not compressed) blocks: valid, and needs no library. */
static void reply_gzip(exchange *request) {
    buffer plain = request->answer;
    buffer *out = &request->answer;
    *out = (buffer){0};
    buffer_append(out, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    for (size_t at = 0; at < plain.length || at == 0;) {
        size_t part = plain.length - at < 65535 ? plain.length - at : 65535;
        buffer_byte(out, at + part == plain.length ? 1 : 0);
        reply_little_endian(out, (uint32_t)part, 2);
        reply_little_endian(out, ~(uint32_t)part, 2);
        buffer_append(out, plain.data + at, part);
        at += part ? part : 1;
    }
    reply_little_endian(out, reply_crc(plain.data, plain.length), 4);
    reply_little_endian(out, (uint32_t)plain.length, 4);
    buffer_free(&plain);
}

/* --- the answer --- */

/* Puts a fault's own answer in the place of the true one. */
static void reply_replace(session *self) {
    exchange *request = &self->exchange;
    const fault *rule = self->fault;
    const form_field *body = form_find(&rule->settings, "body");
    static const int usual[] = {[FAULT_STATUS] = 500, [FAULT_BODY] = 200, [FAULT_REDIRECT] = 307};
    request->status = (int)fault_number(rule, "status", usual[rule->action]);
    request->answer.length = 0;
    if (body) {
        buffer_append(&request->answer, body->value, body->length);
    } else if (rule->action == FAULT_STATUS) {
        const char *wording = form_text(&rule->settings, "message", "Fault");
        errors_body(&request->answer, request->status, (int)fault_number(rule, "code", 20500), wording,
                    strlen(wording));
    }
}

static void reply_fault_headers(const session *self, struct MHD_Response *response) {
    const form *settings = &self->fault->settings;
    for (size_t at = 0; at < settings->count; at++) {
        char *colon = strcmp(settings->fields[at].name, "header") == 0 ? strchr(settings->fields[at].value, ':') : NULL;
        if (colon) {
            char *name = buffer_duplicate(settings->fields[at].value, (size_t)(colon - settings->fields[at].value));
            MHD_add_response_header(response, name, colon + 1 + strspn(colon + 1, " "));
            free(name);
        }
    }
    if (self->fault->action == FAULT_REDIRECT) {
        MHD_add_response_header(response, "Location", form_text(settings, "location", "/"));
    }
    if (self->fault->action == FAULT_GZIP) {
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    }
}

static void reply_headers(const session *self, struct MHD_Response *response) {
    static uint64_t number;
    char id[SID_LENGTH + 1] = "", duration[32], concurrent[24];
    random_sid(id, "RQ", random_mix(++number), random_mix((uint64_t)self->begin));
    snprintf(duration, sizeof duration, "%.3f", (double)(clock_microseconds() - self->begin) / 1e6);
    snprintf(concurrent, sizeof concurrent, "%lld", (long long)journal_concurrent(self->exchange.emulator->journal));
    if (self->exchange.status != 204) {
        bool typed = self->exchange.answer_type.length > 0;
        MHD_add_response_header(response, "Content-Type", typed ? self->exchange.answer_type.data : "application/json");
    }
    MHD_add_response_header(response, "Twilio-Request-Id", id);
    MHD_add_response_header(response, "Twilio-Request-Duration", duration);
    MHD_add_response_header(response, "Twilio-Concurrent-Requests", concurrent);
    MHD_add_response_header(response, "X-Home-Region", "us1");
    if (self->exchange.status == 401) {
        MHD_add_response_header(response, "WWW-Authenticate", "Basic realm=\"Twilio API\"");
    }
}

static struct MHD_Response *reply_slow(session *self) {
    size_t bytes = (size_t)fault_number(self->fault, "bytes", 0), length = self->exchange.answer.length;
    bool trickle = self->fault->action == FAULT_TRICKLE;
    self->stop = trickle || bytes > length ? length : bytes;
    return MHD_create_response_from_callback(length, 16384, reply_read, self, NULL);
}

/* The response owns the answer's bytes from here on. */
static struct MHD_Response *reply_whole(session *self) {
    buffer *answer = &self->exchange.answer;
    self->sent = answer->length;
    char *data = answer->data;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer->length, data ? data : "", data ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    *answer = (buffer){0};
    return response;
}

enum MHD_Result reply_send(session *self) {
    int action = self->fault ? self->fault->action : -1;
    if (action == FAULT_STATUS || action == FAULT_BODY || action == FAULT_REDIRECT) {
        reply_replace(self);
    } else if (action == FAULT_GZIP && self->exchange.status != 204) {
        reply_gzip(&self->exchange);
    }
    bool slow = action == FAULT_CUT || action == FAULT_STALL || action == FAULT_TRICKLE;
    struct MHD_Response *response = slow ? reply_slow(self) : reply_whole(self);
    reply_headers(self, response);
    if (self->fault) {
        reply_fault_headers(self, response);
    }
    enum MHD_Result result = MHD_queue_response(self->connection, (unsigned)self->exchange.status, response);
    MHD_destroy_response(response);
    return result;
}
