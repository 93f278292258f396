/* A feed that reads nothing and stands on pages that somebody holds; see feed.h. */
#include <string.h>

#include "base/sqlite.h"
#include "read/feed.h"
#include "read/feed_inside.h"

feed *feed_recalled_new(const feed *like) {
    feed *made = sqlite3_malloc64(sizeof *made);
    char *base = sqlite3_mprintf("%s", like->base);
    if (!made || !base) {
        sqlite3_free(made);
        sqlite3_free(base);
        return NULL;
    }
    memset(made, 0, sizeof *made);
    made->view = like->view;
    made->resource = like->resource;
    made->key_column = like->key_column;
    made->order_column = like->order_column;
    made->version = like->version;
    made->number = like->number;
    made->base = base;
    made->pages.list = like->pages.list;
    return made;
}

void feed_recalled_stand(feed *target, page *content, size_t row) {
    target->recalled = content;
    target->next_row = row + 1;
}
