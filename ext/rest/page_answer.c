/* A member of an answer that is one object; see page_answer.h. */
#include "rest/page_answer.h"

#include "base/sqlite.h"
#include "rest/page_string.h"

typedef struct answer_search {
    const char *body, *name;
    bool is_object, at_name;
    page_token found; /* kind 0: not yet */
} answer_search;

static void answer_on_key(void *context, int depth, const page_token *key) {
    answer_search *search = context;
    search->at_name = depth == 1 && page_string_is(search->body, key, search->name);
}

static void answer_on_open(void *context, int depth, char kind) {
    answer_search *search = context;
    search->is_object = search->is_object || (depth == 0 && kind == '{');
}

static void answer_on_value(void *context, int depth, const page_token *value) {
    answer_search *search = context;
    if (depth == 1 && search->is_object && search->at_name) {
        search->found = *value;
    }
}

static const page_watcher answer_watcher = {
    .watched = 1, .key = answer_on_key, .open = answer_on_open, .value = answer_on_value};

char page_answer_member(const char *body, size_t length, const char *name, buffer *text) {
    answer_search search = {.body = body ? body : "", .name = name};
    page_scan scan;
    page_scan_begin(&scan, &answer_watcher, &search);
    if (page_scan_run(&scan, search.body, length, true) != SCAN_WHOLE || !search.found.kind) {
        return 0;
    }
    size_t before = text->length;
    if (!buffer_append(text, search.body + search.found.offset, search.found.length)) {
        return 0;
    }
    if (search.found.escaped) {
        text->length = before + page_string_unescape(text->data + before, search.found.length);
        text->data[text->length] = 0;
    }
    return search.found.kind;
}

bool page_answer_text(const char *body, size_t length, const char *name, buffer *text) {
    char kind = page_answer_member(body, length, name, text);
    bool is_text = (kind == '"' || kind == '0') && text->length > 0;
    if (!is_text && text->rc == SQLITE_OK) {
        buffer_clear(text);
    }
    return is_text;
}
