/* Which columns the text of an UPDATE ... FROM names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "write/write_assigned.h"

static void test_names(void **state) {
    static const struct {
        const char *sql, *names; /* between slashes; NULL: it is no such statement */
    } cases[] = {
        {"UPDATE t SET a = 1 FROM u", "/a/"},
        {" /* SET x = */ update or ignore \"set\" AS t\nset A=b, c = (SELECT d, e = 1 FROM v) FROM (SELECT 1), w",
         "/A/c/"},
        {"UPDATE t SET (a, \"b\") = (c, d), [e f]='x, y = 1', `g` = 2 FROM u, v WHERE h = 1", "/a/b/e f/g/"},
        {"UPDATE t SET a = b IS NOT DISTINCT FROM c, d = 1 -- FROM z, e = 2\n FROM u", "/a/d/"},
        {"UPDATE t SET a = @from, b = :set, c = $x, d = ?1, e = x'00' FROM u RETURNING f, g = 1", "/a/b/c/d/e/"},
        {"UPDATE t SET a=?,b=?, c=max(?,d,?),e=(?),f=?FROM u", "/a/b/c/e/f/"},
        {"UPDATE t SET a=:b,c=@d,e=$f,g=?12,h=(?) FROM u WHERE i=?", "/a/c/e/g/h/"},
        {"UPDATE t SET (a,b)=(?,?),c=?1FROM u", "/a/b/c/"},
        {"UPDATE t SET a=$v(\"),b=@w('),c=:x(--),d=#y(/*),e=$z::f(`) FROM u WHERE g=$v([)", "/a/b/c/d/e/"},
        {"UPDATE t SET a=$v(\"), b=$x, c=$w(\") FROM u", "/a/b/c/"},
        {"WITH replace(n) AS (SELECT 1) UPDATE t SET a = n FROM replace", "/a/"},
        {"UPDATE t SET a \v= 1 \v FROM u", "/a/"},
        {"UPDATE t SET a = 'it''s', b = \"from\", c = d->>'$.from' FROM u", "/a/b/c/"},
        {"UPDATE t SET a = CASE WHEN b THEN c ELSE d END, e = max(f, g = 1) FROM u", "/a/e/"},
        {"WITH c(n) AS (SELECT update FROM z), \"update\" AS (SELECT 1) UPDATE t SET \xc3\xa4 = 1 FROM c",
         "/\xc3\xa4/"},
        {"UPDATE t SET a = 1 WHERE b IN (SELECT 1 FROM u)", NULL},
        {"INSERT INTO t SELECT 1 ON CONFLICT DO UPDATE SET a = 1 FROM u", NULL},
        {"WITH c AS (SELECT 1) DELETE FROM t", NULL},
        {"UPDATE t SET a = 'FROM u", NULL},
        {"UPDATE t SET a = 1 /* FROM u", NULL},
        {"UPDATE t", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer names;
        buffer_init(&names, 1000);
        bool found = write_assigned_read(cases[i].sql, &names);
        assert_int_equal(found, cases[i].names != NULL);
        for (size_t at = 0; found && at < names.length; at++) {
            names.data[at] = names.data[at] ? names.data[at] : '/';
        }
        if (found) {
            assert_string_equal(names.data, cases[i].names);
        } else {
            assert_int_equal(names.length, 0); /* another statement's may follow */
        }
        buffer_clear(&names);
    }
}

/* SQLite drops these. */
static void test_limited(void **state) {
    static const char *const limited[] = {
        "UPDATE t SET a = 1 FROM u LIMIT 1",
        "WITH w AS (SELECT 1) update t set a=?from w where b order by c",
        "UPDATE t SET a = b IS DISTINCT FROM c FROM u WHERE x IN (SELECT 1) RETURNING a LIMIT ?",
        "UPDATE t SET a=$v(--) FROM u ORDER BY b LIMIT 1",
        "UPDATE t SET a = 1 FROM u WHERE b=$v(') LIMIT 1",
        "WITH replace AS (SELECT 1) UPDATE t SET a = 1 FROM replace LIMIT 1"};
    static const char *const others[] = {
        "UPDATE t SET a = 1 LIMIT 1",
        "UPDATE t SET a = (SELECT 1 FROM u LIMIT 1) WHERE b ORDER BY c LIMIT 1",
        "UPDATE t SET a = b IS DISTINCT FROM c LIMIT 1",
        "UPDATE t SET a = :limit FROM (SELECT 1 ORDER BY 1 LIMIT 1) AS \"limit\" WHERE @order",
        "UPDATE t SET a = 1 FROM u -- LIMIT 1",
        "UPDATE t SET a = 1 FROM u WHERE b=$x(LIMIT)",
        "DELETE FROM t LIMIT 1",
        "INSERT INTO t SELECT 1 FROM u LIMIT 1",
        ""};
    (void)state;
    for (size_t i = 0; i < sizeof limited / sizeof *limited; i++) {
        assert_true(write_assigned_is_limited(limited[i]));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(write_assigned_is_limited(others[i]));
    }
}

static void test_has(void **state) {
    write_assigned named = {.looked = true};
    (void)state;
    buffer_init(&named.names, 1000);
    assert_false(write_assigned_has(NULL, "a"));
    assert_false(write_assigned_has(&named, "a"));
    assert_true(write_assigned_read("UPDATE t SET Ab = 1, c = 2 FROM u", &named.names));
    assert_true(write_assigned_has(&named, "ab"));
    assert_true(write_assigned_has(&named, "c"));
    assert_false(write_assigned_has(&named, "b"));
    assert_false(write_assigned_has(&named, ""));
    write_assigned_clear(&named);
}

/* ---- SQLite itself is the judge: it asks an authorizer about each column that is set ---- */

enum { JUDGED = 5000, JUDGED_SETS = 5 };

static const char *const judged_columns[] = {"a", "b", "c", "d", "e f", "from", "set", "g,h"};
enum { JUDGED_COLUMNS = sizeof judged_columns / sizeof *judged_columns };

#define ANY(list) (list)[(unsigned)rand() % (sizeof(list) / sizeof *(list))]

static const char *judged_value(void) {
    static const char *const values[] = {"1",
                                         "?",
                                         "?1",
                                         ":a",
                                         ":from",
                                         "@from",
                                         "@set",
                                         "$x",
                                         "$d",
                                         "$v(--)",
                                         "$v(')",
                                         "$v(\")",
                                         "@v(`)",
                                         ":v([)",
                                         "#v(/*)",
                                         "$v(()",
                                         "$v(,b=1)",
                                         "$::v::w",
                                         "@v::(from)",
                                         ":::v(set)",
                                         "#v",
                                         "max(@v(--),$v(\"))",
                                         "'it''s, a = 1'",
                                         "\"from\"",
                                         "[e f]",
                                         "`g,h`",
                                         "x'00'",
                                         "(SELECT m FROM v)",
                                         "max(a,?)",
                                         "(?)",
                                         "coalesce(?,b,?)",
                                         "b IS DISTINCT FROM c",
                                         "b IS NOT DISTINCT FROM ?",
                                         "CASE WHEN a=? THEN ? ELSE b END",
                                         "1.5e3",
                                         ".5",
                                         "-1",
                                         "/* , x = */2",
                                         "2 -- , b = FROM\n",
                                         "a||?",
                                         "a IN (1,?)",
                                         "a BETWEEN ? AND 3",
                                         "CAST(? AS TEXT)",
                                         "(?,?)=(1,2)",
                                         "b=c",
                                         "b==?",
                                         "EXISTS(SELECT 1 FROM u)",
                                         "a ISNULL",
                                         "b COLLATE nocase",
                                         "'FROM u'",
                                         "iif(a,?,\"set\")",
                                         "(SELECT max(a,b) FROM u)",
                                         "?+?",
                                         "~?",
                                         "a<>?",
                                         "a<<?",
                                         "u.k",
                                         "u.\"l\"",
                                         "likely(?)",
                                         "(WITH q AS (SELECT ? AS x) SELECT x FROM q)"};
    return ANY(values);
}

static char *judged_name(size_t column) {
    static const char *const quoted[] = {"\"%w\"", "[%s]", "`%s`", "'%q'"};
    bool plain = column < 4 && rand() % 2;
    return sqlite3_mprintf(plain ? "%s" : ANY(quoted), judged_columns[column]);
}

static char *judged_append(char *sql, char *more) {
    char *both = sqlite3_mprintf("%s%s", sql, more);
    sqlite3_free(sql);
    sqlite3_free(more);
    return both;
}

/* One column, or two in parentheses. */
static char *judged_set(size_t first) {
    static const char *const is[] = {"=", " = ", "\n=", "/*,*/=/*=*/"};
    char *sql = judged_name(first % JUDGED_COLUMNS);
    if (rand() % 4) {
        return judged_append(sql, sqlite3_mprintf("%s%s", ANY(is), judged_value()));
    }
    sql = judged_append(sqlite3_mprintf("("), sql);
    sql = judged_append(sql, sqlite3_mprintf(","));
    sql = judged_append(sql, judged_name((first + 1) % JUDGED_COLUMNS));
    return judged_append(sql, sqlite3_mprintf(")%s(%s,%s)", ANY(is), judged_value(), judged_value()));
}

static char *judged_statement(void) {
    static const char *const begins[] = {"UPDATE t SET ", "update or ignore main.t as t set\t",
                                         "WITH replace(x) AS (SELECT $v(--)), q AS (SELECT 1) UPDATE t SET ",
                                         "WITH \"update\"(x) AS (SELECT ?), w AS (SELECT 1) UPDATE \"t\" SET ",
                                         "/* UPDATE t SET b = 1 FROM u */UPDATE t--\nSET/**/"};
    static const char *const between[] = {",", ", ", " ,", ",\n", ",-- , c =\n", ",/* = */"};
    static const char *const ends[] = {" FROM u", "\nFROM u WHERE t.a = ?", "/**/from u, v",
                                       " FROM u WHERE t.a = $v(limit)", " FROM (SELECT 1 AS l, ? AS k LIMIT 1) AS u"};
    char *sql = sqlite3_mprintf("%s", ANY(begins));
    int sets = 1 + rand() % JUDGED_SETS;
    for (int i = 0; i < sets; i++) {
        sql = judged_append(sql, judged_set((unsigned)rand()));
        sql = judged_append(sql, sqlite3_mprintf("%s", i + 1 < sets ? ANY(between) : ANY(ends)));
    }
    return sql;
}

/* The same as one that SQLite takes where it has ORDER BY and LIMIT. */
static char *judged_limited(const char *sql) {
    static const char *const limits[] = {" LIMIT 1", "\nlimit $v(--)", " ORDER BY t.b LIMIT ?", "/**/ORDER BY 1"};
    return sqlite3_mprintf("%s%s", sql, ANY(limits));
}

static int judge_column(void *context, int action, const char *table, const char *column, const char *database,
                        const char *trigger) {
    bool *set = context;
    (void)database;
    (void)trigger;
    for (size_t i = 0; action == SQLITE_UPDATE && i < JUDGED_COLUMNS; i++) {
        set[i] = set[i] || (strcmp(table, "t") == 0 && strcmp(column, judged_columns[i]) == 0);
    }
    return SQLITE_OK;
}

static void test_names_as_sqlite(void **state) {
    sqlite3 *db = NULL;
    (void)state;
    srand(1);
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "CREATE TABLE t(a, b, c, d, \"e f\", \"from\", \"set\", \"g,h\");"
                                  "CREATE TABLE u(k, l); CREATE TABLE v(m)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    int told = 0;
    for (int i = 0; i < JUDGED; i++) {
        bool set[JUDGED_COLUMNS] = {false};
        char *sql = judged_statement();
        sqlite3_stmt *statement = NULL;
        sqlite3_set_authorizer(db, judge_column, set);
        bool valid = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK;
        sqlite3_set_authorizer(db, NULL, NULL);
        sqlite3_finalize(statement);
        write_assigned named = {.looked = true};
        buffer_init(&named.names, 1000);
        if (valid) {
            told++;
            bool read = write_assigned_read(sql, &named.names);
            char *limited = judged_limited(sql);
            if (write_assigned_is_limited(sql) || !write_assigned_is_limited(limited)) {
                fail_msg("limits: %s", limited);
            }
            sqlite3_free(limited);
            for (size_t column = 0; column < JUDGED_COLUMNS; column++) {
                if (!read || write_assigned_has(&named, judged_columns[column]) != set[column]) {
                    fail_msg("%s: column %s", sql, judged_columns[column]);
                }
            }
        }
        write_assigned_clear(&named);
        sqlite3_free(sql);
    }
    assert_true(told > JUDGED / 2); /* not all: IS DISTINCT FROM is of 3.39 */
    sqlite3_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_has),
                                       cmocka_unit_test(test_limited), cmocka_unit_test(test_names_as_sqlite)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
