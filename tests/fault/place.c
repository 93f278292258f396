/* The statements of the matrix, and which of their requests is hit; see row.h. */
#include "fault/row.h"

#define IN_SERVICE " WHERE service_sid = '" WORLD_SERVICE "'"
#define IN_CHANNEL IN_SERVICE " AND channel_sid = '" WORLD_CHANNEL "'"
#define THAT_ONE IN_CHANNEL " AND sid = '" WORLD_MESSAGE "'"
#define LIST "SELECT \"index\", body FROM messages" IN_CHANNEL
#define LISTED "0 m0,1 m1,2 m2,3 m3,4 m4"
#define WALK "SELECT substr(channel_sid, -1), body FROM messages" IN_SERVICE
#define WALKED "1 m0,1 m1,2 m0,2 m1,3 m0,3 m1,4 m0,4 m1,5 m0,5 m1"
#define MESSAGES(rest) "GET *Channels/*/Messages?" rest

#define LISTS .data = {.channels = 5, .messages = 5}, .page_size = 2
#define WALKS .data = {.channels = 5, .messages = 2}, .page_size = 10

/* clang-format off */
const place places[PLACES] = {
    [FIRST]  = {"first page",  LIST, LISTED, MESSAGES("PageSize=2"), .others = 2, .others_failed = 0, LISTS},
    [SECOND] = {"second page", LIST, LISTED, MESSAGES("*PageToken=PT1*"), .others = 2, .others_failed = 1, LISTS},
    [LAST]   = {"last page",   LIST, LISTED, MESSAGES("*PageToken=PT2*"), .others = 2, .others_failed = 2, LISTS},
    [PARENT] = {"list of parents", WALK, WALKED, "GET *Channels?*", .others = 5, .others_failed = 0, WALKS},
    [CHILD]  = {"one parent's list", WALK, WALKED, "GET *3/Messages?*", .others = 5, .others_failed = 5, WALKS},
    /* The last row, as no attribute of a later one is then asked ahead while it waits. */
    [ATTRIBUTE] = {"attribute",
        "SELECT friendly_name, attributes FROM channels" IN_SERVICE,
        "c1 {\"k\":1},c2 {\"k\":2},c3 {\"k\":3},c4 {\"k\":4},c5 {\"k\":5}",
        "GET *Channels/*5", .others = 5, .others_failed = 5, WALKS},
    [POINT] = {"single resource", "SELECT \"index\", body FROM messages" THAT_ONE, "2 m2", "GET *Messages/*", LISTS},
    [NUMBERS] = {"page by number",
        "SELECT friendly_name FROM channels" IN_SERVICE, "c1,c2,c3,c4,c5", "GET *Page=1",
        .others = 2, .others_failed = 2, .page_size = 2, .data = {.channels = 5, .plain = true}},
    [HALVES] = {"large page", "SELECT count(*), max(\"index\") FROM messages" IN_CHANNEL, "150 149",
        MESSAGES("PageSize=100"), .others = 3, .page_size = 100, .data = {.channels = 1, .messages = 150}},
    [POST] = {"INSERT",
        "INSERT INTO messages(service_sid, channel_sid, body) VALUES ('" WORLD_SERVICE "', '" WORLD_CHANNEL "', 'new')",
        "", "POST *", .write = true, LISTS},
    [UPDATE] = {"UPDATE", "UPDATE messages SET body = 'other'" THAT_ONE, "", "POST *",
        .others = 1, .others_failed = 1, .write = true, LISTS},
    [DELETE] = {"DELETE", "DELETE FROM messages" THAT_ONE, "", "DELETE *",
        .others = 1, .others_failed = 1, .write = true, LISTS},
    [BROAD] = {"1000 lists", "SELECT count(*) FROM messages" IN_SERVICE, "2000", MESSAGES("*"), .others = 1,
        .others_failed = 1, .page_size = 1000, .data = {.channels = 1000, .messages = 2}},
};
