/* The words of an SQL statement, with SQLite as the judge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/sql_token.h"
#include "base/sqlite.h"

static void test_words(void **state) {
    static const struct {
        const char *sql, *words; /* each in angle brackets */
    } cases[] = {
        {"SELECT a.b,'it''s' -- x\n FROM[c]]/* d */;", "<SELECT><a><.><b><,><'it''s'><FROM><[c]><]><;>"},
        {"?1FROM ?,?2 ?", "<?1><FROM><?><,><?2><?>"},
        {"$a::b(--) @c(') :d(/*)#e(\"),", "<$a::b(--)><@c(')><:d(/*)><#e(\")><,>"},
        {"$a:b$c @::d ::: f(1)", "<$a><:b$c><@::d><:::><f><(><1><)>"},
        {"$a( b) $c(d", "<$a(><b><)><$c(d>"},
        {"$a(b)(c) e$f", "<$a(b)><(><c><)><e$f>"},
        {" \t\v\f\r\n a\vb", "<a><b>"},
        {"'open", "<'open>"},
        {"/* open", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *words = sqlite3_mprintf("");
        const char *sql = cases[i].sql;
        for (sql_token token = sql_token_next(&sql); token.length > 0; token = sql_token_next(&sql)) {
            char *more = sqlite3_mprintf("%s<%.*s>", words, (int)token.length, token.text);
            sqlite3_free(words);
            words = more;
        }
        assert_string_equal(words, cases[i].words);
        assert_int_equal(*sql, 0);
        sqlite3_free(words);
    }
}

static void test_first(void **state) {
    (void)state;
    assert_true(sql_token_is(sql_token_first(";; -- x\n;release a"), "RELEASE"));
    assert_true(sql_token_is(sql_token_first("PRAGMA x"), "pragma"));
    assert_false(sql_token_is(sql_token_first("EXPLAIN PRAGMA x"), "pragma"));
    assert_int_equal(sql_token_first(";").length, 0);
    assert_int_equal(sql_token_first(NULL).length, 0);
}

/* Before SQLite 3.38, at the latest, a byte order mark is a letter. */
static void test_mark(void **state) {
    static const char sql[] = "\xef\xbb\xbfSELECT \xef\xbb\xbf"
                              "1";
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    bool blank = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK;
    assert_int_equal(sql_token_is(sql_token_first(sql), "SELECT"), blank);
    assert_int_equal(sql_token_first(sql).length, strlen("SELECT") + (blank ? 0 : 3));
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

static void test_verb(void **state) {
    static const struct {
        const char *sql, *verb, *behind;
    } cases[] = {
        {"WITH replace AS (INSERT), \"update\" AS (SELECT $v()) DELETE FROM t", "DELETE", " FROM t"},
        {"WITH replace AS (SELECT 1) REPLACE INTO t", "REPLACE", " INTO t"},
        {"explain update t", "update", " t"},
        {"SELECT replace(a, b, c), (DELETE)", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *sql = cases[i].sql;
        sql_token verb = sql_token_verb(&sql);
        assert_int_equal(verb.length, strlen(cases[i].verb));
        assert_memory_equal(verb.text, cases[i].verb, verb.length);
        assert_string_equal(sql, cases[i].behind);
    }
}

/* ---- SQLite says which parameters a statement has ---- */

enum { JUDGED = 5000, JUDGED_VALUES = 6 };

#define ANY(list) (list)[(unsigned)rand() % (sizeof(list) / sizeof *(list))]

/* A parameter is none if what is before it is read wrongly. */
static char *judged_statement(void) {
    static const char *const values[] = {"?",
                                         "?7",
                                         "$a",
                                         "@b",
                                         ":c",
                                         "#d",
                                         "$a::b",
                                         "$::e",
                                         "1",
                                         "'?8'",
                                         "\"@e\"",
                                         "[:f]",
                                         "`$g`",
                                         "'it''s'",
                                         "x''",
                                         "a$i",
                                         "$j(--)",
                                         "@k(')",
                                         ":l(\")",
                                         "#m(/*)",
                                         "$n([)",
                                         "@o(`)",
                                         "$p(()",
                                         ":::q(1)",
                                         "max(?)",
                                         "(?=$r)",
                                         "max(@s(,),1)",
                                         "$t()",
                                         "- ?",
                                         "1.5e3",
                                         ".5",
                                         "\xef\xbb\xbf?",
                                         "?9 AS \xef\xbb\xbfzz"};
    static const char *const between[] = {",",       ", ", "+",  "\n||\v", " --?9\n,",
                                          "/*:h*/-", "*",  "<<", " AS z,", " IS NOT "};
    char *sql = sqlite3_mprintf("SELECT %s", ANY(values));
    for (int i = rand() % JUDGED_VALUES; i > 0; i--) {
        char *more = sqlite3_mprintf("%s%s%s", sql, ANY(between), ANY(values));
        sqlite3_free(sql);
        sql = more;
    }
    char *whole = sqlite3_mprintf("%s FROM (SELECT 1 AS [:f], 2 AS `$g`, 3 AS a$i, 4 AS \"@e\")", sql);
    sqlite3_free(sql);
    return whole;
}

/* The number of the highest parameter; that of one without a name is the next. */
static int judged_highest(sqlite3_stmt *statement, const char *sql) {
    int highest = 0;
    const char *at = sql;
    for (sql_token token = sql_token_next(&at); token.length > 0; token = sql_token_next(&at)) {
        char *name = sqlite3_mprintf("%.*s", (int)token.length, token.text);
        int number = strchr("?$@:#", *name) ? sqlite3_bind_parameter_index(statement, name) : 0;
        if (*name == '?') {
            number = name[1] ? atoi(name + 1) : highest + 1;
        } else if (strchr("?$@:#", *name) && number == 0) {
            fail_msg("%s: SQLite knows no parameter %s", sql, name);
        }
        highest = number > highest ? number : highest;
        sqlite3_free(name);
    }
    return highest;
}

static void test_parameters_as_sqlite(void **state) {
    sqlite3 *db = NULL;
    int judged = 0;
    (void)state;
    srand(1);
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (int i = 0; i < JUDGED; i++) {
        char *sql = judged_statement();
        sqlite3_stmt *statement = NULL;
        if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK) {
            judged++;
            if (judged_highest(statement, sql) != sqlite3_bind_parameter_count(statement)) {
                fail_msg("%s: SQLite has %d parameters", sql, sqlite3_bind_parameter_count(statement));
            }
        }
        sqlite3_finalize(statement);
        sqlite3_free(sql);
    }
    assert_true(judged > JUDGED / 2);
    sqlite3_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_first),
                                       cmocka_unit_test(test_mark), cmocka_unit_test(test_verb),
                                       cmocka_unit_test(test_parameters_as_sqlite)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
