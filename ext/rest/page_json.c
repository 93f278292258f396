/*
** JSON text to jansson's values; see page_json.h.
**
** The text is parsed as the second element of an array, whose first is a string as long as the text's longest token:
**
**     ["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",{"channels":[{"sid":"CH...
**
** While it reads that, the scanner's buffer becomes as large as it will ever have to be. If memory ran out the string is
** too short, and if not, the buffer never has to grow again. (A character lost from an escape sequence would even make
** jansson abort the process; a lost closing quote would have it read past the buffer. So the string's own closing quote is
** kept away from where the buffer grows, which is at powers of two, and memory for it is tried for beforehand.)
*/
#include "rest/page_json.h"

#include <jansson.h>
#include <string.h>

#include "base/sqlite.h"

enum { JSON_NUMBER_MAX = 4096, JSON_SCANNER_MIN = 16 }; /* longer numbers are out of range */

/* What jansson reads, piece by piece. */
typedef struct json_feed {
    struct {
        const char *text; /* NULL: x's */
        size_t length;
    } pieces[5];
    size_t piece, position;
} json_feed;

static size_t json_feed_read(void *target, size_t size, void *context) {
    json_feed *feed = context;
    while (feed->piece < 5 && feed->position == feed->pieces[feed->piece].length) {
        feed->piece++;
        feed->position = 0;
    }
    if (feed->piece == 5) {
        return 0;
    }
    size_t left = feed->pieces[feed->piece].length - feed->position;
    size_t length = left < size ? left : size;
    const char *text = feed->pieces[feed->piece].text;
    if (text) {
        memcpy(target, text + feed->position, length);
    } else {
        memset(target, 'x', length);
    }
    feed->position += length;
    return length;
}

static bool json_is_escaped(const char *text, const char *quote) {
    const char *start = quote;
    while (start > text && start[-1] == '\\') {
        start--;
    }
    return (quote - start) % 2 == 1;
}

/* At least the length of the longest token: a string with its quotes, or a number. */
static size_t json_longest_token(const char *text, size_t length) {
    size_t longest = 0;
    bool inside = false;
    const char *start = text, *end = text + length;
    for (const char *quote = text; quote < end; quote++) {
        quote = memchr(quote, '"', (size_t)(end - quote));
        quote = quote ? quote : end;
        if (inside && quote < end && json_is_escaped(text, quote)) {
            continue;
        }
        size_t between = (size_t)(quote - start) + 2;
        if (!inside && between > JSON_NUMBER_MAX) {
            between = JSON_NUMBER_MAX;
        }
        longest = between > longest ? between : longest;
        inside = !inside;
        start = quote + 1;
    }
    return longest;
}

/* How long the string must be: its quotes and what is beyond the power of two keep it clear of the next one. */
static size_t json_padding(const char *text, size_t length) {
    size_t longest = json_longest_token(text, length), capacity = JSON_SCANNER_MIN;
    while (capacity < longest) {
        capacity *= 2;
    }
    return capacity + JSON_SCANNER_MIN / 2;
}

/* Is there memory for that string, in the scanner's old and new buffer and as a value? */
static bool json_has_memory(size_t padding) {
    json_malloc_t allocate;
    json_free_t release;
    json_get_alloc_funcs(&allocate, &release);
    void *probe = allocate(padding * 4);
    if (probe) {
        release(probe);
    }
    return probe != NULL;
}

/* One parse; the closing bracket is left out to have the text's own end complained about. A new reference. */
static json_t *json_parse(const char *text, size_t length, size_t padding, size_t flags, bool closed,
                          json_error_t *details) {
    json_feed feed = {.pieces = {{"[\"", 2}, {NULL, padding}, {"\",", 2}, {text, length}, {"]", closed ? 1 : 0}}};
    memset(details, 0, sizeof *details); /* jansson sets it on failure only */
    return json_load_callback(json_feed_read, &feed, flags, details);
}

/* The value behind the string, as a new reference, if all is as it should be. */
static json_t *json_second(const char *text, size_t length, size_t padding, size_t flags) {
    json_error_t ignored;
    json_t *both = json_parse(text, length, padding, flags, true, &ignored);
    bool whole = json_array_size(both) == 2 && json_string_length(json_array_get(both, 0)) == padding;
    json_t *value = whole ? json_incref(json_array_get(both, 1)) : NULL;
    json_decref(both);
    return value;
}

/* ---- what is wrong ---- */

static bool json_is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Names the word or the character that stands at a position, and where it ends, as jansson does. */
static void json_say(json_error_t *details, size_t position, const char *text, size_t length, const char *what) {
    size_t end = position < length ? position + 1 : length;
    while (end < length && json_is_letter(text[end - 1]) && json_is_letter(text[end])) {
        end++;
    }
    if (position == length || !text[position]) {
        sqlite3_snprintf((int)sizeof details->text, details->text, "%s near end of file", what);
    } else {
        sqlite3_snprintf((int)sizeof details->text, details->text, "%s near '%.*s'", what, (int)(end - position),
                         text + position);
    }
    details->position = (int)end;
}

static size_t json_skip_space(const char *text, size_t length, size_t position) {
    while (position < length && memchr(" \t\r\n", text[position], 4)) {
        position++;
    }
    return position;
}

/* Where the object or array that begins at a position ends; length: nowhere. */
static size_t json_end(const char *text, size_t length, size_t position) {
    size_t depth = 0;
    bool inside = false;
    for (; position < length; position++) {
        char byte = text[position];
        inside = inside != (byte == '"' && !(inside && json_is_escaped(text, text + position)));
        depth += !inside && (byte == '[' || byte == '{');
        depth -= !inside && (byte == ']' || byte == '}') && depth > 0;
        if (depth == 0) {
            return position + 1;
        }
    }
    return length;
}

/* Where the first bracket stands that closes an array which the text has not opened; length: nowhere. */
static size_t json_stray_bracket(const char *text, size_t length) {
    size_t position = json_skip_space(text, length, 0);
    if (position < length && (text[position] == '{' || text[position] == '[')) {
        position = json_end(text, length, position);
    }
    bool inside = false;
    for (; position < length && (inside || text[position] != ']'); position++) {
        inside = inside != (text[position] == '"' && !(inside && json_is_escaped(text, text + position)));
    }
    return position;
}

/* The reason, as jansson would give it for the text alone. False: there is none, so it was the memory. */
static bool json_explain(const char *text, size_t length, size_t padding, size_t flags, json_error_t *details) {
    size_t start = json_skip_space(text, length, 0);
    bool container = start < length && (text[start] == '{' || text[start] == '[');
    bool ascii = start == length || (unsigned char)text[start] < 0x80;
    memset(details, 0, sizeof *details);
    if (!container && ascii && (start == length || !(flags & JSON_DECODE_ANY))) {
        json_say(details, start, text, length, flags & JSON_DECODE_ANY ? "unexpected token" : "'[' or '{' expected");
        return true;
    }
    json_t *closed = json_parse(text, length, padding, flags, false, details);
    if (closed || (!container && strncmp(details->text, "end of file", 11) == 0)) {
        /* The text has closed the bracket before it: it goes on behind its end. */
        json_decref(closed);
        json_say(details, json_stray_bracket(text, length), text, length, "end of file expected");
        return true;
    }
    details->position -= (int)padding + 4; /* the words have no positions since jansson 2.0 */
    size_t rest = container ? json_skip_space(text, length, json_end(text, length, start)) : length;
    if (rest < length && (size_t)details->position > rest) {
        json_say(details, rest, text, length, "end of file expected");
    }
    return details->text[0] && json_error_code(details) != json_error_out_of_memory && json_has_memory(padding);
}

/* What fails once for lack of memory does not the second time. */
json_t *page_json_load(const char *text, size_t length, size_t flags, json_error_t *details, error *problem) {
    size_t padding = json_padding(text, length);
    json_t *value = NULL;
    if (!json_has_memory(padding)) {
        memset(details, 0, sizeof *details);
        error_no_memory(problem);
        return NULL;
    }
    value = json_second(text, length, padding, flags);
    if (!value) {
        value = json_second(text, length, padding, flags);
    }
    if (value && !(flags & JSON_DECODE_ANY) && !json_is_object(value) && !json_is_array(value)) {
        json_decref(value);
        value = NULL;
    }
    if (!value && !json_explain(text, length, padding, flags, details)) {
        error_no_memory(problem);
    }
    return value;
}
