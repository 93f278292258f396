/*
** What SQLite tells nobody, or nobody listens to: rollbacks of tables made in the transaction, the end of a transaction whose
** RELEASE failed, the refusal after the rows of RETURNING. Where a write could go out or get lost unseen, it is refused.
*/
#include "scenario.h"

#include "play.h"

#include <stdio.h>
#include <string.h>

/* The statement must fail, and say so. */
static void told_refused(play *p, const char *sql, const char *part) {
    char *message = NULL;
    int rc = sqlite3_exec(p->db, sql, NULL, NULL, &message);
    if (rc == SQLITE_OK || message == NULL || strstr(message, part) == NULL) {
        printf("# %s: %.200s: code %d, %s\n", p->name, sql, rc, message == NULL ? "no message" : message);
        p->wrong++;
    }
    sqlite3_free(message);
}

/* INSERT INTO a table of messages. Free it with sqlite3_free. */
static char *told_insert(const play *p, const char *table, const char *rest) {
    return sqlite3_mprintf("INSERT INTO %s(service_sid, channel_sid, body) VALUES (%s, 'told') %s", table, p->channel,
                           rest);
}

static void told_refuse_insert(play *p, const char *table, const char *rest, const char *part) {
    char *sql = told_insert(p, table, rest);
    told_refused(p, sql, part);
    sqlite3_free(sql);
}

static void told_allow_insert(play *p, const char *table, const char *rest) {
    char *sql = told_insert(p, table, rest);
    play_exec(p, p->db, SQLITE_OK, sql);
    sqlite3_free(sql);
}

/* ---- tables made and dropped ---- */

static void told_made_inside(service *s) {
    play p;
    play_begin(&p, s, "a table made in the transaction is not written: ROLLBACK TO would not reach it", false);
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT a; CREATE VIRTUAL TABLE mine USING messages");
    told_refuse_insert(&p, "mine", "", "COMMIT first");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO a; COMMIT");
    play_expect_ledger(&p, 0);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (1); CREATE VIRTUAL TABLE mine USING messages");
    told_refuse_insert(&p, "mine", "", "COMMIT first");
    play_message(&p, SQLITE_OK, "by another table");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    told_allow_insert(&p, "mine", "");
    play_expect_ledger(&p, 2);
    play_end(&p);
}

static void told_made_before(service *s) {
    play p;
    play_begin(&p, s, "a table made in a transaction of its own is written like any other", false);
    play_exec(&p, p.db, SQLITE_OK, "CREATE VIRTUAL TABLE mine USING messages");
    told_allow_insert(&p, "mine", "");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    told_allow_insert(&p, "mine", "");
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT a");
    told_allow_insert(&p, "mine", "");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO a; COMMIT");
    play_expect_ledger(&p, 2);
    play_end(&p);
}

static void told_dropped(service *s) {
    play p;
    play_begin(&p, s, "a table with calls pending is not dropped, and they are not lost", false);
    play_exec(&p, p.db, SQLITE_OK, "CREATE VIRTUAL TABLE mine USING messages; BEGIN");
    told_allow_insert(&p, "mine", "");
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT a");
    play_exec(&p, p.db, SQLITE_LOCKED, "DROP TABLE mine");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO a; COMMIT");
    play_expect(&p, 0, 1, 0, 0, 0);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    told_allow_insert(&p, "mine", "");
    play_exec(&p, p.db, SQLITE_LOCKED, "DROP TABLE mine");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK; DROP TABLE mine");
    play_expect_ledger(&p, 1);
    play_end(&p);
}

/* A rollback of a change of the schema makes SQLite connect its tables anew, in mid-transaction. */
static void told_reconnected(service *s) {
    play p;
    play_begin(&p, s, "tables connected anew inside a transaction: each call follows its savepoint", false);
    play_exec(&p, p.db, SQLITE_OK, "CREATE VIRTUAL TABLE mine USING messages; BEGIN");
    told_allow_insert(&p, "mine", "");
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT a; CREATE TABLE fresh(x)");
    told_allow_insert(&p, "mine", "");
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT b");
    told_allow_insert(&p, "mine", "");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO a");
    told_allow_insert(&p, "mine", "");
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT c");
    told_allow_insert(&p, "mine", "");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO c; COMMIT");
    play_expect(&p, 0, 2, 0, 0, 3);
    play_end(&p);
}

/* ---- a RELEASE that fails ---- */

static const char told_first[] = "the RELEASE of this transaction has failed: ROLLBACK first";

/* SAVEPOINT name with a message that the service refuses; RELEASE, whatever is before it, fails, and SQLite stays inside. */
static void told_fail_release(play *p, service *s, const char *name) {
    char *sql = sqlite3_mprintf("SAVEPOINT %s; INSERT INTO local VALUES (1)", name);
    play_exec(p, p->db, SQLITE_OK, sql);
    sqlite3_free(sql);
    play_message(p, SQLITE_OK, "refused");
    service_control(s, "fault?action=status&status=400&method=POST&nth=1");
    sql = sqlite3_mprintf("; \v/* outermost */RELEASE SAVEPOINT %s", name);
    play_exec(p, p->db, SQLITE_ERROR, sql);
    sqlite3_free(sql);
    play_check(p, !sqlite3_get_autocommit(p->db), "the transaction is over");
}

static void told_release_failed(service *s) {
    play p;
    play_begin(&p, s, "after a RELEASE that failed nothing is written until ROLLBACK", false);
    told_fail_release(&p, s, "\"a b\"");
    told_refuse_insert(&p, "messages", "", told_first);
    told_refused(&p, "INSERT OR IGNORE INTO users(service_sid, identity) VALUES ('x', 'y')", told_first);
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO \"a b\""); /* leaves it open */
    told_refuse_insert(&p, "messages", "", told_first);
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT inner");
    told_refuse_insert(&p, "messages", "", told_first);
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    play_expect_ledger(&p, 0);
    play_message(&p, SQLITE_OK, "in autocommit");
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT \"a b\"");
    play_message(&p, SQLITE_OK, "again");
    play_exec(&p, p.db, SQLITE_OK, "RELEASE \"a b\"");
    play_expect_ledger(&p, 2);
    play_end(&p);
}

/* How a program may end it and go on, without a write in between: nothing that is right is refused. */
static void told_release_ended(service *s, const char *end, const char *begin, const char *commit, const char *name) {
    play p;
    play_begin(&p, s, name, false);
    told_fail_release(&p, s, "a");
    play_exec(&p, p.db, SQLITE_OK, end);
    play_exec(&p, p.db, SQLITE_OK, begin);
    play_message(&p, SQLITE_OK, "right");
    play_exec(&p, p.db, SQLITE_OK, commit);
    play_expect_ledger(&p, 1);
    play_end(&p);
}

/* The one case that cannot be told from the transaction that failed. Never more than one refusal. */
static void told_same_name(service *s) {
    play p;
    play_begin(&p, s, "after ROLLBACK a savepoint of the same name is refused once at most", false);
    told_fail_release(&p, s, "a");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK; SAVEPOINT a");
    told_refuse_insert(&p, "messages", "", told_first);
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK; SAVEPOINT a");
    play_message(&p, SQLITE_OK, "right");
    play_exec(&p, p.db, SQLITE_OK, "RELEASE a");
    play_expect_ledger(&p, 1);
    play_end(&p);
}

static int told_say_no(void *context) {
    (void)context;
    return 1;
}

/* All was sent, and then SQLite cannot commit: a hook says no, as a full disk does. It stays inside all the same. */
static void told_release_refused_here(service *s) {
    play p;
    play_begin(&p, s, "after a RELEASE that failed when all was sent nothing is written until ROLLBACK", false);
    sqlite3_commit_hook(p.db, told_say_no, NULL);
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT a; INSERT INTO local VALUES (1)");
    play_message(&p, SQLITE_OK, "sent");
    play_exec(&p, p.db, SQLITE_CONSTRAINT, "RELEASE a");
    sqlite3_commit_hook(p.db, NULL, NULL);
    play_check(&p, !sqlite3_get_autocommit(p.db), "the transaction is over");
    play_expect(&p, 0, 1, 0, 0, 0);
    told_refuse_insert(&p, "messages", "", told_first);
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    play_expect(&p, 0, 1, 0, 0, 0);
    play_message(&p, SQLITE_OK, "in autocommit");
    play_expect_ledger(&p, 2);
    play_end(&p);
}

/* A foreign key that is not met yet is found before anything is sent, and rolls nothing back: the transaction goes on. */
static void told_release_too_early(service *s) {
    play p;
    play_begin(&p, s, "a RELEASE that a deferred foreign key stops sends nothing, and can be repeated", false);
    play_exec(&p, p.db, SQLITE_OK,
              "PRAGMA foreign_keys = on; CREATE TABLE above(id PRIMARY KEY);"
              "CREATE TABLE below(x REFERENCES above DEFERRABLE INITIALLY DEFERRED);"
              "SAVEPOINT a; INSERT INTO below VALUES (1)");
    play_message(&p, SQLITE_OK, "first");
    play_exec(&p, p.db, SQLITE_CONSTRAINT, "RELEASE a");
    play_expect(&p, 1, 0, 0, 0, 0);
    play_message(&p, SQLITE_OK, "second");
    play_exec(&p, p.db, SQLITE_OK, "INSERT INTO above VALUES (1); RELEASE a");
    play_expect(&p, 0, 2, 0, 0, 0);
    play_end(&p);
}

/* COMMIT ends the transaction also when it fails: nothing is refused after it. */
static void told_commit_failed(service *s) {
    play p;
    play_begin(&p, s, "after a COMMIT that failed the next transaction is a new one", false);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; SAVEPOINT a");
    play_message(&p, SQLITE_OK, "refused");
    service_control(s, "fault?action=status&status=400&method=POST&nth=1");
    play_exec(&p, p.db, SQLITE_ERROR, "COMMIT");
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT a");
    play_message(&p, SQLITE_OK, "right");
    play_exec(&p, p.db, SQLITE_OK, "RELEASE a");
    play_expect_ledger(&p, 1);
    play_end(&p);
}

/* ---- RETURNING ---- */

static const char told_returning[] = "leave RETURNING out";

static void told_autocommit(service *s) {
    play p;
    play_begin(&p, s, "RETURNING outside a transaction is refused, inside one COMMIT tells", false);
    told_refuse_insert(&p, "messages", "RETURNING body", told_returning);
    told_refuse_insert(&p, "messages", "RETURNING 1", told_returning);
    play_expect_ledger(&p, 0);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    told_allow_insert(&p, "messages", "RETURNING body");
    service_control(s, "fault?action=status&status=400&method=POST&nth=1");
    play_exec(&p, p.db, SQLITE_ERROR, "COMMIT");
    play_expect(&p, 0, 0, 1, 0, 0);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    told_allow_insert(&p, "messages", "RETURNING body");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 1, 0, 0, 0);
    play_end(&p);
}

/* The same with a statement of the program's own: while it is being read, nothing that ends is sent. */
static void told_beside(service *s) {
    play p;
    sqlite3_stmt *returning = NULL, *explained = NULL;
    sqlite3_blob *blob = NULL;
    play_begin(&p, s, "what would be sent when another statement's rows, or a blob, are left is refused", false);
    sqlite3_prepare_v2(p.db, "EXPLAIN INSERT INTO local VALUES (1)", -1, &explained, NULL);
    play_check(&p, sqlite3_step(explained) == SQLITE_ROW, "no row of EXPLAIN");
    told_refuse_insert(&p, "messages", "", "EXPLAIN");
    play_check(&p, sqlite3_finalize(explained) == SQLITE_OK, "the EXPLAIN");
    sqlite3_prepare_v2(p.db, "INSERT INTO local VALUES (1), (2) RETURNING x", -1, &returning, NULL);
    play_check(&p, sqlite3_step(returning) == SQLITE_ROW, "no row");
    told_refuse_insert(&p, "messages", "", told_returning);
    play_check(&p, sqlite3_finalize(returning) == SQLITE_OK, "the other statement");
    play_exec(&p, p.db, SQLITE_OK, "UPDATE local SET x = zeroblob(10)");
    play_check(&p, sqlite3_blob_open(p.db, "main", "local", "x", 1, 1, &blob) == SQLITE_OK, "no blob");
    told_refuse_insert(&p, "messages", "", "blob");
    play_check(&p, sqlite3_blob_close(blob) == SQLITE_OK, "the blob");
    play_check(&p, sqlite3_blob_open(p.db, "main", "local", "x", 1, 0, &blob) == SQLITE_OK, "no blob to read");
    play_message(&p, SQLITE_OK, "beside a blob that is only read");
    sqlite3_blob_close(blob);
    play_expect(&p, 0, 1, 0, 0, 0);
    play_end(&p);
}

/* A PRAGMA that writes, and gives rows without a column, which nobody may read to their end. */
static void told_beside_pragma(service *s) {
    play p;
    sqlite3_stmt *vacuum = NULL;
    play_begin(&p, s, "what would be sent when a PRAGMA is read to its end is refused", false);
    play_exec(&p, p.db, SQLITE_OK,
              "ATTACH '' AS loose; PRAGMA loose.auto_vacuum = incremental; CREATE TABLE loose.t(x);"
              "INSERT INTO loose.t VALUES (zeroblob(200000)); DELETE FROM loose.t");
    sqlite3_prepare_v2(p.db, "; PRAGMA loose.incremental_vacuum(20)", -1, &vacuum, NULL);
    play_check(&p, sqlite3_step(vacuum) == SQLITE_ROW, "no row");
    told_refuse_insert(&p, "messages", "", "PRAGMA");
    play_expect_ledger(&p, 0);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    told_allow_insert(&p, "messages", "");
    play_check(&p, sqlite3_finalize(vacuum) == SQLITE_OK, "the PRAGMA");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 1, 0, 0, 0);
    play_end(&p);
}

/* ---- a ROLLBACK under a statement ---- */

static play *told_undoing; /* whose transaction the function rolls back; NULL: it does nothing */

/* undo(x): at 2 rolls back and begins anew, with a message; gives x. */
static void told_undo(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    if (told_undoing != NULL && sqlite3_value_int(argv[0]) == 2) {
        play_exec(told_undoing, told_undoing->db, SQLITE_OK, "ROLLBACK; BEGIN");
        play_message(told_undoing, SQLITE_OK, "inner");
    }
    sqlite3_result_value(context, argv[0]);
}

static void told_aborted(service *s) {
    play p;
    play_begin(&p, s, "a statement under which its transaction is rolled back fails, and nothing of it is sent", false);
    sqlite3_create_function(p.db, "undo", 1, SQLITE_UTF8, NULL, told_undo, NULL, NULL);
    play_exec(&p, p.db, SQLITE_OK, "INSERT INTO local VALUES (1), (2), (3)");
    char *insert = sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) SELECT %s, undo(x) FROM local",
                                   p.channel);
    told_undoing = &p;
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    told_refused(&p, insert, "abort due to ROLLBACK");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect_ledger(&p, 1); /* the inner one */
    told_undoing = NULL;
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (4)");
    play_exec(&p, p.db, SQLITE_OK, insert);
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect_ledger(&p, 5);
    /* ... which an ordinary failure is not taken for: the next statement may be at the same address */
    for (int i = 0; i < 2; i++) {
        service_control(s, "fault?action=status&status=400&method=POST&nth=1");
        play_message(&p, SQLITE_ERROR, "refused");
        play_message(&p, SQLITE_OK, "right");
    }
    play_expect_ledger(&p, 7);
    sqlite3_free(insert);
    play_end(&p);
}

/* note(x): an UPDATE of another row inside, which succeeds; gives x. */
static void told_note(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    play *p = sqlite3_user_data(context);
    play_exec(p, p->db, SQLITE_OK,
              "UPDATE channels SET attributes = '{\"noted\":1}' WHERE path = (SELECT other FROM two)");
    sqlite3_result_value(context, argv[0]);
}

/* ---- ... which writes, under a statement that fails ---- */

static void told_nested(service *s) {
    play p;
    play_begin(&p, s, "what a function has written stays when the statement that calls it is refused", false);
    if (sqlite3_libversion_number() < 3040000) {
        play_end(&p); /* SQLite lets no function do that */
        return;
    }
    sqlite3_create_function(p.db, "note", 1, SQLITE_UTF8, &p, told_note, NULL, NULL);
    play_exec(&p, p.db, SQLITE_OK,
              "CREATE TEMP TABLE two AS SELECT min(path) AS one, max(path) AS other FROM channels; BEGIN");
    told_refused(&p, "UPDATE channels SET attributes = note('[') WHERE path = (SELECT one FROM two)", "not valid JSON");
    play_expect(&p, 1, 0, 0, 0, 0);
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 1, 0, 0, 0);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    told_refused(&p,
                 "UPDATE channels SET attributes = v.column1 FROM (VALUES ('{\"first\":1}'), ('[')) AS v "
                 "WHERE path = (SELECT one FROM two)",
                 "not valid JSON");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect_ledger(&p, 1);
    play_end(&p);
}

/* touch(x): an UPDATE of the row itself that the statement around it may write; gives 1. */
static void told_touch(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    play *p = sqlite3_user_data(context);
    char *sql =
        sqlite3_mprintf("UPDATE channels SET attributes = '{\"touched\":%d}' WHERE path = (SELECT one FROM two)",
                        sqlite3_value_int(argv[0]));
    play_exec(p, p->db, SQLITE_OK, sql);
    sqlite3_free(sql);
    sqlite3_result_int(context, 1);
}

/* A statement by which touch() changes the row, and that leaves so many calls of both. */
static void told_touched(play *p, const char *sql, int calls, int touched) {
    play_exec(p, p->db, SQLITE_OK, "BEGIN");
    play_exec(p, p->db, SQLITE_OK, sql);
    play_expect(p, calls, 0, 0, 0, 0);
    play_exec(p, p->db, SQLITE_OK, "COMMIT");
    char *found = sqlite3_mprintf("INSERT INTO local SELECT 1 FROM channels WHERE path = (SELECT one FROM two) AND "
                                  "json_extract(attributes, '$.touched') = %d",
                                  touched);
    play_exec(p, p->db, SQLITE_OK, found);
    play_check(p, sqlite3_changes(p->db) == 1, sql);
    sqlite3_free(found);
}

/* What a function changes of the very row that the statement around it writes next is no match of that statement's. */
static void told_nested_row(service *s) {
    play p;
    play_begin(&p, s, "what a function has written of a row stays when the statement that calls it writes that row",
               false);
    sqlite3_create_function(p.db, "touch", 1, SQLITE_UTF8, &p, told_touch, NULL, NULL);
    play_exec(&p, p.db, SQLITE_OK, "CREATE TEMP TABLE two AS SELECT min(path) AS one FROM channels");
    told_touched(&p, "UPDATE channels SET friendly_name = 'outer' WHERE path = (SELECT one FROM two) AND touch(1)", 2,
                 1);
    told_touched(&p, "UPDATE channels SET friendly_name = 'outer' WHERE path = (SELECT one FROM two) AND touch(2)", 1,
                 2);
    told_touched(&p,
                 "UPDATE channels SET friendly_name = v.column1 FROM (VALUES ('a'), ('b')) AS v "
                 "WHERE path = (SELECT one FROM two) AND touch(CASE v.column1 WHEN 'a' THEN 3 ELSE 4 END)",
                 3, 4);
    play_expect_ledger(&p, 6);
    play_end(&p);
}

/* Where SQLite drops ORDER BY and LIMIT of a statement, it is refused; where it takes none, that is a syntax error. */
static void told_limited(service *s) {
    play p;
    play_begin(&p, s, "an UPDATE ... FROM whose LIMIT SQLite leaves out is refused", false);
    if (sqlite3_compileoption_used("ENABLE_UPDATE_DELETE_LIMIT")) {
        play_exec(&p, p.db, SQLITE_OK, "BEGIN");
        told_refused(&p, "UPDATE channels SET friendly_name = 'x' FROM (SELECT 1) LIMIT 1", "WHERE path IN (SELECT");
        told_refused(&p,
                     "WITH w AS (SELECT 1 LIMIT 1) UPDATE main.channels SET friendly_name = 'x' FROM w "
                     "WHERE friendly_name IS DISTINCT FROM 'x' ORDER BY sid LIMIT 2 OFFSET 1",
                     "WHERE path IN (SELECT");
        told_refused(&p, "UPDATE channels SET friendly_name = $v(--) FROM (SELECT 1) ORDER BY sid\n LIMIT 1",
                     "WHERE path IN (SELECT");
        play_expect(&p, 0, 0, 0, 0, 0);
        told_refused(
            &p, "UPDATE chat_settings SET value = v FROM (SELECT 7 AS v) WHERE name LIKE '%s%' ORDER BY name LIMIT 1",
            "WHERE name IN (SELECT");
        play_exec(&p, p.db, SQLITE_OK, "UPDATE channels SET friendly_name = 'x' WHERE true ORDER BY sid LIMIT 1");
        play_expect(&p, 1, 0, 0, 0, 0);
        play_exec(&p, p.db, SQLITE_OK,
                  "UPDATE channels SET friendly_name = 'y' FROM (SELECT 1 ORDER BY 1 LIMIT 1) WHERE path IN "
                  "(SELECT path FROM channels ORDER BY sid LIMIT 1)");
        play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    }
    play_end(&p);
}

/* ---- what is to be read in the statement ---- */

/* Gives a channel back the name that it had; in the parentheses of a parameter a quote is none. */
static void told_give_back(play *p) {
    sqlite3_stmt *update = NULL;
    static const char sql[] = "UPDATE channels SET unique_name = $v(\"), friendly_name = $x, attributes = $w(\") "
                              "FROM two WHERE path = one";
    static const char *const values[] = {"told", "was", "{}"};
    play_check(p, sqlite3_prepare_v2(p->db, sql, -1, &update, NULL) == SQLITE_OK, "not prepared");
    for (int i = 0; i < 3; i++) {
        play_check(p, sqlite3_bind_text(update, i + 1, values[i], -1, SQLITE_STATIC) == SQLITE_OK, "not bound");
    }
    play_check(p, sqlite3_step(update) == SQLITE_DONE, sqlite3_errmsg(p->db));
    sqlite3_finalize(update);
}

static void told_parameters(service *s) {
    play p;
    play_begin(&p, s, "an UPDATE ... FROM gives back what was there, whatever its parameters are called", false);
    play_exec(&p, p.db, SQLITE_OK,
              "CREATE TEMP TABLE two AS SELECT min(path) AS one FROM channels;"
              "UPDATE channels SET friendly_name = 'was' WHERE path = (SELECT one FROM two);"
              "BEGIN; UPDATE channels SET friendly_name = 'is' WHERE path = (SELECT one FROM two)");
    told_give_back(&p);
    play_exec(&p, p.db, SQLITE_OK,
              "COMMIT; INSERT INTO local SELECT 1 FROM channels WHERE path = (SELECT one FROM two) AND "
              "unique_name = 'told' AND friendly_name = 'was'");
    play_check(&p, sqlite3_changes(p.db) == 1, "something else stayed");
    play_end(&p);
}

/* A statement that is only explained is none of those that may be the one that runs. */
static void told_explained(service *s) {
    play p;
    sqlite3_stmt *explained = NULL;
    bool limited = sqlite3_compileoption_used("ENABLE_UPDATE_DELETE_LIMIT") != 0;
    play_begin(&p, s, "an EXPLAIN that is not at its end stands in no statement's way", false);
    play_exec(&p, p.db, SQLITE_OK, "CREATE TEMP TABLE two AS SELECT min(path) AS one FROM channels; BEGIN");
    sqlite3_prepare_v2(p.db,
                       limited ? "EXPLAIN UPDATE channels SET friendly_name = 'x' FROM two WHERE path = one LIMIT 1"
                               : "EXPLAIN UPDATE channels SET friendly_name = 'x' FROM two WHERE path = one",
                       -1, &explained, NULL);
    play_check(&p, sqlite3_step(explained) == SQLITE_ROW, "no row");
    play_exec(&p, p.db, SQLITE_OK,
              "UPDATE channels SET attributes = '{\"is\":1}' WHERE path = (SELECT one FROM two);"
              "UPDATE channels SET friendly_name = 'told' FROM two WHERE path = one");
    play_check(&p, sqlite3_finalize(explained) == SQLITE_OK, "the EXPLAIN");
    play_exec(&p, p.db, SQLITE_OK,
              "COMMIT; INSERT INTO local SELECT 1 FROM channels WHERE path = (SELECT one FROM two) AND "
              "friendly_name = 'told' AND json_extract(attributes, '$.is') = 1");
    play_check(&p, sqlite3_changes(p.db) == 1, "not both stayed");
    play_end(&p);
}

/* A LIMIT is by the key, too, where SQLite meets it before it has connected the table and knows that it has no rowids. */
static void told_limited_unknown(service *s) {
    static const char *const statements[] = {
        "UPDATE fresh SET friendly_name = 'limited' WHERE path = (SELECT path FROM latest) LIMIT 1",
        "DELETE FROM fresh WHERE path = (SELECT path FROM latest) LIMIT 1",
    };
    play p;
    play_begin(&p, s, "LIMIT in a table that is not connected yet: the row that was meant", false);
    if (sqlite3_compileoption_used("ENABLE_UPDATE_DELETE_LIMIT")) {
        play_exec(&p, p.db, SQLITE_OK, "CREATE VIRTUAL TABLE temp.fresh USING channels");
        play_exec(&p, p.db, SQLITE_OK, "CREATE TEMP TABLE latest AS SELECT max(path) AS path FROM channels");
        for (size_t at = 0; at < sizeof statements / sizeof *statements; at++) {
            play_exec(&p, p.db, SQLITE_OK, "BEGIN; CREATE TABLE gone(x); ROLLBACK"); /* the schema is read anew */
            play_exec(&p, p.db, SQLITE_OK, "BEGIN");
            play_exec(&p, p.db, SQLITE_OK, statements[at]);
            play_expect(&p, 1, 0, 0, 0, 0);
            play_exec(&p, p.db, SQLITE_OK,
                      "INSERT INTO local SELECT 1 FROM chat_writes WHERE substr(path, 4) = (SELECT path FROM latest)");
            play_check(&p, sqlite3_changes(p.db) == 1, statements[at]);
            play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
        }
    }
    play_end(&p);
}

void scenario_told(service *s) {
    told_aborted(s);
    told_made_inside(s);
    told_made_before(s);
    told_dropped(s);
    told_reconnected(s);
    told_release_failed(s);
    told_release_ended(s, "ROLLBACK", "SELECT 1", "SELECT 1", "... ended by ROLLBACK: autocommit goes on");
    told_release_ended(s, "ROLLBACK", "BEGIN", "COMMIT", "... ended by ROLLBACK: BEGIN goes on");
    told_release_ended(s, "ROLLBACK", "SAVEPOINT b", "RELEASE b", "... ended by ROLLBACK: another savepoint goes on");
    told_release_ended(s, "ROLLBACK TO a; RELEASE a", "BEGIN", "COMMIT", "... ended by ROLLBACK TO and RELEASE");
    told_release_ended(s, "ROLLBACK; SELECT count(*) FROM chat_writes", "SAVEPOINT a", "RELEASE a",
                       "... ended by ROLLBACK, chat_writes looked at: the same savepoint goes on");
    told_same_name(s);
    told_release_refused_here(s);
    told_release_too_early(s);
    told_commit_failed(s);
    told_parameters(s);
    told_explained(s);
    told_limited_unknown(s);
    if (sqlite3_libversion_number() >= 3035000) {
        told_autocommit(s);
        told_beside(s);
        told_beside_pragma(s);
        told_nested(s);
        told_nested_row(s);
        told_limited(s);
    }
}
