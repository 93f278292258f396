/* Checks on whole tables: see scan_check.h. */
#include "scan_check.h"

#include "compare.h"
#include "tables.h"

#include <stdio.h>
#include <string.h>

static bool scan_complain(const char *table_name, const char *column, const char *what) {
    printf("# %s.%s: %s\n", table_name, column, what);
    return false;
}

/* One row of PRAGMA table_xinfo (name in column 1, type in 2, hidden in 6) against what is expected. */
static bool scan_check_column(const table *t, const answer *info, size_t row) {
    const char *name = answer_cell(info, row, 1)->bytes;
    const char *type = answer_cell(info, row, 2)->bytes;
    bool hidden = answer_cell(info, row, 6)->integer != 0;
    int index = table_column_index(t, name);
    if (index < 0) {
        return hidden || scan_complain(t->name, name, "is no column of the API");
    }
    const char *expected = table_column_is_text(&t->columns[index]) ? "TEXT" : "INTEGER";
    if (sqlite3_stricmp(type, expected) != 0) {
        return scan_complain(t->name, name, "has an unexpected type");
    }
    if (hidden != (strcmp(name, "path") == 0)) {
        return scan_complain(t->name, name, hidden ? "is hidden" : "is not hidden");
    }
    return true;
}

static int scan_find_column(const answer *info, const char *name) {
    int found = 0;
    for (size_t row = 0; row < info->row_count; row++) {
        found += strcmp(answer_cell(info, row, 1)->bytes, name) == 0;
    }
    return found;
}

static bool scan_check_table(sqlite3 *subject, const table *t) {
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA table_xinfo(\"%s\")", t->name);
    answer info = answer_run(subject, sql, NULL, 0, 0);
    bool good = info.error == NULL && info.row_count > 0;
    if (!good) {
        scan_complain(t->name, "*", info.error == NULL ? "there is no such table" : info.error);
    }
    for (size_t row = 0; row < info.row_count; row++) {
        good = scan_check_column(t, &info, row) && good;
    }
    for (int i = 0; info.row_count > 0 && i < table_column_count(t); i++) {
        if (scan_find_column(&info, t->columns[i].name) != 1) {
            good = scan_complain(t->name, t->columns[i].name, "is missing, or there more than once");
        }
    }
    answer_clear(&info);
    return good;
}

bool scan_check_columns(sqlite3 *subject, unsigned version) {
    int count;
    const table *tables = tables_chat(&count);
    bool good = true;
    for (int i = 0; i < count; i++) {
        good = ((tables[i].versions & version) == 0 || scan_check_table(subject, &tables[i])) && good;
    }
    return good;
}

static bool scan_check_scan(sqlite3 *subject, sqlite3 *reference, const table *t, sqlite3_int64 *rows) {
    sqlite3_str *out = sqlite3_str_new(NULL);
    sqlite3_str_appendall(out, "SELECT ");
    table_append_columns(out, t, NULL);
    sqlite3_str_appendf(out, " FROM \"%w\"", t->name);
    char *sql = sqlite3_str_finish(out);
    query unordered = {0};
    answer expected = answer_run(reference, sql, NULL, 0, 0);
    answer actual = answer_run(subject, sql, NULL, 0, 0);
    char *difference = compare_answers(&unordered, &expected, &actual, NULL);
    bool same = difference == NULL && expected.error == NULL;
    if (!same) {
        printf("# full scan of %s: %s\n", t->name, difference == NULL ? expected.error : difference);
    }
    *rows += (sqlite3_int64)actual.row_count;
    sqlite3_free(difference);
    sqlite3_free(sql);
    answer_clear(&expected);
    answer_clear(&actual);
    return same;
}

bool scan_check_rows(sqlite3 *subject, sqlite3 *reference, unsigned version, sqlite3_int64 *rows) {
    int count;
    const table *tables = tables_chat(&count);
    bool same = true;
    *rows = 0;
    for (int i = 0; i < count; i++) {
        if ((tables[i].versions & version) != 0) {
            same = scan_check_scan(subject, reference, &tables[i], rows) && same;
        }
    }
    return same;
}

bool scan_check_missing(sqlite3 *subject, unsigned version) {
    int count;
    const table *tables = tables_chat(&count);
    bool good = true;
    for (int i = 0; i < count; i++) {
        if ((tables[i].versions & version) != 0 || version == VERSION_C || tables[i].versions == VERSION_C) {
            continue;
        }
        char sql[96];
        snprintf(sql, sizeof sql, "SELECT sid FROM \"%s\"", tables[i].name);
        answer a = answer_run(subject, sql, NULL, 0, 0);
        const char *word = version == VERSION_MIGRATED ? "Conversations" : tables[i].versions & VERSION_1 ? "v1" : "v2";
        if (a.error == NULL || strstr(a.error, word) == NULL) {
            good = scan_complain(tables[i].name, "*", a.error == NULL ? "is not refused" : a.error);
        }
        answer_clear(&a);
    }
    return good;
}
