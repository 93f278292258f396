/* Questions for the planner, written briefly; see plan_draft.h. */
#include "unit/plan_draft.h"
#include "unit/named.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

enum { WORD_SIZE = 64 };

void plan_draft_begin(plan_draft *draft, const char *table, unsigned version) {
    memset(draft, 0, sizeof *draft);
    draft->question.resource = named_resource(table);
    draft->question.version = version;
    draft->question.terms = draft->terms;
    draft->question.order_by = draft->order_by;
    assert_non_null(draft->question.resource);
}

static int column_of(const plan_draft *draft, const char *column) {
    const catalog_resource *resource = draft->question.resource;
    int index = strcmp(column, "path") == 0 ? (int)resource->column_count : catalog_column_index(resource, column);
    if (index < 0) {
        fail_msg("%s has no column %s", resource->name, column);
    }
    return index;
}

static void add_term(plan_draft *draft, int column, plan_comparison comparison, bool list) {
    assert_true(draft->question.term_count < DRAFT_TERMS);
    plan_term *term = &draft->terms[draft->question.term_count++];
    *term = (plan_term){.column = column, .comparison = comparison, .usable = true, .binary = true, .in = list};
}

/* What follows the column in a term. */
static plan_comparison comparison_of(const char *operator, bool * list) {
    static const struct {
        const char *operator;
        plan_comparison comparison;
    } known[] = {
        {"", TERM_EQUAL},  {" IN", TERM_EQUAL},      {" >", TERM_GREATER},  {" >=", TERM_GREATER_EQUAL},
        {" <", TERM_LESS}, {" <=", TERM_LESS_EQUAL}, {" LIKE", TERM_OTHER}, {" IS", TERM_IS},
    };
    *list = strcmp(operator, " IN") == 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].operator, operator) == 0) {
            return known[i].comparison;
        }
    }
    fail_msg("unknown operator%s", operator);
    return TERM_OTHER;
}

void plan_draft_add(plan_draft *draft, const char *term) {
    char column[WORD_SIZE];
    bool list;
    size_t length = strcspn(term, " ");
    if (strcmp(term, "LIMIT") == 0 || strcmp(term, "OFFSET") == 0) {
        add_term(draft, -1, *term == 'L' ? TERM_LIMIT : TERM_OFFSET, false);
        return;
    }
    snprintf(column, sizeof column, "%.*s", (int)length, term);
    plan_comparison comparison = comparison_of(term + length, &list);
    add_term(draft, column_of(draft, column), comparison, list);
}

bool plan_draft_takes_list(const catalog_resource *resource, plan_slot slot) {
    return slot < SLOT_EQUAL && plan_filters_by(resource, slot) == FILTER_EQUAL;
}

bool plan_draft_has_slot(const catalog_resource *resource, plan_slot slot) {
    return slot == SLOT_LIMIT || slot == SLOT_OFFSET || plan_slot_column(resource, slot) >= 0;
}

void plan_draft_add_slot(plan_draft *draft, plan_slot slot, bool list) {
    static const plan_comparison comparisons[SLOT_COUNT] = {
        [SLOT_AFTER] = TERM_GREATER,    [SLOT_FROM] = TERM_GREATER_EQUAL, [SLOT_BEFORE] = TERM_LESS,
        [SLOT_UP_TO] = TERM_LESS_EQUAL, [SLOT_LIMIT] = TERM_LIMIT,        [SLOT_OFFSET] = TERM_OFFSET,
    };
    static const plan_comparison bounds[] = {
        [FILTER_EQUAL] = TERM_EQUAL, [FILTER_FROM] = TERM_GREATER_EQUAL, [FILTER_UP_TO] = TERM_LESS_EQUAL};
    const catalog_resource *resource = draft->question.resource;
    assert_true(plan_draft_has_slot(resource, slot));
    plan_comparison comparison = plan_is_filter(slot) ? bounds[plan_filters_by(resource, slot)] : comparisons[slot];
    add_term(draft, plan_slot_column(resource, slot), comparison, list);
}

void plan_draft_order(plan_draft *draft, const char *column) {
    char name[WORD_SIZE];
    size_t length = strcspn(column, " ");
    assert_true(draft->question.order_count < DRAFT_ORDERS);
    plan_order *order = &draft->order_by[draft->question.order_count++];
    snprintf(name, sizeof name, "%.*s", (int)length, column);
    order->column = column_of(draft, name);
    order->descending = strcmp(column + length, " DESC") == 0;
}
