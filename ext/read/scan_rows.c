/* Where the rows of a scan come from; see scan_rows.h. */
#include "read/scan_rows.h"

#include <string.h>

#include "plan/plan.h"
#include "read/recall_instead.h"
#include "read/scan_later.h"
#include "read/walk_sight.h"

/* ---- equalities ---- */

static void scan_add_equal(recall_equal *equals, size_t *count, int column, sqlite3_value *value) {
    if (column >= 0 && *count < RECALL_EQUALS_MAX) {
        equals[(*count)++] = (recall_equal){(size_t)column, value};
    }
}

/* Those of the plan's slots whose terms are an equality of one value, byte by byte. */
static void scan_add_slots(const scan *target, unsigned number, sqlite3_value **values, recall_equal *equals,
                           size_t *count) {
    size_t next = 0;
    for (int i = 0; i < SLOT_EQUAL; i++) {
        plan_slot slot = (plan_slot)i;
        if (!plan_has(number, slot)) {
            continue;
        }
        sqlite3_value *value = values[next++];
        int column = plan_slot_column(target->resource, slot);
        bool plain = !plan_is_list(number, slot) && !plan_is_by_is(number, slot) && slot != SLOT_PATH &&
                     !plan_is_parent(slot) && plan_filters_by(target->resource, slot) == FILTER_EQUAL;
        if (plain && (size_t)column < target->resource->column_count) {
            scan_add_equal(equals, count, column, value);
        }
    }
    if (plan_has(number, SLOT_EQUAL) && !plan_is_by_is(number, SLOT_EQUAL)) {
        scan_add_equal(equals, count, plan_slot_column(target->resource, SLOT_EQUAL), values[next]);
    }
}

static size_t scan_equals(const scan *target, unsigned number, sqlite3_value **values,
                          recall_equal equals[RECALL_EQUALS_MAX]) {
    size_t count = 0;
    scan_add_slots(target, number, values, equals, &count);
    for (size_t i = 0; i < target->wanted.count; i++) {
        if (target->wanted.terms[i].comparison == SQLITE_INDEX_CONSTRAINT_EQ) {
            scan_add_equal(equals, &count, target->wanted.terms[i].column, target->wanted.values[i]);
        }
    }
    return count;
}

void scan_rows_hint(scan *target, unsigned number, sqlite3_value **values, error *problem) {
    recall_equal equals[RECALL_EQUALS_MAX];
    size_t count = 0;
    scan_add_slots(target, number, values, equals, &count);
    for (size_t i = 0; i < count; i++) {
        int column = (int)equals[i].column;
        if (hints_can_use(target->resource, column, SQLITE_INDEX_CONSTRAINT_EQ)) {
            const hint_term term = {(unsigned char)column, SQLITE_INDEX_CONSTRAINT_EQ};
            hints_add(&target->wanted, term, equals[i].value, problem);
        }
    }
}

/* ---- rows ---- */

/* The key of the one row that a plan fetches by it, or NULL. */
static const char *scan_only_key(const walk_plan *way, unsigned number) {
    if (way->paths.count == 1 && way->nothing_else) {
        return strrchr(way->paths.texts[0], '/') + 1;
    }
    bool by_key = way->by_segment && plan_has(number, SLOT_KEY) && way->segments.count == 1 && way->paths.count == 0;
    return by_key ? way->segments.texts[0] : NULL;
}

void scan_rows_recall(scan *target, recall *list, const char *key, unsigned number, sqlite3_value **values,
                      error *problem) {
    recall_equal equals[RECALL_EQUALS_MAX];
    size_t count = scan_equals(target, number, values, equals);
    recall_begin(&target->recalled, list, equals, count, key, problem);
}

bool scan_rows_instead(scan *target, walk_plan *way, walk_plan *wide, const recall_count *count, unsigned number,
                       sqlite3_value **values, error *problem) {
    bool whole = false;
    wide->limited = true; /* it is begun slowly */
    wide->purpose = PURPOSE_INSTEAD;
    recall *list = recall_instead_find(target->view, way, wide, count, &target->expected, &whole, problem);
    if (list && whole) {
        scan_rows_recall(target, list, scan_only_key(way, number), number, values, problem);
        int64_t first = 0, last = 0;
        recall_bound_by(&target->recalled, &way->order, target->omitted.bound_count > 0, problem);
        if (target->omitted.bound_count > 0 && recall_bound_stretch(&target->recalled, &first, &last, problem)) {
            scan_omitted_note_stretch(&target->omitted, first, last);
        }
    } else {
        target->looked_up_in = list;
        way->purpose = list ? PURPOSE_LOOK_UP : PURPOSE_NONE;
    }
    return target->recalled.list != NULL;
}

void scan_rows_open(scan *target, walk_plan *way, unsigned number, sqlite3_value **values, error *problem) {
    recall *list = recall_find(target->view, way, &target->list_number, problem);
    if (list) {
        scan_rows_recall(target, list, NULL, number, values, problem);
    } else {
        target->rows = scan_later_take(target->view, way);
        target->rows = target->rows ? target->rows : walk_open(target->view, way, problem);
    }
}

void scan_rows_close(scan *target) {
    if (target->looked_up_in) {
        recall_instead_made(target->looked_up_in, target->expected, target->rows ? walk_asked(target->rows) : 0);
        target->looked_up_in = NULL;
    }
    recall_end(&target->recalled);
    walk_close(target->rows);
    target->rows = NULL;
}

bool scan_rows_any(const scan *target) {
    return target->rows || target->recalled.list;
}

step_result scan_rows_step(scan *target, error *problem) {
    if (!target->recalled.list) {
        step_result stepped = walk_step(target->rows, problem);
        if (stepped == STEP_DONE && target->list_number) {
            recall_note_end(target->view, target->list_number);
        }
        return stepped;
    }
    walk *alone = NULL;
    step_result result = recall_step(&target->recalled, &alone, problem);
    if (alone) {
        recall_end(&target->recalled);
        target->rows = alone;
    }
    return result;
}

void scan_rows_pump(const scan *target, error *problem) {
    if (target->recalled.list) {
        recall_pump(&target->recalled, problem);
    } else {
        walk_pump(target->rows, problem);
    }
}

void scan_rows_pump_beside(const scan *target, error *problem) {
    if (target->recalled.list) {
        recall_pump(&target->recalled, problem);
    } else if (target->rows) {
        walk_pump_beside(target->rows, problem);
    }
}

void scan_rows_tell(const scan *target) {
    connection *root = look_connection(target->view)->root;
    if (progress_asks(&root->progress, settings_text(&root->settings, SETTING_PROGRESS))) {
        int64_t count = 0;
        for (const scan *each = *look_scans(target->view); each; each = each->next) {
            count += each->rows ? walk_sight_requests(each->rows, each->leads) : 0;
            count -=
                each->ahead && !each->ahead->unsure ? (int64_t)each->ahead->count : 0; /* these have been asked for */
        }
        root->progress.in_sight = count;
    }
}

feed *scan_rows_feed(const scan *target) {
    return target->recalled.list ? recall_feed(&target->recalled) : walk_feed(target->rows);
}

const feed *scan_rows_look_ahead(const scan *source, scan_ahead *place, bool singles, page **content, size_t *row) {
    return source->recalled.list ? recall_look_ahead(&source->recalled, &place->recalled, content, row)
                                 : walk_look_ahead(source->rows, &place->walked, singles, content, row);
}
