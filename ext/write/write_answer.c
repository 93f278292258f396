/* What the answer of a write shows; see write_answer.h. */
#include "write/write_answer.h"

#include <string.h>

#include "base/sid.h"
#include "base/sqlite.h"
#include "plan/address.h"
#include "read/belongs.h"
#include "rest/form.h"
#include "rest/outcome.h"
#include "rest/page.h"
#include "rest/page_answer.h"

enum { ANSWER_TEXT_MAX = 1024 * 1024 };

/* A text of the answer's row; the buffer is empty if it has none. */
static void answer_read(const write_entry *entry, const client_answer *answer, const char *column, buffer *text) {
    buffer_init(text, ANSWER_TEXT_MAX);
    page_answer_text(answer->body, answer->length, catalog_json_name(entry->resource, column, entry->version), text);
}

/* Upper and lower case of names may be the same to the server. */
static bool answer_has_name(const write_entry *entry, const client_answer *answer, const char *name) {
    buffer text;
    answer_read(entry, answer, entry->resource->name_column, &text);
    bool same = text.data && text.length == strlen(name) && sqlite3_stricmp(text.data, name) == 0;
    buffer_clear(&text);
    return same;
}

/*
** The SID of the answer's row; false if it has none of the table's kind. It will stand in the paths of later calls: one
** that is no SID could lead them elsewhere.
*/
static bool answer_read_sid(const write_entry *entry, const client_answer *answer, buffer *sid) {
    answer_read(entry, answer, entry->resource->key_column, sid);
    return sid->data && sid_classify(entry->resource->key_prefix, sid->data, sid->length) != SID_NO;
}

void write_answer_learn(write_entry *entry, const client_answer *answer, const char *name) {
    buffer sid;
    buffer_init(&sid, ANSWER_TEXT_MAX);
    bool found = entry->resource->key_column && (!name || answer_has_name(entry, answer, name)) &&
                 answer_read_sid(entry, answer, &sid);
    if (found) {
        entry->sid = sqlite3_mprintf("%s", sid.data);
        entry->sid_unread = !entry->sid;
    }
    entry->sid_unread |= sid.rc == SQLITE_NOMEM;
    buffer_clear(&sid);
}

/*
** Is it what has no SID of its own: a single resource, or a part of a row in one? It tells its parent or its URL, which
** "{}" and what something in between may answer do not.
*/
static bool answer_is_single(const write_entry *entry, const client_answer *answer) {
    error problem = {0};
    bool is_single = belongs_is_single(entry->resource, entry->version, entry->path, answer->body ? answer->body : "",
                                       answer->length, &problem);
    bool unread = problem.rc == SQLITE_NOMEM;
    error_clear(&problem);
    return unread || (is_single && outcome_author_of(answer->body, answer->length, 0) != AUTHOR_API);
}

/* Is the call about the row itself? A part of it, or one that is single, has no SID of its own. */
static bool answer_has_sid(const write_entry *entry) {
    size_t length = entry->sid ? strlen(entry->sid) : 0, path = strlen(entry->path);
    return entry->resource->key_column && path >= length &&
           strcmp(entry->path + path - length, entry->sid ? entry->sid : "") == 0;
}

/* Does the row of the answer tell of another parent than the one that the call was sent to? */
static bool answer_is_elsewhere(const write_entry *entry, const client_answer *answer) {
    const catalog_resource *resource = entry->resource;
    const char *address = address_of_request(entry->version, entry->path);
    bool elsewhere = false;
    for (size_t i = 0; i < resource->column_count && !elsewhere; i++) {
        const char *column = resource->columns[i].name;
        bool parent = (resource->columns[i].flags & COLUMN_PARENT) != 0;
        address_part sent = parent ? address_parent(resource, address, column) : (address_part){NULL, 0};
        buffer text;
        buffer_init(&text, ANSWER_TEXT_MAX);
        if (sent.text && sid_classify(sent.text, sent.text, sent.length) != SID_NO) {
            answer_read(entry, answer, column, &text);
            elsewhere = text.length > 0 &&
                        (text.length != sent.length || sqlite3_strnicmp(text.data, sent.text, (int)sent.length) != 0);
        }
        buffer_clear(&text);
    }
    return elsewhere;
}

/* Is it the row that was to be changed? */
static bool answer_is_row(const write_entry *entry, const client_answer *answer) {
    if (!answer_has_sid(entry)) {
        return answer_is_single(entry, answer);
    }
    buffer text;
    const char *sid = answer_read_sid(entry, answer, &text) ? text.data : NULL;
    bool same = sid && (!entry->sid || sqlite3_stricmp(sid, entry->sid) == 0);
    bool unread = text.rc == SQLITE_NOMEM;
    buffer_clear(&text);
    return unread || (same && !answer_is_elsewhere(entry, answer));
}

/* Letters, digits and the like, with single blanks between them: a service gives such a name back as it got it. */
static bool answer_is_plain(const char *name) {
    static const char signs[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.@ ";
    size_t length = strlen(name);
    return length > 0 && strspn(name, signs) == length && name[0] != ' ' && name[length - 1] != ' ' &&
           !strstr(name, "  ");
}

/* Does the answer's row have another name than the one that the call gives? */
static bool answer_is_of_another_name(const write_entry *entry, const client_answer *answer) {
    if (!entry->unique_name || !answer_is_plain(entry->unique_name)) {
        return false;
    }
    buffer text;
    answer_read(entry, answer, entry->resource->name_column, &text);
    bool other = text.data && answer_is_plain(text.data) && sqlite3_stricmp(text.data, entry->unique_name) != 0;
    buffer_clear(&text);
    return other;
}

/* Takes the SID of the row that an INSERT has made, or OR REPLACE changed, which must be where it was to be, and so named. */
static bool answer_is_made(write_entry *entry, const client_answer *answer) {
    if (!answer_is_elsewhere(entry, answer) && !answer_is_of_another_name(entry, answer)) {
        write_answer_learn(entry, answer, NULL);
    }
    return entry->sid || entry->sid_unread;
}

enum { ANSWER_DELETED = 204 }; /* vendor: the only status that the specs of all generations have for a DELETE */

/* That there is no such row any more is said with the API's own error (rest/client.h). */
static bool answer_is_deletion(const client_answer *answer) {
    return answer->outcome == CLIENT_NOT_FOUND || (answer->status == ANSWER_DELETED && answer->length == 0);
}

bool write_answer_confirms(write_entry *entry, const client_answer *answer) {
    switch (entry->operation) {
    case WRITE_DELETE:
        return answer_is_deletion(answer);
    case WRITE_UPDATE:
        return answer_is_row(entry, answer);
    case WRITE_INSERT:
        break;
    }
    return answer_is_made(entry, answer);
}

/* Does the call give a value in that column? */
static bool answer_was_given(const write_entry *entry, const char *column) {
    const catalog_resource *resource = entry->resource;
    bool given = false;
    for (size_t i = 0; i < resource->parameter_count && !given; i++) {
        given =
            strcmp(resource->parameters[i].column, column) == 0 && form_has(entry->body, resource->parameters[i].name);
    }
    return given;
}

bool write_answer_may_be_taken(const write_entry *entry) {
    bool may = false;
    for (const catalog_taken *taken = entry->resource->taken; taken && taken->column && !may; taken++) {
        may = answer_was_given(entry, taken->column);
    }
    return may;
}

const char *write_answer_taken(const write_entry *entry, const client_answer *answer, error *problem) {
    const catalog_taken *taken = answer->rejected ? entry->resource->taken : NULL;
    if (!taken) {
        return NULL;
    }
    page_problem said = {0};
    page_parse_problem(answer->body, answer->length, &said);
    if (said.no_memory) {
        error_no_memory(problem);
    }
    while (taken->column && (taken->code != said.code || !answer_was_given(entry, taken->column))) {
        taken++;
    }
    return taken->column;
}

bool write_answer_is_second(write_answer_made *made, write_entry *entry) {
    if (!entry->sid || strlen(entry->sid) > SID_LENGTH) {
        return false;
    }
    for (size_t i = 0; i < WRITE_ANSWER_MADE; i++) {
        bool same = made->accounts[i] == entry->account->account && sqlite3_stricmp(made->sids[i], entry->sid) == 0;
        if (same && entry->operation == WRITE_DELETE) {
            made->sids[i][0] = 0; /* who comes again may get it again */
        } else if (same && entry->operation == WRITE_INSERT) {
            sqlite3_free(entry->sid);
            entry->sid = NULL;
            return true;
        }
    }
    if (entry->operation == WRITE_DELETE) {
        return false; /* its answer holds no row */
    }
    sqlite3_snprintf(SID_LENGTH + 1, made->sids[made->next], "%s", entry->sid);
    made->accounts[made->next] = entry->account->account;
    made->next = (made->next + 1) % WRITE_ANSWER_MADE;
    return false;
}

char *write_answer_describe(const write_entry *entry, const client_answer *answer, bool second) {
    const char *what = entry->operation == WRITE_DELETE ? "with what is not the service's answer"
                       : second                         ? "with the row of another call, which was answered twice"
                       : entry->operation == WRITE_INSERT && answer_is_of_another_name(entry, answer)
                           ? "with a row of another name"
                           : "without the row that the service answers with";
    return sqlite3_mprintf("HTTP %d, but %s", answer->status, what);
}

const char *write_answer_why_no_sid(const write_entry *made) {
    if (made->state == WRITE_UNKNOWN) {
        return "is not known to be made";
    }
    if (made->state == WRITE_FAILED && made->conflict == SQLITE_IGNORE) {
        return "was left out by OR IGNORE, and its SID is not known";
    }
    return made->state == WRITE_SENT ? "was made, but memory ran out as its SID was to be read" : "was not made";
}
