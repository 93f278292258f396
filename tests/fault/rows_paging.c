/* Rows: where the next page is said to be, and lists that change while they are read. */
#include "fault/row.h"

#define ELSEWHERE "not followed, and no credential was sent there"
#define CIRCLE "go round in a circle"
#define MESSAGES_OF "GET *Channels/*/Messages?*"

/* clang-format off */
static const row list[] = {
    /* what goes wrong, where, how often, the action with its text and number, what the statement gives, requests made */
    ROW("next: itself",                 FIRST,   EVER,  act_next,    "{origin}{path}", 0,                                 CIRCLE,   1),
    ROW("next: itself",                 SECOND,  EVER,  act_next,    "{origin}{path}", 0,                                 CIRCLE,   1),
    ROW("next: the first page",         LAST,    EVER,  act_next,    "{origin}{list}?PageSize=2", 0,                      CIRCLE,   -1, .most = 9),
    ROW("next: the page before",        LAST,    EVER,  act_next,    "{origin}{list}?PageSize=2&Page=1&PageToken=PT1", 0, CIRCLE,   -1, .most = 9),
    ROW("next: another host",           FIRST,   EVER,  act_next,    "http://localhost:{port}{path}", 0,                  ELSEWHERE, 1),
    ROW("next: a name that looks alike", FIRST,  EVER,  act_next,    "http://127.0.0.1.example.invalid:{port}{path}", 0,  ELSEWHERE, 1),
    ROW("next: another port",           FIRST,   EVER,  act_next,    "http://127.0.0.1:1{path}", 0,                       ELSEWHERE, 1),
    ROW("next: https",                  FIRST,   EVER,  act_next,    "https://127.0.0.1:{port}{path}", 0,                 ELSEWHERE, 1),
    ROW("next: file",                   FIRST,   EVER,  act_next,    "file:///etc/passwd", 0,                             ELSEWHERE, 1),
    ROW("next: gopher",                 FIRST,   EVER,  act_next,    "gopher://127.0.0.1:{port}/x", 0,                    ELSEWHERE, 1),
    ROW("next: no scheme",              SECOND,  EVER,  act_next,    "//example.invalid{path}", 0,                        ELSEWHERE, 1),
    ROW("next: with a user",            FIRST,   EVER,  act_next,    "http://u:p@127.0.0.1:{port}{path}", 0,              ELSEWHERE, 1),
    ROW("next: our host as the user",   FIRST,   EVER,  act_next,    "http://127.0.0.1:{port}@example.invalid{path}", 0,  ELSEWHERE, 1),
    ROW("next: host after a backslash", FIRST,   EVER,  act_next,    "http://example.invalid\\\\@127.0.0.1:{port}{path}", 0, "messages: ", 1),
    ROW("next: another channel",        FIRST,   EVER,  act_next,    "{origin}/v1/Services/" WORLD_SERVICE "/Channels/CH00000000000000000000000000000002/Messages?PageSize=2", 0, "which is another resource: not followed", 1),
    ROW("next: another resource",       FIRST,   EVER,  act_next,    "{origin}/v1/Services/" WORLD_SERVICE "/Channels?PageSize=2", 0, "which is another resource: not followed", 1),
    ROW("next: the parent, by dots",    FIRST,   EVER,  act_next,    "{origin}{list}/../Members?PageSize=2", 0,           "which is another resource: not followed", 1),
    ROW("next: another version",        FIRST,   EVER,  act_next,    "{origin}/v2/Services/" WORLD_SERVICE "/Channels/" WORLD_CHANNEL "/Messages?PageSize=2&PageToken=PT1", 0, "which is another resource: not followed", 1),
    ROW("next: with CR and LF",         FIRST,   EVER,  act_next,    "{origin}{list}?PageSize=2\\r\\nX-Evil: yes", 0,     "messages: ", 1),
    ROW("next: with spaces",            FIRST,   EVER,  act_next,    "{origin}{list}?PageSize=2 HTTP/1.1", 0,             EITHER,   -1, .most = 9),
    ROW("next: of 1 MB",                FIRST,   EVER,  act_next,    "{origin}{path}&a=", 12000,                           "too long to be a URL", 1),
    ROW("next: nonsense",               FIRST,   EVER,  act_next,    "not a url", 0,                                      "not followed", 1),
    ROW("next: of another origin",      PARENT,  EVER,  act_next,    "http://127.0.0.1:1{path}", 0,                       ELSEWHERE, 1),
    ROW("next: an address alone",       FIRST,   ONCE,  act_next,    "{list}?PageSize=2&Page=1&PageToken=PT1", 0,         WHOLE,    1),
    ROW("next: a query alone",          FIRST,   ONCE,  act_next,    "?PageSize=2&Page=1&PageToken=PT1", 0,               WHOLE,    1),
    ROW("next: with a fragment",        FIRST,   ONCE,  act_next,    "{origin}{list}?PageSize=2&Page=1&PageToken=PT1#x", 0, WHOLE,  1),
    ROW("new tokens without end, the same rows", FIRST, EVER, act_next, "{origin}{list}?PageSize=2&PageToken=PT0x{hit}", 0, "without a new row", -1, .most = 1100,
        .aimed = MESSAGES_OF),
    ROW("new tokens without end, no rows", FIRST, EVER,  act_body,   "{'messages':[],'meta':{'next_page_url':'{origin}{list}?PageToken=PT{hit}'}}", 0, "without a new row", -1, .most = 1100,
        .aimed = MESSAGES_OF),
    ROW("an empty page in the middle",  SECOND,  ONCE,  act_empty,   "", 0,                                               "=0 m0,1 m1,4 m4", 1),
    ROW("an empty page by number",      NUMBERS, ONCE,  act_empty,   "", 0,                                               "=c1,c2,c5", -1, .most = 5),
    ROW("a row inserted meanwhile",     NUMBERS, ONCE,  act_shift,   "", 1,                                               WHOLE,    1, .without = "ahead"),
    ROW("two rows inserted meanwhile",  NUMBERS, ONCE,  act_shift,   "", 2,                                               WHOLE,    2, .without = "ahead"),
    ROW("rows inserted again and again", NUMBERS, TWICE, act_shift,  "", 2,                                               WHOLE,    -1, .most = 6, .without = "ahead",
        .aimed = "GET *Page=[12]"),
    ROW("more rows than a page inserted", NUMBERS, ONCE, act_shift,  "", 4,                                               "=c1,c2,c1,c2,c3,c4,c5", -1, .most = 9, .without = "ahead"),
    ROW("a row deleted meanwhile",      NUMBERS, ONCE,  act_shift,   "", -1,                                              "=c1,c2,c4,c5", 0, .without = "ahead"),
    ROW("a row comes twice in a page",  SECOND,  EVER,  act_edit,    "[=>[{'sid':'IM00000000000000000000000000100002','body':'m2','index':2},", 0, WHOLE, 1),
};
/* clang-format on */

const rows rows_paging = {"paging", list, sizeof list / sizeof *list};
