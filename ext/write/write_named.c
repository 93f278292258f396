/* Which columns a statement names; see write_named.h. */
#include "write/write_named.h"

#include <string.h>

enum { NAMED_MAX = 1024 * 1024 };

/* ---- words ---- */

typedef enum named_kind { NAMED_END, NAMED_WORD, NAMED_QUOTED, NAMED_OTHER } named_kind;

typedef struct named_token {
    named_kind kind;
    const char *text; /* of what is quoted, what is inside */
    size_t length;
    const char *end;
} named_token;

static bool named_in_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static size_t named_word_length(const char *at) {
    size_t length = 0;
    while (named_in_word(at[length])) {
        length++;
    }
    return length;
}

/* Behind a comment; at itself if there is none. */
static const char *named_after_comment(const char *at) {
    const char *end = at;
    if (strncmp(at, "--", 2) == 0) {
        end = at + strcspn(at, "\n");
    } else if (strncmp(at, "/*", 2) == 0) {
        const char *close = strstr(at + 2, "*/");
        end = close ? close + 2 : at + strlen(at);
    }
    return end;
}

static const char *named_skip(const char *at) {
    const char *before;
    do {
        before = at;
        at = named_after_comment(at + strspn(at, " \t\r\n\f"));
    } while (at != before);
    return at;
}

/* A quote doubled inside begins another token: what is taken for a name has none. */
static named_token named_quoted(const char *at) {
    char close = *at == '[' ? ']' : *at;
    const char *end = strchr(at + 1, close);
    size_t length = end ? (size_t)(end - at - 1) : strlen(at + 1);
    return (named_token){NAMED_QUOTED, at + 1, length, at + 1 + length + (end ? 1 : 0)};
}

static named_token named_next(const char *at) {
    at = named_skip(at);
    if (!*at) {
        return (named_token){NAMED_END, at, 0, at};
    }
    if (strchr("'\"`[", *at)) {
        return named_quoted(at);
    }
    if (strchr("@:$#?", *at)) { /* a parameter's name is no word: @from */
        return (named_token){NAMED_OTHER, at, 1, at + 1 + named_word_length(at + 1)};
    }
    size_t length = named_word_length(at);
    named_kind kind = length ? NAMED_WORD : NAMED_OTHER;
    length = length ? length : 1;
    return (named_token){kind, at, length, at + length};
}

static bool named_is(const named_token *token, const char *word) {
    return token->kind == NAMED_WORD && token->length == strlen(word) &&
           sqlite3_strnicmp(token->text, word, (int)token->length) == 0;
}

static bool named_is_sign(const named_token *token, char sign) {
    return token->kind == NAMED_OTHER && *token->text == sign;
}

/* How many parentheses more are open behind it? */
static int named_opens(const named_token *token) {
    return named_is_sign(token, '(') - named_is_sign(token, ')');
}

/* ---- a statement ---- */

static bool named_is_verb(const named_token *token) {
    static const char *const verbs[] = {"update", "insert", "replace", "delete", "select", "values"};
    bool is = false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && !is; i++) {
        is = named_is(token, verbs[i]);
    }
    return is;
}

/* Behind SET, if what stands behind the WITH that there may be is an UPDATE; or NULL. */
static const char *named_find_set(const char *sql) {
    bool update = false;
    int depth = 0;
    for (named_token token = named_next(sql); token.kind != NAMED_END; token = named_next(token.end)) {
        depth += named_opens(&token);
        if (depth == 0 && !update && named_is_verb(&token)) {
            update = named_is(&token, "update");
            if (!update) {
                return NULL;
            }
        } else if (depth == 0 && update && named_is(&token, "set")) {
            return token.end;
        }
    }
    return NULL;
}

static void named_add(buffer *names, const named_token *token) {
    buffer_append(names, "", 1);
    buffer_append(names, token->text, token->length);
}

bool write_named_read(const char *sql, buffer *names) {
    const char *at = named_find_set(sql);
    bool left = true, distinct = false; /* left: of the = */
    int depth = 0;
    while (at) {
        named_token token = named_next(at);
        depth += named_opens(&token);
        if (token.kind == NAMED_END) {
            return false;
        }
        if (depth == 0 && named_is(&token, "from") && !distinct) { /* no IS DISTINCT FROM */
            buffer_append(names, "", 1);
            return true;
        }
        if (left && (token.kind == NAMED_WORD || token.kind == NAMED_QUOTED)) {
            named_add(names, &token);
        } else if (depth == 0 && (named_is_sign(&token, '=') || named_is_sign(&token, ','))) {
            left = named_is_sign(&token, ',');
        }
        distinct = named_is(&token, "distinct");
        at = token.end;
    }
    return false;
}

/* ---- the one that runs ---- */

static bool named_may_run(sqlite3_stmt *each) {
    return sqlite3_sql(each) && sqlite3_stmt_busy(each) && !sqlite3_stmt_readonly(each);
}

void write_named_find(write_named *self, sqlite3 *db, int64_t reads, error *problem) {
    if (self->looked && self->reads == reads) {
        return;
    }
    int found = 0;
    write_named_clear(self);
    buffer_init(&self->names, NAMED_MAX);
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        found += named_may_run(each) && write_named_read(sqlite3_sql(each), &self->names);
    }
    if (self->names.rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    }
    if (found != 1 || self->names.rc != SQLITE_OK) {
        write_named_clear(self);
    }
    self->reads = reads;
    self->looked = !error_is_set(problem);
}

void write_named_clear(write_named *self) {
    buffer_clear(&self->names);
    self->looked = false;
}

bool write_named_has(const write_named *self, const char *column) {
    bool has = false;
    for (size_t at = 0; self && !has && at + 1 < self->names.length; at++) {
        const char *name = self->names.data + at + 1;
        has = !self->names.data[at] && sqlite3_stricmp(name, column) == 0;
    }
    return has;
}
