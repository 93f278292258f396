/* Memory running out while a write is checked, composed and queued: nothing but NOMEM, nothing lost, nothing half done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "catalog/generations.h"
#include "rest/form.h"
#include "rest/page_document.h"
#include "unit/faulty_memory.h"
#include "unit/named.h"
#include "unit/write_draft.h"
#include "write/write_body.h"
#include "write/write_check.h"
#include "write/write_queue.h"
#include "write/write_rate.h"

#define DIGITS "0123456789abcdef0123456789abcdef"

static int faults;

/* jansson does not notice every failed allocation: it may complain of the text instead. That is a refusal too. */
static bool is_blamed_on_the_text(const error *problem) {
    return faulty_memory_failed() && problem->message &&
           (strstr(problem->message, "expected near") || strstr(problem->message, "invalid token near") ||
            strstr(problem->message, "cannot be set: the API has no parameter for it"));
}

static void check_only_memory(const error *problem) {
    if (error_is_set(problem) && (!faulty_memory_failed() || problem->rc != SQLITE_NOMEM) &&
        !is_blamed_on_the_text(problem)) {
        print_message("# not told as memory running out: code %d, %s\n", problem->rc,
                      problem->message ? problem->message : "no message");
        faults++;
    }
}

/*
** What a step has made without an error: the same, whether memory ran out on the way or not. The first run of a sweep, in
** which nothing fails, sets the measure.
*/
static char *measure;

static void compare(const char *made) {
    if (!measure && !faulty_memory_failed()) {
        measure = strdup(made);
    } else if (!measure || strcmp(made, measure) != 0) {
        print_message("# memory ran out, nothing was told, and the result is %s instead of %s\n", made,
                      measure ? measure : "nothing");
        faults++;
    }
}

static void sweep(void (*step)(void *context), void *context, long least) {
    faults = 0;
    free(measure);
    measure = NULL;
    long allocations = faulty_memory_sweep(step, context);
    assert_int_equal(faults, 0);
    assert_true(allocations >= least);
}

static void form_step(void *context) {
    buffer body;
    error problem = {0};
    (void)context;
    buffer_init(&body, 10000);
    form_append(&body, "Body", "a b", 3, &problem);
    form_append(&body, "From", "somebody", 8, &problem);
    check_only_memory(&problem);
    if (!error_is_set(&problem)) {
        assert_string_equal(body.data, "Body=a%20b&From=somebody");
    }
    buffer_clear(&body);
    error_clear(&problem);
}

static void test_form(void **state) {
    (void)state;
    sweep(form_step, NULL, 3);
}

static void document_step(void *context) {
    static const char text[] = "{\"a\":{\"b\":[\"x\",1,true]},\"c\":\"y\"}";
    error problem = {0};
    (void)context;
    page_document *document = page_document_parse(text, strlen(text), &problem);
    check_only_memory(&problem);
    assert_int_equal(document == NULL, error_is_set(&problem));
    page_document_free(document);
    error_clear(&problem);
}

static void test_document(void **state) {
    (void)state;
    sweep(document_step, NULL, 5);
}

static void rate_step(void *context) {
    write_rate pace;
    error problem = {0};
    (void)context;
    memset(&pace, 0, sizeof pace);
    for (int i = 0; i < 3 && !error_is_set(&problem); i++) {
        assert_int_equal(write_rate_wait(&pace, "/Services/IS1", 1 + i, 1000, &problem), 0);
    }
    check_only_memory(&problem);
    write_rate_clear(&pace);
    error_clear(&problem);
}

static void test_rate(void **state) {
    (void)state;
    sweep(rate_step, NULL, 3);
}

static void queue_step(void *context) {
    write_queue queue;
    (void)context;
    memset(&queue, 0, sizeof queue);
    for (int64_t i = 1; i <= 40; i++) {
        write_entry *entry = write_queue_add(&queue, WRITE_INSERT, &queue, named_resource("channels"));
        assert_true(entry || faulty_memory_failed());
        if (!entry) {
            break;
        }
        assert_int_equal(entry->seq, i);
    }
    write_queue_clear(&queue);
}

static void test_queue(void **state) {
    (void)state;
    sweep(queue_step, NULL, 42);
}

/* What a full queue cannot take leaves it as it was. */
static void test_queue_goes_on(void **state) {
    write_queue queue;
    (void)state;
    memset(&queue, 0, sizeof queue);
    assert_non_null(write_queue_add(&queue, WRITE_INSERT, &queue, named_resource("channels")));
    faulty_memory_fail_at(1, true);
    assert_null(write_queue_add(&queue, WRITE_INSERT, &queue, named_resource("channels")));
    faulty_memory_fail_at(0, false);
    assert_int_equal(queue.count, 1);
    write_entry *entry = write_queue_add(&queue, WRITE_INSERT, &queue, named_resource("channels"));
    assert_int_equal(entry->seq, 2);
    assert_ptr_equal(write_queue_find(&queue, 2), entry);
    write_queue_clear(&queue);
}

static const catalog_parameter *find(const catalog_resource *resource, const char *name) {
    for (size_t i = 0; i < resource->parameter_count; i++) {
        if (strcmp(resource->parameters[i].name, name) == 0) {
            return &resource->parameters[i];
        }
    }
    return NULL;
}

/* What sending has changed is there when the call is away, and the rest comes back; without memory it has not gone. */
static void away_change(write_queue *queue, write_entry *entry, const char *body) {
    error problem = {0};
    char *path = entry->away ? NULL : sqlite3_mprintf("changed");
    if (path) {
        sqlite3_free(entry->path);
        entry->path = path;
        entry->changed = queue->tried = true;
        write_queue_put_away(queue, entry);
        write_queue_fetch(queue, entry, &problem);
        check_only_memory(&problem);
        if (strcmp(entry->path, "changed") != 0 || (!entry->away && strcmp(entry->body, body) != 0)) {
            print_message("# %s, %s after a change\n", entry->path, entry->body);
            faults++;
        }
    }
    error_clear(&problem);
}

/* Texts that go to the file and come back: those that came are whole, and those that could not go are still there. */
static void away_step(void *context) {
    write_queue queue;
    error problem = {0};
    (void)context;
    memset(&queue, 0, sizeof queue);
    for (int i = 0; i < 3 && !error_is_set(&problem); i++) {
        write_entry *entry = write_queue_add(&queue, WRITE_INSERT, &queue, named_resource("messages"));
        if (!entry) {
            break;
        }
        entry->lane = write_queue_lane(&queue, i % 2 ? "/Services/IS1/Channels/CH1" : "/Services/IS1");
        entry->path = sqlite3_mprintf("path %d", i);
        entry->body = sqlite3_mprintf("body %d", i);
        if (!entry->lane || !entry->path || !entry->body) {
            write_queue_drop_last(&queue);
            break;
        }
        write_queue_account(&queue, entry);
        write_queue_bound(&queue, 0, &problem);
        check_only_memory(&problem);
    }
    error_clear(&problem);
    for (size_t i = 0; i < queue.count; i++) {
        char path[20], body[20];
        const write_entry *entry = write_queue_show(&queue, queue.entries[i]->seq, &problem);
        check_only_memory(&problem);
        snprintf(path, sizeof path, "path %d", (int)i);
        snprintf(body, sizeof body, "body %d", (int)i);
        if (!error_is_set(&problem) && (strcmp(entry->path, path) != 0 || strcmp(entry->body, body) != 0)) {
            print_message("# %s, %s came back\n", entry->path, entry->body);
            faults++;
        }
        error_clear(&problem);
        away_change(&queue, queue.entries[i], body);
    }
    write_queue_clear(&queue);
}

static void test_away(void **state) {
    (void)state;
    sweep(away_step, NULL, 35);
}

typedef struct check_context {
    const char *table, *parameter;
    sqlite3_value *value;
} check_context;

static void check_step(void *context) {
    const check_context *what = context;
    const catalog_resource *resource = named_resource(what->table);
    error problem = {0};
    buffer text;
    buffer_init(&text, 10000);
    write_check_value(resource, find(resource, what->parameter), what->value, &text, &problem);
    if (!error_is_set(&problem)) {
        compare(text.data ? text.data : "");
    }
    if (faulty_memory_failed() && error_is_set(&problem) && problem.rc != SQLITE_NOMEM &&
        !is_blamed_on_the_text(&problem)) {
        print_message("# %s: told as %d, %s\n", what->parameter, problem.rc, problem.message ? problem.message : "");
        faults++;
    }
    buffer_clear(&text);
    error_clear(&problem);
}

static void test_check(void **state) {
    static const char *const cases[][3] = {
        {"messages", "Body", "'Hello'"},
        {"messages", "Attributes", "'{\"a\":[1,2]}'"},
        {"members", "LastConsumedMessageIndex", "17"},
        {"services", "ReadStatusEnabled", "1"},
        {"channels", "DateCreated", "'2020-01-02 03:04:05'"},
        {"channels", "Type", "'private'"},
        {"members", "RoleSid", "'RL" DIGITS "'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_context what = {cases[i][0], cases[i][1], write_draft_value(cases[i][2])};
        sweep(check_step, &what, 1);
        sqlite3_value_free(what.value);
    }
}

/* A refusal for which memory is missing is told as that, and not as acceptance. */
static void refuse_step(void *context) {
    const check_context *what = context;
    const catalog_resource *resource = named_resource(what->table);
    error problem = {0};
    buffer text;
    buffer_init(&text, 10000);
    write_check_value(resource, find(resource, what->parameter), what->value, &text, &problem);
    if (!error_is_set(&problem)) {
        print_message("# %s: accepted\n", what->parameter);
        faults++;
    }
    buffer_clear(&text);
    error_clear(&problem);
}

static void test_refusals(void **state) {
    static const char *const cases[][3] = {
        {"channels", "Type", "'secret'"},
        {"members", "Identity", "'system'"},
        {"messages", "Attributes", "'{bad'"},
        {"channels", "DateCreated", "'soon'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_context what = {cases[i][0], cases[i][1], write_draft_value(cases[i][2])};
        sweep(refuse_step, &what, 1);
        sqlite3_value_free(what.value);
    }
}

/* A body for which memory is missing must not go out without the parameter that it could not hold. */
static void body_step(void *context) {
    const write_draft *draft = context;
    error problem = {0};
    write_body body;
    write_body_init(&body);
    write_body_fill(&body, &draft->row, CATALOG_V1, false, &problem);
    bool broken = body.text.rc != SQLITE_OK || body.shown.rc != SQLITE_OK;
    if (!broken || error_is_set(&problem)) {
        check_only_memory(&problem);
    }
    if (!error_is_set(&problem) && !broken) {
        assert_string_equal(body.text.data,
                            "FriendlyName=new&Limits.UserChannels=17&WebhookFilters=a&WebhookFilters=b");
        assert_string_equal(body.shown.data, body.text.data);
    }
    write_body_clear(&body);
    error_clear(&problem);
}

static void test_body(void **state) {
    write_draft draft;
    (void)state;
    write_draft_begin(&draft, "services", CATALOG_V1);
    write_draft_read(&draft, "{\"sid\":\"IS" DIGITS "\",\"friendly_name\":\"old\",\"webhook_filters\":[],"
                             "\"limits\":{\"user_channels\":250,\"actions_per_second\":30}}");
    write_draft_set(&draft, "sid", "'IS" DIGITS "'");
    write_draft_set(&draft, "friendly_name", "'new'");
    write_draft_set(&draft, "limits", "'{\"user_channels\":17,\"actions_per_second\":30}'");
    write_draft_set(&draft, "webhook_filters", "'[\"a\",\"b\"]'");
    sweep(body_step, &draft, 20);
    write_draft_end(&draft);
}

/* ---- a whole row, into the queue ---- */

static connection *shared;

/* All that matters of the calls in the queue. */
static void describe(const write_queue *queue, char *text, size_t size) {
    size_t used = 0;
    text[0] = 0;
    for (size_t i = 0; i < queue->count && used < size; i++) {
        const write_entry *entry = queue->entries[i];
        used += (size_t)snprintf(text + used, size - used, "%s %s [%s] [%s] %s %s [%s] %s; ", entry->lane, entry->path,
                                 entry->body ? entry->body : "none", entry->shown_body ? entry->shown_body : "none",
                                 entry->sid ? entry->sid : "none", entry->replace_path ? entry->replace_path : "none",
                                 entry->replace_body ? entry->replace_body : "none",
                                 entry->unique_name ? entry->unique_name : "none");
    }
}

/* On a problem nothing is queued. */
static void finish_row(const error *problem) {
    char text[4000];
    check_only_memory(problem);
    describe(&writing_of(shared)->queue, text, sizeof text);
    if (!error_is_set(problem)) {
        compare(text);
    } else if (writing_of(shared)->queue.count > 0) {
        print_message("# code %d, and these are queued: %s\n", problem->rc, text);
        faults++;
    }
    writing_clear_calls(writing_of(shared));
}

static void insert_step(void *context) {
    write_draft *draft = context;
    error problem = {0};
    write_row_insert(&draft->row, &problem);
    finish_row(&problem);
    error_clear(&problem);
}

static void update_step(void *context) {
    write_draft *draft = context;
    error problem = {0};
    write_row_update(&draft->row, &problem);
    finish_row(&problem);
    error_clear(&problem);
}

/* A row that one statement updates twice, the second time otherwise: without memory the first may stand, but no half. */
static void update_again_step(void *context) {
    write_draft *drafts = context;
    error problem = {0};
    write_row_update(&drafts[0].row, &problem);
    if (!error_is_set(&problem)) {
        write_row_update(&drafts[1].row, &problem);
    }
    check_only_memory(&problem);
    const write_queue *queue = &writing_of(shared)->queue;
    if (!error_is_set(&problem)) {
        assert_int_equal(queue->count, 1);
        assert_string_equal(queue->entries[0]->body, "FriendlyName=second&Certificate=other");
        assert_string_equal(queue->entries[0]->shown_body, "FriendlyName=second&Certificate=****");
    } else if (queue->count > 0) {
        assert_string_equal(queue->entries[0]->body, "FriendlyName=first&Certificate=one");
        assert_string_equal(queue->entries[0]->shown_body, "FriendlyName=first&Certificate=****");
    }
    writing_clear_calls(writing_of(shared));
    error_clear(&problem);
}

static void finish_later(const error *problem, size_t calls) {
    const write_queue *queue = &writing_of(shared)->queue;
    check_only_memory(problem);
    assert_true(error_is_set(problem) || queue->count == calls);
    writing_clear_calls(writing_of(shared));
}

/* The same row in two statements: the second is measured against the first. */
static void update_later_step(void *context) {
    write_draft *drafts = context;
    drafts[1].row.reads = 2;
    error problem = {0};
    write_row_update(&drafts[0].row, &problem);
    if (!error_is_set(&problem)) {
        write_row_update(&drafts[1].row, &problem);
    }
    drafts[1].row.reads = 0;
    finish_later(&problem, 2);
    error_clear(&problem);
}

/* OR REPLACE of the row, and an UPDATE that gives it what was shown: without memory it is not taken for no change. */
static void update_replaced_step(void *context) {
    write_draft *drafts = context;
    error problem = {0};
    write_row_insert(&drafts[0].row, &problem);
    if (!error_is_set(&problem)) {
        write_row_update(&drafts[1].row, &problem);
    }
    finish_later(&problem, 3); /* a type has a call of its own */
    error_clear(&problem);
}

static void delete_step(void *context) {
    write_draft *draft = context;
    error problem = {0};
    write_row_delete(&draft->row, &problem);
    finish_row(&problem);
    error_clear(&problem);
}

/* What is deleted is not updated, and lack of memory does not make it so. */
static void delete_update_step(void *context) {
    write_draft *draft = context;
    error problem = {0};
    write_row_delete(&draft->row, &problem);
    if (!error_is_set(&problem)) {
        write_row_update(&draft->row, &problem);
    }
    finish_later(&problem, 1);
    error_clear(&problem);
}

static void begin_row(write_draft *draft, const char *table) {
    write_draft_begin(draft, table, CATALOG_V1);
    draft->row.shared = shared;
    draft->row.owner = shared;
}

static void test_insert(void **state) {
    write_draft draft;
    (void)state;
    begin_row(&draft, "channels");
    draft.row.conflict = SQLITE_REPLACE;
    write_draft_set(&draft, "service_sid", "'IS" DIGITS "'");
    write_draft_set(&draft, "unique_name", "'a name'");
    write_draft_set(&draft, "attributes", "'{}'");
    sweep(insert_step, &draft, 10);
    write_draft_end(&draft);
    begin_row(&draft, "credentials");
    write_draft_set(&draft, "type", "'gcm'");
    write_draft_set(&draft, "api_key", "'a secret'");
    sweep(insert_step, &draft, 8);
    write_draft_end(&draft);
}

static void test_update(void **state) {
    write_draft draft;
    (void)state;
    begin_row(&draft, "channels");
    draft.row.path = "/Services/IS" DIGITS "/Channels/CH" DIGITS;
    write_draft_read(&draft, "{\"sid\":\"CH" DIGITS "\",\"service_sid\":\"IS" DIGITS "\",\"type\":\"public\"}");
    write_draft_set(&draft, "sid", "'CH" DIGITS "'");
    write_draft_set(&draft, "service_sid", "'IS" DIGITS "'");
    write_draft_set(&draft, "path", "'/Services/IS" DIGITS "/Channels/CH" DIGITS "'");
    write_draft_set(&draft, "friendly_name", "'new'");
    write_draft_set(&draft, "type", "'private'");
    write_draft_set(&draft, "attributes", "'{}'");
    sweep(update_step, &draft, 12);
    write_draft_end(&draft);
}

static void test_update_again(void **state) {
    static const char *const names[] = {"'first'", "'second'"}, *const certificates[] = {"'one'", "'other'"};
    write_draft drafts[2];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        begin_row(&drafts[i], "credentials");
        drafts[i].row.path = "/Credentials/CR" DIGITS;
        write_draft_read(&drafts[i], "{\"sid\":\"CR" DIGITS "\",\"friendly_name\":\"old\"}");
        write_draft_set(&drafts[i], "sid", "'CR" DIGITS "'");
        write_draft_set(&drafts[i], "path", "'/Credentials/CR" DIGITS "'");
        write_draft_set(&drafts[i], "friendly_name", names[i]);
        write_draft_set(&drafts[i], "certificate", certificates[i]);
    }
    sweep(update_again_step, drafts, 12);
    sweep(update_later_step, drafts, 12);
    write_draft_end(&drafts[0]);
    write_draft_end(&drafts[1]);
}

static void test_update_replaced(void **state) {
    write_draft drafts[2];
    (void)state;
    begin_row(&drafts[0], "channels");
    drafts[0].row.conflict = SQLITE_REPLACE;
    write_draft_set(&drafts[0], "service_sid", "'IS" DIGITS "'");
    write_draft_set(&drafts[0], "unique_name", "'a name'");
    begin_row(&drafts[1], "channels");
    drafts[1].row.path = "/Services/IS" DIGITS "/Channels/CH" DIGITS;
    write_draft_read(
        &drafts[1],
        "{\"sid\":\"CH" DIGITS "\",\"service_sid\":\"IS" DIGITS
        "\",\"unique_name\":\"A name\",\"friendly_name\":\"old\",\"attributes\":\"{}\",\"type\":\"public\"}");
    write_draft_set(&drafts[1], "attributes", "'{}'");
    write_draft_set(&drafts[1], "type", "'private'");
    write_draft_set(&drafts[1], "sid", "'CH" DIGITS "'");
    write_draft_set(&drafts[1], "service_sid", "'IS" DIGITS "'");
    write_draft_set(&drafts[1], "path", "'/Services/IS" DIGITS "/Channels/CH" DIGITS "'");
    write_draft_set(&drafts[1], "unique_name", "'A name'");
    write_draft_set(&drafts[1], "friendly_name", "'old'");
    sweep(update_replaced_step, drafts, 12);
    write_draft_end(&drafts[0]);
    write_draft_end(&drafts[1]);
}

static void test_delete(void **state) {
    write_draft draft;
    (void)state;
    begin_row(&draft, "messages");
    draft.row.path = "/Services/IS" DIGITS "/Channels/CH" DIGITS "/Messages/IM" DIGITS;
    sweep(delete_step, &draft, 4);
    write_draft_set(&draft, "body", "'late'");
    sweep(delete_update_step, &draft, 8);
    write_draft_end(&draft);
}

static int begin(void **state) {
    (void)state;
    shared = write_draft_connect();
    return shared == NULL;
}

static int end(void **state) {
    (void)state;
    write_draft_disconnect(shared);
    free(measure);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),         cmocka_unit_test(test_document),        cmocka_unit_test(test_rate),
        cmocka_unit_test(test_queue),        cmocka_unit_test(test_queue_goes_on),   cmocka_unit_test(test_away),
        cmocka_unit_test(test_check),        cmocka_unit_test(test_refusals),        cmocka_unit_test(test_body),
        cmocka_unit_test(test_insert),       cmocka_unit_test(test_update),          cmocka_unit_test(test_delete),
        cmocka_unit_test(test_update_again), cmocka_unit_test(test_update_replaced),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
