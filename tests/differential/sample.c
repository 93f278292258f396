/* Sampling of the data: see sample.h. Mutations are in mutate.c. */
#include "sample.h"

#include <stdio.h>
#include <string.h>

bool sample_add(sample *s, sqlite3 *db, const table *t) {
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendall(sql, "SELECT ");
    table_append_columns(sql, t, NULL);
    sqlite3_str_appendf(sql, " FROM \"%w\" LIMIT 2000", t->name);
    char *text = sqlite3_str_finish(sql);
    sample_table *added = &s->tables[s->count++];
    added->table = t;
    added->rows = answer_run(db, text, NULL, 0, 0);
    sqlite3_free(text);
    if (added->rows.error != NULL) {
        printf("# sample of %s: %s\n", t->name, added->rows.error);
    }
    return added->rows.error == NULL;
}

bool sample_load(sample *s, sqlite3 *db, unsigned version) {
    int count;
    const table *tables = tables_chat(&count);
    bool loaded = true;
    memset(s, 0, sizeof *s);
    s->version = version;
    for (int i = 0; loaded && i < count; i++) {
        if ((tables[i].versions & version) != 0) {
            loaded = sample_add(s, db, &tables[i]);
        }
    }
    return loaded;
}

void sample_clear(sample *s) {
    for (int i = 0; i < s->count; i++) {
        answer_clear(&s->tables[i].rows);
    }
    s->count = 0;
    sqlite3_free(s->closed);
    s->closed = NULL;
}

/* Messages and channels have most of the pushdowns, so they come up most. */
static int sample_weight(const table *t) {
    static const struct {
        const char *segment;
        int weight;
    } weights[] = {{"Channels", 8}, {"Conversations", 8}, {"Messages", 8},
                   {"Users", 5},    {"Members", 5},       {"Participants", 5}};
    for (size_t i = 0; t->segment != NULL && i < sizeof weights / sizeof weights[0]; i++) {
        if (strcmp(t->segment, weights[i].segment) == 0 && strncmp(t->name, "user_", 5) != 0) {
            return weights[i].weight;
        }
    }
    return t->segment == NULL ? 2 : 3;
}

const sample_table *sample_choose(const sample *s, random_state *random, bool chat_only) {
    int weights[SAMPLE_MAX_TABLES];
    for (int i = 0; i < s->count; i++) {
        bool local = s->tables[i].table->segment == NULL;
        weights[i] = local && chat_only ? 0 : sample_weight(s->tables[i].table);
    }
    return &s->tables[random_weighted(random, weights, s->count)];
}

const sample_table *sample_find(const sample *s, const char *name) {
    const sample_table *t = s->tables;
    while (strcmp(t->table->name, name) != 0) {
        t++;
    }
    return t;
}

int sample_row(const sample_table *t, random_state *random) {
    return t->rows.row_count == 0 ? -1 : random_below(random, (int)t->rows.row_count);
}

value sample_value(const sample_table *t, int row, int column) {
    return row < 0 ? value_null() : value_copy(answer_cell(&t->rows, (size_t)row, column));
}

const sample_table *sample_domain(const sample *s, random_state *random, const char *domain, int *column) {
    const sample_table *chosen = NULL;
    int seen = 0;
    for (int i = 0; i < s->count; i++) {
        const table *t = s->tables[i].table;
        for (int c = 0; c < table_column_count(t); c++) {
            if (strcmp(t->columns[c].domain, domain) == 0 && random_below(random, ++seen) == 0) {
                chosen = &s->tables[i];
                *column = c;
            }
        }
    }
    return chosen;
}

value sample_of_domain(const sample *s, random_state *random, const char *domain) {
    int column = 0;
    const sample_table *t = sample_domain(s, random, domain, &column);
    return t == NULL ? value_null() : sample_value(t, sample_row(t, random), column);
}
