/* What the hostile server does: answers that break on their way, or are no HTTP; see action.h. */
#define _GNU_SOURCE
#include "fault/action.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fault/reply.h"

void act_raw(exchange *request, const char *how, long number) {
    text answer = {0};
    reply_expand(&answer, request, how, number);
    server_send(request, answer.bytes, answer.length);
    text_clear(&answer);
}

void act_raw_keep(exchange *request, const char *how, long number) {
    act_raw(request, how, number);
    request->keep = true;
}

void act_smuggle(exchange *request, const char *how, long number) {
    text answer = {0};
    text_format(&answer, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s", request->body.length,
                request->body.length ? request->body.bytes : "");
    if (number > 0) {
        server_send(request, answer.bytes, answer.length);
        usleep((useconds_t)number * 1000);
        text_clear(&answer);
    }
    reply_expand(&answer, request, how, 0);
    request->keep = server_send(request, answer.bytes, answer.length);
    text_clear(&answer);
}

void act_reset(exchange *request, const char *how, long number) {
    server_reset(request);
    (void)how, (void)number;
}

void act_vanish(exchange *request, const char *how, long number) {
    server_vanish(request);
    (void)how, (void)number;
}

void act_close(exchange *request, const char *how, long number) {
    (void)request, (void)how, (void)number;
}

/* The headers of the true answer and half of its body. */
static bool action_send_half(exchange *request) {
    text answer = {0};
    text_format(&answer, "HTTP/1.1 %d OK\r\nContent-Length: %zu\r\n\r\n", request->status,
                request->body.length ? request->body.length : 10);
    text_append(&answer, request->body.bytes, request->body.length / 2);
    bool fine = server_send(request, answer.bytes, answer.length);
    text_clear(&answer);
    return fine;
}

void act_cut(exchange *request, const char *how, long number) {
    action_send_half(request);
    usleep(2000); /* a reset may overtake what was sent before it */
    server_reset(request);
    (void)how, (void)number;
}

/* The whole true answer in one of the forms that act_cut_at knows. */
static void action_whole(text *answer, int status, const text *body, const char *how) {
    text packed = {0};
    text_format(answer, "HTTP/1.1 %d OK\r\nContent-Type: application/json\r\n", status);
    if (strcmp(how, "chunked") == 0) {
        size_t third = body->length / 3;
        text_format(answer, "Transfer-Encoding: chunked\r\n\r\n%zx\r\n", third);
        text_append(answer, body->bytes, third);
        text_format(answer, "\r\n%zx\r\n", body->length - third);
        text_append(answer, body->bytes + third, body->length - third);
        text_format(answer, "\r\n0\r\n\r\n");
    } else if (strcmp(how, "gzip") == 0) {
        reply_gzip(&packed, body->bytes, body->length);
        text_format(answer, "Content-Encoding: gzip\r\nConnection: close\r\n\r\n");
        text_append(answer, packed.bytes, packed.length);
        text_clear(&packed);
    } else {
        text_format(answer, strcmp(how, "end") == 0 ? "Connection: close\r\n\r\n" : "Content-Length: %zu\r\n\r\n",
                    body->length);
        text_append(answer, body->bytes, body->length);
    }
}

void act_cut_at(exchange *request, const char *how, long number) {
    text answer = {0};
    action_whole(&answer, request->status, &request->body, how);
    server_send(request, answer.bytes, (size_t)number < answer.length ? (size_t)number : answer.length);
    text_clear(&answer);
}

size_t act_cut_size(const world *data, const char *method, const char *path, const char *how) {
    text body = {0}, answer = {0};
    int status = world_answer(data, method, path, &body);
    action_whole(&answer, status, &body, how);
    size_t size = answer.length;
    text_clear(&body);
    text_clear(&answer);
    return size;
}

void act_silence(exchange *request, const char *how, long number) {
    server_wait_gone(request, 20000);
    (void)how, (void)number;
}

void act_idle(exchange *request, const char *how, long number) {
    reply_send(request, request->status, "", request->body.bytes, request->body.length);
    if (!server_wait_gone(request, (int)number)) {
        server_wait_gone(request, 20000);
        request->keep = false;
    }
    (void)how;
}

void act_stall(exchange *request, const char *how, long number) {
    action_send_half(request);
    server_wait_gone(request, 20000);
    (void)how, (void)number;
}

void act_trickle(exchange *request, const char *how, long number) {
    text answer = {0};
    action_whole(&answer, request->status, &request->body, how);
    for (size_t i = 0; i < answer.length && server_send(request, answer.bytes + i, 1); i++) {
        if (server_wait_gone(request, (int)number)) {
            break;
        }
    }
    text_clear(&answer);
}

/* ---- gzip, and bodies without measure ---- */

void act_gzip(exchange *request, const char *how, long number) {
    text packed = {0};
    reply_gzip(&packed, request->body.bytes, request->body.length);
    if (strcmp(how, "headless") == 0) {
        packed.bytes[1] = 'x';
    } else if (strcmp(how, "flipped") == 0) {
        packed.bytes[packed.length / 2] ^= 1;
    } else if (strcmp(how, "short") == 0) {
        packed.length /= 2;
    } else if (strcmp(how, "tail") == 0) {
        text_append(&packed, "rubbish", 7);
    }
    reply_send(request, 200, "Content-Encoding: gzip\r\n", packed.bytes, packed.length);
    text_clear(&packed);
    (void)number;
}

/*
** Deflate with its fixed codes: a space, and then "258 bytes of what stood one byte before" (11000101 00000), 13 bits
** each, so that eight of them are 13 bytes again and again: 158 times smaller than what they stand for.
*/
static const char bomb_head[] = "\x1f\x8b\x08\0\0\0\0\0\0\xff";

static void action_put_bits(unsigned char *bytes, size_t *at, const char *bits) {
    for (; *bits; bits++, ++*at) {
        bytes[*at / 8] = (unsigned char)(bytes[*at / 8] | (*bits - '0') << (*at % 8));
    }
}

void act_bomb(exchange *request, const char *how, long number) {
    unsigned char bytes[13 * 1024 + 8] = {0};
    size_t bits = 0, period = 13 * 1024;
    const char *head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n";
    bool fine = server_send(request, head, strlen(head)) && server_send(request, bomb_head, sizeof bomb_head - 1);
    action_put_bits(bytes, &bits,
                    "110"
                    "01010000"); /* last block, fixed codes; a space */
    for (int i = 0; i < 8 * 1024; i++) {
        action_put_bits(bytes, &bits, "1100010100000");
    }
    /* After the first 11 bits the pattern goes round; those bits are the end of the pattern before. */
    fine = fine && server_send(request, bytes, period);
    memset(bytes, 0, 3);
    bits = 0;
    static const char tail[] = "1100010100000"
                               "1100010100000";
    action_put_bits(bytes, &bits, tail + sizeof tail - 1 - 11);
    action_put_bits(bytes, &bits, "1100010100000");
    for (long sent = 0; fine && sent < number * 1024 * 1024; sent += 8 * 1024 * 258) {
        fine = server_send(request, bytes, period);
    }
    (void)how;
}

static void action_spaces(exchange *request, const char *head, const char *chunk, long number) {
    static char spaces[1024 * 1024];
    bool fine = server_send(request, head, strlen(head));
    memset(spaces, ' ', sizeof spaces);
    for (long i = 0; fine && i < number; i++) {
        fine = server_send(request, chunk, strlen(chunk)) && server_send(request, spaces, sizeof spaces) &&
               server_send(request, "\r\n", *chunk ? 2 : 0);
    }
}

void act_large(exchange *request, const char *how, long number) {
    action_spaces(request, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "100000\r\n", number);
    (void)how;
}

void act_large_announced(exchange *request, const char *how, long number) {
    char head[100];
    snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %ld\r\n\r\n", number * 1024 * 1024);
    action_spaces(request, head, "", number);
    (void)how;
}

void act_large_error(exchange *request, const char *how, long number) {
    action_spaces(request, "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>", "", number);
    (void)how;
}

/* ---- headers ---- */

void act_headers(exchange *request, const char *how, long number) {
    text answer = {0};
    text_format(&answer, "HTTP/1.1 200 OK\r\n");
    for (long i = 0; i < number; i++) {
        text_format(&answer, "X-%ld: %ld\r\n", i, i);
    }
    text_format(&answer, "Content-Length: %zu\r\n\r\n%s", request->body.length,
                request->body.length ? request->body.bytes : "");
    request->keep = server_send(request, answer.bytes, answer.length);
    text_clear(&answer);
    (void)how;
}

void act_long_header(exchange *request, const char *how, long number) {
    text answer = {0};
    text_format(&answer, "HTTP/1.1 200 OK\r\nX-Long: ");
    for (long i = 0; i < number; i++) {
        text_append(&answer, "x", 1);
    }
    text_format(&answer, "\r\nContent-Length: %zu\r\n\r\n%s", request->body.length,
                request->body.length ? request->body.bytes : "");
    request->keep = server_send(request, answer.bytes, answer.length);
    text_clear(&answer);
    (void)how;
}

void act_continue(exchange *request, const char *how, long number) {
    const char *line = "HTTP/1.1 100 Continue\r\n\r\n";
    bool fine = true;
    for (long i = 0; fine && (i < number || number == 0); i++) {
        fine = server_send(request, line, strlen(line));
    }
    if (fine) {
        reply_send(request, request->status, "", request->body.bytes, request->body.length);
    }
    (void)how;
}
