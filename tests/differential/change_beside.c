/* Open cursors beside statements that write: see change_beside.h. */
#include "change_beside.h"

#include <string.h>

enum { BESIDE_CHANCE = 40, BESIDE_READ_ON = 3 };

/* Some rows of a table that the transaction changes: the first, or more. */
static void change_beside_read(change_play *p) {
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", p->rows[0].table->table->name);
    int rows = random_chance(&p->random, 50) ? 1 : 2 + random_below(&p->random, 30);
    sqlite3_str_appendf(p->log, "#   -- beside: %s, %d rows\n", sql, rows);
    int rc = sqlite3_prepare_v2(p->c->subject, sql, -1, &p->reading, NULL);
    rc = rc == SQLITE_OK ? SQLITE_ROW : rc;
    for (int i = 0; rc == SQLITE_ROW && i < rows; i++) {
        rc = sqlite3_step(p->reading);
    }
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        play_complain(p, "beside: %s: %s", sql, sqlite3_errmsg(p->c->subject));
    }
    sqlite3_free(sql);
}

void change_beside_open(change_play *p) {
    const sample *s = &p->c->sample;
    change_beside_close(p);
    if (p->c->no_beside || !random_chance(&p->random, BESIDE_CHANCE)) {
        return;
    }
    unsigned mask =
        (unsigned)(random_next(&p->random) & random_next(&p->random)) & BESIDE_ALL & ~(unsigned)BESIDE_EXPLAIN;
    mask &= ~((s->words ? 0u : (unsigned)BESIDE_WORDS) | (s->boxes ? 0u : (unsigned)BESIDE_BOXES));
    p->result->beside++;
    sqlite3_str_appendf(p->log, "#   -- beside: 0x%x (beside.h)\n", mask);
    if (!beside_open(&p->open, p->c->subject, mask)) {
        play_complain(p, "0x%x does not open", mask);
    }
    if (mask == 0 || random_chance(&p->random, 50)) {
        change_beside_read(p);
    }
}

void change_beside_explain(change_play *p, const char *sql, int percent) {
    if (p->c->no_beside || !random_chance(&p->random, percent)) {
        return;
    }
    char *explain = sqlite3_mprintf("EXPLAIN %s", sql);
    int rows = 1 + random_below(&p->random, 12);
    sqlite3_str_appendf(p->log, "#   -- beside: EXPLAIN, %d rows\n", rows);
    int rc = sqlite3_prepare_v2(p->c->subject, explain, -1, &p->explain, NULL);
    rc = rc == SQLITE_OK ? SQLITE_ROW : rc;
    for (int i = 0; rc == SQLITE_ROW && i < rows; i++) {
        rc = sqlite3_step(p->explain);
    }
    if (rc != SQLITE_ROW) {
        play_complain(p, "%s: %s", explain, sqlite3_errmsg(p->c->subject));
    }
    sqlite3_free(explain);
}

void change_beside_explained(change_play *p) {
    sqlite3_finalize(p->explain);
    p->explain = NULL;
}

/* What was reading goes on, and finds nothing wrong; unless a ROLLBACK has ended it, or a row that it came to is no more. */
void change_beside_close(change_play *p) {
    int rc = p->reading != NULL && sqlite3_stmt_busy(p->reading) ? SQLITE_ROW : SQLITE_DONE;
    for (int i = 0; rc == SQLITE_ROW && i < BESIDE_READ_ON; i++) {
        rc = sqlite3_step(p->reading);
    }
    bool gone = strstr(sqlite3_errmsg(p->c->subject), "deleted while it was being read") != NULL;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE && rc != SQLITE_ABORT && !gone) {
        play_complain(p, "beside: %s: %s", sqlite3_sql(p->reading), sqlite3_errmsg(p->c->subject));
    }
    change_beside_explained(p);
    sqlite3_finalize(p->reading);
    p->reading = NULL;
    beside_close(&p->open);
}
