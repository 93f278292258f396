/* Answers as actions put them together; see reply.h. */
#include "fault/reply.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Appends what a name in braces stands for. */
static void reply_name(text *target, const exchange *request, const char *name, long number) {
    const char *origin = server_origin(request->owner);
    if (strcmp(name, "body") == 0) {
        text_append(target, request->body.bytes, request->body.length);
    } else if (strcmp(name, "length") == 0) {
        text_format(target, "%ld", (long)request->body.length + number);
    } else if (strcmp(name, "origin") == 0) {
        text_format(target, "%s", origin);
    } else if (strcmp(name, "port") == 0) {
        text_format(target, "%s", strrchr(origin, ':') + 1);
    } else if (strcmp(name, "path") == 0) {
        text_format(target, "%s", request->target);
    } else if (strcmp(name, "list") == 0) {
        text_format(target, "%.*s", (int)strcspn(request->target, "?"), request->target);
    } else if (strcmp(name, "hit") == 0) {
        text_format(target, "%d", request->hit);
    } else {
        text_format(target, "{%s}", name); /* JSON's own braces */
    }
}

void reply_expand(text *target, const exchange *request, const char *how, long number) {
    for (const char *at = how; *at; at++) {
        size_t length = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz");
        if (*at == '{' && length > 0 && at[1 + length] == '}') {
            char name[20];
            snprintf(name, sizeof name, "%.*s", (int)length, at + 1);
            reply_name(target, request, name, number);
            at += length + 1;
        } else {
            text_append(target, *at == '\'' ? "\"" : at, 1);
        }
    }
    text_append(target, "", 0);
}

void reply_send(exchange *request, int status, const char *headers, const char *body, size_t length) {
    text answer = {0};
    text_format(&answer, "HTTP/1.1 %d Fault\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n", status,
                length);
    text_format(&answer, "%s\r\n", headers ? headers : "");
    text_append(&answer, body, length);
    request->keep = server_send(request, answer.bytes, answer.length);
    text_clear(&answer);
}

static uint32_t reply_crc(const char *bytes, size_t length) {
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
        }
    }
    return ~crc;
}

static void reply_number(text *target, uint32_t number, int bytes) {
    for (int i = 0; i < bytes; i++) {
        char byte = (char)(number >> 8 * i);
        text_append(target, &byte, 1);
    }
}

void reply_gzip(text *target, const char *body, size_t length) {
    text_append(target, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    for (size_t done = 0; done < length || done == 0;) {
        size_t part = length - done < 65535 ? length - done : 65535;
        reply_number(target, done + part == length, 1);
        reply_number(target, (uint32_t)part, 2);
        reply_number(target, ~(uint32_t)part, 2);
        text_append(target, body + done, part);
        done += part ? part : 1;
    }
    reply_number(target, reply_crc(body, length), 4);
    reply_number(target, (uint32_t)length, 4);
}
