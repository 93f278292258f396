/* Delivery receipts: see receipts.h. */
#include "receipts.h"

#include "clock.h"
#include "errors.h"
#include "render.h"

#include <stdlib.h>
#include <string.h>

void receipt_phones_load(receipt_phones *self, store *from, int64_t channel) {
    size_t most = (size_t)store_number(
        from, 0, "SELECT count(*) FROM members WHERE channel_id = ?1 AND address IS NOT NULL", "i", channel);
    *self = (receipt_phones){.list = most ? buffer_allocate(most * sizeof *self->list) : NULL};
    sqlite3_stmt *row = store_prepare(from, "SELECT sid, date_created, address FROM members WHERE channel_id = ?1"
                                            " AND address IS NOT NULL ORDER BY sid");
    store_bind(row, "i", channel);
    while (self->count < most && store_step(row)) {
        receipt_phone *phone = &self->list[self->count++];
        size_t length = (size_t)sqlite3_column_bytes(row, 2);
        memcpy(phone->sid, sqlite3_column_text(row, 0), SID_LENGTH);
        phone->sid[SID_LENGTH] = '\0';
        phone->created = sqlite3_column_int64(row, 1);
        phone->address =
            (text_piece){buffer_duplicate((const char *)sqlite3_column_text(row, 2), length), length, 0, 0};
    }
    store_done(row);
}

void receipt_phones_free(receipt_phones *self) {
    for (size_t at = 0; at < self->count; at++) {
        free((void *)(uintptr_t)self->list[at].address.raw);
    }
    free(self->list);
    *self = (receipt_phones){0};
}

typedef struct receipt {
    char sid[SID_LENGTH + 1], channel_message[SID_LENGTH + 1];
    const char *participant, *status; /* status NULL: not yet known */
    int64_t error, created, updated;  /* error -1: null */
} receipt;

static uint64_t receipt_bits(const char *sid) {
    uint64_t high = 0;
    for (int at = 2; at < SID_LENGTH; at++) {
        high = random_mix(high ^ (unsigned char)sid[at]);
    }
    return high;
}

static const struct {
    unsigned below; /* of 100 */
    const char *status;
    int rank; /* what it has reached: 1 sent, 2 delivered, 3 read */
} receipt_statuses[] = {{45, "delivered", 2},   {62, "read", 3},   {77, "sent", 1},
                        {88, "undelivered", 0}, {97, "failed", 0}, {100, NULL, 0}};

static void receipt_make(receipt *out, const exchange *request, const message *what, const receipt_phone *phone) {
    static const int errors[] = {30003, 30005, 30006, 30008, 63016};
    uint64_t bits = random_at(receipt_bits(what->sid), receipt_bits(phone->sid));
    uint64_t chance = bits % (request->emulator->layout.data.tidy ? 97 : 100);
    int kind = 0;
    while (chance >= receipt_statuses[kind].below) {
        kind++;
    }
    random_sid(out->sid, "DY", random_mix(bits), bits);
    random_sid(out->channel_message, strncmp(phone->address.raw, "whatsapp:", 9) == 0 ? "WA" : "SM", bits,
               random_mix(bits ^ 1));
    out->sid[SID_LENGTH] = out->channel_message[SID_LENGTH] = '\0';
    out->participant = phone->sid;
    out->status = receipt_statuses[kind].status;
    bool bad = out->status && receipt_statuses[kind].rank == 0;
    out->error = bad                                                             ? errors[(bits >> 20) % 5]
                 : (bits >> 30) % 4 == 0 && !request->emulator->layout.data.tidy ? -1
                                                                                 : 0;
    out->created = what->created;
    out->updated = what->created + (int64_t)((bits >> 40) % 100);
}

static bool receipt_by_phone(const receipt_phones *phones, const message *what) {
    for (size_t at = 0; at < phones->count; at++) {
        const text_piece *address = &phones->list[at].address;
        if (address->length == what->author.length && memcmp(address->raw, what->author.raw, address->length) == 0) {
            return true;
        }
    }
    return false;
}

static int receipt_compare(const void *one, const void *other) {
    return strcmp(((const receipt *)one)->sid, ((const receipt *)other)->sid);
}

/* A message's receipts in the order of their SIDs; the caller frees them. */
static receipt *receipts_make(const receipt_phones *phones, const exchange *request, const message *what,
                              size_t *count) {
    *count = 0;
    if (!phones->count || receipt_by_phone(phones, what)) {
        return NULL;
    }
    receipt *made = buffer_allocate(phones->count * sizeof *made);
    for (size_t at = 0; at < phones->count; at++) {
        if (phones->list[at].created <= what->created) {
            receipt_make(&made[(*count)++], request, what, &phones->list[at]);
        }
    }
    qsort(made, *count, sizeof *made, receipt_compare);
    return made;
}

static int receipt_rank(const receipt *self) {
    int kind = 0;
    while (receipt_statuses[kind].status && (!self->status || strcmp(receipt_statuses[kind].status, self->status))) {
        kind++;
    }
    return receipt_statuses[kind].rank;
}

/* What has been delivered was sent too. */
static size_t receipt_reached(const receipt *made, size_t count, const char *name, int rank) {
    size_t reached = 0;
    for (size_t at = 0; at < count; at++) {
        bool same = made[at].status && strcmp(made[at].status, name) == 0;
        reached += same || (rank && receipt_rank(&made[at]) >= rank) ? 1 : 0;
    }
    return reached;
}

void receipts_summary(const receipt_phones *self, const exchange *request, const message *what, buffer *out) {
    static const struct {
        const char *name;
        int rank;
    } parts[] = {{"sent", 1}, {"delivered", 2}, {"read", 3}, {"failed", 0}, {"undelivered", 0}};
    size_t count = 0;
    receipt *made = receipts_make(self, request, what, &count);
    if (!count) {
        buffer_append(out, "null", 4);
        free(made);
        return;
    }
    buffer_format(out, "{\"total\":%zu", count);
    for (size_t at = 0; at < sizeof parts / sizeof *parts; at++) {
        size_t reached = receipt_reached(made, count, parts[at].name, parts[at].rank);
        buffer_format(out, ",\"%s\":\"%s\"", parts[at].name, reached == count ? "all" : reached ? "some" : "none");
    }
    buffer_byte(out, '}');
    free(made);
}

static void receipt_show(exchange *self, const receipt *what) {
    buffer *out = &self->answer;
    bool below = self->version == API_SERVICE;
    buffer_format(out, "{\"sid\":\"%s\",\"account_sid\":\"%s\",", what->sid, self->emulator->options.account_sid);
    if (below) {
        buffer_format(out, "\"chat_service_sid\":\"%s\",", self->service_sid);
    }
    buffer_format(out, "\"conversation_sid\":\"%s\",\"message_sid\":\"%s\",\"channel_message_sid\":\"%s\",",
                  self->channel_sid, self->message_sid, what->channel_message);
    buffer_format(out, "\"participant_sid\":\"%s\",\"status\":", what->participant);
    if (what->status) {
        buffer_format(out, "\"%s\"", what->status);
    } else {
        buffer_append(out, "null", 4);
    }
    buffer_text(out, ",\"error_code\":");
    if (what->error < 0) {
        buffer_append(out, "null", 4);
    } else {
        buffer_integer(out, what->error);
    }
    buffer_text(out, ",\"date_created\":");
    render_date(self, what->created);
    buffer_text(out, ",\"date_updated\":");
    render_date(self, what->updated);
    buffer_text(out, ",\"url\":\"");
    buffer_append(out, self->origin.data, self->origin.length);
    buffer_format(out, "/v1%s%s/Conversations/%s/Messages/%s/Receipts/%s\"}", below ? "/Services/" : "",
                  below ? self->service_sid : "", self->channel_sid, self->message_sid, what->sid);
}

/* The receipts of the message in the path. */
static receipt *receipts_of_path(exchange *self, receipt_phones *phones, size_t *count) {
    message_channel channel;
    message_cursor cursor;
    message found;
    receipt *made = NULL;
    *count = 0;
    receipt_phones_load(phones, self->emulator->store, self->channel_id);
    if (message_channel_load(&channel, &self->emulator->messages, self->channel_id)) {
        if (message_find(&cursor, &channel, self->message_sid, &found)) {
            made = receipts_make(phones, self, &found, count);
        }
        message_walk_end(&cursor);
        message_channel_free(&channel);
    }
    return made;
}

void receipts_list(exchange *self, const paging *page) {
    receipt_phones phones;
    size_t count, from = 0, size = (size_t)page->size;
    receipt *made = receipts_of_path(self, &phones, &count);
    if (page->token) {
        while (from < count && strcmp(made[from].sid, page->token) < 0) {
            from++;
        }
    } else {
        from = page->page > (int64_t)count ? count : (size_t)page->page * size;
        from = from > count ? count : from;
    }
    buffer_text(&self->answer, "{\"delivery_receipts\":[");
    for (size_t at = from; at < count && at < from + size; at++) {
        buffer_text(&self->answer, at > from ? "," : "");
        receipt_show(self, &made[at]);
    }
    buffer_text(&self->answer, "],");
    bool first = page->page == 0 || from == 0;
    paging_write(page, self, first ? NULL : made[from > size ? from - size : 0].sid,
                 from + size < count ? made[from + size].sid : NULL);
    buffer_byte(&self->answer, '}');
    free(made);
    receipt_phones_free(&phones);
}

void receipts_fetch(exchange *self) {
    receipt_phones phones;
    size_t count;
    receipt *made = receipts_of_path(self, &phones, &count);
    for (size_t at = 0; at < count; at++) {
        if (strcmp(made[at].sid, self->key) == 0) {
            receipt_show(self, &made[at]);
            self->status = 200;
        }
    }
    if (!self->status) {
        errors_not_found(self);
    }
    free(made);
    receipt_phones_free(&phones);
}
