/*
** Questions for the planner, written briefly: a resource, a version, and the terms of a query as words.
**
**     plan_draft draft;
**     plan_draft_begin(&draft, "messages", CATALOG_V1);
**     plan_draft_add(&draft, "channel_sid");
**     plan_draft_add(&draft, "index >=");
**     plan_draft_order(&draft, "index DESC");
**     plan_make(&draft.question, &made);
*/
#ifndef CHAT_TEST_PLAN_DRAFT_H
#define CHAT_TEST_PLAN_DRAFT_H

#include <stdbool.h>

#include "plan/plan.h"

enum { DRAFT_TERMS = 32, DRAFT_ORDERS = 8 };

typedef struct plan_draft {
    plan_question question; /* points into the draft: not to be copied */
    plan_term terms[DRAFT_TERMS];
    plan_order order_by[DRAFT_ORDERS];
} plan_draft;

/* A question without terms. table: must be in the catalogue. */
void plan_draft_begin(plan_draft *draft, const char *table, unsigned version);

/*
** Adds a term: "column" (= ?), "column IN", "column >", "column >=", "column <", "column <=", "column IS", "column LIKE" (for any
** operator that is SQLite's own business), "LIMIT" or "OFFSET". column: "path" or one of the resource's.
*/
void plan_draft_add(plan_draft *draft, const char *term);

/* Adds the term that fills a slot, with "=" or, if list, IN. The resource must have the slot. */
void plan_draft_add_slot(plan_draft *draft, plan_slot slot, bool list);

/* Adds a column to ORDER BY: "column" or "column DESC". */
void plan_draft_order(plan_draft *draft, const char *column);

/* Can a slot be filled with a list of values? */
bool plan_draft_takes_list(const catalog_resource *resource, plan_slot slot);

/* Has the resource that slot? */
bool plan_draft_has_slot(const catalog_resource *resource, plan_slot slot);

#endif
