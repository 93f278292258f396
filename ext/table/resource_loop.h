/* What SQLite tells, while it plans, of a loop over a table: whether values are known by then, what the loop will go over. */
#ifndef CHAT_RESOURCE_LOOP_H
#define CHAT_RESOURCE_LOOP_H

#include <stdbool.h>

#include "base/sqlite.h"
#include "plan/plan.h"
#include "read/loops.h"

/* Each value of an IN list would be a scan of its own; only of = with a literal it is known that there is no list. */
bool resource_loop_is_one_value(sqlite3_index_info *info, int term);

/* Notes the plan that has been made for a table, all but whose counts is in `of`. one_service: the table is confined to one. */
void resource_loop_note(loops *all, const loops_table *of, sqlite3_index_info *info, const plan *made,
                        bool one_service);

#endif
