/* chat_settings: every setting of the connection, changed with UPDATE. Secrets are shown as "****". */
#include <string.h>

#include "base/buffer.h"
#include "base/nearest.h"
#include "base/secret.h"
#include "table/own_tables.h"

/* No setting takes a larger number. */
#define SETTINGS_MOST 1e12
enum { SETTINGS_DIGITS = 20 };
enum { SETTINGS_ACCEPTED_MAX = 1000 };

/* What the setting takes. To be cleared. SQLITE_NOMEM in problem. */
static void settings_table_accepted(setting_id id, buffer *text, error *problem) {
    buffer_init(text, SETTINGS_ACCEPTED_MAX);
    settings_accepted(id, text);
    if (text->rc != SQLITE_OK) {
        error_no_memory(problem);
    }
}

static sqlite3_int64 settings_table_next(connection *shared, sqlite3_int64 after) {
    (void)shared;
    return after < SETTING_COUNT ? after + 1 : 0;
}

static void settings_table_copy(connection *shared, sqlite3_int64 row, small_rows *rows, error *problem) {
    setting_id id = (setting_id)(row - 1);
    small_rows_begin(rows, row);
    small_rows_text(rows, settings_name(id));
    small_rows_text(rows, settings_shown(&shared->settings, id));
    small_rows_text(rows, settings_source_text(&shared->settings, id));
    small_rows_text(rows, settings_description(id));
    buffer accepted;
    settings_table_accepted(id, &accepted, problem);
    small_rows_text(rows, accepted.data);
    buffer_clear(&accepted);
}

/*
** Refuses that a column other than value is given another content than the statement has read. What a row before it has changed
** does not count: another url takes the environment's credentials away, and so their source. Nor does what SQLite says is as
** it was: a function of the statement may have set the setting meanwhile. An UPDATE ... FROM before SQLite 3.44 says that of no
** column.
*/
static void settings_table_check_others(const settings *read, setting_id id, sqlite3_value **values, error *problem) {
    enum { COLUMNS = 5, VALUE = 1, SOURCE = 2 };
    buffer accepted;
    settings_table_accepted(id, &accepted, problem);
    const char *const texts[COLUMNS] = {settings_name(id), NULL, settings_source_text(read, id),
                                        settings_description(id), accepted.data};
    unsigned others = 0;
    for (int column = 0; column < COLUMNS && !error_is_set(problem); column++) {
        const char *given = (const char *)sqlite3_value_text(values[column]);
        bool same =
            sqlite3_value_nochange(values[column]) || (given && texts[column] && strcmp(given, texts[column]) == 0);
        others |= same || column == VALUE ? 0 : 1u << column;
    }
    if (others) {
        bool meanwhile = others == 1u << SOURCE && !sqlite3_value_nochange(values[0]);
        error_set(problem, SQLITE_READONLY, "chat_settings: only the column value can be changed%s%s",
                  meanwhile ? ", and by nothing else while the statement runs: a function that it calls may have set "
                            : "",
                  meanwhile ? settings_name(id) : "");
    }
    buffer_clear(&accepted);
}

/* A statement that gives every row a value, CASE name WHEN ... ELSE value END, gives a secret what it shows as. */
static void settings_table_keep_secret(const settings *read, setting_id id, error *problem) {
    if (!settings_text(read, id)) {
        error_set(problem, SQLITE_ERROR,
                  "chat_settings: %s: \"****\" is how a secret shows, not the secret: use that or NULL",
                  settings_name(id));
    }
}

/*
** What a setting is given, as text. A whole number that comes as a REAL is written as one: hosts whose numbers are all REAL
** (JavaScript, R) bind 25.0 for 25. digits: room for it.
*/
static const char *settings_table_text(sqlite3_value *value, char digits[static SETTINGS_DIGITS]) {
    double real = sqlite3_value_type(value) == SQLITE_FLOAT ? sqlite3_value_double(value) : 0.5;
    bool whole = real >= -SETTINGS_MOST && real <= SETTINGS_MOST && real == (double)(sqlite3_int64)real;
    if (whole) {
        sqlite3_snprintf(SETTINGS_DIGITS, digits, "%lld", (sqlite3_int64)real);
    }
    return whole ? digits : (const char *)sqlite3_value_text(value);
}

static void settings_table_update(connection *shared, const void *kept, sqlite3_int64 row, bool remove,
                                  sqlite3_value **values, error *problem) {
    const settings *read = kept;
    setting_id id = (setting_id)(row - 1);
    if (remove) {
        error_set(problem, SQLITE_READONLY,
                  "chat_settings: rows cannot be deleted; set the value to NULL for the default");
        return;
    }
    settings_table_check_others(read, id, values, problem);
    if (sqlite3_value_nochange(values[1])) {
        return;
    }
    char digits[SETTINGS_DIGITS];
    const char *text = error_is_set(problem) ? NULL : settings_table_text(values[1], digits);
    if (text && text != digits && strlen(text) != (size_t)sqlite3_value_bytes(values[1])) {
        error_set(problem, SQLITE_ERROR, "chat_settings: %s: a text with a NUL character is not accepted",
                  settings_name(id));
        return;
    }
    if (text && settings_is_secret(id) && strcmp(text, SECRET_HIDDEN) == 0) {
        settings_table_keep_secret(read, id, problem);
        return;
    }
    connection_check_change(shared, id, problem);
    if (!error_is_set(problem)) {
        settings_set_together(&shared->settings, read, id, text, problem);
        shared->unsettled = true;
    }
}

static void settings_table_sought(const char *text, error *problem) {
    const char *nearest = NULL;
    int distance = 0;
    char shown[SECRET_SHOWN_SIZE];
    for (int id = 0; id < SETTING_COUNT; id++) {
        const char *name = settings_name((setting_id)id);
        int now = nearest_distance(text, name);
        if (strcmp(text, name) == 0) {
            return;
        }
        if (!nearest || now < distance) {
            nearest = name;
            distance = now;
        }
    }
    bool near = nearest_is_meant(text, distance);
    if (sqlite3_stricmp(text, nearest) == 0) {
        /* Also where the statement says NOCASE, but on the right, twice, with OR: SQLite makes an IN of it, without. */
        error_set(problem, SQLITE_ERROR,
                  "chat_settings: there is no setting %s: did you mean %s? Capitals count, but for "
                  "name COLLATE NOCASE = ... (NOCASE on the left)",
                  secret_show(text, shown), nearest);
        return;
    }
    error_set(problem, SQLITE_ERROR, "chat_settings: there is no setting %s%s%s%s", secret_show(text, shown),
              near ? ": did you mean " : ": SELECT name FROM chat_settings", near ? nearest : "", near ? "?" : "");
}

static void *settings_table_keep(connection *shared, error *problem) {
    connection_settle(shared); /* what statements before this one have changed */
    return settings_keep_copy(&shared->settings, problem);
}

static void settings_table_put_back(connection *shared, void *kept) {
    settings_keep_put_back(&shared->settings, kept);
    shared->unsettled = false;
}

/* Not before: the log would have lost rows, and the client its connections, to a statement that fails. */
static void settings_table_take_effect(connection *shared, void *kept) {
    settings_keep_forget(kept);
    connection_settle(shared);
}

const small_table settings_table = {
    .name = OWN_SETTINGS,
    .columns = {{"name", "TEXT", "name of the setting", false},
                {"value", "TEXT", "its value; secrets show as ****; NULL: not set", true},
                {"source", "TEXT", "default, environment, profile or set", false},
                {"description", "TEXT", "what it does", false},
                {"accepted", "TEXT", "the values that it takes, beside NULL", false}},
    .next = settings_table_next,
    .copy = settings_table_copy,
    .update = settings_table_update,
    .sought = settings_table_sought,
    .keep = settings_table_keep,
    .put_back = settings_table_put_back,
    .take_effect = settings_table_take_effect,
};
