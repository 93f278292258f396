/*
** A server that repeats credentials in what it answers, as debugging proxies and careless error pages do: messages and
** logs do not pass them on. And one that sends a terminal's commands in its texts: they arrive as harmless characters.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differential/tap.h"
#include "trust/canary.h"
#include "trust/host.h"
#include "trust/trust.h"

#define ALL_FORMS                                                                                                      \
    CANARY_USER " " CANARY_PASSWORD " " CANARY_BASIC                                                                   \
                " canary%2Fpass%2Bword%2500000000~secret canary\\/pass+word%00000000~secret"
/* As a JSON text may also write the password. */
#define SPELLED "\\u0063anary/pass+word%00000000~secret"
/* A percent escape whose percent sign is escaped in JSON: only what has been read of it has the password. */
#define TWICE "\\u002563anary/pass+word%2500000000~secret"
/* Base64 with an escape, and without its padding. */
#define ESCAPED_BASIC "%550tjYW5hcnktdXNlci0wMDAwMDAwMDAwMDAwMDAwMDAwMTpjYW5hcnkvcGFzcyt3b3JkJTAwMDAwMDAwfnNlY3JldA"
/* The password by itself in base64. */
#define ALONE "Y2FuYXJ5L3Bhc3Mrd29yZCUwMDAwMDAwMH5zZWNyZXQ"
/* Cuts of a message must not leave half a credential: 230 bytes before, where a message takes 255. */
#define LONG "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
#define BEFORE_THE_CUT LONG LONG "012345678901234567890123456789"

/* A whole answer: status with reason, headers, body. */
static const struct echo {
    const char *name, *status, *headers, *body;
} echoes[] = {
    {"a reason phrase", "401 " ALL_FORMS, "", "{}"},
    {"a message", "401 Unauthorized", "", "{\"code\":20003,\"message\":\"" ALL_FORMS "\"}"},
    {"a message without code", "403 Forbidden", "", "{\"detail\":\"" ALL_FORMS "\"}"},
    {"a message spelled otherwise", "500 Internal Server Error", "", "{\"code\":1,\"message\":\"" SPELLED "\"}"},
    {"a message escaped twice", "400 Bad Request", "", "{\"code\":1,\"message\":\"" TWICE "\"}"},
    {"a next page escaped twice", "200 OK", "",
     "{\"meta\":{\"next_page_url\":\"/v1/Services?PageToken=" TWICE "\"},\"services\":[]}"},
    {"a percent-encoded message", "400 Bad Request", "",
     "{\"code\":1,\"message\":\"%63anary/pass%2bword%2500000000~%73ecret " ESCAPED_BASIC "\"}"},
    {"a message in base64", "400 Bad Request", "", "{\"code\":1,\"message\":\"" ALONE " " ALONE "= " ALONE "%3D\"}"},
    {"headers in base64", "200 OK", "Twilio-Request-Id: " ALONE "=\r\n", "{}"},
    {"a next page with base64", "200 OK", "",
     "{\"meta\":{\"next_page_url\":\"/v1/Services?PageToken=" ALONE "\"},\"services\":[]}"},
    {"a next page with an escape", "200 OK", "",
     "{\"meta\":{\"next_page_url\":\"/v1/Services?PageToken=%63anary/pass+word%2500000000~secret\"},\"services\":[]}"},
    {"a next page with escaped base64", "200 OK", "",
     "{\"meta\":{\"next_page_url\":\"/v1/Services?PageToken=" ESCAPED_BASIC "\"},\"services\":[]}"},
    {"a message that is cut", "400 Bad Request", "", "{\"code\":1,\"message\":\"" BEFORE_THE_CUT CANARY_PASSWORD "\"}"},
    {"a cut one spelled otherwise", "400 Bad Request", "",
     "{\"code\":1,\"message\":\"" BEFORE_THE_CUT "\\u0063"
     "anary/pass+word%00000000~secret\"}"},
    {"headers", "404 Not Found", "Twilio-Request-Id: " CANARY_USER "\r\nRetry-After: " CANARY_PASSWORD "\r\n", "{}"},
    {"headers of a success", "200 OK", "Twilio-Request-Id: " CANARY_PASSWORD "\r\n", "{}"},
    {"a redirect", "302 Found", "Location: http://" CANARY_USER ":secret@127.0.0.1/" CANARY_PASSWORD "\r\n", "{}"},
    {"no JSON", "200 OK", "", ALL_FORMS},
    {"a list without rows", "200 OK", "", "{\"" CANARY_PASSWORD "\":\"" CANARY_BASIC "\"}"},
    {"an error without JSON", "502 Bad Gateway", "", ALL_FORMS},
    {"a foreign next page", "200 OK", "",
     "{\"meta\":{\"next_page_url\":\"http://127.0.0.1:1/?a=" CANARY_PASSWORD "\"},\"services\":[],\"channels\":[]}"},
    {"a next page", "200 OK", "",
     "{\"meta\":{\"next_page_url\":\"/v1/Services?PageToken=canary%2Fpass%2Bword%2500000000~secret\"},\"services\":[]}"},
    {"a next page with both", "200 OK", "",
     "{\"meta\":{\"next_page_url\":\"/v1/Services?PageToken=" CANARY_BASIC "\"},\"services\":[]}"},
};

static void answer_echo(void *context, const char *request, text *answer) {
    const struct echo *echo = context;
    (void)request;
    host_answer(answer, echo->status, echo->headers, echo->body);
}

static const char statements[] =
    "SELECT sid FROM services; SELECT count(*) FROM messages WHERE channel_sid = '" HOST_CHANNEL "';"
    "SELECT count(*) FROM channels WHERE sid = '" HOST_CHANNEL "' AND service_sid = '" HOST_SERVICE "';"
    "INSERT INTO channels(service_sid, unique_name) VALUES ('" HOST_SERVICE "', 'a'); SELECT * FROM chat_writes;"
    "INSERT OR IGNORE INTO channels(service_sid, unique_name) VALUES ('" HOST_SERVICE "', 'a');"
    "SELECT * FROM chat_writes; SELECT method, path, status, request_id, error FROM chat_requests;";

/* Runs the statements against that answer, with a journal, and tells what can be seen. */
static void hear(recorder *server, const struct echo *echo, const char *file, text *told) {
    char *journal = sqlite3_mprintf("%s-writes", file);
    recorder_set(server, answer_echo, (void *)(size_t)echo);
    recorder_forget(server);
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    sqlite3 *db = host_open(file);
    host_run(db, "UPDATE chat_settings SET value = 'log' WHERE name = 'write_journal'", NULL, told);
    host_run(db, statements, NULL, told);
    sqlite3_close(db);
    text_add_file(told, journal);
    sqlite3_free(journal);
}

/* ---- credentials ---- */

static void check_echo(recorder *server, const struct echo *echo, const char *file) {
    text told = {0}, asked = {0};
    hear(server, echo, file, &told);
    const char *found = canary_in(&told);
    tap_result(!found && recorder_requests(server) >= 3, "credentials in %s do not come through", echo->name);
    if (found || text_has(&told, "canary")) {
        printf("# %s\n# %.*s\n", found ? found : "half of one", (int)strcspn(told.bytes, "\n"), told.bytes);
    }
    tap_result(!text_has(&told, "canary"), "... nor a half of them");
    recorder_request(server, recorder_requests(server) - 1, &asked);
    tap_result(!text_has(&asked, "PageToken"), "... nor into a path");
    text_clear(&asked);
    text_clear(&told);
}

/* ---- terminals ---- */

/* Title, colour, the one-byte CSI, the two-byte one, a new line, the turn of direction, a broken character. */
#define COMMANDS "a\\u001b]0;x\\u0007\\u001b[31m\\u009b2J\\r\\nerror 0: forged\\u202etxt\\u2066\\u2028\\u007f"
#define RAW_COMMANDS                                                                                                   \
    "a\x1b]0;x\x07\x1b[31m\x9b"                                                                                        \
    "2J\xc2\x9b\xe2\x80\xae\xff\xc3z\x7f"

static const struct echo shouts[] = {
    {"a message", "400 Bad Request", "", "{\"code\":1,\"message\":\"" COMMANDS "\"}"},
    {"a reason phrase", "500 " RAW_COMMANDS, "", "{}"},
    {"headers", "400 Bad Request", "Twilio-Request-Id: " RAW_COMMANDS "\r\nRetry-After: " RAW_COMMANDS "\r\n", "{}"},
    {"headers of a success", "200 OK", "Twilio-Request-Id: " RAW_COMMANDS "\r\n", "{}"},
    {"a next page", "200 OK", "",
     "{\"meta\":{\"next_page_url\":\"http://" COMMANDS "/\"},\"services\":[],\"messages\":[]}"},
    {"a relative next page", "200 OK", "",
     "{\"meta\":{\"next_page_url\":\"" COMMANDS "\"},\"services\":[],\"messages\":[]}"},
    {"no JSON", "200 OK", "", RAW_COMMANDS},
    {"a bad name in JSON", "200 OK", "", "{\"" COMMANDS "\":1,\"" COMMANDS "\":2}"},
};

/* The first thing in it that a terminal would act on, or that is no UTF-8; -1: none. The test's own line ends are none. */
static int command_in(const text *told) {
    const unsigned char *at = (const unsigned char *)told->bytes;
    for (size_t i = 0; i < told->length; i++) {
        if ((at[i] < ' ' && at[i] != '\n') || at[i] == 0x7f || at[i] >= 0xf8 || at[i] == 0xc0 || at[i] == 0xc1) {
            return at[i];
        }
        if ((at[i] & 0xc0) == 0x80 && (i == 0 || at[i - 1] < 0x80)) {
            return at[i]; /* 9B, say, with nothing before it */
        }
        if (at[i] >= 0xc2 && (at[i + 1] & 0xc0) != 0x80) {
            return at[i];
        }
        if (at[i] == 0xc2 && at[i + 1] < 0xa0) {
            return at[i + 1];
        }
        if (at[i] == 0xe2 && ((at[i + 1] == 0x80 && at[i + 2] >= 0xa8 && at[i + 2] <= 0xae) ||
                              (at[i + 1] == 0x81 && at[i + 2] >= 0xa6 && at[i + 2] <= 0xa9))) {
            return at[i + 2];
        }
    }
    return -1;
}

static void check_shout(recorder *server, const struct echo *shout) {
    text told = {0};
    recorder_set(server, answer_echo, (void *)(size_t)shout);
    recorder_forget(server);
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    sqlite3 *db = host_open(":memory:");
    host_run(db, statements, NULL, &told);
    int found = command_in(&told);
    tap_result(found < 0 && recorder_requests(server) >= 3, "commands for a terminal in %s are made harmless",
               shout->name);
    if (found >= 0) {
        printf("# byte %02x\n", (unsigned)found);
    }
    tap_result(!text_has(&told, "\nerror 0: forged"), "... and no line of a message is forged");
    sqlite3_close(db);
    text_clear(&told);
}

int trust_echoes(const char *folder) {
    recorder *server = recorder_start(NULL, NULL);
    for (size_t i = 0; i < sizeof echoes / sizeof *echoes; i++) {
        char *file = sqlite3_mprintf("%s/%d.db", folder, (int)i);
        check_echo(server, &echoes[i], file);
        sqlite3_free(file);
    }
    for (size_t i = 0; i < sizeof shouts / sizeof *shouts; i++) {
        check_shout(server, &shouts[i]);
    }
    recorder_stop(server);
    return tap_end();
}
