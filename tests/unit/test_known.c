/* Known addresses: what is remembered of rows two levels down, and what is not. Channels and users: tests/sql/reads_known.sql. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/text_hash.h"
#include "read/known.h"
#include "unit/faulty_memory.h"
#include "unit/named.h"

#define BASE "/Services/IS000000000000000000000000000000a1/Channels/CH000000000000000000000000000000b2"

static known_addresses known;

static int end(void **state) {
    (void)state;
    known_forget(&known);
    return 0;
}

static void learn(const char *table, const char *sid, const char *base) {
    known_learn_row(&known, named_resource(table), (address_part){sid, strlen(sid)}, base);
}

static void expect(const char *table, const char *sid, const char *address) {
    error problem = {0};
    char *found = known_row_address(&known, named_resource(table), sid, &problem);
    assert_false(error_is_set(&problem));
    if (address) {
        assert_non_null(found);
        assert_string_equal(found, address);
    } else {
        assert_null(found);
    }
    sqlite3_free(found);
}

static void test_rows(void **state) {
    (void)state;
    expect("messages", "IM0123456789abcdef0123456789abcdef", NULL);
    learn("messages", "IM0123456789abcdef0123456789abcdef", BASE "/Messages");
    learn("members", "MB0123456789abcdef0123456789abcdef", BASE);
    expect("messages", "IM0123456789abcdef0123456789abcdef", BASE "/Messages/IM0123456789abcdef0123456789abcdef");
    expect("members", "MB0123456789abcdef0123456789abcdef", BASE "/Members/MB0123456789abcdef0123456789abcdef");
    expect("invites", "IN0123456789abcdef0123456789abcdef", NULL);
    expect("messages", "IM0123456789abcdef0123456789abcdee", NULL);
    expect("messages", "IM0123456789ABCDEF0123456789ABCDEF", NULL);
    expect("messages", "MB0123456789abcdef0123456789abcdef", NULL);
    expect("messages", "", NULL);
    known_forget(&known);
    expect("messages", "IM0123456789abcdef0123456789abcdef", NULL);
}

/* SIDs that differ in one digit, whichever it is, and parents that do. */
static void test_every_digit_counts(void **state) {
    static const char digits[] = "0123456789abcdef";
    char sid[] = "IM0123456789abcdef0123456789abcdef", base[200], address[240];
    (void)state;
    learn("messages", sid, BASE "/Messages");
    for (size_t at = 2; at < sizeof sid - 1; at++) {
        char was = sid[at];
        for (size_t i = 0; i < sizeof digits - 1; i++) {
            sid[at] = digits[i];
            if (digits[i] != was) {
                expect("messages", sid, NULL);
            }
            sid[at] = was;
        }
        snprintf(base, sizeof base, "/Services/IS%.32s/Channels/CH%.32s/Messages", sid + 2, sid + 2);
        base[12 + at - 2] = base[56 + at - 2] = 'e';
        sid[at] = was == 'd' ? 'b' : 'd';
        snprintf(address, sizeof address, "%s/%s", base, sid);
        learn("messages", sid, base);
        expect("messages", sid, address);
        known_forget(&known);
        sid[at] = was;
        learn("messages", sid, BASE "/Messages");
    }
}

static void write_sid(char sid[40], uint64_t first, uint64_t second) {
    unsigned char bytes[16];
    memcpy(bytes, &first, sizeof first);
    memcpy(bytes + sizeof first, &second, sizeof second);
    snprintf(sid, 40, "IM");
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(sid + 2 + 2 * i, 3, "%02x", bytes[i]);
    }
}

/* Two SIDs of one hash: the second word makes good what the first has done to it. */
static void test_one_hash(void **state) {
    const uint64_t begin = UINT64_C(0x9e3779b97f4a7c15) ^ 16, first = 1, other = 2, second = 3;
    uint64_t second_of_other = second ^ text_hash_word(begin, first) ^ text_hash_word(begin, other);
    uint64_t words[] = {first, second}, others[] = {other, second_of_other};
    char sid[40], like[40];
    (void)state;
    assert_true(text_hash((const char *)words, sizeof words) == text_hash((const char *)others, sizeof others));
    write_sid(sid, first, second);
    write_sid(like, other, second_of_other);
    learn("messages", sid, BASE);
    expect("messages", like, NULL);
}

/* What is no SID, or stands elsewhere, or whose key is another's SID. */
static void test_not_learnt(void **state) {
    (void)state;
    learn("messages", "IM0123456789abcdef0123456789abcdeX", BASE "/Messages");
    learn("messages", "", BASE "/Messages");
    learn("messages", "IM0123456789abcdef0123456789abcde", BASE "/Messages");
    learn("messages", "IM0123456789abcdef0123456789abcdef", "/Services/IS000000000000000000000000000000a1/Channels/*7");
    learn("messages", "IM0123456789abcdef0123456789abcdef", "/Services/IS000000000000000000000000000000a1");
    learn("user_channels", "CH000000000000000000000000000000b2",
          "/Services/IS000000000000000000000000000000a1/Users/US000000000000000000000000000000b2");
    learn("roles", "RL000000000000000000000000000000b2", "/Services/IS000000000000000000000000000000a1");
    assert_null(known.rows);
}

/* Thousands are known, the latest among them, in the same memory however many come. */
static void test_many(void **state) {
    char sid[40];
    error problem = {0};
    int found = 0;
    (void)state;
    learn("messages", "IM0123456789abcdef0123456789abcdef", BASE);
    long live = faulty_memory_live();
    for (int i = 0; i < 100000; i++) {
        snprintf(sid, sizeof sid, "IM%032x", i);
        learn("messages", sid, BASE);
        char *address = known_row_address(&known, named_resource("messages"), sid, &problem);
        assert_non_null(address);
        sqlite3_free(address);
    }
    for (int i = 99000; i < 100000; i++) {
        snprintf(sid, sizeof sid, "IM%032x", i);
        char *address = known_row_address(&known, named_resource("messages"), sid, &problem);
        found += address != NULL;
        sqlite3_free(address);
    }
    assert_true(found > 850);
    assert_int_equal(faulty_memory_live(), live);
}

/* Without memory nothing is learnt; what is known and cannot be told is an error, lest it be looked for elsewhere. */
static void test_memory(void **state) {
    error problem = {0};
    (void)state;
    faulty_memory_fail_at(1, true);
    learn("messages", "IM0123456789abcdef0123456789abcdef", BASE);
    faulty_memory_fail_at(0, false);
    expect("messages", "IM0123456789abcdef0123456789abcdef", NULL);
    learn("messages", "IM0123456789abcdef0123456789abcdef", BASE);
    faulty_memory_fail_at(1, true);
    assert_null(known_row_address(&known, named_resource("messages"), "IM0123456789abcdef0123456789abcdef", &problem));
    faulty_memory_fail_at(0, false);
    assert_int_equal(problem.rc, SQLITE_NOMEM);
    error_clear(&problem);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_rows, end),     cmocka_unit_test_teardown(test_every_digit_counts, end),
        cmocka_unit_test_teardown(test_one_hash, end), cmocka_unit_test_teardown(test_not_learnt, end),
        cmocka_unit_test_teardown(test_many, end),     cmocka_unit_test_teardown(test_memory, end),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
