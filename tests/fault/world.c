/* The data that the hostile server would serve if nothing went wrong; see world.h. */
#define _GNU_SOURCE
#include "fault/world.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORLD_DATES "\"date_created\":\"2020-01-02T03:04:05Z\",\"date_updated\":\"2020-01-02T03:04:05Z\""

void text_append(text *target, const void *bytes, size_t length) {
    if (target->length + length + 1 > target->capacity) {
        target->capacity = (target->length + length + 1) * 2;
        target->bytes = realloc(target->bytes, target->capacity);
        if (!target->bytes) {
            abort();
        }
    }
    if (length > 0) {
        memcpy(target->bytes + target->length, bytes, length);
    }
    target->length += length;
    target->bytes[target->length] = 0;
}

void text_format(text *target, const char *format, ...) {
    va_list arguments;
    char small[4096], *large = NULL;
    va_start(arguments, format);
    int length = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof small) {
        va_start(arguments, format);
        if (vasprintf(&large, format, arguments) < 0) {
            abort();
        }
        va_end(arguments);
    }
    text_append(target, large ? large : small, (size_t)length);
    free(large);
}

void text_clear(text *target) {
    free(target->bytes);
    memset(target, 0, sizeof *target);
}

static void world_channel(int number, bool listed, text *body) {
    text_format(body,
                "{\"sid\":\"CH%032d\",\"account_sid\":\"AC00000000000000000000000000000000\",\"service_sid\":\"%s\","
                "\"friendly_name\":\"c%d\",\"unique_name\":null,\"attributes\":",
                number, WORLD_SERVICE, number);
    if (listed) {
        text_format(body, "null");
    } else {
        text_format(body, "\"{\\\"k\\\":%d}\"", number);
    }
    text_format(body, ",\"type\":\"public\",\"created_by\":\"system\",\"members_count\":0,\"messages_count\":9,%s}",
                WORLD_DATES);
}

static void world_message(const char *channel, int number, text *body) {
    text_format(body,
                "{\"sid\":\"IM%027d%05d\",\"account_sid\":\"AC00000000000000000000000000000000\",\"service_sid\":"
                "\"%s\",\"channel_sid\":\"%s\",\"to\":\"%s\",\"from\":\"system\",\"body\":\"m%d\",\"index\":%d,"
                "\"was_edited\":false,\"attributes\":\"{}\",%s}",
                atoi(channel + 2), number, WORLD_SERVICE, channel, channel, number, number, WORLD_DATES);
}

static int world_parameter(const char *target, const char *name, int fallback) {
    const char *at = strstr(target, name);
    return at ? atoi(at + strlen(name)) : fallback;
}

/* One page of a list. channel: of messages, or NULL for the list of channels. */
static void world_list(const world *data, const char *target, const char *channel, text *body) {
    const char *key = channel ? "messages" : "channels";
    int count = channel ? data->messages : data->channels;
    int size = world_parameter(target, "PageSize=", 50);
    int page = world_parameter(target, data->plain ? "&Page=" : "PageToken=PT", 0);
    int from = page * size - data->shift, first = from < 0 ? 0 : from;
    text_format(body, "{\"%s\":[", key);
    for (int i = first; i < from + size && i < count; i++) {
        text_format(body, "%s", i > first ? "," : "");
        if (channel) {
            world_message(channel, i, body);
        } else {
            world_channel(i + 1, true, body);
        }
    }
    text_format(body, "],\"meta\":{\"page\":%d,\"page_size\":%d,\"next_page_url\":", page, size);
    if (from + size < count) {
        text_format(body, "\"%s%.*s?PageSize=%d&Page=%d", data->origin, (int)strcspn(target, "?"), target, size,
                    page + 1);
        text_format(body, data->plain ? "\"" : "&PageToken=PT%d\"", page + 1);
    } else {
        text_format(body, "null");
    }
    text_format(body, ",\"key\":\"%s\"}}", key);
}

int world_answer(const world *data, const char *method, const char *target, text *body) {
    const char *channel = strstr(target, "/Channels/"), *message = strstr(target, "/Messages");
    char sid[40] = "";
    if (channel) {
        snprintf(sid, sizeof sid, "%.34s", channel + strlen("/Channels/"));
    }
    if (strcmp(method, "DELETE") == 0) {
        return 204;
    }
    bool single = message && message[strlen("/Messages")] == '/';
    if (strcmp(method, "POST") == 0 && !single) {
        world_message(WORLD_CHANNEL, 7, body);
        return 201;
    }
    if (single) {
        world_message(sid, atoi(message + strlen("/Messages") + 30), body);
    } else if (message || !channel) {
        world_list(data, target, message ? sid : NULL, body);
    } else {
        world_channel(atoi(sid + 2), false, body);
    }
    return 200;
}
