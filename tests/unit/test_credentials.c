/*
** Credentials in the settings: where they are taken from, which pair is used, and that they belong to the origin they
** were given for. Somebody who can run SQL, but not read the environment, must not get at them.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/sqlite.h"
#include "session/settings.h"
#include "unit/environment.h"

static const char elsewhere[] = "https://evil.example.com";
static const char loopback[] = "http://127.0.0.1:1";

/* The settings of the running test. */
static settings loaded;

static int start(void **state) {
    (void)state;
    environment_clear();
    memset(&loaded, 0, sizeof loaded);
    return 0;
}

static int end(void **state) {
    (void)state;
    settings_free(&loaded);
    environment_clear();
    return 0;
}

static void load(void) {
    error problem = {0};
    settings_load(&loaded, &problem);
    assert_false(error_is_set(&problem));
}

static void set(setting_id id, const char *text) {
    error problem = {0};
    settings_set(&loaded, id, text, &problem);
    assert_false(error_is_set(&problem));
}

/* What the client would be given. NULL: no credentials. */
static void assert_used(const char *user, const char *password) {
    client_config config = settings_client_config(&loaded);
    if (user == NULL) {
        assert_true(config.endpoints[0].user == NULL || config.endpoints[0].password == NULL);
        return;
    }
    assert_non_null(config.endpoints[0].user);
    assert_non_null(config.endpoints[0].password);
    assert_string_equal(config.endpoints[0].user, user);
    assert_string_equal(config.endpoints[0].password, password);
}

static void assert_names(const char *part) {
    client_config config = settings_client_config(&loaded);
    assert_non_null(config.endpoints[0].credential_names);
    assert_non_null(strstr(config.endpoints[0].credential_names, part));
}

/* A credential's row in chat_settings. shown: "****" or NULL. */
static void assert_shown(setting_id id, const char *shown, const char *source) {
    const char *found = settings_shown(&loaded, id);
    assert_true((found == NULL) == (shown == NULL));
    assert_true(found == NULL || strcmp(found, shown) == 0);
    assert_string_equal(settings_source_text(&loaded, id), source);
}

/* The same for another of catalog_origins. */
static void assert_used_at(int origin, const char *user) {
    const char *found = settings_client_config(&loaded).endpoints[origin].user;
    assert_true((found == NULL) == (user == NULL));
    assert_true(found == NULL || strcmp(found, user) == 0);
}

/* --- which pair --------------------------------------------------------------------------------------------------- */

static void test_none(void **state) {
    (void)state;
    load();
    assert_used(NULL, NULL);
    assert_shown(SETTING_API_KEY, NULL, "default");
    assert_shown(SETTING_AUTH_TOKEN, NULL, "default");
}

static void test_api_key(void **state) {
    (void)state;
    environment_set("TWILIO_API_KEY", "SKkey");
    environment_set("TWILIO_API_KEY_SECRET", "secret");
    load();
    assert_used("SKkey", "secret");
    assert_names("TWILIO_API_KEY");
    assert_shown(SETTING_API_KEY, "****", "environment");
    assert_shown(SETTING_API_KEY_SECRET, "****", "environment");
}

/* The CLI's name for the secret; the documentation's goes first. */
static void test_other_name_of_the_secret(void **state) {
    (void)state;
    environment_set("TWILIO_API_KEY", "SKkey");
    environment_set("TWILIO_API_SECRET", "second");
    load();
    assert_used("SKkey", "second");
    settings_free(&loaded);
    environment_set("TWILIO_API_KEY_SECRET", "");
    load();
    assert_used("SKkey", "second");
    settings_free(&loaded);
    environment_set("TWILIO_API_KEY_SECRET", "first");
    load();
    assert_used("SKkey", "first");
}

static void test_account(void **state) {
    (void)state;
    environment_set("TWILIO_ACCOUNT_SID", "ACaccount");
    environment_set("TWILIO_AUTH_TOKEN", "token");
    load();
    assert_used("ACaccount", "token");
    assert_names("TWILIO_ACCOUNT_SID");
}

static void test_key_before_account(void **state) {
    (void)state;
    environment_set("TWILIO_ACCOUNT_SID", "ACaccount");
    environment_set("TWILIO_AUTH_TOKEN", "token");
    environment_set("TWILIO_API_KEY", "SKkey");
    environment_set("TWILIO_API_KEY_SECRET", "secret");
    load();
    assert_used("SKkey", "secret");
}

/* Half a pair is none, and halves of two pairs are never put together. */
static void test_halves(void **state) {
    (void)state;
    environment_set("TWILIO_API_KEY", "SKkey");
    environment_set("TWILIO_AUTH_TOKEN", "token");
    load();
    assert_used(NULL, NULL);
    settings_free(&loaded);
    environment_set("TWILIO_ACCOUNT_SID", "ACaccount");
    load();
    assert_used("ACaccount", "token");
    settings_free(&loaded);
    environment_clear();
    environment_set("TWILIO_API_KEY_SECRET", "secret");
    environment_set("TWILIO_ACCOUNT_SID", "ACaccount");
    load();
    assert_used(NULL, NULL);
}

static void test_set_by_sql(void **state) {
    (void)state;
    load();
    set(SETTING_API_KEY, "SKset");
    assert_used(NULL, NULL);
    set(SETTING_API_KEY_SECRET, "set secret");
    assert_used("SKset", "set secret");
    assert_names("api_key");
    assert_shown(SETTING_API_KEY, "****", "set");
    assert_shown(SETTING_API_KEY_SECRET, "****", "set");
    set(SETTING_API_KEY, NULL);
    assert_used(NULL, NULL);
}

static void test_set_wins_and_ends(void **state) {
    (void)state;
    environment_set("TWILIO_API_KEY", "SKkey");
    environment_set("TWILIO_API_KEY_SECRET", "secret");
    load();
    set(SETTING_API_KEY, "SKset");
    set(SETTING_API_KEY_SECRET, "set secret");
    assert_used("SKset", "set secret");
    set(SETTING_API_KEY, NULL);
    set(SETTING_API_KEY_SECRET, NULL);
    assert_used("SKkey", "secret");
    assert_shown(SETTING_API_KEY, "****", "environment");
}

/* --- they belong to their origin ---------------------------------------------------------------------------------- */

static void load_both_pairs(void) {
    environment_set("TWILIO_ACCOUNT_SID", "ACaccount");
    environment_set("TWILIO_AUTH_TOKEN", "token");
    environment_set("TWILIO_API_KEY", "SKkey");
    environment_set("TWILIO_API_KEY_SECRET", "secret");
    load();
}

static void test_environment_is_for_the_origin_at_load(void **state) {
    static const struct {
        setting_id id;
        const char *value;
        bool others; /* the other origins stay, and use the credentials */
    } moves[] = {{SETTING_URL, elsewhere, true},
                 {SETTING_URL, loopback, true},
                 {SETTING_REGION, "ie1", false},
                 {SETTING_EDGE, "dublin", false}};
    (void)state;
    load_both_pairs();
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        set(moves[i].id, moves[i].value);
        assert_used(NULL, NULL);
        client_config config = settings_client_config(&loaded);
        assert_null(config.endpoints[0].user);
        assert_null(config.endpoints[0].password);
        assert_shown(SETTING_API_KEY, moves[i].others ? "****" : NULL, moves[i].others ? "environment" : "default");
        assert_shown(SETTING_AUTH_TOKEN, moves[i].others ? "****" : NULL, moves[i].others ? "environment" : "default");
        set(moves[i].id, NULL);
        assert_used("SKkey", "secret");
    }
}

/* Each origin has the credentials of its own configuration: one that moves loses them, the others keep them. */
static void test_origins_apart(void **state) {
    static const setting_id urls[] = {SETTING_URL, SETTING_CONVERSATIONS_URL, SETTING_MEDIA_URL};
    (void)state;
    load_both_pairs();
    assert_string_equal(loaded.origins[1].now, "https://conversations.twilio.com");
    assert_string_equal(loaded.origins[2].now, "https://mcs.us1.twilio.com");
    for (int moved = 0; moved < CATALOG_ORIGIN_COUNT; moved++) {
        set(urls[moved], loopback);
        for (int origin = 0; origin < CATALOG_ORIGIN_COUNT; origin++) {
            assert_used_at(origin, origin == moved ? NULL : "SKkey");
        }
        set(urls[moved], NULL);
    }
    set(SETTING_API_KEY, "SKset");
    set(SETTING_API_KEY_SECRET, "other");
    for (int origin = 0; origin < CATALOG_ORIGIN_COUNT; origin++) {
        assert_used_at(origin, "SKset"); /* of every origin in force */
    }
    set(SETTING_CONVERSATIONS_URL, elsewhere);
    assert_used_at(0, "SKset");
    assert_used_at(1, NULL);
    assert_used_at(2, "SKset");
    set(SETTING_CONVERSATIONS_URL, NULL);
    assert_used_at(1, "ACaccount"); /* nor when it is back: the environment's other pair is */
    set(SETTING_REGION, "ie1");
    assert_string_equal(loaded.origins[1].now, "https://conversations.ie1.twilio.com");
    assert_string_equal(loaded.origins[2].now, "https://mcs.ie1.twilio.com");
    for (int origin = 0; origin < CATALOG_ORIGIN_COUNT; origin++) {
        assert_used_at(origin, NULL);
    }
}

static void test_origin_of_the_environment(void **state) {
    (void)state;
    environment_set("TWILIO_CHAT_URL", loopback);
    load_both_pairs();
    assert_string_equal(loaded.origins[0].now, loopback);
    assert_used("SKkey", "secret");
    set(SETTING_URL, "https://chat.twilio.com");
    assert_used(NULL, NULL);
    set(SETTING_URL, "http://127.0.0.1:1/");
    assert_used("SKkey", "secret");
    set(SETTING_URL, NULL);
    assert_used("SKkey", "secret");
}

/* The same origin in other words is the same origin. */
static void test_same_origin_in_other_words(void **state) {
    (void)state;
    load_both_pairs();
    set(SETTING_URL, "https://chat.twilio.com:443/");
    assert_used("SKkey", "secret");
    set(SETTING_REGION, "ie1"); /* the URL stands above it */
    assert_used("SKkey", "secret");
}

static void test_set_ones_are_forgotten_with_their_origin(void **state) {
    (void)state;
    load();
    set(SETTING_API_KEY, "SKset");
    set(SETTING_API_KEY_SECRET, "set secret");
    set(SETTING_URL, elsewhere);
    assert_used(NULL, NULL);
    set(SETTING_URL, NULL);
    assert_used(NULL, NULL);
    set(SETTING_API_KEY, "SKset");
    set(SETTING_API_KEY_SECRET, "set secret");
    set(SETTING_URL, "https://chat.twilio.com/");
    assert_used("SKset", "set secret");
    set(SETTING_REGION, "ie1");
    assert_used("SKset", "set secret");
    set(SETTING_URL, NULL);
    assert_used(NULL, NULL);
}

static void test_new_ones_for_the_new_origin(void **state) {
    (void)state;
    load_both_pairs();
    set(SETTING_URL, elsewhere);
    set(SETTING_ACCOUNT_SID, "ACnew");
    set(SETTING_AUTH_TOKEN, "new token");
    assert_used("ACnew", "new token");
    /* Going home brings back the environment's, not these. */
    set(SETTING_URL, NULL);
    assert_used("SKkey", "secret");
    set(SETTING_API_KEY, NULL);
    set(SETTING_API_KEY_SECRET, NULL);
    assert_used("SKkey", "secret");
}

/* Half a pair set for another origin must not drag the environment's other half along. */
static void test_halves_for_another_origin(void **state) {
    (void)state;
    load_both_pairs();
    set(SETTING_URL, elsewhere);
    set(SETTING_API_KEY, "SKmine");
    assert_used(NULL, NULL);
    set(SETTING_ACCOUNT_SID, "ACmine");
    assert_used(NULL, NULL);
    client_config config = settings_client_config(&loaded);
    assert_true(config.endpoints[0].password == NULL);
    set(SETTING_API_KEY_SECRET, NULL);
    set(SETTING_AUTH_TOKEN, NULL);
    assert_used(NULL, NULL);
}

/* Every walk over a few origins and resets: away from home, nothing of the environment comes out. */
static void test_random_walks(void **state) {
    static const char *const urls[] = {NULL, "https://chat.twilio.com", elsewhere, loopback};
    static const char *const labels[] = {NULL, "ie1"};
    (void)state;
    uint32_t random = 7;
    load_both_pairs();
    for (int step = 0; step < 5000; step++) {
        random = random * 1664525u + 1013904223u;
        unsigned choice = random >> 28, other = random >> 20;
        if (choice < 6) {
            set(SETTING_URL, urls[other % 4]);
        } else if (choice < 10) {
            set(choice < 8 ? SETTING_REGION : SETTING_EDGE, labels[other % 2]);
        } else {
            set((setting_id)(SETTING_API_KEY + other % 4), NULL);
        }
        bool home = strcmp(loaded.origins[0].now, "https://chat.twilio.com") == 0;
        assert_used(home ? "SKkey" : NULL, "secret");
    }
}

/* --- secrets never come back -------------------------------------------------------------------------------------- */

static void assert_not_in(const char *text, const char *secret) {
    assert_true(text == NULL || strstr(text, secret) == NULL);
}

static void test_secrets_are_shown_as_stars(void **state) {
    (void)state;
    load_both_pairs();
    for (int id = 0; id < SETTING_COUNT; id++) {
        assert_not_in(settings_shown(&loaded, (setting_id)id), "secret");
        assert_not_in(settings_shown(&loaded, (setting_id)id), "token");
        assert_not_in(settings_shown(&loaded, (setting_id)id), "SKkey");
        assert_not_in(settings_shown(&loaded, (setting_id)id), "ACaccount");
    }
    assert_not_in(settings_client_config(&loaded).endpoints[0].credential_names, "SKkey");
}

/* Whatever other setting a secret is mistakenly written to, no message repeats a password of an address. */
static void test_messages_do_not_repeat_passwords(void **state) {
    error problem = {0};
    (void)state;
    load();
    settings_set(&loaded, SETTING_URL, "https://ACcount:hunter2@chat.twilio.com", &problem);
    assert_true(error_is_set(&problem));
    assert_not_in(problem.message, "hunter2");
    error_clear(&problem);
}

static void test_messages_of_the_environment_do_not_either(void **state) {
    error problem = {0};
    (void)state;
    environment_set("TWILIO_CHAT_URL", "https://ACcount:hunter2@chat.twilio.com");
    settings_load(&loaded, &problem);
    assert_true(error_is_set(&problem));
    assert_not_in(problem.message, "hunter2");
    error_clear(&problem);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_none, start, end),
        cmocka_unit_test_setup_teardown(test_api_key, start, end),
        cmocka_unit_test_setup_teardown(test_other_name_of_the_secret, start, end),
        cmocka_unit_test_setup_teardown(test_account, start, end),
        cmocka_unit_test_setup_teardown(test_key_before_account, start, end),
        cmocka_unit_test_setup_teardown(test_halves, start, end),
        cmocka_unit_test_setup_teardown(test_set_by_sql, start, end),
        cmocka_unit_test_setup_teardown(test_set_wins_and_ends, start, end),
        cmocka_unit_test_setup_teardown(test_environment_is_for_the_origin_at_load, start, end),
        cmocka_unit_test_setup_teardown(test_origins_apart, start, end),
        cmocka_unit_test_setup_teardown(test_origin_of_the_environment, start, end),
        cmocka_unit_test_setup_teardown(test_same_origin_in_other_words, start, end),
        cmocka_unit_test_setup_teardown(test_set_ones_are_forgotten_with_their_origin, start, end),
        cmocka_unit_test_setup_teardown(test_new_ones_for_the_new_origin, start, end),
        cmocka_unit_test_setup_teardown(test_halves_for_another_origin, start, end),
        cmocka_unit_test_setup_teardown(test_random_walks, start, end),
        cmocka_unit_test_setup_teardown(test_secrets_are_shown_as_stars, start, end),
        cmocka_unit_test_setup_teardown(test_messages_do_not_repeat_passwords, start, end),
        cmocka_unit_test_setup_teardown(test_messages_of_the_environment_do_not_either, start, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
