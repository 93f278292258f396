/* Requests on a list, and its pages: see bound.h. */
#include "bound.h"

#include "tables.h"
#include "value.h"

#include <stdio.h>
#include <string.h>

/* Its name in Conversations, where Chat's tables of the version "migrated" are read. */
static const char *const bound_names[][2] = {{"Channels", "Conversations"}, {"Members", "Participants"}};

/* Adds a segment of a path. */
static void bound_add_segment(sqlite3_str *out, const char *segment, size_t length) {
    for (size_t i = 0; i < sizeof bound_names / sizeof bound_names[0]; i++) {
        if (strlen(bound_names[i][0]) == length && memcmp(bound_names[i][0], segment, length) == 0) {
            segment = bound_names[i][1];
            length = strlen(segment);
        }
    }
    sqlite3_str_appendf(out, "/%.*s", (int)length, segment);
}

/* bound_list(path): the list that the path, without the version, is of or in. Names and keys take turns. */
static void bound_list(sqlite3_context *context, int count, sqlite3_value **values) {
    static const char addresses[] = "/Configuration/Addresses";
    const char *path = (const char *)sqlite3_value_text(values[0]);
    sqlite3_str *out = sqlite3_str_new(NULL);
    (void)count;
    path = path == NULL ? "" : path;
    if (strncmp(path, addresses, strlen(addresses)) == 0) {
        sqlite3_str_appendall(out, addresses);
        path = "";
    }
    for (const char *at = path; *at == '/';) {
        size_t name = strcspn(at + 1, "/?");
        const char *key = at + 1 + name;
        bound_add_segment(out, at + 1, name);
        if (*key != '/') {
            break;
        }
        size_t length = strcspn(key + 1, "/?");
        at = key + 1 + length;
        if (*at != '/') {
            break;
        }
        sqlite3_str_appendf(out, "/%.*s", (int)length, key + 1);
    }
    sqlite3_result_text(context, sqlite3_str_finish(out), -1, sqlite3_free);
}

/* bound_tail(path): what was asked for in the list: a key, or a query. */
static void bound_tail(sqlite3_context *context, int count, sqlite3_value **values) {
    const char *path = (const char *)sqlite3_value_text(values[0]);
    (void)count;
    path = path == NULL ? "" : path;
    const char *query = strchr(path, '?'), *key = strrchr(path, '/');
    sqlite3_result_text(context, query != NULL ? query : key != NULL ? key : path, -1, SQLITE_TRANSIENT);
}

/* Adds a parameter of a query, but for what may be encoded: the server's own addresses are so otherwise than ours. */
static void bound_add_parameter(sqlite3_str *out, const char *parameter, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (parameter[i] == '%') {
            i += 2;
        } else if (parameter[i] != ':') {
            sqlite3_str_appendchar(out, 1, parameter[i]);
        }
    }
    sqlite3_str_appendchar(out, 1, '&');
}

/* bound_filter(path, values): by which parameters a list was filtered, without or with their values. */
static void bound_filter(sqlite3_context *context, int count, sqlite3_value **values) {
    static const char *const others[] = {"Page=", "PageToken=", "PageSize=", "Order="};
    const char *path = (const char *)sqlite3_value_text(values[0]), *query = path == NULL ? NULL : strchr(path, '?');
    bool whole = sqlite3_value_int(values[1]) != 0;
    sqlite3_str *out = sqlite3_str_new(NULL);
    (void)count;
    while (query != NULL) {
        size_t length = strcspn(++query, "&");
        bool filter = true;
        for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
            filter = filter && strncmp(query, others[i], strlen(others[i])) != 0;
        }
        if (filter) {
            bound_add_parameter(out, query, whole ? length : strcspn(query, "=&"));
        }
        query = query[length] == '&' ? query + length : NULL;
    }
    sqlite3_result_text(context, sqlite3_str_finish(out), -1, sqlite3_free);
}

static bool bound_run(sqlite3 *db, char *sql) {
    char *message = NULL;
    bool done = sql != NULL && sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK;
    if (!done) {
        printf("# bound: %s: %s\n", sql, message);
    }
    sqlite3_free(message);
    sqlite3_free(sql);
    return done;
}

static bool bound_add_list(sqlite3 *lists, const value *path, int page, bool singly) {
    value values[] = {value_copy(path), value_integer(page), value_integer(singly)};
    answer added = answer_run(lists,
                              "INSERT INTO list(path, rows, page, singly) SELECT bound_list(?1), 1, ?2, ?3 WHERE true"
                              " ON CONFLICT(path) DO UPDATE SET rows = rows + 1",
                              values, 3, 0);
    bool done = added.error == NULL;
    if (!done) {
        printf("# bound: %s\n", added.error);
    }
    answer_clear(&added);
    value_clear(&values[0]);
    return done;
}

static int bound_page(const table *t, unsigned version, int page_size) {
    int most = t->page_max[version == VERSION_1 ? 0 : version == VERSION_C ? 2 : version == VERSION_2 ? 1 : 3];
    most = most == 0 ? t->page_max[1] : most;
    return page_size == 0 || page_size > most ? most : page_size;
}

static bool bound_add_table(sqlite3 *lists, sqlite3 *from, const table *t, unsigned version, int page_size) {
    char *sql = sqlite3_mprintf("SELECT path FROM \"%w\"", t->name);
    answer rows = answer_run(from, sql, NULL, 0, 0);
    bool done = rows.error == NULL;
    bool singly = (t->fetch_singly & (version == VERSION_MIGRATED ? VERSION_2 : version)) != 0;
    for (size_t i = 0; done && i < rows.row_count; i++) {
        done = bound_add_list(lists, answer_cell(&rows, i, 0), bound_page(t, version, page_size), singly);
    }
    sqlite3_free(sql);
    answer_clear(&rows);
    return done;
}

sqlite3 *bound_open(sqlite3 *from, unsigned version, int page_size) {
    int count;
    const table *tables = tables_chat(&count);
    sqlite3 *lists = NULL;
    bool done =
        sqlite3_open(":memory:", &lists) == SQLITE_OK &&
        sqlite3_create_function(lists, "bound_list", 1, SQLITE_UTF8, NULL, bound_list, NULL, NULL) == SQLITE_OK &&
        sqlite3_create_function(lists, "bound_tail", 1, SQLITE_UTF8, NULL, bound_tail, NULL, NULL) == SQLITE_OK &&
        sqlite3_create_function(lists, "bound_filter", 2, SQLITE_UTF8, NULL, bound_filter, NULL, NULL) == SQLITE_OK &&
        bound_run(lists, sqlite3_mprintf("CREATE TABLE list(path PRIMARY KEY, rows, page, singly) WITHOUT ROWID;"
                                         "CREATE TABLE asked(path, tail, look_up, filter, given)"));
    for (int i = 0; done && i < count; i++) {
        done = (tables[i].versions & version) == 0 || tables[i].single ||
               bound_add_table(lists, from, &tables[i], version, page_size);
    }
    if (!done) {
        sqlite3_close(lists);
        return NULL;
    }
    return lists;
}

/* The statement's requests, for the lists' database: but those for pages behind a list's end, asked for ahead. */
static void bound_note(sqlite3 *lists, sqlite3 *subject, sqlite3_int64 after) {
    value bounds = value_integer(after);
    answer asked =
        answer_run(subject,
                   "SELECT substr(path, 4), purpose IS 'look-up' FROM chat_requests WHERE id > ?1 AND attempt = 1"
                   " AND NOT (path LIKE '%&Page=%' AND coalesce(rows, 0) = 0) ORDER BY id",
                   &bounds, 1, 0);
    for (size_t i = 0; i < asked.row_count; i++) {
        value values[] = {*answer_cell(&asked, i, 0), *answer_cell(&asked, i, 1)};
        answer added = answer_run(
            lists,
            "INSERT INTO asked VALUES (bound_list(?1), bound_tail(?1), ?2, bound_filter(?1, 0), bound_filter(?1, 1))",
            values, 2, 0);
        answer_clear(&added);
    }
    answer_clear(&asked);
}

/* May the statement ask for what lists leave out? Views have all columns. */
static bool bound_may_hydrate(const char *sql) {
    static const char *const hidden[] = {"attributes", "is_online", "is_notifiable", "FROM v_", "FROM w_",
                                         "JOIN v_",    "JOIN w_",   ", v_",          ", w_"};
    bool found = false;
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        found = found || strstr(sql, hidden[i]) != NULL;
    }
    return found;
}

/*
** Each list that was asked for: its kind, how often, its pages and rows, how much that is beyond twice the pages, and by how many
** look-ups that were made in several lists, of which so many later than the last one in that list alone.
*/
#define BOUND_LISTS                                                                                                    \
    "WITH several AS (SELECT tail FROM asked WHERE look_up GROUP BY tail HAVING count(DISTINCT path) > 1),"            \
    " alone AS (SELECT path, max(rowid) AS latest FROM asked WHERE look_up AND tail NOT IN several"                    \
    " GROUP BY path),"                                                                                                 \
    " walk AS (SELECT path, count(*) AS pages FROM asked WHERE tail LIKE '?%' GROUP BY path, filter"                   \
    " HAVING count(DISTINCT given) = 1),"                                                                              \
    " beside AS (SELECT path, sum(pages) - max(pages) AS others FROM walk GROUP BY path),"                             \
    " bound AS (SELECT path, replace(path, rtrim(path, replace(path, '/', '')), '') AS name, count(*) AS asked,"       \
    " sum(look_up AND tail IN several) AS wide, coalesce(rows, 0) AS rows,"                                            \
    " sum(look_up AND asked.rowid > ifnull(latest, asked.rowid)) AS later,"                                            \
    " coalesce((rows + page - 1) / page, 1) AS pages,"                                                                 \
    " iif(?1 AND singly, rows, 0) AS each"                                                                             \
    " FROM asked LEFT JOIN list USING (path) LEFT JOIN alone USING (path) GROUP BY path),"                             \
    " list_bound AS (SELECT *, asked - 2 * pages - each AS many, min(pages, ifnull(others, 0)) AS walks"               \
    " FROM bound LEFT JOIN beside USING (path))"

/* What it has come to: the text (taken over; or NULL), unless the answer is an error. Clears the answer. */
static char *bound_end(answer *a, char *text) {
    if (a->error != NULL) {
        sqlite3_free(text);
        text = sqlite3_mprintf("bound: %s", a->error);
    }
    answer_clear(a);
    return text;
}

/* A kind of lists, and how many requests all of them together are beyond. */
static char *bound_of_kinds(sqlite3 *lists, const value *may_hydrate) {
    value values[] = {*may_hydrate, value_integer(BOUND_FREE)};
    answer a = answer_run(
        lists,
        BOUND_LISTS
        ", kind AS (SELECT name, count(*) AS lists,"
        " sum(asked) AS asked, sum(pages) AS pages, sum(rows) AS rows, sum(many) AS many"
        " FROM list_bound GROUP BY name)"
        " SELECT name || ': ' || asked || ' requests, ' || pages || ' pages of ' || rows || ' rows', max(many),"
        " sum(lists), sum(many) FROM kind WHERE many > 0 GROUP BY true HAVING sum(many) > ?2",
        values, 2, 0);
    char *text = NULL;
    if (a.row_count > 0) {
        text = sqlite3_mprintf("%lld lists were asked too much of, in all %lld requests, such as %s",
                               answer_cell(&a, 0, 2)->integer, answer_cell(&a, 0, 3)->integer,
                               answer_cell(&a, 0, 0)->bytes);
    }
    return bound_end(&a, text);
}

/* The list that most is beyond of. What is looked up in several lists counts as bound.h says. */
static char *bound_of_lists(sqlite3 *lists, const value *may_hydrate) {
    value values[] = {*may_hydrate, value_integer(BOUND_FREE_OF_LIST)};
    answer a = answer_run(
        lists,
        BOUND_LISTS
        ", share AS (SELECT name, ((SELECT sum(pages) FROM bound) + ?2) / count(*) + 1 AS share FROM bound WHERE wide > 0"
        " GROUP BY name), beyond AS (SELECT *, many - walks - ?2"
        " - max(min(wide, ifnull(share, 0)) - pages - ?2, min(later, ifnull(share, 0))) AS beyond"
        " FROM list_bound LEFT JOIN share USING (name))"
        " SELECT path || ': ' || asked || ' requests, ' || pages || ' pages of ' || rows || ' rows', max(beyond),"
        " count(*) FROM beyond WHERE beyond > 0 GROUP BY true",
        values, 2, 0);
    char *text = NULL;
    if (a.row_count > 0) {
        text = sqlite3_mprintf("of each of %lld lists too much was asked, such as %s", answer_cell(&a, 0, 2)->integer,
                               answer_cell(&a, 0, 0)->bytes);
    }
    return bound_end(&a, text);
}

char *bound_exceeded(sqlite3 *lists, sqlite3 *subject, const char *sql, sqlite3_int64 after) {
    value may_hydrate = value_integer(bound_may_hydrate(sql));
    bound_note(lists, subject, after);
    char *text = bound_of_kinds(lists, &may_hydrate);
    text = text != NULL ? text : bound_of_lists(lists, &may_hydrate);
    sqlite3_exec(lists, "DELETE FROM asked", NULL, NULL, NULL);
    return text;
}
