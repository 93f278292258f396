/*
** The answers of Conversations against the vendor's OpenAPI spec: for every resource, in the account's tree and below a
** service, the rows of a list, single resources and new ones have exactly the fields that the spec's schema names, and
** every value has the schema's type, pattern and enum. Where the spec is: see test_schema.c; without it the tests are
** skipped.
*/
#include "test_client.h"

#include <regex.h>

static json_t *spec;
static char service[35], conversation[35], message[35], identity[100];

static json_t *load_spec(const char *folder) {
    char path[1024];
    snprintf(path, sizeof path, "%s/twilio_conversations_v1.json", folder);
    return json_load_file(path, 0, NULL);
}

/* A conversation with phones, and a message of it that has receipts. */
static void find_rows(void) {
    json_t *rows = client_list("conversations", "/v1/ParticipantConversations?Address=%2B15550000000");
    snprintf(conversation, sizeof conversation, "%s", client_text(json_array_get(rows, 0), "conversation_sid"));
    json_decref(rows);
    client_get(200, "/v1/Conversations/%s/Messages?PageSize=100", conversation);
    const json_t *row;
    size_t at;
    json_array_foreach(json_object_get(test.json, "messages"), at, row) {
        if (json_is_object(json_object_get(row, "delivery"))) {
            snprintf(message, sizeof message, "%s", client_text(row, "sid"));
        }
    }
    client_get(200, "/v1/Conversations/%s/Participants?PageSize=100", conversation);
    json_array_foreach(json_object_get(test.json, "participants"), at, row) {
        const char *found = client_text(row, "identity");
        if (found) {
            snprintf(identity, sizeof identity, "%s", found);
        }
    }
    char path[256];
    snprintf(path, sizeof path, "/v1/Conversations/%s/Webhooks", conversation);
    client_post(201, path, "Target=studio&Configuration.FlowSid=FW00000000000000000000000000000001");
}

static int start(void **state) {
    const char *given = getenv("CHAT_SPECS");
    (void)state;
    spec = given ? load_spec(given) : load_spec("build/spec/node_modules/@twilio/cli-core/src/services/twilio-api");
    spec = spec || given ? spec : load_spec("../shared/reference/openapi");
    if (spec) {
        client_start((const char *const[]){"--tidy", "--phones", "60", "--private", "100", "--webhooks", "60", NULL});
        client_find_ports();
        client_to(test.conversations);
        client_get(200, "/v1/Configuration");
        snprintf(service, sizeof service, "%s", answer_text("default_chat_service_sid"));
        find_rows();
    }
    return 0;
}

static int stop(void **state) {
    (void)state;
    if (spec) {
        client_stop();
    }
    json_decref(spec);
    return 0;
}

static const json_t *schemas(void) {
    return json_object_get(json_object_get(spec, "components"), "schemas");
}

static bool matches(const char *text, const char *pattern) {
    regex_t compiled;
    assert_int_equal(regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB), 0);
    bool found = regexec(&compiled, text, 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

static const char *type_of(const json_t *value) {
    return json_is_string(value)    ? "string"
           : json_is_integer(value) ? "integer"
           : json_is_boolean(value) ? "boolean"
           : json_is_array(value)   ? "array"
           : json_is_object(value)  ? "object"
                                    : "other";
}

static bool in_enum(const char *reference, const json_t *value) {
    const json_t *one;
    size_t at;
    json_array_foreach(json_object_get(json_object_get(schemas(), strrchr(reference, '/') + 1), "enum"), at, one) {
        if (json_equal(one, value)) {
            return true;
        }
    }
    return false;
}

/* Of the enums, a service's webhook method is null where nothing was set, whatever the spec says. */
static bool good_value(const char *name, const json_t *property, const json_t *value) {
    const char *type = client_text(property, "type"), *reference = client_text(property, "$ref");
    const char *pattern = client_text(property, "pattern");
    if (json_is_null(value)) {
        return reference ? strcmp(name, "method") == 0 : json_is_true(json_object_get(property, "nullable")) || !type;
    }
    bool good = reference ? in_enum(reference, value) : !type || strcmp(type, type_of(value)) == 0;
    return good && (!pattern || matches(json_string_value(value), pattern));
}

static void check_row(const char *resource, const json_t *row) {
    char full[160];
    snprintf(full, sizeof full, "conversations.v1.%s", resource);
    const json_t *properties = json_object_get(json_object_get(schemas(), full), "properties"), *property, *value;
    const char *name;
    assert_non_null(properties);
    json_object_foreach((json_t *)(uintptr_t)row, name, value) {
        if (!json_object_get(properties, name)) {
            print_error("%s: %s is not in the schema\n", resource, name);
        }
        assert_non_null(json_object_get(properties, name));
    }
    json_object_foreach((json_t *)(uintptr_t)properties, name, property) {
        value = json_object_get(row, name);
        bool good = value && good_value(name, property, value);
        if (!good) {
            print_error("%s: %s is %s\n", resource, name, value ? type_of(value) : "missing");
        }
        assert_true(good);
    }
}

/* Parents are there; a resource itself is XX0, which is not. */
static void fill_path(const char *path, char *real) {
    const struct {
        const char *slot, *value;
    } slots[] = {{"{ChatServiceSid}", service},
                 {"{MessageSid}", message},
                 {"{UserSid}", identity},
                 {"{ConversationSid}", strstr(path, "/Users/") ? "XX0" : conversation},
                 {"{Sid}", strcmp(path, "/v1/Services/{Sid}") == 0 ? service : "XX0"}};
    while (*path) {
        size_t plain = strcspn(path, "{");
        strncat(real, path, plain);
        path += plain;
        for (size_t at = 0; at < sizeof slots / sizeof *slots; at++) {
            size_t length = strlen(slots[at].slot);
            if (strncmp(path, slots[at].slot, length) == 0) {
                strcat(real, slots[at].value);
                path += length;
            }
        }
    }
}

static const struct {
    const char *path, *key, *account, *below; /* list key NULL: there is one; schema in each tree, NULL: not there */
} resources[] = {
    {"/Services", "services", "service", NULL},
    {"/Credentials", "credentials", "credential", NULL},
    {"/Configuration/Addresses", "address_configurations", "configuration_address", NULL},
    {"/Conversations", "conversations", "conversation", "service.service_conversation"},
    {"/Conversations/{ConversationSid}/Messages", "messages", "conversation.conversation_message",
     "service.service_conversation.service_conversation_message"},
    {"/Conversations/{ConversationSid}/Messages/{MessageSid}/Receipts", "delivery_receipts",
     "conversation.conversation_message.conversation_message_receipt",
     "service.service_conversation.service_conversation_message.service_conversation_message_receipt"},
    {"/Conversations/{ConversationSid}/Participants", "participants", "conversation.conversation_participant",
     "service.service_conversation.service_conversation_participant"},
    {"/Conversations/{ConversationSid}/Webhooks", "webhooks", "conversation.conversation_scoped_webhook",
     "service.service_conversation.service_conversation_scoped_webhook"},
    {"/Users", "users", "user", "service.service_user"},
    {"/Users/{UserSid}/Conversations", "conversations", "user.user_conversation",
     "service.service_user.service_user_conversation"},
    {"/Roles", "roles", "role", "service.service_role"},
    {"/Bindings", "bindings", NULL, "service.service_binding"},
    {"/ParticipantConversations?Identity={UserSid}", "conversations", "participant_conversation",
     "service.service_participant_conversation"},
    {"/ParticipantConversations?Address=%2B15550000000", "conversations", "participant_conversation",
     "service.service_participant_conversation"},
    {"/Configuration", NULL, "configuration", "service.service_configuration"},
    {"/Configuration/Webhooks", NULL, "configuration.configuration_webhook",
     "service.service_configuration.service_webhook_configuration"},
    {"/Configuration/Notifications", NULL, NULL, "service.service_configuration.service_notification"},
};

static void check_list(const char *key, const char *schema, const char *path) {
    json_t *rows = client_list(key, path), *row;
    size_t at;
    if (!json_array_size(rows)) {
        print_error("%s is empty\n", path);
    }
    assert_true(json_array_size(rows) > 0);
    json_array_foreach(rows, at, row) {
        check_row(schema, row);
        if (at < 40 && json_object_get(row, "url")) {
            client_get(200, "%s", client_text(row, "url"));
            check_row(schema, test.json);
        }
    }
    json_decref(rows);
}

static void every_resource_in_both_trees(void **state) {
    (void)state;
    if (!spec) {
        skip();
    }
    for (size_t at = 0; at < sizeof resources / sizeof *resources; at++) {
        for (int below = 0; below < 2; below++) {
            const char *schema = below ? resources[at].below : resources[at].account;
            char rest[512] = "", path[600];
            fill_path(resources[at].path, rest);
            snprintf(path, sizeof path, "/v1%s%s%s", below ? "/Services/" : "", below ? service : "", rest);
            if (!schema) {
                client_get(404, "%s", path);
            } else if (resources[at].key) {
                check_list(resources[at].key, schema, path);
            } else {
                client_get(200, "%s", path);
                check_row(schema, test.json);
            }
        }
    }
}

static void a_new_resource_of_each_kind(void **state) {
    static const struct {
        const char *path, *form, *account, *below;
    } creates[] = {
        {"/Conversations", "", "conversation", "service.service_conversation"},
        {"/ConversationWithParticipants", "", "conversation_with_participants",
         "service.service_conversation_with_participants"},
        {"/Conversations/{ConversationSid}/Messages", "", "conversation.conversation_message",
         "service.service_conversation.service_conversation_message"},
        {"/Conversations/{ConversationSid}/Participants", "MessagingBinding.ProjectedAddress=%2B15550000001",
         "conversation.conversation_participant", "service.service_conversation.service_conversation_participant"},
        {"/Roles", "FriendlyName=a&Type=service&Permission=joinConversation", "role", "service.service_role"},
        {"/Services", "FriendlyName=a", "service", NULL},
        {"/Credentials", "Type=gcm", "credential", NULL},
    };
    (void)state;
    if (!spec) {
        skip();
    }
    for (size_t at = 0; at < sizeof creates / sizeof *creates; at++) {
        for (int below = 0; below < 2; below++) {
            const char *schema = below ? creates[at].below : creates[at].account;
            char rest[512] = "", path[600];
            fill_path(creates[at].path, rest);
            snprintf(path, sizeof path, "/v1%s%s%s", below ? "/Services/" : "", below ? service : "", rest);
            if (schema) {
                client_post(strstr(path, "With") ? 202 : 201, path, creates[at].form);
                check_row(schema, test.json);
            }
        }
    }
}

/* Every path and method of the spec is answered with something else than "no such path" or "no such method". */
static void the_specs_paths(void **state) {
    const char *path;
    json_t *item;
    (void)state;
    if (!spec) {
        skip();
    }
    json_object_foreach(json_object_get(spec, "paths"), path, item) {
        char real[512] = "";
        fill_path(path, real);
        if (json_object_get(item, "get") && !strstr(real, "XX0") && !strstr(real, "ParticipantConversations")) {
            client_get(200, "%s", real);
        }
        client_send("PATCH", real, "");
        if (test.status != 405) {
            print_error("%s\n", real);
        }
        assert_int_equal(test.status, 405); /* so the path is known */
        if (!json_object_get(item, "delete") || strstr(real, "XX0")) {
            assert_int_equal(client_send("DELETE", real, NULL), json_object_get(item, "delete") ? 404 : 405);
        }
    }
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_resource_in_both_trees),
        cmocka_unit_test(a_new_resource_of_each_kind),
        cmocka_unit_test(the_specs_paths),
    };
    (void)argc;
    client_find_program(argv[0]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start, stop);
}
