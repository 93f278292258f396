/*
** One function for each kind of condition, and the table that says how often each comes up. Kinds that look inside a
** value (patterns, functions, JSON, dates) take a text column, the others any. See leaf.h.
*/
#include "leaf.h"

#include "condition.h"
#include "leaf_query.h"

#include <string.h>

static const char *const leaf_comparisons[] = {
    "=", "=", "=", "==", "<>", "!=", "<", "<=", ">", ">=", "IS", "IS NOT", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"};
/* IS [NOT] DISTINCT FROM came with SQLite 3.39. */
static const char *leaf_comparison(generator *g) {
    const char *chosen = RANDOM_OF(&g->random, leaf_comparisons);
    bool distinct = strstr(chosen, "DISTINCT") != NULL;
    return !distinct || sqlite3_libversion_number() >= 3039000 ? chosen
           : strstr(chosen, "NOT") != NULL                     ? "IS"
                                                               : "IS NOT";
}

static const char *const leaf_collations[] = {"NOCASE", "NOCASE", "RTRIM", "BINARY"};

static int leaf_text_column(generator *g, const alias *a) {
    int column = generator_column_of_kind(g, a->table->table, true);
    return column < 0 ? 0 : column;
}

/* A text of the column, at most `most` bytes of it, cut at characters' borders. NULs end it. sqlite3_free. */
static char *leaf_fragment(generator *g, const alias *a, int column, size_t most) {
    value v = sample_value(a->table, sample_row(a->table, &g->random), column);
    const char *text = v.bytes == NULL ? "x" : v.bytes;
    size_t length = strlen(text);
    size_t start = length == 0 || generator_chance(g, 50) ? 0 : (size_t)random_below(&g->random, (int)length);
    while (start > 0 && ((unsigned char)text[start] & 0xc0) == 0x80) {
        start--;
    }
    size_t end = start + (size_t)random_below(&g->random, (int)most + 1);
    end = end > length ? length : end;
    while (end < length && ((unsigned char)text[end] & 0xc0) == 0x80) {
        end++;
    }
    char *fragment = sqlite3_mprintf("%.*s", (int)(end - start), text + start);
    value_clear(&v);
    return fragment;
}

static value leaf_take_text(char *text) {
    value v = value_word(text == NULL ? "" : text);
    sqlite3_free(text);
    return v;
}

static void leaf_compare(generator *g, const scope *s) {
    const alias *a = generator_any_alias(g, s);
    int column = generator_any_column(g, a->table->table);
    bool reversed = generator_chance(g, 10);
    const char *comparison = leaf_comparison(g);
    if (reversed) {
        generator_value(g, condition_sampled(g, a, column));
        generator_add(g, " %s ", comparison);
    }
    generator_add(g, generator_chance(g, 3) ? "+" : "");
    generator_column(g, a, column);
    if (!reversed) {
        generator_add(g, " %s ", comparison);
        generator_value(g, condition_sampled(g, a, column));
    }
}

/* With a collation on either side: NOCASE must find what a request for the exact name would not. Under an OR only
** comparisons that are no equality: SQLite (3.40.1) turns a = 'X' COLLATE NOCASE OR a = 'y' into a IN ('X', 'y') and so
** loses rows, also of ordinary tables with an index. */
static void leaf_collate(generator *g, const scope *s) {
    const alias *a = generator_any_alias(g, s);
    int column = leaf_text_column(g, a);
    bool left = generator_chance(g, 60);
    const char *collation = RANDOM_OF(&g->random, leaf_collations);
    value v = condition_sampled(g, a, column);
    v = generator_chance(g, 50) ? sample_mutate(&g->random, v) : v;
    generator_column(g, a, column);
    if (left) {
        generator_add(g, " COLLATE %s", collation);
    }
    static const char *const unequal[] = {"<>", "<", "<=", ">", ">=", "IS NOT"};
    if (g->or_depth > 0) {
        generator_add(g, " %s (", RANDOM_OF(&g->random, unequal));
    } else {
        generator_add(g, left && generator_chance(g, 20) ? " IN (" : " %s (", leaf_comparison(g));
    }
    generator_value(g, v);
    generator_add(g, ")");
    if (!left) {
        generator_add(g, " COLLATE %s", collation);
    }
}

static void leaf_null(generator *g, const scope *s) {
    static const char *const tests[] = {"IS NULL", "IS NOT NULL", "ISNULL", "NOT NULL", "IS TRUE", "IS NOT FALSE"};
    const alias *a = generator_any_alias(g, s);
    generator_column(g, a, generator_any_column(g, a->table->table));
    generator_add(g, " %s", RANDOM_OF(&g->random, tests));
}

static void leaf_between(generator *g, const scope *s) {
    const alias *a = generator_any_alias(g, s);
    int column = generator_any_column(g, a->table->table);
    generator_column(g, a, column);
    generator_add(g, generator_chance(g, 20) ? " NOT BETWEEN " : " BETWEEN ");
    generator_value(g, condition_sampled(g, a, column));
    generator_add(g, " AND ");
    generator_value(g, condition_sampled(g, a, column));
}

static void leaf_in_list(generator *g, const scope *s) {
    const alias *a = generator_any_alias(g, s);
    int column = generator_any_column(g, a->table->table);
    int count = random_below(&g->random, 6);
    generator_column(g, a, column);
    generator_add(g, generator_chance(g, 25) ? " NOT IN (" : " IN (");
    for (int i = 0; i < count; i++) {
        generator_add(g, i == 0 ? "" : ", ");
        generator_value(g, condition_sampled(g, a, column));
    }
    generator_add(g, ")");
}

static void leaf_pattern(generator *g, const scope *s) {
    static const char *const likes[] = {"%s%%", "%%%s%%", "%%%s", "_%s%%", "%s_", "%s"};
    static const char *const globs[] = {"%s*", "*%s*", "?%s*", "[A-Z]*%s", "%s"};
    const alias *a = generator_any_alias(g, s);
    int column = leaf_text_column(g, a);
    bool glob = generator_chance(g, 35);
    char *fragment = leaf_fragment(g, a, column, 12);
    const char *form = glob ? RANDOM_OF(&g->random, globs) : RANDOM_OF(&g->random, likes);
    generator_column(g, a, column);
    generator_add(g, " %s%s ", generator_chance(g, 15) ? "NOT " : "", glob ? "GLOB" : "LIKE");
    generator_value(g, leaf_take_text(sqlite3_mprintf(form, fragment)));
    generator_add(g, !glob && generator_chance(g, 15) ? " ESCAPE '\\'" : "");
    sqlite3_free(fragment);
}

static void leaf_concatenation(generator *g, const scope *s) {
    const alias *a = generator_any_alias(g, s);
    const alias *b = generator_any_alias(g, s);
    int column = leaf_text_column(g, a);
    generator_column(g, a, column);
    generator_add(g, " || '' %s ", leaf_comparison(g));
    if (generator_chance(g, 30)) {
        generator_column(g, b, leaf_text_column(g, b));
        generator_add(g, " || ''");
    } else {
        generator_value(g, condition_sampled(g, a, column));
    }
}

static void leaf_cast(generator *g, const scope *s) {
    static const char *const types[] = {"INTEGER", "REAL", "TEXT", "BLOB", "NUMERIC"};
    const alias *a = generator_any_alias(g, s);
    int column = generator_any_column(g, a->table->table);
    bool right = generator_chance(g, 40);
    const char *type = RANDOM_OF(&g->random, types);
    const char *comparison = leaf_comparison(g);
    generator_add(g, right ? "" : "CAST(");
    generator_column(g, a, column);
    if (right) {
        generator_add(g, " %s CAST(", comparison);
    } else {
        generator_add(g, " AS %s) %s ", type, comparison);
    }
    generator_value(g, condition_sampled(g, a, column));
    if (right) {
        generator_add(g, " AS %s)", type);
    }
}

static void leaf_function(generator *g, const scope *s) {
    static const char *const forms[] = {
        "length(%s) > %d",     "lower(%s) < upper(%s)",  "substr(%s, 1, %d) > 'A'",   "typeof(%s) = 'text'",
        "instr(%s, 'a') > %d", "coalesce(%s, '') = ''",  "hex(%s) LIKE '4%%'",        "trim(%s) = %s",
        "unicode(%s) > 6%d",   "nullif(%s, '') IS NULL", "replace(%s, 'a', '') = ''", "quote(%s) > 'N'"};
    const alias *a = generator_any_alias(g, s);
    sqlite3_str *saved = generator_piece_begin(g);
    generator_column(g, a, leaf_text_column(g, a));
    char *column = generator_piece_end(g, saved);
    int chosen = random_below(&g->random, (int)(sizeof forms / sizeof forms[0]));
    if (strstr(forms[chosen], "%d") != NULL) {
        generator_add(g, forms[chosen], column, random_below(&g->random, 40));
    } else {
        generator_add(g, forms[chosen], column, column);
    }
    sqlite3_free(column);
}

/* (a, b) = (x, y), (a, b) < (x, y) or (a, b) IN (VALUES (x, y), ...), mostly with values of one row. */
static void leaf_row_value(generator *g, const scope *s) {
    static const char *const operators[] = {"=", "=", "<", ">=", "<>", "IS", "IN"};
    const alias *a = generator_any_alias(g, s);
    int columns[2];
    columns[0] = generator_any_column(g, a->table->table);
    columns[1] = generator_any_column(g, a->table->table);
    const char *comparison = RANDOM_OF(&g->random, operators);
    if (g->right_join && strcmp(comparison, "IN") == 0) {
        comparison = "=";
    }
    bool list = strcmp(comparison, "IN") == 0;
    int count = list ? 1 + random_below(&g->random, 3) : 1;
    generator_add(g, "(");
    generator_column(g, a, columns[0]);
    generator_add(g, ", ");
    generator_column(g, a, columns[1]);
    generator_add(g, list ? ") IN (VALUES " : ") %s ", comparison);
    for (int i = 0; i < count; i++) {
        int row = sample_row(a->table, &g->random);
        generator_add(g, i == 0 ? "(" : ", (");
        generator_value(g, sample_value(a->table, row, columns[0]));
        generator_add(g, ", ");
        generator_value(g, sample_value(a->table, row, columns[1]));
        generator_add(g, ")");
    }
    generator_add(g, list ? ")" : "");
}

static void leaf_json(generator *g, const scope *s) {
    static const char *const forms[] = {"%s ->> '$.color' = 'red'",
                                        "json_extract(%s, '$.a') IS NOT NULL",
                                        "json_type(%s) = 'object'",
                                        "json_valid(%s)",
                                        "json_array_length(%s) > 0",
                                        "%s -> '$[0]' IS NULL",
                                        "(SELECT count(*) FROM json_each(%s)) > 1",
                                        "EXISTS (SELECT 1 FROM json_tree(%s) WHERE atom IS NOT NULL)",
                                        "%s ->> 'channels' IS NOT NULL",
                                        "(SELECT group_concat(key) FROM json_each(%s)) > 'b'"};
    const alias *a = generator_any_alias(g, s);
    int column = generator_column_of_domain(g, a->table->table, "json");
    if (column < 0) {
        leaf_compare(g, s);
        return;
    }
    sqlite3_str *saved = generator_piece_begin(g);
    generator_column(g, a, column);
    char *text = generator_piece_end(g, saved);
    generator_add(g, generator_form(RANDOM_OF(&g->random, forms), "json_extract(%s, '$.color') = 'red'"), text);
    sqlite3_free(text);
}

static void leaf_columns(generator *g, const scope *s) {
    const alias *a = generator_any_alias(g, s);
    const alias *b = generator_any_alias(g, s);
    int column = generator_any_column(g, a->table->table);
    int other = generator_column_of_domain(g, b->table->table, a->table->table->columns[column].domain);
    generator_column(g, a, column);
    generator_add(g, " %s ", leaf_comparison(g));
    generator_column(g, b, other < 0 ? generator_any_column(g, b->table->table) : other);
}

static void leaf_date(generator *g, const scope *s) {
    static const char *const forms[] = {"date(%s) < date(",
                                        "strftime('%%Y', %s) = strftime('%%Y', ",
                                        "julianday(%s) >= julianday(",
                                        "datetime(%s, '+1 day') > datetime(",
                                        "unixepoch(%s) = unixepoch(",
                                        "%s > chat_time(",
                                        "%s BETWEEN '2017' AND chat_time(",
                                        "chat_time(%s, '-1 day') <= chat_time("};
    const alias *a = generator_any_alias(g, s);
    int column = generator_column_of_domain(g, a->table->table, "time");
    if (column < 0) {
        leaf_compare(g, s);
        return;
    }
    sqlite3_str *saved = generator_piece_begin(g);
    generator_column(g, a, column);
    char *text = generator_piece_end(g, saved);
    generator_add(g, RANDOM_OF(&g->random, forms), text);
    generator_value(g, condition_sampled(g, a, column));
    generator_add(g, ")");
    sqlite3_free(text);
}

static void leaf_constant(generator *g, const scope *s) {
    static const char *const constants[] = {"1", "0", "NULL", "'a' = 'b'", "2 > 1", "NOT NULL", "''"};
    (void)s;
    generator_add(g, "%s", RANDOM_OF(&g->random, constants));
}

static void leaf_pushdown(generator *g, const scope *s) {
    generator_add(g, "(");
    condition_pushdown(g, &s->items[random_below(&g->random, s->count)]);
    generator_add(g, ")");
}

static void leaf_case(generator *g, const scope *s) {
    generator_add(g, "CASE WHEN ");
    leaf_compare(g, s);
    generator_add(g, " THEN ");
    leaf_null(g, s);
    generator_add(g, " ELSE ");
    leaf_in_list(g, s);
    generator_add(g, " END");
}

/* Looks into tables of other modules, or runs SQL, for each row: see beside.h. */
static void leaf_other_module(generator *g, const scope *s) {
    static const char *const words =
        "EXISTS (SELECT 1 FROM words WHERE words MATCH 'any' AND rowid > length(%s) %% 27)";
    static const char *const boxes =
        "(SELECT count(*) FROM boxes WHERE low <= length(%s) %% 30 AND high >= length(%s) %% 30) > 2";
    const alias *a = generator_any_alias(g, s);
    sqlite3_str *saved = generator_piece_begin(g);
    generator_column(g, a, generator_any_column(g, a->table->table));
    char *column = generator_piece_end(g, saved);
    int kind = random_below(&g->random, 3);
    if (kind == 0 && g->sample->words) {
        generator_add(g, words, column);
    } else if (kind == 1 && g->sample->boxes) {
        generator_add(g, boxes, column, column);
    } else {
        generator_add(g, "%s(length(%s)) > %d", g->sample->nested ? "nested" : "abs", column,
                      random_below(&g->random, 40));
    }
    sqlite3_free(column);
}

void leaf_write(generator *g, const scope *s) {
    static const struct {
        int weight;
        void (*write)(generator *, const scope *);
    } kinds[] = {{24, leaf_compare},     {6, leaf_collate},   {6, leaf_null},          {4, leaf_between},
                 {7, leaf_in_list},      {6, leaf_pattern},   {2, leaf_concatenation}, {4, leaf_cast},
                 {5, leaf_function},     {5, leaf_row_value}, {5, leaf_json},          {4, leaf_columns},
                 {3, leaf_date},         {2, leaf_constant},  {14, leaf_pushdown},     {2, leaf_case},
                 {2, leaf_other_module}, {6, leaf_query_in},  {4, leaf_query_exists},  {4, leaf_query_scalar}};
    enum { COUNT = sizeof kinds / sizeof kinds[0] };
    int weights[COUNT];
    for (int i = 0; i < COUNT; i++) {
        bool subquery = i >= COUNT - 3;
        weights[i] = subquery && g->nesting >= 2 ? 0 : kinds[i].weight;
    }
    kinds[random_weighted(&g->random, weights, COUNT)].write(g, s);
}
