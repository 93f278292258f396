/* Addresses: which parents stand in one, and what is an address of which resource. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/address.h"
#include "unit/named.h"

#define DIGITS "0123456789abcdef0123456789abcdef"
#define SERVICE "/Services/IS" DIGITS
#define CHANNEL SERVICE "/Channels/CH" DIGITS
#define MESSAGE CHANNEL "/Messages/IM" DIGITS
#define USER SERVICE "/Users/US" DIGITS

/* --- parents ------------------------------------------------------------------------------------------------------ */

static void assert_parent(const char *table, const char *address, const char *column, const char *expected) {
    address_part part = address_parent(named_resource(table), address, column);
    if (expected == NULL) {
        assert_null(part.text);
        assert_int_equal(part.length, 0);
        return;
    }
    assert_non_null(part.text);
    assert_int_equal(part.length, strlen(expected));
    assert_memory_equal(part.text, expected, part.length);
    assert_true(part.text >= address && part.text + part.length <= address + strlen(address));
}

static void test_parents(void **state) {
    (void)state;
    assert_parent("messages", MESSAGE, "service_sid", "IS" DIGITS);
    assert_parent("messages", MESSAGE, "channel_sid", "CH" DIGITS);
    assert_parent("channels", CHANNEL, "service_sid", "IS" DIGITS);
    assert_parent("user_channels", USER "/Channels/CH" DIGITS, "user_sid", "US" DIGITS);
    assert_parent("user_channels", USER "/Channels/CH" DIGITS, "service_sid", "IS" DIGITS);
}

static void test_parents_in_a_list(void **state) {
    (void)state;
    assert_parent("messages", CHANNEL "/Messages", "channel_sid", "CH" DIGITS);
    assert_parent("messages", CHANNEL "/Messages?PageSize=1000&Page=3", "channel_sid", "CH" DIGITS);
    assert_parent("channels", SERVICE "/Channels", "service_sid", "IS" DIGITS);
    assert_parent("channels", SERVICE "?x=1", "service_sid", "IS" DIGITS);
}

static void test_no_such_parent(void **state) {
    (void)state;
    assert_parent("services", SERVICE, "service_sid", NULL);
    assert_parent("credentials", "/Credentials/CR" DIGITS, "service_sid", NULL);
    assert_parent("channels", CHANNEL, "channel_sid", NULL);
    assert_parent("channels", CHANNEL, "user_sid", NULL);
    assert_parent("messages", MESSAGE, "user_sid", NULL);
    assert_parent("messages", MESSAGE, "sid", NULL);
    assert_parent("messages", MESSAGE, "", NULL);
    /* There the channel is the key, not a parent. */
    assert_parent("user_channels", USER "/Channels/CH" DIGITS, "channel_sid", NULL);
}

static void test_short_addresses(void **state) {
    static const char *const addresses[] = {"", "/", "Services", "/Services", "?", "/Services?x=/y/z"};
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        assert_null(address_parent(named_resource("messages"), addresses[i], "channel_sid").text);
    }
    assert_null(address_parent(named_resource("messages"), "/Services/IS1/Channels", "channel_sid").text);
    assert_null(address_parent(named_resource("messages"), "/Services", "service_sid").text);
    assert_parent("messages", "/Services/", "service_sid", "");
    assert_parent("messages", "/Services//Channels//Messages", "channel_sid", "");
}

static void assert_part(address_part part, const char *expected) {
    assert_true((part.text == NULL) == (expected == NULL));
    if (expected != NULL) {
        assert_int_equal(part.length, strlen(expected));
        assert_memory_equal(part.text, expected, part.length);
    }
}

static void test_root_and_second(void **state) {
    (void)state;
    assert_part(address_root(MESSAGE), "IS" DIGITS);
    assert_part(address_root(SERVICE), "IS" DIGITS);
    assert_part(address_root(SERVICE "?x"), "IS" DIGITS);
    assert_part(address_root("/Credentials/CR" DIGITS), "CR" DIGITS);
    assert_part(address_root("/Services"), NULL);
    assert_part(address_root(""), NULL);
    assert_part(address_second(MESSAGE), "CH" DIGITS);
    assert_part(address_second(CHANNEL), "CH" DIGITS);
    assert_part(address_second(USER "/Channels"), "US" DIGITS);
    assert_part(address_second(SERVICE "/Channels"), NULL);
    assert_part(address_second(SERVICE), NULL);
    assert_part(address_second(""), NULL);
}

/* --- what is an address ------------------------------------------------------------------------------------------- */

/* Classifies a text in memory of its own length, so that reading past it is seen. */
static sid_shape classify(const char *table, const char *text, size_t length) {
    char *exact = malloc(length + 1);
    assert_non_null(exact);
    memcpy(exact, text, length);
    sid_shape shape = address_classify(named_resource(table), exact, length);
    free(exact);
    return shape;
}

static void test_addresses(void **state) {
    (void)state;
    assert_int_equal(classify("services", SERVICE, strlen(SERVICE)), SID_CANONICAL);
    assert_int_equal(classify("channels", CHANNEL, strlen(CHANNEL)), SID_CANONICAL);
    assert_int_equal(classify("messages", MESSAGE, strlen(MESSAGE)), SID_CANONICAL);
    assert_int_equal(classify("users", USER, strlen(USER)), SID_CANONICAL);
    const char *user_channel = USER "/Channels/CH" DIGITS;
    assert_int_equal(classify("user_channels", user_channel, strlen(user_channel)), SID_CANONICAL);
    const char *credential = "/Credentials/CR" DIGITS;
    assert_int_equal(classify("credentials", credential, strlen(credential)), SID_CANONICAL);
}

/* Does the same object stand in two tables, once under Chat's name and once under Conversations'? */
static bool is_same_object(const catalog_resource *left, const catalog_resource *right) {
    return left == right || (left->always != right->always && strcmp(left->segment, right->segment) == 0);
}

/* No text is an address of two resources, unless they are one and the same, and each resource has one. */
static void test_every_address_is_one_resources(void **state) {
    (void)state;
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        char address[300] = "", rest[300];
        for (const catalog_resource *each = resources[i]; each != NULL; each = each->parent) {
            snprintf(rest, sizeof rest, "%s", address);
            snprintf(address, sizeof address, "/%s%s%s%s%.200s", each->segment, each->single ? "" : "/",
                     each->single ? "" : each->key_prefix, each->single ? "" : DIGITS, rest);
        }
        for (size_t j = 0; j < count; j++) {
            sid_shape shape = address_classify(resources[j], address, strlen(address));
            assert_int_equal(i == j, shape == SID_CANONICAL && is_same_object(resources[i], resources[j]) &&
                                         resources[i]->always == resources[j]->always);
            assert_true(shape == SID_NO || is_same_object(resources[i], resources[j]));
        }
    }
}

static void test_digits_in_capitals(void **state) {
    static const char *const texts[] = {
        "/Services/IS0123456789ABCDEF0123456789abcdef/Channels/CH" DIGITS,
        SERVICE "/Channels/CH0123456789abcdef0123456789abcdeF",
        "/Services/IS0123456789ABCDEF0123456789abcdef/Channels/CH0123456789abcdef0123456789abcdeF",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(classify("channels", texts[i], strlen(texts[i])), SID_OTHER_CASE);
    }
}

static void test_no_addresses(void **state) {
    static const char *const texts[] = {
        "",
        "/",
        "CH" DIGITS,
        "/Channels/CH" DIGITS,
        SERVICE,
        SERVICE "/Channels",
        SERVICE "/Channels/",
        SERVICE "/Channels/IM" DIGITS,
        SERVICE "/channels/CH" DIGITS,
        SERVICE "/Users/US" DIGITS,
        SERVICE "/Channels/CH0123456789abcdef0123456789abcdeg",
        SERVICE "/Channels/CH0123456789abcdef0123456789abcde",
        SERVICE "//Channels/CH" DIGITS,
        SERVICE "/XChannels/CH" DIGITS,
        SERVICE "Channels/CH" DIGITS,
        "/v1" CHANNEL,
        "x" CHANNEL,
        "/" CHANNEL,
        CHANNEL "/",
        CHANNEL " ",
        CHANNEL "?x",
        MESSAGE,
        "https://chat.twilio.com/v1" CHANNEL,
        "/Services/../Services/IS" DIGITS "/Channels/CH" DIGITS,
        "/Services/CH" DIGITS "/Channels/IS" DIGITS,
        "/Services/IS0123456789abcdef0123456789abcdeg/Channels/CH" DIGITS,
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (classify("channels", texts[i], strlen(texts[i])) != SID_NO) {
            print_message("# taken for an address: %s\n", texts[i]);
            fail();
        }
    }
}

static void test_cut_and_with_nul(void **state) {
    char text[] = CHANNEL;
    (void)state;
    for (size_t length = 0; length < strlen(CHANNEL); length++) {
        assert_int_equal(classify("channels", CHANNEL, length), SID_NO);
    }
    for (size_t i = 0; i < strlen(CHANNEL); i++) {
        char kept = text[i];
        text[i] = 0;
        assert_int_equal(classify("channels", text, strlen(CHANNEL)), SID_NO);
        text[i] = kept;
    }
    assert_int_equal(classify("channels", CHANNEL "\0", strlen(CHANNEL) + 1), SID_NO);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parents),
        cmocka_unit_test(test_parents_in_a_list),
        cmocka_unit_test(test_no_such_parent),
        cmocka_unit_test(test_short_addresses),
        cmocka_unit_test(test_root_and_second),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_every_address_is_one_resources),
        cmocka_unit_test(test_digits_in_capitals),
        cmocka_unit_test(test_no_addresses),
        cmocka_unit_test(test_cut_and_with_nul),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
