/* The values of a running query, slot by slot, as texts that can be sent, as bounds, and as a limit. */
#ifndef CHAT_ROUTE_VALUES_H
#define CHAT_ROUTE_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "base/text_list.h"
#include "catalog/catalog.h"
#include "plan/plan.h"

/* What the values of one slot come to. */
typedef struct slot_values {
    bool usable;  /* the term can be answered by asking for exactly these texts */
    bool is_text; /* what keeps it from being usable is a text */
    text_list texts;
} slot_values;

typedef struct route_values {
    slot_values slots[SLOT_EQUAL]; /* those whose values are texts */
    text_list since, until;        /* bounds of times for the list's filters: the narrowest of each, or none */
    bool has_lower, has_upper;     /* bounds of the order column, both inclusive */
    int64_t lower, upper;
    int64_t limit; /* rows that LIMIT and OFFSET together come to; -1: no limit */
    bool partial;  /* some term could not be sent as the plan meant */
    bool empty;    /* no row can meet the terms */
} route_values;

/* Reads xFilter's arguments. values: all zeros before; cleared by route_values_clear whatever comes. */
void route_values_read(route_values *taken, const catalog_resource *resource, unsigned version, unsigned number,
                       int value_count, sqlite3_value **values, error *problem);

void route_values_clear(route_values *taken);

#endif
