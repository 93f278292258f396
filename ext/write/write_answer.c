/* What the answer of a write shows; see write_answer.h. */
#include "write/write_answer.h"

#include <string.h>

#include "base/sid.h"
#include "base/sqlite.h"
#include "rest/outcome.h"
#include "rest/page.h"
#include "rest/page_document.h"

/* The row that an answer is; NULL, without a problem for SQLITE_NOMEM, if it is none. */
static page *answer_row(const write_entry *entry, const client_answer *answer, error *problem) {
    return page_parse_single(entry->resource, entry->version, answer->body, answer->length, problem);
}

/* The SID in a row, NULL if it has none of the table's kind. It will stand in the paths of later calls. */
static const char *answer_sid(const write_entry *entry, const page *row) {
    int key = row ? catalog_column_index(entry->resource, entry->resource->key_column) : -1;
    const page_cell *cell = key >= 0 ? page_at(row, 0, (size_t)key) : NULL;
    const char *sid = cell ? page_text(row, cell) : "";
    return cell && sid_classify(entry->resource->key_prefix, sid, cell->length) != SID_NO ? sid : NULL;
}

void write_answer_learn(write_entry *entry, const client_answer *answer) {
    error problem = {0};
    page *made = answer_row(entry, answer, &problem);
    const char *sid = answer_sid(entry, made);
    if (sid) {
        entry->sid = sqlite3_mprintf("%s", sid);
        entry->sid_unread = !entry->sid;
    }
    entry->sid_unread |= problem.rc == SQLITE_NOMEM;
    page_release(made);
    error_clear(&problem);
}

/* Is it an object, and not one of the API's errors? */
static bool answer_is_object(const client_answer *answer) {
    error problem = {0};
    page_document *document = page_document_parse(answer->body ? answer->body : "", answer->length, &problem);
    bool is_object = document ? page_document_is_object(document) : problem.rc == SQLITE_NOMEM;
    page_document_free(document);
    error_clear(&problem);
    return is_object && outcome_author_of(answer->body, answer->length) != AUTHOR_API;
}

/* Is the call about the row itself? A part of it, or one that is single, has no SID of its own. */
static bool answer_has_sid(const write_entry *entry) {
    size_t length = entry->sid ? strlen(entry->sid) : 0, path = strlen(entry->path);
    return entry->resource->key_column && path >= length &&
           strcmp(entry->path + path - length, entry->sid ? entry->sid : "") == 0;
}

/* Is it the row that was to be changed? */
static bool answer_is_row(const write_entry *entry, const client_answer *answer) {
    error problem = {0};
    if (!answer_has_sid(entry)) {
        return answer_is_object(answer);
    }
    page *changed = answer_row(entry, answer, &problem);
    const char *sid = answer_sid(entry, changed);
    bool same = sid && (!entry->sid || sqlite3_stricmp(sid, entry->sid) == 0);
    bool unread = problem.rc == SQLITE_NOMEM;
    page_release(changed);
    error_clear(&problem);
    return same || unread;
}

/* A DELETE is answered with nothing; that there is no such row any more, with the API's own error (rest/client.h). */
static bool answer_is_deletion(const client_answer *answer) {
    return answer->outcome == CLIENT_NOT_FOUND || answer->length == 0;
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
    write_answer_learn(entry, answer);
    return entry->sid || entry->sid_unread;
}

char *write_answer_describe(const write_entry *entry, const client_answer *answer, const char *method) {
    return sqlite3_mprintf("%s %s: HTTP %d, but %s", method, entry->path, answer->status,
                           entry->operation == WRITE_DELETE ? "with what is not the service's answer"
                                                            : "without the row that the service answers with");
}

const char *write_answer_why_no_sid(const write_entry *made) {
    if (made->state == WRITE_UNKNOWN) {
        return "is not known to be made";
    }
    return made->state == WRITE_SENT ? "was made, but memory ran out as its SID was to be read" : "was not made";
}
