/* Memory running out in ext/table: settings, table arguments, the text of a plan, the values of a query. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/sqlite.h"
#include "catalog/generations.h"
#include "plan/plan_text.h"
#include "plan/route_values.h"
#include "session/settings.h"
#include "table/table_options.h"
#include "unit/environment.h"
#include "unit/faulty_memory.h"
#include "unit/named.h"
#include "unit/plan_draft.h"

#define SERVICE "IS0123456789abcdef0123456789abcdef"

/* Faults that the running test has found: all of them are shown, since they differ from allocation to allocation. */
static int faults;

/* Nothing is wrong but that memory ran out. */
static void check_only_memory(const error *problem) {
    if (error_is_set(problem) && (!faulty_memory_failed() || problem->rc != SQLITE_NOMEM || problem->message != NULL)) {
        print_message("# not told as memory running out: code %d, %s\n", problem->rc,
                      problem->message ? problem->message : "no message");
        faults++;
    }
}

/* Sweeps and fails if a step complained, or if it allocates less than it must: then the hooks would not be in place. */
static void sweep(void (*step)(void *context), void *context, long least) {
    faults = 0;
    long allocations = faulty_memory_sweep(step, context);
    assert_int_equal(faults, 0);
    assert_true(allocations >= least);
}

/* --- settings ----------------------------------------------------------------------------------------------------- */

static void load_step(void *context) {
    settings loaded;
    error problem = {0};
    (void)context;
    memset(&loaded, 0, sizeof loaded);
    settings_load(&loaded, &problem);
    check_only_memory(&problem);
    if (!error_is_set(&problem)) {
        client_config config = settings_client_config(&loaded);
        assert_string_equal(config.endpoints[0].origin, "https://chat.dublin.ie1.twilio.com");
        assert_string_equal(config.endpoints[0].user, "SKkey");
        assert_string_equal(config.endpoints[0].password, "secret");
        assert_int_equal(config.max_retries, 5);
        assert_string_equal(loaded.origins[0].own, config.endpoints[0].origin);
    }
    settings_free(&loaded);
    error_clear(&problem);
}

static void test_settings_load(void **state) {
    (void)state;
    environment_clear();
    environment_set("TWILIO_API_KEY", "SKkey");
    environment_set("TWILIO_API_KEY_SECRET", "secret");
    environment_set("TWILIO_REGION", "ie1");
    environment_set("TWILIO_EDGE", "dublin");
    sweep(load_step, NULL, 16);
    environment_clear();
}

static void accepted_step(void *context) {
    buffer text;
    buffer_init(&text, 1000);
    settings_accepted(*(const setting_id *)context, &text);
    if (text.rc == SQLITE_OK) {
        assert_true(text.length > 0 && text.data[text.length] == '\0');
    } else if (!faulty_memory_failed() || text.rc != SQLITE_NOMEM) {
        print_message("# %s: code %d\n", settings_name(*(const setting_id *)context), text.rc);
        faults++;
    }
    buffer_clear(&text);
}

static void test_accepted(void **state) {
    (void)state;
    for (int id = 0; id < SETTING_COUNT; id++) {
        setting_id each = (setting_id)id;
        sweep(accepted_step, &each, 1);
    }
}

/* Loads without a failure; the sweep's counting goes on with what follows. */
static void load_first(settings *loaded, long k, bool and_after) {
    error problem = {0};
    memset(loaded, 0, sizeof *loaded);
    faulty_memory_fail_at(0, false);
    settings_load(loaded, &problem);
    assert_false(error_is_set(&problem));
    faulty_memory_fail_at(k, and_after);
}

/* A refused value leaves everything as it was, also when what is refused is more memory. */
static bool set_with_failure(setting_id id, const char *text, long k, bool and_after) {
    settings loaded;
    error problem = {0};
    char before[100], origin[100];
    load_first(&loaded, k, and_after);
    strcpy(before, settings_text(&loaded, id) ? settings_text(&loaded, id) : "");
    strcpy(origin, loaded.origins[0].now);
    settings_set(&loaded, id, text, &problem);
    bool failed = faulty_memory_failed();
    check_only_memory(&problem);
    faulty_memory_fail_at(0, false);
    const char *after = settings_text(&loaded, id) ? settings_text(&loaded, id) : "";
    if (error_is_set(&problem) && (strcmp(after, before) != 0 || strcmp(loaded.origins[0].now, origin) != 0)) {
        print_message("# %s = %s, allocation %ld failing: now %s, origin %s\n", settings_name(id), text, k, after,
                      loaded.origins[0].now);
        faults++;
    }
    settings_free(&loaded);
    error_clear(&problem);
    return failed;
}

static void sweep_set(setting_id id, const char *text) {
    long before = faulty_memory_live();
    bool failed = true;
    faults = 0;
    environment_clear();
    for (long k = 1; failed; k++) {
        failed = set_with_failure(id, text, k, false);
        failed = set_with_failure(id, text, k, true) || failed;
        assert_int_equal(faulty_memory_live(), before);
    }
    assert_int_equal(faults, 0);
}

static void test_settings_set(void **state) {
    (void)state;
    sweep_set(SETTING_PAGE_SIZE, "7");
    sweep_set(SETTING_API_KEY, "SKkey");
    sweep_set(SETTING_WITHOUT, "order,limit");
}

static void test_settings_set_of_the_origin(void **state) {
    (void)state;
    sweep_set(SETTING_URL, "https://example.com");
    sweep_set(SETTING_REGION, "ie1");
}

/* A copy of the settings, or none and no memory; putting it back needs none. */
static void keep_step(void *context) {
    settings *loaded = context;
    error problem = {0};
    settings *kept = settings_keep_copy(loaded, &problem);
    check_only_memory(&problem);
    assert_true(kept != NULL || error_is_set(&problem));
    if (kept) {
        assert_string_equal(settings_text(kept, SETTING_API_KEY), "SKset");
        assert_string_equal(kept->origins[0].now, loaded->origins[0].now);
        assert_string_equal(kept->origins[0].own, loaded->origins[0].own);
        settings_keep_put_back(loaded, kept);
        assert_string_equal(settings_text(loaded, SETTING_API_KEY), "SKset");
        assert_string_equal(settings_source_text(loaded, SETTING_API_KEY), "set");
    }
}

static void test_settings_keep(void **state) {
    settings loaded;
    error problem = {0};
    (void)state;
    environment_clear();
    load_first(&loaded, 0, false);
    settings_set(&loaded, SETTING_API_KEY, "SKset", &problem);
    assert_false(error_is_set(&problem));
    sweep(keep_step, &loaded, 10);
    settings_free(&loaded);
    settings_keep_forget(NULL);
}

/* Credentials set for one origin must not outlive a change that was cut short. */
static bool credentials_leave(long k, bool and_after) {
    settings loaded;
    error problem = {0};
    load_first(&loaded, 0, false);
    settings_set(&loaded, SETTING_API_KEY, "SKset", &problem);
    settings_set(&loaded, SETTING_API_KEY_SECRET, "set secret", &problem);
    assert_false(error_is_set(&problem));
    faulty_memory_fail_at(k, and_after);
    settings_set(&loaded, SETTING_URL, "https://evil.example.com", &problem);
    bool failed = faulty_memory_failed();
    faulty_memory_fail_at(0, false);
    client_config config = settings_client_config(&loaded);
    if (strcmp(config.endpoints[0].origin, "https://chat.twilio.com") != 0 &&
        (config.endpoints[0].user != NULL || config.endpoints[0].password != NULL)) {
        print_message("# allocation %ld failing: the credentials went along to %s\n", k, config.endpoints[0].origin);
        faults++;
    }
    settings_free(&loaded);
    error_clear(&problem);
    return failed;
}

static void sweep_credentials(void) {
    bool failed = true;
    faults = 0;
    for (long k = 1; failed; k++) {
        failed = credentials_leave(k, false);
        failed = credentials_leave(k, true) || failed;
    }
    assert_int_equal(faults, 0);
}

static void test_credentials_do_not_follow(void **state) {
    (void)state;
    environment_clear();
    sweep_credentials();
}

/* The same where the environment has others, to which the settings then go back. */
static void test_credentials_above_the_environments_do_not_follow(void **state) {
    (void)state;
    environment_clear();
    environment_set("TWILIO_API_KEY", "SKkey");
    environment_set("TWILIO_API_KEY_SECRET", "secret");
    sweep_credentials();
    environment_clear();
}

/* --- arguments, plans, values ------------------------------------------------------------------------------------- */

static void options_step(void *context) {
    static const char *const arguments[] = {" service_sid = '" SERVICE "'", "api_version=\"v2\""};
    table_options options;
    error problem = {0};
    (void)context;
    memset(&options, 0, sizeof options);
    table_options_parse(&options, "channels", 2, arguments, &problem);
    check_only_memory(&problem);
    if (!error_is_set(&problem)) {
        assert_string_equal(options.service_sid, SERVICE);
        assert_int_equal(options.version, CATALOG_V2);
    }
    table_options_clear(&options);
    error_clear(&problem);
}

static void test_table_options(void **state) {
    (void)state;
    sweep(options_step, NULL, 5);
}

static void describe_step(void *context) {
    plan_draft draft;
    plan made;
    buffer text;
    (void)context;
    plan_draft_begin(&draft, "messages", CATALOG_V1);
    plan_draft_add(&draft, "channel_sid");
    plan_draft_add(&draft, "index >=");
    plan_draft_add(&draft, "body");
    plan_draft_order(&draft, "index DESC");
    draft.question.needs_hidden = true;
    plan_make(&draft.question, &made);
    buffer_init(&text, 10000);
    plan_text_describe(&draft.question, &made, &text);
    assert_int_equal(text.rc, faulty_memory_failed() ? SQLITE_NOMEM : SQLITE_OK);
    char *taken = buffer_take(&text);
    assert_int_equal(taken == NULL, faulty_memory_failed());
    if (taken != NULL) {
        assert_string_equal(taken,
                            "GET Services/{each}/Channels/{channel_sid}/Messages Order=desc until past index >= ?, "
                            "then GET each row for what the list hides; checked here: body");
    }
    sqlite3_free(taken);
}

static void test_plan_describe(void **state) {
    (void)state;
    sweep(describe_step, NULL, 6);
}

/* A value that cannot be read for want of memory must not turn into "no row has it". */
static void values_step(void *context) {
    sqlite3_value *values[] = {context};
    route_values taken;
    error problem = {0};
    memset(&taken, 0, sizeof taken);
    route_values_read(&taken, named_resource("channels"), CATALOG_V1, 1u << SLOT_NAME, 1, values, &problem);
    check_only_memory(&problem);
    if (!error_is_set(&problem)) {
        const slot_values *names = &taken.slots[SLOT_NAME];
        assert_false(taken.empty);
        assert_true(names->usable ? names->texts.count == 1 : taken.partial);
    }
    route_values_clear(&taken);
    error_clear(&problem);
}

static void test_route_values(void **state) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT 'general'", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    sqlite3_value *value = sqlite3_value_dup(sqlite3_column_value(statement, 0));
    sweep(values_step, value, 3);
    sqlite3_value_free(value);
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings_load),
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_settings_set),
        cmocka_unit_test(test_settings_set_of_the_origin),
        cmocka_unit_test(test_settings_keep),
        cmocka_unit_test(test_credentials_do_not_follow),
        cmocka_unit_test(test_credentials_above_the_environments_do_not_follow),
        cmocka_unit_test(test_table_options),
        cmocka_unit_test(test_plan_describe),
        cmocka_unit_test(test_route_values),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
