/*
** Two accounts on one connection, by profiles of the vendor's command line tool: each request goes out with the credentials of
** its own account, what one has seen is nothing that the other knows, and a profile's secret goes to its own origin alone.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "differential/tap.h"
#include "trust/canary.h"
#include "trust/host.h"
#include "trust/trust.h"

/* "Basic " of SKone:secret-of-one, and of SKtwo:secret-of-two. */
#define BASIC_ONE "Basic U0tvbmU6c2VjcmV0LW9mLW9uZQ=="
#define BASIC_TWO "Basic U0t0d286c2VjcmV0LW9mLXR3bw=="

static const char config[] =
    "{\"profiles\":{\"one\":{\"accountSid\":\"ACone\",\"apiKey\":\"SKone\",\"apiSecret\":\"secret-of-one\"},"
    "\"two\":{\"accountSid\":\"ACtwo\",\"apiKey\":\"SKtwo\",\"apiSecret\":\"secret-of-two\"},"
    "\"away\":{\"region\":\"ie1\",\"apiKey\":\"SKone\",\"apiSecret\":\"secret-of-one\"}},\"activeProject\":\"one\"}";

static const char tables[] = "CREATE VIRTUAL TABLE temp.one USING channels(profile='one');"
                             "CREATE VIRTUAL TABLE temp.two USING channels(profile='two');"
                             "CREATE VIRTUAL TABLE temp.messages_one USING messages(profile='one');"
                             "CREATE VIRTUAL TABLE temp.messages_two USING messages(profile='two');";

/* Whose request it is: 1, 2, or 0: nobody's of the two. */
static int whose(const char *request) {
    return strstr(request, "Authorization: " BASIC_ONE "\r\n")   ? 1
           : strstr(request, "Authorization: " BASIC_TWO "\r\n") ? 2
                                                                 : 0;
}

/* The same paths in both accounts, and under them different things: each tells whose it is. */
static void serve(void *context, const char *request, text *answer) {
    static const char *const channels[] = {"nobody's", "one's", "two's"};
    char body[700];
    const char *path = strchr(request, ' ') + 1;
    (void)context;
    int owner = whose(request);
    if (strncmp(path, "/v1/Services?", 13) == 0) {
        snprintf(body, sizeof body,
                 "{\"services\":[{\"sid\":\"" HOST_SERVICE "\"}],\"meta\":{\"next_page_url\":null}}");
    } else if (strstr(path, "/Messages")) {
        snprintf(body, sizeof body,
                 "{\"messages\":[{\"sid\":\"IM00000000000000000000000000000001\",\"service_sid\":\"" HOST_SERVICE
                 "\",\"channel_sid\":\"" HOST_CHANNEL "\",\"body\":\"%s\"}],\"meta\":{\"next_page_url\":null}}",
                 channels[owner]);
    } else if (strncmp(request, "GET", 3) == 0 && strstr(path, "/Channels?")) {
        snprintf(body, sizeof body,
                 "{\"channels\":[{\"sid\":\"" HOST_CHANNEL "\",\"service_sid\":\"" HOST_SERVICE
                 "\",\"friendly_name\":\"%s\"}],\"meta\":{\"next_page_url\":null}}",
                 channels[owner]);
    } else {
        snprintf(body, sizeof body,
                 "{\"sid\":\"" HOST_CHANNEL "\",\"service_sid\":\"" HOST_SERVICE "\",\"friendly_name\":\"%s\"}",
                 channels[owner]);
    }
    host_answer(answer, owner ? "200 OK" : "401 Unauthorized", "", body);
}

static recorder *server, *elsewhere;

/* How many requests the server has had of somebody. */
static int requests_of(int owner) {
    int count = 0;
    for (int i = 0; i < recorder_requests(server); i++) {
        text request = {0};
        recorder_request(server, i, &request);
        count += whose(request.bytes) == owner;
        text_clear(&request);
    }
    return count;
}

static void check_reading(sqlite3 *db) {
    text told = {0};
    recorder_forget(server);
    host_run(db, "SELECT a.friendly_name, b.friendly_name FROM one AS a JOIN two AS b ON b.sid = a.sid", NULL, &told);
    tap_result(text_has(&told, "one's|two's|"), "a join of two accounts: the same SID is two things");
    tap_result(requests_of(1) > 0 && requests_of(2) > 0 && requests_of(0) == 0, "each is asked as itself");
    text_clear(&told);
    host_run(db,
             "SELECT a.body, b.body FROM messages_one AS a, messages_two AS b WHERE a.channel_sid = '" HOST_CHANNEL
             "' AND b.channel_sid = a.channel_sid",
             NULL, &told);
    tap_result(text_has(&told, "one's|two's|"), "messages of two accounts under the same path");
    text_clear(&told);
    host_run(db,
             "SELECT friendly_name FROM one UNION ALL SELECT friendly_name FROM two UNION ALL SELECT friendly_name "
             "FROM channels",
             NULL, &told);
    tap_result(text_has(&told, "one's|\ntwo's|") && text_has(&told, "HTTP 401"),
               "a third account, of the environment, is none of the two");
    text_clear(&told);
}

static void check_writing(sqlite3 *db) {
    text told = {0};
    recorder_forget(server);
    host_run(db,
             "BEGIN;"
             "UPDATE one SET friendly_name = 'of one' WHERE sid = '" HOST_CHANNEL "';"
             "UPDATE two SET friendly_name = 'of two' WHERE sid = '" HOST_CHANNEL "';"
             "UPDATE one SET friendly_name = 'of one again' WHERE sid = '" HOST_CHANNEL "';"
             "SELECT profile, body FROM chat_writes;"
             "COMMIT",
             NULL, &told);
    tap_result(text_has(&told, "one|FriendlyName=of%20one%20again|\ntwo|FriendlyName=of%20two|\n") ||
                   text_has(&told, "one|FriendlyName=of%20one|\ntwo|FriendlyName=of%20two|\none|"),
               "a row of two accounts: each has its own calls");
    bool fine = recorder_requests(server) > 0;
    for (int i = 0; i < recorder_requests(server); i++) {
        text request = {0};
        recorder_request(server, i, &request);
        bool post = strncmp(request.bytes, "POST", 4) == 0;
        int meant = strstr(request.bytes, "of%20one") ? 1 : strstr(request.bytes, "of%20two") ? 2 : 0;
        fine = fine && (!post || (meant != 0 && whose(request.bytes) == meant));
        text_clear(&request);
    }
    tap_result(fine, "each call goes out as its own account");
    text_clear(&told);
}

/* Who can run SQL can name a profile, and another origin: the secret of the one does not go to the other. */
static void check_origins(sqlite3 *db) {
    text told = {0};
    char url[100];
    snprintf(url, sizeof url, "http://127.0.0.1:%d", recorder_port(elsewhere));
    host_run(db, "UPDATE chat_settings SET value = ? WHERE name = 'url'", url, &told);
    host_run(db, "SELECT * FROM one", NULL, &told);
    host_run(db, "CREATE VIRTUAL TABLE temp.later USING channels(profile='active'); SELECT * FROM later", NULL, &told);
    host_run(db, "UPDATE chat_settings SET value = 'one' WHERE name = 'profile'; SELECT * FROM services", NULL, &told);
    host_run(db, "UPDATE chat_settings SET value = NULL WHERE name = 'profile'; SELECT * FROM services", NULL, &told);
    tap_result(recorder_connections(elsewhere) == 0 && text_count(&told, "no credentials") == 4,
               "an origin set with SQL gets no credentials of a profile");
    host_run(db, "UPDATE chat_settings SET value = NULL WHERE name = 'url'; SELECT friendly_name FROM one", NULL,
             &told);
    tap_result(text_has(&told, "one's|"), "its own origin does, again");
    tap_result(!text_has(&told, "secret-of"), "no message shows a secret");
    text_clear(&told);
}

static void check_looks(sqlite3 *db) {
    text told = {0};
    host_run(db,
             "UPDATE chat_settings SET value = 'one' WHERE name = 'profile'; SELECT * FROM chat_settings;"
             "SELECT * FROM chat_requests; SELECT * FROM chat_writes; SELECT * FROM sqlite_temp_schema;",
             NULL, &told);
    tap_result(text_has(&told, "profile|one|set|") && text_has(&told, "api_key_secret|****|profile|") &&
                   !text_has(&told, "secret-of") && !text_has(&told, "SKone") && !text_has(&told, "SKtwo"),
               "no table shows what a profile holds");
    text_clear(&told);
}

/* Nothing is read unless a profile is named: not by loading, not by a table that no statement has used. */
static void check_asking(const char *folder) {
    text told = {0};
    setenv("TWILIO_CONFIG_DIR", "/nonexistent", 1);
    sqlite3 *db = host_open(":memory:");
    int rc = host_run(db, tables, NULL, &told);
    rc = rc == SQLITE_OK ? host_run(db, "SELECT name FROM pragma_table_info('one'); DROP TABLE temp.two", NULL, &told)
                         : rc;
    tap_result(rc == SQLITE_OK, "a table of a profile that is not there can be made, looked at and dropped");
    rc = host_run(db, "SELECT * FROM one", NULL, &told);
    tap_result(rc == SQLITE_ERROR && text_has(&told, "one: /nonexistent/config.json: No such file"),
               "reading it says what is missing");
    sqlite3_close(db);
    setenv("TWILIO_CONFIG_DIR", folder, 1);
    text_clear(&told);
}

int trust_profiles(const char *folder) {
    char file[500];
    snprintf(file, sizeof file, "%s/config.json", folder);
    FILE *opened = fopen(file, "w");
    if (!opened || fputs(config, opened) < 0 || fclose(opened) != 0) {
        printf("Bail out! cannot write %s\n", file);
        return 70;
    }
    server = recorder_start(serve, NULL);
    elsewhere = recorder_start(host_serve, NULL);
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    check_asking(folder);
    sqlite3 *db = host_open(":memory:");
    host_run(db, tables, NULL, NULL);
    check_reading(db);
    check_writing(db);
    check_origins(db);
    check_looks(db);
    sqlite3_close(db);
    recorder_stop(server);
    recorder_stop(elsewhere);
    return tap_end();
}
