/* Which values may be sent to the server, with values as SQLite itself hands them over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/generations.h"
#include "plan/sendable.h"
#include "unit/evaluate.h"
#include "unit/named.h"

#define DIGITS "0123456789abcdef0123456789abcdef"
#define SERVICE "/Services/IS" DIGITS

static sqlite3 *db;

static int open_database(void **state) {
    (void)state;
    return sqlite3_open(":memory:", &db);
}

static int close_database(void **state) {
    (void)state;
    return sqlite3_close(db);
}

/* The value of a bound text of length bytes. */
static sqlite3_value *value_of_text(const char *text, size_t length) {
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT ?1", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_text(statement, 1, text, (int)length, SQLITE_TRANSIENT), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    sqlite3_value *value = sqlite3_value_dup(sqlite3_column_value(statement, 0));
    assert_non_null(value);
    sqlite3_finalize(statement);
    return value;
}

static const char *verdict_text(sendable verdict) {
    return verdict == SENDABLE_YES ? "yes" : verdict == SENDABLE_NO ? "no" : "never";
}

static void assert_verdict(const char *table, plan_slot slot, unsigned version, sqlite3_value *value,
                           sendable expected) {
    sendable found = sendable_check(named_resource(table), slot, version, value);
    if (found != expected) {
        print_message("# %s, slot %d: \"%s\": %s, expected %s\n", table, (int)slot,
                      (const char *)sqlite3_value_text(value), verdict_text(found), verdict_text(expected));
    }
    sqlite3_value_free(value);
    assert_int_equal(found, expected);
}

static void assert_text(const char *table, plan_slot slot, unsigned version, const char *text, sendable expected) {
    assert_verdict(table, slot, version, value_of_text(text, strlen(text)), expected);
}

#define V1 CATALOG_V1
#define V2 CATALOG_V2

/* --- SIDs and addresses ------------------------------------------------------------------------------------------- */

static void test_keys(void **state) {
    (void)state;
    assert_text("channels", SLOT_KEY, V1, "CH" DIGITS, SENDABLE_YES);
    assert_text("user_channels", SLOT_KEY, V2, "CH" DIGITS, SENDABLE_YES);
    assert_text("channels", SLOT_KEY, V1, "CH0123456789ABCDEF0123456789abcdef", SENDABLE_NO);
    assert_text("channels", SLOT_KEY, V1, "IM" DIGITS, SENDABLE_NEVER);
    assert_text("channels", SLOT_KEY, V1, "", SENDABLE_NEVER);
    assert_text("channels", SLOT_KEY, V1, "general", SENDABLE_NEVER);
    assert_text("channels", SLOT_KEY, V1, "CH" DIGITS " ", SENDABLE_NEVER);
    assert_text("channels", SLOT_KEY, V1, "ch" DIGITS, SENDABLE_NEVER);
    assert_text("channels", SLOT_KEY, V1, "CH../../../Users/US0123456789abcdef", SENDABLE_NEVER);
    assert_verdict("channels", SLOT_KEY, V1, value_of_text("CH" DIGITS "\0", 35), SENDABLE_NEVER);
    assert_verdict("channels", SLOT_KEY, V1, value_of_text("CH0123456789abcdef\000123456789abcde", 34), SENDABLE_NEVER);
}

static void test_parents(void **state) {
    (void)state;
    assert_text("messages", SLOT_PARENT0, V1, "IS" DIGITS, SENDABLE_YES);
    assert_text("messages", SLOT_PARENT1, V1, "CH" DIGITS, SENDABLE_YES);
    assert_text("user_channels", SLOT_PARENT1, V1, "US" DIGITS, SENDABLE_YES);
    assert_text("messages", SLOT_PARENT0, V1, "CH" DIGITS, SENDABLE_NEVER);
    assert_text("messages", SLOT_PARENT1, V1, "IS" DIGITS, SENDABLE_NEVER);
    assert_text("messages", SLOT_PARENT1, V1, "CHABCDEF6789abcdef0123456789abcdef", SENDABLE_NO);
    assert_text("messages", SLOT_PARENT1, V1, "%", SENDABLE_NEVER);
}

static void test_paths(void **state) {
    (void)state;
    assert_text("services", SLOT_PATH, V1, SERVICE, SENDABLE_YES);
    assert_text("channels", SLOT_PATH, V1, SERVICE "/Channels/CH" DIGITS, SENDABLE_YES);
    assert_text("channels", SLOT_PATH, V1, SERVICE "/Channels/CH0123456789abcdef0123456789abcdeF", SENDABLE_NO);
    assert_text("channels", SLOT_PATH, V1, SERVICE "/Channels/general", SENDABLE_NEVER);
    assert_text("channels", SLOT_PATH, V1, SERVICE "/Users/US" DIGITS, SENDABLE_NEVER);
    assert_text("channels", SLOT_PATH, V1, "/v1" SERVICE "/Channels/CH" DIGITS, SENDABLE_NEVER);
    assert_text("channels", SLOT_PATH, V1, "", SENDABLE_NEVER);
}

/* --- names and filters -------------------------------------------------------------------------------------------- */

static void test_names(void **state) {
    (void)state;
    assert_text("channels", SLOT_NAME, V1, "general", SENDABLE_YES);
    assert_text("channels", SLOT_NAME, V2, "general", SENDABLE_YES);
    assert_text("channels", SLOT_NAME, V1, "a b#c?d%e&f=g+h;i@j", SENDABLE_YES);
    assert_text("channels", SLOT_NAME, V1, "caf\xc3\xa9 \xf0\x9f\x98\x80", SENDABLE_YES);
    assert_text("channels", SLOT_NAME, V1, "...", SENDABLE_YES);
    assert_text("channels", SLOT_NAME, V1, ".hidden", SENDABLE_YES);
    assert_text("users", SLOT_NAME, V2, "me@example.com", SENDABLE_YES);
    assert_text("users", SLOT_NAME, V1, "me@example.com", SENDABLE_NO);
}

/* Shaped like the SID of the resource, the path would be read as one. Like another's, it is a name. */
static void test_names_like_sids(void **state) {
    (void)state;
    assert_text("channels", SLOT_NAME, V1, "CH" DIGITS, SENDABLE_NO);
    assert_text("channels", SLOT_NAME, V1, "CHABCDEF6789abcdef0123456789abcdef", SENDABLE_NO);
    assert_text("users", SLOT_NAME, V2, "US" DIGITS, SENDABLE_NO);
    assert_text("users", SLOT_NAME, V2, "CH" DIGITS, SENDABLE_YES);
    assert_text("channels", SLOT_NAME, V1, "CH0123456789abcdef", SENDABLE_YES);
}

/* What a server could read as something else, as a name or as a filter. */
static void test_unclear_texts(void **state) {
    static const char *const texts[] = {"",  ".",  "..", "/",    "a/b", "\\",    "a\\b",
                                        " ", " a", "a ", "a\nb", "\ta", "a\x7f", "\x01"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_text("channels", SLOT_NAME, V1, texts[i], SENDABLE_NO);
        assert_text("users", SLOT_NAME, V2, texts[i], SENDABLE_NO);
        assert_text("members", SLOT_FILTER0, V1, texts[i], SENDABLE_NO);
        assert_text("bindings", SLOT_FILTER1, V2, texts[i], SENDABLE_NO);
    }
    assert_verdict("channels", SLOT_NAME, V1, value_of_text("a\0b", 3), SENDABLE_NO);
    assert_verdict("members", SLOT_FILTER0, V1, value_of_text("\0", 1), SENDABLE_NO);
}

/* Every byte inside a name: the controls and both slashes are unclear. */
static void test_every_byte(void **state) {
    (void)state;
    for (int c = 0; c < 0x80; c++) {
        char text[3] = {'a', (char)c, 'b'};
        bool clear = c >= ' ' && c != 0x7f && c != '/' && c != '\\';
        assert_verdict("channels", SLOT_NAME, V1, value_of_text(text, 3), clear ? SENDABLE_YES : SENDABLE_NO);
        assert_verdict("members", SLOT_FILTER0, V1, value_of_text(text, 3), clear ? SENDABLE_YES : SENDABLE_NO);
    }
}

/* JSON cannot hold such a text, so that no row equals it; sent, a server could answer with an error. */
static void test_text_that_is_no_unicode(void **state) {
    static const char *const texts[] = {"\xff", "a\xc3", "\xc0\xaf", "\xed\xa0\x80", "\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sqlite3_value *value = value_of_text(texts[i], strlen(texts[i]));
        sendable name = sendable_check(named_resource("channels"), SLOT_NAME, V1, value);
        sendable filter = sendable_check(named_resource("members"), SLOT_FILTER0, V1, value);
        sqlite3_value_free(value);
        assert_int_not_equal(name, SENDABLE_YES);
        assert_int_not_equal(filter, SENDABLE_YES);
    }
}

static void test_long_texts(void **state) {
    (void)state;
    enum { LONG = 1000000 };
    char *text = malloc(LONG);
    assert_non_null(text);
    memset(text, 'x', LONG);
    assert_verdict("members", SLOT_FILTER0, V1, value_of_text(text, 256), SENDABLE_YES);
    assert_verdict("members", SLOT_FILTER0, V1, value_of_text(text, 257), SENDABLE_NO);
    assert_verdict("channels", SLOT_NAME, V1, value_of_text(text, LONG), SENDABLE_NO);
    assert_verdict("channels", SLOT_KEY, V1, value_of_text(text, LONG), SENDABLE_NEVER);
    assert_verdict("channels", SLOT_PATH, V1, value_of_text(text, LONG), SENDABLE_NEVER);
    free(text);
}

static void test_filters(void **state) {
    (void)state;
    assert_text("channels", SLOT_FILTER0, V1, "public", SENDABLE_YES);
    assert_text("channels", SLOT_FILTER0, V2, "private", SENDABLE_YES);
    assert_text("channels", SLOT_FILTER0, V1, "Public", SENDABLE_NO);
    assert_text("channels", SLOT_FILTER0, V1, "publi", SENDABLE_NO);
    assert_text("channels", SLOT_FILTER0, V1, "publicity", SENDABLE_NO);
    assert_verdict("channels", SLOT_FILTER0, V1, value_of_text("public\0", 7), SENDABLE_NO);
    assert_text("members", SLOT_FILTER0, V1, "me@example.com", SENDABLE_YES);
    assert_text("invites", SLOT_FILTER0, V2, "me", SENDABLE_YES);
    assert_text("bindings", SLOT_FILTER0, V2, "apn", SENDABLE_YES);
    assert_text("bindings", SLOT_FILTER0, V2, "twilsock", SENDABLE_NO);
    assert_text("bindings", SLOT_FILTER1, V2, "twilsock", SENDABLE_YES);
    /* v1 has no bindings, so no filter on them either. */
    assert_text("bindings", SLOT_FILTER0, V1, "apn", SENDABLE_NO);
    assert_text("bindings", SLOT_FILTER1, V1, "me", SENDABLE_NO);
}

/* --- other types -------------------------------------------------------------------------------------------------- */

static const struct {
    const char *table;
    plan_slot slot;
    bool sid; /* only SIDs can stand there, so that no number equals one */
} slots[] = {
    {"channels", SLOT_PATH, true},    {"channels", SLOT_KEY, true},      {"channels", SLOT_PARENT0, true},
    {"messages", SLOT_PARENT1, true}, {"channels", SLOT_NAME, false},    {"channels", SLOT_FILTER0, false},
    {"members", SLOT_FILTER0, false}, {"bindings", SLOT_FILTER1, false},
};

/* A comparison with NULL is never true, and a blob equals no text. */
static void test_null_and_blobs(void **state) {
    static const char *const expressions[] = {
        "NULL", "x''", "x'00'", "CAST('general' AS BLOB)", "CAST('CH" DIGITS "' AS BLOB)", "zeroblob(10)"};
    (void)state;
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        for (size_t j = 0; j < sizeof expressions / sizeof *expressions; j++) {
            assert_verdict(slots[i].table, slots[i].slot, V2, evaluate(db, expressions[j]), SENDABLE_NEVER);
        }
    }
}

/* A number may equal the text of a name, by affinities that are not seen here; it never equals a SID. */
static void test_numbers(void **state) {
    static const char *const expressions[] = {"0", "5", "-1", "9223372036854775807", "5.0", "1e300", "-0.0", "9e999"};
    (void)state;
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        for (size_t j = 0; j < sizeof expressions / sizeof *expressions; j++) {
            assert_verdict(slots[i].table, slots[i].slot, V2, evaluate(db, expressions[j]),
                           slots[i].sid ? SENDABLE_NEVER : SENDABLE_NO);
        }
    }
}

static void test_computed_texts(void **state) {
    (void)state;
    assert_verdict("channels", SLOT_NAME, V1, evaluate(db, "'gen' || 'eral'"), SENDABLE_YES);
    assert_verdict("channels", SLOT_NAME, V1, evaluate(db, "CAST(x'67656e6572616c' AS TEXT)"), SENDABLE_YES);
    assert_verdict("channels", SLOT_NAME, V1, evaluate(db, "5 || ''"), SENDABLE_YES);
    assert_verdict("channels", SLOT_NAME, V1, evaluate(db, "'a' || char(0)"), SENDABLE_NO);
}

/* In a database of UTF-16 the same texts come in another encoding. */
static void test_utf16(void **state) {
    (void)state;
    sqlite3 *kept = db;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA encoding = 'UTF-16le'", NULL, NULL, NULL), SQLITE_OK);
    assert_text("channels", SLOT_NAME, V1, "caf\xc3\xa9", SENDABLE_YES);
    assert_text("channels", SLOT_KEY, V1, "CH" DIGITS, SENDABLE_YES);
    assert_verdict("channels", SLOT_NAME, V1, evaluate(db, "'a' || char(0) || 'b'"), SENDABLE_NO);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    db = kept;
}

/* Where no list is, nothing else can be asked for: what is not written as a SID is none. */
static void test_what_has_no_list(void **state) {
    (void)state;
    assert_text("media", SLOT_KEY, CATALOG_MEDIA, "ME" DIGITS, SENDABLE_YES);
    assert_text("media", SLOT_KEY, CATALOG_MEDIA, "ME0123456789ABCDEF0123456789ABCDEF", SENDABLE_NEVER);
    assert_text("media", SLOT_KEY, CATALOG_MEDIA, "CH" DIGITS, SENDABLE_NEVER);
    assert_text("media", SLOT_PARENT0, CATALOG_MEDIA, "IS" DIGITS, SENDABLE_YES);
    assert_text("media", SLOT_PARENT0, CATALOG_MEDIA, "IS0123456789ABCDEF0123456789ABCDEF", SENDABLE_NEVER);
    assert_text("media", SLOT_PATH, CATALOG_MEDIA, SERVICE "/Media/ME" DIGITS, SENDABLE_YES);
    assert_text("media", SLOT_PATH, CATALOG_MEDIA, SERVICE "/Media/ME0123456789ABCDEF0123456789ABCDEF", SENDABLE_NEVER);
    assert_text("channels", SLOT_KEY, CATALOG_V1, "CH0123456789ABCDEF0123456789ABCDEF", SENDABLE_NO);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_parents),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_names_like_sids),
        cmocka_unit_test(test_unclear_texts),
        cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_text_that_is_no_unicode),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_null_and_blobs),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_computed_texts),
        cmocka_unit_test(test_utf16),
        cmocka_unit_test(test_what_has_no_list),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_database, close_database);
}
