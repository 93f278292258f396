/* What the scenarios share: see play.h. */
#include "play.h"

#include "differential/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void play_check(play *p, bool right, const char *what) {
    if (!right) {
        printf("# %s: %s\n", p->name, what);
        p->wrong++;
    }
}

static void play_find_channel(play *p) {
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(p->db, "SELECT quote(service_sid) || ', ' || quote(sid) FROM channels LIMIT 1", -1, &statement,
                       NULL);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        snprintf(p->channel, sizeof p->channel, "%s", (const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    play_check(p, p->channel[0] != 0, "there is no channel");
}

static void play_open_file(play *p) {
    const char *temporary = getenv("TMPDIR");
    snprintf(p->folder, sizeof p->folder, "%.40s/ledger-XXXXXX", temporary == NULL ? "/tmp" : temporary);
    play_check(p, mkdtemp(p->folder) != NULL, "no folder for a database file");
    snprintf(p->file, sizeof p->file, "%s/data.db", p->folder);
    play_check(p, sqlite3_open(p->file, &p->other) == SQLITE_OK, "no database file");
    play_exec(p, p->other, SQLITE_OK, "CREATE TABLE local(x)");
}

void play_begin(play *p, service *s, const char *name, bool file) {
    *p = (play){.service = s, .name = name, .file = ":memory:"};
    service_reset(s);
    if (file) {
        play_open_file(p);
    }
    p->db = service_connect(s, p->file);
    play_check(p, p->db != NULL, "no connection");
    play_find_channel(p);
    if (!file) {
        play_exec(p, p->db, SQLITE_OK, "CREATE TABLE local(x)");
    }
}

void play_exec(play *p, sqlite3 *db, int expected, const char *sql) {
    char *message = NULL;
    int rc = sqlite3_exec(db, sql, NULL, NULL, &message);
    if (rc != expected) {
        printf("# %s: %.300s: code %d, not %d: %s\n", p->name, sql, rc, expected, message == NULL ? "" : message);
        p->wrong++;
    }
    sqlite3_free(message);
}

void play_refused(play *p, sqlite3 *db, const char *word, const char *sql) {
    char *message = NULL;
    int rc = sqlite3_exec(db, sql, NULL, NULL, &message);
    char *pattern = sqlite3_mprintf("%%%s%%", word);
    if (rc == SQLITE_OK || message == NULL || sqlite3_strlike(pattern, message, 0) != 0) {
        printf("# %s: %.300s: should be refused with a word about %s, but: code %d, %s\n", p->name, sql, word, rc,
               message == NULL ? "no message" : message);
        p->wrong++;
    }
    sqlite3_free(pattern);
    sqlite3_free(message);
}

void play_message(play *p, int expected, const char *body) {
    char *sql =
        sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) VALUES (%s, %Q)", p->channel, body);
    play_exec(p, p->db, expected, sql);
    sqlite3_free(sql);
}

void play_expect(play *p, int pending, int sent, int failed, int unknown, int rolled_back) {
    const int expected[] = {pending, sent, failed, unknown, rolled_back};
    journal j = {0};
    json_t *ledger = service_ledger(p->service);
    play_check(p, journal_read(&j, p->db, 0), "chat_writes");
    for (int state = 0; state < 5; state++) {
        int count = journal_count(&j, (journal_state)state);
        if (count != expected[state]) {
            printf("# %s: %d calls are %s, not %d\n", p->name, count, journal_state_text((journal_state)state),
                   expected[state]);
            p->wrong++;
        }
    }
    int differences = pending == 0 ? journal_compare(&j, ledger) : 0;
    play_check(p, differences == 0, "the ledger says otherwise than chat_writes");
    json_decref(ledger);
    journal_free(&j);
}

void play_expect_ledger(play *p, int count) {
    json_t *ledger = service_ledger(p->service);
    if ((int)json_array_size(ledger) != count) {
        char *text = json_dumps(ledger, JSON_INDENT(1));
        printf("# %s: %d writes are in the ledger, not %d: %.700s\n", p->name, (int)json_array_size(ledger), count,
               text);
        free(text);
        p->wrong++;
    }
    json_decref(ledger);
}

void play_end(play *p) {
    sqlite3_close(p->db);
    sqlite3_close(p->other);
    if (p->folder[0] != 0) {
        unlink(p->file);
        rmdir(p->folder);
    }
    tap_result(p->wrong == 0, "%s", p->name);
}
