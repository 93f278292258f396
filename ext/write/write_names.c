/* Whom a name in place of a parent's SID means; see write_names.h. */
#include "write/write_names.h"

#include <string.h>

#include "base/buffer.h"
#include "plan/address.h"
#include "read/shown.h"
#include "rest/form.h"
#include "write/write_earlier.h"
#include "write/write_queue.h"
#include "write/writing.h"

/* ---- what takes a name away ---- */

/* A text of a form, sqlite3_malloc'ed; NULL: out of memory. */
static char *names_read(const char *pair, size_t length, error *problem) {
    buffer text;
    buffer_init(&text, length);
    form_read(&text, pair, length);
    char *name = text.rc == SQLITE_OK ? sqlite3_mprintf("%s", text.data ? text.data : "") : NULL;
    buffer_clear(&text);
    if (!name) {
        error_no_memory(problem);
    }
    return name;
}

/* What the row is called before a call that gives it a name by that parameter; NULL: not known, or a problem. */
static char *names_before(const write_row *row, const catalog_parameter *parameter, error *problem) {
    write_earlier earlier = write_earlier_find(row, parameter);
    int column = catalog_column_index(row->resource, parameter->column);
    shown_value shown = {0};
    if (earlier.unknown) {
        return NULL;
    }
    if (earlier.body) {
        size_t length, begin = strlen(earlier.by->name) + 1;
        const char *pair = form_find(earlier.body, earlier.by->name, &length);
        return names_read(pair + begin, length - begin, problem);
    }
    if (column < 0 || !row->shown || !shown_find(row->shown, row->shown_length, (size_t)column, &shown)) {
        return NULL;
    }
    char *name = sqlite3_mprintf("%s", shown.text ? shown.text : "");
    if (!name) {
        error_no_memory(problem);
    }
    return name;
}

/* The parameter by which a body gives its row a name; NULL: it gives none. */
static const catalog_parameter *names_giver(const catalog_resource *resource, const char *body) {
    const catalog_parameter *giver = NULL;
    for (size_t i = 0; i < resource->parameter_count && !giver; i++) {
        const catalog_parameter *each = &resource->parameters[i];
        bool names = each->update && strcmp(each->column, resource->name_column) == 0;
        giver = names && form_has(body, each->name) ? each : NULL;
    }
    return giver;
}

void write_names_note(const write_row *row, write_entry *entry, error *problem) {
    const catalog_resource *resource = row->resource;
    bool deletes = entry->operation == WRITE_DELETE;
    if (!resource->name_column || !catalog_is_parent(resource)) {
        return;
    }
    const catalog_parameter *giver = deletes ? NULL : names_giver(resource, entry->body);
    sqlite3_free(entry->was_named);
    entry->was_named = giver ? names_before(row, giver, problem) : NULL;
    entry->unnames = deletes || giver;
}

/* ---- whom it means ---- */

/* The same kind of thing, by whichever of its tables' names? */
static bool names_is_kind(const write_row *row, const write_entry *entry) {
    const catalog_resource *parent = row->resource->parent;
    return entry->resource == parent ||
           (entry->resource->name_column && strcmp(entry->resource->key_prefix, parent->key_prefix) == 0);
}

/* Does a call of this transaction make a channel of that unique name? */
static bool names_is_made(const write_row *row, const write_entry *entry, const char *service, const char *name) {
    bool made = entry->state == WRITE_PENDING || entry->state == WRITE_SENT; /* sent: by a COMMIT that was busy then */
    return made && entry->unique_name && writing_is_own(row, entry) && names_is_kind(row, entry) &&
           strcmp(entry->unique_name, name) == 0 &&
           (!service || strncmp(address_root(entry->lane).text, service, SID_LENGTH) == 0);
}

/* Can the row be put into it? Conversations may not show what Chat's API makes. */
static bool names_is_reached(const write_row *row, const write_entry *entry) {
    return entry->resource == row->resource->parent ||
           catalog_generation_of(entry->version)->origin == catalog_generation_of(row->version)->origin;
}

/*
** May a later call take the name from what that one makes? What a plain INSERT is going to make nobody has seen yet; OR IGNORE
** and OR REPLACE may have met any row that may have had the name, whatever the case of its letters.
*/
static bool names_is_taken_by(const write_entry *made, const write_entry *later) {
    bool off = later->state == WRITE_ROLLED_BACK || later->state == WRITE_FAILED;
    bool meets = made->conflict == SQLITE_IGNORE || made->conflict == SQLITE_REPLACE;
    if (!later->unnames || off || strcmp(later->lane, made->lane) != 0 ||
        strcmp(later->resource->key_prefix, made->resource->key_prefix) != 0) {
        return false;
    }
    if (made->state == WRITE_SENT && made->sid && later->sid) {
        return strcmp(made->sid, later->sid) == 0;
    }
    return (meets || made->state == WRITE_SENT) &&
           (!later->was_named || sqlite3_stricmp(later->was_named, made->unique_name) == 0);
}

static bool names_is_taken(const write_queue *queue, const write_entry *made) {
    bool taken = false;
    for (size_t i = (size_t)(made->seq - queue->entries[0]->seq) + 1; i < queue->count && !taken; i++) {
        taken = names_is_taken_by(made, queue->entries[i]);
    }
    return taken;
}

/* The latest call that makes it, or NULL. In two services there can be one each: which is meant must be said. */
const write_entry *write_names_find(const write_row *row, const char *service, const char *name, error *problem) {
    const write_queue *queue = &writing_of(row->shared)->queue;
    const write_entry *found = NULL, *any = NULL;
    for (size_t i = queue->finished || !row->resource->parent->name_column ? 0 : queue->count; i-- > 0;) {
        const write_entry *entry = queue->entries[i];
        if (!names_is_made(row, entry, service, name)) {
            continue;
        }
        if (any && strcmp(any->lane, entry->lane) != 0) {
            error_set(problem, SQLITE_ERROR,
                      "%s.%s \"%!.80s\" is made in two services by this transaction: give %s too", row->resource->name,
                      row->resource->parent_column, name, row->resource->parent->parent_column);
            return NULL;
        }
        any = entry;
        found = !found && names_is_reached(row, entry) ? entry : found;
    }
    if (found && names_is_taken(queue, found)) {
        error_set(
            problem, SQLITE_ERROR,
            "%s.%s \"%!.80s\": whose name that will be is not known, since this transaction may take it away from "
            "what it has been given to: give the SID, or COMMIT before",
            row->resource->name, row->resource->parent_column, name);
        return NULL;
    }
    return found;
}
