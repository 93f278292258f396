/* The words of an SQL statement; see sql_token.h. */
#include "base/sql_token.h"

#include <string.h>

#include "base/sqlite.h"

/* From here on SQLite takes a byte order mark for a blank; in 3.34.0 it is a letter, in 3.38.2 a blank. */
enum { SQL_TOKEN_MARK_IS_BLANK = 3038000 };

static bool sql_token_is_space(char c) {
    return c != 0 && strchr(" \t\n\v\f\r", c) != NULL;
}

static bool sql_token_is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static bool sql_token_is_mark(const char *at) {
    return strncmp(at, "\xef\xbb\xbf", 3) == 0 && sqlite3_libversion_number() >= SQL_TOKEN_MARK_IS_BLANK;
}

/* After blanks and comments. */
static const char *sql_token_skip(const char *at) {
    for (;;) {
        if (sql_token_is_space(*at)) {
            at++;
        } else if (sql_token_is_mark(at)) {
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
static const char *sql_token_skip_quoted(const char *at) {
    char end = *at == '[' ? ']' : *at;
    for (at++; *at && (*at != end || (end != ']' && at[1] == end)); at++) {
        at += *at == end; /* the first of two */
    }
    return *at ? at + 1 : at;
}

/*
** After a parameter, which the sign tells. Behind ? there are digits, or nothing; behind the others a name as Tcl has
** them, with colons by twos and an index in parentheses, in which quotes and comments are none. So SQLite's tokenizer.
*/
static const char *sql_token_skip_parameter(const char *at) {
    if (*at == '?') {
        return at + 1 + strspn(at + 1, "0123456789");
    }
    bool named = false;
    for (at++; sql_token_is_word(*at) || (at[0] == ':' && at[1] == ':'); at += *at == ':' ? 2 : 1) {
        named = named || *at != ':';
    }
    if (named && *at == '(') {
        at += strcspn(at, ") \t\n\v\f\r");
        at += *at == ')';
    }
    return at;
}

sql_token sql_token_next(const char **sql) {
    const char *at = sql_token_skip(*sql), *end = at;
    if (*at && strchr("'\"`[", *at)) {
        end = sql_token_skip_quoted(at);
    } else if (*at && strchr("?@:#$", *at)) {
        end = sql_token_skip_parameter(at);
    } else if (sql_token_is_word(*at)) {
        while (sql_token_is_word(*end)) {
            end++;
        }
    } else if (*at) {
        end++;
    }
    *sql = end;
    return (sql_token){at, (size_t)(end - at)};
}

sql_token sql_token_first(const char *sql) {
    sql_token token = sql ? sql_token_next(&sql) : (sql_token){NULL, 0};
    while (sql_token_is(token, ";")) {
        token = sql_token_next(&sql);
    }
    return token;
}

/* Does it begin a write? `behind` it: REPLACE is a name, too. */
static bool sql_token_is_verb(sql_token token, const char *behind) {
    return sql_token_is(token, "INSERT") || sql_token_is(token, "UPDATE") || sql_token_is(token, "DELETE") ||
           (sql_token_is(token, "REPLACE") && sql_token_is(sql_token_next(&behind), "INTO"));
}

sql_token sql_token_verb(const char **sql) {
    int depth = 0;
    sql_token token;
    do {
        token = sql_token_next(sql);
        depth += sql_token_is(token, "(") - sql_token_is(token, ")");
    } while (token.length > 0 && !(depth == 0 && sql_token_is_verb(token, *sql)));
    return token;
}

bool sql_token_is(sql_token token, const char *word) {
    return token.length == strlen(word) && sqlite3_strnicmp(token.text, word, (int)token.length) == 0;
}
