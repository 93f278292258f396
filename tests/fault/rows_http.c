/* Rows: answers that are no HTTP, or more HTTP than was asked for: lengths, encodings, headers, framing. */
#include "fault/row.h"

#define OK_ "HTTP/1.1 200 OK\r\n"
#define EVIL "{'messages':[{'sid':'IM00000000000000000000000000666666','body':'evil'}],'meta':{'next_page_url':null}}"

/* clang-format off */
static const row list[] = {
    /* what goes wrong, where, how often, the action with its text and number, what the statement gives, requests made */
    ROW("Content-Length too small",        FIRST,  EVER,  act_raw,       OK_ "Content-Length: {length}\r\n\r\n{body}", -10,  "not valid JSON", 1),
    ROW("Content-Length of 0",             FIRST,  EVER,  act_raw,       OK_ "Content-Length: 0\r\n\r\n{body}", 0,         "not valid JSON", 1),
    ROW("Content-Length too large",        FIRST,  EVER,  act_raw,       OK_ "Content-Length: {length}\r\n\r\n{body}", 10,   "with 10 bytes", 3, .early = true),
    ROW("Content-Length too large",        FIRST,  ONCE,  act_raw,       OK_ "Content-Length: {length}\r\n\r\n{body}", 10,   WHOLE,     2),
    ROW("Content-Length beyond 2^63",      FIRST,  EVER,  act_raw,       OK_ "Content-Length: 99999999999999999999\r\n\r\n{body}", 0, EITHER, -1, .most = 9),
    ROW("Content-Length negative",         FIRST,  EVER,  act_raw,       OK_ "Content-Length: -1\r\n\r\n{body}", 0,        EITHER,    -1, .most = 9),
    ROW("Content-Length junk",             FIRST,  EVER,  act_raw,       OK_ "Content-Length: many\r\n\r\n{body}", 0,      EITHER,    -1, .most = 9),
    ROW("Content-Length with a plus",      FIRST,  EVER,  act_raw,       OK_ "Content-Length: +{length}\r\n\r\n{body}", 0,   EITHER,    -1, .most = 9),
    ROW("Content-Length twice, the same",  FIRST,  ONCE,  act_raw,       OK_ "Content-Length: {length}\r\nContent-Length: {length}\r\n\r\n{body}", 0, WHOLE, 1),
    ROW("Content-Length twice, first less", FIRST, EVER,  act_raw,       OK_ "Content-Length: 10\r\nContent-Length: {length}\r\n\r\n{body}", 0, EITHER, -1, .most = 9),
    ROW("Content-Length twice, then less", FIRST,  EVER,  act_raw,       OK_ "Content-Length: {length}\r\nContent-Length: 10\r\n\r\n{body}", 0, EITHER, -1, .most = 9),
    ROW("Content-Length beside chunks",    FIRST,  ONCE,  act_raw,       OK_ "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n \r\n0\r\n\r\n", 0, EITHER, -1, .most = 9),
    ROW("a chunk's size is junk",          FIRST,  EVER,  act_raw,       OK_ "Transfer-Encoding: chunked\r\n\r\nzz\r\n{body}\r\n0\r\n\r\n", 0, "messages: ", 3),
    ROW("a chunk's size is negative",      FIRST,  EVER,  act_raw,       OK_ "Transfer-Encoding: chunked\r\n\r\n-5\r\n{body}\r\n0\r\n\r\n", 0, "messages: ", 3),
    ROW("a chunk's size is beyond 2^64",   FIRST,  EVER,  act_raw,       OK_ "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n{body}\r\n0\r\n\r\n", 0, "messages: ", 3),
    ROW("chunks without their end",        FIRST,  EVER,  act_raw,       OK_ "Transfer-Encoding: chunked\r\n\r\n1\r\n \r\n", 0, "messages: ", 3),
    ROW("no body at all",                  FIRST,  EVER,  act_raw,       OK_ "\r\n", 0,                                    "not valid JSON", 1),
    ROW("headers without their end",       FIRST,  EVER,  act_raw,       OK_ "Content-Type: text/plain\r\n", 0,            "messages: ", -1, .most = 3),

    ROW("gzip",                            FIRST,  ONCE,  act_gzip,      "good", 0,                                          WHOLE,     1),
    ROW("gzip without its head",           FIRST,  EVER,  act_gzip,      "headless", 0,                                      "messages: ", 3),
    ROW("gzip with a bit flipped",         FIRST,  EVER,  act_gzip,      "flipped", 0,                                       "messages: ", 3),
    ROW("gzip with a bit flipped, once",   SECOND, ONCE,  act_gzip,      "flipped", 0,                                       WHOLE,     2),
    ROW("gzip that ends early",            FIRST,  EVER,  act_gzip,      "short", 0,                                         "messages: ", -1, .most = 3),
    ROW("gzip with rubbish after it",      FIRST,  ONCE,  act_gzip,      "tail", 0,                                          EITHER,    -1, .most = 9),
    ROW("said to be gzip, and is not",     FIRST,  EVER,  act_raw,       OK_ "Content-Encoding: gzip\r\n\r\n{body}", 0,      "messages: ", 3),
    ROW("gzip said twice, done never",     FIRST,  EVER,  act_raw,       OK_ "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n{body}", 0, "messages: ", 3),
    ROW("an encoding that nobody knows",   FIRST,  EVER,  act_raw,       OK_ "Content-Encoding: rot13\r\n\r\n{body}", 0,     "messages: ", -1, .most = 3),
    ROW("twelve encodings",                FIRST,  EVER,  act_raw,       OK_ "Content-Encoding: gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip\r\n\r\n{body}", 0, "messages: ", -1, .most = 3),
    ROW("a gzip bomb",                     FIRST,  EVER,  act_bomb,      "", 300,                                            "the answer is larger than 256 MiB", 1, .memory_mb = 600, .timeout_ms = 50000),
    ROW("a body beyond the cap, announced", FIRST, EVER,  act_large_announced, "", 1024,                                     "the answer is larger than 256 MiB", 1),
    ROW("a body beyond the cap, announced", POST,  EVER,  act_large_announced, "", 1024,                                     "the answer is larger than 256 MiB", 1, .state = "unknown"),
    ROW("1 GiB in chunks",                 FIRST,  EVER,  act_large,     "", 1024,                                           "the answer is larger than 256 MiB", 1, .memory_mb = 600, .only_long = true),

    ROW("10,000 headers",                  FIRST,  ONCE,  act_headers,   "", 10000,                                          EITHER,    -1, .most = 5),
    ROW("10,000 headers",                  FIRST,  EVER,  act_headers,   "", 10000,                                          EITHER,    -1, .most = 5),
    ROW("a million headers",               FIRST,  EVER,  act_headers,   "", 1000000,                                        EITHER,    -1, .most = 5),
    ROW("a header of 10 MB",               FIRST,  EVER,  act_long_header, "", 10000000,                                     "messages: ", -1, .most = 3),
    ROW("HTTP/0.9",                        FIRST,  EVER,  act_raw,       "{body}", 0,                                        "messages: ", -1, .most = 3),
    ROW("HTTP/0.9",                        POST,   EVER,  act_raw,       "{body}", 0,                                        "messages: ", 1, .state = "unknown"),
    ROW("garbage for a status line",       FIRST,  EVER,  act_raw,       "\x16\x03\x01\x02\x7f\xff garbage\r\n\r\n{body}", 0, "messages: ", -1, .most = 3),
    ROW("garbage for a status line",       POST,   EVER,  act_raw,       "\x16\x03\x01\x02\x7f\xff garbage\r\n\r\n{body}", 0, "messages: ", 1, .state = "unknown"),
    ROW("garbage for a status line",       DELETE, EVER,  act_raw,       "\x16\x03\x01\x02\x7f\xff garbage\r\n\r\n{body}", 0, "messages: ", -1, .most = 4, .state = "unknown"),
    ROW("status 000",                      FIRST,  EVER,  act_raw,       "HTTP/1.1 000 OK\r\nContent-Length: {length}\r\n\r\n{body}", 0, "messages: ", -1, .most = 3),
    ROW("a status of one digit",           FIRST,  EVER,  act_raw,       "HTTP/1.1 2 OK\r\nContent-Length: {length}\r\n\r\n{body}", 0,   "messages: ", -1, .most = 3),
    ROW("a status of four digits",         FIRST,  EVER,  act_raw,       "HTTP/1.1 2000 OK\r\nContent-Length: {length}\r\n\r\n{body}", 0, EITHER, -1, .most = 5),
    ROW("HTTP/3.0",                        FIRST,  EVER,  act_raw,       "HTTP/3.0 200 OK\r\nContent-Length: {length}\r\n\r\n{body}", 0, EITHER, -1, .most = 5),
    ROW("1000 times 100 Continue",         FIRST,  ONCE,  act_continue,  "", 1000,                                           WHOLE,     1),
    ROW("100 Continue without end",        FIRST,  EVER,  act_continue,  "", 0,                                              "messages: ", -1, .most = 3, .timeout_ms = 600),
    ROW("100 Continue without end",        POST,   EVER,  act_continue,  "", 0,                                              "messages: ", 1, .timeout_ms = 600, .state = "unknown"),
    ROW("100 Continue and no more",        FIRST,  ONCE,  act_raw,       "HTTP/1.1 100 Continue\r\n\r\n", 0,           WHOLE,     2),
    ROW("101 Switching Protocols",         FIRST,  EVER,  act_raw,       "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", 0, "messages: ", -1, .most = 3),
    ROW("103 Early Hints first",           FIRST,  ONCE,  act_raw,       "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" OK_ "Content-Length: {length}\r\n\r\n{body}", 0, WHOLE, 1),
    ROW("a cookie",                        FIRST,  EVER,  act_raw_keep,  OK_ "Set-Cookie: a=b; Path=/\r\nContent-Length: {length}\r\n\r\n{body}", 0, WHOLE, 1),
    ROW("a second answer behind the first", FIRST, ONCE,  act_smuggle,   OK_ "Content-Length: 103\r\n\r\n" EVIL, 0,         WHOLE,     1),
    ROW("a second answer while it is idle", LAST,  ONCE,  act_smuggle,   OK_ "Content-Length: 103\r\n\r\n" EVIL, 30,        WHOLE,     1, .pause_ms = 100, .curl = 0x075000),
    ROW("a second answer behind each",     SECOND, EVER,  act_smuggle,   "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 0, WHOLE, 1),
    ROW("rubbish behind the answer",       SECOND, EVER,  act_smuggle,   "rubbish", 0,                                     WHOLE,     1),
};
/* clang-format on */

const rows rows_http = {"HTTP", list, sizeof list / sizeof *list};
