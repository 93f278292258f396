/*
** Three origins, each with its own word for where the next page is and what a row is: what the service of the one says must
** not lead to another, although all three are configured and get the same credentials. Conversations' own tables, three
** levels deep, Chat's names on Conversations, and media, which are single rows of a service's.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differential/tap.h"
#include "trust/canary.h"
#include "trust/host.h"
#include "trust/trust.h"

#define TALK "CH00000000000000000000000000000001"
#define MESSAGE "IM00000000000000000000000000000001"
#define RECEIPT "DY00000000000000000000000000000001"
#define MEDIUM "ME00000000000000000000000000000001"
#define SERVICE_AT "/v1/Services/" HOST_SERVICE

static recorder *chat, *talks, *media, *elsewhere;

/* What each of the three says now. */
static const char *linked; /* the list whose next page is told of: the end of its path */
static const char *link;   /* CHAT, TALKS, MEDIA, ELSEWHERE: their "127.0.0.1:port"; PATH: of the request */
static const char *medium; /* the answer of media */

static void add_link(text *body, const char *path, size_t length) {
    const recorder *const servers[] = {chat, talks, media, elsewhere};
    static const char *const names[] = {"CHAT", "TALKS", "MEDIA", "ELSEWHERE"};
    for (const char *at = link; *at; at++) {
        bool named = false;
        for (size_t i = 0; i < 4 && !named; i++) {
            named = strncmp(at, names[i], strlen(names[i])) == 0;
            if (named) {
                text_format(body, "127.0.0.1:%d", recorder_port(servers[i]));
                at += strlen(names[i]) - 1;
            }
        }
        if (!named && strncmp(at, "PATH", 4) == 0) {
            text_add(body, path, length);
            at += 3;
        } else if (!named) {
            text_add(body, at, 1);
        }
    }
}

static bool ends_with(const char *path, size_t length, const char *end) {
    return length >= strlen(end) && memcmp(path + length - strlen(end), end, strlen(end)) == 0;
}

/* One row in each list, one page, but of the list that is linked. */
static void serve_talks(void *context, const char *request, text *answer) {
    static const struct {
        const char *end, *key, *row;
    } lists[] = {
        {"/Services", "services", "\"sid\":\"" HOST_SERVICE "\""},
        {"/Conversations", "conversations", "\"sid\":\"" TALK "\",\"chat_service_sid\":\"" HOST_SERVICE "\""},
        {"/Messages", "messages", "\"sid\":\"" MESSAGE "\",\"conversation_sid\":\"" TALK "\",\"index\":0"},
        {"/Receipts", "delivery_receipts", "\"sid\":\"" RECEIPT "\",\"message_sid\":\"" MESSAGE "\""},
    };
    const char *path = strchr(request, ' ') + 1;
    size_t length = strcspn(path, "? ");
    text body = {0};
    (void)context;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (ends_with(path, length, lists[i].end)) {
            text_format(&body, "{\"%s\":[{%s}],\"meta\":{\"key\":\"%s\",\"next_page_url\":", lists[i].key, lists[i].row,
                        lists[i].key);
            if (strcmp(linked, lists[i].end) == 0) {
                text_format(&body, "\"");
                add_link(&body, path, length);
                text_format(&body, "\"}}");
            } else {
                text_format(&body, "null}}");
            }
        }
    }
    host_answer(answer, body.length ? "200 OK" : "404 Not Found", "", body.length ? body.bytes : "{}");
    text_clear(&body);
}

static void serve_media(void *context, const char *request, text *answer) {
    (void)context, (void)request;
    host_answer(answer, "200 OK", "", medium);
}

static void forget_all(void) {
    recorder_forget(chat);
    recorder_forget(talks);
    recorder_forget(media);
    recorder_forget(elsewhere);
}

/* Runs the query, which must fail with these words, after the origin that it is about has been asked so often, and no other. */
static void expect(sqlite3 *db, const char *query, const char *words, const recorder *asked, int often,
                   const char *what) {
    text told = {0};
    forget_all();
    int rc = host_run(db, query, NULL, &told);
    bool fine = rc != SQLITE_OK && text_has(&told, words) && !canary_in(&told);
    int others = recorder_connections(chat) + recorder_connections(talks) + recorder_connections(media) +
                 recorder_connections(elsewhere) - recorder_connections((recorder *)asked);
    if (!fine) {
        printf("# %s\n", text_shown(told.bytes ? told.bytes : "(nothing)"));
    }
    tap_result(fine && recorder_requests((recorder *)asked) == often && others == 0,
               "%s: refused, after %d requests (%d) and none elsewhere (%d)", what, often,
               recorder_requests((recorder *)asked), others);
    text_clear(&told);
}

/* ---- next pages ---- */

static const char *const foreign[] = {
    "http://CHATPATH?Page=1",
    "http://MEDIAPATH?Page=1",
    "http://ELSEWHEREPATH?Page=1",
    "https://TALKSPATH?Page=1",
    "//CHATPATH?Page=1",
    "http://user:password@TALKSPATH?Page=1",
    "http://TALKS@ELSEWHEREPATH?Page=1",
    "http://localhost:1PATH?Page=1",
    "https://conversations.twilio.comPATH?Page=1",
    "https://mcs.us1.twilio.comPATH?Page=1",
    "http://TALKS/v2/Services?Page=1",
    "http://TALKS/v1/Credentials?Page=1",
    "http://TALKSPATH/../../../Credentials?Page=1",
    "/v1/Services/IS00000000000000000000000000000002/Conversations/" TALK "/Messages?Page=1",
};

static void check_links(sqlite3 *db) {
    static const struct {
        const char *list, *query;
        int requests;
    } asked[] = {
        {"/Services", "SELECT sid FROM conversation_services", 1},
        {"/Conversations", "SELECT sid FROM conversations", 2},
        {"/Messages", "SELECT sid FROM conversation_messages", 3},
        {"/Receipts", "SELECT sid FROM delivery_receipts", 4},
        {"/Conversations", "SELECT sid FROM moved_channels", 2},
        {"/Messages",
         "SELECT sid FROM moved_messages WHERE service_sid = '" HOST_SERVICE "' AND channel_sid = '" TALK "'", 1},
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        linked = asked[i].list;
        for (size_t k = 0; k < sizeof foreign / sizeof *foreign; k++) {
            char what[300];
            link = foreign[k];
            snprintf(what, sizeof what, "%s: next page %s", asked[i].query, foreign[k]);
            expect(db, asked[i].query, "not followed", talks, asked[i].requests, what);
        }
    }
    linked = "";
}

/* ---- media ---- */

/* What is not the medium that was asked for is none, wherever it is said to be. */
static void check_media(sqlite3 *db) {
    static const char ask[] = "SELECT * FROM media WHERE service_sid = '" HOST_SERVICE "' AND sid = '" MEDIUM "'";
    static const char *const strangers[] = {
        "{\"sid\":\"ME00000000000000000000000000000002\",\"service_sid\":\"" HOST_SERVICE "\",\"links\":{}}",
        "{\"sid\":\"" MEDIUM "\",\"service_sid\":\"IS00000000000000000000000000000002\",\"links\":{}}",
        "{\"sid\":\"../../Services\",\"service_sid\":\"" HOST_SERVICE "\",\"links\":{}}",
        "{\"service_sid\":\"" HOST_SERVICE "\",\"links\":{}}",
        "{\"media\":[],\"meta\":{\"next_page_url\":\"http://127.0.0.1:1/\"}}",
        "[]",
    };
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        medium = strangers[i];
        expect(db, ask, "media: GET", media, 1, strangers[i]);
    }
}

/* ---- origins ---- */

/* The environment's credentials do not go along to an origin that SQL names, and still go to the two others. */
static void check_origins(sqlite3 *db) {
    static const struct {
        const char *setting, *query;
    } moved[] = {
        {"conversations_url", "SELECT sid FROM conversations"},
        {"conversations_url", "SELECT sid FROM moved_channels"},
        {"media_url", "SELECT sid FROM media WHERE service_sid = '" HOST_SERVICE "' AND sid = '" MEDIUM "'"},
    };
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d", recorder_port(elsewhere));
    medium = "{\"sid\":\"" MEDIUM "\",\"service_sid\":\"" HOST_SERVICE "\",\"links\":{}}";
    for (size_t i = 0; i < sizeof moved / sizeof *moved; i++) {
        char sql[200];
        text told = {0};
        snprintf(sql, sizeof sql, "UPDATE chat_settings SET value = ? WHERE name = '%s'", moved[i].setting);
        host_run(db, sql, url, NULL);
        expect(db, moved[i].query, "no credentials", elsewhere, 0, moved[i].query);
        int others = host_run(db, "SELECT sid FROM services", NULL, &told);
        tap_result(others == SQLITE_OK && recorder_requests(chat) == 1, "%s: Chat's origin has them still",
                   moved[i].setting);
        host_run(db, sql, NULL, NULL);
        tap_result(host_run(db, moved[i].query, NULL, &told) == SQLITE_OK && recorder_connections(elsewhere) == 0,
                   "%s: back, they are used again", moved[i].setting);
        text_clear(&told);
    }
}

static void point(const char *variable, const recorder *server) {
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d", recorder_port(server));
    setenv(variable, url, 1);
}

int trust_links(const char *folder) {
    (void)folder;
    linked = link = "";
    chat = recorder_start(host_serve, NULL);
    talks = recorder_start(serve_talks, NULL);
    media = recorder_start(serve_media, NULL);
    elsewhere = recorder_start(host_serve, NULL);
    host_use(chat, CANARY_USER, CANARY_PASSWORD);
    point("TWILIO_CONVERSATIONS_URL", talks);
    point("TWILIO_MEDIA_URL", media);
    sqlite3 *db = host_open(":memory:");
    host_run(db,
             "CREATE VIRTUAL TABLE temp.moved_channels USING channels(api_version='conversations');"
             "CREATE VIRTUAL TABLE temp.moved_messages USING messages(api_version='conversations')",
             NULL, NULL);
    check_links(db);
    check_media(db);
    check_origins(db);
    sqlite3_close(db);
    recorder_stop(chat);
    recorder_stop(talks);
    recorder_stop(media);
    recorder_stop(elsewhere);
    return tap_end();
}
