/* What a statement writes to, by its text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sqlite.h"
#include "table/write_target.h"

static void check(const char *const *texts, const char *name, bool expected) {
    int faults = 0;
    for (; *texts; texts++) {
        if (write_target_is(*texts, name) != expected) {
            print_message("# %s: %s\n", expected ? "not recognised" : "taken for a write to it", *texts);
            faults++;
        }
    }
    assert_int_equal(faults, 0);
}

static void test_writes(void **state) {
    static const char *const texts[] = {
        "INSERT INTO messages VALUES (1)",
        "insert into Messages(body) select 'x'",
        "INSERT OR REPLACE INTO messages VALUES (1)",
        "REPLACE INTO messages VALUES (1)",
        "UPDATE messages SET body = 'x'",
        "UPDATE OR IGNORE messages SET body = 'x'",
        "DELETE FROM messages",
        "DELETE FROM main.messages WHERE 1",
        "INSERT INTO temp.\"messages\" VALUES (1)",
        "INSERT INTO [messages] VALUES (1)",
        "INSERT INTO`messages`VALUES(1)",
        "INSERT INTO 'messages' VALUES (1)",
        "INSERT INTO \"main\" . \"messages\" VALUES (1)",
        "  -- INSERT INTO other\n /* DELETE FROM other */ INSERT/**/INTO/* ( */messages VALUES (1)",
        "\xef\xbb\xbfINSERT INTO messages VALUES (1)",
        "\t\r\n\fDELETE\tFROM\nmessages;",
        "WITH a AS (SELECT 1), b(x) AS (VALUES (1), (')'), (\"(\")) INSERT INTO messages SELECT * FROM a",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) DELETE FROM messages WHERE i IN n",
        "WITH replace AS (SELECT 1) REPLACE INTO messages SELECT * FROM replace",
        "WITH \"DELETE\" AS (SELECT 1), 'UPDATE' AS (SELECT 1) UPDATE messages SET body = 'x'",
        "UPDATE messages",
        NULL};
    (void)state;
    check(texts, "messages", true);
}

static void test_other_writes(void **state) {
    static const char *const texts[] = {"INSERT INTO notes SELECT body FROM messages",
                                        "INSERT INTO messages.notes VALUES (1)",
                                        "INSERT INTO messages2 VALUES (1)",
                                        "INSERT INTO message VALUES (1)",
                                        "INSERT INTO \"message\" VALUES (1)",
                                        "INSERT INTO \"messages2\" VALUES (1)",
                                        "UPDATE notes SET messages = 1 -- UPDATE messages",
                                        "WITH messages AS (SELECT 1) INSERT INTO notes SELECT * FROM messages",
                                        "WITH a AS (SELECT 1) SELECT * FROM messages",
                                        "SELECT * FROM messages",
                                        "VACUUM messages",
                                        "INSERT INTO",
                                        "INSERT OR",
                                        "INSERT INTO main.",
                                        "DELETE FROM /* messages",
                                        "DELETE FROM -- messages",
                                        "DELETE FROM \"messages",
                                        "DELETE FROM 'mess",
                                        "replace",
                                        "",
                                        "(",
                                        NULL};
    (void)state;
    check(texts, "messages", false);
    assert_false(write_target_is(NULL, "messages"));
}

/* Names that need quotes. */
static void test_quotes(void **state) {
    static const char *const texts[] = {"DELETE FROM \"it's \"\"so\"\"\"", "DELETE FROM 'it''s \"so\"'",
                                        "DELETE FROM `it's \"so\"`", "DELETE FROM [it's \"so\"]", NULL};
    static const char *const others[] = {"DELETE FROM 'its \"so\"'", "DELETE FROM \"it's \"\"so\"\"\"\"\"",
                                         "DELETE FROM 'it''''s \"so\"'", NULL};
    static const char *const beyond[] = {"DELETE FROM gr\xc3\xbc\xc3\x9f"
                                         "e",
                                         "DELETE FROM \"GR\xc3\xbc\xc3\x9f"
                                         "E\"",
                                         NULL};
    (void)state;
    check(texts, "it's \"so\"", true);
    check(others, "it's \"so\"", false);
    check(beyond,
          "gr\xc3\xbc\xc3\x9f"
          "e",
          true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writes),
        cmocka_unit_test(test_other_writes),
        cmocka_unit_test(test_quotes),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
