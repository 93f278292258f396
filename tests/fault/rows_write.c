/* Rows: writes. What is not known is never called done or not done, and a POST is never sent twice unasked. */
#include "fault/row.h"

/* clang-format off */
static const row list[] = {
    /* what goes wrong, where, how often, the action with its text and number, what the statement gives, requests made */
    ROW("200 instead of 201",           POST,   EVER,  act_raw,     "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}", 0, WHOLE,  1),
    ROW("202 and the row",              POST,   EVER,  act_raw,     "HTTP/1.1 202 Accepted\r\nContent-Length: {length}\r\n\r\n{body}", 0, "HTTP 202", 1, .state = "unknown"),
    ROW("an error, with 200",           POST,   EVER,  act_status,  "", 200,                              "without the row", 1, .state = "unknown"),
    ROW("204, nothing to read",         POST,   EVER,  act_status,  "", 204,                              "without the row", 1, .state = "unknown"),
    ROW("204, nothing to read",         UPDATE, EVER,  act_status,  "", 204,                              "without the row", 1, .state = "unknown"),
    ROW("200 and an object without it", POST,   EVER,  act_body,    "{'ok':true}", 0,                     "without the row", 1, .state = "unknown"),
    ROW("its SID is null",              POST,   EVER,  act_body,    "{'sid':null}", 0,                    "without the row", 1, .state = "unknown"),
    ROW("a login page, with 200",       POST,   EVER,  act_body,    "<html></html>", 0,                   "not the service's answer", 1, .state = "unknown"),
    ROW("a login page, with 200",       UPDATE, EVER,  act_body,    "<html></html>", 0,                   "not the service's answer", 1, .state = "unknown"),
    ROW("200 and a blank",              POST,   EVER,  act_body,    " ", 0,                               "without the row", 1, .state = "unknown"),
    ROW("200 and a blank",              UPDATE, EVER,  act_body,    " ", 0,                               "without the row", 1, .state = "unknown"),
    ROW("its row is another's",         POST,   EVER,  act_body,    "{'sid':'../x'}", 0,                  "without the row", 1, .state = "unknown"),
    ROW("Content-Length too large",     POST,   EVER,  act_raw,     "HTTP/1.1 201 Created\r\nContent-Length: {length}\r\n\r\n{body}", 10, "with 10 bytes", 1, .state = "unknown"),
    ROW("gzip with a bit flipped",      POST,   EVER,  act_gzip,    "flipped", 0,                         "messages: ",      1, .state = "unknown"),
    ROW("101 Switching Protocols",      POST,   EVER,  act_raw,     "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", 0, "messages: ", 1, .state = "unknown"),
    ROW("100 Continue and no more",     POST,   EVER,  act_raw,     "HTTP/1.1 100 Continue\r\n\r\n", 0, "messages: ",     1, .state = "unknown"),
    ROW("500, and then it is gone",     DELETE, ONCE,  act_status,  "", 500,                              WHOLE,             2),
    ROW("200 with a body",              DELETE, EVER,  act_status,  "", 200,                              "not the service's answer", 1, .state = "unknown"),
    ROW("200, nothing to read",         DELETE, EVER,  act_raw,     "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 0, "not the service's answer", 1, .state = "unknown"),
    ROW("201, nothing to read",         DELETE, EVER,  act_raw,     "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", 0, "not the service's answer", 1, .state = "unknown"),
    ROW("a login page, with 200",       DELETE, EVER,  act_body,    "<html></html>", 0,                   "not the service's answer", 1, .state = "unknown"),
    ROW("lost, and then it is accepted", DELETE, TWICE, act_after_500, "", 202,                            "HTTP 202",        2, .state = "unknown"),
    ROW("lost, and then it is refused", DELETE, TWICE, act_after_500, "", 400,                            "HTTP 400",        2, .state = "unknown"),
    ROW("lost, and then not accepted",  DELETE, TWICE, act_after_500, "", 401,                            "HTTP 401",        2, .state = "unknown"),
    ROW("lost, and then forbidden",     DELETE, TWICE, act_after_500, "", 403,                            "HTTP 403",        2, .state = "unknown"),
    ROW("lost, and then in conflict",   DELETE, TWICE, act_after_500, "", 409,                            "HTTP 409",        2, .state = "unknown"),
    ROW("lost, and then another's 410", DELETE, TWICE, act_after_500, "", 410,                            "HTTP 410",        2, .state = "unknown"),
    ROW("lost, and then it is gone",    DELETE, TWICE, act_after_500, "", 404,                            WHOLE,             2),
    ROW("lost, and then limited",       DELETE, EVER,  act_after_500, "", 429,                            "HTTP 429",        3, .state = "unknown"),
    ROW("limited, and never let in",    DELETE, EVER,  act_status,    "", 429,                            "HTTP 429",        3, .state = "failed"),
    ROW("done, and the server is gone", POST,   EVER,  act_vanish,  "", 0,                                "messages: ",      1, .state = "unknown", .over = true),
    ROW("done, and the server is gone", UPDATE, EVER,  act_vanish,  "", 0,                                "messages: ",      1, .state = "unknown", .over = true),
    ROW("done, and the server is gone", DELETE, EVER,  act_vanish,  "", 0,                                "messages: ",     -1, .most = 4, .state = "unknown", .over = true),
    /* The next write comes when the server is about to end the idle connection, on which it would be lost. */
    ROW("a connection idle too long",   POST,   ONCE,  act_idle,    "", 1900,                             WHOLE,             1, .pause_ms = 2500),
    /* What clients are invited to send again by themselves. */
    ROW("401, and a challenge",         UPDATE, EVER,  act_status,  "WWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"1\"\r\n", 401, "HTTP 401", 1, .state = "failed"),
    ROW("401, and negotiation",         UPDATE, EVER,  act_status,  "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n", 401, "HTTP 401", 1, .state = "failed"),
    ROW("407 without a proxy",          UPDATE, EVER,  act_status,  "Proxy-Authenticate: Basic realm=\"x\"\r\n", 407, "HTTP 407",  1, .state = "failed"),
    ROW("417 Expectation Failed",       UPDATE, EVER,  act_status,  "", 417,                              "HTTP 417",        1, .state = "failed"),
    ROW("421 Misdirected Request",      UPDATE, EVER,  act_status,  "", 421,                              "HTTP 421",        1, .state = "failed"),
    ROW("425 Too Early",                UPDATE, EVER,  act_status,  "", 425,                              "HTTP 425",        1, .state = "failed"),
    ROW("426 Upgrade Required",         UPDATE, EVER,  act_status,  "Upgrade: h2c, TLS/1.3\r\n", 426,    "HTTP 426",        1, .state = "failed"),
    ROW("a refresh, and other ways",    UPDATE, EVER,  act_status,  "Refresh: 0; url={origin}/\r\nAlt-Svc: h2=\":1\"\r\nLocation: {origin}/\r\n", 400, "HTTP 400", 1, .state = "failed"),
    ROW("its error has line breaks",    POST,   EVER,  act_raw,     "HTTP/1.1 400 Bad\r\n\r\n{'code':20001,'message':'a\\r\\nb\\u001b[31mc'}", 0, "Twilio error 20001 \"a  b [31mc\"", 1, .state = "failed"),
    ROW("an error page of 64 MiB",      POST,   EVER,  act_large_error, "", 64,                           "HTTP 400",        1, .state = "failed", .memory_mb = 300),
};
/* clang-format on */

const rows rows_write = {"writes", list, sizeof list / sizeof *list};
