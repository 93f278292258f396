/* Data by kind and domain of each column: see standin.h. */
#include "standin.h"

#include "copy.h"
#include "random.h"
#include "tables.h"
#include "value.h"

#include <stdio.h>
#include <string.h>

typedef struct standin {
    sqlite3 *db;
    random_state random;
    const table *table;
    const char *parent_path;
    int serial; /* of the table's rows, over all parents */
    int index;  /* of the row under its parent */
} standin;

static const char *const standin_identities[] = {
    "alice", "Alice", "bob@example.com", "system",       "carol smith", "12",
    "012",   "1e3",   "dave/x",          "\xc3\xa9lise", "eve'",        "mallory "};
static const char *const standin_words[] = {
    "",       "general", "General", "random #1",           "100% real", "a_b",        "back\\slash",
    "tab\tx", "12",      "12.0",    "\xf0\x9f\x98\x80 hi", "it's",      "two\nlines", " lead"};
static const char *const standin_attributes[] = {
    "{}", "{\"color\":\"red\",\"a\":[1,2]}", "[1,2,3]", "7", "null", "\"text\"", "{\"a\":{\"b\":null}}"};
static const char *const standin_objects[] = {"{}", "[]", "[\"sendMessage\",\"leaveChannel\"]", "{\"channels\":\"x\"}",
                                              "{\"a\":1,\"b\":[true,null]}"};

/* The SID of the n-th thing (from 1) of a domain: two letters and 32 hexadecimal digits. */
static value standin_sid(const char *domain, int n) {
    static const char *const prefixes[][2] = {
        {"service", "IS"}, {"channel", "CH"}, {"message", "IM"},    {"member", "MB"},  {"invite", "IN"}, {"role", "RL"},
        {"user", "US"},    {"account", "AC"}, {"credential", "CR"}, {"binding", "BS"}, {"webhook", "WH"}};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (strcmp(prefixes[i][0], domain) == 0) {
            random_state digits;
            char sid[40];
            random_start(&digits, 7, domain, (uint64_t)n);
            uint64_t high = random_next(&digits);
            snprintf(sid, sizeof sid, "%s%016llx%016llx", prefixes[i][1], (unsigned long long)high,
                     (unsigned long long)random_next(&digits));
            return value_word(sid);
        }
    }
    return value_null();
}

/* The SID in the parent's path that the column should show, or NULL's value. */
static value standin_parent(const standin *s, const char *column) {
    static const char *const marks[][2] = {
        {"service_sid", "/Services/"}, {"channel_sid", "/Channels/"}, {"user_sid", "/Users/"}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *found = strcmp(column, marks[i][0]) == 0 ? strstr(s->parent_path, marks[i][1]) : NULL;
        if (found != NULL) {
            const char *sid = found + strlen(marks[i][1]);
            return value_text(sid, strcspn(sid, "/"));
        }
    }
    return value_null();
}

static value standin_time(standin *s) {
    char text[64];
    int year = 2016 + random_below(&s->random, 4);
    int month = 1 + random_below(&s->random, 12);
    snprintf(text, sizeof text, "%04d-%02d-%02dT08:30:%02dZ", year, month, 1 + s->serial % 28, s->serial % 60);
    return value_word(text);
}

static value standin_text(standin *s, const table_column *column) {
    if (strcmp(column->domain, "identity") == 0) {
        return value_word(RANDOM_OF(&s->random, standin_identities));
    }
    if (strcmp(column->name, "type") == 0) {
        return value_word(random_chance(&s->random, 50) ? "public" : "private");
    }
    value sid = standin_sid(column->domain, 1 + random_below(&s->random, 9));
    return sid.type != SQLITE_NULL ? sid : value_word(RANDOM_OF(&s->random, standin_words));
}

static value standin_value(standin *s, const table_column *column) {
    value parent = standin_parent(s, column->name);
    if (parent.type != SQLITE_NULL) {
        return parent;
    }
    if (strcmp(column->name, s->table->key) == 0) {
        return standin_sid(column->domain, s->serial);
    }
    if (strcmp(column->name, "index") == 0) {
        return value_integer(s->index + s->index / 5);
    }
    if (strcmp(column->domain, "account") != 0 && random_chance(&s->random, 12)) {
        return value_null();
    }
    switch (column->kind) {
    case COLUMN_INTEGER:
        return value_integer(random_below(&s->random, 30));
    case COLUMN_BOOLEAN:
        return value_integer(random_below(&s->random, 2));
    case COLUMN_TIME:
        return standin_time(s);
    case COLUMN_JSON:
        return value_word(RANDOM_OF(&s->random, standin_objects));
    case COLUMN_JSON_TEXT:
        return value_word(RANDOM_OF(&s->random, standin_attributes));
    default:
        return strcmp(column->domain, "account") == 0 ? standin_sid("account", 1) : standin_text(s, column);
    }
}

static bool standin_row(standin *s, sqlite3_stmt *insert) {
    value values[TABLE_MAX_COLUMNS];
    int count = table_column_count(s->table);
    int key = table_column_index(s->table, s->table->key);
    for (int i = 0; i < count - 1; i++) {
        values[i] = standin_value(s, &s->table->columns[i]);
    }
    char path[400];
    snprintf(path, sizeof path, "%s/%s/%s", s->parent_path, s->table->segment, values[key].bytes);
    values[count - 1] = value_word(path);
    for (int i = 0; i < count; i++) {
        value_bind(insert, i + 1, &values[i]);
    }
    sqlite3_step(insert);
    bool inserted = sqlite3_reset(insert) == SQLITE_OK;
    sqlite3_clear_bindings(insert);
    for (int i = 0; i < count; i++) {
        value_clear(&values[i]);
    }
    return inserted;
}

/* How many rows under one parent: uneven, some parents have none. */
static int standin_rows(standin *s) {
    if (s->table->parent == NULL) {
        return 3;
    }
    return strcmp(s->table->parent, "services") == 0 ? 20 : random_below(&s->random, 2) * random_below(&s->random, 25);
}

static bool standin_fill(standin *s) {
    char sql[96];
    snprintf(sql, sizeof sql, "SELECT path FROM \"%s\"", s->table->parent == NULL ? "services" : s->table->parent);
    answer parents = answer_run(s->db, sql, NULL, 0, 0);
    sqlite3_stmt *insert = copy_prepare_insert(s->db, s->table->name);
    size_t count = s->table->parent == NULL ? 1 : parents.row_count;
    bool filled = insert != NULL;
    for (size_t i = 0; filled && i < count; i++) {
        s->parent_path = s->table->parent == NULL ? "" : answer_cell(&parents, i, 0)->bytes;
        int rows = standin_rows(s);
        for (s->index = 0; filled && s->index < rows; s->index++) {
            s->serial++;
            filled = standin_row(s, insert);
        }
    }
    sqlite3_finalize(insert);
    answer_clear(&parents);
    return filled;
}

bool standin_create(sqlite3 *db, uint64_t seed) {
    int count;
    const table *tables = tables_chat(&count);
    bool created = true;
    for (int i = 0; created && i < count; i++) {
        if ((tables[i].versions & VERSION_BOTH) == 0) {
            continue;
        }
        standin s = {.db = db, .table = &tables[i]};
        random_start(&s.random, seed, tables[i].name, 0);
        created = table_create(db, &tables[i], false) == SQLITE_OK && standin_fill(&s);
        if (!created) {
            printf("# stand-in %s: %s\n", tables[i].name, sqlite3_errmsg(db));
        }
    }
    return created;
}
