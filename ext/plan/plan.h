/*
** The plan: which terms of a query are handed to the scan, in what order the rows come, and what it costs.
** Pure: plain data in, plain data out, no I/O and no SQLite handle.
**
** A plan travels from xBestIndex to xFilter as one number (idxNum):
**
**     bits 0..16   slot s is among xFilter's arguments (arguments stand in the order of the slots) ...
**     bits 17..26  ... and, slot s being one of the first ten, as a whole IN list; without the bit before: it is compared by
**                  IS, for which NULL is a value like others
**     bit 27       rows come in the order of the resource's order column
**     bit 28       ... descending
**     bit 29       the plan answers every term exactly, so that LIMIT says how many rows the server need send
**     bit 30       the order column is compared by IS
**
** The text (idxStr) is only for people. What a slot's value is worth (a SID, a name that can stand in a path, ...) is
** seen when it is there, see sendable.h; so a plan holds whatever the API version is when it runs.
*/
#ifndef CHAT_PLAN_H
#define CHAT_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "catalog/catalog.h"

/* What a term of the WHERE clause can be used for. */
typedef enum {
    SLOT_PATH,    /* path = ? */
    SLOT_KEY,     /* sid = ? */
    SLOT_NAME,    /* unique_name = ?, users.identity = ? */
    SLOT_PARENT0, /* the parent at depth 0: service_sid = ? */
    SLOT_PARENT1, /* the parent at depth 1: channel_sid = ?, user_sid = ? */
    SLOT_PARENT2, /* the parent at depth 2 */
    SLOT_FILTER0, /* the list's filter parameters, CATALOG_MAX_FILTERS of them */
    SLOT_FILTER1,
    SLOT_FILTER2,
    SLOT_FILTER3,
    SLOT_EQUAL,  /* order column = ?: the slots from here on stop a walk early, and take no IN lists */
    SLOT_AFTER,  /* > ? */
    SLOT_FROM,   /* >= ? */
    SLOT_BEFORE, /* < ? */
    SLOT_UP_TO,  /* <= ? */
    SLOT_LIMIT,  /* LIMIT and OFFSET are hints: SQLite counts the rows itself */
    SLOT_OFFSET,
    SLOT_COUNT
} plan_slot;

typedef enum {
    TERM_EQUAL, /* = or IN */
    TERM_IS, /* IS, IS NOT DISTINCT FROM: fills what = fills; what is compared with NULL itself comes as TERM_OTHER */
    TERM_GREATER,
    TERM_GREATER_EQUAL,
    TERM_LESS,
    TERM_LESS_EQUAL,
    TERM_LIMIT,
    TERM_OFFSET,
    TERM_OTHER /* SQLite's own business */
} plan_comparison;

/* One term as the planner sees it: column = value, column IN (values), LIMIT value ... */
typedef struct plan_term {
    int column; /* index in resource->columns; column_count for path; of no meaning for LIMIT and OFFSET */
    plan_comparison comparison;
    bool usable;
    bool binary; /* compared byte by byte; NOCASE and the like are SQLite's own business */
    bool in;     /* an IN list that can be had whole */
} plan_term;

typedef struct plan_order {
    int column;
    bool descending;
} plan_order;

typedef struct plan_question {
    const catalog_resource *resource;
    unsigned version; /* in force now: for the costs and the text only */
    bool one_service; /* the table holds one configured service */
    const plan_term *terms;
    size_t term_count;
    const plan_order *order_by; /* what the query wants; empty: nothing */
    size_t order_count;
    bool needs_hidden;    /* the query uses a column that lists hide */
    bool loses_collation; /* SQLite before 3.53: see plan.c */
    unsigned without;     /* WITHOUT_ bits of settings.h: what may not be used */
} plan_question;

typedef struct plan {
    unsigned number;          /* idxNum */
    int argument[SLOT_COUNT]; /* the term that fills the slot, or -1 */
    bool in[SLOT_COUNT];      /* ... as a whole IN list */
    bool ordered, descending; /* rows come as order_by wants them */
    bool exact;               /* the server answers every term, so LIMIT may be sent as the page size */
    bool unique;              /* at most one row is read, whichever version is in force then */
    bool loses_rows;          /* an equality may be compared under another collation than SQLite says: see plan.c */
    bool unanswerable; /* what the API must be given (a filter's value, a whole address) is not there in usable terms */
    double cost;
    double rows;
} plan;

/* Makes the plan. */
void plan_make(const plan_question *question, plan *result);

/* Has the plan a term for the slot? */
bool plan_given(const plan *made, int slot);

/* Does the server see to the term? */
bool plan_uses_term(const plan_question *question, const plan *made, size_t term);

/* Are rows fetched one by one, by their SID or by a name? */
bool plan_looks_up_key(const plan_question *question, const plan *made);
bool plan_looks_up_name(const plan_question *question, const plan *made);

/* How a filter's slot compares; FILTER_EQUAL for those that are none. */
catalog_comparison plan_filters_by(const catalog_resource *resource, plan_slot slot);

/* Reading idxNum in xFilter. */
bool plan_has(unsigned number, plan_slot slot);
bool plan_is_list(unsigned number, plan_slot slot);
bool plan_is_by_is(unsigned number, plan_slot slot);
bool plan_is_ordered(unsigned number);
bool plan_is_descending(unsigned number);
bool plan_is_exact(unsigned number);

/* The number of a plan that has of this one's slots that one only. */
unsigned plan_only(unsigned number, plan_slot slot);

/* Can the number be a plan of that resource, with so many arguments? Then each slot in it is one that the resource has. */
bool plan_is_sound(const catalog_resource *resource, unsigned number, int argument_count);

/* Is it one of the filters' slots, and which? The same of the parents'. */
bool plan_is_filter(plan_slot slot);
const catalog_filter *plan_filter(const catalog_resource *resource, plan_slot slot);
bool plan_is_parent(plan_slot slot);

/* The column a slot is about (index as in plan_term), or -1 if the resource has no such slot. */
int plan_slot_column(const catalog_resource *resource, plan_slot slot);

/* The ancestor at a depth (0: services), or NULL. */
const catalog_resource *plan_ancestor(const catalog_resource *resource, int depth);

#endif
