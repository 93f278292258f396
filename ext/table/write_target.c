/* What a statement writes to, by its text; see write_target.h. */
#include "table/write_target.h"

#include <string.h>

#include "base/sqlite.h"

/* A word, a name in quotes, or a single character; nothing of it: the end. */
typedef struct target_token {
    const char *text;
    size_t length;
} target_token;

static bool target_is_space(char c) {
    return c != 0 && strchr(" \t\n\f\r", c) != NULL;
}

static bool target_is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

/* After blanks and comments. */
static const char *target_skip(const char *at) {
    for (;;) {
        if (target_is_space(*at)) {
            at++;
        } else if (strncmp(at, "\xef\xbb\xbf", 3) == 0) { /* a byte order mark */
            at += 3;
        } else if (at[0] == '-' && at[1] == '-') {
            at += strcspn(at, "\n");
        } else if (at[0] == '/' && at[1] == '*') {
            const char *end = strstr(at + 2, "*/");
            at = end ? end + 2 : at + strlen(at);
        } else {
            return at;
        }
    }
}

/* After a text or name in quotes. A doubled quote stands for one; but in brackets. */
static const char *target_skip_quoted(const char *at) {
    char end = *at == '[' ? ']' : *at;
    for (at++; *at && (*at != end || (end != ']' && at[1] == end)); at++) {
        at += *at == end; /* the first of two */
    }
    return *at ? at + 1 : at;
}

static target_token target_next(const char **sql) {
    const char *at = target_skip(*sql), *end = at;
    if (*at && strchr("'\"`[", *at)) {
        end = target_skip_quoted(at);
    } else if (target_is_word(*at)) {
        while (target_is_word(*end)) {
            end++;
        }
    } else if (*at) {
        end++;
    }
    *sql = end;
    return (target_token){at, (size_t)(end - at)};
}

static bool target_is(target_token token, const char *word) {
    return token.length == strlen(word) && sqlite3_strnicmp(token.text, word, (int)token.length) == 0;
}

/* Is it the name of that table, with or without quotes? */
static bool target_names(target_token token, const char *name) {
    char quote = token.length > 0 ? *token.text : 0;
    if (!quote || !strchr("'\"`[", quote)) {
        return target_is(token, name);
    }
    const char *at = token.text + 1, *end = token.text + token.length - 1;
    for (; at < end && *name; at++, name++) {
        if (sqlite3_strnicmp(at, name, 1) != 0) {
            return false;
        }
        at += quote != '[' && *at == quote; /* the first of two */
    }
    return at == end && !*name;
}

/* The word that the writing begins with: the first at the top level, after the parentheses of a WITH. */
static target_token target_verb(const char **sql) {
    int depth = 0;
    for (;;) {
        target_token token = target_next(sql);
        depth += target_is(token, "(") - target_is(token, ")");
        const char *after = *sql;
        if (token.length == 0 ||
            (depth == 0 && (target_is(token, "INSERT") || target_is(token, "UPDATE") || target_is(token, "DELETE") ||
                            (target_is(token, "REPLACE") && target_is(target_next(&after), "INTO"))))) {
            return token;
        }
    }
}

bool write_target_is(const char *sql, const char *table_name) {
    if (!sql || target_verb(&sql).length == 0) {
        return false;
    }
    target_token name = target_next(&sql);
    if (target_is(name, "OR")) { /* OR IGNORE, OR REPLACE ... */
        target_next(&sql);
        name = target_next(&sql);
    }
    if (target_is(name, "INTO") || target_is(name, "FROM")) {
        name = target_next(&sql);
    }
    const char *after = sql;
    if (target_is(target_next(&after), ".")) {
        name = target_next(&after);
    }
    return target_names(name, table_name);
}
