/*
** The route: from a plan and the values of a running query to what the walk is to do. Here it is decided, value by
** value, what can be sent (sendable.h), and so the narrowest way: an address, a SID, a name, a parent, a bounded or a
** whole list.
*/
#ifndef CHAT_ROUTE_H
#define CHAT_ROUTE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "read/known.h"
#include "read/walk_plan.h"

/* What is read, whatever the query's terms are. */
typedef struct route_source {
    const catalog_resource *resource;
    unsigned version;             /* the bit of a generation */
    const char *service_sid;      /* the configured service, or NULL; must outlive the walk */
    int page_size;                /* the setting; 0: the endpoint's maximum */
    const known_addresses *known; /* NULL: not to be used */
} route_source;

/* The list that a scan begins with, when it hangs under one parent: what a join's next rows will want as well. */
typedef struct route_lead {
    const catalog_resource *parent; /* NULL: there is no such list */
    char parent_sid[SID_LENGTH + 1];
    const catalog_resource *listed; /* the resource listed under it */
    const char *query;              /* with this query; borrowed from the walk's plan */
} route_lead;

/* The query of a list with pages of another size; sqlite3_malloc'ed, NULL: out of memory. How large they are. */
char *route_resized(const char *query, int rows);
int route_size(const char *query);

/*
** Makes the walk's plan (all zeros before; the caller clears it whatever comes). number: the plan; values: xFilter's
** arguments. Returns false when no row can meet the terms, or on a problem.
*/
bool route_make(const route_source *source, unsigned number, int value_count, sqlite3_value **values, walk_plan *way,
                route_lead *lead, error *problem);

/* The same of all its lists, without a term. */
bool route_make_whole(const route_source *source, walk_plan *way, error *problem);

#endif
