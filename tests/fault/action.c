/* What the hostile server does: answers of a wrong content; see action.h. */
#define _GNU_SOURCE
#include "fault/action.h"

#include <stdlib.h>
#include <string.h>

#include "fault/reply.h"

void act_status(exchange *request, const char *how, long number) {
    text body = {0}, head = {0};
    text_format(&body, "{\"code\":%ld,\"message\":\"Fault\",\"status\":%ld}", 20000 + number, number);
    reply_expand(&head, request, how ? how : "", 0);
    reply_send(request, (int)number, head.bytes, body.bytes, number == 204 || number == 304 ? 0 : body.length);
    text_clear(&body);
    text_clear(&head);
}

void act_every(exchange *request, const char *how, long number) {
    if (request->hit % number == 0) {
        act_status(request, how, 503);
    } else {
        reply_send(request, request->status, "", request->body.bytes, request->body.length);
    }
}

void act_after_500(exchange *request, const char *how, long number) {
    act_status(request, how, request->hit == 1 ? 500 : number);
}

void act_body(exchange *request, const char *how, long number) {
    text body = {0};
    reply_expand(&body, request, how, number);
    reply_send(request, 200, "", body.bytes, body.length);
    text_clear(&body);
}

/* Sends the true body with the bytes from `at` on, so many, replaced. */
static void action_send_changed(exchange *request, const char *at, size_t length, const text *other) {
    text body = {0};
    size_t before = (size_t)(at - request->body.bytes);
    text_append(&body, request->body.bytes, before);
    text_append(&body, other->bytes, other->length);
    text_append(&body, at + length, request->body.length - before - length);
    reply_send(request, request->status, "", body.bytes, body.length);
    text_clear(&body);
}

void act_edit(exchange *request, const char *how, long number) {
    text piece = {0}, other = {0};
    const char *arrow = strstr(how, "=>");
    char *first = strndup(how, (size_t)(arrow - how));
    reply_expand(&piece, request, first, number);
    reply_expand(&other, request, arrow + 2, number);
    const char *at = memmem(request->body.bytes, request->body.length, piece.bytes, piece.length);
    if (!at) {
        abort(); /* the row would test nothing */
    }
    action_send_changed(request, at, piece.length, &other);
    text_clear(&piece);
    text_clear(&other);
    free(first);
}

/* Where a JSON value that the world writes after a key begins, and its length. */
static const char *action_value(const exchange *request, const char *key, const char *after, size_t *length) {
    const char *start = strstr(request->body.bytes, key);
    const char *end = start ? strstr(start, after) : NULL;
    if (!end) {
        abort();
    }
    start += strlen(key);
    *length = (size_t)(end - start);
    return start;
}

void act_next(exchange *request, const char *how, long number) {
    text url = {0};
    size_t length;
    const char *value = action_value(request, "\"next_page_url\":", ",\"key\"", &length);
    text_format(&url, "\"");
    for (long i = 0; i < (number > 0 ? number : 1); i++) {
        reply_expand(&url, request, how, 0);
    }
    text_format(&url, "\"");
    action_send_changed(request, value, length, &url);
    text_clear(&url);
}

void act_empty(exchange *request, const char *how, long number) {
    text nothing = {0};
    size_t length;
    const char *rows = action_value(request, "\":[", "],\"meta\"", &length);
    action_send_changed(request, rows, length, &nothing);
    (void)how, (void)number;
}

void act_shift(exchange *request, const char *how, long number) {
    server_shift(request, (int)number);
    reply_send(request, request->status, "", request->body.bytes, request->body.length);
    (void)how;
}

/* ---- rows too large for sense ---- */

/* Puts a JSON value in the place of the first row's "m0". */
static void action_send_as_body(exchange *request, const text *value) {
    size_t length;
    const char *start = action_value(request, "\"body\":", ",\"index\"", &length);
    action_send_changed(request, start, length, value);
}

void act_deep(exchange *request, const char *how, long number) {
    text value = {0};
    for (long i = 0; i < number; i++) {
        text_append(&value, "[", 1);
    }
    for (long i = 0; i < number; i++) {
        text_append(&value, "]", 1);
    }
    action_send_as_body(request, &value);
    text_clear(&value);
    (void)how;
}

void act_fields(exchange *request, const char *how, long number) {
    text value = {0};
    text_format(&value, "\"m0\"");
    for (long i = 0; i < number; i++) {
        text_format(&value, ",\"field_%ld\":%ld", i, i);
    }
    action_send_as_body(request, &value);
    text_clear(&value);
    (void)how;
}

void act_long_text(exchange *request, const char *how, long number) {
    text value = {0};
    text_append(&value, "\"", 1);
    for (long i = 0; i < number; i++) {
        text_append(&value, "x", 1);
    }
    text_append(&value, "\"", 1);
    action_send_as_body(request, &value);
    text_clear(&value);
    (void)how;
}

void act_many_lists(exchange *request, const char *how, long number) {
    text value = {0};
    text_format(&value, "\"m0\",\"more\":[[]");
    for (long i = 0; i < number; i++) {
        text_append(&value, ",[]", 3);
    }
    text_append(&value, "]", 1);
    action_send_as_body(request, &value);
    text_clear(&value);
    (void)how;
}
