/* Recalled lists in their resource's order: where a scan begins and ends; see recall.h. */
#include "catalog/catalog.h"
#include "read/recall.h"
#include "read/recall_inside.h"

void recall_bound_note(recall *list, const feed *source) {
    int column = catalog_column_index(list->way.resource, list->way.resource->order_column);
    const page_cell *cell = column < 0 ? NULL : page_at(feed_page(source), feed_row(source), (size_t)column);
    bool whole = cell && cell->type == CELL_INTEGER;
    list->unordered = list->unordered || !whole || (list->count > 1 && cell->value.integer <= list->latest_place);
    list->latest_place = whole ? cell->value.integer : 0;
}

/* The place of a row that is noted, of a list that is in order. */
static int64_t recall_place_of(const recall *list, recall_sight *sight, size_t number, error *problem) {
    size_t at = 0, column = (size_t)catalog_column_index(list->way.resource, list->way.resource->order_column);
    bool seen = recall_page_look_at(recall_page_of(list, number), sight, number, &at, problem);
    return seen ? page_at(sight->rows, at, column)->value.integer : 0;
}

/* The number of the first row of such a list at that place or behind it; list->count: there is none. */
static size_t recall_find_place(const recall *list, recall_sight *sight, int64_t place, error *problem) {
    size_t low = 0, high = list->count;
    while (low < high && !error_is_set(problem)) {
        size_t middle = low + (high - low) / 2;
        if (recall_place_of(list, sight, middle, problem) < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Are all rows noted, and told in the resource's order? */
static bool recall_is_in_order(const recall_reader *reader) {
    return reader->list->whole && !reader->list->unordered && !reader->index;
}

/* Begins at the lower bound of a list that is in order, and ends at the upper one. */
static void recall_seek(recall_reader *reader, const feed_order *bounds, error *problem) {
    if (bounds->has_lower) {
        reader->next = recall_find_place(reader->list, &reader->sight, bounds->lower, problem);
    }
    if (bounds->has_upper && bounds->upper < INT64_MAX) {
        reader->end = recall_find_place(reader->list, &reader->sight, bounds->upper + 1, problem);
    }
}

bool recall_bound_stretch(recall_reader *reader, int64_t *first, int64_t *last, error *problem) {
    const recall *list = reader->list;
    size_t end = reader->end < list->count ? reader->end : list->count;
    if (!recall_is_in_order(reader) || reader->next >= end || error_is_set(problem)) {
        return false;
    }
    *first = recall_place_of(list, &reader->sight, reader->next, problem);
    *last = recall_place_of(list, &reader->sight, end - 1, problem);
    return !error_is_set(problem);
}

void recall_bound_by(recall_reader *reader, const feed_order *bounds, bool checked, error *problem) {
    bool in_order = recall_is_in_order(reader);
    if (in_order && bounds->relied && !error_is_set(problem)) {
        recall_seek(reader, bounds, problem);
    }
    if (in_order || checked) {
        return;
    }
    const catalog_resource *resource = reader->list->way.resource;
    int column = catalog_column_index(resource, resource->order_column);
    reader->bounds = *bounds;
    reader->bounds.other_query = NULL;
    reader->order_column = column < 0 ? 0 : (size_t)column;
}

/* What has no number there is SQLite's business. */
bool recall_bound_excludes(const recall_reader *reader) {
    const feed_order *bounds = &reader->bounds;
    if (!bounds->relied || !(bounds->has_lower || bounds->has_upper)) {
        return false;
    }
    const page_cell *cell = page_at(feed_page(reader->at), feed_row(reader->at), reader->order_column);
    return cell->type == CELL_INTEGER && ((bounds->has_lower && cell->value.integer < bounds->lower) ||
                                          (bounds->has_upper && cell->value.integer > bounds->upper));
}
