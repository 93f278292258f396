/* Which columns the text of an UPDATE ... FROM names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_has)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
