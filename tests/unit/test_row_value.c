/* Whether a statement may have an IN of several columns, by its text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sqlite.h"
#include "table/row_value.h"

static void check(const char *const *texts, bool any, bool expected) {
    int faults = 0;
    for (; *texts; texts++) {
        if (row_value_is_in(*texts, any) != expected) {
            print_message("# %s: %s\n", expected ? "not seen" : "taken for one", *texts);
            faults++;
        }
    }
    assert_int_equal(faults, 0);
}

static const char *const of_several[] = {
    "SELECT 1 FROM t WHERE (a, b) IN (SELECT x, y FROM u)",
    "select 1 from t where(a,b)in(select x,y from u)",
    "SELECT 1 FROM t WHERE (a, b) -- IN\n IN /* a list ( */ (VALUES (1, 2))",
    "SELECT 1 FROM t WHERE (a, b) IN u",
    "SELECT 1 FROM t WHERE (a, b) IN (WITH v AS (SELECT 1, 2) SELECT * FROM v)",
    "SELECT 1 FROM t WHERE (SELECT a, b) IN ((SELECT 1, 2))",
    "SELECT 1 FROM t WHERE (a, \"b\") IN (SELECT 1, 2)",
    "DELETE FROM t WHERE c IN (1, 2) AND (a, b) IN (SELECT 1, 2)",
    "CREATE VIEW v AS SELECT 1 FROM t WHERE (a, [)]) IN main.u",
    NULL,
};

static const char *const of_one[] = {
    "SELECT 1 FROM t WHERE a IN (SELECT x FROM u)",
    "SELECT 1 FROM t WHERE \"a\"IN(SELECT x FROM u)",
    "SELECT 1 FROM t WHERE a IN u",
    "SELECT 1 FROM t WHERE t.a IN (VALUES (1), (2))",
    "SELECT 1 FROM t WHERE a IN ((SELECT x FROM u))",
    NULL,
};

static const char *const of_none[] = {
    "SELECT 1 FROM t WHERE lower(a) IN ('x', 'y')",
    "SELECT 1 FROM t WHERE (a) IN (1, 2)",
    "SELECT 1 FROM t WHERE a IN ()",
    "SELECT (1) \"IN\" FROM t",
    "SELECT (1) AS into_ FROM t",
    "SELECT ') IN (SELECT' FROM t -- ) IN (SELECT 1)",
    "SELECT count(*) FROM t",
    "SELECT 1 FROM t WHERE f(a) /* IN */ = (SELECT 1)",
    "",
    "SELECT 'x) IN",
    NULL,
};

static void test_several(void **state) {
    (void)state;
    check(of_several, false, true);
    check(of_several, true, true);
}

static void test_one(void **state) {
    (void)state;
    check(of_one, false, false);
    check(of_one, true, true);
}

static void test_none(void **state) {
    (void)state;
    check(of_none, false, false);
    check(of_none, true, false);
    assert_false(row_value_is_in(NULL, true));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_one),
        cmocka_unit_test(test_none),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
