/*
** The tables of Chat's names against the vendor's spec of Conversations, through the catalogue's words, parts and
** parameters, in both directions. What of Conversations has no place in Chat's tables, and what of theirs it lacks, stands in
** the tables below. Skipped where the specs are absent, as test_catalog_spec.c, which judges all the rest.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <string.h>

#include "catalog/catalog.h"
#include "catalog/generations.h"
#include "openapi.h"
#include "vendor_spec.h"

/* Fields and parameters of Conversations that Chat's tables have no column for; table NULL: of every part of a service. */
static const struct {
    const char *table, *name;
} left_out[] = {
    {"channels", "state"},
    {"channels", "timers"},
    {"channels", "bindings"},
    {"channels", "State"},
    {"channels", "Timers.Inactive"},
    {"channels", "Timers.Closed"},
    {"channels", "Bindings.Email.Address"},
    {"channels", "Bindings.Email.Name"},
    {"messages", "participant_sid"},
    {"messages", "content_sid"},
    {"messages", "delivery"},
    {"messages", "links"},
    {"messages", "ContentSid"},
    {"messages", "ContentVariables"},
    {"messages", "Subject"},
    {"members", "messaging_binding"},
    {"members", "MessagingBinding.Address"},
    {"members", "MessagingBinding.ProxyAddress"},
    {"members", "MessagingBinding.ProjectedAddress"},
    {"user_channels", "friendly_name"},
    {"user_channels", "unique_name"},
    {"user_channels", "conversation_state"},
    {"user_channels", "timers"},
    {"user_channels", "attributes"},
    {"user_channels", "created_by"},
    {"user_channels", "date_created"},
    {"user_channels", "date_updated"},
    {"channel_webhooks", "Configuration.ReplayAfter"},
    {NULL, "account_sid"},
    {NULL, "chat_service_sid"},
    {NULL, "url"},
    {NULL, "links"},
};

/* What Conversations lacks: it reads NULL, and is not written. */
static const struct {
    const char *table, *column;
} lost[] = {
    {"services", "read_status_enabled"},
    {"services", "typing_indicator_timeout"},
    {"services", "consumption_report_interval"},
    {"services", "limits"},
    {"services", "media"},
    {"services", "pre_webhook_retry_count"},
    {"services", "post_webhook_retry_count"},
    {"services", "webhooks"},
    {"channels", "created_by"},
    {"channels", "members_count"},
    {"channels", "messages_count"},
    {"messages", "type"},
    {"messages", "to"},
    {"messages", "was_edited"},
    {"messages", "last_updated_by"},
    {"users", "joined_channels_count"},
    {"bindings", "links"},
};

static int faults;

static void expect(bool holds, const catalog_resource *resource, const char *item, const char *complaint) {
    if (!holds) {
        print_message("# %s (%s), %s: %s\n", resource->name, resource->segment, item, complaint);
        faults++;
    }
}

static bool same_text(const char *one, const char *other) {
    return one == other || (one && other && strcmp(one, other) == 0);
}

static bool is_left_out(const catalog_resource *resource, const char *part, const char *name) {
    for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++) {
        if (same_text(left_out[i].table, part ? NULL : resource->name) && strcmp(left_out[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- what comes ---- */

/* Does some making take the field into an object? */
static bool is_in_object(const catalog_resource *resource, const char *field) {
    for (const catalog_making *each = resource->makings; each && each->column; each++) {
        for (const catalog_value *value = each->how == MADE_OBJECT ? each->values : NULL; value && value->ours;
             value++) {
            if (strcmp(value->theirs, field) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool has_field(const catalog_resource *resource, const char *field) {
    for (size_t i = 0; i < resource->column_count; i++) {
        const catalog_column *column = &resource->columns[i];
        if ((column->versions & CATALOG_CONVERSATIONS) &&
            strcmp(catalog_json_name(resource, column->name, CATALOG_CONVERSATIONS), field) == 0) {
            return true;
        }
    }
    return is_in_object(resource, field);
}

static bool is_made_of_others(const catalog_resource *resource, const char *column) {
    for (const catalog_making *each = resource->makings; each && each->column; each++) {
        if ((each->how == MADE_CONSTANT || each->how == MADE_OBJECT) && strcmp(each->column, column) == 0) {
            return true;
        }
    }
    return catalog_part(resource, column, CATALOG_CONVERSATIONS) != NULL;
}

static void compare_object(const catalog_resource *resource, const char *part, json_t *object) {
    const char *name;
    json_t *field, *properties = json_object_get(object, "properties");
    expect(json_object_size(properties) > 0, resource, "response", "no fields in the spec");
    json_object_foreach(properties, name, field) {
        expect(has_field(resource, name) != is_left_out(resource, part, name), resource, name,
               "a field without a column, or one that is said to have none");
    }
    for (size_t i = 0; i < resource->column_count; i++) {
        const catalog_column *column = &resource->columns[i];
        const char *wire = catalog_json_name(resource, column->name, CATALOG_CONVERSATIONS);
        bool there = json_object_get(properties, wire) != NULL || is_made_of_others(resource, column->name);
        expect(there || !(column->versions & CATALOG_CONVERSATIONS), resource, column->name, "not in the response");
    }
}

/* ---- what goes ---- */

static const catalog_parameter *find_parameter(const catalog_resource *resource, const char *part, const char *name,
                                               bool create) {
    for (size_t i = 0; i < resource->parameter_count; i++) {
        const catalog_parameter *each = &resource->parameters[i];
        if (((create ? each->create : each->update) & CATALOG_CONVERSATIONS) && same_text(each->part, part) &&
            strcmp(each->name, name) == 0) {
            return each;
        }
    }
    return NULL;
}

static void compare_form(const catalog_resource *resource, const char *part, json_t *operation, bool create) {
    const char *name;
    json_t *property, *properties = json_object_get(openapi_form(operation), "properties");
    json_object_foreach(properties, name, property) {
        const catalog_parameter *taken = find_parameter(resource, part, name, create);
        expect((taken != NULL) != is_left_out(resource, part, name), resource, name,
               "a parameter of no column, or one that is said to have none");
        unsigned most = openapi_length(property);
        expect(!taken || !taken->max_length || taken->max_length >= most, resource, name, "refuses what is allowed");
    }
    for (size_t i = 0; i < resource->parameter_count; i++) {
        const catalog_parameter *each = &resource->parameters[i];
        bool taken = find_parameter(resource, part, each->name, create) == each;
        expect(!taken || json_object_get(properties, each->name), resource, each->name, "not in the spec");
        bool optional = !openapi_requires(openapi_form(operation), each->name);
        bool needed = taken && ((create ? each->create_required : each->update_required) & CATALOG_CONVERSATIONS);
        /* A member is an identity; a participant may be a phone. */
        bool stricter = strcmp(resource->name, "members") == 0 && strcmp(each->name, "Identity") == 0;
        expect(!taken || stricter || needed != optional, resource, each->name, "required on one side only");
    }
}

static void compare_header(const catalog_resource *resource, const char *method, json_t *operation, unsigned taking) {
    bool there = openapi_argument(operation, "X-Twilio-Webhook-Enabled", "header") != NULL;
    expect(there == ((taking & CATALOG_CONVERSATIONS) != 0), resource, method, "the webhook header, on one side only");
}

/* ---- operations ---- */

static json_t *find_operation(json_t *spec, const catalog_resource *resource, const char *path, const char *method,
                              unsigned versions) {
    json_t *operation = json_object_get(openapi_path(spec, path), method);
    bool here = (versions & CATALOG_CONVERSATIONS) != 0;
    expect(here == (operation != NULL), resource, path, "operation on one side only");
    return here ? operation : NULL;
}

static void compare_list(json_t *spec, const catalog_resource *resource, const char *path) {
    json_t *operation = find_operation(spec, resource, path, "get", resource->list);
    json_t *properties = json_object_get(openapi_response(spec, operation, "200"), "properties");
    const char *key = catalog_json_name(resource, resource->list_key, CATALOG_CONVERSATIONS);
    json_t *rows = json_object_get(properties, key);
    expect(rows != NULL, resource, key, "not the list's key");
    compare_object(resource, NULL, openapi_resolve(spec, json_object_get(rows, "items")));
    json_t *size = json_object_get(openapi_argument(operation, "PageSize", "query"), "schema");
    expect(json_integer_value(json_object_get(size, "maximum")) == catalog_page_max(resource, CATALOG_CONVERSATIONS),
           resource, "PageSize", "another maximum");
    for (size_t i = 0; i < CATALOG_MAX_FILTERS; i++) {
        const catalog_filter *filter = &resource->filters[i];
        expect(!(filter->versions & CATALOG_CONVERSATIONS) || openapi_argument(operation, filter->parameter, "query"),
               resource, filter->parameter ? filter->parameter : "", "no such filter");
    }
    expect(!resource->order_parameter || openapi_argument(operation, resource->order_parameter, "query"), resource,
           "order", "not in the spec");
}

static void compare_parts(json_t *spec, const catalog_resource *resource) {
    for (size_t i = 0; resource->parts && resource->parts[i]; i++) {
        const catalog_resource *part = resource->parts[i];
        char path[OPENAPI_TEXT_SIZE] = "/v1/Services/{chat_service_sid}/";
        openapi_append(path, part->segment);
        json_t *fetch = json_object_get(openapi_path(spec, path), "get");
        json_t *update = json_object_get(openapi_path(spec, path), "post");
        expect(fetch && update, part, path, "no such resource");
        compare_object(part, part->segment, openapi_response(spec, fetch, "200"));
        compare_form(resource, part->segment, update, false);
    }
}

static void compare_resource(json_t *spec, const catalog_resource *resource) {
    char list[OPENAPI_TEXT_SIZE], item[OPENAPI_TEXT_SIZE];
    vendor_spec_list_path(resource, CATALOG_CONVERSATIONS, list);
    vendor_spec_item_path(resource, CATALOG_CONVERSATIONS, item);
    compare_list(spec, resource, list);
    json_t *operation = find_operation(spec, resource, item, "get", resource->fetch);
    compare_object(resource, NULL, openapi_response(spec, operation, "200"));
    operation = find_operation(spec, resource, list, "post", resource->create);
    compare_form(resource, NULL, operation, true);
    compare_header(resource, "create", operation, resource->webhooks_create);
    /* The update of a row in parts may be theirs alone. */
    operation = find_operation(spec, resource, item, "post", resource->parts ? 0 : resource->update);
    compare_form(resource, NULL, operation, false);
    compare_header(resource, "update", operation, resource->webhooks_update);
    operation = find_operation(spec, resource, item, "delete", resource->remove);
    compare_header(resource, "remove", operation, resource->webhooks_remove);
    compare_parts(spec, resource);
}

static json_t *load(void) {
    for (size_t which = 0; which < VENDOR_SPEC_COUNT; which++) {
        if (vendor_spec_version(which) == CATALOG_CONVERSATIONS) {
            return vendor_spec_load(which);
        }
    }
    return NULL;
}

static void test_spec(void **state) {
    json_t *spec = load();
    size_t count = 0, compared = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    (void)state;
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        if (!resources[i]->always && (resources[i]->list & CATALOG_CONVERSATIONS)) {
            compare_resource(spec, resources[i]);
            compared++;
        }
    }
    json_decref(spec);
    assert_int_equal(compared, 10); /* all but invites and user_bindings */
    assert_int_equal(faults, 0);
}

/* Exactly these are lost, and an attempt to write what Chat can write says why. */
static void test_lost(void **state) {
    size_t count = 0, found = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    (void)state;
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        const catalog_resource *resource = resources[i];
        for (size_t j = 0; j < resource->column_count && (resource->list & CATALOG_CONVERSATIONS); j++) {
            const catalog_column *column = &resource->columns[j];
            bool is_lost = false;
            for (size_t k = 0; k < sizeof(lost) / sizeof(lost[0]); k++) {
                is_lost = is_lost ||
                          (strcmp(lost[k].table, resource->name) == 0 && strcmp(lost[k].column, column->name) == 0);
            }
            bool lacking = column->versions && !(column->versions & CATALOG_CONVERSATIONS);
            expect(is_lost == lacking, resource, column->name, "lost, or not");
            found += is_lost;
        }
    }
    assert_int_equal(found, sizeof(lost) / sizeof(lost[0]));
    assert_int_equal(faults, 0);
}

/* A column that v2 writes and Conversations does not has a reason in the catalogue; the same of a table. */
static void test_reasons(void **state) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    (void)state;
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        const catalog_resource *resource = resources[i];
        bool there = resource->always || (resource->list & CATALOG_CONVERSATIONS);
        expect(there || catalog_reason(resource, NULL, CATALOG_CONVERSATIONS), resource, "table", "no reason");
        for (size_t j = 0; j < resource->parameter_count && there; j++) {
            const catalog_parameter *each = &resource->parameters[j];
            bool written = false;
            for (size_t k = 0; k < resource->parameter_count; k++) {
                const catalog_parameter *other = &resource->parameters[k];
                bool same = strcmp(other->column, each->column) == 0 && same_text(other->leaf, each->leaf);
                written =
                    written || (same && (!(each->create & CATALOG_V2) || (other->create & CATALOG_CONVERSATIONS)) &&
                                (!(each->update & CATALOG_V2) || (other->update & CATALOG_CONVERSATIONS)));
            }
            char name[OPENAPI_TEXT_SIZE] = "";
            openapi_append(name, each->column);
            openapi_append(name, each->leaf ? "." : "");
            openapi_append(name, each->leaf ? each->leaf : "");
            bool of_v2 = ((each->create | each->update) & CATALOG_V2) != 0;
            expect(!of_v2 || written || catalog_reason(resource, name, CATALOG_CONVERSATIONS), resource, name,
                   "written by v2 and not here, without a reason");
        }
    }
    assert_int_equal(faults, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spec),
        cmocka_unit_test(test_lost),
        cmocka_unit_test(test_reasons),
    };
    if (!vendor_spec_find_or_skip()) {
        return 0;
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
