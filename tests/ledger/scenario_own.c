/*
** Own tables as sources of writes: chat_writes and chat_requests, which the statement itself changes as it runs. It must see
** what was there when it began; so each row is taken once, and the statement ends. LIMIT 300 ends it here in any case.
*/
#include "scenario.h"

#include "play.h"

static void own_exec(play *p, const char *format) {
    char *sql = sqlite3_mprintf(format, p->channel);
    play_exec(p, p->db, SQLITE_OK, sql);
    sqlite3_free(sql);
}

/* Sends again what was not sent, as the states of chat_writes invite to. */
static void own_again(service *s, bool inside) {
    play p;
    play_begin(&p, s,
               inside ? "what a refused COMMIT has not sent is written again out of chat_writes, inside BEGIN"
                      : "what a refused COMMIT has not sent is written again out of chat_writes, in autocommit",
               false);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    for (int i = 0; i < 6; i++) {
        play_message(&p, SQLITE_OK, "again");
    }
    service_control(s, "fault?action=status&status=400&method=POST&nth=3");
    play_exec(&p, p.db, SQLITE_ERROR, "COMMIT");
    play_expect(&p, 0, 2, 1, 0, 3);
    play_exec(&p, p.db, SQLITE_OK, inside ? "BEGIN" : "");
    own_exec(&p, "INSERT INTO messages(service_sid, channel_sid, body) "
                 "SELECT %s, substr(body, 6) || seq FROM chat_writes WHERE state <> 'sent' LIMIT 300");
    play_exec(&p, p.db, SQLITE_OK, inside ? "COMMIT" : "");
    play_expect_ledger(&p, 6);
    play_end(&p);
}

/* An attempt to send it again that is refused, or rolled back, does not lose it; a second statement still finds it. */
static void own_again_refused(service *s) {
    static const char again[] = "INSERT INTO messages(service_sid, channel_sid, body) "
                                "SELECT %s, substr(body, 6) || seq FROM chat_writes WHERE state %s LIMIT 300";
    play p;
    play_begin(&p, s, "what a refused COMMIT has not sent outlives attempts to write it again that are refused", false);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    for (int i = 0; i < 6; i++) {
        play_message(&p, SQLITE_OK, "again");
    }
    service_control(s, "fault?action=status&status=400&method=POST&nth=3");
    play_exec(&p, p.db, SQLITE_ERROR, "COMMIT");
    play_expect(&p, 0, 2, 1, 0, 3);
    char *bad = sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body, attributes) SELECT %s, 'again', "
                                "iif(row_number() OVER (ORDER BY seq) < 3, '{}', 'bad') FROM chat_writes "
                                "WHERE state <> 'sent'",
                                p.channel);
    play_exec(&p, p.db, SQLITE_CONSTRAINT, bad);
    play_expect(&p, 0, 2, 1, 0, 3);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    play_exec(&p, p.db, SQLITE_CONSTRAINT, bad);
    play_expect(&p, 0, 2, 1, 0, 5);
    sqlite3_free(bad);
    char *failed = sqlite3_mprintf(again, p.channel, "= 'failed'");
    char *dropped = sqlite3_mprintf(again, p.channel, "= 'rolled back'");
    play_exec(&p, p.db, SQLITE_OK, failed);
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    play_expect(&p, 0, 2, 1, 0, 3);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    play_exec(&p, p.db, SQLITE_OK, failed);
    play_exec(&p, p.db, SQLITE_OK, dropped);
    play_expect(&p, 4, 2, 1, 0, 3);
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect_ledger(&p, 6);
    sqlite3_free(failed);
    sqlite3_free(dropped);
    play_end(&p);
}

/* Doubles what is queued, twice: 2, 4, 8. */
static void own_doubled(service *s) {
    static const char sql[] = "INSERT INTO messages(service_sid, channel_sid, body) "
                              "SELECT %s, 'double ' || seq FROM chat_writes WHERE state = 'pending' LIMIT 300";
    play p;
    play_begin(&p, s, "calls that are queued, as the source of more, are each taken once", false);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    play_message(&p, SQLITE_OK, "one");
    play_message(&p, SQLITE_OK, "two");
    own_exec(&p, sql);
    own_exec(&p, sql);
    play_expect(&p, 8, 0, 0, 0, 0);
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 8, 0, 0, 0);
    play_end(&p);
}

/* The SIDs of channels just made, for their members. */
static void own_sids(service *s, bool inside) {
    play p;
    play_begin(&p, s,
               inside ? "members for channels just made, out of chat_writes.sid, inside BEGIN"
                      : "members for channels just made, out of chat_writes.sid, in autocommit",
               false);
    play_exec(&p, p.db, SQLITE_OK,
              "INSERT INTO channels(service_sid, friendly_name) "
              "SELECT s.sid, 'own ' || n.column1 FROM services AS s, (VALUES (1), (2), (3)) AS n LIMIT 5");
    play_expect(&p, 0, 5, 0, 0, 0);
    service_reset(s);
    play_exec(&p, p.db, SQLITE_OK, inside ? "BEGIN" : "");
    play_exec(&p, p.db, SQLITE_OK,
              "INSERT INTO members(service_sid, channel_sid, identity) "
              "SELECT substr(w.path, 14, 34), w.sid, n.column1 FROM chat_writes AS w, (VALUES ('ann'), ('bob')) AS n "
              "WHERE w.table_name = 'channels' LIMIT 300");
    play_exec(&p, p.db, SQLITE_OK, inside ? "COMMIT" : "");
    play_expect(&p, 0, 10, 0, 0, 0);
    play_expect_ledger(&p, 10);
    play_end(&p);
}

/* Its first row reads nothing of ours. The same statement again, and prepared anew after a change of the schema. */
static void own_late(service *s) {
    play p;
    sqlite3_stmt *insert = NULL;
    play_begin(&p, s, "an INSERT that reads chat_writes for its second row does not find its first one there", false);
    char *sql =
        sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) SELECT %s, CASE x WHEN 1 THEN 'first' "
                        "ELSE (SELECT count(*) FROM chat_writes WHERE state = 'pending') END FROM local",
                        p.channel);
    play_exec(&p, p.db, SQLITE_OK, "INSERT INTO local VALUES (1), (2), (3); BEGIN");
    sqlite3_prepare_v2(p.db, sql, -1, &insert, NULL);
    sqlite3_free(sql);
    for (int i = 0; i < 4; i++) {
        play_check(&p, sqlite3_step(insert) == SQLITE_DONE, sqlite3_errmsg(p.db));
        play_check(&p, sqlite3_reset(insert) == SQLITE_OK, sqlite3_errmsg(p.db));
        play_exec(&p, p.db, SQLITE_OK, i == 1 ? "CREATE TABLE meanwhile(x)" : "");
    }
    sqlite3_finalize(insert);
    play_expect(&p, 12, 0, 0, 0, 0);
    play_exec(&p, p.db, SQLITE_OK,
              "COMMIT; INSERT INTO local SELECT 1 FROM (SELECT group_concat(substr(body, 6)) AS said FROM "
              "(SELECT body FROM chat_writes ORDER BY seq)) WHERE said = 'first,0,0,first,3,3,first,6,6,first,9,9'");
    play_check(&p, sqlite3_changes(p.db) == 1, "something else was counted");
    play_end(&p);
}

/* A cursor that stands in the finished list while the list is cleared for a new transaction. */
static void own_cursor(service *s) {
    play p;
    sqlite3_stmt *reader = NULL;
    play_begin(&p, s, "a cursor in chat_writes sees what was there when it began, whatever is written meanwhile",
               false);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    play_message(&p, SQLITE_OK, "a-1");
    play_message(&p, SQLITE_OK, "a-2");
    play_message(&p, SQLITE_OK, "a-3");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    sqlite3_prepare_v2(p.db, "SELECT state, body FROM chat_writes LIMIT 300", -1, &reader, NULL);
    int rows = 0, right = 0;
    while (sqlite3_step(reader) == SQLITE_ROW) {
        char *body = sqlite3_mprintf("Body=a-%d", ++rows);
        right += sqlite3_stricmp((const char *)sqlite3_column_text(reader, 0), "sent") == 0 &&
                 sqlite3_stricmp((const char *)sqlite3_column_text(reader, 1), body) == 0;
        sqlite3_free(body);
        play_message(&p, SQLITE_OK, "meanwhile");
    }
    play_check(&p, sqlite3_finalize(reader) == SQLITE_OK, sqlite3_errmsg(p.db));
    play_check(&p, rows == 3 && right == 3, "it should have seen the three messages, sent");
    play_expect_ledger(&p, 6);
    play_end(&p);
}

/* A message for each request: every write adds requests, and finding the channel's service does too. */
static void own_requests(service *s) {
    play p;
    sqlite3_stmt *count = NULL;
    play_begin(&p, s, "a message for each row of chat_requests: as many as there were", false);
    play_exec(&p, p.db, SQLITE_OK, "SELECT count(*) FROM users; SELECT count(*) FROM roles");
    sqlite3_prepare_v2(p.db, "SELECT count(*) FROM chat_requests", -1, &count, NULL);
    int rows = sqlite3_step(count) == SQLITE_ROW ? sqlite3_column_int(count, 0) : -1;
    sqlite3_finalize(count);
    play_check(&p, rows > 3, "requests are missing");
    own_exec(&p, "INSERT INTO messages(service_sid, channel_sid, body) SELECT %s, id || ' ' || path FROM chat_requests "
                 "LIMIT 300");
    play_expect_ledger(&p, rows);
    /* Reads for each row lengthen it while it is read. */
    char *sql =
        sqlite3_mprintf("CREATE TEMP TABLE seen AS SELECT id, (SELECT count(*) FROM members AS m WHERE "
                        "m.service_sid = %.36s AND m.identity = r.id || 'x') AS n FROM chat_requests AS r LIMIT 300",
                        p.channel);
    play_exec(&p, p.db, SQLITE_OK, "DELETE FROM chat_requests; SELECT count(*) FROM roles");
    play_exec(&p, p.db, SQLITE_OK, "CREATE TEMP TABLE were AS SELECT id FROM chat_requests");
    play_exec(&p, p.db, SQLITE_OK, sql);
    play_exec(&p, p.db, SQLITE_OK,
              "SELECT CASE WHEN (SELECT count(*) FROM seen) <> (SELECT count(*) FROM were) "
              "THEN abs(-9223372036854775807 - 1) END");
    sqlite3_free(sql);
    play_end(&p);
}

/* The log emptied out of itself. */
static void own_deleted(service *s) {
    play p;
    sqlite3_stmt *reader = NULL;
    play_begin(&p, s, "a cursor in chat_requests lives while the log is emptied", false);
    play_exec(&p, p.db, SQLITE_OK, "SELECT count(*) FROM users; SELECT count(*) FROM roles");
    sqlite3_prepare_v2(p.db, "SELECT id, path FROM chat_requests LIMIT 300", -1, &reader, NULL);
    int rows = 0, whole = 0;
    while (sqlite3_step(reader) == SQLITE_ROW) {
        whole += sqlite3_column_int(reader, 0) > 0 && sqlite3_column_text(reader, 1) != NULL;
        play_exec(&p, p.db, SQLITE_OK, rows++ == 1 ? "DELETE FROM chat_requests" : "SELECT 1 FROM services LIMIT 1");
    }
    play_check(&p, sqlite3_finalize(reader) == SQLITE_OK, sqlite3_errmsg(p.db));
    play_check(&p, rows > 3 && whole == rows && rows < 300, "rows are missing, empty or without end");
    play_end(&p);
}

/* Prepared long ago, since when very many others have been, which all look at chat_requests. */
static void own_old(service *s) {
    static const char sql[] = "SELECT count(*), (SELECT count(*) FROM chat_requests) FROM services";
    play p;
    sqlite3_stmt *old = NULL, *others[600] = {NULL}; /* all there at once: else they could have one address in turns */
    play_begin(&p, s, "a statement that was prepared long ago sees chat_requests as it was when it began", false);
    play_exec(&p, p.db, SQLITE_OK, "DELETE FROM chat_requests");
    play_check(&p, sqlite3_prepare_v2(p.db, sql, -1, &old, NULL) == SQLITE_OK, "it cannot be prepared");
    for (int i = 0; i < 600; i++) {
        play_check(&p, sqlite3_prepare_v2(p.db, "SELECT path FROM chat_requests", -1, &others[i], NULL) == SQLITE_OK,
                   "another");
    }
    for (int i = 0; i < 2; i++) {
        play_check(&p, sqlite3_step(old) == SQLITE_ROW, "it gives no row");
        play_check(&p, sqlite3_column_int(old, 1) == i, "it sees requests of its own");
        sqlite3_reset(old);
    }
    for (int i = 0; i < 600; i++) {
        sqlite3_finalize(others[i]);
    }
    sqlite3_finalize(old);
    play_end(&p);
}

void scenario_own(service *s) {
    own_again(s, false);
    own_again(s, true);
    own_again_refused(s);
    own_doubled(s);
    own_sids(s, false);
    own_sids(s, true);
    own_late(s);
    own_cursor(s);
    own_requests(s);
    own_deleted(s);
    own_old(s);
}
