/*
** The answers against the vendor's OpenAPI specs: for every resource of v1, v2 and v3 the rows of a list and a single
** resource have exactly the fields that the spec's schema of that version names, and every value has the schema's type
** and pattern. The specs are not part of the project: they are in $CHAT_SPECS, where tests/spec installs them, or in
** ../shared/reference/openapi; without them the tests are skipped.
*/
#include "test_client.h"

#include <regex.h>

static json_t *specs[4];
static char service[35], channel[35];

static bool load_specs(const char *folder) {
    for (int version = 1; version <= 3; version++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/twilio_chat_v%d.json", folder, version);
        json_decref(specs[version]);
        specs[version] = json_load_file(path, 0, NULL);
    }
    return specs[1] && specs[2] && specs[3];
}

static bool find_specs(void) {
    const char *given = getenv("CHAT_SPECS");
    return given ? load_specs(given)
                 : load_specs("build/spec/node_modules/@twilio/cli-core/src/services/twilio-api") ||
                       load_specs("../shared/reference/openapi");
}

static int start(void **state) {
    (void)state;
    if (find_specs()) {
        client_start(NULL);
        client_service(service, "Main service");
        client_get(200, "/v1/Services/%s/Channels/general", service);
        snprintf(channel, sizeof channel, "%s", answer_text("sid"));
    }
    return 0;
}

static int stop(void **state) {
    (void)state;
    if (specs[1]) {
        client_stop();
    }
    for (int version = 1; version <= 3; version++) {
        json_decref(specs[version]);
    }
    return 0;
}

static const json_t *schema(int version, const char *name) {
    char full[128];
    snprintf(full, sizeof full, "chat.v%d.%s", version, name);
    const json_t *found = json_object_get(
        json_object_get(json_object_get(json_object_get(specs[version], "components"), "schemas"), full), "properties");
    assert_non_null(found);
    return found;
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

/* Whether a value is one of a schema's enum, found by its reference. */
static bool in_enum(int version, const char *reference, const json_t *value) {
    const json_t *schemas = json_object_get(json_object_get(specs[version], "components"), "schemas");
    const json_t *choices = json_object_get(json_object_get(schemas, strrchr(reference, '/') + 1), "enum");
    json_t *one;
    size_t at;
    json_array_foreach(choices, at, one) {
        if (json_equal(one, value)) {
            return true;
        }
    }
    return false;
}

static void check_value(int version, const char *name, const json_t *property, const json_t *value) {
    const char *type = client_text(property, "type"), *reference = client_text(property, "$ref");
    const char *pattern = client_text(property, "pattern");
    bool good = json_is_null(value) ? !reference && (json_is_true(json_object_get(property, "nullable")) || !type)
                : reference         ? in_enum(version, reference, value)
                : type              ? strcmp(type, type_of(value)) == 0
                                    : true;
    good = good && (!pattern || json_is_null(value) || matches(json_string_value(value), pattern));
    if (!good) {
        print_error("v%d %s: %s\n", version, name, type_of(value));
    }
    assert_true(good);
}

static void check_row(int version, const char *resource, const json_t *row) {
    const json_t *properties = schema(version, resource);
    const char *name;
    json_t *property, *value;
    json_object_foreach((json_t *)(uintptr_t)row, name, value) {
        if (!json_object_get(properties, name)) {
            print_error("v%d %s: %s is not in the schema\n", version, resource, name);
        }
        assert_non_null(json_object_get(properties, name));
    }
    json_object_foreach((json_t *)(uintptr_t)properties, name, property) {
        if (!json_object_get(row, name)) {
            print_error("v%d %s: %s is missing\n", version, resource, name);
        }
        assert_non_null(json_object_get(row, name));
        check_value(version, name, property, json_object_get(row, name));
    }
}

typedef struct checked {
    const char *path, *key, *schema;
    int versions;
} checked;

static const checked lists[] = {
    {"/Services", "services", "service", 3},
    {"/Credentials", "credentials", "credential", 3},
    {"/Services/%s/Channels?Type=public&Type=private", "channels", "service.channel", 3},
    {"/Services/%s/Roles", "roles", "service.role", 3},
    {"/Services/%s/Users", "users", "service.user", 3},
    {"/Services/%s/Bindings", "bindings", "service.binding", 2},
    {"/Services/%s/Users/Alice/Channels", "channels", "service.user.user_channel", 3},
    {"/Services/%s/Channels/%s/Messages", "messages", "service.channel.message", 3},
    {"/Services/%s/Channels/%s/Members", "members", "service.channel.member", 3},
    {"/Services/%s/Channels/%s/Invites", "invites", "service.channel.invite", 3},
    {"/Services/%s/Channels/%s/Webhooks", "webhooks", "service.channel.channel_webhook", 2},
};

static void check_list(int version, const checked *what) {
    char below[256], path[300];
    snprintf(below, sizeof below, what->path, service, channel);
    snprintf(path, sizeof path, "/v%d%s", version, below);
    json_t *rows = client_list(what->key, path), *row;
    size_t at;
    assert_true(json_array_size(rows) > 0);
    json_array_foreach(rows, at, row) {
        check_row(version, what->schema, row);
        if (at < 40 && json_object_get(row, "url")) {
            client_get(200, "%s", client_text(row, "url"));
            check_row(version, what->schema, test.json);
        }
    }
    json_decref(rows);
}

static void lists_and_single_resources(void **state) {
    (void)state;
    if (!specs[1]) {
        skip();
    }
    for (size_t at = 0; at < sizeof lists / sizeof *lists; at++) {
        for (int version = 1; version <= 2; version++) {
            if (lists[at].versions & version) {
                check_list(version, &lists[at]);
            }
        }
    }
}

static void user_bindings(void **state) {
    char path[512];
    (void)state;
    if (!specs[1]) {
        skip();
    }
    snprintf(path, sizeof path, "/v2/Services/%s/Users", service);
    json_t *users = client_list("users", path), *user;
    size_t at, found = 0;
    json_array_foreach(users, at, user) {
        json_t *rows = client_list("bindings", client_text(json_object_get(user, "links"), "user_bindings"));
        if (json_array_size(rows)) {
            found++;
            check_row(2, "service.user.user_binding", json_array_get(rows, 0));
            client_get(200, "%s", client_text(json_array_get(rows, 0), "url"));
            check_row(2, "service.user.user_binding", test.json);
        }
        json_decref(rows);
    }
    json_decref(users);
    assert_true(found > 0);
}

static void a_new_resource_of_each_kind(void **state) {
    static const struct {
        const char *path, *form, *schema;
        int versions;
    } creates[] = {
        {"/Services", "FriendlyName=a", "service", 3},
        {"/Credentials", "Type=gcm", "credential", 3},
        {"/Services/%s/Channels", "", "service.channel", 3},
        {"/Services/%s/Roles", "FriendlyName=a&Type=channel&Permission=sendMessage", "service.role", 3},
        {"/Services/%s/Channels/%s/Messages", "Body=", "service.channel.message", 3},
        {"/Services/%s/Channels/%s/Webhooks", "Type=studio&Configuration.FlowSid=FW1",
         "service.channel.channel_webhook", 2},
    };
    (void)state;
    if (!specs[1]) {
        skip();
    }
    for (size_t at = 0; at < sizeof creates / sizeof *creates; at++) {
        for (int version = 1; version <= 2; version++) {
            char below[256], path[300];
            snprintf(below, sizeof below, creates[at].path, service, channel);
            snprintf(path, sizeof path, "/v%d%s", version, below);
            if (creates[at].versions & version) {
                client_post(201, path, creates[at].form);
                check_row(version, creates[at].schema, test.json);
            }
        }
    }
}

static void the_v3_migration(void **state) {
    char path[256];
    (void)state;
    if (!specs[3]) {
        skip();
    }
    snprintf(path, sizeof path, "/v3/Services/%s/Channels/%s", service, channel);
    client_post(200, path, "Type=private&MessagingServiceSid=MG00000000000000000000000000000001");
    check_row(3, "channel", test.json);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_and_single_resources),
        cmocka_unit_test(user_bindings),
        cmocka_unit_test(a_new_resource_of_each_kind),
        cmocka_unit_test(the_v3_migration),
    };
    (void)argc;
    client_find_program(argv[0]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start, stop);
}
