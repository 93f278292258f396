/* Mutations of sampled values: see sample.h. */
#include "memory.h"
#include "sample.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Texts that are no name of anything, but mean something in a URL, to LIKE, or to a careless comparison. */
static const char *const mutate_strange[] = {"",
                                             " ",
                                             ".",
                                             "..",
                                             "../..",
                                             "/",
                                             "a/b",
                                             "?",
                                             "#",
                                             "%",
                                             "%2F",
                                             "%00",
                                             "_",
                                             "&Type=public",
                                             "x y",
                                             "+",
                                             "null",
                                             "NULL",
                                             "0",
                                             "1",
                                             "true",
                                             "system",
                                             "CH",
                                             "IS",
                                             "'",
                                             "\"",
                                             "\\",
                                             "\n",
                                             "Channels",
                                             "?PageSize=1",
                                             "\xc3\xa9",
                                             "\xf0\x9f\x98\x80",
                                             "CHffffffffffffffffffffffffffffffff",
                                             "ISffffffffffffffffffffffffffffffff",
                                             "USffffffffffffffffffffffffffffffff",
                                             "IMffffffffffffffffffffffffffffffff",
                                             "MBffffffffffffffffffffffffffffffff",
                                             "CHFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
                                             "CHfffffffffffffffffffffffffffffff",
                                             "CHgggggggggggggggggggggggggggggggg",
                                             "general",
                                             "public",
                                             "PRIVATE",
                                             "1e2",
                                             "-1"};

static value mutate_swap_case(value v, random_state *random) {
    bool one = random_chance(random, 40);
    size_t chosen = v.length == 0 ? 0 : (size_t)random_below(random, (int)v.length);
    for (size_t i = 0; i < v.length; i++) {
        unsigned char c = (unsigned char)v.bytes[i];
        if (c < 0x80 && (!one || i == chosen)) {
            v.bytes[i] = (char)(isupper(c) ? tolower(c) : toupper(c));
        }
    }
    return v;
}

/* Puts text before and after what the value holds. */
static value mutate_wrap(value v, const char *before, const char *after) {
    size_t head = strlen(before);
    size_t tail = strlen(after);
    char *bytes = memory_resize(NULL, head + v.length + tail + 1, 1);
    memcpy(bytes, before, head);
    memcpy(bytes + head, v.bytes, v.length);
    memcpy(bytes + head + v.length, after, tail + 1);
    v.length += head + tail;
    free(v.bytes);
    v.bytes = bytes;
    return v;
}

/* Cut to a prefix, at a character's border. */
static value mutate_cut(value v, random_state *random) {
    size_t length = v.length == 0 ? 0 : (size_t)random_below(random, (int)v.length);
    while (length > 0 && ((unsigned char)v.bytes[length] & 0xc0) == 0x80) {
        length--;
    }
    v.length = length;
    v.bytes[length] = '\0';
    return v;
}

static value mutate_replace(value v, value by) {
    value_clear(&v);
    return by;
}

static value mutate_long_text(void) {
    char *bytes = memory_resize(NULL, 5000, 1);
    memset(bytes, 'x', 5000);
    value v = value_text(bytes, 5000);
    free(bytes);
    return v;
}

/* The number that a text spells, or NULL's value. */
static value mutate_to_number(const value *v) {
    char *end = NULL;
    if (v->type != SQLITE_TEXT || v->length == 0 || v->length > 15 || strpbrk(v->bytes, "0123456789") == NULL) {
        return value_null();
    }
    double number = strtod(v->bytes, &end);
    if (*end != '\0') {
        return value_null();
    }
    return number == (double)(int)number ? value_integer((int)number) : value_real(number);
}

value sample_number(const sample_table *t, random_state *random, int column) {
    int count = (int)t->rows.row_count;
    int start = count == 0 ? 0 : random_below(random, count);
    for (int i = 0; i < count; i++) {
        value number = mutate_to_number(answer_cell(&t->rows, (size_t)((start + i) % count), column));
        if (number.type != SQLITE_NULL) {
            bool whole = number.type == SQLITE_INTEGER;
            return whole && random_chance(random, 25) ? value_real((double)number.integer) : number;
        }
    }
    return value_null();
}

static value mutate_text(random_state *random, value v) {
    static const int weights[] = {25, 10, 6, 6, 10, 20, 6, 2, 4, 3, 3};
    switch (random_weighted(random, weights, (int)(sizeof weights / sizeof weights[0]))) {
    case 0:
        return mutate_swap_case(v, random);
    case 1:
        return mutate_wrap(v, "", " ");
    case 2:
        return mutate_wrap(v, " ", "");
    case 3:
        return mutate_wrap(v, "", random_chance(random, 50) ? "0" : "/");
    case 4:
        return mutate_cut(v, random);
    case 5:
        return mutate_replace(v, value_word(RANDOM_OF(random, mutate_strange)));
    case 6:
        v.type = SQLITE_BLOB;
        return v;
    case 7:
        return mutate_replace(v, mutate_long_text());
    case 8:
        return mutate_replace(v, value_integer(random_below(random, 20) - 2));
    case 9:
        return mutate_replace(v, value_text("a\0b", 3));
    default:
        return mutate_replace(v, value_null());
    }
}

/* An integer as something that a comparison with an INTEGER column turns into that integer, or nearly. */
static value mutate_integer(random_state *random, sqlite3_int64 number) {
    static const char *const forms[] = {"%lld",  " %lld", "%lld ", "%lld.0", "%llde0",
                                        "0%lld", "+%lld", "%lldx", "%lld.5"};
    char text[40];
    switch (random_below(random, 6)) {
    case 0:
        return value_real((double)number + 0.5);
    case 1:
        return value_real((double)number);
    case 2:
        return value_integer(number + random_below(random, 5) - 2);
    case 3:
        return random_chance(random, 50) ? value_integer(INT64_MAX) : value_real(-1e300);
    case 4:
        return random_chance(random, 50) ? value_null() : value_blob("1", 1);
    default:
        snprintf(text, sizeof text, RANDOM_OF(random, forms), number);
        return value_word(text);
    }
}

value sample_mutate(random_state *random, value v) {
    switch (v.type) {
    case SQLITE_TEXT:
        return mutate_text(random, v);
    case SQLITE_INTEGER:
        return mutate_integer(random, v.integer);
    case SQLITE_BLOB:
        v.type = SQLITE_TEXT;
        return v;
    default:
        value_clear(&v);
        return value_word(RANDOM_OF(random, mutate_strange));
    }
}

/* The path with its last segment replaced by another column's value, such as a channel's unique_name. */
static value mutate_last_segment(value path, const sample_table *t, int row) {
    static const char *const names[] = {"unique_name", "identity", "friendly_name"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        int column = table_column_index(t->table, names[i]);
        value name = column < 0 ? value_null() : sample_value(t, row, column);
        char *slash = strrchr(path.bytes, '/');
        if (name.type == SQLITE_TEXT && slash != NULL) {
            slash[1] = '\0';
            path.length = strlen(path.bytes);
            path = mutate_wrap(path, "", name.bytes);
            value_clear(&name);
            return path;
        }
        value_clear(&name);
    }
    return path;
}

value sample_odd_path(const sample_table *t, random_state *random, int row) {
    value path = sample_value(t, row, table_column_count(t->table) - 1);
    if (path.type != SQLITE_TEXT) {
        return path;
    }
    switch (random_below(random, 8)) {
    case 0:
    case 1:
    case 2:
        return mutate_last_segment(path, t, row);
    case 3:
        return mutate_wrap(path, "", "/");
    case 4:
        return mutate_wrap(path, "/v1", "");
    case 5:
        return mutate_wrap(path, "", "?PageSize=1");
    case 6:
        return mutate_wrap(path, "/Services/..", "");
    default:
        return mutate_replace(path, value_text(path.bytes + 1, path.length - 1));
    }
}
