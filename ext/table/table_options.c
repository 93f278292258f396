/* The arguments of CREATE VIRTUAL TABLE; see table_options.h. */
#include "table/table_options.h"

#include <ctype.h>
#include <string.h>

#include "base/buffer.h"
#include "base/secret.h"
#include "base/sid.h"
#include "base/sqlite.h"
#include "base/utf8.h"
#include "catalog/catalog.h"
#include "session/settings.h"

/* A copy of a piece of text without white space around it. */
static char *table_options_trim(const char *text, size_t length) {
    while (length > 0 && isspace((unsigned char)*text)) {
        text++;
        length--;
    }
    while (length > 0 && isspace((unsigned char)text[length - 1])) {
        length--;
    }
    return sqlite3_mprintf("%.*s", (int)length, text);
}

/* Takes quotes off in place; a doubled quote inside stands for one. False: the quotes are not around the whole. */
static bool table_options_unquote(char *text) {
    char quote = text[0];
    if (quote != '\'' && quote != '"') {
        return true;
    }
    char *to = text;
    for (const char *from = text + 1; *from; from++) {
        if (*from == quote && *++from != quote) {
            *to = 0;
            return *from == 0;
        }
        *to++ = *from;
    }
    return false;
}

/* May a message repeat it? What is no plain name may hold a secret that somebody put into the wrong place. */
static bool table_options_is_name(const char *text) {
    size_t length = strlen(text);
    return length > 0 && length <= 20 && strspn(text, "abcdefghijklmnopqrstuvwxyz_") == length;
}

static void table_options_refuse_version(const char *table_name, const char *value, error *problem) {
    char shown[SECRET_SHOWN_SIZE];
    buffer choices;
    buffer_init(&choices, 1000);
    for (size_t i = 0; catalog_choices[i]; i++) {
        buffer_format(&choices, "%s%s", i ? ", " : "", catalog_choices[i]);
    }
    error_set(problem, SQLITE_ERROR, "%s: api_version: %s is not accepted: use one of %s", table_name,
              secret_show(value, shown), choices.data ? choices.data : "");
    buffer_clear(&choices);
}

/* Keeps a text that may be given once. */
static void table_options_keep(char **kept, const char *table_name, const char *name, const char *value,
                               error *problem) {
    if (*kept) {
        error_set(problem, SQLITE_ERROR, "%s: %s is given twice", table_name, name);
        return;
    }
    *kept = sqlite3_mprintf("%s", value);
    if (!*kept) {
        error_no_memory(problem);
    }
}

static void table_options_set_service(table_options *options, const char *table_name, const char *value,
                                      error *problem) {
    char shown[SECRET_SHOWN_SIZE];
    if (sid_classify(SID_SERVICE, value, strlen(value)) != SID_CANONICAL) {
        error_set(problem, SQLITE_ERROR,
                  "%s: service_sid: %s is not a service's SID (IS and 32 hexadecimal digits, letters in lower case)",
                  table_name, secret_show(value, shown));
    } else {
        table_options_keep(&options->service_sid, table_name, "service_sid", value, problem);
    }
}

static void table_options_set_profile(table_options *options, const char *table_name, const char *value,
                                      error *problem) {
    if (!*value || !utf8_is_valid(value, strlen(value))) {
        error_set(problem, SQLITE_ERROR, "%s: profile is to be the name of a profile of the Twilio CLI, or active",
                  table_name);
    } else {
        table_options_keep(&options->profile, table_name, "profile", value, problem);
    }
}

static void table_options_set(table_options *options, const char *table_name, const char *name, const char *value,
                              error *problem) {
    if (strcmp(name, "service_sid") == 0) {
        table_options_set_service(options, table_name, value, problem);
    } else if (strcmp(name, "api_version") == 0) {
        options->version = catalog_version_named(value);
        if (!options->version) {
            table_options_refuse_version(table_name, value, problem);
        }
    } else if (strcmp(name, "profile") == 0) {
        table_options_set_profile(options, table_name, value, problem);
    } else {
        bool shown = table_options_is_name(name);
        error_set(problem, SQLITE_ERROR,
                  "%s: unknown argument%s%s%s: use service_sid, api_version or profile (credentials are "
                  "never written into a schema: see chat_settings)",
                  table_name, shown ? " \"" : "", shown ? name : "", shown ? "\"" : "");
    }
}

static void table_options_parse_one(table_options *options, const char *table_name, const char *argument,
                                    error *problem) {
    const char *equals = strchr(argument, '=');
    char *name = table_options_trim(argument, equals ? (size_t)(equals - argument) : strlen(argument));
    char *value = equals ? table_options_trim(equals + 1, strlen(equals + 1)) : NULL;
    if (!name || (equals && !value)) {
        error_no_memory(problem);
    } else if (!equals) {
        bool shown = table_options_is_name(name);
        error_set(problem, SQLITE_ERROR, "%s: %s%s%s is not of the form name='value'", table_name,
                  shown ? "argument \"" : "an argument", shown ? name : "", shown ? "\"" : "");
    } else {
        if (table_options_unquote(value)) {
            table_options_set(options, table_name, name, value, problem);
        } else {
            error_set(problem, SQLITE_ERROR, "%s: the quotes of argument \"%s\" are not around its whole value",
                      table_name, table_options_is_name(name) ? name : "...");
        }
    }
    sqlite3_free(name);
    sqlite3_free(value);
}

void table_options_parse(table_options *options, const char *table_name, int count, const char *const *arguments,
                         error *problem) {
    for (int i = 0; i < count && !error_is_set(problem); i++) {
        /* "USING channels()" gives one empty argument. */
        if (arguments[i][strspn(arguments[i], " \t\r\n")]) {
            table_options_parse_one(options, table_name, arguments[i], problem);
        }
    }
}

void table_options_clear(table_options *options) {
    sqlite3_free(options->service_sid);
    sqlite3_free(options->profile);
    memset(options, 0, sizeof *options);
}
