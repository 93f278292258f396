/*
** Statements beside other things that stand open: a statement sees what the server has when it begins, whatever another
** one has read before, and asks for each page once. See life.h.
*/
#include <stdio.h>
#include <string.h>

#include "memory/life.h"

/* What stands open beside the statement that is looked at. */
typedef struct company {
    const char *name;
    const char *query; /* left after its second row; NULL: none */
    bool blob;         /* a handle to a blob: to SQLite a statement without text */
} company;

static const company companies[] = {
    {"nothing", NULL, false},
    {"a cursor on an ordinary table", "SELECT a FROM plain", false},
    {"a blob handle", NULL, true},
    {"a cursor on FTS5", "SELECT t FROM texts WHERE texts MATCH 'word'", false},
    {"a cursor on rtree", "SELECT id FROM boxes WHERE low >= 0", false},
    {"a cursor on the same table", "SELECT sid FROM services", false},
    {"a cursor that was given values", "SELECT c.sid FROM services AS s JOIN channels AS c ON c.service_sid = s.sid",
     false},
    {"a blob handle and a cursor on the same table", "SELECT t, sid FROM texts JOIN services", true},
    {"a blob handle and a subquery on the same table",
     "SELECT (SELECT count(*) FROM services WHERE sid > n) FROM twenty", true},
};

enum { COMPANIES = sizeof companies / sizeof companies[0], RUNS = 5 };

typedef struct beside {
    life_check check;
    char name[200];
    sqlite3 *db, *writer;
    sqlite3_stmt *open;
    sqlite3_blob *blob;
} beside;

static const char beside_tables[] =
    "CREATE TABLE plain(a INTEGER PRIMARY KEY, b BLOB); INSERT INTO plain VALUES (1, x'00'), (2, x'01');"
    "CREATE TABLE twenty(n INTEGER PRIMARY KEY);"
    "WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 20) INSERT INTO twenty SELECT n FROM r;"
    "CREATE VIRTUAL TABLE texts USING fts5(t); INSERT INTO texts SELECT 'word ' || n FROM twenty;"
    "CREATE TEMP TABLE copied(sid, others);"
    "CREATE TEMP TRIGGER look AFTER INSERT ON copied BEGIN "
    "UPDATE copied SET others = (SELECT count(*) FROM services WHERE sid <> new.sid) WHERE sid = new.sid; END";

static const char beside_boxes[] = "CREATE VIRTUAL TABLE boxes USING rtree(id, low, high);"
                                   "INSERT INTO boxes SELECT n, n, n FROM twenty";

/* grow(x): x, after a service more has been made. */
static void beside_grow(sqlite3_context *context, int argc, sqlite3_value **argv) {
    sqlite3 *writer = sqlite3_user_data(context);
    (void)argc;
    if (sqlite3_exec(writer, "INSERT INTO services(friendly_name) VALUES ('grown')", NULL, NULL, NULL) != SQLITE_OK) {
        sqlite3_result_error(context, sqlite3_errmsg(writer), -1);
    } else {
        sqlite3_result_value(context, argv[0]);
    }
}

/* ask(SQL): its first value, from a statement of its own. */
static void beside_ask(sqlite3_context *context, int argc, sqlite3_value **argv) {
    sqlite3 *db = sqlite3_context_db_handle(context);
    sqlite3_stmt *statement = NULL;
    (void)argc;
    if (sqlite3_prepare_v2(db, (const char *)sqlite3_value_text(argv[0]), -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        sqlite3_result_value(context, sqlite3_column_value(statement, 0));
    }
    if (sqlite3_finalize(statement) != SQLITE_OK) {
        sqlite3_result_error(context, sqlite3_errmsg(db), -1);
    }
}

static void beside_begin(beside *all, service *s, const company *with, const char *rule) {
    memset(all, 0, sizeof *all);
    service_control(s, "data?seed=7"); /* what has been written before is gone */
    snprintf(all->name, sizeof all->name, "beside %s %s", with->name, rule);
    all->check.name = all->name;
    all->db = life_connect(s);
    all->writer = life_connect(s);
    sqlite3_create_function_v2(all->db, "grow", 1, SQLITE_UTF8, all->writer, beside_grow, NULL, NULL, NULL);
    sqlite3_create_function_v2(all->db, "ask", 1, SQLITE_UTF8, NULL, beside_ask, NULL, NULL, NULL);
    life_exec(&all->check, all->db, SQLITE_OK, beside_tables);
    bool rtree = sqlite3_exec(all->db, beside_boxes, NULL, NULL, NULL) == SQLITE_OK; /* not in every build */
    if (with->blob) {
        int rc = sqlite3_blob_open(all->db, "main", "plain", "b", 1, 0, &all->blob);
        life_expect(&all->check, rc == SQLITE_OK, "no blob handle: %d", rc);
    }
    if (with->query && (rtree || !strstr(with->query, "boxes"))) {
        all->open = life_prepare(all->db, with->query);
        bool rows = sqlite3_step(all->open) == SQLITE_ROW && sqlite3_step(all->open) == SQLITE_ROW;
        life_expect(&all->check, rows, "%s: no rows", with->query);
    }
}

static void beside_end(beside *all) {
    sqlite3_finalize(all->open);
    sqlite3_blob_close(all->blob);
    life_expect(&all->check, sqlite3_close(all->db) == SQLITE_OK, "close");
    sqlite3_close(all->writer);
    life_end(&all->check);
}

static void beside_add_service(beside *all) {
    life_exec(&all->check, all->writer, SQLITE_OK, "INSERT INTO services(friendly_name) VALUES ('one more')");
}

/* Runs a statement again and gives the number in its first row. */
static sqlite3_int64 beside_again(beside *all, sqlite3_stmt *statement) {
    sqlite3_int64 number = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    life_expect(&all->check, sqlite3_reset(statement) == SQLITE_OK, "%s", sqlite3_errmsg(all->db));
    return number;
}

/* A subquery in each of twenty rows: all are to give the same number, that of the moment at which the statement began. */
static void beside_expect_rows(beside *all, sqlite3_int64 expected) {
    sqlite3_stmt *rows = life_prepare(all->db, "SELECT (SELECT count(*) FROM services WHERE sid > n) FROM twenty");
    for (int row = 1; sqlite3_step(rows) == SQLITE_ROW; row++) {
        sqlite3_int64 found = sqlite3_column_int64(rows, 0);
        life_expect(&all->check, found == expected, "row %d: %lld of %lld", row, found, expected);
    }
    life_expect(&all->check, sqlite3_finalize(rows) == SQLITE_OK, "%s", sqlite3_errmsg(all->db));
}

/* Each run sees the service that has been made before it: of a new statement, and of one that is run again. */
static void beside_fresh(service *s, const company *with) {
    static const char count[] = "SELECT count(*) FROM services",
                      limited[] = "SELECT count(*) FROM services WHERE sid > ?";
    beside all;
    beside_begin(&all, s, with, "every run looks anew");
    sqlite3_int64 before = life_number(&all.check, all.db, count);
    sqlite3_stmt *again = life_prepare(all.db, count), *valued = life_prepare(all.db, limited);
    sqlite3_bind_text(valued, 1, "A", -1, SQLITE_STATIC);
    for (int i = 1; i <= RUNS; i++) {
        beside_add_service(&all);
        sqlite3_int64 fresh = life_number(&all.check, all.db, count);
        life_expect(&all.check, fresh == before + i, "a new one: %lld of %lld", fresh, before + i);
        fresh = beside_again(&all, again);
        life_expect(&all.check, fresh == before + i, "run again: %lld of %lld", fresh, before + i);
        fresh = beside_again(&all, valued);
        life_expect(&all.check, fresh == before + i, "run again with a value: %lld of %lld", fresh, before + i);
        beside_expect_rows(&all, before + i);
        if (i == RUNS / 2) {
            life_exec(&all.check, all.db, SQLITE_OK, "CREATE TABLE another(a)"); /* they are prepared again */
        }
    }
    sqlite3_finalize(again);
    sqlite3_finalize(valued);
    beside_end(&all);
}

/* A statement keeps to its look while others begin and end, and those that a function runs have looks of their own. */
static void beside_inside(service *s, const company *with) {
    beside all;
    beside_begin(&all, s, with, "a statement inside another looks anew, the outer one keeps its look");
    sqlite3_int64 before = life_number(&all.check, all.db, "SELECT count(*) FROM services");
    sqlite3_stmt *outer = life_prepare(
        all.db,
        "SELECT (SELECT count(*) FROM services WHERE sid <> s.sid), ask(grow('SELECT count(*) FROM services')), "
        "(SELECT count(*) FROM services WHERE sid <> s.sid) FROM services AS s");
    for (int row = 1; sqlite3_step(outer) == SQLITE_ROW; row++) {
        sqlite3_int64 first = sqlite3_column_int64(outer, 0), inner = sqlite3_column_int64(outer, 1),
                      last = sqlite3_column_int64(outer, 2);
        life_expect(&all.check, first == before - 1 && last == before - 1, "row %d of %lld: %lld and %lld others", row,
                    before, first, last);
        life_expect(&all.check, inner == before + row, "row %d: %lld inside, of %lld", row, inner, before + row);
    }
    life_expect(&all.check, sqlite3_finalize(outer) == SQLITE_OK, "%s", sqlite3_errmsg(all.db));
    beside_end(&all);
}

/* Two that are read in turns, prepared from the same text, the second after a service more has been made. */
static void beside_turns(service *s, const company *with) {
    static const char text[] = "SELECT (SELECT count(*) FROM services AS o WHERE o.sid <= s.sid) FROM services AS s";
    beside all;
    beside_begin(&all, s, with, "two statements in turns have a look each");
    int before = (int)life_number(&all.check, all.db, "SELECT count(*) FROM services");
    sqlite3_stmt *one = life_prepare(all.db, text), *other = life_prepare(all.db, text);
    life_expect(&all.check, sqlite3_step(one) == SQLITE_ROW, "no row");
    beside_add_service(&all);
    life_expect(&all.check, sqlite3_step(other) == SQLITE_ROW, "no row");
    int first = 1 + life_rest(&all.check, one), second = 1 + life_rest(&all.check, other);
    life_expect(&all.check, first == before, "the first: %d of %d", first, before);
    life_expect(&all.check, second == before + 1, "the second: %d of %d", second, before + 1);
    sqlite3_finalize(one);
    sqlite3_finalize(other);
    beside_end(&all);
}

/* A statement, and what it asks for: once each. */
typedef struct cost {
    const char *sql;
    bool services; /* the list of services, */
    bool channels; /* and that of the channels of each */
} cost;

static const cost costs[] = {
    {"SELECT count(*) FROM services AS a JOIN services AS b ON a.sid >= b.sid", true, false},
    {"SELECT sum((SELECT count(*) FROM services WHERE sid > n)) FROM twenty", true, false},
    {"SELECT sum((SELECT count(*) FROM services WHERE friendly_name > t)) FROM texts WHERE texts MATCH 'word'", true,
     false},
    {"SELECT count(*) FROM services AS s JOIN channels AS c ON c.service_sid = s.sid JOIN twenty", true, true},
    {"SELECT sum((SELECT count(*) FROM channels AS c WHERE c.service_sid = s.sid)) FROM twenty, services AS s", true,
     true},
    {"SELECT sid FROM services UNION ALL SELECT sid FROM services", true, false},
    {"INSERT INTO copied(sid) SELECT sid FROM services", true, false},
    {"DELETE FROM copied WHERE sid IN (SELECT sid FROM services) OR others IN (SELECT count(*) FROM services)", true,
     false},
};

static void beside_once(service *s, const company *with) {
    beside all;
    beside_begin(&all, s, with, "a statement asks for each page once");
    sqlite3_int64 services = life_number(&all.check, all.db, "SELECT count(*) FROM services");
    for (size_t i = 0; i < sizeof costs / sizeof costs[0]; i++) {
        life_exec(&all.check, all.db, SQLITE_OK, "DELETE FROM chat_requests");
        life_exec(&all.check, all.db, SQLITE_OK, costs[i].sql);
        sqlite3_int64 requests = life_number(&all.check, all.db, "SELECT count(*) FROM chat_requests");
        sqlite3_int64 needed = costs[i].services + (costs[i].channels ? services : 0);
        life_expect(&all.check, requests == needed, "%s: %lld requests, not %lld", costs[i].sql, requests, needed);
    }
    beside_end(&all);
}

void life_beside(service *s) {
    for (int i = 0; i < COMPANIES; i++) {
        beside_fresh(s, &companies[i]);
        beside_inside(s, &companies[i]);
        beside_turns(s, &companies[i]);
        beside_once(s, &companies[i]);
    }
}
