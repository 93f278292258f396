/* Answers made of the fuzzer's bytes; see answer.h. */
#include "fuzz/answer.h"
#include "catalog/generations.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sid.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"

/* What a path asks for. */
typedef struct question {
    unsigned version;
    const catalog_resource *resource; /* NULL: nothing that there is */
    bool single;
    char parents[CATALOG_MAX_PARENTS][SID_LENGTH + 1];
    char sid[SID_LENGTH + 1]; /* of a single one, or what stands in its place */
} question;

static const catalog_resource *below(const catalog_resource *parent, const char *segment, size_t length) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        if (resources[i]->parent == parent && strlen(resources[i]->segment) == length &&
            memcmp(resources[i]->segment, segment, length) == 0) {
            return resources[i];
        }
    }
    return NULL;
}

static const char *take_segment(const char *path, char *text, size_t *length) {
    *length = strcspn(path, "/?");
    size_t kept = *length < SID_LENGTH ? *length : SID_LENGTH;
    memcpy(text, path, kept);
    text[kept] = 0;
    path += *length;
    return *path == '/' ? path + 1 : NULL;
}

/* "/v1/Services/IS.../Channels?..." */
static question read_path(const char *path) {
    question asked;
    char segment[SID_LENGTH + 1];
    size_t length = 0;
    memset(&asked, 0, sizeof asked);
    asked.version = strncmp(path, "/v2/", 4) == 0 ? CATALOG_V2 : CATALOG_V1;
    const char *at = strlen(path) > 4 ? path + 4 : NULL;
    for (int depth = 0; at; depth++) {
        const char *name = at;
        at = take_segment(at, segment, &length);
        asked.resource = below(asked.resource, name, length);
        asked.single = at != NULL;
        if (!asked.resource || !at) {
            break;
        }
        at = take_segment(at, asked.sid, &length);
        if (at && depth < CATALOG_MAX_PARENTS) {
            memcpy(asked.parents[depth], asked.sid, sizeof asked.sid);
        }
    }
    return asked;
}

/* ---- rows ---- */

/*
** A SID that depends on where the row is, so that lists and single resources agree: services are IS0...01, IS0...02, the
** channels of the first CH0...011, CH0...012, and so on.
*/
static void make_sid(const question *asked, const catalog_resource *resource, unsigned row, char *sid) {
    unsigned long above = 0;
    for (int depth = 0; depth < catalog_depth(resource); depth++) {
        const char *parent = asked->parents[depth];
        above = strlen(parent) > 8 ? strtoul(parent + strlen(parent) - 8, NULL, 16) : 15;
    }
    snprintf(sid, SID_LENGTH + 1, "%s%032lx", resource->key_prefix, (above << 4 | (row + 1)) & 0xffffffff);
}

/* Texts that have given trouble before. Their choice depends on the row alone, unless the script chooses. */
static json_t *make_text(fuzz_input *script, unsigned row) {
    static const char *const texts[] = {"a",
                                        "",
                                        "support",
                                        "Acme \xc3\xa9\xf0\x9f\x8e\x82",
                                        "it's \"so\"",
                                        "public",
                                        "private",
                                        "two\nlines",
                                        "2016-03-24T20:37:57Z",
                                        "1",
                                        "{\"a\":1}",
                                        "%2F..",
                                        "Thu, 24 Mar 2016 20:37:57 +0000",
                                        "IS0"};
    return json_string(texts[(row + fuzz_byte(script)) % (sizeof texts / sizeof *texts)]);
}

static json_t *make_value(fuzz_input *script, const catalog_column *column, unsigned row) {
    unsigned choice = fuzz_byte(script);
    if (choice >= 240) { /* of any type */
        json_t *value = NULL;
        switch (choice & 7) {
        case 0:
            return json_real(-1.5e300);
        case 1:
            return json_integer(INT64_MIN);
        case 2:
            value = json_array();
            json_array_append_new(value, json_null());
            return value;
        case 3:
            return json_stringn("a\0b", 3);
        case 4:
            return json_true();
        case 5:
            return json_null();
        default:
            return make_text(script, row);
        }
    }
    switch (column->kind) {
    case VALUE_INTEGER:
        return json_integer((json_int_t)row + (choice & 1));
    case VALUE_BOOLEAN:
        return json_boolean((row + choice) & 1);
    case VALUE_TIME:
        return json_string(choice & 1 ? "Thu, 24 Mar 2016 20:37:57 +0000" : "2016-03-24T20:37:57Z");
    case VALUE_JSON: {
        json_t *value = json_object();
        json_object_set_new(value, "user_channels", json_integer((json_int_t)row));
        return value;
    }
    case VALUE_JSON_TEXT:
        return choice & 1 ? json_null() : json_string("{\"topic\":\"support\",\"n\":[1,2]}");
    default:
        return choice & 1 ? json_null() : make_text(script, row);
    }
}

static json_t *make_row(fuzz_input *script, const question *asked, unsigned row) {
    const catalog_resource *resource = asked->resource;
    json_t *object = json_object();
    char sid[SID_LENGTH + 1];
    for (size_t i = 0; i < resource->column_count; i++) {
        const catalog_column *column = &resource->columns[i];
        if ((column->versions & asked->version) && !(column->flags & COLUMN_PARENT)) {
            bool order = resource->order_column && strcmp(column->name, resource->order_column) == 0;
            json_object_set_new(object, column->name, order ? json_integer(row) : make_value(script, column, row));
        }
    }
    int depth = catalog_depth(resource);
    for (const catalog_resource *each = resource; each->parent; each = each->parent) {
        json_object_set_new(object, each->parent_column, json_string(asked->parents[--depth]));
    }
    make_sid(asked, resource, row, sid);
    json_object_set_new(object, resource->key_column,
                        json_string(asked->single && asked->sid[0] && row < 1000 ? asked->sid : sid));
    if (fuzz_byte(script) == 255) {
        json_object_set_new(object, resource->key_column, make_value(script, &resource->columns[0], row));
    }
    return object;
}

/* ---- pages ---- */

/* The next page, as servers name it, or as none should. */
static json_t *make_next(fuzz_input *script, const char *path) {
    static const char *const hosts[] = {"https://chat.twilio.com",      "",
                                        "http://chat.twilio.com",       "https://evil.example.org",
                                        "https://user@chat.twilio.com", "//evil.example.org"};
    unsigned choice = fuzz_byte(script);
    const char *page = strstr(path, "&Page=");
    int number = page ? atoi(page + 6) : 0;
    char *text = NULL;
    if (choice < 128 || number > 20) {
        return json_null();
    }
    const char *host = hosts[choice & 8 ? fuzz_below(script, 6) : choice & 1];
    if (choice & 2) {
        text = sqlite3_mprintf("%s%.*s&Page=%d", host, page ? (int)(page - path) : (int)strlen(path), path, number + 1);
    } else if (choice & 4) {
        text = sqlite3_mprintf("%s%.*s&Page=%d&PageToken=PT%d", host, page ? (int)(page - path) : (int)strlen(path),
                               path, number + 1, number);
    } else {
        char *any = fuzz_text(script);
        text = sqlite3_mprintf("%s%s", choice & 16 ? host : "", choice & 32 ? path : any);
        free(any);
    }
    json_t *next = json_string(text);
    sqlite3_free(text);
    return next ? next : json_string("");
}

/* Who asks for pages of up to LONG_PAGE rows, and has no script left, gets a list of LONG_LIST rows, page by page. */
enum { LONG_LIST = 8, LONG_PAGE = 3 };

static unsigned parameter(const char *path, const char *name) {
    const char *at = strstr(path, name);
    return at ? (unsigned)atoi(at + strlen(name)) & 0xffff : 0;
}

static void fill_list(fuzz_input *script, const question *asked, const char *path, json_t *rows, json_t **next) {
    unsigned page = parameter(path, "&Page="), size = parameter(path, "PageSize=");
    bool descending = strstr(path, "Order=desc") != NULL, whole = script->left == 0 && size > 0 && size <= LONG_PAGE;
    unsigned count = whole ? size : (2 + fuzz_byte(script)) % 4, first = page * (whole ? size : 3);
    unsigned last = whole ? LONG_LIST - 1 : first + count - 1;
    for (unsigned i = first; i < first + count && (!whole || i < LONG_LIST); i++) {
        json_array_append_new(rows, make_row(script, asked, descending ? last - (whole ? i : i - first) : i));
    }
    if (whole && first + count < LONG_LIST) {
        const char *end = strstr(path, "&Page=");
        char *text = sqlite3_mprintf("%.*s&Page=%u", end ? (int)(end - path) : (int)strlen(path), path, page + 1);
        *next = json_string(text);
        sqlite3_free(text);
    } else {
        *next = make_next(script, path);
    }
}

static json_t *make_list(fuzz_input *script, const question *asked, const char *path) {
    json_t *root = json_object(), *rows = json_array(), *meta = json_object(), *next = NULL;
    fill_list(script, asked, path, rows, &next);
    json_object_set_new(root, asked->resource->list_key, rows);
    json_object_set_new(meta, "next_page_url", next ? next : json_null());
    json_object_set_new(root, "meta", meta);
    return root;
}

/* ---- answers ---- */

static void put_body(fuzz_input *script, json_t *root, transport_result *result) {
    char *text = json_dumps(root, JSON_COMPACT | JSON_ENCODE_ANY);
    size_t length = text ? strlen(text) : 0;
    /* Sometimes cut, or with a byte changed. */
    unsigned damage = fuzz_byte(script);
    if (damage >= 250 && length > 0) {
        size_t at = (size_t)(fuzz_byte(script) * 256 + fuzz_byte(script)) % length;
        if (damage & 1) {
            length = at;
        } else {
            text[at] = (char)fuzz_byte(script);
        }
    }
    buffer_append(&result->body, text ? text : "", length);
    free(text);
    json_decref(root);
}

static void write_good(fuzz_input *script, const char *method, const char *path, transport_result *result) {
    question asked = read_path(path);
    result->status = 200;
    if (strcmp(method, "DELETE") == 0) {
        result->status = 204;
    } else if (!asked.resource || (asked.single && strcmp(method, "POST") != 0 && fuzz_byte(script) > 200)) {
        result->status = 404;
    } else if (asked.single) {
        put_body(script, make_row(script, &asked, 0), result);
    } else if (strcmp(method, "POST") == 0) {
        result->status = 201;
        put_body(script, make_row(script, &asked, 1000 + fuzz_below(script, 8)), result);
    } else {
        put_body(script, make_list(script, &asked, path), result);
    }
}

static void write_bad(fuzz_input *script, unsigned choice, transport_result *result) {
    static const int statuses[] = {429, 500, 404, 503, 409, 401, 400, 301, 204, 200, 502, 504, 403, 412, 0, 999};
    static const char *const waits[] = {"", "1", "0", "soon", "99999999999", "Thu, 01 Jan 2147483647 00:00:00 GMT"};
    result->status = statuses[choice & 15];
    const char *wait = waits[fuzz_below(script, 6)];
    memcpy(result->retry_after, wait, strlen(wait) + 1);
    if (choice & 16) {
        char *any = fuzz_text(script);
        buffer_append(&result->body, any, strlen(any));
        free(any);
    } else {
        const char *text = "{\"code\":20429,\"message\":\"Too\\nMany \\u0000 Requests\",\"status\":429}";
        buffer_append(&result->body, text, strlen(text));
    }
}

void answer_write(fuzz_input *script, const char *method, const char *path, transport_result *result) {
    unsigned choice = fuzz_byte(script);
    result->outcome = RETRY_RESPONSE;
    memcpy(result->request_id, "RQ0", 4);
    if (choice < 192) {
        write_good(script, method, path, result);
    } else if (choice < 224) {
        write_bad(script, choice, result);
    } else if (choice < 240) {
        result->outcome = (retry_outcome)(1 + choice % 3);
        memcpy(result->problem, "connection lost", 16);
    } else {
        char *any = fuzz_text(script);
        result->status = choice & 1 ? 200 : 201;
        buffer_append(&result->body, any, strlen(any));
        free(any);
    }
    result->bytes = (int64_t)result->body.length;
}
