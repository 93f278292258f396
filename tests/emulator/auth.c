/* Basic authentication: see auth.h. The two accepted values are encoded and compared, so nothing is decoded. */
#include "auth.h"

#include <string.h>
#include <strings.h>

static void auth_encode(buffer *out, const char *text, size_t length) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < length; at += 3) {
        size_t rest = length - at;
        unsigned bits = (unsigned)(unsigned char)text[at] << 16;
        bits |= rest > 1 ? (unsigned)(unsigned char)text[at + 1] << 8 : 0;
        bits |= rest > 2 ? (unsigned)(unsigned char)text[at + 2] : 0;
        buffer_byte(out, digits[bits >> 18]);
        buffer_byte(out, digits[bits >> 12 & 63]);
        buffer_byte(out, rest > 1 ? digits[bits >> 6 & 63] : '=');
        buffer_byte(out, rest > 2 ? digits[bits & 63] : '=');
    }
}

static bool auth_is(const char *given, const char *user, const char *secret) {
    buffer plain = {0}, encoded = {0};
    buffer_format(&plain, "%s:%s", user, secret);
    auth_encode(&encoded, plain.data, plain.length);
    bool same = strcmp(given, buffer_terminated(&encoded)) == 0;
    buffer_free(&plain);
    buffer_free(&encoded);
    return same;
}

bool auth_accepts(const emulator *self, const char *header) {
    if (!header || strncasecmp(header, "Basic ", 6) != 0) {
        return false;
    }
    const char *given = header + 6 + strspn(header + 6, " ");
    return auth_is(given, self->options.account_sid, self->options.auth_token) ||
           auth_is(given, self->options.api_key, self->options.api_secret);
}
