/* How much memory pages ahead may take: it grows where the reader waits for lack of it, and there alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read/reading.h"
#include "read/room.h"
#include "unit/environment.h"

enum { MIB = 1024 * 1024 };

static void test_parts(void **state) {
    room ahead = {0};
    (void)state;
    assert_int_equal(room_share(&ahead, 64 * MIB), 12 * MIB);
    room_waited(&ahead, 1000, 1000 + ROOM_WAITED_MS);
    assert_int_equal(room_share(&ahead, 64 * MIB), 24 * MIB);
    room_waited(&ahead, 2000, 2000 + ROOM_WAITED_MS);
    assert_int_equal(room_share(&ahead, 64 * MIB), 32 * MIB);
    room_waited(&ahead, 3000, 3000 + ROOM_WAITED_MS);
    assert_int_equal(room_share(&ahead, 64 * MIB), 32 * MIB);
    /* Another limit: from the beginning. */
    assert_int_equal(room_share(&ahead, 16 * MIB), 3 * MIB);
}

/* Short waits count together, as long as they are close together. */
static void test_short_waits(void **state) {
    room ahead = {0};
    (void)state;
    size_t first = room_share(&ahead, 64 * MIB);
    /* Of each 250 ms 99 are waited for, and this without end: that is not half of the time. */
    for (int i = 0; i < 100; i++) {
        room_waited(&ahead, 1000 + 250 * i, 1000 + 250 * i + 99);
        assert_int_equal(room_share(&ahead, 64 * MIB), first);
    }
    for (int i = 0; i < 4; i++) {
        assert_int_equal(room_share(&ahead, 64 * MIB), first);
        room_waited(&ahead, 40000 + 80 * i, 40000 + 80 * i + ROOM_WAITED_MS / 4 + 1);
    }
    assert_int_equal(room_share(&ahead, 64 * MIB), 2 * first);
    /* They have been counted. */
    room_waited(&ahead, 40300, 40300 + ROOM_WAITED_MS - 1);
    assert_int_equal(room_share(&ahead, 64 * MIB), 2 * first);
}

/* ---- what the connection makes of it ---- */

static connection *shared;

static int begin(void **state) {
    error problem = {0};
    (void)state;
    environment_clear();
    environment_set("TWILIO_CHAT_MEMORY_LIMIT_MB", "16");
    shared = connection_open(NULL, &problem);
    environment_clear();
    return shared == NULL || reading_attach(shared) != SQLITE_OK;
}

static int end(void **state) {
    (void)state;
    reading_of(shared)->page_bytes = 0;
    connection_release(shared);
    return 0;
}

/* A wait of a second, while so many bytes of pages are there. */
static void wait_with(size_t bytes, bool pumped) {
    reading_of(shared)->page_bytes = bytes;
    reading_asks_anew(shared);
    if (pumped) {
        reading_has_room(shared);
    }
    reading_has_waited(shared, reading_waits(shared) - 1000);
    reading_of(shared)->page_bytes = 0;
}

static size_t share(void) {
    reading_has_room(shared);
    return reading_of(shared)->ahead.share;
}

static void test_lack_of_room(void **state) {
    (void)state;
    assert_int_equal(share(), 3 * MIB);
    wait_with(3 * MIB - 1, true);
    assert_int_equal(share(), 3 * MIB); /* all has been asked for */
    wait_with(3 * MIB, false);
    assert_int_equal(share(), 3 * MIB); /* there was nothing more to ask for */
    wait_with(3 * MIB, true);
    assert_int_equal(share(), 6 * MIB);
    /* What could not be asked for long before the wait is no reason for it. */
    reading_deny_room(shared);
    wait_with(0, true);
    assert_int_equal(share(), 6 * MIB);
}

/* A page larger than all there is for pages: one of them fits. */
static void test_large_pages(void **state) {
    (void)state;
    assert_int_equal(reading_growth(shared, 1 * MIB, 0).room, 3);
    assert_int_equal(reading_growth(shared, 10 * MIB, 0).room, 1);
    assert_int_equal(reading_growth(shared, 0, 0).room, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_short_waits),
        cmocka_unit_test_setup_teardown(test_lack_of_room, begin, end),
        cmocka_unit_test_setup_teardown(test_large_pages, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
