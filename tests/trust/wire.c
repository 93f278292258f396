/* The form of requests; see wire.h. */
#include "trust/wire.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* RFC 3986: what may stand in a path or query unescaped, besides letters and digits. */
#define WIRE_PATH "/?&=%-._~*+,:;@!$'()"
#define WIRE_FORM "&=%-._~"
#define WIRE_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

typedef struct wire {
    const char *authorization;
    char host[50];
    unsigned seen; /* a bit for each header of the list */
    size_t body_length;
    text *found;
} wire;

static bool wire_complain(wire *self, const char *what, const char *line, size_t length) {
    text_format(self->found, "%s: %.*s", what, (int)length, line);
    return false;
}

/* Has a path an empty segment, or one of dots only, encoded or not? */
static bool wire_leads_away(const char *path, size_t length) {
    for (size_t at = 1; at <= length; at++) {
        size_t end = at + strcspn(path + at, "/? "), dots = 0, i = at;
        while (i < end && (path[i] == '.' || strncasecmp(path + i, "%2e", 3) == 0)) {
            i += path[i] == '.' ? 1 : 3;
            dots++;
        }
        if (end == at || (i >= end && dots > 0)) {
            return true;
        }
        at = end;
    }
    return false;
}

static bool wire_check_first(wire *self, const char *line, size_t length) {
    static const char *const methods[] = {"GET ", "POST ", "DELETE "};
    static const char end[] = " HTTP/1.1";
    size_t method = 0;
    for (size_t i = 0; i < sizeof methods / sizeof *methods && !method; i++) {
        method = strncmp(line, methods[i], strlen(methods[i])) == 0 ? strlen(methods[i]) : 0;
    }
    const char *path = line + method;
    size_t rest = length - method;
    if (!method || rest < sizeof end || memcmp(line + length - strlen(end), end, strlen(end)) != 0) {
        return wire_complain(self, "no request line", line, length);
    }
    size_t size = rest - strlen(end);
    if (strspn(path, WIRE_LETTERS WIRE_PATH) != size) {
        return wire_complain(self, "a path with other characters", line, length);
    }
    bool versioned = size > 4 && path[0] == '/' && path[1] == 'v' && path[2] >= '1' && path[2] <= '3' && path[3] == '/';
    size_t query = strcspn(path, "? ");
    if (!versioned || wire_leads_away(path, query)) {
        return wire_complain(self, "a path that leads elsewhere", line, length);
    }
    return true;
}

/* Headers that a request may have; the first four it must have. */
static const char *const wire_names[] = {"Host",           "Authorization",           "User-Agent",
                                         "Accept",         "Accept-Encoding",         "Content-Type",
                                         "Content-Length", "X-Twilio-Webhook-Enabled"};

static bool wire_value_is(const char *value, size_t length, const char *expected) {
    return length == strlen(expected) && memcmp(value, expected, length) == 0;
}

static bool wire_check_value(wire *self, size_t header, const char *value, size_t length) {
    switch (header) {
    case 0:
        return wire_value_is(value, length, self->host);
    case 1:
        return wire_value_is(value, length, self->authorization);
    case 2:
        return length > 12 && memcmp(value, "sqlite-chat/", 12) == 0;
    case 3:
        return wire_value_is(value, length, "application/json");
    case 4:
        return strspn(value, WIRE_LETTERS ", ") == length;
    case 5:
        return wire_value_is(value, length, "application/x-www-form-urlencoded");
    case 6:
        return sscanf(value, "%zu", &self->body_length) == 1;
    default:
        return wire_value_is(value, length, "true") || wire_value_is(value, length, "false");
    }
}

static bool wire_check_header(wire *self, const char *line, size_t length) {
    const char *colon = memchr(line, ':', length);
    for (size_t i = 0; colon && i < sizeof wire_names / sizeof *wire_names; i++) {
        if (strlen(wire_names[i]) == (size_t)(colon - line) &&
            strncasecmp(line, wire_names[i], strlen(wire_names[i])) == 0) {
            bool again = self->seen >> i & 1u;
            self->seen |= 1u << i;
            if (again || colon[1] != ' ' ||
                !wire_check_value(self, i, colon + 2, length - (size_t)(colon + 2 - line))) {
                break;
            }
            return true;
        }
    }
    return wire_complain(self, "a header", line, length);
}

static bool wire_check_one(wire *self, const text *request) {
    const char *line = request->bytes, *stop = request->bytes + request->length;
    bool fine = true, first = true;
    self->seen = 0;
    self->body_length = 0;
    for (size_t length; fine && (length = strcspn(line, "\r\n")) > 0; line += length + 2) {
        if (line + length + 2 > stop || line[length] != '\r' || line[length + 1] != '\n') {
            return wire_complain(self, "a line's end", line, length);
        }
        for (size_t i = 0; fine && i < length; i++) {
            fine = line[i] >= ' ' && line[i] < 0x7f;
        }
        if (!fine) {
            return wire_complain(self, "a character", line, length);
        }
        fine = first ? wire_check_first(self, line, length) : wire_check_header(self, line, length);
        first = false;
    }
    if (fine && (self->seen & 15u) != 15u) {
        return wire_complain(self, "a header is missing", request->bytes, strcspn(request->bytes, "\r"));
    }
    line += 2;
    if (fine &&
        ((size_t)(stop - line) != self->body_length || strspn(line, WIRE_LETTERS WIRE_FORM) != self->body_length)) {
        return wire_complain(self, "a body", line, (size_t)(stop - line));
    }
    return fine;
}

bool wire_check(recorder *server, const char *authorization, text *found) {
    wire self = {.authorization = authorization, .found = found};
    text request = {0};
    bool fine = true;
    text_clear(found);
    snprintf(self.host, sizeof self.host, "127.0.0.1:%d", recorder_port(server));
    for (int i = 0; fine && i < recorder_requests(server); i++) {
        recorder_request(server, i, &request);
        fine = wire_check_one(&self, &request);
    }
    text_clear(&request);
    return fine;
}
