/* What the tests of feeds stand in: a list of messages whose pages are written down, and a feed that reads it. */
#ifndef CHAT_TEST_FEED_WORLD_H
#define CHAT_TEST_FEED_WORLD_H

#include "unit/reading_world.h"

#include "catalog/generations.h"
#include "read/feed.h"
#include "unit/named.h"

#define ZEROS "0000000000000000000000000000000"
#define DIGITS ZEROS "1"
#define SERVICE "/Services/IS" DIGITS
#define LIST SERVICE "/Channels/CH" DIGITS "/Messages"
#define PATH "/v1" LIST

/* Answers, written briefly: a page of messages, the path or URL of the next one, a message. */
#define PAGE(rows, next) "{\"messages\":[" rows "],\"meta\":{\"next_page_url\":" next "}}"
#define NEXT(query) "\"https://chat.twilio.com" PATH query "\""
#define M(n) "{\"sid\":\"IM" ZEROS #n "\",\"index\":" #n "}"

typedef struct served {
    const char *path; /* with its query */
    int status;
    const char *body;
} served;

static const served *pages; /* up to one without a path */
static feed_target wanted;

/* What is not among the pages is not there. */
static void serve(const client_request *asked, client_answer *answer) {
    for (const served *each = pages; each->path; each++) {
        if (strcmp(each->path, asked->path) == 0) {
            answer->status = each->status;
            set_body(answer, each->body);
            return;
        }
    }
    answer->outcome = CLIENT_NOT_FOUND;
    answer->status = 404;
    answer->rc = SQLITE_ERROR;
    answer->message = sqlite3_mprintf("GET %s: HTTP 404", asked->path);
}

static int begin(void **state) {
    (void)state;
    seen[0] = 0;
    halves_at = 0;
    breaks_left = 0;
    wanted = (feed_target){.resource = named_resource("messages"),
                           .version = CATALOG_V1,
                           .base = LIST,
                           .query = "PageSize=2",
                           .wanted = -1};
    return reading_world_begin(serve);
}

/* All rows by the last digit of their SIDs, then "." or what is wrong. */
static inline char *rows_of(look *view) {
    static char text[2000];
    error problem = {0};
    feed *source = feed_open(view, &wanted, &problem);
    size_t used = 0;
    step_result result = STEP_BUSY;
    for (int steps = 0; !error_is_set(&problem) && result != STEP_DONE; steps++) {
        if (steps > 20000) {
            error_set(&problem, SQLITE_ERROR, "it goes on for ever");
            break;
        }
        result = feed_step(source, &problem);
        if (result == STEP_ROW && used < sizeof text - 400) {
            char *path = feed_row_path(source, feed_row(source));
            const char *sid = strrchr(path, '/') + 1;
            used += (size_t)snprintf(text + used, sizeof text - used, "%s ", sid + strspn(sid, "IM0"));
            sqlite3_free(path);
        } else if (result == STEP_BUSY) {
            feed_pump(source, true, &problem);
            look_wait(view, &problem);
        }
    }
    snprintf(text + used, sizeof text - used, "%s", problem.message ? problem.message : ".");
    feed_close(source);
    error_clear(&problem);
    return text;
}

static inline void expect(const served *answers, const char *rows) {
    pages = answers;
    look *view = look_open(shared);
    const char *found = rows_of(view);
    look_close(view);
    if (strstr(rows, ": ") ? !strstr(found, rows) : strcmp(found, rows) != 0) {
        fail_msg("\"%s\" instead of \"%s\"", found, rows);
    }
}

static inline void rely(bool descending) {
    wanted.order.relied = true;
    wanted.order.descending = descending;
}

#endif
