/*
** Contents of media: what comes from a temporary address, and what a service, a file store or somebody in their place could
** do with that. The address is asked for without credentials and is to be seen nowhere; nothing but https is asked for, or
** http on a loopback address where the service itself is there; sizes are believed to nobody.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differential/tap.h"
#include "trust/canary.h"
#include "trust/host.h"
#include "trust/trust.h"

#define MEDIUM "ME00000000000000000000000000000001"
#define SIGNATURE "Signature-that-nobody-may-see"

static recorder *service, *store;

/* What the two answer now. */
static const char *address;      /* PORT: the store's; NULL: a good one */
static const char *told_size;    /* JSON of the member size */
static const char *more;         /* further members of links, "" */
static const char *store_status; /* NULL: 200 */
static const char *store_head;   /* header lines */
static const char *store_body;
static size_t store_length;
static int too_old;   /* so many answers of the store are 403 */
static bool endless;  /* its body has no end and no length */
static bool moved_on; /* each answer of the service has an address of its own */

static void add_address(text *body) {
    static int number;
    const char *chosen = address ? address : "http://127.0.0.1:PORT/" MEDIUM "?Expires=1&" SIGNATURE "=1";
    const char *port = strstr(chosen, "PORT");
    if (port) {
        text_format(body, "%.*s%d%s", (int)(port - chosen), chosen, recorder_port(store), port + 4);
    } else {
        text_format(body, "%s", chosen);
    }
    if (moved_on) {
        text_format(body, "&n=%d", ++number);
    }
}

static void serve_metadata(void *context, const char *request, text *answer) {
    text body = {0};
    (void)context, (void)request;
    text_format(&body,
                "{\"sid\":\"" MEDIUM "\",\"service_sid\":\"" HOST_SERVICE "\",\"size\":%s,\"filename\":null,\"links\":"
                "{\"content\":\"/v1/x\",\"content_direct_temporary\":\"",
                told_size);
    add_address(&body);
    text_format(&body, "\"%s},\"url\":\"/v1/y\"}", more);
    host_answer(answer, "200 OK", "", body.bytes);
    text_clear(&body);
}

static void serve_content(void *context, const char *request, text *answer) {
    (void)context, (void)request;
    if (too_old > 0) {
        too_old--;
        host_answer(answer, "403 Forbidden", "", "{\"code\":1,\"message\":\"" SIGNATURE "\"}");
        return;
    }
    text_format(answer, "HTTP/1.1 %s\r\n%s", store_status ? store_status : "200 OK", store_head);
    if (!strstr(store_head, "Content-Length") && !strstr(store_head, "chunked")) {
        text_format(answer, endless ? "Connection: close\r\n" : "Content-Length: %zu\r\n", store_length);
    }
    text_add(answer, "\r\n", 2);
    for (int i = 0; i < (endless ? 4000 : 1); i++) {
        text_add(answer, store_body, store_length);
    }
}

static void settle(void) {
    address = store_status = NULL;
    told_size = "5";
    more = store_head = "";
    store_body = "h\0llo";
    store_length = 5;
    too_old = 0;
    endless = moved_on = false;
    recorder_forget(service);
    recorder_forget(store);
}

static const char ask[] =
    "SELECT hex(content) FROM media WHERE service_sid = '" HOST_SERVICE "' AND sid = '" MEDIUM "'";

/* What everything that can be seen says of the last statement. */
static void see_all(sqlite3 *db, text *seen) {
    host_run(db, "SELECT * FROM chat_requests; SELECT * FROM chat_settings; SELECT * FROM chat_columns", NULL, seen);
    host_run(
        db,
        "SELECT sid, service_sid, size, filename, url, path, rowid, oid, _rowid_ FROM media WHERE service_sid = '" HOST_SERVICE
        "' AND sid = '" MEDIUM "'",
        NULL, seen);
    host_run(db,
             "EXPLAIN QUERY PLAN SELECT content FROM media WHERE service_sid = '" HOST_SERVICE "' AND sid = '" MEDIUM
             "'",
             NULL, seen);
}

/* Runs it and expects a row, or an error with these words; the store is asked so often, and nobody sees the address. */
static void expect(sqlite3 *db, const char *row, const char *words, int asked, const char *what) {
    text told = {0}, seen = {0};
    host_run(db, "DELETE FROM chat_requests", NULL, NULL);
    int rc = host_run(db, ask, NULL, &told);
    bool fine = row ? rc == SQLITE_OK && text_has(&told, row) : rc != SQLITE_OK && text_has(&told, words);
    if (!fine) {
        printf("# %s\n", text_shown(told.bytes ? told.bytes : "(nothing)"));
    }
    tap_result(fine, "%s: %s", what, row ? "it comes" : words);
    tap_result(recorder_requests(store) == asked, "%s: the store is asked %d times (%d)", what, asked,
               recorder_requests(store));
    see_all(db, &seen);
    text_add(&seen, told.bytes, told.length);
    tap_result(!text_has(&seen, SIGNATURE) && !text_has(&seen, "Expires="), "%s: nobody sees the address", what);
    text_clear(&told);
    text_clear(&seen);
}

/* No request to the store has a credential in any form, or any header that could be one. */
static void check_store_saw_nothing(void) {
    text bytes = {0};
    recorder_bytes(store, &bytes);
    tap_result(!canary_in(&bytes) && !text_has(&bytes, "uthorization") && !text_has(&bytes, "ookie"),
               "no credential reaches the store");
    text_clear(&bytes);
}

static void check_good(sqlite3 *db) {
    settle();
    expect(db, "68006C6C6F|", NULL, 1, "a content");
    check_store_saw_nothing();
    tap_result(recorder_requests(service) == 2, "the service is asked once for each statement (%d)",
               recorder_requests(service));
    settle();
    told_size = "0", store_length = 0;
    expect(db, "|", NULL, 1, "an empty content");
    settle();
    told_size = "null";
    expect(db, "68006C6C6F|", NULL, 1, "one whose size is not told");
    settle();
    store_head = "Content-Encoding: identity\r\n";
    expect(db, "68006C6C6F|", NULL, 1, "one in no encoding");
    settle();
    /* gzip of the five bytes: stored, not compressed */
    store_head = "Content-Encoding: gzip\r\n";
    store_body = "\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x05\0\xfa\xffhello\x86\xa6\x10\x36\x05\0\0\0";
    store_length = 28;
    expect(db, "68656C6C6F|", NULL, 1, "one in gzip");
    settle();
    store_head = "Transfer-Encoding: chunked\r\n";
    store_body = "5\r\nhello\r\n0\r\n\r\n";
    store_length = strlen(store_body);
    expect(db, "68656C6C6F|", NULL, 1, "one in chunks");
}

static void check_sizes(sqlite3 *db) {
    settle();
    told_size = "67108865";
    expect(db, NULL, "more than media_max_mb lets through", 0, "a size above the limit");
    settle();
    told_size = "9223372036854775807";
    expect(db, NULL, "more than media_max_mb lets through", 0, "the largest size");
    settle();
    told_size = "-1";
    expect(db, "68006C6C6F|", NULL, 1, "a size below nothing");
    settle();
    told_size = "4";
    expect(db, NULL, "larger than 4 bytes", 1, "more than the service tells of");
    settle();
    told_size = "6";
    expect(db, NULL, "5 bytes long, and not the 6", 1, "less than the service tells of");
    settle();
    told_size = "null";
    host_run(db, "UPDATE chat_settings SET value = '1' WHERE name = 'media_max_mb'", NULL, NULL);
    store_head = "Content-Length: 2000000\r\n";
    expect(db, NULL, "larger than 1 MiB", 1, "a length above the limit");
    settle();
    told_size = "null";
    static char block[1000];
    store_body = block, store_length = sizeof block, endless = true;
    expect(db, NULL, "larger than 1 MiB", 1, "a body without end");
    host_run(db, "UPDATE chat_settings SET value = NULL WHERE name = 'media_max_mb'", NULL, NULL);
    settle();
    store_head = "Content-Length: 50000\r\n";
    told_size = "50000";
    host_run(db, "UPDATE chat_settings SET value = '0' WHERE name = 'max_retries'", NULL, NULL);
    host_run(db, "UPDATE chat_settings SET value = '700' WHERE name = 'timeout_ms'", NULL, NULL);
    expect(db, NULL, "error 1", 1, "a body that stops");
    host_run(db, "UPDATE chat_settings SET value = NULL WHERE name = 'timeout_ms'", NULL, NULL);
    host_run(db, "UPDATE chat_settings SET value = NULL WHERE name = 'max_retries'", NULL, NULL);
}

static void check_answers(sqlite3 *db) {
    settle();
    store_status = "302 Found", store_head = "Location: http://127.0.0.1/" SIGNATURE "\r\n";
    expect(db, NULL, "redirects are not followed", 1, "a redirect");
    settle();
    store_status = "401 Unauthorized", store_head = "WWW-Authenticate: Basic realm=\"x\"\r\n";
    expect(db, NULL, "HTTP 401", 1, "a store that asks for a password");
    check_store_saw_nothing();
    settle();
    store_status = "404 Not Found", store_body = "{\"code\":20404,\"message\":\"" SIGNATURE "\"}";
    store_length = strlen(store_body);
    expect(db, NULL, "HTTP 404", 1, "a 404 of the store");
    settle();
    store_status = "206 Partial Content";
    expect(db, NULL, "HTTP 206", 1, "a part");
    settle();
    store_status = "418 " SIGNATURE, store_head = "Twilio-Request-Id: " SIGNATURE "\r\n";
    expect(db, NULL, "HTTP 418", 1, "an address repeated in headers");
    settle();
    too_old = 1, moved_on = true;
    expect(db, "68006C6C6F|", NULL, 2, "an address that is too old");
    tap_result(recorder_requests(service) == 3, "the row is fetched anew, once (%d)", recorder_requests(service));
    check_store_saw_nothing();
    settle();
    too_old = 2, moved_on = true;
    expect(db, NULL, "HTTP 403", 2, "one that is too old again");
}

/* Never asked for, whatever stands there. */
static const char *const refused[] = {
    "",
    "/v1/Services/x/Content",
    "//127.0.0.1:PORT/x?" SIGNATURE,
    "ftp://127.0.0.1:PORT/" SIGNATURE,
    "file:///etc/passwd?" SIGNATURE,
    "gopher://127.0.0.1:PORT/" SIGNATURE,
    "http://127.0.0.1:PORT",
    "http://127.0.0.1:PORT?" SIGNATURE,
    "http://user@127.0.0.1:PORT/" SIGNATURE,
    "http://user:password@127.0.0.1:PORT/" SIGNATURE,
    "http://127.0.0.1:PORT/" SIGNATURE "#fragment",
    "http://127.0.0.1:PORT/a b" SIGNATURE,
    "http://127.0.0.1:PORT\\\\@evil.example/" SIGNATURE,
    "http://127.0.0.1:PORT/\\r\\nX-Evil: 1" SIGNATURE,
    "http://127.0.0.1:0/" SIGNATURE,
    "http://127.0.0.1:99999/" SIGNATURE,
    "http://10.0.0.1:PORT/" SIGNATURE,
    "http://169.254.169.254/latest/meta-data?" SIGNATURE,
    "http://0.0.0.0:PORT/" SIGNATURE,
    "http://[::ffff:127.0.0.1]:PORT/" SIGNATURE,
    "http://localhost.evil.example:PORT/" SIGNATURE,
    "http://127.0.0.1%00.evil.example:PORT/" SIGNATURE,
    "https://user:pass@127.0.0.1:PORT/" SIGNATURE,
    "https://127.0.0.1:0/" SIGNATURE,
    "http://127.0.0.1:PORT/\\u0000" SIGNATURE,
    "javascript:" SIGNATURE,
};

static void check_addresses(sqlite3 *db) {
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char what[200];
        settle();
        address = refused[i];
        snprintf(what, sizeof what, "\"%s\"", text_shown(refused[i]));
        expect(db, NULL, *refused[i] || i == 0 ? "address" : "", 0, what);
        tap_result(recorder_connections(store) == 0, "%s: nobody is even spoken to", what);
    }
    settle();
    address = "http://localhost:PORT/x?" SIGNATURE;
    expect(db, "68006C6C6F|", NULL, 1, "another name of the loopback");
    settle();
    more = ",\"content_direct_temporary\":7"; /* the document has it twice: refused as a whole */
    expect(db, NULL, "error 1", 0, "an address told twice");
}

/* With a service that is https, plain http is not asked for: its word would lead to what listens on this machine. */
static void check_https_service(sqlite3 *db) {
    text told = {0};
    settle();
    host_run(db, "UPDATE chat_settings SET value = 'https://mcs.invalid' WHERE name = 'media_url'", NULL, NULL);
    host_run(db, ask, NULL, &told);
    tap_result(text_has(&told, "no credentials") && recorder_requests(service) == 0,
               "another origin has no credentials and is not asked");
    host_run(db, "UPDATE chat_settings SET value = NULL WHERE name = 'media_url'", NULL, NULL);
    text_clear(&told);
}

/* Passing memory on with the address in it is not what it is about; credentials may not be in it. */
int trust_media(const char *folder) {
    char url[64];
    (void)folder;
    service = recorder_start(serve_metadata, NULL);
    store = recorder_start(serve_content, NULL);
    host_use(service, CANARY_USER, CANARY_PASSWORD);
    snprintf(url, sizeof url, "http://127.0.0.1:%d", recorder_port(service));
    setenv("TWILIO_MEDIA_URL", url, 1);
    sqlite3 *db = host_open(":memory:");
    settle();
    check_good(db);
    check_sizes(db);
    check_answers(db);
    check_addresses(db);
    check_https_service(db);
    sqlite3_close(db);
    recorder_stop(service);
    recorder_stop(store);
    return tap_end();
}
