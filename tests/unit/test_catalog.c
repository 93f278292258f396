/*
** The catalogue holds together: what the rest of the code takes for granted about it, without looking at any source of
** the facts. test_catalog_spec.c compares it with the vendor's specs.
**
** Each test goes over all resources and reports every fault it meets, not only the first: adding a resource badly
** should take one run to see, not ten.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <string.h>

#include "catalog/catalog.h"
#include "catalog/generations.h"
#include "unit/named.h"

/* Faults that the running test has found. */
static int faults;

/* Counts a fault of one entry and says which, if the condition does not hold. */
static void expect(bool holds, const catalog_resource *resource, const char *entry, const char *complaint) {
    if (!holds) {
        print_message("# %s.%s: %s\n", resource->name, entry, complaint);
        faults++;
    }
}

/* Runs a check on every resource and fails the test if any complained. */
static void for_each_resource(void (*check)(const catalog_resource *)) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        check(resources[i]);
    }
    assert_int_equal(faults, 0);
}

static bool is_subset(unsigned part, unsigned whole) {
    return (part & ~whole) == 0;
}

static bool has_text(const char *text) {
    return text != NULL && text[0] != '\0';
}

static const catalog_column *find_column(const catalog_resource *resource, const char *name) {
    int index = catalog_column_index(resource, name);
    return index < 0 ? NULL : &resource->columns[index];
}

/* Versions in which a resource exists at all: an object that can be neither listed nor changed is not in a version. */
static unsigned versions_of(const catalog_resource *resource) {
    return resource->list | resource->fetch | resource->create | resource->update | resource->remove;
}

/* --- resources ---------------------------------------------------------------------------------------------------- */

static void test_every_table_is_there(void **state) {
    static const char *const names[] = {
        "services",
        "channels",
        "messages",
        "members",
        "invites",
        "roles",
        "users",
        "user_channels",
        "credentials",
        "bindings",
        "user_bindings",
        "channel_webhooks",
        "conversation_services",
        "conversations",
        "conversation_messages",
        "delivery_receipts",
        "participants",
        "conversation_webhooks",
        "conversation_roles",
        "conversation_users",
        "user_conversations",
        "participant_conversations",
        "conversation_bindings",
        "service_configurations",
        "service_notifications",
        "service_webhooks",
        "conversation_credentials",
        "address_configurations",
        "account_configuration",
        "account_webhooks",
        "media",
    };
    (void)state;
    size_t count = 0;
    catalog_resources(&count);
    assert_int_equal(count, sizeof(names) / sizeof(names[0]));
    for (size_t i = 0; i < count; i++) {
        const catalog_resource *resource = named_resource(names[i]);
        assert_non_null(resource);
        assert_string_equal(resource->name, names[i]);
    }
}

static void test_names_are_unique(void **state) {
    (void)state;
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(named_resource(resources[i]->name), resources[i]);
    }
}

static void test_parents_come_first(void **state) {
    (void)state;
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        bool found = resources[i]->parent == NULL;
        for (size_t j = 0; j < i && !found; j++) {
            found = resources[j] == resources[i]->parent;
        }
        assert_true(found);
    }
}

static void test_depth(void **state) {
    (void)state;
    assert_int_equal(catalog_depth(named_resource("services")), 0);
    assert_int_equal(catalog_depth(named_resource("credentials")), 0);
    assert_int_equal(catalog_depth(named_resource("channels")), 1);
    assert_int_equal(catalog_depth(named_resource("bindings")), 1);
    assert_int_equal(catalog_depth(named_resource("messages")), 2);
    assert_int_equal(catalog_depth(named_resource("user_channels")), 2);
    assert_int_equal(catalog_depth(named_resource("channel_webhooks")), 2);
    assert_int_equal(catalog_depth(named_resource("account_configuration")), 0);
    assert_int_equal(catalog_depth(named_resource("service_webhooks")), 1);
    assert_int_equal(catalog_depth(named_resource("delivery_receipts")), 3);
}

static void check_place(const catalog_resource *resource) {
    expect(has_text(resource->segment), resource, "segment", "empty");
    expect(has_text(resource->list_key) != resource->single, resource, "list_key", "empty, or of a single one");
    expect(has_text(resource->description), resource, "description", "empty");
    expect(catalog_depth(resource) <= CATALOG_MAX_PARENTS, resource, "parent", "too deep");
    expect((resource->parent == NULL) == (resource->parent_column == NULL), resource, "parent_column",
           "must go with the parent");
    const char *prefix = resource->key_prefix;
    expect((prefix == NULL) == resource->single && (resource->key_column == NULL) == resource->single, resource,
           "key_column", "a single one has none, all others have");
    expect(resource->single || find_column(resource, resource->key_column) != NULL, resource, "key_column",
           "not a column");
    expect(prefix == NULL ||
               (strlen(prefix) == 2 && isupper((unsigned char)prefix[0]) && isupper((unsigned char)prefix[1])),
           resource, "key_prefix", "not two capital letters");
    expect(resource->typical_rows >= 1, resource, "typical_rows", "below 1");
}

static void test_resources_have_a_place(void **state) {
    (void)state;
    for_each_resource(check_place);
}

/* A row must carry the SIDs of all its ancestors: they make its path, and users join on them. */
static void check_ancestors(const catalog_resource *resource) {
    unsigned flagged = 0;
    for (const catalog_resource *child = resource; child->parent != NULL; child = child->parent) {
        const catalog_column *column = find_column(resource, child->parent_column);
        expect(column != NULL, resource, child->parent_column, "missing, although it is an ancestor's SID");
        expect(column != NULL && (column->flags & COLUMN_PARENT), resource, child->parent_column, "not COLUMN_PARENT");
        expect(strcmp(child->parent->key_column, "sid") == 0, resource, "parent", "its key is no SID");
    }
    for (size_t i = 0; i < resource->column_count; i++) {
        flagged += (resource->columns[i].flags & COLUMN_PARENT) != 0;
    }
    expect(flagged == (unsigned)catalog_depth(resource), resource, "columns", "COLUMN_PARENT without such a parent");
}

static void test_ancestors_are_columns(void **state) {
    (void)state;
    for_each_resource(check_ancestors);
}

/* What has no list is asked for row by row; its bytes, if any, have a size and are no column that could be filtered by. */
static void check_unlisted(const catalog_resource *resource) {
    unsigned version = resource->always;
    if (version && catalog_is_unlisted(resource, version)) {
        expect(resource->fetch == version && !catalog_page_max(resource, version), resource, "list",
               "a list after all");
        expect(resource->key_column && resource->parent_column, resource, "key_column", "no address without them");
    }
    for (size_t i = 0; i < resource->column_count; i++) {
        bool bytes = resource->columns[i].kind == VALUE_BYTES;
        expect(!bytes || !resource->list, resource, resource->columns[i].name, "bytes in a list");
    }
    expect(!resource->counted_by ||
               catalog_counts(resource->parent) >> catalog_column_index(resource->parent, resource->counted_by) & 1,
           resource, "counted_by", "no such column");
    expect(!resource->size_column || catalog_column_index(resource, resource->size_column) >= 0, resource,
           "size_column", "no such column");
}

static void test_what_has_no_list(void **state) {
    (void)state;
    for_each_resource(check_unlisted);
    assert_true(catalog_is_unlisted(named_resource("media"), CATALOG_MEDIA));
    assert_false(catalog_is_unlisted(named_resource("channels"), CATALOG_V1));
    assert_false(catalog_is_unlisted(named_resource("service_webhooks"), CATALOG_CONVERSATIONS));
}

static void check_operations(const catalog_resource *resource) {
    expect(is_subset(versions_of(resource), CATALOG_ALL_VERSIONS | CATALOG_CONVERSATIONS | CATALOG_MEDIA), resource,
           "list", "unknown version");
    expect(catalog_readable(resource) != 0, resource, "list", "cannot be read anywhere");
    expect(!resource->single || (resource->list | resource->create | resource->remove) == 0, resource, "list",
           "of a single one");
    expect(resource->always == 0 || versions_of(resource) == resource->always, resource, "always", "in others too");
    expect(is_subset(resource->webhooks_create, resource->create), resource, "webhooks_create", "without create");
    expect(is_subset(resource->webhooks_update, resource->update), resource, "webhooks_update", "without update");
    expect(is_subset(resource->webhooks_remove, resource->remove), resource, "webhooks_remove", "without remove");
    expect((resource->parameters == NULL) == ((resource->create | resource->update) == 0), resource, "parameters",
           "must go with create or update");
}

static void test_operations_agree(void **state) {
    (void)state;
    for_each_resource(check_operations);
}

static void check_page_maxima(const catalog_resource *resource) {
    static const unsigned versions[] = {CATALOG_V1, CATALOG_V2, CATALOG_V3, CATALOG_CONVERSATIONS};
    for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
        int maximum = catalog_page_max(resource, versions[i]);
        expect((maximum > 0) == ((resource->list & versions[i]) != 0), resource,
               catalog_versions_text(versions[i], (char[CATALOG_VERSIONS_SIZE]){0}),
               "page maximum and list must go together");
    }
}

static void test_page_maxima(void **state) {
    (void)state;
    for_each_resource(check_page_maxima);
    assert_int_equal(catalog_page_max(named_resource("services"), CATALOG_V1), 100);
    assert_int_equal(catalog_page_max(named_resource("channels"), CATALOG_V1), 1000);
    assert_int_equal(catalog_page_max(named_resource("channels"), CATALOG_V2), 100);
    assert_int_equal(catalog_page_max(named_resource("channels"), CATALOG_V3), 0);
    assert_int_equal(catalog_page_max(named_resource("bindings"), CATALOG_V1), 0);
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

static void check_column(const catalog_resource *resource, size_t position) {
    const catalog_column *column = &resource->columns[position];
    /* The first of a name is found, so a second one shows. */
    expect(catalog_column_index(resource, column->name) == (int)position, resource, column->name, "declared twice");
    expect(strcmp(column->name, "path") != 0, resource, column->name, "the table layer's own column");
    expect(has_text(column->description), resource, column->name, "no description");
    expect(is_subset(column->versions, versions_of(resource)), resource, column->name,
           "in a version without the table");
    bool is_write_only = (column->flags & COLUMN_WRITE_ONLY) != 0;
    expect(is_write_only == (column->versions == 0), resource, column->name, "write-only must mean in no response");
    expect(!(column->flags & COLUMN_LIST_HIDES) || resource->fetch != 0, resource, column->name,
           "hidden in lists, with no single resource to tell it");
    /* Of Chat: in Conversations they are in lists as well. */
    bool hidden = (column->flags & COLUMN_LIST_HIDES) || resource->always == CATALOG_CONVERSATIONS;
    expect(column->kind != VALUE_JSON_TEXT || hidden, resource, column->name, "attributes that lists would show");
}

static void check_columns(const catalog_resource *resource) {
    expect(resource->column_count > 0, resource, "columns", "none");
    for (size_t i = 0; i < resource->column_count; i++) {
        check_column(resource, i);
    }
}

static void test_columns(void **state) {
    (void)state;
    for_each_resource(check_columns);
}

static void test_column_index(void **state) {
    (void)state;
    const catalog_resource *messages = named_resource("messages");
    assert_int_equal(catalog_column_index(messages, "sid"), 0);
    assert_int_equal(catalog_column_index(messages, "unique_name"), -1);
    assert_int_equal(catalog_column_index(messages, "SID"), -1);
    assert_int_equal(catalog_column_index(messages, ""), -1);
    assert_int_equal(catalog_column_index(messages, NULL), -1);
}

/* --- what lists and paths take ------------------------------------------------------------------------------------ */

static void check_names_and_order(const catalog_resource *resource) {
    expect((resource->name_column == NULL) == (resource->name_versions == 0), resource, "name_versions",
           "must go with name_column");
    expect(is_subset(resource->name_versions, resource->fetch), resource, "name_versions", "without fetch");
    expect(is_subset(resource->name_writes, resource->name_versions), resource, "name_writes", "without name_versions");
    expect(resource->name_column == NULL || find_column(resource, resource->name_column) != NULL, resource,
           "name_column", "not a column");
    expect((resource->order_column == NULL) == (resource->order_parameter == NULL), resource, "order_parameter",
           "must go with order_column");
    expect(resource->order_column == NULL || find_column(resource, resource->order_column) != NULL, resource,
           "order_column", "not a column");
}

static void test_names_and_order(void **state) {
    (void)state;
    for_each_resource(check_names_and_order);
}

/* Whether what every list sends is about this filter, so that the filter can take its place. */
static bool is_in_list_query(const catalog_resource *resource, const catalog_filter *filter) {
    if (resource->list_query == NULL) {
        return true;
    }
    size_t length = strlen(filter->parameter);
    return strncmp(resource->list_query, filter->parameter, length) == 0 && resource->list_query[length] == '=';
}

static void check_filters(const catalog_resource *resource) {
    bool ended = false;
    bool query_is_a_filter = resource->list_query == NULL;
    for (size_t i = 0; i < CATALOG_MAX_FILTERS; i++) {
        const catalog_filter *filter = &resource->filters[i];
        if (filter->column == NULL) {
            ended = true;
            continue;
        }
        expect(!ended, resource, filter->column, "a filter behind an unused one");
        expect(find_column(resource, filter->column) != NULL, resource, filter->column, "filters no column");
        expect(has_text(filter->parameter), resource, filter->column, "no parameter");
        expect(filter->versions != 0 && is_subset(filter->versions, resource->list), resource, filter->column,
               "in versions without a list");
        expect(filter->accepted == NULL || filter->accepted[0] != NULL, resource, filter->column, "accepts nothing");
        query_is_a_filter = query_is_a_filter || is_in_list_query(resource, filter);
    }
    expect(query_is_a_filter, resource, "list_query", "on a parameter that is no filter");
}

static void test_filters(void **state) {
    (void)state;
    for_each_resource(check_filters);
}

static void check_taken(const catalog_resource *resource) {
    for (const catalog_taken *taken = resource->taken; taken && taken->column; taken++) {
        bool given = false;
        for (size_t i = 0; i < resource->parameter_count; i++) {
            given = given || strcmp(resource->parameters[i].column, taken->column) == 0;
        }
        expect(given, resource, taken->column, "taken, but no parameter gives it");
        expect(taken->code / 1000 == 50, resource, taken->column, "taken, by a code that is not Chat's");
    }
}

/* What a client calls a row by it can find taken. */
static void test_taken(void **state) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    (void)state;
    for_each_resource(check_taken);
    for (size_t i = 0; i < count; i++) {
        bool found = !resources[i]->name_column || !resources[i]->create;
        for (const catalog_taken *taken = resources[i]->taken; taken && taken->column && !found; taken++) {
            found = strcmp(taken->column, resources[i]->name_column) == 0;
        }
        expect(found, resources[i], "name_column", "of which no code says that it is taken");
    }
}

/* Facts of the product pages that no spec states in a form that a program can read. */
static void test_facts_of_the_pages(void **state) {
    (void)state;
    const catalog_resource *channels = named_resource("channels");
    const catalog_resource *users = named_resource("users");
    assert_string_equal(channels->name_column, "unique_name");
    assert_int_equal(channels->name_versions, CATALOG_SINCE_V1);
    assert_string_equal(channels->list_query, "Type=public&Type=private");
    assert_string_equal(users->name_column, "identity");
    assert_int_equal(users->name_versions, CATALOG_SINCE_V2);
    assert_true(find_column(users, "is_online")->flags & COLUMN_LIST_HIDES);
    assert_true(find_column(users, "is_notifiable")->flags & COLUMN_LIST_HIDES);
    assert_string_equal(named_resource("messages")->order_column, "index");
}

static void test_facts_of_conversations(void **state) {
    (void)state;
    const catalog_resource *conversations = named_resource("conversations");
    assert_string_equal(conversations->name_column, "unique_name");
    assert_string_equal(conversations->list_query, "EndDate=9999-12-31T23:59:59Z");
    assert_string_equal(conversations->create_with.column, "participants");
    assert_string_equal(named_resource("conversation_users")->name_column, "identity");
    assert_string_equal(named_resource("address_configurations")->name_column, "address");
    assert_string_equal(named_resource("participants")->name_column, "identity");
    assert_int_equal(named_resource("participants")->name_writes, 0);
    assert_string_equal(named_resource("conversation_messages")->order_column, "index");
    assert_string_equal(
        catalog_json_name(named_resource("participant_conversations"), "address", CATALOG_CONVERSATIONS),
        "participant_messaging_binding.address");
}

static void test_of_service(void **state) {
    (void)state;
    assert_true(catalog_is_of_service(named_resource("services")));
    assert_true(catalog_is_of_service(named_resource("messages")));
    assert_true(catalog_is_of_service(named_resource("service_webhooks")));
    assert_false(catalog_is_of_service(named_resource("credentials")));
    assert_false(catalog_is_of_service(named_resource("account_webhooks")));
}

/* --- what writes take --------------------------------------------------------------------------------------------- */

static bool same_text(const char *left, const char *right) {
    return left == right || (left != NULL && right != NULL && strcmp(left, right) == 0);
}

/* Is each row for one of the two alone? */
static bool is_for_other_rows(const catalog_parameter *parameter, const catalog_parameter *other) {
    return same_text(parameter->where.column, other->where.column) &&
           same_text(parameter->where.value, other->where.value) && parameter->where.other != other->where.other;
}

/* Two parameters must differ in name and in what they read, or the same value would go out twice. */
static void check_not_repeated(const catalog_resource *resource, size_t position) {
    const catalog_parameter *parameter = &resource->parameters[position];
    for (size_t i = 0; i < position; i++) {
        const catalog_parameter *other = &resource->parameters[i];
        if (!((parameter->create & other->create) | (parameter->update & other->update))) {
            continue; /* no call takes both */
        }
        /* What other versions call otherwise a create may take by either name. */
        bool other_leaf =
            !(parameter->update & other->update) && parameter->repeated && !same_text(parameter->leaf, other->leaf);
        expect(other_leaf || strcmp(parameter->name, other->name) != 0, resource, parameter->name, "declared twice");
        bool same_source = strcmp(parameter->column, other->column) == 0 &&
                           (same_text(parameter->leaf, other->leaf) || parameter->leaf == NULL || other->leaf == NULL);
        same_source = same_source && !is_for_other_rows(parameter, other);
        expect(!same_source, resource, parameter->name, "reads what another parameter reads");
    }
}

static void check_parameter_source(const catalog_resource *resource, const catalog_parameter *parameter) {
    const catalog_column *column = find_column(resource, parameter->column);
    expect(column != NULL, resource, parameter->name, "from no column");
    if (column == NULL) {
        return;
    }
    bool takes_json = parameter->leaf != NULL || parameter->repeated;
    expect(takes_json == (column->kind == VALUE_JSON), resource, parameter->name,
           "a leaf or an array must come from a JSON column, and nothing else may");
    expect(parameter->kind != VALUE_JSON, resource, parameter->name, "forms have no JSON objects");
    expect(!(column->flags & COLUMN_PARENT), resource, parameter->name, "sets a parent, which the path does");
}

static void check_parameter_masks(const catalog_resource *resource, const catalog_parameter *parameter) {
    expect((parameter->create | parameter->update) != 0, resource, parameter->name, "in no operation");
    expect(is_subset(parameter->create, resource->create), resource, parameter->name, "in a create that is not");
    expect(is_subset(parameter->update, resource->update), resource, parameter->name, "in an update that is not");
    expect(is_subset(parameter->create_required, parameter->create), resource, parameter->name,
           "required but not taken by create");
    expect(is_subset(parameter->update_required, parameter->update), resource, parameter->name,
           "required but not taken by update");
    expect(parameter->accepted == NULL || parameter->accepted[0] != NULL, resource, parameter->name, "accepts nothing");
}

static void check_parameters(const catalog_resource *resource) {
    for (size_t i = 0; i < resource->parameter_count; i++) {
        check_not_repeated(resource, i);
        check_parameter_source(resource, &resource->parameters[i]);
        check_parameter_masks(resource, &resource->parameters[i]);
    }
}

static void test_parameters(void **state) {
    (void)state;
    for_each_resource(check_parameters);
}

/* A write-only column that no parameter reads would be of no use. */
static void check_write_only(const catalog_resource *resource) {
    for (size_t i = 0; i < resource->column_count; i++) {
        const catalog_column *column = &resource->columns[i];
        bool is_read = (column->flags & COLUMN_WRITE_ONLY) == 0;
        for (size_t j = 0; j < resource->parameter_count && !is_read; j++) {
            is_read = strcmp(resource->parameters[j].column, column->name) == 0;
        }
        expect(is_read, resource, column->name, "write-only, but no parameter sends it");
    }
}

static void test_write_only_columns(void **state) {
    (void)state;
    for_each_resource(check_write_only);
}

static void test_versions_text(void **state) {
    (void)state;
    assert_string_equal(catalog_versions_text(CATALOG_V1, (char[CATALOG_VERSIONS_SIZE]){0}), "v1");
    assert_string_equal(catalog_versions_text(CATALOG_V2, (char[CATALOG_VERSIONS_SIZE]){0}), "v2");
    assert_string_equal(catalog_versions_text(CATALOG_V3, (char[CATALOG_VERSIONS_SIZE]){0}), "v3");
    assert_string_equal(catalog_versions_text(CATALOG_V1_V2, (char[CATALOG_VERSIONS_SIZE]){0}), "v1 and v2");
    assert_string_equal(catalog_versions_text(CATALOG_V1 | CATALOG_V3, (char[CATALOG_VERSIONS_SIZE]){0}), "v1 and v3");
    assert_string_equal(catalog_versions_text(CATALOG_V2 | CATALOG_V3, (char[CATALOG_VERSIONS_SIZE]){0}), "v2 and v3");
    assert_string_equal(catalog_versions_text(CATALOG_V1_V2 | CATALOG_V3, (char[CATALOG_VERSIONS_SIZE]){0}),
                        "v1, v2 and v3");
    assert_string_equal(catalog_versions_text(0, (char[CATALOG_VERSIONS_SIZE]){0}), "no version");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_table_is_there),
        cmocka_unit_test(test_names_are_unique),
        cmocka_unit_test(test_parents_come_first),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_resources_have_a_place),
        cmocka_unit_test(test_ancestors_are_columns),
        cmocka_unit_test(test_what_has_no_list),
        cmocka_unit_test(test_operations_agree),
        cmocka_unit_test(test_page_maxima),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_column_index),
        cmocka_unit_test(test_names_and_order),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_taken),
        cmocka_unit_test(test_facts_of_the_pages),
        cmocka_unit_test(test_facts_of_conversations),
        cmocka_unit_test(test_of_service),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_write_only_columns),
        cmocka_unit_test(test_versions_text),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
