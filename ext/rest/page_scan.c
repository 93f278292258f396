/*
** The grammar of JSON; see page_scan.h.
**
** A step is one token. What has not come whole is left where it begins, and looked at again when more has come: a string or a
** number from where the last look ended, so that the work is in proportion to the bytes, in however many pieces they come.
*/
#include "rest/page_scan.h"

#include <string.h>

#include "base/utf8.h"
#include "rest/page_bytes.h"

/* What may come next. */
enum {
    AT_VALUE,
    AT_ELEMENT /* or the end of an empty array */,
    AT_KEY,
    AT_MEMBER /* or } */,
    AT_COLON,
    AT_NEXT,
    AT_END
};

void page_scan_begin(page_scan *scan, const page_watcher *watcher, void *context) {
    memset(scan, 0, sizeof *scan);
    scan->watcher = watcher;
    scan->context = context;
    scan->byte = -1;
}

static bool page_scan_refuse(page_scan *scan, size_t at, const char *reason) {
    scan->at = at;
    scan->reason = reason;
    return false;
}

static bool page_scan_refuse_byte(page_scan *scan, size_t at, const char *reason, char byte) {
    scan->byte = (unsigned char)byte;
    return page_scan_refuse(scan, at, reason);
}

static bool page_scan_is_object(const page_scan *scan) {
    return scan->objects[scan->depth >> 3] >> (scan->depth & 7) & 1;
}

/* ---- strings ---- */

static bool page_scan_is_hex(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

/* The length of an escape; 0: it is none; more than left: it has not come whole. */
static size_t page_scan_escape(const char *bytes, size_t left) {
    if (left < 2) {
        return 2;
    }
    if (bytes[1] != 'u') {
        return bytes[1] && strchr("\"\\/bfnrt", bytes[1]) ? 2 : 0;
    }
    for (size_t i = 2; i < 6; i++) {
        if (i < left && !page_scan_is_hex(bytes[i])) {
            return 0;
        }
    }
    return 6;
}

/* Looks through a string from scan->resume on; true: it ends there. False: it is bad, or has not come whole. */
static bool page_scan_string(page_scan *scan, const char *bytes, size_t length) {
    size_t at = scan->resume ? scan->resume : scan->at + 1;
    scan->escaped = scan->resume && scan->escaped;
    while ((at = page_bytes_plain(bytes, at, length)) < length) {
        size_t step = 0;
        if (bytes[at] == '"') {
            scan->resume = at;
            return true;
        }
        if (bytes[at] == '\\') {
            step = page_scan_escape(bytes + at, length - at);
            scan->escaped = true;
        } else if ((unsigned char)bytes[at] < ' ') {
            return page_scan_refuse_byte(scan, at, "control character 0x", bytes[at]);
        } else {
            step = utf8_step(bytes + at, length - at);
        }
        if (step == 0) {
            return bytes[at] == '\\' ? page_scan_refuse(scan, at, "invalid escape")
                                     : page_scan_refuse_byte(scan, at, "unable to decode byte 0x", bytes[at]);
        }
        if (step > length - at) {
            break;
        }
        at += step;
    }
    scan->resume = at;
    return false;
}

/* The string that has been looked through: at goes behind it. */
static page_token page_scan_take_string(page_scan *scan) {
    page_token token = {scan->at + 1, scan->resume - scan->at - 1, '"', scan->escaped};
    scan->at = scan->resume + 1;
    scan->resume = 0;
    return token;
}

/* Most strings have come whole, and hold nothing but what stands for itself. False: it is not known whether this is one. */
static inline bool page_scan_plain_string(page_scan *scan, const char *bytes, size_t length, page_token *value) {
    size_t begin = scan->at + 1, end = scan->resume ? length : page_bytes_plain(bytes, begin, length);
    if (end >= length || bytes[end] != '"') {
        return false;
    }
    *value = (page_token){begin, end - begin, '"', false};
    scan->at = end + 1;
    return true;
}

/* ---- numbers and words ---- */

static size_t page_scan_digits(const char *bytes, size_t at, size_t end) {
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
        at++;
    }
    return at;
}

/* Where a number that ends at end is none; end: it is one. */
static size_t page_scan_check_number(const char *bytes, size_t at, size_t end) {
    at += bytes[at] == '-';
    size_t digits = at < end && bytes[at] == '0' ? at + 1 : page_scan_digits(bytes, at, end);
    if (digits > at && digits < end && bytes[digits] == '.') {
        at = digits + 1;
        digits = page_scan_digits(bytes, at, end);
    }
    if (digits > at && digits < end && (bytes[digits] == 'e' || bytes[digits] == 'E')) {
        at = digits + 1;
        at += at < end && (bytes[at] == '-' || bytes[at] == '+');
        digits = page_scan_digits(bytes, at, end);
    }
    return digits > at ? digits : at;
}

static bool page_scan_is_numeric(char byte) {
    return (byte >= '0' && byte <= '9') || byte == '-' || byte == '+' || byte == '.' || byte == 'e' || byte == 'E';
}

static bool page_scan_number(page_scan *scan, const char *bytes, size_t length, bool whole, page_token *value) {
    size_t at = scan->resume ? scan->resume : scan->at;
    while (at < length && page_scan_is_numeric(bytes[at])) {
        at++;
    }
    scan->resume = at;
    if (at == length && !whole) {
        return false;
    }
    size_t end = page_scan_check_number(bytes, scan->at, at);
    /* What ends in a sign, a point or an exponent's letter lacks its digits. */
    bool digit = end > scan->at && bytes[end - 1] >= '0' && bytes[end - 1] <= '9';
    if (end < at || !digit) {
        return page_scan_refuse(scan, end, "invalid number");
    }
    *value = (page_token){scan->at, at - scan->at, '0', false};
    scan->at = at;
    scan->resume = 0;
    return true;
}

static bool page_scan_word(page_scan *scan, const char *bytes, size_t length, page_token *value) {
    char first = bytes[scan->at];
    const char *word = first == 't' ? "true" : first == 'f' ? "false" : "null";
    size_t size = first == 'f' ? 5 : 4, left = length - scan->at, here = size < left ? size : left;
    if (memcmp(bytes + scan->at, word, here) != 0) {
        return page_scan_refuse(scan, scan->at, "invalid token");
    }
    *value = (page_token){scan->at, size, *word, false};
    scan->at += here == size ? size : 0;
    return here == size;
}

/* ---- steps ---- */

static bool page_scan_end_value(page_scan *scan, const page_token *value) {
    scan->state = scan->depth ? AT_NEXT : AT_END;
    if (scan->depth <= scan->watcher->watched) {
        scan->watcher->value(scan->context, scan->depth, value);
    }
    return true;
}

static bool page_scan_open(page_scan *scan, char kind) {
    if (scan->depth == PAGE_DEPTH_MAX) {
        return page_scan_refuse(scan, scan->at, "maximum parsing depth reached");
    }
    if (scan->depth <= scan->watcher->watched) {
        scan->starts[scan->depth] = scan->at;
        scan->watcher->open(scan->context, scan->depth, kind);
    }
    scan->depth++;
    unsigned char bit = (unsigned char)(1u << (scan->depth & 7));
    scan->objects[scan->depth >> 3] =
        (unsigned char)(kind == '{' ? scan->objects[scan->depth >> 3] | bit : scan->objects[scan->depth >> 3] & ~bit);
    scan->state = kind == '{' ? AT_MEMBER : AT_ELEMENT;
    scan->at++;
    return true;
}

static bool page_scan_close(page_scan *scan) {
    char kind = page_scan_is_object(scan) ? '{' : '[';
    page_token value = {0, 0, kind, false};
    scan->at++;
    scan->depth--;
    if (scan->depth <= scan->watcher->watched) {
        value.offset = scan->starts[scan->depth];
        value.length = scan->at - value.offset;
    }
    return page_scan_end_value(scan, &value);
}

static bool page_scan_value(page_scan *scan, const char *bytes, size_t length, bool whole) {
    page_token value;
    char first = bytes[scan->at];
    if (first == '{' || first == '[') {
        return page_scan_open(scan, first);
    }
    if (scan->depth == 0) {
        return page_scan_refuse(scan, scan->at, "'[' or '{' expected");
    }
    if (first == '"') {
        if (!page_scan_plain_string(scan, bytes, length, &value)) {
            if (!page_scan_string(scan, bytes, length)) {
                return false;
            }
            value = page_scan_take_string(scan);
        }
    } else if (first == '-' || (first >= '0' && first <= '9')) {
        if (!page_scan_number(scan, bytes, length, whole, &value)) {
            return false;
        }
    } else if (!page_scan_word(scan, bytes, length, &value)) {
        return false;
    }
    return page_scan_end_value(scan, &value);
}

/* Is the next key, with its quotes, the one that is expected? Most are: rows have the keys of those before. */
static bool page_scan_is_expected(const page_scan *scan, const char *bytes, size_t length) {
    return scan->expected && scan->depth <= scan->watcher->watched && !scan->resume &&
           length - scan->at >= scan->expected_length &&
           memcmp(bytes + scan->at, scan->expected, scan->expected_length) == 0;
}

static void page_scan_tell_expected(page_scan *scan) {
    page_token key = {scan->at + 1, scan->expected_length - 2, '"', false};
    scan->at += scan->expected_length;
    if (scan->watcher->expected) {
        scan->watcher->expected(scan->context);
    } else {
        scan->watcher->key(scan->context, scan->depth, &key);
    }
}

static bool page_scan_key(page_scan *scan, const char *bytes, size_t length) {
    page_token key;
    if (page_scan_is_expected(scan, bytes, length)) {
        page_scan_tell_expected(scan);
        scan->state = AT_COLON;
        return true;
    }
    if (bytes[scan->at] != '"') {
        return page_scan_refuse(scan, scan->at, "string expected");
    }
    if (!page_scan_string(scan, bytes, length)) {
        return false;
    }
    key = page_scan_take_string(scan);
    scan->state = AT_COLON;
    if (scan->depth <= scan->watcher->watched) {
        scan->watcher->key(scan->context, scan->depth, &key);
    }
    return true;
}

/* Goes behind that byte, and a blank behind it: something else comes then. False: nothing has been done. */
static bool page_scan_pass(page_scan *scan, const char *bytes, size_t length, char byte, int state) {
    size_t at = scan->at;
    if (length - at < 3 || bytes[at] != byte) {
        return false;
    }
    at += bytes[at + 1] == ' ' ? 2 : 1;
    if ((unsigned char)bytes[at] <= ' ') {
        return false;
    }
    scan->at = at;
    scan->state = state;
    return true;
}

/* Members, one after another, as long as they stand close together and have come whole: most do, and few steps are between them. */
static bool page_scan_members(page_scan *scan, const char *bytes, size_t length, bool whole) {
    bool going = true, close = true;
    while (going && close) {
        going = page_scan_key(scan, bytes, length);
        close = going && page_scan_pass(scan, bytes, length, ':', AT_VALUE);
        going = close ? page_scan_value(scan, bytes, length, whole) : going;
        close = going && scan->state == AT_NEXT && page_scan_pass(scan, bytes, length, ',', AT_KEY);
    }
    return going;
}

static bool page_scan_next(page_scan *scan, char byte) {
    bool object = page_scan_is_object(scan);
    if (byte == ',') {
        scan->at++;
        scan->state = object ? AT_KEY : AT_VALUE;
        return true;
    }
    return byte == (object ? '}' : ']') ? page_scan_close(scan)
                                        : page_scan_refuse(scan, scan->at, object ? "'}' expected" : "']' expected");
}

static bool page_scan_step(page_scan *scan, const char *bytes, size_t length, bool whole) {
    char byte = bytes[scan->at];
    switch (scan->state) {
    case AT_COLON:
        scan->state = AT_VALUE;
        return byte == ':' ? (scan->at++, true) : page_scan_refuse(scan, scan->at, "':' expected");
    case AT_NEXT:
        return page_scan_next(scan, byte);
    case AT_MEMBER:
        return byte == '}' ? page_scan_close(scan) : page_scan_members(scan, bytes, length, whole);
    case AT_KEY:
        return page_scan_members(scan, bytes, length, whole);
    case AT_ELEMENT:
        return byte == ']' ? page_scan_close(scan) : page_scan_value(scan, bytes, length, whole);
    case AT_VALUE:
        return page_scan_value(scan, bytes, length, whole);
    default:
        return page_scan_refuse(scan, scan->at, "end of file expected");
    }
}

static void page_scan_skip_space(page_scan *scan, const char *bytes, size_t length) {
    size_t at = scan->at;
    while (at < length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
        at++;
    }
    scan->at = at;
}

page_scan_result page_scan_run(page_scan *scan, const char *bytes, size_t length, bool whole) {
    bool going = !scan->reason;
    while (going) {
        page_scan_skip_space(scan, bytes, length);
        going = scan->at < length && page_scan_step(scan, bytes, length, whole);
    }
    if (!scan->reason && whole && scan->state != AT_END) {
        page_scan_refuse(scan, length, "it ends too early");
    }
    return scan->reason ? SCAN_BAD : whole ? SCAN_WHOLE : SCAN_MORE;
}

void page_scan_drop(page_scan *scan, size_t count) {
    scan->dropped += count;
    scan->at -= count;
    scan->resume -= scan->resume ? count : 0;
    for (size_t i = 0; i <= PAGE_WATCHED_MAX; i++) {
        scan->starts[i] -= scan->starts[i] < count ? scan->starts[i] : count;
    }
}
