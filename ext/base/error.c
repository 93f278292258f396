/* A sticky error; see error.h. */
#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>

#include "base/sqlite.h"
#include "base/utf8.h"

void error_set(error *problem, int rc, const char *format, ...) {
    if (error_is_set(problem)) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    problem->message = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    problem->rc = problem->message ? rc : SQLITE_NOMEM;
    if (problem->message) {
        utf8_blank_controls(problem->message);
    }
}

void error_no_memory(error *problem) {
    if (!error_is_set(problem)) {
        problem->rc = SQLITE_NOMEM;
    }
}

void error_clear(error *problem) {
    sqlite3_free(problem->message);
    problem->message = NULL;
    problem->rc = SQLITE_OK;
}

int error_report(error *problem, char **text) {
    int rc = problem->rc;
    if (rc != SQLITE_OK) {
        sqlite3_free(*text);
        *text = problem->message;
        problem->message = NULL;
        problem->rc = SQLITE_OK;
    }
    return rc;
}
