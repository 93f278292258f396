/* Which calls are about which row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "unit/faulty_memory.h"
#include "unit/named.h"
#include "write/write_rows.h"

static write_queue queue;
static write_rows rows;

static int begin(void **state) {
    (void)state;
    memset(&queue, 0, sizeof queue);
    memset(&rows, 0, sizeof rows);
    return 0;
}

static int end(void **state) {
    (void)state;
    write_queue_clear(&queue);
    write_rows_clear(&rows);
    return 0;
}

/* Makes a call one about a row: "/a" stands for the service with the SID "a". False: out of memory. */
static bool fill(write_entry *entry, const char *name) {
    entry->lane = "";
    entry->path = sqlite3_mprintf("/v1/sent%s", name);
    entry->sid = sqlite3_mprintf("%s", name + 1);
    return entry->path && entry->sid;
}

/* The address of the row that a name stands for. */
static const char *address_of(const char *name) {
    static char address[100];
    sqlite3_snprintf(sizeof address, address, "/Services%s", name);
    return address;
}

/* Queues a call about a row and takes it up, if it is an UPDATE. */
static write_entry *add(write_operation operation, const char *name) {
    error problem = {0};
    write_entry *entry = write_queue_add(&queue, operation, NULL, named_resource("services"));
    assert_non_null(entry);
    assert_true(fill(entry, name));
    write_rows_take_back(&rows, entry->seq);
    if (operation == WRITE_UPDATE) {
        write_rows_add(&rows, &queue, entry, address_of(name), &problem);
        assert_false(error_is_set(&problem));
    }
    return entry;
}

static int64_t latest(const char *name, int64_t before) {
    error problem = {0};
    const write_entry *found = write_rows_latest(&rows, &queue, address_of(name), before, &problem);
    assert_false(error_is_set(&problem));
    return found ? found->seq : 0;
}

static void test_latest(void **state) {
    (void)state;
    assert_int_equal(latest("/a", INT64_MAX), 0);
    add(WRITE_UPDATE, "/a");
    add(WRITE_UPDATE, "/b");
    add(WRITE_UPDATE, "/a");
    add(WRITE_DELETE, "/a");
    assert_int_equal(latest("/a", INT64_MAX), 3);
    assert_int_equal(latest("/a", 3), 1);
    assert_int_equal(latest("/a", 1), 0);
    assert_int_equal(latest("/b", INT64_MAX), 2);
    assert_int_equal(latest("/c", INT64_MAX), 0);
}

/* What was rolled back or refused does not make the row what it will be; nor what was sent: it is so already. */
static void test_states(void **state) {
    static const struct {
        write_state state;
        int64_t found;
    } cases[] = {{WRITE_PENDING, 2}, {WRITE_UNKNOWN, 2}, {WRITE_SENT, 1}, {WRITE_FAILED, 1}, {WRITE_ROLLED_BACK, 1}};
    (void)state;
    add(WRITE_UPDATE, "/a");
    write_entry *second = add(WRITE_UPDATE, "/a");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        second->state = cases[i].state;
        assert_int_equal(latest("/a", INT64_MAX), cases[i].found);
    }
}

/* A number that was given back is another call's; the row's earlier call is found all the same. */
static void test_numbers_come_again(void **state) {
    (void)state;
    add(WRITE_UPDATE, "/a");
    add(WRITE_UPDATE, "/a");
    write_queue_drop_last(&queue);
    assert_int_equal(latest("/a", INT64_MAX), 1);
    add(WRITE_UPDATE, "/b");
    assert_int_equal(latest("/a", INT64_MAX), 1);
    assert_int_equal(latest("/b", INT64_MAX), 2);
    write_queue_drop_last(&queue);
    add(WRITE_UPDATE, "/a");
    assert_int_equal(latest("/a", INT64_MAX), 2);
    assert_int_equal(latest("/a", 2), 1);
}

static bool is_other(const catalog_resource *resource, const catalog_resource *other) {
    return resource != other;
}

/* Is there a call about that row by another name than that of channels? */
static bool has_alias(const char *name) {
    return write_rows_alias(&rows, &queue, address_of(name), named_resource("channels"), is_other) != 0;
}

/* One thing by two names: a call by the other one is seen, for as long as it stands, and no other that has got its number. */
static void test_aliases(void **state) {
    (void)state;
    assert_false(has_alias("/a"));
    assert_false(write_rows_is_mixed(&rows, named_resource("channels")));
    write_entry *entry = add(WRITE_UPDATE, "/a");
    assert_false(write_rows_is_mixed(&rows, named_resource("services")));
    assert_true(write_rows_is_mixed(&rows, named_resource("channels")));
    assert_true(has_alias("/a"));
    assert_false(has_alias("/b"));
    entry->state = WRITE_ROLLED_BACK;
    assert_false(has_alias("/a"));
    add(WRITE_UPDATE, "/c");
    add(WRITE_UPDATE, "/b");
    add(WRITE_UPDATE, "/b");
    write_queue_drop_last(&queue);
    write_queue_drop_last(&queue);
    add(WRITE_UPDATE, "/d");
    add(WRITE_UPDATE, "/d");
    assert_false(has_alias("/b"));
    assert_true(has_alias("/c"));
    assert_true(has_alias("/d"));
    write_queue_finish(&queue);
    assert_false(has_alias("/d"));
}

/* All calls of a row, one after another, whichever table has queued them. */
static void test_before(void **state) {
    (void)state;
    assert_int_equal(write_rows_before(&rows, &queue, address_of("/a"), INT64_MAX), 0);
    add(WRITE_UPDATE, "/a");
    add(WRITE_UPDATE, "/b");
    add(WRITE_UPDATE, "/a")->state = WRITE_ROLLED_BACK;
    add(WRITE_UPDATE, "/a");
    assert_int_equal(write_rows_before(&rows, &queue, address_of("/a"), INT64_MAX), 4);
    assert_int_equal(write_rows_before(&rows, &queue, address_of("/a"), 4), 1);
    assert_int_equal(write_rows_before(&rows, &queue, address_of("/a"), 1), 0);
}

/* The next transaction has a list of its own, whatever it begins with. */
static void test_next_transaction(void **state) {
    (void)state;
    add(WRITE_UPDATE, "/a");
    write_queue_finish(&queue);
    assert_int_equal(latest("/a", INT64_MAX), 0);
    add(WRITE_INSERT, "/x");
    assert_int_equal(latest("/a", INT64_MAX), 0);
    add(WRITE_UPDATE, "/a");
    assert_int_equal(latest("/a", INT64_MAX), 3);
    write_queue_finish(&queue);
    add(WRITE_UPDATE, "/b");
    assert_int_equal(latest("/a", INT64_MAX), 0);
    assert_int_equal(latest("/b", INT64_MAX), 4);
}

static void test_many(void **state) {
    char address[20];
    (void)state;
    for (int i = 0; i < 5000; i++) {
        sqlite3_snprintf(sizeof address, address, "/%d", i % 2000);
        add(WRITE_UPDATE, address);
    }
    for (int i = 0; i < 2000; i++) {
        sqlite3_snprintf(sizeof address, address, "/%d", i);
        int64_t last = i < 1000 ? 4000 + i + 1 : 2000 + i + 1;
        assert_int_equal(latest(address, INT64_MAX), last);
        assert_int_equal(latest(address, last), last - 2000);
    }
    assert_true(rows.allocated <= 8192);
}

/* However many calls about a row there are, live ones or rolled back: one look finds the latest. */
static void test_linear(void **state) {
    (void)state;
    for (int i = 0; i < 1000; i++) {
        add(WRITE_UPDATE, "/a");
        add(WRITE_UPDATE, "/b")->state = WRITE_ROLLED_BACK;
        assert_int_equal(latest("/a", INT64_MAX), 2 * i + 1);
        assert_int_equal(latest("/b", INT64_MAX), 0);
    }
    assert_true(rows.looked <= 4000);
}

static void sweep_step(void *context) {
    error problem = {0};
    (void)context;
    for (int i = 0; i < 40 && !error_is_set(&problem); i++) {
        char name[20];
        write_entry *entry = write_queue_add(&queue, WRITE_UPDATE, NULL, named_resource("services"));
        sqlite3_snprintf(sizeof name, name, "/%d", i);
        if (!entry || !fill(entry, name)) {
            error_no_memory(&problem);
        } else {
            write_rows_add(&rows, &queue, entry, address_of(name), &problem);
        }
        if (!error_is_set(&problem)) {
            assert_int_equal(latest("/0", INT64_MAX), 1 + queue.next_seq - i - 1);
        }
    }
    assert_true(!error_is_set(&problem) || faulty_memory_failed());
    error_clear(&problem);
    end(NULL);
}

static void test_memory(void **state) {
    (void)state;
    assert_true(faulty_memory_sweep(sweep_step, NULL) >= 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_latest, begin, end),
        cmocka_unit_test_setup_teardown(test_states, begin, end),
        cmocka_unit_test_setup_teardown(test_aliases, begin, end),
        cmocka_unit_test_setup_teardown(test_before, begin, end),
        cmocka_unit_test_setup_teardown(test_numbers_come_again, begin, end),
        cmocka_unit_test_setup_teardown(test_next_transaction, begin, end),
        cmocka_unit_test_setup_teardown(test_many, begin, end),
        cmocka_unit_test_setup_teardown(test_linear, begin, end),
        cmocka_unit_test_setup_teardown(test_memory, begin, end),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
