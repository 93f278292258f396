/* Rows: bodies that are JSON of another kind than promised, or none. In the texts ' is ". */
#include "fault/row.h"

#define M0 "'body':'m0','index':0"
#define META "'meta':{'next_page_url':null}"
#define REST ",1 m1,2 m2,3 m3,4 m4"
/* Shows types and bytes. */
#define TYPES                                                                                                          \
    .sql = "SELECT typeof(body), typeof(\"index\"), typeof(was_edited), hex(body), \"index\" FROM messages WHERE "     \
           "service_sid = '" WORLD_SERVICE "' AND channel_sid = '" WORLD_CHANNEL "' AND sid = '" WORLD_MESSAGE "'",    \
    .whole = "text integer integer 6D32 2"
#define M2 "'body':'m2','index':2"

/* clang-format off */
static const row list[] = {
    /* what goes wrong, where, how often, the action with its text and number, what the statement gives, requests made */
    ROW("the list's key is missing",   FIRST,  EVER,  act_edit,   "'messages':[=>'massages':[", 0,              "the answer has no list \"messages\"", 1),
    ROW("the list is null",            FIRST,  EVER,  act_body,   "{'messages':null," META "}", 0,              "the answer has no list \"messages\"", 1),
    ROW("the list is an object",       FIRST,  EVER,  act_body,   "{'messages':{}," META "}", 0,                "the answer has no list \"messages\"", 1),
    ROW("the list is null",            PARENT, EVER,  act_body,   "{'channels':null," META "}", 0,              "the answer has no list \"channels\"", 1),
    ROW("another list",                FIRST,  EVER,  act_body,   "{'channels':[]," META "}", 0,                "the answer has no list \"messages\"", 1),
    ROW("no meta",                     FIRST,  EVER,  act_body,   "{'messages':[]}", 0,                         "no \"meta\" object",         1),
    ROW("meta is null",                FIRST,  EVER,  act_body,   "{'messages':[],'meta':null}", 0,             "no \"meta\" object",         1),
    ROW("meta is a list",              FIRST,  EVER,  act_body,   "{'messages':[],'meta':[]}", 0,               "no \"meta\" object",         1),
    ROW("no next_page_url",            FIRST,  EVER,  act_body,   "{'messages':[],'meta':{}}", 0,               "whether there is a next page", 1),
    ROW("next_page_url is false",      FIRST,  EVER,  act_body,   "{'messages':[],'meta':{'next_page_url':false}}", 0, "whether there is a next page", 1),
    ROW("next_page_url is a number",   FIRST,  EVER,  act_body,   "{'messages':[],'meta':{'next_page_url':7}}", 0, "whether there is a next page", 1),
    ROW("next_page_url holds a NUL",   FIRST,  EVER,  act_body,   "{'messages':[],'meta':{'next_page_url':'/v1\\u0000'}}", 0, "cannot be used", 1),
    ROW("a row is null",               FIRST,  EVER,  act_edit,   "[=>[null,", 0,                               "a row that is not an object", 1),
    ROW("a row is a number",           FIRST,  EVER,  act_edit,   "[=>[17,", 0,                                 "a row that is not an object", 1),
    ROW("a row is a text",             FIRST,  EVER,  act_edit,   "[=>['x',", 0,                                "a row that is not an object", 1),
    ROW("a row is a list",             SECOND, EVER,  act_edit,   "[=>[[],", 0,                                 "a row that is not an object", 1),
    ROW("a row is empty",              FIRST,  EVER,  act_edit,   "[=>[{},", 0,                                 "a row without \"sid\"",      1),
    ROW("a row's sid is null",         FIRST,  EVER,  act_edit,   "[=>[{'sid':null},", 0,                       "a row without \"sid\"",      1),
    ROW("a row's sid is a number",     FIRST,  EVER,  act_edit,   "[=>[{'sid':1},", 0,                          "a row without \"sid\"",      1),
    ROW("a row's sid is empty",        FIRST,  EVER,  act_edit,   "[=>[{'sid':''},", 0,                         "whose SID is not one",       -1, .most = 2),
    ROW("a row's sid is a path",       FIRST,  EVER,  act_edit,   "[=>[{'sid':'../../Services'},", 0,           "whose SID is not one",       -1, .most = 2),
    ROW("a row's sid has a NUL",       FIRST,  EVER,  act_edit,   "[=>[{'sid':'IM1\\u0000'},", 0,               "whose SID is not one",       -1, .most = 2),
    ROW("a row's sid has CR and LF",   FIRST,  EVER,  act_edit,   "[=>[{'sid':'IM1\\r\\nX: y'},", 0,            "whose SID is not one",       -1, .most = 2),
    ROW("a parent's sid is a path",    PARENT, EVER,  act_edit,   "[=>[{'sid':'..'},", 0,                       "whose SID is not one",       1),
    ROW("a row of another channel",    FIRST,  EVER,  act_edit,   "'channel_sid':'CH0=>'channel_sid':'CH1", 0,  "a row of another parent",    -1, .most = 2),
    ROW("a row of another service",    CHILD,  EVER,  act_edit,   "'service_sid':'IS0=>'service_sid':'IS1", 0,  "a row of another parent",    1),
    ROW("a row's parent is a number",  FIRST,  EVER,  act_edit,   "[=>[{'sid':'IM00000000000000000000000000000001','channel_sid':1},", 0, "a row of another parent",    -1, .most = 2),

    ROW("text where a number belongs", POINT,  EVER,  act_edit,   M2 "=>'body':'m2','index':'two'", 0,          "row whose \"index\" is not a whole number", 1, TYPES),
    ROW("digits where a number belongs", POINT, EVER, act_edit,   M2 "=>'body':'m2','index':'2'", 0,            "=text integer integer 6D32 2", 1, TYPES),
    ROW("numbers where text belongs",  POINT,  EVER,  act_edit,   M2 "=>'body':17,'index':2.5", 0,              "row whose \"index\" is not a whole number", 1, TYPES),
    ROW("a number where text belongs", POINT,  EVER,  act_edit,   M2 "=>'body':17,'index':2.0", 0,              "=text integer integer 3137 2", 1, TYPES),
    ROW("an object where text belongs", POINT, EVER,  act_edit,   M2 "=>'body':{'a':[1]},'index':2", 0,         "=text integer integer 7B2261223A5B315D7D 2", 1, TYPES),
    ROW("true where text belongs",     POINT,  EVER,  act_edit,   M2 "=>'body':true,'index':2", 0,              "=text integer integer 74727565 2", 1, TYPES),
    ROW("a column is missing",         POINT,  EVER,  act_edit,   M2 "=>'index':2", 0,                          "=null integer integer  2",   1, TYPES),
    ROW("a NUL in a text",             POINT,  EVER,  act_edit,   M2 "=>'body':'m\\u00002','index':2", 0,       "=text integer integer 6D0032 2", 1, TYPES),
    ROW("2^63 - 1",                    POINT,  EVER,  act_edit,   M2 "=>'body':'m2','index':9223372036854775807", 0, "=text integer integer 6D32 9223372036854775807", 1, TYPES),
    ROW("2^63",                        POINT,  EVER,  act_edit,   M2 "=>'body':'m2','index':9223372036854775808", 0, "=text real integer 6D32 9.22337203685478e+18", 1, TYPES),
    ROW("2^63",                        SECOND, EVER,  act_edit,   "'body':'m2','index':2=>'body':'m2','index':9223372036854775808", 0, "=0 m0,1 m1,9.22337203685478e+18 m2,3 m3,4 m4", 1),
    ROW("-2^63 - 1",                   FIRST,  EVER,  act_edit,   M0 "=>'body':'m0','index':-9223372036854775809", 0, "=-9.22337203685478e+18 m0,1 m1,2 m2,3 m3,4 m4", 1),
    ROW("1e999",                       FIRST,  EVER,  act_edit,   M0 "=>'body':'m0','index':1e999", 0,          "=Inf m0,1 m1,2 m2,3 m3,4 m4", 1),
    ROW("NaN",                         FIRST,  EVER,  act_edit,   M0 "=>'body':'m0','index':NaN", 0,            "not valid JSON",             1),
    ROW("a key twice in a row",        FIRST,  EVER,  act_edit,   M0 "=>'body':'m0','body':'m1','index':0", 0,  "=0 m1,1 m1,2 m2,3 m3,4 m4",  1),
    ROW("meta twice",                  FIRST,  EVER,  act_edit,   "{'messages'=>{'meta':{'next_page_url':null},'messages'", 0, WHOLE, 1),
    ROW("a lone surrogate",            FIRST,  EVER,  act_edit,   M0 "=>'body':'\\ud800','index':0", 0,         "=0 \xef\xbf\xbd,1 m1,2 m2,3 m3,4 m4", 1),
    ROW("surrogates the wrong way",    FIRST,  EVER,  act_edit,   M0 "=>'body':'\\udc00\\ud800','index':0", 0,  "=0 \xef\xbf\xbd\xef\xbf\xbd,1 m1,2 m2,3 m3,4 m4", 1),
    ROW("invalid UTF-8",               FIRST,  EVER,  act_edit,   M0 "=>'body':'\xff','index':0", 0,            "unable to decode byte 0xff", 1),
    ROW("UTF-8 longer than needed",    FIRST,  EVER,  act_edit,   M0 "=>'body':'\xc0\xaf','index':0", 0,        "unable to decode byte 0xc0", 1),
    ROW("a surrogate in UTF-8",        FIRST,  EVER,  act_edit,   M0 "=>'body':'\xed\xa0\x80','index':0", 0,    "unable to decode byte 0xed", 1),
    ROW("half a character at the end", FIRST,  EVER,  act_edit,   M0 "=>'body':'\xe2\x82','index':0", 0,        "unable to decode byte 0xe2", 1),
    ROW("a raw line break in a text",  FIRST,  EVER,  act_edit,   M0 "=>'body':'a\nb','index':0", 0,            "not valid JSON",             1),
    ROW("a byte order mark",           FIRST,  EVER,  act_edit,   "{'messages'=>\xef\xbb\xbf{'messages'", 0,    "not valid JSON",             1),
    ROW("a second document behind",    FIRST,  EVER,  act_edit,   "'key':'messages'}}=>'key':'messages'}}{}", 0, "end of file expected",      1),
    ROW("only a number",               FIRST,  EVER,  act_body,   "17", 0,                                      "not valid JSON",             1),
    ROW("only null",                   FIRST,  EVER,  act_body,   "null", 0,                                    "not valid JSON",             1),
    ROW("only a list",                 FIRST,  EVER,  act_body,   "[]", 0,                                      "the answer has no list",     1),
    ROW("nothing",                     FIRST,  EVER,  act_body,   "", 0,                                        "not valid JSON",             1),
    ROW("nothing",                     POINT,  EVER,  act_body,   "", 0,                                        "not valid JSON",             1),
    ROW("an empty object",             POINT,  EVER,  act_body,   "{}", 0,                                      "a row without \"sid\"",      1),
    ROW("a list",                      POINT,  EVER,  act_body,   "[]", 0,                                      "a row that is not an object", 1),
    ROW("another message",             POINT,  EVER,  act_edit,   "'sid':'IM0=>'sid':'IM1", 0,                  "the answer is of another resource", 1),
    ROW("nesting, 1000 deep",          POINT,  EVER,  act_deep,   "", 1000,                                     "=2",                         1,
        .sql = "SELECT json_valid(body) + 1 FROM messages WHERE service_sid = '" WORLD_SERVICE "' AND channel_sid = '"
               WORLD_CHANNEL "' AND sid = '" WORLD_MESSAGE "'", .whole = "1"),
    ROW("nesting, 100,000 deep",       FIRST,  EVER,  act_deep,   "", 100000,                                   "maximum parsing depth reached", 1),
    ROW("nesting, 10,000,000 deep",    FIRST,  EVER,  act_deep,   "", 10000000,                                 "maximum parsing depth reached", 1, .memory_mb = 200),
    ROW("10,000 fields in a row",      FIRST,  EVER,  act_fields, "", 10000,                                    WHOLE,                        1),
    ROW("a million empty lists: 3 MB", FIRST,  EVER,  act_many_lists, "", 1000000,                              WHOLE,                        1, .memory_mb = 256),
    ROW("a text of 10 MB",             FIRST,  EVER,  act_long_text, "", 10000000,                              "=10000000,2,2,2,2",          1, .memory_mb = 200,
        .sql = "SELECT length(body) FROM messages WHERE service_sid = '" WORLD_SERVICE "' AND channel_sid = '"
               WORLD_CHANNEL "'", .whole = "2,2,2,2,2"),
};
/* clang-format on */

const rows rows_content = {"content", list, sizeof list / sizeof *list};
