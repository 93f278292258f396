/*
** What the catalogue can say and no resource of Chat does: three ancestors, four filters (bounds among them, and ones that
** must be given), and resources of which a parent has exactly one. Invented ones show that plan, route and walk follow the
** data alone. The HTTP client is a fake.
*/
#include "catalog/generations.h"
#include "unit/fake_client.h"

#include "base/buffer.h"
#include "catalog/resources.h"
#include "plan/address.h"
#include "plan/plan.h"
#include "plan/plan_text.h"
#include "plan/sendable.h"
#include "read/route.h"
#include "read/walk.h"
#include "session/settings.h"
#include "unit/environment.h"
#include "unit/named.h"
#include "unit/write_draft.h"

#define DIGITS "0000000000000000000000000000000"
#define IS "IS" DIGITS
#define CH "CH" DIGITS
#define IM "IM" DIGITS

static const char *const states[] = {"open", "closed", NULL};

static const catalog_column talk_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_V1, 0, "SID"},
    {"service_sid", VALUE_TEXT, CATALOG_V1, COLUMN_PARENT, "SID of the service"},
    {"state", VALUE_TEXT, CATALOG_V1, 0, "open or closed"},
    {"identity", VALUE_TEXT, CATALOG_V1, 0, "who"},
    {"date_created", VALUE_TIME, CATALOG_V1, 0, "when"},
};

/* Calls one column and its list otherwise. */
static const catalog_word talk_words[] = {
    {"identity", "who", CATALOG_V1}, {"talks", "conversations", CATALOG_V1}, {NULL, NULL, 0}};

static const catalog_resource talks = {
    .name = "talks",
    .segment = "Talks",
    .list_key = "talks",
    .parent = &catalog_services,
    .parent_column = "service_sid",
    .key_column = "sid",
    .key_prefix = "CH",
    .list = CATALOG_V1,
    .fetch = CATALOG_V1,
    .page_max = {50},
    .filters = {{.column = "date_created", .parameter = "StartDate", .versions = CATALOG_V1, .comparison = FILTER_FROM},
                {.column = "date_created", .parameter = "EndDate", .versions = CATALOG_V1, .comparison = FILTER_UP_TO},
                {.column = "state",
                 .parameter = "State",
                 .versions = CATALOG_V1,
                 .accepted = states,
                 .complete = true,
                 .one_value = true},
                {.column = "identity", .parameter = "Identity", .versions = CATALOG_V1}},
    .list_query = "EndDate=9999-12-31T23:59:59Z",
    .typical_rows = 100,
    .columns = talk_columns,
    .column_count = CATALOG_COUNT(talk_columns),
    .words = talk_words,
};

static const catalog_column receipt_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_V1, 0, "SID"},
    {"service_sid", VALUE_TEXT, CATALOG_V1, COLUMN_PARENT, "SID of the service"},
    {"channel_sid", VALUE_TEXT, CATALOG_V1, COLUMN_PARENT, "SID of the channel"},
    {"message_sid", VALUE_TEXT, CATALOG_V1, COLUMN_PARENT, "SID of the message"},
};

static const catalog_resource receipts = {
    .name = "receipts",
    .segment = "Receipts",
    .list_key = "receipts",
    .parent = &catalog_messages,
    .parent_column = "message_sid",
    .key_column = "sid",
    .key_prefix = "DY",
    .list = CATALOG_V1,
    .fetch = CATALOG_V1,
    .page_max = {50},
    .typical_rows = 3,
    .columns = receipt_columns,
    .column_count = CATALOG_COUNT(receipt_columns),
};

static const catalog_column configuration_columns[] = {
    {"service_sid", VALUE_TEXT, CATALOG_V1, COLUMN_PARENT, "SID of the service"},
    {"reachability_enabled", VALUE_BOOLEAN, CATALOG_V1, 0, "whether it is on"},
};

static const catalog_parameter configuration_parameters[] = {
    {.name = "ReachabilityEnabled", .column = "reachability_enabled", .kind = VALUE_BOOLEAN, .update = CATALOG_V1}};

static const catalog_resource configurations = {
    .name = "configurations",
    .segment = "Configuration",
    .single = true,
    .parent = &catalog_services,
    .parent_column = "service_sid",
    .fetch = CATALOG_V1,
    .update = CATALOG_V1,
    .typical_rows = 1,
    .columns = configuration_columns,
    .column_count = CATALOG_COUNT(configuration_columns),
    .parameters = configuration_parameters,
    .parameter_count = CATALOG_COUNT(configuration_parameters),
};

/* Must be given an identity or a state. */
static catalog_resource demanding_of(void) {
    catalog_resource demanding = talks;
    demanding.filters[2].required = demanding.filters[3].required = CATALOG_V1;
    demanding.filters[2].accepted = NULL;
    return demanding;
}

static sqlite3 *db;
static connection *shared;

static int begin(void **state) {
    error problem = {0};
    (void)state;
    environment_clear();
    waits_left = -1;
    seen[0] = 0;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    shared = connection_open(db, &problem);
    return shared == NULL || reading_attach(shared) != SQLITE_OK || writing_attach(shared) != SQLITE_OK;
}

static int end(void **state) {
    (void)state;
    connection_release(shared);
    return sqlite3_close(db);
}

/* ---- plans ---- */

static plan plan_for(const catalog_resource *resource, const plan_term *terms, size_t count, char *text, size_t size) {
    plan made;
    buffer description;
    plan_question question = {.resource = resource, .version = CATALOG_V1, .terms = terms, .term_count = count};
    plan_make(&question, &made);
    buffer_init(&description, 1000);
    plan_text_describe(&question, &made, &description);
    snprintf(text, size, "%s", description.data);
    buffer_clear(&description);
    return made;
}

static plan_term term(const catalog_resource *resource, const char *column, plan_comparison comparison) {
    return (plan_term){
        .column = catalog_column_index(resource, column), .comparison = comparison, .usable = true, .binary = true};
}

static void test_plan_of_bounds(void **state) {
    char text[300];
    const plan_term terms[] = {term(&talks, "date_created", TERM_GREATER),
                               term(&talks, "date_created", TERM_LESS_EQUAL), term(&talks, "state", TERM_EQUAL),
                               term(&talks, "identity", TERM_EQUAL),
                               (plan_term){.column = -1, .comparison = TERM_LIMIT, .usable = true}};
    (void)state;
    plan made = plan_for(&talks, terms, 5, text, sizeof text);
    assert_string_equal(text, "GET Services/{each}/Talks StartDate={date_created} EndDate={date_created} State={state} "
                              "Identity={identity}");
    assert_int_equal(made.argument[SLOT_FILTER0], 0);
    assert_int_equal(made.argument[SLOT_FILTER1], 1);
    assert_int_equal(made.argument[SLOT_FILTER2], 2);
    assert_int_equal(made.argument[SLOT_FILTER3], 3);
    /* What equals the bound comes too, so LIMIT must not cut the page. */
    assert_false(made.exact);
    assert_true(plan_is_sound(&talks, made.number, 5));
    assert_false(made.unanswerable);
}

static void test_plan_of_three_parents(void **state) {
    char text[300];
    const plan_term terms[] = {term(&receipts, "message_sid", TERM_EQUAL), term(&receipts, "channel_sid", TERM_EQUAL)};
    (void)state;
    plan made = plan_for(&receipts, terms, 2, text, sizeof text);
    assert_string_equal(text, "GET Services/{each}/Channels/{channel_sid}/Messages/{message_sid}/Receipts");
    assert_int_equal(made.argument[SLOT_PARENT2], 0);
}

static void test_plan_of_a_single(void **state) {
    char text[300];
    const plan_term given = term(&configurations, "service_sid", TERM_EQUAL);
    (void)state;
    plan made = plan_for(&configurations, &given, 1, text, sizeof text);
    assert_string_equal(text, "GET Services/{service_sid}/Configuration");
    assert_int_equal(made.argument[SLOT_PARENT0], 0);
    assert_int_equal(made.argument[SLOT_KEY], -1);
}

static void test_plan_without_what_is_required(void **state) {
    char text[300];
    const catalog_resource demanding = demanding_of();
    plan_term given = term(&demanding, "identity", TERM_EQUAL);
    (void)state;
    assert_true(plan_for(&demanding, NULL, 0, text, sizeof text).unanswerable);
    assert_false(plan_for(&demanding, &given, 1, text, sizeof text).unanswerable);
    double answerable = plan_for(&demanding, &given, 1, text, sizeof text).cost;
    given.usable = false;
    plan made = plan_for(&demanding, &given, 1, text, sizeof text);
    assert_true(made.unanswerable);
    /* Any way that gives what is needed is taken before it, were it through a million rows of another table. */
    assert_true(made.cost > 1e6 * 1e6 * answerable);
    /* Nor is it switched off. */
    given.usable = true;
    const plan_question question = {
        .resource = &demanding, .version = CATALOG_V1, .terms = &given, .term_count = 1, .without = WITHOUT_FILTER};
    plan_make(&question, &made);
    assert_false(made.unanswerable);
}

/* ---- values ---- */

static void expect_sendable(plan_slot slot, const char *expression, sendable verdict) {
    sqlite3_value *value = write_draft_value(expression);
    assert_int_equal(sendable_check(&talks, slot, CATALOG_V1, value), verdict);
    sqlite3_value_free(value);
}

/* A bound is sent where it begins with a day: what it lets through is seen to by SQLite. */
static void test_bounds_that_may_be_sent(void **state) {
    (void)state;
    expect_sendable(SLOT_FILTER0, "'2026-01-31T08:09:10Z'", SENDABLE_YES);
    expect_sendable(SLOT_FILTER1, "'2026-01-31T08:09:10Z'", SENDABLE_YES);
    expect_sendable(SLOT_FILTER0, "'2026-01-31'", SENDABLE_YES);
    expect_sendable(SLOT_FILTER0, "'2026-01-31 08:09:10Z'", SENDABLE_YES);
    expect_sendable(SLOT_FILTER0, "'2024-02-29'", SENDABLE_YES);
    expect_sendable(SLOT_FILTER0, "'2000-02-29'", SENDABLE_YES);
    expect_sendable(SLOT_FILTER0, "'1970-12-01'", SENDABLE_YES);
    /* No day of the calendar, or one before the service's time: it may refuse them. */
    static const char *const others[] = {"'2026-02-29'", "'2100-02-29'", "'2026-04-31'", "'2026-00-10'",
                                         "'2026-13-10'", "'2026-01-00'", "'2026-01-32'", "'1969-12-31'",
                                         "'2026-01-3'",  "'2026-1-031'", "'2026/01/31'", "'202a-01-31'",
                                         "'2026-01/31'", "''",           "' 2026-01-31'"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        expect_sendable(SLOT_FILTER0, others[i], SENDABLE_NO);
    }
    expect_sendable(SLOT_FILTER1, "'x'", SENDABLE_NO);
    expect_sendable(SLOT_FILTER1, "x'00'", SENDABLE_NO); /* every text is below it */
    expect_sendable(SLOT_FILTER1, "5", SENDABLE_NO);
    expect_sendable(SLOT_FILTER1, "NULL", SENDABLE_NEVER);
    expect_sendable(SLOT_FILTER3, "x'00'", SENDABLE_NEVER);
}

/* Of values that are all there can be, another asks for nothing, and one in other letters is looked for. */
static void test_values_of_an_enumeration(void **state) {
    (void)state;
    expect_sendable(SLOT_FILTER2, "'open'", SENDABLE_YES);
    expect_sendable(SLOT_FILTER2, "'OPEN'", SENDABLE_NO);
    expect_sendable(SLOT_FILTER2, "'opens'", SENDABLE_NEVER);
    expect_sendable(SLOT_FILTER2, "''", SENDABLE_NEVER);
}

/* What a list must be given is asked for as it is: nothing else can be asked for instead. A number may be many texts. */
static void test_values_of_what_is_required(void **state) {
    const catalog_resource demanding = demanding_of();
    static const struct {
        const char *expression;
        sendable verdict;
    } values[] = {{"'a/b'", SENDABLE_YES},        {"' a'", SENDABLE_YES},    {"7", SENDABLE_NO},
                  {"''", SENDABLE_NEVER},         {"x'61'", SENDABLE_NEVER}, {"NULL", SENDABLE_NEVER},
                  {"'a' || char(0)", SENDABLE_NO}};
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        sqlite3_value *value = write_draft_value(values[i].expression);
        assert_int_equal(sendable_check(&demanding, SLOT_FILTER3, CATALOG_V1, value), values[i].verdict);
        sqlite3_value_free(value);
    }
}

static void test_addresses(void **state) {
    static const char single[] = "/Services/" IS "1/Configuration";
    static const char deep[] = "/Services/" IS "1/Channels/" CH "1/Messages/" IM "1/Receipts/DY" DIGITS "1";
    (void)state;
    assert_int_equal(address_classify(&configurations, single, strlen(single)), SID_CANONICAL);
    assert_int_equal(address_classify(&configurations, deep, strlen(deep)), SID_NO);
    assert_int_equal(address_classify(&receipts, deep, strlen(deep)), SID_CANONICAL);
    assert_memory_equal(address_parent(&receipts, deep, "message_sid").text, IM "1", SID_LENGTH);
    char *path = address_request(CATALOG_V2, single, "?x=1");
    assert_string_equal(path, "/v2/Services/" IS "1/Configuration?x=1");
    sqlite3_free(path);
}

/* ---- reading ---- */

static char asked_paths[4000];

static void serve(const client_request *asked, client_answer *answer) {
    char body[600];
    snprintf(asked_paths + strlen(asked_paths), sizeof asked_paths - strlen(asked_paths), "%s ", asked->path);
    const char *last = strrchr(asked->path, '/') + 1, *key = NULL;
    if (strncmp(last, "Services?", 9) == 0) {
        key = "services\":[{\"sid\":\"" IS "1\"},{\"sid\":\"" IS "2\"}]";
    } else if (strncmp(last, "Channels?", 9) == 0) {
        key = "channels\":[{\"sid\":\"" CH "1\"}]";
    } else if (strncmp(last, "Messages?", 9) == 0) {
        key = "messages\":[{\"sid\":\"" IM "1\",\"index\":0},{\"sid\":\"" IM "2\",\"index\":1}]";
    } else if (strncmp(last, "Receipts?", 9) == 0) {
        key = "receipts\":[{\"sid\":\"DY" DIGITS "1\"}]";
    } else if (strncmp(last, "Talks?", 6) == 0) {
        key = "conversations\":[{\"sid\":\"" CH "1\",\"who\":\"ann\"}]";
    }
    if (key) {
        snprintf(body, sizeof body, "{\"%s,\"meta\":{\"next_page_url\":null}}", key);
    } else { /* a single one tells what it hangs under */
        const char *service = strstr(asked->path, "/IS") + 1;
        snprintf(body, sizeof body, "{\"service_sid\":\"%.34s\",\"reachability_enabled\":true}", service);
    }
    set_body(answer, body);
}

/* The paths of all rows, and the cell of one column after "=". */
static const char *rows_of(const catalog_resource *resource, unsigned number, int count, sqlite3_value **values,
                           const char *column) {
    static char text[3000];
    error problem = {0};
    walk_plan way;
    route_lead lead;
    route_source source = {.resource = resource, .version = CATALOG_V1};
    memset(&way, 0, sizeof way);
    asked_paths[0] = text[0] = 0;
    answer_of = serve;
    look *view = look_open(shared);
    bool any = route_make(&source, number, count, values, &way, &lead, &problem);
    walk *rows = any ? walk_open(view, &way, &problem) : NULL;
    step_result result = rows ? STEP_BUSY : STEP_DONE;
    while (!error_is_set(&problem) && result != STEP_DONE) {
        result = walk_step(rows, &problem);
        if (result == STEP_ROW) {
            const feed *at = walk_feed(rows);
            char *path = feed_row_path(at, feed_row(at));
            const page_cell *cell =
                page_at(feed_page(at), feed_row(at), (size_t)catalog_column_index(resource, column));
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s=%s ", path,
                     cell->type == CELL_TEXT   ? page_text(feed_page(at), cell)
                     : cell->type == CELL_NULL ? "NULL"
                                               : "1");
            sqlite3_free(path);
        } else if (result == STEP_BUSY) {
            look_wait(view, &problem);
        }
    }
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s", problem.message ? problem.message : ".");
    walk_close(rows);
    walk_plan_clear(&way);
    look_close(view);
    error_clear(&problem);
    return text;
}

static void test_walk_over_three_levels(void **state) {
    (void)state;
    assert_string_equal(rows_of(&receipts, 0, 0, NULL, "channel_sid"),
                        "/Services/" IS "1/Channels/" CH "1/Messages/" IM "1/Receipts/DY" DIGITS "1=NULL "
                        "/Services/" IS "1/Channels/" CH "1/Messages/" IM "2/Receipts/DY" DIGITS "1=NULL "
                        "/Services/" IS "2/Channels/" CH "1/Messages/" IM "1/Receipts/DY" DIGITS "1=NULL "
                        "/Services/" IS "2/Channels/" CH "1/Messages/" IM "2/Receipts/DY" DIGITS "1=NULL .");
}

static void test_walk_over_singles(void **state) {
    (void)state;
    assert_string_equal(rows_of(&configurations, 0, 0, NULL, "reachability_enabled"),
                        "/Services/" IS "1/Configuration=1 /Services/" IS "2/Configuration=1 .");
    assert_string_equal(asked_paths, "/v1/Services?PageSize=100 /v1/Services/" IS "1/Configuration "
                                     "/v1/Services/" IS "2/Configuration ");
}

/* By its address it is one request. */
static void test_single_by_path(void **state) {
    sqlite3_value *path = write_draft_value("'/Services/" IS "2/Configuration'");
    (void)state;
    assert_string_equal(rows_of(&configurations, 1u << SLOT_PATH, 1, &path, "reachability_enabled"),
                        "/Services/" IS "2/Configuration=1 .");
    assert_string_equal(asked_paths, "/v1/Services/" IS "2/Configuration ");
    sqlite3_value_free(path);
}

/* Other words on the wire, and all four filters in the query. */
static void test_words_and_filters(void **state) {
    sqlite3_value *values[] = {write_draft_value("'" IS "1'"), write_draft_value("'2026-01-01T00:00:00Z'"),
                               write_draft_value("'2026-01-31T23:59:59Z'"), write_draft_value("'open'"),
                               write_draft_value("'ann'")};
    unsigned number =
        1u << SLOT_PARENT0 | 1u << SLOT_FILTER0 | 1u << SLOT_FILTER1 | 1u << SLOT_FILTER2 | 1u << SLOT_FILTER3;
    (void)state;
    assert_string_equal(rows_of(&talks, number, 5, values, "identity"), "/Services/" IS "1/Talks/" CH "1=ann .");
    assert_string_equal(asked_paths, "/v1/Services/" IS "1/Talks?StartDate=2026-01-01T00%3A00%3A00Z&"
                                     "EndDate=2026-01-31T23%3A59%3A59Z&State=open&Identity=ann&PageSize=50 ");
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        sqlite3_value_free(values[i]);
    }
}

/* What the talks' list was asked, its rows being of no interest. */
static const char *asked_of_talks(unsigned number, int count, const char *const *expressions) {
    sqlite3_value *values[4] = {NULL};
    for (int i = 0; i < count; i++) {
        values[i] = write_draft_value(expressions[i]);
    }
    rows_of(&talks, 1u << SLOT_PARENT0 | number, count, values, "identity");
    for (int i = 0; i < count; i++) {
        sqlite3_value_free(values[i]);
    }
    return asked_paths;
}

#define TALKS "/v1/Services/" IS "1/Talks?"
#define EQUAL_DAY (1u << (SLOT_FILTER0 + SLOT_COUNT)) /* as IS: what equals the value is bounded from both sides */

/* Bounds are sent as whole days; without one, the list's own order is asked for by a bound that holds for all. */
static void test_bounds_of_times(void **state) {
    (void)state;
    assert_string_equal(asked_of_talks(0, 1, (const char *[]){"'" IS "1'"}),
                        TALKS "EndDate=9999-12-31T23:59:59Z&PageSize=50 ");
    assert_string_equal(asked_of_talks(1u << SLOT_FILTER0, 2, (const char *[]){"'" IS "1'", "'2026-01-31T08:09:10Z'"}),
                        TALKS "StartDate=2026-01-31T00%3A00%3A00Z&EndDate=9999-12-31T23:59:59Z&PageSize=50 ");
    assert_string_equal(asked_of_talks(1u << SLOT_FILTER1, 2, (const char *[]){"'" IS "1'", "'2026-01-31'"}),
                        TALKS "EndDate=2026-01-31T23%3A59%3A59Z&PageSize=50 ");
    assert_string_equal(asked_of_talks(EQUAL_DAY, 2, (const char *[]){"'" IS "1'", "'2026-01-31T08:09:10Z'"}),
                        TALKS "StartDate=2026-01-31T00%3A00%3A00Z&EndDate=2026-01-31T23%3A59%3A59Z&PageSize=50 ");
    /* The narrower of two upper bounds, and a state beside them. */
    assert_string_equal(asked_of_talks(EQUAL_DAY | 1u << SLOT_FILTER1, 3,
                                       (const char *[]){"'" IS "1'", "'2026-01-31T08:09:10Z'", "'2026-03-01'"}),
                        TALKS "StartDate=2026-01-31T00%3A00%3A00Z&EndDate=2026-01-31T23%3A59%3A59Z&PageSize=50 ");
    assert_string_equal(asked_of_talks(1u << SLOT_FILTER2, 2, (const char *[]){"'" IS "1'", "'closed'"}),
                        TALKS "State=closed&EndDate=9999-12-31T23:59:59Z&PageSize=50 ");
}

/* What cannot be asks for nothing; what is no day is left to SQLite. */
static void test_bounds_that_exclude_all(void **state) {
    (void)state;
    assert_string_equal(
        asked_of_talks(1u << SLOT_FILTER0 | 1u << SLOT_FILTER1, 3,
                       (const char *[]){"'" IS "1'", "'2026-01-31T08:00:00Z'", "'2026-01-31T07:00:00Z'"}),
        "");
    assert_string_equal(asked_of_talks(EQUAL_DAY | 1u << SLOT_FILTER1, 3,
                                       (const char *[]){"'" IS "1'", "'2026-01-31T08:00:00Z'", "'2026-01-31'"}),
                        "");
    assert_string_equal(asked_of_talks(1u << SLOT_FILTER2, 2, (const char *[]){"'" IS "1'", "'archived'"}), "");
    assert_string_equal(asked_of_talks(1u << SLOT_FILTER0, 2, (const char *[]){"'" IS "1'", "'yesterday'"}),
                        TALKS "EndDate=9999-12-31T23:59:59Z&PageSize=50 ");
}

static void test_plan_of_a_day(void **state) {
    char text[300];
    plan_term equal = term(&talks, "date_created", TERM_EQUAL);
    (void)state;
    plan made = plan_for(&talks, &equal, 1, text, sizeof text);
    assert_string_equal(text, "GET Services/{each}/Talks StartDate={date_created} EndDate={date_created}");
    assert_int_equal(made.number, EQUAL_DAY);
    assert_true(plan_is_sound(&talks, made.number, 1));
    equal.comparison = TERM_IS;
    assert_int_equal(plan_for(&talks, &equal, 1, text, sizeof text).number, EQUAL_DAY);
    equal = term(&talks, "date_created", TERM_EQUAL);
    equal.in = true;
    assert_int_equal(plan_for(&talks, &equal, 1, text, sizeof text).number, 0);
    assert_string_equal(text, "GET Services/{each}/Talks EndDate=9999-12-31T23:59:59Z; checked here: date_created");
    equal = term(&talks, "state", TERM_EQUAL);
    plan_for(&talks, &equal, 1, text, sizeof text);
    assert_string_equal(text, "GET Services/{each}/Talks State={state} EndDate=9999-12-31T23:59:59Z");
}

/* Of two of which exactly one must be given, the first: SQLite checks the other. */
static void test_plan_of_what_is_required(void **state) {
    char text[300];
    const catalog_resource demanding = demanding_of();
    const plan_term terms[] = {term(&demanding, "identity", TERM_EQUAL), term(&demanding, "state", TERM_EQUAL)};
    (void)state;
    plan made = plan_for(&demanding, terms, 2, text, sizeof text);
    assert_string_equal(text, "GET Services/{each}/Talks State={state} EndDate=9999-12-31T23:59:59Z; checked here: "
                              "identity");
    assert_int_equal(made.argument[SLOT_FILTER3], -1);
}

static void test_read_without_what_is_required(void **state) {
    const catalog_resource demanding = demanding_of();
    sqlite3_value *value = write_draft_value("'ann'");
    (void)state;
    assert_string_equal(rows_of(&demanding, 0, 0, NULL, "identity"),
                        "talks: the API lists these by one value only: give state = ... or identity = ..., in WHERE or "
                        "by a join");
    assert_string_equal(asked_paths, "");
    assert_string_equal(rows_of(&demanding, 1u << SLOT_FILTER3, 1, &value, "identity"),
                        "/Services/" IS "1/Talks/" CH "1=ann /Services/" IS "2/Talks/" CH "1=ann .");
    sqlite3_value_free(value);
}

/* ---- writing ---- */

static void test_update_of_a_single(void **state) {
    error problem = {0};
    write_draft draft;
    memset(&draft, 0, sizeof draft);
    draft.values[0] = write_draft_value("'" IS "1'");
    draft.values[1] = write_draft_value("0");
    draft.values[2] = write_draft_value("'/Services/" IS "1/Configuration'");
    draft.row = (write_row){.shared = shared,
                            .resource = &configurations,
                            .version = CATALOG_V1,
                            .owner = shared,
                            .conflict = SQLITE_ABORT,
                            .values = draft.values,
                            .told = true,
                            .path = "/Services/" IS "1/Configuration"};
    write_draft_read(&draft, "{\"service_sid\":\"" IS "1\",\"reachability_enabled\":true}");
    (void)state;
    write_row_update(&draft.row, &problem);
    assert_false(error_is_set(&problem));
    const write_queue *queue = &writing_of(shared)->queue;
    assert_int_equal(queue->count, 1);
    assert_string_equal(queue->entries[0]->path, "/v1/Services/" IS "1/Configuration");
    assert_string_equal(queue->entries[0]->lane, "/Services/" IS "1");
    assert_string_equal(queue->entries[0]->body, "ReachabilityEnabled=false");
    assert_null(queue->entries[0]->sid);
    write_row_insert(&draft.row, &problem);
    assert_int_equal(problem.rc, SQLITE_READONLY);
    error_clear(&problem);
    write_row_delete(&draft.row, &problem);
    assert_int_equal(problem.rc, SQLITE_READONLY);
    error_clear(&problem);
    write_draft_end(&draft);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plan_of_bounds),
        cmocka_unit_test(test_plan_of_three_parents),
        cmocka_unit_test(test_plan_of_a_single),
        cmocka_unit_test(test_plan_without_what_is_required),
        cmocka_unit_test(test_bounds_that_may_be_sent),
        cmocka_unit_test(test_values_of_an_enumeration),
        cmocka_unit_test(test_values_of_what_is_required),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test_setup_teardown(test_walk_over_three_levels, begin, end),
        cmocka_unit_test_setup_teardown(test_walk_over_singles, begin, end),
        cmocka_unit_test_setup_teardown(test_single_by_path, begin, end),
        cmocka_unit_test_setup_teardown(test_words_and_filters, begin, end),
        cmocka_unit_test(test_plan_of_a_day),
        cmocka_unit_test(test_plan_of_what_is_required),
        cmocka_unit_test_setup_teardown(test_bounds_of_times, begin, end),
        cmocka_unit_test_setup_teardown(test_bounds_that_exclude_all, begin, end),
        cmocka_unit_test_setup_teardown(test_read_without_what_is_required, begin, end),
        cmocka_unit_test_setup_teardown(test_update_of_a_single, begin, end),
    };
    write_draft_open_database();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    write_draft_close_database();
    return failed;
}
