/* Reachability; see reachability.h. */
#include "read/reachability.h"

#include "base/sqlite.h"
#include "plan/address.h"
#include "rest/page.h"

static const char reachability_column[] = "reachability_enabled";

/* The request path of a service's own row, or of what it has one of. */
static char *reachability_path(const catalog_resource *teller, unsigned version, const char *address) {
    address_part sid = address_root(address);
    char *own = sqlite3_mprintf("/%s/%.*s%s%s", catalog_root(teller)->segment, (int)sid.length, sid.text,
                                teller->single ? "/" : "", teller->single ? teller->segment : "");
    char *path = own ? address_request(version, own, "") : NULL;
    sqlite3_free(own);
    return path;
}

look_entry *reachability_ask(look *view, const catalog_resource *resource, unsigned version, const char *address,
                             bool only_known, error *problem) {
    const catalog_resource *teller = catalog_teller(resource, reachability_column, version);
    char *path = teller ? reachability_path(teller, version, address) : NULL;
    look_wish wish = {.resource = teller, .version = version, .path = path, .single = true, .only_known = only_known};
    look_entry *entry = path ? look_get(view, &wish, problem) : NULL;
    if (teller && !path) {
        error_no_memory(problem);
    }
    sqlite3_free(path);
    return entry;
}

bool reachability_is_off(const look_entry *teller, const catalog_resource *resource, unsigned version) {
    int column = catalog_column_index(catalog_teller(resource, reachability_column, version), reachability_column);
    const page_cell *cell = page_at(look_page(teller), 0, (size_t)column);
    return cell->type == CELL_INTEGER && cell->value.integer == 0;
}

bool reachability_is_on(reachability_known *known, look *view, const catalog_resource *resource, unsigned version,
                        const char *address) {
    if (known->address != address) {
        error ignored = {0}; /* what is wrong shows again to whoever comes to the row */
        look_entry *teller = reachability_ask(view, resource, version, address, true, &ignored);
        bool there = teller && look_poll(teller, &ignored) == LOOK_READY;
        *known = (reachability_known){address, there && !reachability_is_off(teller, resource, version)};
        look_put(teller);
        error_clear(&ignored);
    }
    return known->on;
}
