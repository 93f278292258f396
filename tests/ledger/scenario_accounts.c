/*
** Two accounts in one transaction. Each is an emulator of its own, with the same data, so that every path is in both; one origin
** stands before them and hands on what it is asked by who asks (a key: the second one). Besides: two profiles of one account,
** which are one emulator. Nothing says that they are one but that they know the same rows.
*/
#include "scenario.h"

#include "play.h"
#include "trust/recorder.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The emulator's own key, which it takes beside the account and its token. */
#define ACCOUNTS_CONFIG                                                                                                \
    "{\"profiles\":{\"second\":{\"apiKey\":\"SK00000000000000000000000000000001\",\"apiSecret\":\"emulator-secret\"}}}"
#define ACCOUNTS_BASIC "Authorization: Basic U0sw" /* "SK0" */

typedef struct road {
    service *first, second;
    recorder *front;
    char folder[64], file[96];
} road;

static int accounts_connect(const char *url) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(strrchr(url, ':') + 1))};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int end = socket(AF_INET, SOCK_STREAM, 0);
    if (end >= 0 && connect(end, (struct sockaddr *)&to, sizeof to) != 0) {
        close(end);
        end = -1;
    }
    return end;
}

/* Hands on a request, and the answer, whose end is the connection's. */
static void accounts_hand_on(void *context, const char *request, text *answer) {
    const road *self = context;
    bool second = strstr(request, ACCOUNTS_BASIC) != NULL;
    int end = accounts_connect(second ? self->second.emulator.url : self->first->emulator.url);
    const char *headers = strstr(request, "\r\n");
    text sent = {0};
    char bytes[4096];
    text_format(&sent, "%.*s\r\nConnection: close%s", (int)(headers - request), request, headers);
    bool fine = end >= 0 && send(end, sent.bytes, sent.length, MSG_NOSIGNAL) == (ssize_t)sent.length;
    for (ssize_t more = 1; fine && more > 0;) {
        more = recv(end, bytes, sizeof bytes, 0);
        text_add(answer, bytes, more > 0 ? (size_t)more : 0);
    }
    text_clear(&sent);
    if (end >= 0) {
        close(end);
    }
}

static bool accounts_write_config(road *self) {
    const char *temporary = getenv("TMPDIR");
    snprintf(self->folder, sizeof self->folder, "%.40s/ledger-XXXXXX", temporary ? temporary : "/tmp");
    if (!mkdtemp(self->folder)) {
        return false;
    }
    snprintf(self->file, sizeof self->file, "%s/config.json", self->folder);
    FILE *opened = fopen(self->file, "w");
    bool fine = opened && fputs(ACCOUNTS_CONFIG, opened) >= 0;
    return opened && fclose(opened) == 0 && fine;
}

static bool accounts_open(road *self, service *first) {
    char url[100];
    memset(self, 0, sizeof *self);
    self->first = first;
    if (!service_start_beside(&self->second, first) || !accounts_write_config(self)) {
        return false;
    }
    self->front = recorder_start(accounts_hand_on, self);
    snprintf(url, sizeof url, "http://127.0.0.1:%d", recorder_port(self->front));
    setenv("TWILIO_CHAT_URL", url, 1);
    setenv("TWILIO_CONFIG_DIR", self->folder, 1);
    return true;
}

static void accounts_close(road *self) {
    setenv("TWILIO_CHAT_URL", self->first->emulator.url, 1);
    unsetenv("TWILIO_CONFIG_DIR");
    if (self->front) {
        recorder_stop(self->front);
    }
    service_stop(&self->second);
    unlink(self->file);
    rmdir(self->folder);
}

/* Writes messages of each account into the same channel, in turns. */
static void accounts_write(play *p, int count) {
    for (int i = 0; i < count; i++) {
        char *sql = sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) VALUES (%s, 'first %d');"
                                    "INSERT INTO second(service_sid, channel_sid, body) VALUES (%s, 'second %d')",
                                    p->channel, i, p->channel, i);
        play_exec(p, p->db, SQLITE_OK, sql);
        sqlite3_free(sql);
    }
}

/* The ledger of an account: so many writes, all its own, and in order. */
static void accounts_check(play *p, service *s, const char *whose, size_t count) {
    json_t *ledger = service_ledger(s);
    play_check(p, json_array_size(ledger) == count, "an account's ledger has another number of writes");
    for (size_t i = 0; i < json_array_size(ledger); i++) {
        char expected[40];
        const char *body = json_string_value(json_object_get(json_array_get(ledger, i), "body"));
        snprintf(expected, sizeof expected, "Body=%s%%20%zu", whose, i);
        play_check(p, body && strcmp(body, expected) == 0, "a write of the other account, or out of order");
    }
    json_decref(ledger);
}

/* How many calls of an account chat_writes has in a state. */
static size_t accounts_count(play *p, const char *condition) {
    sqlite3_stmt *statement = NULL;
    char *sql = sqlite3_mprintf("SELECT count(*) FROM chat_writes WHERE %s", condition);
    sqlite3_prepare_v2(p->db, sql, -1, &statement, NULL);
    play_check(p, sqlite3_step(statement) == SQLITE_ROW, "chat_writes cannot be read");
    size_t count = (size_t)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    return count;
}

static void accounts_commit(road *self) {
    play p;
    play_begin(&p, self->first, "a transaction of two accounts: each call goes to its own, in its own order", false);
    service_reset(&self->second);
    play_exec(&p, p.db, SQLITE_OK, "CREATE VIRTUAL TABLE temp.second USING messages(profile='second'); BEGIN");
    accounts_write(&p, 5);
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    accounts_check(&p, self->first, "first", 0);
    accounts_check(&p, &self->second, "second", 0);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    accounts_write(&p, 20);
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    accounts_check(&p, self->first, "first", 20);
    accounts_check(&p, &self->second, "second", 20);
    play_end(&p);
}

/* What one refuses stops the other, too; and what was sent to each is told of each. */
static void accounts_refused(road *self) {
    play p;
    play_begin(&p, self->first, "one account refuses: what was sent to each is what chat_writes says of each", false);
    service_reset(&self->second);
    play_exec(&p, p.db, SQLITE_OK, "CREATE VIRTUAL TABLE temp.second USING messages(profile='second'); BEGIN");
    accounts_write(&p, 20);
    service_control(&self->second, "fault?action=status&status=400&method=POST&nth=3");
    play_exec(&p, p.db, SQLITE_ERROR, "COMMIT");
    accounts_check(&p, &self->second, "second", 2);
    accounts_check(&p, self->first, "first", accounts_count(&p, "profile IS NULL AND state = 'sent'"));
    play_check(&p, accounts_count(&p, "profile = 'second' AND state = 'sent'") == 2, "2 were sent to the second");
    play_check(&p, accounts_count(&p, "profile = 'second' AND state = 'failed'") == 1, "1 was refused");
    play_check(&p, accounts_count(&p, "profile IS NULL AND state = 'failed'") == 0, "nothing of the first");
    play_check(&p, accounts_count(&p, "state = 'rolled back'") > 0, "the rest was not sent");
    play_end(&p);
}

/* A 429 of one account does not make the other wait. */
static void accounts_limited(road *self) {
    play p;
    play_begin(&p, self->first, "one account's limit is reached: the other's calls go out all the same", false);
    service_reset(&self->second);
    play_exec(&p, p.db, SQLITE_OK, "CREATE VIRTUAL TABLE temp.second USING messages(profile='second'); BEGIN");
    accounts_write(&p, 3);
    service_control(&self->second, "fault?action=status&status=429&method=POST&times=1&header=Retry-After:+1");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    accounts_check(&p, self->first, "first", 3);
    accounts_check(&p, &self->second, "second", 3);
    play_check(&p, accounts_count(&p, "state = 'sent'") == 6, "all were sent");
    play_end(&p);
}

/* ---- two profiles of one account ---- */

/* The ledger's bodies, in order, with "|" between them. */
static void accounts_bodies(service *s, text *bodies) {
    json_t *ledger = service_ledger(s);
    for (size_t i = 0; i < json_array_size(ledger); i++) {
        const json_t *body = json_object_get(json_array_get(ledger, i), "body");
        text_format(bodies, "%s%s", i ? "|" : "", json_string_value(body));
    }
    json_decref(ledger);
}

static void accounts_expect(play *p, service *s, const char *expected) {
    text bodies = {0};
    accounts_bodies(s, &bodies);
    bool same = bodies.bytes && strcmp(bodies.bytes, expected) == 0;
    if (!same) {
        printf("# %s\n", bodies.bytes ? bodies.bytes : "nothing");
    }
    play_check(p, same, "the writes, or their order, are not those of the transaction");
    text_clear(&bodies);
}

static void accounts_begin_one(play *p, service *s, const char *name, const char *table) {
    char *made = sqlite3_mprintf("CREATE VIRTUAL TABLE temp.second USING %s(profile='second'); BEGIN", table);
    play_begin(p, s, name, false);
    play_exec(p, p->db, SQLITE_OK, made);
    sqlite3_free(made);
}

/* The first call of the one is slow, and the other has nothing else to wait for. */
static void accounts_in_order(service *s) {
    play p;
    accounts_begin_one(&p, s, "two profiles of one account: what both write into one channel comes in order",
                       "messages");
    accounts_write(&p, 3);
    service_control(s, "fault?action=delay&ms=150&method=POST&times=1");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    accounts_expect(&p, s,
                    "Body=first%200|Body=second%200|Body=first%201|Body=second%201|Body=first%202|Body=second%202");
    play_end(&p);
}

/* The second sees what the service still has, and gives the row that value again: it must not be left out. */
static void accounts_back(service *s) {
    play p;
    char sql[900];
    accounts_begin_one(&p, s, "two profiles of one account: what one has queued counts for what the other changes",
                       "channels");
    snprintf(sql, sizeof sql,
             "CREATE TEMP TABLE was AS SELECT sid, service_sid, friendly_name FROM channels"
             " WHERE (service_sid, sid) IN (SELECT %s);"
             "UPDATE channels SET friendly_name = 'other' WHERE path IN (SELECT '/Services/' || service_sid ||"
             " '/Channels/' || sid FROM was);"
             "UPDATE second SET friendly_name = (SELECT friendly_name FROM was) WHERE path IN (SELECT '/Services/' ||"
             " service_sid || '/Channels/' || sid FROM was)",
             p.channel);
    play_exec(&p, p.db, SQLITE_OK, sql);
    /* Nothing says that they are one: were they two, the first's row would still be 'other'. */
    play_exec(
        &p, p.db, SQLITE_OK,
        "UPDATE channels SET friendly_name = (SELECT friendly_name FROM was) WHERE path IN (SELECT '/Services/' ||"
        " service_sid || '/Channels/' || sid FROM was)");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_check(&p, accounts_count(&p, "state = 'sent'") == 3, "all UPDATEs were sent");
    play_check(&p, accounts_count(&p, "profile = 'second' AND seq = 2 AND state = 'sent'") == 1, "the second's last");
    play_end(&p);
}

/* The second deletes what the first has just written into. */
static void accounts_below(service *s) {
    play p;
    char sql[900];
    accounts_begin_one(&p, s, "two profiles of one account: a DELETE waits for what the other has queued inside",
                       "channels");
    snprintf(sql, sizeof sql,
             "INSERT INTO messages(service_sid, channel_sid, body) VALUES (%s, 'last');"
             "DELETE FROM second WHERE (service_sid, sid) IN (SELECT %s)",
             p.channel, p.channel);
    play_exec(&p, p.db, SQLITE_OK, sql);
    service_control(s, "fault?action=delay&ms=150&method=POST&times=1");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 2, 0, 0, 0);
    play_end(&p);
}

static void accounts_of_one(road *self, service *s) {
    setenv("TWILIO_CHAT_URL", s->emulator.url, 1);
    setenv("TWILIO_CONFIG_DIR", self->folder, 1);
    accounts_in_order(s);
    accounts_back(s);
    accounts_below(s);
    unsetenv("TWILIO_CONFIG_DIR");
}

void scenario_accounts(service *s) {
    road self;
    if (accounts_open(&self, s)) {
        accounts_commit(&self);
        accounts_refused(&self);
        accounts_limited(&self);
        accounts_of_one(&self, s);
    } else {
        printf("Bail out! no second emulator\n");
        exit(70);
    }
    accounts_close(&self);
}
