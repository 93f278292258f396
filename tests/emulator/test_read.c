/*
** Reads: authentication, addressing, hidden attributes, counts that agree, awkward text, error bodies. Facts are those
** of the vendor's specs and pages for the two versions.
*/
#include "test_client.h"

static char main_service[35], other_service[35];

static int start(void **state) {
    (void)state;
    client_start((const char *const[]){"--clock", "1600000000", NULL});
    client_service(main_service, "Main service");
    client_service(other_service, "\"Second\" service's name");
    return 0;
}

static int stop(void **state) {
    (void)state;
    client_stop();
    return 0;
}

static void signs_in_with_key_or_account(void **state) {
    (void)state;
    client_get(200, "/v1/Services");
    test.credentials = ACCOUNT ":emulator-token";
    client_get(200, "/v2/Services");
    test.credentials = KEY "x";
    client_get(401, "/v1/Services");
    assert_int_equal(answer_code(), 20003);
    assert_string_equal(answer_text("message"), "Authenticate");
    test.credentials = NULL;
    client_get(401, "/v1/Services");
    test.credentials = KEY;
}

static void answers_have_headers(void **state) {
    (void)state;
    client_get(200, "/v1/Services");
    char *id = strstr(test.headers, "Twilio-Request-Id: RQ");
    assert_non_null(id);
    assert_int_equal(strspn(id + strlen("Twilio-Request-Id: RQ"), "0123456789abcdef"), 32);
    assert_non_null(strstr(test.headers, "Twilio-Request-Duration: "));
    assert_non_null(strstr(test.headers, "Twilio-Concurrent-Requests: 1"));
    assert_non_null(strstr(test.headers, "X-Home-Region: us1"));
    assert_non_null(strstr(test.headers, "Content-Type: application/json"));
}

static void missing_is_404_with_path_without_version(void **state) {
    char wanted[256];
    (void)state;
    client_get(404, "/v1/Services/%s/Channels/none?x=1", main_service);
    assert_int_equal(answer_code(), 20404);
    snprintf(wanted, sizeof wanted, "The requested resource /Services/%s/Channels/none was not found", main_service);
    assert_string_equal(answer_text("message"), wanted);
    assert_string_equal(answer_text("more_info"), "https://www.twilio.com/docs/errors/20404");
    client_get(404, "/v1/Nothing");
    client_get(404, "/v1/Services/%s/Bindings", main_service);
    client_get(200, "/v2/Services/%s/Bindings", main_service);
    client_get(404, "/v4/Services");
    assert_int_equal(client_send("PUT", "/v1/Services", ""), 405);
}

static void channels_are_public_unless_type_says(void **state) {
    char path[256];
    const char *const filters[] = {"", "?Type=public", "?Type=private", "?Type=public&Type=private"};
    size_t counts[4];
    (void)state;
    for (int at = 0; at < 4; at++) {
        snprintf(path, sizeof path, "/v1/Services/%s/Channels%s", main_service, filters[at]);
        json_t *rows = client_list("channels", path);
        counts[at] = json_array_size(rows);
        json_decref(rows);
    }
    assert_true(counts[0] > 0 && counts[2] > 0);
    assert_int_equal(counts[0], counts[1]);
    assert_int_equal(counts[3], counts[1] + counts[2]);
    client_get(400, "/v1/Services/%s/Channels?Type=secret", main_service);
    assert_int_equal(answer_code(), 20001);
}

static void channel_by_sid_or_unique_name(void **state) {
    char sid[35];
    (void)state;
    for (int version = 1; version <= 2; version++) {
        client_get(200, "/v%d/Services/%s/Channels/general", version, main_service);
        snprintf(sid, sizeof sid, "%s", answer_text("sid"));
        client_get(200, "/v%d/Services/%s/Channels/%s", version, main_service, sid);
        assert_string_equal(answer_text("unique_name"), "general");
        client_get(200, "/v%d/Services/%s/Channels/General", version, main_service);
        assert_string_not_equal(answer_text("sid"), sid);
    }
    /* below a channel v1 takes the SID only */
    client_get(404, "/v1/Services/%s/Channels/general/Messages", main_service);
    client_get(200, "/v1/Services/%s/Channels/%s/Messages", main_service, sid);
    client_get(404, "/v1/Services/%s/Channels/%s/Messages", main_service, "GENERAL");
    assert_int_equal(client_get(0, "/v2/Services/%s/Channels/general/Messages", main_service), 200);
    /* the same name is another channel in another service */
    client_get(200, "/v1/Services/%s/Channels/general", other_service);
    assert_string_not_equal(answer_text("sid"), sid);
    client_get(404, "/v1/Services/%s/Channels/%s", other_service, sid);
}

static void awkward_unique_names_need_encoding(void **state) {
    static const char *const names[][2] = {
        {"with%20space", "with space"},
        {"hash%23tag", "hash#tag"},
        {"percent%2541", "percent%41"},
        {"100%25", "100%"},
        {"question%3Fmark", "question?mark"},
        {"plus+plus", "plus+plus"},
        {"plus%20plus", "plus plus"},
        {"slash%2Finside", "slash/inside"},
        {"amp%26equals%3D1", "amp&equals=1"},
        {"trailing%20", "trailing "},
        {"%2e%2e", ".."},
        {"012", "012"},
    };
    (void)state;
    for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
        client_get(200, "/v1/Services/%s/Channels/%s", main_service, names[at][0]);
        assert_string_equal(answer_text("unique_name"), names[at][1]);
    }
}

static void users_by_identity(void **state) {
    (void)state;
    client_get(404, "/v1/Services/%s/Users/Alice", main_service);
    client_get(200, "/v1/Services/%s/Users/Alice/Channels", main_service);
    client_get(200, "/v2/Services/%s/Users/Alice", main_service);
    assert_string_equal(answer_text("identity"), "Alice");
    client_get(200, "/v2/Services/%s/Users/ALICE", main_service);
    assert_string_equal(answer_text("identity"), "ALICE");
    client_get(200, "/v2/Services/%s/Users/Bob%%40Example.com/Bindings", main_service);
}

static void members_by_identity_on_v2(void **state) {
    char identity[128], channel[35];
    (void)state;
    client_get(200, "/v2/Services/%s/Channels/general", main_service);
    snprintf(channel, sizeof channel, "%s", answer_text("sid"));
    client_get(200, "/v2/Services/%s/Channels/general/Members?PageSize=100", main_service);
    const json_t *row = json_array_get(json_object_get(test.json, "members"), 0);
    char *escaped = curl_easy_escape(test.curl, client_text(row, "identity"), 0);
    snprintf(identity, sizeof identity, "%s", escaped);
    curl_free(escaped);
    client_get(200, "/v2/Services/%s/Channels/general/Members/%s", main_service, identity);
    client_get(404, "/v1/Services/%s/Channels/%s/Members/%s", main_service, channel, identity);
    /* the filter is exact */
    client_get(200, "/v1/Services/%s/Channels/%s/Members?Identity=%s", main_service, channel, identity);
    assert_int_equal(json_array_size(json_object_get(test.json, "members")), 1);
    assert_non_null(strstr(client_text(json_object_get(test.json, "meta"), "url"), "Members?Identity="));
    client_get(200, "/v1/Services/%s/Channels/%s/Members?Identity=%s&Identity=nobody", main_service, channel, identity);
    assert_int_equal(json_array_size(json_object_get(test.json, "members")), 1);
    client_get(200, "/v1/Services/%s/Channels/%s/Members?Identity=nobody", main_service, channel);
    assert_int_equal(json_array_size(json_object_get(test.json, "members")), 0);
    assert_true(json_is_null(json_object_get(json_object_get(test.json, "meta"), "next_page_url")));
}

/* How many rows have a string, and how many null, as their attributes. */
static void count_attributes(const char *key, const char *path, size_t *texts, size_t *nulls) {
    json_t *rows = client_list(key, path);
    json_t *row;
    size_t at;
    *texts = *nulls = 0;
    json_array_foreach(rows, at, row) {
        *texts += json_is_string(json_object_get(row, "attributes"));
        *nulls += json_is_null(json_object_get(row, "attributes"));
    }
    json_decref(rows);
}

static void v1_lists_hide_attributes(void **state) {
    char path[256];
    size_t texts, nulls;
    (void)state;
    static const char *const lists[][2] = {{"channels", "Channels"}, {"users", "Users"}};
    for (int at = 0; at < 2; at++) {
        snprintf(path, sizeof path, "/v1/Services/%s/%s", main_service, lists[at][1]);
        count_attributes(lists[at][0], path, &texts, &nulls);
        assert_true(texts == 0 && nulls > 0);
        snprintf(path, sizeof path, "/v2/Services/%s/%s", main_service, lists[at][1]);
        count_attributes(lists[at][0], path, &texts, &nulls);
        assert_true(texts > 0 && nulls == 0);
    }
    client_get(200, "/v1/Services/%s/Channels/general", main_service);
    assert_true(json_is_string(json_object_get(test.json, "attributes")));
    snprintf(path, sizeof path, "/v1/Services/%s/Channels/%s/Messages?PageSize=1000", main_service, answer_text("sid"));
    count_attributes("messages", path, &texts, &nulls);
    assert_true(texts == 0 && nulls > 1000);
    client_get(200, "%s", path);
    const json_t *first = json_array_get(json_object_get(test.json, "messages"), 0);
    client_get(200, "%s", client_text(first, "url"));
    assert_true(json_is_string(json_object_get(test.json, "attributes")));
}

static void reachability_shows_in_single_users_only(void **state) {
    (void)state;
    client_get(200, "/v2/Services/%s/Users?PageSize=1", main_service);
    const json_t *row = json_array_get(json_object_get(test.json, "users"), 0);
    assert_true(json_is_null(json_object_get(row, "is_online")));
    client_get(200, "%s", client_text(row, "url"));
    assert_true(json_is_boolean(json_object_get(test.json, "is_online")));
    client_get(200, "/v2/Services/%s/Users/Alice", other_service);
    assert_true(json_is_null(json_object_get(test.json, "is_online")));
}

static void counts_agree_with_lists(void **state) {
    char path[512];
    (void)state;
    snprintf(path, sizeof path, "/v2/Services/%s/Channels?Type=public&Type=private", main_service);
    json_t *channels = client_list("channels", path);
    json_t *channel;
    size_t at;
    json_array_foreach(channels, at, channel) {
        const json_t *links = json_object_get(channel, "links");
        json_t *messages = client_list("messages", client_text(links, "messages"));
        json_t *members = client_list("members", client_text(links, "members"));
        size_t count = json_array_size(messages);
        assert_int_equal(count, json_integer_value(json_object_get(channel, "messages_count")));
        assert_int_equal(json_array_size(members), json_integer_value(json_object_get(channel, "members_count")));
        if (count) {
            const char *url = client_text(json_array_get(messages, count - 1), "url");
            assert_string_equal(client_text(links, "last_message"), url);
        } else {
            assert_true(json_is_null(json_object_get(links, "last_message")));
        }
        json_decref(messages);
        json_decref(members);
    }
    json_decref(channels);
}

static void user_channels_agree_with_members(void **state) {
    char path[512], seen[4] = "";
    (void)state;
    snprintf(path, sizeof path, "/v2/Services/%s/Users", main_service);
    json_t *users = client_list("users", path);
    json_t *user, *row;
    size_t at, inner;
    json_array_foreach(users, at, user) {
        json_t *rows = client_list("channels", client_text(json_object_get(user, "links"), "user_channels"));
        int64_t joined = 0;
        json_array_foreach(rows, inner, row) {
            const char *status = client_text(row, "status");
            bool member = json_is_string(json_object_get(row, "member_sid"));
            assert_int_equal(member, strcmp(status, "joined") == 0);
            joined += member;
            seen[0] = strcmp(status, "invited") == 0 ? 'i' : seen[0];
            seen[1] = strcmp(status, "notParticipating") == 0 ? 'n' : seen[1];
        }
        assert_int_equal(joined, json_integer_value(json_object_get(user, "joined_channels_count")));
        json_decref(rows);
    }
    json_decref(users);
    assert_string_equal(seen, "in");
}

static void unread_counts_follow_the_horizon(void **state) {
    (void)state;
    client_get(200, "/v2/Services/%s/Channels/general/Members?PageSize=100", main_service);
    json_t *members = json_incref(json_object_get(test.json, "members"));
    json_t *member;
    size_t at;
    json_array_foreach(members, at, member) {
        char *identity = curl_easy_escape(test.curl, client_text(member, "identity"), 0);
        client_get(200, "/v2/Services/%s/Users/%s/Channels/general", main_service, identity);
        curl_free(identity);
        const json_t *index = json_object_get(member, "last_consumed_message_index");
        assert_true(json_equal(index, json_object_get(test.json, "last_consumed_message_index")));
        assert_int_equal(json_is_null(index), json_is_null(json_object_get(test.json, "unread_messages_count")));
        if (json_is_null(index)) {
            continue;
        }
        int64_t unread = answer_number("unread_messages_count"), later = 0;
        char path[256];
        snprintf(path, sizeof path, "/v2/Services/%s/Channels/general/Messages?PageSize=100", main_service);
        json_t *messages = client_list("messages", path), *one;
        size_t position;
        json_array_foreach(messages, position, one) {
            later += json_integer_value(json_object_get(one, "index")) > json_integer_value(index);
        }
        json_decref(messages);
        assert_int_equal(unread, later);
        break; /* one is enough: the list is long */
    }
    json_decref(members);
}

/* Which kinds of awkward text a list's field has. */
static unsigned awkward_kinds(const json_t *rows, const char *name) {
    unsigned kinds = 0;
    json_t *row;
    size_t at;
    json_array_foreach(rows, at, row) {
        const json_t *value = json_object_get(row, name);
        const char *text = json_string_value(value);
        if (!text) {
            kinds |= 1;
            continue;
        }
        size_t length = json_string_length(value);
        kinds |= length == 0 ? 2u : 0;
        kinds |= memchr(text, '\0', length) ? 4u : 0;
        kinds |= strchr(text, '\n') ? 8u : 0;
        kinds |= strchr(text, '"') ? 16u : 0;
        kinds |= strchr(text, '\'') ? 32u : 0;
        kinds |= strcmp(text, "012") == 0 ? 64u : 0;
        kinds |= strstr(text, "\xF0\x9F\x98\x80") ? 128u : 0;
        kinds |= length == 32768 ? 256u : 0;
    }
    return kinds;
}

static void data_is_awkward(void **state) {
    char path[256];
    unsigned kinds = 0;
    (void)state;
    snprintf(path, sizeof path, "/v2/Services/%s/Channels?Type=public&Type=private", main_service);
    json_t *channels = client_list("channels", path), *channel;
    size_t at;
    json_array_foreach(channels, at, channel) {
        json_t *messages = client_list("messages", client_text(json_object_get(channel, "links"), "messages"));
        kinds |= awkward_kinds(messages, "body");
        json_decref(messages);
    }
    assert_int_equal(kinds, 511);
    assert_int_equal(awkward_kinds(channels, "unique_name") & 1, 1);
    assert_int_equal(awkward_kinds(channels, "friendly_name") & 1, 1);
    json_decref(channels);
}

static void same_seed_same_data(void **state) {
    (void)state;
    client_get(200, "/v1/Services/%s/Channels/general", main_service);
    char sid[35];
    snprintf(sid, sizeof sid, "%s", answer_text("sid"));
    client_stop();
    client_start(NULL);
    client_get(200, "/v1/Services/%s/Channels/general", main_service);
    assert_string_equal(answer_text("sid"), sid);
    client_stop();
    client_start((const char *const[]){"--seed", "2", NULL});
    client_get(404, "/v1/Services/%s/Channels/general", main_service);
    client_stop();
    start(state);
}

static void dates_are_iso_or_rfc2822(void **state) {
    (void)state;
    client_get(200, "/v1/Services/%s", main_service);
    int year, month, day, hour, minute, second, end = 0;
    sscanf(answer_text("date_created"), "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &year, &month, &day, &hour, &minute, &second,
           &end);
    assert_int_equal(end, 20);
    client_post(200, "/__control/dates?form=rfc2822", "");
    client_get(200, "/v1/Services/%s", main_service);
    assert_non_null(strstr(answer_text("date_created"), " +0000"));
    client_post(200, "/__control/dates?form=iso", "");
}

static void account_level_credentials(void **state) {
    (void)state;
    client_get(200, "/v1/Credentials");
    json_t *rows = json_object_get(test.json, "credentials"), *row;
    size_t at;
    bool both[2] = {false, false};
    json_array_foreach(rows, at, row) {
        both[strcmp(client_text(row, "sandbox"), "True") == 0] = true;
        assert_null(json_object_get(row, "service_sid"));
    }
    assert_true(both[0] && both[1]);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_in_with_key_or_account),
        cmocka_unit_test(answers_have_headers),
        cmocka_unit_test(missing_is_404_with_path_without_version),
        cmocka_unit_test(channels_are_public_unless_type_says),
        cmocka_unit_test(channel_by_sid_or_unique_name),
        cmocka_unit_test(awkward_unique_names_need_encoding),
        cmocka_unit_test(users_by_identity),
        cmocka_unit_test(members_by_identity_on_v2),
        cmocka_unit_test(v1_lists_hide_attributes),
        cmocka_unit_test(reachability_shows_in_single_users_only),
        cmocka_unit_test(counts_agree_with_lists),
        cmocka_unit_test(user_channels_agree_with_members),
        cmocka_unit_test(unread_counts_follow_the_horizon),
        cmocka_unit_test(data_is_awkward),
        cmocka_unit_test(same_seed_same_data),
        cmocka_unit_test(dates_are_iso_or_rfc2822),
        cmocka_unit_test(account_level_credentials),
    };
    (void)argc;
    client_find_program(argv[0]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start, stop);
}
