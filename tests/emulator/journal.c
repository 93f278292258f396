/* Counters and lists for tests: see journal.h. The lists are kept as the JSON they are shown in. */
#include "journal.h"

#include "ports.h"

#include <stdlib.h>
#include <string.h>

/* A long benchmark must not fill the memory: later requests are counted but not listed. */
static const size_t journal_maximum = (size_t)64 << 20;

struct journal {
    int64_t requests, gets, posts, deletes, others, errors, bytes, concurrent, most_concurrent, writes;
    buffer list, ledger;
};

journal *journal_new(void) {
    return buffer_allocate(sizeof(journal));
}

void journal_free(journal *self) {
    buffer_free(&self->list);
    buffer_free(&self->ledger);
    free(self);
}

void journal_reset(journal *self) {
    int64_t concurrent = self->concurrent;
    buffer_free(&self->list);
    buffer_free(&self->ledger);
    *self = (journal){.concurrent = concurrent, .most_concurrent = concurrent};
}

/* Chat's is not named. */
static void journal_port(buffer *out, const exchange *request) {
    if (request->port != PORT_CHAT) {
        buffer_format(out, ",\"port\":\"%s\"", port_table[request->port].name);
    }
}

void journal_begin(journal *self, const exchange *request, bool authorized, const char *webhooks) {
    const char *method = request->method;
    self->requests++;
    self->concurrent++;
    self->most_concurrent = self->concurrent > self->most_concurrent ? self->concurrent : self->most_concurrent;
    int64_t *counter = strcmp(method, "GET") == 0      ? &self->gets
                       : strcmp(method, "POST") == 0   ? &self->posts
                       : strcmp(method, "DELETE") == 0 ? &self->deletes
                                                       : &self->others;
    ++*counter;
    if (self->list.length < journal_maximum) {
        buffer_format(&self->list, "%s{\"method\":\"%s\",\"uri\":", self->list.length ? ",\n" : "", method);
        buffer_json(&self->list, request->uri, strlen(request->uri));
        buffer_format(&self->list, ",\"authorization\":%s", authorized ? "true" : "false");
        if (webhooks) {
            buffer_text(&self->list, ",\"webhooks\":");
            buffer_json(&self->list, webhooks, strlen(webhooks));
        }
        journal_port(&self->list, request);
        buffer_byte(&self->list, '}');
    }
}

void journal_end(journal *self, int status, size_t bytes) {
    self->concurrent--;
    self->errors += status >= 400 ? 1 : 0;
    self->bytes += (int64_t)bytes;
}

int64_t journal_concurrent(const journal *self) {
    return self->concurrent;
}

void journal_write(journal *self, const exchange *write) {
    self->writes++;
    if (self->ledger.length < journal_maximum) {
        buffer_format(&self->ledger, "%s{\"method\":\"%s\",\"path\":", self->ledger.length ? ",\n" : "", write->method);
        buffer_json(&self->ledger, write->uri, write->path_length);
        buffer_text(&self->ledger, ",\"body\":");
        buffer_json(&self->ledger, write->body.data, write->body.length);
        buffer_format(&self->ledger, ",\"sid\":\"%s\"", write->written_sid);
        journal_port(&self->ledger, write);
        buffer_byte(&self->ledger, '}');
    }
}

void journal_show_stats(const journal *self, buffer *out) {
    buffer_format(out,
                  "{\"requests\":%lld,\"get\":%lld,\"post\":%lld,\"delete\":%lld,\"other\":%lld,\"errors\":%lld,"
                  "\"bytes\":%lld,\"concurrent\":%lld,\"max_concurrent\":%lld,\"writes\":%lld}",
                  (long long)self->requests, (long long)self->gets, (long long)self->posts, (long long)self->deletes,
                  (long long)self->others, (long long)self->errors, (long long)self->bytes, (long long)self->concurrent,
                  (long long)self->most_concurrent, (long long)self->writes);
}

static void journal_show(const buffer *list, buffer *out) {
    buffer_byte(out, '[');
    buffer_append(out, list->data, list->length);
    buffer_byte(out, ']');
}

void journal_show_requests(const journal *self, buffer *out) {
    journal_show(&self->list, out);
}

void journal_show_ledger(const journal *self, buffer *out) {
    journal_show(&self->ledger, out);
}
