/*
** Writes: statuses, validation codes, side effects, counts, limits, what deleting takes along, the v3 migration.
*/
#include "test_client.h"

static char service[35], base[2][96];

static int start_with(const char *const *options) {
    client_start(options);
    client_service(service, "Main service");
    snprintf(base[0], sizeof base[0], "/v1/Services/%s", service);
    snprintf(base[1], sizeof base[1], "/v2/Services/%s", service);
    return 0;
}

static int start(void **state) {
    (void)state;
    return start_with((const char *const[]){"--clock", "1600000000", "--write-limit", "0", NULL});
}

static int stop(void **state) {
    (void)state;
    client_stop();
    return 0;
}

/* A path below the service in a version; the result lives until the fourth next call. */
static __attribute__((format(printf, 2, 3))) const char *at(int version, const char *format, ...) {
    static char paths[4][4096];
    static int next;
    char *path = paths[next++ % 4];
    va_list arguments;
    size_t length = (size_t)snprintf(path, sizeof paths[0], "%s", base[version - 1]);
    va_start(arguments, format);
    vsnprintf(path + length, sizeof paths[0] - length, format, arguments);
    va_end(arguments);
    return path;
}

static void make_channel(char *sid, const char *form) {
    client_post(201, at(1, "/Channels"), form);
    snprintf(sid, 35, "%s", answer_text("sid"));
}

static void channel_life(void **state) {
    char sid[35];
    (void)state;
    make_channel(sid, "FriendlyName=First&UniqueName=first+one&Attributes=%7B%22a%22%3A1%7D");
    assert_string_equal(answer_text("unique_name"), "first one");
    assert_string_equal(answer_text("attributes"), "{\"a\":1}");
    assert_string_equal(answer_text("type"), "public");
    assert_string_equal(answer_text("created_by"), "system");
    assert_string_equal(answer_text("date_created"), answer_text("date_updated"));
    client_refused(409, 50307, at(1, "/Channels"), "UniqueName=first+one");
    client_post(200, at(1, "/Channels/%s", sid), "FriendlyName=&Type=private");
    assert_string_equal(answer_text("friendly_name"), "");
    assert_string_equal(answer_text("type"), "public"); /* v1 and v2 cannot change it: ignored */
    assert_string_not_equal(answer_text("date_created"), answer_text("date_updated"));
    client_post(200, at(1, "/Channels/first%%20one"), "UniqueName=second");
    client_get(404, "%s", at(1, "/Channels/first%%20one"));
    client_refused(400, 20161, at(1, "/Channels/second"), "Unknown=1");
    assert_int_equal(client_send("DELETE", at(1, "/Channels/second"), NULL), 204);
    assert_int_equal(test.length, 0);
    client_get(404, "%s", at(1, "/Channels/%s", sid));
    assert_int_equal(client_send("DELETE", at(1, "/Channels/second"), NULL), 404);
}

static void created_attributes_are_null_on_v1(void **state) {
    char sid[35];
    (void)state;
    make_channel(sid, "FriendlyName=x");
    assert_true(json_is_null(json_object_get(test.json, "attributes")));
    client_get(200, "%s", at(1, "/Channels/%s", sid));
    assert_string_equal(answer_text("attributes"), "{}");
    client_post(201, at(2, "/Channels"), "");
    assert_string_equal(answer_text("attributes"), "{}");
}

static void values_are_checked(void **state) {
    char form[40000];
    (void)state;
    client_refused(400, 50306, at(1, "/Channels"), "UniqueName=CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    client_refused(400, 50304, at(1, "/Channels"), "Attributes=%7B");
    client_refused(400, 20001, at(1, "/Channels"), "Type=secret");
    client_refused(400, 50308, at(2, "/Channels"), "DateCreated=yesterday");
    client_refused(400, 20001, at(1, "/Channels"), "FriendlyName=%FF");
    snprintf(form, sizeof form, "FriendlyName=%065d", 0);
    client_refused(400, 50003, at(1, "/Channels"), form);
    snprintf(form, sizeof form, "UniqueName=%065d", 0);
    client_refused(400, 50004, at(1, "/Channels"), form);
    snprintf(form, sizeof form, "Identity=%0257d", 0);
    client_refused(400, 50207, at(1, "/Users"), form);
    client_refused(400, 50203, at(1, "/Users"), "Identity=system");
    client_refused(400, 50206, at(1, "/Users"), "Identity=USaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    client_refused(400, 20001, at(1, "/Users"), "FriendlyName=x");
    assert_string_equal(answer_text("message"), "Missing required parameter Identity in the post body");
    client_refused(409, 50201, at(1, "/Users"), "Identity=Alice");
    client_refused(400, 50104, at(1, "/Roles"), "FriendlyName=x&Type=channel&Permission=fly");
    client_refused(400, 50105, at(1, "/Roles"), "FriendlyName=x&Type=king&Permission=sendMessage");
    client_refused(400, 50100, at(1, "/Users"), "Identity=x&RoleSid=RL1");
}

static void json_bodies_hold_no_parameters(void **state) {
    (void)state;
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    char url[256];
    snprintf(url, sizeof url, "%s%s", test.origin, at(1, "/Users"));
    client_forget();
    test.curl = test.curl ? test.curl : curl_easy_init();
    client_options("POST", url, "{\"Identity\":\"x\"}");
    curl_easy_setopt(test.curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_perform(test.curl);
    curl_slist_free_all(headers);
    curl_easy_getinfo(test.curl, CURLINFO_RESPONSE_CODE, &test.status);
    test.json = json_loadb(test.text, test.length, 0, NULL);
    assert_int_equal(test.status, 400);
    assert_int_equal(answer_code(), 20001);
    assert_non_null(strstr(test.text, "Missing required parameter Identity in the post body"));
}

static void message_life(void **state) {
    char channel[35], sid[35];
    (void)state;
    make_channel(channel, "");
    const char *list = at(1, "/Channels/%s/Messages", channel);
    client_refused(400, 50503, list, "From=x");
    client_post(201, list, "Body=");
    assert_string_equal(answer_text("body"), "");
    assert_string_equal(answer_text("from"), "system");
    assert_int_equal(answer_number("index"), 0);
    client_post(201, list, "Body=a%00b%0A%22&From=me");
    snprintf(sid, sizeof sid, "%s", answer_text("sid"));
    assert_int_equal(json_string_length(json_object_get(test.json, "body")), 5);
    assert_int_equal(answer_number("index"), 1);
    assert_true(json_is_false(json_object_get(test.json, "was_edited")));
    client_post(200, at(1, "/Channels/%s/Messages/%s", channel, sid), "Body=changed");
    assert_true(json_is_true(json_object_get(test.json, "was_edited")));
    assert_string_equal(answer_text("from"), "me");
    assert_int_equal(client_send("DELETE", at(1, "/Channels/%s/Messages/%s", channel, sid), NULL), 204);
    client_post(201, list, "Body=third"); /* the index of a deleted message is not used again */
    assert_int_equal(answer_number("index"), 2);
    client_get(200, "%s", at(1, "/Channels/%s", channel));
    assert_int_equal(answer_number("messages_count"), 2);
}

static void message_bodies_have_a_maximum(void **state) {
    char channel[35], *form = malloc(32800);
    (void)state;
    assert_non_null(form);
    make_channel(channel, "");
    memset(form, 'x', 32800);
    memcpy(form, "Body=", 5);
    form[5 + 32768] = '\0';
    client_post(201, at(1, "/Channels/%s/Messages", channel), form);
    form[5 + 32768] = 'x';
    form[6 + 32768] = '\0';
    client_refused(400, 50504, at(1, "/Channels/%s/Messages", channel), form);
    free(form);
}

static void messages_of_v2(void **state) {
    char channel[35];
    (void)state;
    make_channel(channel, "UniqueName=v2");
    client_post(201, at(2, "/Channels/v2/Messages"), "");
    assert_string_equal(answer_text("body"), "");
    client_post(201, at(2, "/Channels/v2/Messages"), "MediaSid=MEaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_string_equal(answer_text("type"), "media");
    assert_string_equal(client_text(json_object_get(test.json, "media"), "sid"), "MEaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    client_post(201, at(2, "/Channels/v2/Messages"),
                "Body=old&DateCreated=2015-01-02T03%3A04%3A05Z&DateUpdated=2016-01-02T03%3A04%3A05.123Z&"
                "LastUpdatedBy=bob&From=Alice");
    assert_string_equal(answer_text("date_created"), "2015-01-02T03:04:05Z");
    assert_string_equal(answer_text("date_updated"), "2016-01-02T03:04:05Z");
    assert_string_equal(answer_text("last_updated_by"), "bob");
}

/* A computed message is edited and deleted like a stored one. */
static void computed_messages_change(void **state) {
    char url[512], sid[35];
    (void)state;
    client_get(200, "%s", at(2, "/Channels/general"));
    int64_t count = answer_number("messages_count");
    client_get(200, "%s", at(2, "/Channels/general/Messages?PageSize=3"));
    const json_t *rows = json_object_get(test.json, "messages");
    snprintf(url, sizeof url, "%s", client_text(json_array_get(rows, 1), "url"));
    snprintf(sid, sizeof sid, "%s", client_text(json_array_get(rows, 2), "sid"));
    json_t *before = json_incref(json_array_get(rows, 1));
    client_post(200, url, "Attributes=%7B%22new%22%3Atrue%7D");
    assert_true(json_equal(json_object_get(before, "body"), json_object_get(test.json, "body")));
    assert_true(json_equal(json_object_get(before, "index"), json_object_get(test.json, "index")));
    json_decref(before);
    client_get(200, "%s", at(2, "/Channels/general/Messages?PageSize=3"));
    assert_string_equal(client_text(json_array_get(json_object_get(test.json, "messages"), 1), "attributes"),
                        "{\"new\":true}");
    assert_int_equal(client_send("DELETE", url, NULL), 204);
    client_get(404, "%s", url);
    client_get(200, "%s", at(2, "/Channels/general/Messages?PageSize=3"));
    assert_string_equal(client_text(json_array_get(json_object_get(test.json, "messages"), 1), "sid"), sid);
    client_post(201, at(2, "/Channels/general/Messages"), "Body=last");
    snprintf(sid, sizeof sid, "%s", answer_text("sid"));
    client_get(200, "%s", at(2, "/Channels/general/Messages?PageSize=1&Order=desc"));
    assert_string_equal(client_text(json_array_get(json_object_get(test.json, "messages"), 0), "sid"), sid);
    client_get(200, "%s", at(2, "/Channels/general"));
    assert_int_equal(answer_number("messages_count"), count);
}

static void member_life(void **state) {
    char channel[35], sid[35];
    (void)state;
    make_channel(channel, "");
    const char *list = at(1, "/Channels/%s/Members", channel);
    client_get(404, "%s", at(2, "/Users/Newcomer"));
    client_post(201, list, "Identity=Newcomer");
    snprintf(sid, sizeof sid, "%s", answer_text("sid"));
    assert_true(json_is_null(json_object_get(test.json, "last_consumed_message_index")));
    client_get(200, "%s", at(2, "/Users/Newcomer")); /* made with the member */
    assert_int_equal(answer_number("joined_channels_count"), 1);
    client_refused(409, 50404, list, "Identity=Newcomer");
    const char *path = at(1, "/Channels/%s/Members/%s", channel, sid);
    client_post(200, path, "LastConsumedMessageIndex=666");
    assert_int_equal(answer_number("last_consumed_message_index"), 666);
    assert_true(json_is_string(json_object_get(test.json, "last_consumption_timestamp")));
    client_post(200, path, "LastConsumedMessageIndex=");
    assert_true(json_is_null(json_object_get(test.json, "last_consumed_message_index")));
    client_refused(400, 50405, path, "LastConsumedMessageIndex=x");
    client_get(200, "%s", at(1, "/Channels/%s", channel));
    assert_int_equal(answer_number("members_count"), 1);
    assert_int_equal(client_send("DELETE", path, NULL), 204);
    client_get(200, "%s", at(2, "/Users/Newcomer"));
    assert_int_equal(answer_number("joined_channels_count"), 0);
}

static void invite_life(void **state) {
    char channel[35];
    (void)state;
    make_channel(channel, "");
    const char *list = at(1, "/Channels/%s/Invites", channel);
    client_refused(404, 20404, list, "Identity=nobody+at+all");
    client_post(201, list, "Identity=Alice");
    char url[512];
    snprintf(url, sizeof url, "%s", answer_text("url"));
    client_refused(400, 50212, list, "Identity=Alice");
    client_get(200, "%s", at(2, "/Users/Alice/Channels/%s", channel));
    assert_string_equal(answer_text("status"), "invited");
    /* What is read is a member's (vendor: user channel): of who is none yet there is nothing to keep it in. */
    client_post(200, at(2, "/Users/Alice/Channels/%s", channel), "NotificationLevel=muted&LastConsumedMessageIndex=0");
    assert_string_equal(answer_text("notification_level"), "muted");
    assert_true(json_is_null(json_object_get(test.json, "last_consumed_message_index")));
    client_post(201, at(1, "/Channels/%s/Members", channel), "Identity=Alice");
    client_get(404, "%s", url); /* used up */
    client_refused(400, 50602, list, "Identity=Alice");
    assert_int_equal(client_send("POST", url, "RoleSid=x"), 405); /* invites have no update */
}

static void user_channels_of_v2(void **state) {
    char channel[35];
    (void)state;
    make_channel(channel, "");
    client_post(201, at(1, "/Channels/%s/Members", channel), "Identity=Alice");
    client_post(201, at(1, "/Channels/%s/Messages", channel), "Body=x");
    const char *path = at(2, "/Users/Alice/Channels/%s", channel);
    client_post(200, path, "NotificationLevel=muted&LastConsumedMessageIndex=-1");
    assert_string_equal(answer_text("notification_level"), "muted");
    assert_int_equal(answer_number("unread_messages_count"), 1);
    client_refused(400, 50210, path, "NotificationLevel=loud");
    assert_int_equal(client_send("DELETE", path, NULL), 204);
    client_get(404, "%s", path);
    client_get(200, "%s", at(1, "/Channels/%s", channel));
    assert_int_equal(answer_number("members_count"), 0);
}

static void role_permissions_are_replaced(void **state) {
    char path[256];
    (void)state;
    client_post(201, at(1, "/Roles"), "FriendlyName=r&Type=channel&Permission=sendMessage&Permission=addMember");
    snprintf(path, sizeof path, "%s", answer_text("url"));
    assert_int_equal(json_array_size(json_object_get(test.json, "permissions")), 2);
    client_post(200, path, "Permission=leaveChannel");
    assert_int_equal(json_array_size(json_object_get(test.json, "permissions")), 1);
    client_refused(400, 20001, path, "FriendlyName=x");
}

static void service_settings(void **state) {
    (void)state;
    client_post(201, "/v2/Services", "FriendlyName=new&ReadStatusEnabled=false");
    char path[256];
    snprintf(path, sizeof path, "%s", answer_text("url"));
    assert_true(json_is_true(json_object_get(test.json, "read_status_enabled"))); /* create takes the name only */
    assert_true(json_is_string(json_object_get(test.json, "default_service_role_sid")));
    client_post(200, path,
                "Limits.UserChannels=600&Notifications.NewMessage.Enabled=true&Notifications.NewMessage.Sound=ping&"
                "Media.CompatibilityMessage=m&PreWebhookRetryCount=2&WebhookFilters=a&WebhookFilters=b");
    const json_t *notice = json_object_get(json_object_get(test.json, "notifications"), "new_message");
    assert_true(json_is_true(json_object_get(notice, "enabled")));
    assert_string_equal(client_text(notice, "sound"), "ping");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(test.json, "limits"), "user_channels")), 600);
    assert_int_equal(json_array_size(json_object_get(test.json, "webhook_filters")), 2);
    assert_int_equal(answer_number("pre_webhook_retry_count"), 2);
    client_refused(400, 50061, path, "Limits.UserChannels=1001");
    client_refused(400, 50055, path, "WebhookMethod=PUT");
    client_refused(400, 50053, path, "TypingIndicatorTimeout=x");
    assert_int_equal(client_send("DELETE", path, NULL), 204);
    client_get(404, "%s", path);
}

static void channel_webhooks(void **state) {
    char channel[35];
    (void)state;
    make_channel(channel, "");
    const char *list = at(2, "/Channels/%s/Webhooks", channel);
    client_refused(400, 50320, list, "Type=x");
    client_refused(400, 50322, list, "Type=webhook");
    for (int count = 0; count < 5; count++) {
        client_post(201, list, "Type=webhook&Configuration.Url=http%3A%2F%2Fa&Configuration.Filters=x");
    }
    char path[512];
    snprintf(path, sizeof path, "%s", answer_text("url"));
    client_refused(400, 50321, list, "Type=studio&Configuration.FlowSid=FW1");
    client_post(200, path, "Configuration.RetryCount=3");
    const json_t *configuration = json_object_get(test.json, "configuration");
    assert_int_equal(json_integer_value(json_object_get(configuration, "retry_count")), 3);
    assert_string_equal(client_text(configuration, "url"), "http://a");
}

static void credentials_keep_secrets(void **state) {
    (void)state;
    client_refused(400, 20001, "/v1/Credentials", "FriendlyName=x");
    client_post(201, "/v1/Credentials", "Type=apn&Sandbox=true&Certificate=secret-one");
    assert_string_equal(answer_text("sandbox"), "True");
    assert_null(strstr(test.text, "secret-one"));
}

static void members_are_limited(void **state) {
    char channel[35];
    (void)state;
    make_channel(channel, "");
    client_post(200, base[0], "Limits.ChannelMembers=1");
    const char *list = at(1, "/Channels/%s/Members", channel);
    client_post(201, list, "Identity=one");
    client_refused(403, 50403, list, "Identity=Two");
    client_get(404, "%s", at(2, "/Users/Two")); /* nothing of a refused write stays */
    client_post(200, base[0], "Limits.ChannelMembers=1000&Limits.UserChannels=1");
    make_channel(channel, "");
    client_refused(403, 50208, at(1, "/Channels/%s/Members", channel), "Identity=one");
    client_post(200, base[0], "Limits.UserChannels=1000");
}

static void deleting_takes_children_along(void **state) {
    (void)state;
    client_get(200, "%s", at(2, "/Channels/general/Members?PageSize=1"));
    char *identity = curl_easy_escape(
        test.curl, client_text(json_array_get(json_object_get(test.json, "members"), 0), "identity"), 0);
    client_get(200, "%s", at(2, "/Users/%s", identity));
    int64_t joined = answer_number("joined_channels_count");
    client_get(200, "%s", at(2, "/Channels/general"));
    int64_t members = answer_number("members_count");
    assert_int_equal(client_send("DELETE", at(2, "/Users/%s", identity), NULL), 204);
    client_get(404, "%s", at(2, "/Users/%s/Channels", identity));
    client_get(200, "%s", at(2, "/Channels/general"));
    assert_int_equal(answer_number("members_count"), members - 1);
    assert_true(joined > 0);
    curl_free(identity);
    client_get(200, "%s", at(2, "/Channels/general/Members?PageSize=1"));
    identity = curl_easy_escape(test.curl,
                                client_text(json_array_get(json_object_get(test.json, "members"), 0), "identity"), 0);
    client_get(200, "%s", at(2, "/Users/%s", identity));
    joined = answer_number("joined_channels_count");
    assert_int_equal(client_send("DELETE", at(2, "/Channels/general"), NULL), 204);
    client_get(200, "%s", at(2, "/Users/%s", identity));
    assert_int_equal(answer_number("joined_channels_count"), joined - 1);
    curl_free(identity);
}

static void migration_is_v3(void **state) {
    char channel[35], path[256];
    (void)state;
    make_channel(channel, "UniqueName=moves");
    snprintf(path, sizeof path, "/v3/Services/%s/Channels/%s", service, channel);
    client_refused(400, 50393, path, "Type=public");
    client_post(200, path, "Type=private&MessagingServiceSid=MG00000000000000000000000000000001");
    assert_string_equal(answer_text("type"), "private");
    assert_string_equal(answer_text("messaging_service_sid"), "MG00000000000000000000000000000001");
    assert_null(json_object_get(test.json, "links"));
    assert_int_equal(client_send("GET", path, NULL), 405);
    client_get(200, "%s", at(1, "/Channels/moves"));
    assert_string_equal(answer_text("type"), "private");
    assert_null(json_object_get(test.json, "messaging_service_sid"));
}

static void writes_are_limited_per_channel(void **state) {
    char one[35], other[35];
    (void)state;
    make_channel(one, "");
    make_channel(other, "");
    client_post(200, "/__control/write_limit?n=2", ""); /* 10 in a window of 5 seconds */
    for (int count = 0; count < 10; count++) {
        client_post(201, at(1, "/Channels/%s/Messages", one), "Body=x");
    }
    client_refused(429, 20429, at(1, "/Channels/%s/Messages", one), "Body=x");
    client_post(201, at(1, "/Channels/%s/Messages", other), "Body=x");
    client_get(200, "%s", at(1, "/Channels/%s/Messages", one));
    assert_int_equal(json_array_size(json_object_get(test.json, "messages")), 10);
    client_post(200, "/__control/write_limit?n=0", "");
    client_post(201, at(1, "/Channels/%s/Messages", one), "Body=x");
}

static void the_ledger_lists_applied_writes(void **state) {
    char channel[35];
    (void)state;
    client_post(200, "/__control/reset", "");
    make_channel(channel, "UniqueName=noted");
    client_refused(409, 50307, at(1, "/Channels"), "UniqueName=noted");
    client_get(200, "/__control/ledger");
    assert_int_equal(json_array_size(test.json), 1);
    const json_t *row = json_array_get(test.json, 0);
    assert_string_equal(client_text(row, "method"), "POST");
    assert_string_equal(client_text(row, "path"), at(1, "/Channels"));
    assert_string_equal(client_text(row, "body"), "UniqueName=noted");
    assert_string_equal(client_text(row, "sid"), channel);
}

static void a_database_file_keeps_writes(void **state) {
    char file[] = "/tmp/emulator-test-XXXXXX";
    (void)state;
    int descriptor = mkstemp(file);
    assert_true(descriptor >= 0);
    close(descriptor);
    client_stop();
    start_with((const char *const[]){"--database", file, NULL});
    client_post(201, at(1, "/Channels"), "UniqueName=kept");
    client_get(200, "%s", at(2, "/Channels/general/Messages?PageSize=1"));
    json_t *before = json_incref(json_object_get(test.json, "messages"));
    client_stop();
    start_with((const char *const[]){"--database", file, "--seed", "7", "--tidy", NULL});
    client_get(200, "%s", at(1, "/Channels/kept"));
    client_get(200, "%s", at(2, "/Channels/general/Messages?PageSize=1"));
    const json_t *after = json_array_get(json_object_get(test.json, "messages"), 0);
    assert_true(json_equal(json_object_get(json_array_get(before, 0), "body"), json_object_get(after, "body")));
    json_decref(before);
    unlink(file);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(channel_life),
        cmocka_unit_test(created_attributes_are_null_on_v1),
        cmocka_unit_test(values_are_checked),
        cmocka_unit_test(json_bodies_hold_no_parameters),
        cmocka_unit_test(message_life),
        cmocka_unit_test(message_bodies_have_a_maximum),
        cmocka_unit_test(messages_of_v2),
        cmocka_unit_test(computed_messages_change),
        cmocka_unit_test(member_life),
        cmocka_unit_test(invite_life),
        cmocka_unit_test(user_channels_of_v2),
        cmocka_unit_test(role_permissions_are_replaced),
        cmocka_unit_test(service_settings),
        cmocka_unit_test(channel_webhooks),
        cmocka_unit_test(credentials_keep_secrets),
        cmocka_unit_test(members_are_limited),
        cmocka_unit_test(deleting_takes_children_along),
        cmocka_unit_test(migration_is_v3),
        cmocka_unit_test(writes_are_limited_per_channel),
        cmocka_unit_test(the_ledger_lists_applied_writes),
        cmocka_unit_test(a_database_file_keeps_writes),
    };
    (void)argc;
    client_find_program(argv[0]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start, stop);
}
