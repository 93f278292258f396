/* A list of different texts; see text_list.h. */
#include "base/text_list.h"

#include <stdbool.h>
#include <string.h>

#include "base/sqlite.h"

static bool text_list_grow(text_list *list) {
    if (list->count < list->allocated) {
        return true;
    }
    size_t allocated = list->allocated ? list->allocated * 2 : 4;
    char **texts = sqlite3_realloc64(list->texts, allocated * sizeof *texts);
    if (texts) {
        list->texts = texts;
        list->allocated = allocated;
    }
    return texts != NULL;
}

void text_list_add(text_list *list, const char *text, error *problem) {
    if (map_has(&list->known, text)) {
        return;
    }
    char *copy = text_list_grow(list) ? sqlite3_mprintf("%s", text) : NULL;
    if (!copy || map_set(&list->known, text, NULL) != SQLITE_OK) {
        sqlite3_free(copy);
        error_no_memory(problem);
        return;
    }
    list->texts[list->count++] = copy;
}

void text_list_clear(text_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        sqlite3_free(list->texts[i]);
    }
    sqlite3_free(list->texts);
    map_clear(&list->known, NULL);
    memset(list, 0, sizeof *list);
}
