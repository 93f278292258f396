/*
** Plans: any question to the planner, and any number and values to xFilter's side, as no planner of ours would make them.
** A plan must fill each slot from a term that fits it, use no term twice (SQLite would refuse it), and survive the way
** through idxNum; a route made of junk must be refused or lead to paths of the resource's own.
*/
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/utf8.h"
#include "catalog/generations.h"
#include "fuzz/fuzz.h"
#include "plan/plan.h"
#include "plan/plan_text.h"
#include "read/route.h"

enum { TERMS_MAX = 24, ORDERS_MAX = 4 };

static bool fits(const catalog_resource *resource, const plan_term *term, plan_slot slot) {
    static const plan_comparison comparisons[SLOT_COUNT] = {
        [SLOT_AFTER] = TERM_GREATER,    [SLOT_FROM] = TERM_GREATER_EQUAL, [SLOT_BEFORE] = TERM_LESS,
        [SLOT_UP_TO] = TERM_LESS_EQUAL, [SLOT_LIMIT] = TERM_LIMIT,        [SLOT_OFFSET] = TERM_OFFSET,
    };
    plan_comparison found = term->comparison;
    switch (plan_filters_by(resource, slot)) {
    case FILTER_FROM: /* what equals is bounded from both sides */
        return term->usable &&
               (found == TERM_GREATER || found == TERM_GREATER_EQUAL || found == TERM_EQUAL || found == TERM_IS);
    case FILTER_UP_TO:
        return term->usable && (found == TERM_LESS || found == TERM_LESS_EQUAL);
    case FILTER_EQUAL:
        break;
    }
    bool is = found == TERM_IS && slot <= SLOT_EQUAL;
    return term->usable && (is || found == comparisons[slot]);
}

static void check_slots(const plan_question *question, const plan *made) {
    bool used[TERMS_MAX] = {false};
    for (int i = 0; i < SLOT_COUNT; i++) {
        plan_slot slot = (plan_slot)i;
        int term = made->argument[slot];
        fuzz_check(plan_has(made->number, slot) == (term >= 0), "slot %d is lost in %u", i, made->number);
        if (term < 0) {
            fuzz_check(!plan_is_list(made->number, slot), "a list in slot %d, which is empty", i);
            continue;
        }
        fuzz_check((size_t)term < question->term_count && !used[term], "term %d fills slot %d as well", term, i);
        used[term] = true;
        fuzz_check(fits(question->resource, &question->terms[term], slot), "term %d does not fit slot %d", term, i);
        int column = plan_slot_column(question->resource, slot);
        fuzz_check(column == question->terms[term].column || slot >= SLOT_LIMIT, "slot %d has column %d", i, column);
        fuzz_check(slot >= SLOT_EQUAL || question->terms[term].binary, "slot %d folds case", i);
        fuzz_check(slot != SLOT_EQUAL ||
                       plan_is_by_is(made->number, slot) == (question->terms[term].comparison == TERM_IS),
                   "slot %d: IS or =?", i);
        fuzz_check(plan_is_list(made->number, slot) == question->terms[term].in || slot >= SLOT_EQUAL,
                   "slot %d: list or value?", i);
    }
}

static void check_order(const plan_question *question, const plan *made) {
    const char *column = question->resource->order_column;
    fuzz_check(plan_is_ordered(made->number) == made->ordered && plan_is_exact(made->number) == made->exact &&
                   plan_is_descending(made->number) == made->descending,
               "flags are lost in %u", made->number);
    fuzz_check(!made->ordered || (column && question->order_count > 0), "ordered, and nothing to order by");
    fuzz_check(!made->descending || made->ordered, "descending without an order");
    fuzz_check(!made->exact || made->argument[SLOT_LIMIT] >= 0, "exact without a LIMIT");
    bool wanted = !made->ordered;
    for (size_t i = 0; i < question->order_count; i++) {
        wanted = wanted || (question->order_by[i].column == catalog_column_index(question->resource, column) &&
                            question->order_by[i].descending == made->descending);
    }
    fuzz_check(wanted, "in an order that nobody wants");
}

static void try_question(const plan_question *question) {
    plan made, again;
    buffer text;
    memset(&made, 0x5a, sizeof made);
    memset(&again, 0xa5, sizeof again);
    plan_make(question, &made);
    plan_make(question, &again);
    fuzz_check(made.number == again.number && made.number < 1u << 31, "number %u, then %u", made.number, again.number);
    fuzz_check(isfinite(made.cost) && made.cost >= 0 && isfinite(made.rows) && made.rows >= 1 && made.rows < 1e18,
               "cost %g, rows %g", made.cost, made.rows);
    check_slots(question, &made);
    check_order(question, &made);
    buffer_init(&text, 10000);
    plan_text_describe(question, &made, &text);
    fuzz_check(text.rc == SQLITE_OK && text.length > 4 && fuzz_is_printable(text.data), "the plan's text");
    buffer_clear(&text);
}

static void read_question(fuzz_input *input, const catalog_resource *resource) {
    plan_term terms[TERMS_MAX];
    plan_order order[ORDERS_MAX];
    memset(terms, 0, sizeof terms);
    memset(order, 0, sizeof order);
    plan_question question = {.resource = resource,
                              .version = fuzz_below(input, 2) ? CATALOG_V1 : CATALOG_V2,
                              .one_service = fuzz_below(input, 2),
                              .needs_hidden = fuzz_below(input, 2),
                              .terms = terms,
                              .order_by = order,
                              .without = fuzz_below(input, 4) ? 0 : fuzz_byte(input),
                              .term_count = fuzz_below(input, TERMS_MAX + 1),
                              .order_count = fuzz_below(input, ORDERS_MAX + 1)};
    for (size_t i = 0; i < question.term_count; i++) {
        unsigned flags = fuzz_byte(input);
        terms[i].column = (int)fuzz_below(input, (unsigned)resource->column_count + 2) - 1;
        terms[i].comparison = (plan_comparison)(flags % (TERM_OTHER + 1));
        terms[i].usable = !(flags & 16);
        terms[i].binary = !(flags & 32);
        terms[i].in = (flags & 64) && terms[i].comparison == TERM_EQUAL;
    }
    for (size_t i = 0; i < question.order_count; i++) {
        order[i].column = (int)fuzz_below(input, (unsigned)resource->column_count + 2) - 1;
        order[i].descending = fuzz_below(input, 2);
    }
    try_question(&question);
}

/* ---- the other side: any number, any values ---- */

static sqlite3 *db;
static sqlite3_stmt *row; /* whose columns are the values */

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    fuzz_check(sqlite3_open(":memory:", &db) == SQLITE_OK, "no database");
    fuzz_check(sqlite3_prepare_v2(db, "SELECT ?,?,?,?,?,?,?,?,?,?,?,?,?,?", -1, &row, NULL) == SQLITE_OK,
               "no statement");
    return 0;
}

static void bind_value(fuzz_input *input, int position) {
    switch (fuzz_below(input, 6)) {
    case 0:
        sqlite3_bind_null(row, position);
        break;
    case 1:
        sqlite3_bind_int64(row, position, fuzz_number(input));
        break;
    case 2: {
        int64_t bits = fuzz_number(input);
        double real;
        memcpy(&real, &bits, sizeof real);
        sqlite3_bind_double(row, position, real);
        break;
    }
    case 3: {
        char *text = fuzz_text(input);
        sqlite3_bind_blob(row, position, text, (int)strlen(text), SQLITE_TRANSIENT);
        free(text);
        break;
    }
    case 4:
        sqlite3_bind_int64(row, position, (int)fuzz_byte(input) - 8);
        break;
    default: {
        char *text = fuzz_text(input);
        sqlite3_bind_text(row, position, text, -1, SQLITE_TRANSIENT);
        free(text);
    }
    }
}

/* What a list is asked with may go into a request as it is. */
static void check_way(const walk_plan *way) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%=&:";
    fuzz_check(!way->query || strspn(way->query, plain) == strlen(way->query), "a query: %s", way->query);
    fuzz_check(way->wanted >= -1, "%lld rows wanted", (long long)way->wanted);
    for (size_t i = 0; i < way->segments.count; i++) {
        fuzz_check(strlen(way->segments.texts[i]) > 0, "an empty segment");
    }
}

/* Makes a number one that a planner could have made, and counts its values. */
static int repair(const catalog_resource *resource, unsigned *number) {
    int count = 0;
    for (int i = 0; i < SLOT_COUNT; i++) {
        bool counted = i == SLOT_LIMIT || i == SLOT_OFFSET;
        unsigned slot = 1u << i, list = i < SLOT_EQUAL ? 1u << (i + SLOT_COUNT) : 0;
        if (!counted && plan_slot_column(resource, (plan_slot)i) < 0) {
            *number &= ~(slot | list);
        }
        if (*number & slot) {
            *number &= ~list; /* a value that is no list would be refused; alone the bit stands for IS */
        }
        count += (*number & (slot | list)) != 0;
    }
    return count;
}

static void read_values(fuzz_input *input, const catalog_resource *resource) {
    static const char service[] = "IS0123456789abcdef0123456789abcdef";
    unsigned number = (unsigned)(fuzz_number(input) & 0xffffffff);
    route_source source = {.resource = resource,
                           .version = fuzz_below(input, 2) ? CATALOG_V1 : CATALOG_V2,
                           .service_sid = fuzz_below(input, 2) ? service : NULL,
                           .page_size = (int)fuzz_byte(input)};
    int count = (int)fuzz_below(input, SLOT_COUNT + 1);
    if (fuzz_below(input, 4)) {
        count = repair(resource, &number);
    }
    sqlite3_value *values[SLOT_COUNT];
    for (int i = 0; i < SLOT_COUNT; i++) {
        bind_value(input, i + 1);
    }
    fuzz_check(sqlite3_step(row) == SQLITE_ROW, "no row");
    for (int i = 0; i < SLOT_COUNT; i++) {
        values[i] = sqlite3_value_dup(sqlite3_column_value(row, i));
    }
    sqlite3_reset(row);
    walk_plan way;
    route_lead lead;
    error problem = {0};
    memset(&way, 0, sizeof way);
    memset(&lead, 0, sizeof lead);
    if (route_make(&source, number, count, values, &way, &lead, &problem)) {
        fuzz_check(!error_is_set(&problem), "a route and a problem");
        check_way(&way);
    } else if (error_is_set(&problem)) {
        fuzz_check_refusal(&problem, false);
    }
    walk_plan_clear(&way);
    for (int i = 0; i < SLOT_COUNT; i++) {
        sqlite3_value_free(values[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = {data, size};
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    unsigned way = fuzz_below(&input, 2);
    const catalog_resource *resource = resources[fuzz_below(&input, (unsigned)count)];
    if (way == 0) {
        read_question(&input, resource);
    } else {
        read_values(&input, resource);
    }
    return 0;
}
