/*
** Profiles of the vendor's command line tool: what is read of its file, what an error says, and where it goes between what
** the environment says and what is set with SQL.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sqlite.h"
#include "session/profile.h"
#include "session/settings.h"
#include "unit/environment.h"
#include "unit/faulty_memory.h"

#define SALES_SECRET "sales-secret-000"
#define DEV_SECRET "dev-secret-000"

static const char usual[] =
    "{\"email\":{},\"edge\":\"roaming\",\"projects\":[],\"activeProject\":\"dev\",\"profiles\":{"
    "\"dev\":{\"accountSid\":\"ACdev\",\"region\":\"\",\"apiKey\":\"SKdev\",\"apiSecret\":\"" DEV_SECRET "\"},"
    "\"sales\":{\"accountSid\":\"ACsales\",\"region\":\"ie1\",\"edge\":\"dublin\",\"apiKey\":\"SKsales\","
    "\"apiSecret\":\"" SALES_SECRET "\"},"
    "\"half\":{\"accountSid\":\"AChalf\",\"apiKey\":\"SKhalf\"}}}";

static char folder[] = "/tmp/test-profile-XXXXXX", file[100];

static void write_file(const char *bytes, size_t length) {
    FILE *opened = fopen(file, "w");
    assert_non_null(opened);
    assert_int_equal(fwrite(bytes, 1, length, opened), length);
    fclose(opened);
}

/* A home with the usual file. */
static int start(void **state) {
    char inner[60];
    (void)state;
    environment_clear();
    snprintf(inner, sizeof inner, "%s/.twilio-cli", folder);
    snprintf(file, sizeof file, "%s/config.json", inner);
    mkdir(inner, 0700);
    setenv("HOME", folder, 1);
    write_file(usual, strlen(usual));
    return 0;
}

static int end(void **state) {
    (void)state;
    environment_clear();
    chmod(file, 0600);
    unlink(file);
    rmdir(file);
    return 0;
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
    char inner[100];
    (void)state;
    snprintf(inner, sizeof inner, "%s/.twilio-cli", folder);
    rmdir(inner);
    return rmdir(folder);
}

/* ---- the file ---- */

static void assert_read(const char *name, const char *account, const char *region, const char *edge, const char *key,
                        const char *secret) {
    profile made = {0};
    error problem = {0};
    profile_read(&made, name, &problem);
    if (error_is_set(&problem)) {
        print_message("# %s\n", problem.message);
    }
    assert_false(error_is_set(&problem));
    assert_string_equal(made.account_sid, account);
    assert_true(region ? made.region && strcmp(made.region, region) == 0 : made.region == NULL);
    assert_true(edge ? made.edge && strcmp(made.edge, edge) == 0 : made.edge == NULL);
    assert_string_equal(made.api_key, key);
    assert_string_equal(made.api_secret, secret);
    profile_clear(&made);
    assert_null(made.label);
}

/* What is read must be refused, in so many words and with the file's name, and with nothing that it holds. */
static void assert_refused(const char *name, const char *words) {
    profile made = {0};
    error problem = {0};
    profile_read(&made, name, &problem);
    assert_int_equal(problem.rc, SQLITE_ERROR);
    assert_non_null(problem.message);
    if (!strstr(problem.message, words) || !strstr(problem.message, file)) {
        print_message("# %s\n", problem.message);
        fail();
    }
    assert_null(strstr(problem.message, "secret"));
    assert_null(strstr(problem.message, "SK"));
    assert_null(made.label);
    assert_null(made.api_secret);
    error_clear(&problem);
}

static void refuse_content(const char *content, const char *name, const char *words) {
    write_file(content, strlen(content));
    assert_refused(name, words);
}

static void test_profiles_are_read(void **state) {
    (void)state;
    assert_read("sales", "ACsales", "ie1", "dublin", "SKsales", SALES_SECRET);
    /* No region is none; the edge of all counts for one that has none. */
    assert_read("dev", "ACdev", NULL, "roaming", "SKdev", DEV_SECRET);
}

/* The tool writes the name of the active one as activeProject. */
static void test_active(void **state) {
    static const char other[] =
        "{\"activeProfile\":\"b\",\"profiles\":{\"b\":{\"accountSid\":\"ACb\",\"apiKey\":\"k\",\"apiSecret\":\"s\"}}}";
    (void)state;
    assert_read("active", "ACdev", NULL, "roaming", "SKdev", DEV_SECRET);
    write_file(other, strlen(other));
    assert_read("active", "ACb", NULL, NULL, "k", "s");
    refuse_content("{\"activeProject\":null,\"profiles\":{}}", "active", "has no active profile");
    refuse_content("{\"activeProject\":\"gone\",\"profiles\":{}}", "active", "has no profile \"gone\"");
    refuse_content("{\"activeProject\":7,\"profiles\":{}}", "active", "its activeProject is no text");
}

static void test_another_folder(void **state) {
    char other[100];
    (void)state;
    snprintf(other, sizeof other, "%s/.twilio-cli", folder);
    environment_set("TWILIO_CONFIG_DIR", other);
    setenv("HOME", "/nonexistent", 1);
    assert_read("sales", "ACsales", "ie1", "dublin", "SKsales", SALES_SECRET);
    environment_set("TWILIO_CONFIG_DIR", NULL);
    unsetenv("HOME");
    profile made = {0};
    error problem = {0};
    profile_read(&made, "sales", &problem);
    assert_non_null(strstr(problem.message, "neither HOME nor TWILIO_CONFIG_DIR is set"));
    error_clear(&problem);
}

static void test_what_is_missing(void **state) {
    (void)state;
    assert_refused("none", "has no profile \"none\"");
    assert_refused("half", "has no apiSecret");
    refuse_content("{\"profiles\":{\"a\":{\"apiSecret\":\"secret\"}}}", "a", "the profile \"a\" of");
    refuse_content("{\"profiles\":{\"a\":{\"apiSecret\":\"secret\"}}}", "a", "has no apiKey");
    refuse_content("{\"profiles\":{\"a\":{\"apiKey\":\"\",\"apiSecret\":\"secret\"}}}", "a", "has no apiKey");
    refuse_content("{\"profiles\":{\"a\":{\"apiKey\":\"SK\",\"apiSecret\":null}}}", "a", "has no apiSecret");
    refuse_content("{\"profiles\":{\"a\":{\"apiKey\":\"SK\",\"apiSecret\":7}}}", "a", "its apiSecret is no text");
    refuse_content("{\"profiles\":{\"a\":\"secret\"}}", "a", "has no apiKey");
    refuse_content("{\"profiles\":[]}", "a", "has no profile \"a\"");
    refuse_content("{}", "a", "has no profile \"a\"");
    refuse_content("[]", "a", "has no profile \"a\"");
    unlink(file);
    assert_refused("sales", "No such file");
}

static void test_what_is_no_config(void **state) {
    static const char region[] =
        "{\"profiles\":{\"a\":{\"apiKey\":\"SK\",\"apiSecret\":\"s\",\"region\":\"evil.example/\"}}}";
    static const char edge[] = "{\"edge\":\"@evil\",\"profiles\":{\"a\":{\"apiKey\":\"SK\",\"apiSecret\":\"s\"}}}";
    (void)state;
    refuse_content("", "a", "is not valid JSON");
    refuse_content("{\"profiles\":{\"a\":{\"apiSecret\":\"secret", "a", "is not valid JSON");
    refuse_content("{\"profiles\":\"\xff secret\"}", "a", "is not valid JSON");
    refuse_content(region, "a", "its region is no name");
    refuse_content(edge, "a", "its edge is no name");
    size_t huge = 1024 * 1024 + 1;
    char *blanks = malloc(huge);
    memset(blanks, ' ', huge);
    write_file(blanks, huge);
    assert_refused("a", "is larger than 1 MiB");
    free(blanks);
    unlink(file);
    mkdir(file, 0700);
    assert_refused("a", "is not a file");
    rmdir(file);
    mkfifo(file, 0600);
    assert_refused("a", "is not a file");
}

static void test_what_may_not_be_read(void **state) {
    (void)state;
    if (geteuid() == 0) {
        skip();
    }
    chmod(file, 0000);
    assert_refused("sales", "Permission denied");
}

/* ---- in the settings ---- */

static settings loaded;

static void load(void) {
    error problem = {0};
    memset(&loaded, 0, sizeof loaded);
    settings_load(&loaded, &problem);
    if (error_is_set(&problem)) {
        print_message("# %s\n", problem.message);
    }
    assert_false(error_is_set(&problem));
}

static void set(setting_id id, const char *text) {
    error problem = {0};
    settings_set(&loaded, id, text, &problem);
    assert_false(error_is_set(&problem));
}

static void assert_used(const settings *source, const char *user, const char *password, const char *origin) {
    client_config config = settings_client_config(source);
    assert_string_equal(config.endpoints[0].origin, origin);
    if (user) {
        assert_non_null(config.endpoints[0].user);
        assert_string_equal(config.endpoints[0].user, user);
        assert_string_equal(config.endpoints[0].password, password);
    } else {
        assert_true(!config.endpoints[0].user || !config.endpoints[0].password);
    }
}

static void assert_source(setting_id id, const char *shown, const char *source) {
    const char *found = settings_shown(&loaded, id);
    assert_true(shown ? found && strcmp(found, shown) == 0 : found == NULL);
    assert_string_equal(settings_source_text(&loaded, id), source);
}

/* Nothing is read unless a profile is named: no file, no error. */
static void test_nobody_asks(void **state) {
    (void)state;
    write_file("no JSON", 7);
    load();
    assert_used(&loaded, NULL, NULL, "https://chat.twilio.com");
    assert_source(SETTING_PROFILE, NULL, "default");
    settings_free(&loaded);
}

static void test_by_environment(void **state) {
    (void)state;
    environment_set("TWILIO_PROFILE", "sales");
    environment_set("TWILIO_API_KEY", "SKenvironment");
    environment_set("TWILIO_API_KEY_SECRET", "environment");
    environment_set("TWILIO_ACCOUNT_SID", "ACenvironment");
    environment_set("TWILIO_AUTH_TOKEN", "environment");
    environment_set("TWILIO_REGION", "au1");
    load();
    assert_used(&loaded, "SKsales", SALES_SECRET, "https://chat.dublin.ie1.twilio.com");
    assert_source(SETTING_PROFILE, "sales", "environment");
    assert_source(SETTING_API_KEY, "****", "profile");
    assert_source(SETTING_API_KEY_SECRET, "****", "profile");
    assert_source(SETTING_ACCOUNT_SID, "****", "profile");
    assert_source(SETTING_AUTH_TOKEN, NULL, "default");
    assert_source(SETTING_REGION, "ie1", "profile");
    client_config config = settings_client_config(&loaded);
    assert_string_equal(config.profile, "sales");
    assert_non_null(strstr(config.endpoints[0].credential_names, "the profile \"sales\" of "));
    settings_free(&loaded);
    /* What the profile says nothing about does not come from the environment, which is about another account. */
    environment_set("TWILIO_PROFILE", "dev");
    load();
    assert_used(&loaded, "SKdev", DEV_SECRET, "https://chat.roaming.us1.twilio.com");
    settings_free(&loaded);
    /* But for the edge, as with the tool itself. */
    environment_set("TWILIO_EDGE", "sydney");
    load();
    assert_used(&loaded, "SKdev", DEV_SECRET, "https://chat.sydney.us1.twilio.com");
    assert_source(SETTING_EDGE, "sydney", "environment");
    settings_free(&loaded);
    environment_set("TWILIO_PROFILE", "none");
    error problem = {0};
    memset(&loaded, 0, sizeof loaded);
    settings_load(&loaded, &problem);
    assert_non_null(strstr(problem.message, "environment variable TWILIO_PROFILE: "));
    assert_non_null(strstr(problem.message, "has no profile \"none\""));
    error_clear(&problem);
    settings_free(&loaded);
}

static void test_by_sql(void **state) {
    error problem = {0};
    (void)state;
    environment_set("TWILIO_API_KEY", "SKenvironment");
    environment_set("TWILIO_API_KEY_SECRET", "environment");
    load();
    int64_t changes = loaded.server_changes;
    set(SETTING_PROFILE, "sales");
    assert_true(loaded.server_changes > changes);
    assert_used(&loaded, "SKsales", SALES_SECRET, "https://chat.dublin.ie1.twilio.com");
    assert_source(SETTING_PROFILE, "sales", "set");
    /* What is set with SQL goes before. */
    set(SETTING_API_KEY, "SKset");
    set(SETTING_API_KEY_SECRET, "set");
    assert_used(&loaded, "SKset", "set", "https://chat.dublin.ie1.twilio.com");
    set(SETTING_API_KEY, NULL);
    set(SETTING_API_KEY_SECRET, NULL);
    assert_used(&loaded, "SKsales", SALES_SECRET, "https://chat.dublin.ie1.twilio.com");
    /* One that cannot be read changes nothing. */
    settings_set(&loaded, SETTING_PROFILE, "half", &problem);
    assert_non_null(strstr(problem.message, "chat_settings: profile: the profile \"half\" of "));
    error_clear(&problem);
    settings_set(&loaded, SETTING_PROFILE, "", &problem);
    assert_non_null(strstr(problem.message, "an empty text is not accepted"));
    error_clear(&problem);
    assert_used(&loaded, "SKsales", SALES_SECRET, "https://chat.dublin.ie1.twilio.com");
    set(SETTING_PROFILE, NULL);
    assert_used(&loaded, "SKenvironment", "environment", "https://chat.twilio.com");
    assert_source(SETTING_REGION, NULL, "default");
    settings_free(&loaded);
}

/* Another profile is another account: credentials that were set for the one before are forgotten. */
static void test_another_profile_forgets(void **state) {
    (void)state;
    load();
    set(SETTING_API_KEY, "SKset");
    set(SETTING_API_KEY_SECRET, "set");
    set(SETTING_PROFILE, "dev");
    assert_used(&loaded, "SKdev", DEV_SECRET, "https://chat.roaming.us1.twilio.com");
    set(SETTING_API_KEY, "SKset");
    set(SETTING_PROFILE, NULL);
    assert_used(&loaded, NULL, NULL, "https://chat.twilio.com");
    assert_source(SETTING_API_KEY, NULL, "default");
    settings_free(&loaded);
}

/*
** Where in the world is no secret: what is set with SQL goes before all profiles, whether it is set before or after one is
** named; and a profile's credentials go to its own place alone.
*/
static void test_another_profile_leaves_the_place(void **state) {
    (void)state;
    load();
    set(SETTING_REGION, "au1");
    set(SETTING_PROFILE, "sales");
    assert_used(&loaded, NULL, NULL, "https://chat.dublin.au1.twilio.com");
    assert_string_equal(loaded.origins[0].own, "https://chat.dublin.ie1.twilio.com");
    set(SETTING_EDGE, "sydney");
    set(SETTING_PROFILE, "dev");
    assert_used(&loaded, NULL, NULL, "https://chat.sydney.au1.twilio.com");
    assert_string_equal(loaded.origins[0].own, "https://chat.roaming.us1.twilio.com");
    assert_source(SETTING_REGION, "au1", "set");
    assert_source(SETTING_EDGE, "sydney", "set");
    set(SETTING_API_KEY, "SKset");
    set(SETTING_API_KEY_SECRET, "set");
    assert_used(&loaded, "SKset", "set", "https://chat.sydney.au1.twilio.com");
    set(SETTING_PROFILE, NULL);
    assert_used(&loaded, NULL, NULL, "https://chat.sydney.au1.twilio.com");
    set(SETTING_PROFILE, "sales");
    set(SETTING_REGION, NULL);
    assert_source(SETTING_REGION, "ie1", "profile");
    set(SETTING_EDGE, NULL);
    assert_used(&loaded, "SKsales", SALES_SECRET, "https://chat.dublin.ie1.twilio.com");
    settings_free(&loaded);
}

/* Only a change forgets: a statement may give every row the value that it has. */
static void test_the_same_profile_forgets_nothing(void **state) {
    static const char *const names[] = {NULL, "sales", "active"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        load();
        set(SETTING_PROFILE, names[i]);
        set(SETTING_EDGE, "sydney");
        set(SETTING_API_KEY, "SKset");
        set(SETTING_API_KEY_SECRET, "set");
        set(SETTING_PROFILE, names[i]);
        client_config config = settings_client_config(&loaded);
        assert_used(&loaded, "SKset", "set", config.endpoints[0].origin);
        assert_source(SETTING_EDGE, "sydney", "set");
        assert_source(SETTING_PROFILE, names[i], names[i] ? "set" : "default");
        settings_free(&loaded);
    }
    environment_set("TWILIO_PROFILE", "sales");
    load();
    set(SETTING_API_KEY, "SKset");
    set(SETTING_PROFILE, NULL);
    assert_source(SETTING_API_KEY, "****", "set");
    assert_source(SETTING_PROFILE, "sales", "environment");
    set(SETTING_PROFILE, "sales");
    assert_source(SETTING_API_KEY, "****", "set");
    assert_source(SETTING_PROFILE, "sales", "set");
    settings_free(&loaded);
}

/* The same name for what the file says now is a change. */
static void test_a_profile_that_has_changed(void **state) {
    char text[sizeof usual];
    (void)state;
    load();
    set(SETTING_PROFILE, "active");
    set(SETTING_API_KEY, "SKset");
    memcpy(text, usual, sizeof usual);
    memcpy(strstr(text, DEV_SECRET), "new", 3);
    write_file(text, strlen(text));
    set(SETTING_PROFILE, "active");
    assert_used(&loaded, "SKdev", "new-secret-000", "https://chat.roaming.us1.twilio.com");
    settings_free(&loaded);
}

/* Who can only run SQL can name a profile, and an origin: the one's secret does not go to the other. */
static void test_a_profile_s_secret_stays_at_its_origin(void **state) {
    static const setting_id places[] = {SETTING_URL, SETTING_REGION, SETTING_EDGE};
    static const char *const values[] = {"https://evil.example.com", "au1", "evil"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        for (int first = 0; first < 2; first++) {
            load();
            set(first ? SETTING_PROFILE : places[i], first ? "sales" : values[i]);
            set(first ? places[i] : SETTING_PROFILE, first ? values[i] : "sales");
            client_config config = settings_client_config(&loaded);
            bool elsewhere = strcmp(config.endpoints[0].origin, "https://chat.dublin.ie1.twilio.com") != 0;
            assert_true(elsewhere);
            assert_true(config.endpoints[0].user == NULL && config.endpoints[0].password == NULL);
            assert_string_equal(config.endpoints[0].withheld, "https://chat.dublin.ie1.twilio.com");
            settings_free(&loaded);
        }
    }
}

/* The environment's own origin is a profile's, too: so a test's server is. */
static void test_the_environment_s_origin(void **state) {
    (void)state;
    environment_set("TWILIO_CHAT_URL", "http://127.0.0.1:1");
    load();
    set(SETTING_PROFILE, "sales");
    assert_used(&loaded, "SKsales", SALES_SECRET, "http://127.0.0.1:1");
    set(SETTING_URL, "http://127.0.0.1:2");
    assert_used(&loaded, NULL, NULL, "http://127.0.0.1:2");
    set(SETTING_PROFILE, "dev");
    assert_used(&loaded, NULL, NULL, "http://127.0.0.1:2");
    set(SETTING_URL, NULL);
    assert_used(&loaded, "SKdev", DEV_SECRET, "http://127.0.0.1:1");
    settings_free(&loaded);
}

/* A further account has its own key and place, all else with the connection. */
static void test_a_further_account(void **state) {
    settings further = {0};
    error problem = {0};
    (void)state;
    environment_set("TWILIO_API_KEY", "SKenvironment");
    environment_set("TWILIO_API_KEY_SECRET", "environment");
    load();
    settings_load_profile(&further, &loaded, "sales", &problem);
    assert_false(error_is_set(&problem));
    assert_used(&further, "SKsales", SALES_SECRET, "https://chat.dublin.ie1.twilio.com");
    set(SETTING_PAGE_SIZE, "7");
    set(SETTING_API_KEY, "SKset");
    set(SETTING_REGION, "au1");
    assert_int_equal(settings_integer(&further, SETTING_PAGE_SIZE), 7);
    int64_t changes = settings_changes(&further);
    set(SETTING_URL, "https://evil.example.com");
    assert_true(settings_changes(&further) > changes);
    settings_follow_base(&further, &problem);
    assert_used(&further, NULL, NULL, "https://evil.example.com");
    set(SETTING_URL, NULL);
    settings_follow_base(&further, &problem);
    assert_false(error_is_set(&problem));
    assert_used(&further, "SKsales", SALES_SECRET, "https://chat.dublin.ie1.twilio.com");
    settings_free(&further);
    settings_free(&loaded);
}

/* ---- without memory ---- */

static void read_step(void *context) {
    profile made = {0};
    error problem = {0};
    (void)context;
    profile_read(&made, "active", &problem);
    if (error_is_set(&problem)) {
        assert_int_equal(problem.rc, SQLITE_NOMEM);
        assert_true(faulty_memory_failed());
        assert_null(made.label);
    } else {
        assert_string_equal(made.api_key, "SKdev");
        assert_string_equal(made.edge, "roaming");
    }
    profile_clear(&made);
    error_clear(&problem);
}

static void test_read_without_memory(void **state) {
    (void)state;
    assert_true(faulty_memory_sweep(read_step, NULL) > 6);
}

/* Refused for lack of memory a profile changes nothing. */
static void name_step(void *context) {
    settings changed = {0};
    error problem = {0};
    settings *kept = settings_keep_copy(context, &problem);
    if (!kept) {
        assert_int_equal(problem.rc, SQLITE_NOMEM);
        error_clear(&problem);
        return;
    }
    settings_keep_put_back(&changed, kept);
    settings_set(&changed, SETTING_PROFILE, "sales", &problem);
    if (error_is_set(&problem)) {
        assert_int_equal(problem.rc, SQLITE_NOMEM);
        assert_used(&changed, "SKdev", DEV_SECRET, "https://chat.roaming.us1.twilio.com");
    } else {
        assert_used(&changed, "SKsales", SALES_SECRET, "https://chat.dublin.ie1.twilio.com");
    }
    settings_free(&changed);
    error_clear(&problem);
}

static void test_name_without_memory(void **state) {
    (void)state;
    environment_set("TWILIO_PROFILE", "dev");
    load();
    assert_true(faulty_memory_sweep(name_step, &loaded) > 50);
    settings_free(&loaded);
}

static void further_step(void *context) {
    settings further = {0};
    error problem = {0};
    settings_load_profile(&further, context, "sales", &problem);
    if (error_is_set(&problem)) {
        assert_int_equal(problem.rc, SQLITE_NOMEM);
    } else {
        assert_used(&further, "SKsales", SALES_SECRET, "https://chat.dublin.ie1.twilio.com");
    }
    settings_free(&further);
    error_clear(&problem);
}

static void test_further_account_without_memory(void **state) {
    (void)state;
    load();
    assert_true(faulty_memory_sweep(further_step, &loaded) > 20);
    settings_free(&loaded);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void) {
    faulty_memory_install();
    const struct CMUnitTest tests[] = {
        TEST(test_profiles_are_read),
        TEST(test_active),
        TEST(test_another_folder),
        TEST(test_what_is_missing),
        TEST(test_what_is_no_config),
        TEST(test_what_may_not_be_read),
        TEST(test_nobody_asks),
        TEST(test_by_environment),
        TEST(test_by_sql),
        TEST(test_another_profile_forgets),
        TEST(test_another_profile_leaves_the_place),
        TEST(test_the_same_profile_forgets_nothing),
        TEST(test_a_profile_that_has_changed),
        TEST(test_a_profile_s_secret_stays_at_its_origin),
        TEST(test_the_environment_s_origin),
        TEST(test_a_further_account),
        TEST(test_read_without_memory),
        TEST(test_name_without_memory),
        TEST(test_further_account_without_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
