/*
** Reads of Conversations v1, on a port of its own over Chat's data: both trees, lists, orders, filters, pages, receipts.
** The facts are those of the reference for that product.
*/
#include "test_client.h"

#define USERS "/Users/"
#define USER "/v1" USERS

static char service[35], below[64], chat_below[64];

static int start(void **state) {
    (void)state;
    client_start((const char *const[]){"--states", "mixed", "--phones", "40", "--private", "60", "--messages", "600",
                                       "--write-limit", "0", NULL});
    client_find_ports();
    client_service(service, "Main service");
    snprintf(below, sizeof below, "/v1/Services/%s", service);
    snprintf(chat_below, sizeof chat_below, "/v2/Services/%s", service);
    client_to(test.conversations);
    return 0;
}

static int stop(void **state) {
    (void)state;
    client_stop();
    return 0;
}

/* A list of one of the ports; the caller owns the rows. */
static json_t *rows_of(const char *origin, const char *key, const char *format, ...) {
    char path[512], whole[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    snprintf(whole, sizeof whole, "%s%s", origin, path);
    return client_list(key, whole);
}

static const json_t *find(const json_t *rows, const char *name, const char *value) {
    const json_t *row;
    size_t at;
    json_array_foreach(rows, at, row) {
        if (client_text(row, name) && strcmp(client_text(row, name), value) == 0) {
            return row;
        }
    }
    return NULL;
}

/* Both lists have the same SIDs. */
static void assert_same_sids(const json_t *ours, const json_t *chats) {
    const json_t *row;
    size_t at;
    assert_int_equal(json_array_size(ours), json_array_size(chats));
    json_array_foreach(chats, at, row) {
        assert_non_null(find(ours, "sid", client_text(row, "sid")));
    }
}

static void the_same_things_under_the_same_sids(void **state) {
    static const struct {
        const char *ours, *key, *chats, *chat_key;
    } lists[] = {
        {"/Conversations", "conversations", "/Channels?Type=private", "channels"},
        {"/Users", "users", "/Users", "users"},
        {"/Roles", "roles", "/Roles", "roles"},
        {"/Bindings", "bindings", "/Bindings", "bindings"},
    };
    (void)state;
    for (size_t at = 0; at < sizeof lists / sizeof *lists; at++) {
        json_t *ours = rows_of(test.conversations, lists[at].key, "%s%s", below, lists[at].ours);
        json_t *chats = rows_of(test.chat, lists[at].chat_key, "%s%s", chat_below, lists[at].chats);
        assert_true(json_array_size(ours) > 0);
        assert_same_sids(ours, chats);
        json_decref(ours);
        json_decref(chats);
    }
    json_t *ours = rows_of(test.conversations, "services", "/v1/Services");
    json_t *chats = rows_of(test.chat, "services", "/v2/Services");
    assert_same_sids(ours, chats);
    assert_true(json_is_null(json_object_get(json_array_get(ours, 0), "account_sid")));
    json_decref(ours);
    json_decref(chats);
}

/* Rows that stand below a conversation, beside those below the channel. */
static void members_are_participants_and_senders_authors(void **state) {
    json_t *all = rows_of(test.conversations, "conversations", "%s/Conversations", below);
    const json_t *conversation, *row;
    size_t at, below_at, seen = 0;
    (void)state;
    json_array_foreach(all, at, conversation) {
        const char *sid = client_text(conversation, "sid");
        json_t *people = rows_of(test.conversations, "participants", "%s/Conversations/%s/Participants", below, sid);
        json_t *members = rows_of(test.chat, "members", "%s/Channels/%s/Members", chat_below, sid);
        json_t *ours = rows_of(test.conversations, "messages", "%s/Conversations/%s/Messages", below, sid);
        json_t *chats = rows_of(test.chat, "messages", "%s/Channels/%s/Messages", chat_below, sid);
        assert_same_sids(ours, chats);
        json_array_foreach(members, below_at, row) {
            const json_t *one = find(people, "sid", client_text(row, "sid"));
            assert_string_equal(client_text(one, "identity"), client_text(row, "identity"));
            assert_true(json_equal(json_object_get(one, "last_read_message_index"),
                                   json_object_get(row, "last_consumed_message_index")));
            assert_true(json_is_null(json_object_get(one, "messaging_binding")));
        }
        json_array_foreach(chats, below_at, row) {
            const json_t *one = json_array_get(ours, below_at), *media = json_object_get(one, "media");
            assert_true(json_equal(json_object_get(one, "author"), json_object_get(row, "from")));
            assert_true(json_equal(json_object_get(one, "index"), json_object_get(row, "index")));
            assert_true(json_equal(json_object_get(one, "body"), json_object_get(row, "body")));
            assert_true(json_is_null(media) == json_is_null(json_object_get(row, "media")));
            assert_true(json_is_null(media) || client_text(json_array_get(media, 0), "category"));
            const json_t *author = find(people, "identity", client_text(one, "author"));
            assert_true(!author || strcmp(client_text(author, "sid"), client_text(one, "participant_sid")) == 0);
            seen++;
        }
        json_decref(people);
        json_decref(members);
        json_decref(ours);
        json_decref(chats);
    }
    assert_true(seen > 100);
    json_decref(all);
}

/* The words of roles are those of the product; one Chat has two words for stands once. */
static void roles_speak_of_conversations(void **state) {
    json_t *ours = rows_of(test.conversations, "roles", "%s/Roles", below);
    const json_t *admin = find(ours, "friendly_name", "service admin"), *word;
    size_t at, add = 0;
    (void)state;
    assert_string_equal(client_text(admin, "type"), "service");
    assert_string_equal(client_text(find(ours, "friendly_name", "channel user"), "type"), "conversation");
    json_array_foreach(json_object_get(admin, "permissions"), at, word) {
        assert_null(strstr(json_string_value(word), "Channel"));
        assert_null(strstr(json_string_value(word), "Member"));
        add += strcmp(json_string_value(word), "addParticipant") == 0;
    }
    assert_int_equal(add, 1);
    json_decref(ours);
}

/* The account's tree is that of its default service, and every answer keeps the form of the path. */
static void two_trees(void **state) {
    char wanted[256], sid[35];
    (void)state;
    json_t *ours = rows_of(test.conversations, "conversations", "%s/Conversations", below);
    json_t *account = rows_of(test.conversations, "conversations", "/v1/Conversations");
    assert_same_sids(ours, account);
    snprintf(sid, sizeof sid, "%s", client_text(json_array_get(ours, 0), "sid"));
    client_get(200, "/v1/Conversations/%s", sid);
    snprintf(wanted, sizeof wanted, "%s/v1/Conversations/%s", test.conversations, sid);
    assert_string_equal(answer_text("url"), wanted);
    assert_string_equal(answer_text("chat_service_sid"), service);
    snprintf(wanted, sizeof wanted, "%s/v1/Conversations/%s/Export", test.conversations, sid);
    assert_string_equal(client_text(json_object_get(test.json, "links"), "export"), wanted);
    client_get(200, "/v1/Conversations/%s/Participants", sid);
    assert_null(json_object_get(json_array_get(json_object_get(test.json, "participants"), 0), "chat_service_sid"));
    client_get(200, "%s/Conversations/%s/Participants", below, sid);
    const json_t *first = json_array_get(json_object_get(test.json, "participants"), 0);
    assert_string_equal(client_text(first, "chat_service_sid"), service);
    snprintf(wanted, sizeof wanted, "%s%s/Conversations/%s/Participants/", test.conversations, below, sid);
    assert_int_equal(strncmp(client_text(first, "url"), wanted, strlen(wanted)), 0);
    client_get(404, "/v1/Bindings");
    client_get(404, "%s/Credentials", below);
    client_get(404, "%s/Configuration/Addresses", below);
    client_get(404, "/v2/Services");
    client_get(404, "/v1/Channels");
    json_decref(ours);
    json_decref(account);
}

static void names_stand_for_sids(void **state) {
    (void)state;
    client_get(200, USER "alice");
    client_get(200, USER "alice/Conversations");
    json_t *rows = rows_of(test.conversations, "conversations", USER "alice/Conversations"), *row;
    size_t at;
    assert_true(json_array_size(rows) > 0);
    json_array_foreach(rows, at, row) {
        client_get(200, "%s", client_text(json_object_get(row, "links"), "participant"));
        assert_string_equal(answer_text("identity"), "alice");
        client_get(200, "/v1/Conversations/%s/Participants/alice", client_text(row, "conversation_sid"));
        assert_string_equal(answer_text("sid"), client_text(row, "participant_sid"));
    }
    json_decref(rows);
}

/* A public channel is there when v3 has made it private. */
static void public_channels_are_invisible(void **state) {
    char sid[35], path[256];
    (void)state;
    json_t *channels = rows_of(test.chat, "channels", "%s/Channels?Type=public", chat_below);
    snprintf(sid, sizeof sid, "%s", client_text(json_array_get(channels, 0), "sid"));
    json_decref(channels);
    client_get(404, "/v1/Conversations/%s", sid);
    client_get(404, "/v1/Conversations/%s/Messages", sid);
    snprintf(path, sizeof path, "%s/v3/Services/%s/Channels/%s", test.chat, service, sid);
    client_post(200, path, "Type=private");
    client_get(200, "/v1/Conversations/%s", sid);
    client_get(200, "/v1/Conversations/%s/Messages", sid);
}

static const json_t *meta(void) {
    return json_object_get(test.json, "meta");
}

static void page_sizes_are_clamped(void **state) {
    char sid[35];
    const char *const lists[][2] = {
        {"/v1/Services", "100"},
        {"%s/Conversations", "100"},
        {"%s/Conversations/%s/Messages", "100"},
        {"%s/Roles", "50"},
        {"%s/Users", "50"},
        {"%s/Conversations/%s/Participants", "100"},
        {"%s/Bindings", "100"},
        {"/v1/Credentials", "100"},
        {"%s/Conversations/%s/Webhooks", "5"},
        {"%s" USERS "alice/Conversations", "50"},
        {"/v1/Configuration/Addresses", "50"},
    };
    (void)state;
    json_t *rows = rows_of(test.conversations, "conversations", "/v1/Conversations");
    snprintf(sid, sizeof sid, "%s", client_text(json_array_get(rows, 0), "sid"));
    json_decref(rows);
    for (size_t at = 0; at < sizeof lists / sizeof *lists; at++) {
        char path[256];
        snprintf(path, sizeof path, lists[at][0], below, sid);
        client_post(200, "/__control/page_size?mode=clamp", "");
        client_get(200, "%s?PageSize=1000", path);
        assert_int_equal(json_integer_value(json_object_get(meta(), "page_size")), atoi(lists[at][1]));
        client_get(200, "%s", path);
        int usual = atoi(lists[at][1]) == 5 ? 5 : 50;
        assert_int_equal(json_integer_value(json_object_get(meta(), "page_size")), usual);
        client_post(200, "/__control/page_size?mode=refuse", "");
        client_get(400, "%s?PageSize=%d", path, atoi(lists[at][1]) + 1);
        assert_int_equal(answer_code(), 20007);
        client_get(200, "%s?PageSize=%s", path, lists[at][1]);
    }
    client_post(200, "/__control/page_size?mode=clamp", "");
}

/* Whatever the size and form of the pages, the rows are the same. */
static void all_pages_give_all_rows(void **state) {
    static const char *const lists[][2] = {
        {"/v1/Services", "services"},
        {"%s/Conversations", "conversations"},
        {"%s/Conversations?State=active", "conversations"},
        {"%s/Conversations?StartDate=2015-06-01T00:00:00Z&EndDate=2018-05-31T23:59:59Z", "conversations"},
        {"%s/Users", "users"},
        {"%s/Roles", "roles"},
        {"%s/Bindings", "bindings"},
        {"%s" USERS "alice/Conversations", "conversations"},
        {"%s/ParticipantConversations?Identity=alice", "conversations"},
        {"/v1/Credentials", "credentials"},
        {"/v1/Configuration/Addresses", "address_configurations"},
    };
    (void)state;
    for (size_t at = 0; at < sizeof lists / sizeof *lists; at++) {
        char path[256];
        snprintf(path, sizeof path, lists[at][0], below);
        const char *more = strchr(path, '?') ? "&" : "?";
        client_post(200, "/__control/paging?mode=token", "");
        json_t *all = rows_of(test.conversations, lists[at][1], "%s%sPageSize=1000", path, more);
        assert_true(json_array_size(all) > 0);
        for (int size = 1; size <= 7; size += 6) {
            client_post(200, "/__control/paging?mode=token", "");
            json_t *tokens = rows_of(test.conversations, lists[at][1], "%s%sPageSize=%d", path, more, size);
            client_post(200, "/__control/paging?mode=page", "");
            json_t *pages = rows_of(test.conversations, lists[at][1], "%s%sPageSize=%d", path, more, size);
            assert_true(json_equal(all, tokens));
            assert_true(json_equal(all, pages));
            json_decref(tokens);
            json_decref(pages);
        }
        json_decref(all);
    }
    client_post(200, "/__control/paging?mode=token", "");
}

/* Most recent activity first; the token says so. A message brings a conversation to the front, date_updated stays. */
static void activity_is_the_order(void **state) {
    char sid[35], path[256], updated[32];
    (void)state;
    json_t *before = rows_of(test.conversations, "conversations", "%s/Conversations?State=active", below);
    const json_t *last = json_array_get(before, json_array_size(before) - 1);
    snprintf(sid, sizeof sid, "%s", client_text(last, "sid"));
    snprintf(updated, sizeof updated, "%s", client_text(last, "date_updated"));
    snprintf(path, sizeof path, "/v1/Conversations/%s/Messages", sid);
    client_post(201, path, "Body=a");
    client_get(200, "%s/Conversations?PageSize=1", below);
    const json_t *first = json_array_get(json_object_get(test.json, "conversations"), 0);
    assert_string_equal(client_text(first, "sid"), sid);
    assert_string_equal(client_text(first, "date_updated"), updated);
    const char *token = strstr(client_text(meta(), "next_page_url"), "PageToken=PT");
    assert_non_null(token);
    assert_non_null(strstr(token, "_CH"));
    json_t *after = rows_of(test.conversations, "conversations", "%s/Conversations?State=active", below);
    assert_int_equal(json_array_size(before), json_array_size(after));
    for (size_t at = 1; at < json_array_size(after); at++) {
        assert_true(json_equal(json_array_get(before, at - 1), json_array_get(after, at)));
    }
    json_decref(before);
    json_decref(after);
}

/* Creation within both bounds, newest first. */
static void dates_bound_creation(void **state) {
    (void)state;
    json_t *all = rows_of(test.conversations, "conversations", "%s/Conversations", below), *row;
    json_t *some = rows_of(test.conversations, "conversations",
                           "%s/Conversations?StartDate=2016-01-01T00:00:00Z&EndDate=2017-12-31T23:59:59Z", below);
    size_t at, inside = 0;
    const char *previous = "9";
    json_array_foreach(all, at, row) {
        const char *created = client_text(row, "date_created");
        inside += strcmp(created, "2016-01-01T00:00:00Z") >= 0 && strcmp(created, "2017-12-31T23:59:59Z") <= 0;
    }
    (void)state;
    assert_true(inside > 1 && inside < json_array_size(all));
    assert_int_equal(json_array_size(some), inside);
    json_array_foreach(some, at, row) {
        assert_true(strcmp(client_text(row, "date_created"), previous) <= 0);
        previous = client_text(row, "date_created");
    }
    json_t *edge = rows_of(test.conversations, "conversations",
                           "%s/Conversations?StartDate=%s&EndDate=2099-01-01T00:00:00Z", below, previous);
    assert_non_null(find(edge, "date_created", previous));
    client_get(400, "%s/Conversations?StartDate=2016-01-01T00:00:00Z&EndDate=2016-01-01T00:00:00Z", below);
    assert_int_equal(answer_code(), 50396);
    client_get(400, "%s/Conversations?StartDate=yesterday", below);
    json_decref(all);
    json_decref(some);
    json_decref(edge);
}

static void state_is_one_value(void **state) {
    static const char *const states[] = {"active", "inactive", "closed"};
    (void)state;
    json_t *all = rows_of(test.conversations, "conversations", "%s/Conversations", below), *row;
    size_t at, none = 0, found = 0;
    json_array_foreach(all, at, row) {
        bool chat_born = json_is_null(json_object_get(row, "state"));
        none += chat_born;
        assert_true(json_is_null(json_object_get(row, "timers")) == chat_born);
        const json_t *links = json_object_get(row, "links");
        assert_true(!json_object_get(links, "export") == chat_born);
        client_get(200, "%s?PageSize=1", client_text(links, "messages"));
        const json_t *message = json_array_get(json_object_get(test.json, "messages"), 0);
        assert_true(!message || !json_object_get(json_object_get(message, "links"), "channel_metadata") == chat_born);
    }
    for (int which = 0; which < 3; which++) {
        json_t *some = rows_of(test.conversations, "conversations", "%s/Conversations?State=%s&State=closed", below,
                               states[which]);
        assert_true(json_array_size(some) > 0);
        json_array_foreach(some, at, row) {
            assert_string_equal(client_text(row, "state"), states[which]);
        }
        found += json_array_size(some);
        json_decref(some);
    }
    assert_int_equal(found + none, json_array_size(all));
    assert_true(none > 0);
    client_get(400, "%s/Conversations?State=sleeping", below);
    client_get(200, "%s/Conversations?State=CLOSED", below);
    json_decref(all);
}

/* Another hand moves a conversation between two pages: from behind, it is not on the pages that follow. */
static void a_fault_moves_a_conversation(void **state) {
    char sid[35];
    (void)state;
    json_t *before = rows_of(test.conversations, "conversations", "%s/Conversations", below);
    snprintf(sid, sizeof sid, "%s", client_text(json_array_get(before, json_array_size(before) - 1), "sid"));
    client_post(200, "/__control/fault?action=active&method=GET&port=conversations&path=*Conversations*&nth=2", "");
    client_post(400, "/__control/active?conversation=none", "");
    client_post(200, "/__control/reset", "");
    char fault[256];
    snprintf(fault, sizeof fault,
             "/__control/fault?action=active&method=GET&port=conversations&path=*Conversations*&nth=2&conversation=%s",
             sid);
    client_post(200, fault, "");
    json_t *during = rows_of(test.conversations, "conversations", "%s/Conversations?PageSize=3", below);
    assert_int_equal(json_array_size(during), json_array_size(before) - 1);
    assert_null(find(during, "sid", sid));
    client_get(200, "%s/Conversations?PageSize=1", below);
    assert_string_equal(client_text(json_array_get(json_object_get(test.json, "conversations"), 0), "sid"), sid);
    json_decref(before);
    json_decref(during);
}

static void one_person_or_one_phone(void **state) {
    (void)state;
    client_get(400, "/v1/ParticipantConversations");
    assert_int_equal(answer_code(), 50451);
    client_get(400, "/v1/ParticipantConversations?Identity=alice&Address=%%2B15550000000");
    assert_int_equal(answer_code(), 50451);
    json_t *rows =
        rows_of(test.conversations, "conversations", "%s/ParticipantConversations?Address=%%2B15550000000", below);
    const char *previous = "";
    json_t *row;
    size_t at;
    assert_true(json_array_size(rows) > 1);
    json_array_foreach(rows, at, row) {
        const json_t *binding = json_object_get(row, "participant_messaging_binding");
        assert_int_equal(json_object_size(binding), 6);
        assert_string_equal(client_text(binding, "address"), "+15550000000");
        assert_true(json_is_null(json_object_get(row, "participant_identity")));
        assert_true(json_is_null(json_object_get(row, "participant_user_sid")));
        assert_true(strcmp(previous, client_text(row, "conversation_sid")) < 0);
        previous = client_text(row, "conversation_sid");
        assert_null(json_object_get(row, "sid"));
        client_get(200, "%s", client_text(json_object_get(row, "links"), "participant"));
        const json_t *sparse = json_object_get(test.json, "messaging_binding");
        assert_true(json_object_size(sparse) < 6 && json_object_get(sparse, "address"));
    }
    json_decref(rows);
}

/* A conversation that has phones, and a message of it. */
static void find_receipts(char *path, size_t size) {
    json_t *phones =
        rows_of(test.conversations, "conversations", "%s/ParticipantConversations?Address=%%2B15550000000", below);
    snprintf(path, size, "%s/Conversations/%s/Messages", below,
             client_text(json_array_get(phones, 0), "conversation_sid"));
    json_decref(phones);
}

static void receipts_add_up(void **state) {
    static const char *const words[] = {"sent", "delivered", "read", "failed", "undelivered"};
    char path[256];
    size_t at, below_at, with = 0;
    json_t *row, *receipt;
    (void)state;
    find_receipts(path, sizeof path);
    json_t *messages = client_list("messages", path);
    json_array_foreach(messages, at, row) {
        const char *link = client_text(json_object_get(row, "links"), "delivery_receipts");
        const json_t *delivery = json_object_get(row, "delivery");
        json_t *receipts = client_list("delivery_receipts", link);
        assert_int_equal(json_array_size(receipts), json_integer_value(json_object_get(delivery, "total")));
        size_t failed = 0;
        json_array_foreach(receipts, below_at, receipt) {
            const char *status = client_text(receipt, "status");
            int64_t error = json_integer_value(json_object_get(receipt, "error_code"));
            bool bad = status && (strcmp(status, "failed") == 0 || strcmp(status, "undelivered") == 0);
            assert_true((error > 0) == bad);
            failed += status && strcmp(status, "failed") == 0;
            client_get(200, "%s", client_text(receipt, "url"));
            assert_true(json_equal(test.json, receipt));
        }
        for (int which = 0; json_array_size(receipts) && which < 5; which++) {
            assert_non_null(client_text(delivery, words[which]));
        }
        if (json_array_size(receipts)) {
            assert_string_equal(client_text(delivery, "failed"), failed == json_array_size(receipts) ? "all"
                                                                 : failed                            ? "some"
                                                                                                     : "none");
        } else {
            assert_true(json_is_null(delivery));
        }
        with += json_array_size(receipts) > 0;
        json_decref(receipts);
    }
    assert_true(with > 0 && with < json_array_size(messages)); /* what a phone wrote has none */
    json_decref(messages);
}

static void addresses_by_type(void **state) {
    (void)state;
    json_t *rows = rows_of(test.conversations, "address_configurations", "/v1/Configuration/Addresses?Type=SMS"), *row;
    size_t at;
    assert_true(json_array_size(rows) > 0);
    json_array_foreach(rows, at, row) {
        assert_string_equal(client_text(row, "type"), "sms");
    }
    const char *address = client_text(json_array_get(rows, 0), "address");
    client_get(200, "/v1/Configuration/Addresses/%s%s", *address == '+' ? "%2B" : "", address + (*address == '+'));
    assert_string_equal(answer_text("sid"), client_text(json_array_get(rows, 0), "sid"));
    json_decref(rows);
}

static void journal_names_the_port(void **state) {
    (void)state;
    client_post(200, "/__control/reset", "");
    client_get(200, "/v1/Services?PageSize=1");
    client_to(test.chat);
    client_get(200, "/v1/Services?PageSize=2");
    client_get(200, "/__control/requests");
    client_to(test.conversations);
    assert_string_equal(client_text(json_array_get(test.json, 0), "port"), "conversations");
    assert_null(json_object_get(json_array_get(test.json, 1), "port"));
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_things_under_the_same_sids),
        cmocka_unit_test(members_are_participants_and_senders_authors),
        cmocka_unit_test(roles_speak_of_conversations),
        cmocka_unit_test(two_trees),
        cmocka_unit_test(names_stand_for_sids),
        cmocka_unit_test(public_channels_are_invisible),
        cmocka_unit_test(page_sizes_are_clamped),
        cmocka_unit_test(all_pages_give_all_rows),
        cmocka_unit_test(activity_is_the_order),
        cmocka_unit_test(dates_bound_creation),
        cmocka_unit_test(state_is_one_value),
        cmocka_unit_test(a_fault_moves_a_conversation),
        cmocka_unit_test(one_person_or_one_phone),
        cmocka_unit_test(receipts_add_up),
        cmocka_unit_test(addresses_by_type),
        cmocka_unit_test(journal_names_the_port),
    };
    (void)argc;
    client_find_program(argv[0]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start, stop);
}
