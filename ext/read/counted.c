/* How many pages a list has; see counted.h. */
#include "read/counted.h"

#include <string.h>

#include "plan/address.h"
#include "read/route.h"

int counted_column(const walk_plan *list) {
    const catalog_resource *parent = list->resource->parent;
    return parent ? catalog_column_index(parent, list->resource->counted_by) : -1;
}

int64_t counted_pages(const page_cell *count, const walk_plan *list) {
    int64_t rows = count->type == CELL_INTEGER ? count->value.integer : -1, size = route_size(list->query);
    return rows < 0 ? 0 : rows <= size ? 1 : rows / size + (rows % size != 0);
}

look_entry *counted_ask(look *view, const walk_plan *list, const char *address, error *problem) {
    const catalog_resource *parent = list->resource->parent;
    unsigned version = list->version;
    int column = counted_column(list);
    const char *end = strrchr(address, '/');
    if (column < 0 || !(parent->columns[column].versions & version) || !(parent->fetch & version) || end == address) {
        return NULL;
    }
    char *row = sqlite3_mprintf("%.*s", (int)(end - address), address);
    char *path = row ? address_request(version, row, "") : NULL;
    look_entry *entry = NULL;
    if (path) {
        look_wish wish = {.resource = parent, .version = version, .path = path, .single = true};
        entry = look_get(view, &wish, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(row);
    sqlite3_free(path);
    return entry;
}

int64_t counted_told(look_entry *row, const walk_plan *list) {
    look_use(row);
    return counted_pages(page_at(look_page(row), 0, (size_t)counted_column(list)), list);
}
