/* What a row will be, when memory runs out: an UPDATE is measured against all of it, or not queued. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "catalog/generations.h"
#include "unit/faulty_memory.h"
#include "unit/write_draft.h"

#define IS "IS0123456789abcdef0123456789abcdef"

static connection *shared;

/* A row in two statements: the second is measured against the first, or not queued. */
static void update_later(void *context) {
    write_draft *drafts = context;
    error problem = {0};
    write_row_update(&drafts[0].row, &problem);
    drafts[1].row.reads = drafts[0].row.reads + 1;
    if (!error_is_set(&problem)) {
        write_row_update(&drafts[1].row, &problem);
    }
    assert_true(problem.rc == SQLITE_OK || (problem.rc == SQLITE_NOMEM && faulty_memory_failed()));
    const write_queue *queue = &writing_of(shared)->queue;
    if (!error_is_set(&problem)) {
        assert_int_equal(queue->count, 2);
        assert_string_equal(queue->entries[1]->body, "NewMessage.Enabled=false&LogEnabled=true");
    }
    error_clear(&problem);
    writing_clear_calls(writing_of(shared));
}

static void begin_part(write_draft *draft, const char *table, const char *path) {
    write_draft_begin(draft, table, CATALOG_CONVERSATIONS);
    draft->row.shared = shared;
    draft->row.owner = shared;
    draft->row.told = true;
    draft->row.path = path;
}

/* ... by the row's own name, and by that of its part. */
static void test_update_later_without_memory(void **state) {
    static const char before[] = "'{\"new_message\":{\"enabled\":true},\"log_enabled\":false}'";
    static const char after[] = "'{\"new_message\":{\"enabled\":false},\"log_enabled\":true}'";
    write_draft drafts[2];
    (void)state;
    for (int i = 0; i < 2; i++) {
        if (i == 0) {
            begin_part(&drafts[0], "services", "/Services/" IS);
            write_draft_set(&drafts[0], "sid", "'" IS "'");
            write_draft_set(&drafts[0], "path", "'/Services/" IS "'");
            write_draft_set(&drafts[0], "notifications", before);
        } else {
            begin_part(&drafts[0], "service_notifications", "/Services/" IS "/Configuration/Notifications");
            write_draft_set(&drafts[0], "path", "'/Services/" IS "/Configuration/Notifications'");
            write_draft_set(&drafts[0], "new_message", "'{\"enabled\":true}'");
            write_draft_set(&drafts[0], "log_enabled", "0");
        }
        write_draft_read(&drafts[0], "{\"sid\":\"" IS "\"}");
        begin_part(&drafts[1], "services", "/Services/" IS);
        write_draft_read(&drafts[1], "{\"sid\":\"" IS "\"}");
        write_draft_set(&drafts[1], "sid", "'" IS "'");
        write_draft_set(&drafts[1], "path", "'/Services/" IS "'");
        write_draft_set(&drafts[1], "notifications", after);
        assert_in_range(faulty_memory_sweep(update_later, drafts), 30, 10000);
        write_draft_end(&drafts[0]);
        write_draft_end(&drafts[1]);
    }
}

static int begin(void **state) {
    (void)state;
    shared = write_draft_connect();
    return shared == NULL;
}

static int end(void **state) {
    (void)state;
    write_draft_disconnect(shared);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_update_later_without_memory),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
