/*
** Writes of Conversations v1: what is accepted and refused, defaults, the life cycle, and what Chat shows of it. The
** facts are those of the reference for that product.
*/
#include "test_client.h"

#define USER "/v1/Users/"

static char service[35], below[64], chat_below[128];

static int start(void **state) {
    (void)state;
    client_start((const char *const[]){"--write-limit", "0", "--clock", "1700000000", NULL});
    client_find_ports();
    client_service(service, "Main service");
    snprintf(below, sizeof below, "/v1/Services/%s", service);
    snprintf(chat_below, sizeof chat_below, "%s/v2/Services/%s", test.chat, service);
    client_to(test.conversations);
    return 0;
}

static int stop(void **state) {
    (void)state;
    client_stop();
    return 0;
}

/* Paths: "/Conversations/CH..." of a new conversation made with this form, and what is below it. */
static char conversation[64], sid[35];

static void make(const char *form) {
    client_post(201, "/v1/Conversations", form);
    snprintf(sid, sizeof sid, "%s", answer_text("sid"));
    snprintf(conversation, sizeof conversation, "/v1/Conversations/%s", sid);
}

static const char *in(const char *rest) {
    static char path[256];
    snprintf(path, sizeof path, "%s%s", conversation, rest);
    return path;
}

static const json_t *answer(const char *name) {
    return json_object_get(test.json, name);
}

static void an_empty_create_fills_itself(void **state) {
    (void)state;
    make("");
    assert_true(json_is_null(answer("friendly_name")) && json_is_null(answer("unique_name")));
    assert_string_equal(answer_text("attributes"), "{}");
    assert_string_equal(answer_text("state"), "active");
    assert_int_equal(json_object_size(answer("timers")), 0);
    assert_int_equal(json_object_size(answer("bindings")), 0);
    assert_int_equal(strncmp(answer_text("messaging_service_sid"), "MG", 2), 0);
    assert_string_equal(answer_text("date_created"), answer_text("date_updated"));
    char url[256];
    snprintf(url, sizeof url, "%s/Channels/%s", chat_below, sid);
    client_get(200, "%s", url);
    assert_string_equal(answer_text("type"), "private");
    assert_string_equal(answer_text("created_by"), "system");
}

/* What was not given stays; an update of nothing succeeds and changes nothing. */
static void updates_keep_the_rest(void **state) {
    char created[32];
    (void)state;
    make("FriendlyName=a&UniqueName=keeps&Attributes=%7B+%22a%22%3A1%7D");
    snprintf(created, sizeof created, "%s", answer_text("date_updated"));
    client_post(200, conversation, "");
    assert_string_equal(answer_text("date_updated"), created);
    client_post(200, conversation, "State=Inactive");
    assert_string_equal(answer_text("state"), "inactive");
    assert_string_equal(answer_text("attributes"), "{ \"a\":1}");
    assert_string_equal(answer_text("unique_name"), "keeps");
    assert_string_not_equal(answer_text("date_updated"), created);
}

static void an_empty_value_clears_some(void **state) {
    (void)state;
    make("FriendlyName=a&UniqueName=clears");
    client_post(200, conversation, "FriendlyName=&UniqueName=");
    assert_string_equal(answer_text("friendly_name"), "a");
    assert_true(json_is_null(answer("unique_name")));
    client_refused(400, 50341, conversation, "MessagingServiceSid=");
    client_post(200, conversation, "MessagingServiceSid=MG00000000000000000000000000000009");
    assert_string_equal(answer_text("messaging_service_sid"), "MG00000000000000000000000000000009");
    client_post(201, "/v1/Users", "Identity=named&FriendlyName=x");
    client_post(200, USER "named", "FriendlyName=");
    assert_true(json_is_null(answer("friendly_name")));
    client_post(200, USER "named", "");
}

static void bad_conversations_are_refused(void **state) {
    static const struct {
        int code;
        const char *form;
    } bad[] = {
        {50390, "UniqueName=CH00000000000000000000000000000001"},
        {50304, "Attributes=%7B"},
        {50374, "State="},
        {50378, "State=initializing"},
        {50379, "Timers.Inactive=P6M"},
        {50379, "Timers.Inactive=1"},
        {50380, "Timers.Closed=P1Y"},
        {50380, "Timers.Closed=PT1.5M"},
        {50375, "Timers.Inactive=PT59S"},
        {50376, "Timers.Closed=PT599S"},
        {50341, "MessagingServiceSid=MG1"},
        {50308, "DateCreated=yesterday"},
        {50309, "DateUpdated=yesterday"},
    };
    (void)state;
    make("UniqueName=taken");
    client_refused(409, 50353, "/v1/Conversations", "UniqueName=taken");
    assert_string_equal(answer_text("message"), "Conversation with provided unique name already exists");
    for (size_t at = 0; at < sizeof bad / sizeof *bad; at++) {
        client_refused(400, bad[at].code, conversation, bad[at].form);
        client_refused(400, bad[at].code, "/v1/Conversations", bad[at].form);
    }
    client_refused(400, 50384, "/v1/Conversations", "State=closed");
    char form[17000] = "Attributes=%22";
    memset(form + 14, 'x', 16383);
    strcpy(form + 14 + 16383, "%22");
    client_refused(400, 50303, conversation, form);
}

/* In as durations, out as dates of what is set; PT0S switches off. */
static void timers_go_in_as_durations(void **state) {
    (void)state;
    make("Timers.Inactive=PT1M&Timers.Closed=P1DT1H");
    assert_int_equal(json_object_size(answer("timers")), 2);
    assert_int_equal(strlen(client_text(answer("timers"), "date_inactive")), 20);
    client_post(200, conversation, "Timers.Closed=PT0S");
    assert_int_equal(json_object_size(answer("timers")), 1);
    client_post(200, conversation, "Timers.Inactive=P180D");
    assert_int_equal(strncmp(client_text(answer("timers"), "date_inactive"), "2024-05-12T22:1", 15), 0);
}

/* The clock goes on by a second with every write, here by 60 writes to something else. */
static void time_passes(void) {
    char other[64], keep[35];
    snprintf(other, sizeof other, "%s", conversation);
    snprintf(keep, sizeof keep, "%s", sid);
    make("");
    for (int at = 0; at < 60; at++) {
        client_post(201, in("/Messages"), "Body=x");
    }
    snprintf(conversation, sizeof conversation, "%s", other);
    snprintf(sid, sizeof sid, "%s", keep);
}

static void timers_run_out(void **state) {
    (void)state;
    make("Timers.Inactive=PT1M");
    time_passes();
    client_get(200, "%s", conversation);
    assert_string_equal(answer_text("state"), "inactive");
    client_post(201, in("/Messages"), "Body=wake");
    client_get(200, "%s", conversation);
    assert_string_equal(answer_text("state"), "active");
    assert_string_not_equal(client_text(answer("timers"), "date_inactive"), "");
}

/* Closed is for ever: no write to it or in it, on either side; it can be read, keeps its name, and can be deleted. */
static void closed_is_for_ever(void **state) {
    static const char *const writes[][2] = {
        {"", "State=active"},
        {"", "FriendlyName=x"},
        {"", ""},
        {"/Messages", "Body=x"},
        {"/Participants", "Identity=ann"},
        {"/Webhooks", "Target=webhook&Configuration.Url=https%3A%2F%2Fa.example&Configuration.Filters=onMessageAdded"},
    };
    char message[256], participant[256];
    (void)state;
    make("UniqueName=final");
    client_post(201, in("/Messages"), "Body=a");
    snprintf(message, sizeof message, "%s", answer_text("url"));
    client_post(201, in("/Participants"), "Identity=bob");
    snprintf(participant, sizeof participant, "%s", answer_text("url"));
    client_post(200, conversation, "State=closed");
    for (size_t at = 0; at < sizeof writes / sizeof *writes; at++) {
        client_refused(400, 50377, in(writes[at][0]), writes[at][1]);
        assert_string_equal(answer_text("message"), "Can't update conversation as it's in final closed state");
    }
    assert_int_equal(client_send("DELETE", message, NULL), 400);
    assert_int_equal(client_send("DELETE", participant, NULL), 400);
    client_refused(400, 50377, message, "Body=b");
    client_refused(400, 50377, participant, "LastReadMessageIndex=0");
    client_refused(400, 50377, USER "bob/Conversations/final", "NotificationLevel=muted");
    char chat[256];
    snprintf(chat, sizeof chat, "%s/Channels/%s/Messages", chat_below, sid);
    client_refused(400, 50377, chat, "Body=x");
    client_get(200, "%s", message);
    client_get(200, "%s/Messages", conversation);
    client_get(200, "/v1/Conversations/final");
    client_refused(409, 50353, "/v1/Conversations", "UniqueName=final");
    assert_int_equal(client_send("DELETE", conversation, NULL), 204);
    client_get(404, "%s", conversation);
    assert_int_equal(answer_code(), 20404);
    make("UniqueName=final");
}

static void messages_of_both_sides(void **state) {
    char path[256], url[256];
    (void)state;
    make("");
    client_post(201, in("/Messages"),
                "Body=one&Author=nobody&Attributes=%7B%7D&Subject=s&DateCreated=2019-01-01T00:00:00Z");
    assert_int_equal(answer_number("index"), 0);
    assert_true(json_is_null(answer("participant_sid")) && json_is_null(answer("delivery")));
    assert_string_equal(answer_text("date_created"), "2019-01-01T00:00:00Z");
    assert_string_equal(answer_text("date_updated"), answer_text("date_created"));
    assert_null(answer("subject"));
    snprintf(url, sizeof url, "%s", answer_text("url"));
    client_post(200, url, "Body=changed");
    assert_string_not_equal(answer_text("date_updated"), answer_text("date_created"));
    snprintf(path, sizeof path, "%s/Channels/%s/Messages/%s", chat_below, sid, answer_text("sid"));
    client_get(200, "%s", path);
    assert_string_equal(answer_text("body"), "changed");
    assert_string_equal(answer_text("from"), "nobody");
    client_post(201, in("/Messages"), "MediaSid=ME00000000000000000000000000000001");
    assert_true(json_is_null(answer("body")));
    assert_int_equal(json_array_size(answer("media")), 1);
    client_post(201, in("/Messages"),
                "ContentSid=HX00000000000000000000000000000001&Body=ignored&ContentVariables=%7B%7D");
    assert_true(json_is_null(answer("body")));
    assert_string_equal(answer_text("content_sid"), "HX00000000000000000000000000000001");
    client_post(201, in("/Messages"), "");
    assert_string_equal(answer_text("author"), "system");
    client_refused(400, 50510, in("/Messages"), "MediaSid=1");
    client_refused(400, 50526, in("/Messages"), "ContentVariables=%5B%5D");
    snprintf(path, sizeof path, "%s/Channels/%s/Messages", chat_below, sid);
    client_post(201, path, "Body=chat&From=ann");
    client_get(200, "%s/Messages?Order=DESC&PageSize=1", conversation);
    assert_string_equal(client_text(json_array_get(answer("messages"), 0), "author"), "ann");
}

#define PHONE "MessagingBinding.Address=%2B15551230001"
#define PROXY "MessagingBinding.ProxyAddress=%2B15009990001"

static void participants_in_both_shapes(void **state) {
    char path[256], text[256];
    (void)state;
    make("");
    client_post(201, in("/Participants"), "Identity=carl");
    assert_true(json_is_null(answer("messaging_binding")) && json_is_null(answer("last_read_message_index")));
    assert_int_equal(strncmp(answer_text("role_sid"), "RL", 2), 0);
    client_get(200, USER "carl");
    client_post(201, in("/Participants"), PHONE "&" PROXY);
    assert_true(json_is_null(answer("identity")));
    const json_t *binding = answer("messaging_binding");
    assert_int_equal(json_object_size(binding), 3);
    assert_string_equal(client_text(binding, "type"), "sms");
    snprintf(path, sizeof path, "%s", answer_text("url"));
    client_post(201, in("/Participants"), "MessagingBinding.ProjectedAddress=%2B15009990002");
    assert_int_equal(json_object_size(answer("messaging_binding")), 2);
    snprintf(text, sizeof text, "A binding for this participant and proxy address already exists in Conversation %s",
             sid);
    client_refused(409, 50416, in("/Participants"), PHONE "&" PROXY);
    assert_string_equal(answer_text("message"), text);
    client_refused(409, 50433, in("/Participants"), "Identity=carl");
    client_refused(400, 50441, path, PROXY);
    client_post(200, path, "MessagingBinding.ProxyAddress=null");
    assert_int_equal(json_object_size(answer("messaging_binding")), 2);
    char members[256];
    snprintf(members, sizeof members, "%s/Channels/%s", chat_below, sid);
    client_get(200, "%s", members);
    assert_int_equal(answer_number("members_count"), 1); /* a phone is no member */
    client_get(200, "%s/Members", members);
    assert_int_equal(json_array_size(answer("members")), 1);
    /* closed conversations do not hold a pair */
    make("");
    client_post(201, in("/Participants"), PHONE "&" PROXY);
    client_post(200, conversation, "State=closed");
    make("");
    client_post(201, in("/Participants"), PHONE "&" PROXY);
}

static void bad_participants_are_refused(void **state) {
    static const struct {
        int code;
        const char *form;
    } bad[] = {
        {50204, ""},
        {50211, "Identity=x&" PHONE},
        {50211, "Identity=x&" PROXY},
        {50203, "Identity=system"},
        {50411, PROXY},
        {50407, "MessagingBinding.Address=nowhere&" PROXY},
        {50407, PHONE "&MessagingBinding.ProjectedAddress=%2B15009990002"},
        {50409, PHONE "&MessagingBinding.ProxyAddress=%2B15551230001"},
        {50414, "MessagingBinding.Address=whatsapp:%2B15551230001&" PROXY},
        {50408, PHONE "&MessagingBinding.ProxyAddress=x"},
        {50100, "Identity=x&RoleSid=RL00000000000000000000000000000001"},
        {50304, "Identity=x&Attributes=%7B"},
    };
    char born[256], path[256];
    (void)state;
    make("");
    for (size_t at = 0; at < sizeof bad / sizeof *bad; at++) {
        client_refused(400, bad[at].code, in("/Participants"), bad[at].form);
    }
    client_post(201, in("/Participants"), "Identity=dora");
    client_refused(400, 50421, in("/Participants/dora"), "LastReadMessageIndex=x");
    client_post(200, in("/Participants/dora"), "LastReadMessageIndex=3");
    assert_int_equal(answer_number("last_read_message_index"), 3);
    assert_non_null(answer_text("last_read_timestamp"));
    /* what came from Chat has no messaging service */
    snprintf(born, sizeof born, "%s/Channels", chat_below);
    client_post(201, born, "Type=private");
    snprintf(path, sizeof path, "/v1/Conversations/%s/Participants", answer_text("sid"));
    client_refused(400, 50373, path, PHONE "&" PROXY);
}

static void webhooks_by_target(void **state) {
    static const char url[] = "Configuration.Url=https%3A%2F%2Fa.example";
    char form[512];
    (void)state;
    make("");
    client_refused(400, 20001, in("/Webhooks"), url);
    client_refused(400, 50364, in("/Webhooks"), "Target=other");
    client_refused(400, 50369, in("/Webhooks"), "Target=webhook");
    client_refused(400, 50369, in("/Webhooks"), "Target=webhook&Configuration.Url=http%3A%2F%2Flocalhost%2F");
    snprintf(form, sizeof form, "Target=webhook&%s", url);
    client_refused(400, 50370, in("/Webhooks"), form);
    snprintf(form, sizeof form, "Target=trigger&%s", url);
    client_refused(400, 50371, in("/Webhooks"), form);
    client_refused(400, 50367, in("/Webhooks"), "Target=studio");
    snprintf(form, sizeof form,
             "Target=trigger&%s&Configuration.Triggers=a&Configuration.Triggers=b"
             "&Configuration.ReplayAfter=3&Configuration.Method=POST",
             url);
    for (int at = 0; at < 5; at++) {
        client_post(201, in("/Webhooks"), form);
    }
    const json_t *configuration = answer("configuration");
    assert_string_equal(client_text(configuration, "method"), "post");
    assert_string_equal(json_string_value(json_array_get(json_object_get(configuration, "filters"), 1)), "b");
    assert_int_equal(json_object_size(configuration), 3);
    client_refused(400, 50361, in("/Webhooks"), form);
    client_get(200, "%s/Channels/%s/Webhooks", chat_below, sid);
    configuration = json_object_get(json_array_get(answer("webhooks"), 0), "configuration");
    assert_string_equal(client_text(configuration, "method"), "POST");
    assert_int_equal(json_array_size(json_object_get(configuration, "triggers")), 2);
}

static void roles_and_settings_are_chats(void **state) {
    char path[256], role[35];
    (void)state;
    client_post(201, "/v1/Roles", "FriendlyName=r&Type=Conversation&Permission=addParticipant&Permission=sendMessage");
    assert_string_equal(answer_text("type"), "conversation");
    snprintf(role, sizeof role, "%s", answer_text("sid"));
    client_get(200, "%s/Roles/%s", chat_below, role);
    assert_string_equal(answer_text("type"), "channel");
    assert_string_equal(json_string_value(json_array_get(answer("permissions"), 0)), "addMember");
    client_refused(400, 50104, "/v1/Roles", "FriendlyName=r&Type=service&Permission=addMember");
    snprintf(path, sizeof path, "%s/Configuration", below);
    char form[256];
    snprintf(form, sizeof form, "ReachabilityEnabled=true&DefaultConversationRoleSid=%s", role);
    client_post(200, path, form);
    client_get(200, "%s", chat_below);
    assert_string_equal(answer_text("default_channel_role_sid"), role);
    snprintf(path, sizeof path, "%s/Configuration/Notifications", below);
    client_post(200, path, "NewMessage.WithMedia.Enabled=true&AddedToConversation.Template=welcome");
    assert_string_equal(client_text(answer("added_to_conversation"), "template"), "welcome");
    assert_true(json_is_true(json_object_get(json_object_get(answer("new_message"), "with_media"), "enabled")));
    client_get(200, "%s", chat_below);
    const json_t *notices = answer("notifications");
    assert_string_equal(client_text(json_object_get(notices, "added_to_channel"), "template"), "welcome");
    assert_null(json_object_get(json_object_get(notices, "new_message"), "with_media"));
    snprintf(path, sizeof path, "%s/Configuration/Webhooks", below);
    client_post(200, path, "Filters=onMessageAdded&Method=post&PreWebhookUrl=https%3A%2F%2Fa.example");
    assert_string_equal(json_string_value(json_array_get(answer("filters"), 0)), "onMessageAdded");
    client_get(200, "%s", chat_below);
    assert_string_equal(json_string_value(json_array_get(answer("webhook_filters"), 0)), "onMessageSent");
    client_post(200, path, "");
    assert_int_equal(client_send("POST", below, "FriendlyName=x"), 405);
}

static void the_accounts_settings(void **state) {
    (void)state;
    client_post(200, "/v1/Configuration", "DefaultInactiveTimer=PT5M&DefaultClosedTimer=P1D");
    assert_string_equal(answer_text("default_inactive_timer"), "PT5M");
    make("");
    assert_int_equal(json_object_size(answer("timers")), 2);
    client_post(200, "/v1/Configuration", "DefaultInactiveTimer=PT0S&DefaultClosedTimer=PT0S");
    make("");
    assert_int_equal(json_object_size(answer("timers")), 0);
    client_refused(400, 50375, "/v1/Configuration", "DefaultInactiveTimer=PT1S");
    client_refused(400, 20001, "/v1/Configuration", "DefaultChatServiceSid=IS00000000000000000000000000000001");
    client_post(200, "/v1/Configuration/Webhooks", "Filters=onMessageAdded&Target=flex&Method=POST");
    assert_string_equal(answer_text("target"), "flex");
    client_post(201, "/v1/Services", "FriendlyName=other");
    char other[35], form[128];
    snprintf(other, sizeof other, "%s", answer_text("sid"));
    assert_true(json_is_null(answer("account_sid")));
    snprintf(form, sizeof form, "DefaultChatServiceSid=%s", other);
    client_post(200, "/v1/Configuration", form);
    make("");
    assert_string_equal(answer_text("chat_service_sid"), other);
    snprintf(form, sizeof form, "DefaultChatServiceSid=%s", service);
    client_post(200, "/v1/Configuration", form);
}

static void addresses(void **state) {
    char path[128];
    (void)state;
    client_post(201, "/v1/Configuration/Addresses",
                "Type=whAtsAPP&Address=whatsapp:%2B15001&AutoCreation.Enabled=true&AutoCreation.Type=studio"
                "&AutoCreation.StudioFlowSid=FW00000000000000000000000000000001&AutoCreation.StudioRetryCount=3");
    assert_string_equal(answer_text("type"), "whAtsAPP"); /* the caller's spelling */
    snprintf(path, sizeof path, "/v1/Configuration/Addresses/%s", answer_text("sid"));
    client_refused(409, 50355, "/v1/Configuration/Addresses", "Type=sms&Address=whatsapp:%2B15001");
    client_post(200, path, "AutoCreation.Enabled=false");
    assert_true(json_is_false(json_object_get(answer("auto_creation"), "enabled")));
    assert_int_equal(json_integer_value(json_object_get(answer("auto_creation"), "studio_retry_count")), 3);
    client_refused(400, 20001, path, "AutoCreation.StudioRetryCount=4");
    assert_int_equal(client_send("DELETE", path, NULL), 204);
}

/* 202 and initializing; then active, or refused until then. All or nothing. */
static void many_at_once(void **state) {
    static const char form[] =
        "FriendlyName=many&Participant=%7B%22identity%22%3A%22eve%22%7D"
        "&Participant=%7B%22messaging_binding%22%3A%7B%22address%22%3A%22%2B15551239999%22%2C%22proxy_address%22%3A%22"
        "%2B15009990009%22%7D%7D";
    (void)state;
    client_post(202, "/v1/ConversationWithParticipants", form);
    assert_string_equal(answer_text("state"), "initializing");
    assert_null(json_object_get(answer("links"), "export"));
    snprintf(conversation, sizeof conversation, "/v1/Conversations/%s", answer_text("sid"));
    client_get(200, "%s", conversation);
    assert_string_equal(answer_text("state"), "active");
    client_get(200, "%s/Participants", conversation);
    assert_int_equal(json_array_size(answer("participants")), 2);
    client_refused(409, 50416, "/v1/ConversationWithParticipants", form);
    client_refused(
        409, 50425, "/v1/ConversationWithParticipants",
        "UniqueName=half&Participant=%7B%22identity%22%3A%22eve%22%7D&Participant=%7B%22identity%22%3A%22eve%22%7D");
    client_get(404, "/v1/Conversations/half");
    client_refused(400, 50424, "/v1/ConversationWithParticipants", "Participant=%7B");
    client_post(200, "/__control/initializing?ms=1000000", "");
    client_post(202, "/v1/ConversationWithParticipants", "Participant=%7B%22identity%22%3A%22eve%22%7D");
    snprintf(conversation, sizeof conversation, "/v1/Conversations/%s", answer_text("sid"));
    client_get(200, "%s", conversation);
    assert_string_equal(answer_text("state"), "initializing");
    client_refused(400, 50386, in("/Messages"), "Body=x");
    client_get(200, USER "eve/Conversations/%s", strrchr(conversation, '/') + 1);
    assert_string_equal(answer_text("conversation_state"), "active"); /* which has no other word */
    client_post(200, "/__control/initializing?ms=0", "");
}

static void users_leave(void **state) {
    char path[256];
    (void)state;
    make("UniqueName=leaving");
    client_post(201, in("/Participants"), "Identity=fred");
    client_post(200, USER "fred/Conversations/leaving", "NotificationLevel=muted&LastReadMessageIndex=2");
    assert_string_equal(answer_text("notification_level"), "muted");
    assert_int_equal(answer_number("last_read_message_index"), 2);
    client_refused(400, 50210, USER "fred/Conversations/leaving", "NotificationLevel=loud");
    snprintf(path, sizeof path, USER "fred/Conversations/%s", sid);
    assert_int_equal(client_send("DELETE", path, NULL), 204);
    client_get(404, "%s", path);
    client_get(404, "%s/Participants/fred", conversation);
    client_refused(409, 50201, "/v1/Users", "Identity=fred");
}

static void writes_are_limited(void **state) {
    (void)state;
    make("");
    client_post(200, "/__control/write_limit?n=1", "");
    for (int at = 0; at < 5; at++) {
        client_post(201, in("/Messages"), "Body=x");
    }
    client_refused(429, 20429, in("/Messages"), "Body=x");
    client_refused(429, 20429, conversation, "FriendlyName=x");
    client_post(201, "/v1/Credentials", "Type=gcm");
    client_post(200, "/__control/write_limit?n=0", "");
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_create_fills_itself),
        cmocka_unit_test(updates_keep_the_rest),
        cmocka_unit_test(an_empty_value_clears_some),
        cmocka_unit_test(bad_conversations_are_refused),
        cmocka_unit_test(timers_go_in_as_durations),
        cmocka_unit_test(timers_run_out),
        cmocka_unit_test(closed_is_for_ever),
        cmocka_unit_test(messages_of_both_sides),
        cmocka_unit_test(participants_in_both_shapes),
        cmocka_unit_test(bad_participants_are_refused),
        cmocka_unit_test(webhooks_by_target),
        cmocka_unit_test(roles_and_settings_are_chats),
        cmocka_unit_test(the_accounts_settings),
        cmocka_unit_test(addresses),
        cmocka_unit_test(many_at_once),
        cmocka_unit_test(users_leave),
        cmocka_unit_test(writes_are_limited),
    };
    (void)argc;
    client_find_program(argv[0]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start, stop);
}
