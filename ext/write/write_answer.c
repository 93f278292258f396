/* What the answer of a write shows; see write_answer.h. */
#include "write/write_answer.h"

#include <string.h>

#include "base/sid.h"
#include "base/sqlite.h"
#include "rest/page_document.h"

enum { ANSWER_TEXT_MAX = 1024 * 1024 };

/* A text of the answer's row; the buffer is empty if it has none. */
static void answer_read(const write_entry *entry, const page_document *document, const char *column, buffer *text) {
    buffer_init(text, ANSWER_TEXT_MAX);
    page_document_leaf(document, catalog_json_name(entry->resource, column, entry->version), text);
}

/* Upper and lower case of names may be the same to the server. */
static bool answer_has_name(const write_entry *entry, const page_document *document, const char *name) {
    buffer text;
    answer_read(entry, document, entry->resource->name_column, &text);
    bool same = text.data && text.length == strlen(name) && sqlite3_stricmp(text.data, name) == 0;
    buffer_clear(&text);
    return same;
}

void write_answer_learn(write_entry *entry, const client_answer *answer, const char *name) {
    error problem = {0};
    buffer sid;
    page_document *document = page_document_parse(answer->body ? answer->body : "", answer->length, &problem);
    buffer_init(&sid, ANSWER_TEXT_MAX);
    if (document && entry->resource->key_column && (!name || answer_has_name(entry, document, name))) {
        answer_read(entry, document, entry->resource->key_column, &sid);
    }
    /* It will stand in the paths of later calls: one that is no SID could lead them elsewhere. */
    if (sid.data && sid_classify(entry->resource->key_prefix, sid.data, sid.length) != SID_NO) {
        entry->sid = sqlite3_mprintf("%s", sid.data);
        entry->sid_unread = !entry->sid;
    }
    entry->sid_unread |= problem.rc == SQLITE_NOMEM || sid.rc == SQLITE_NOMEM;
    buffer_clear(&sid);
    page_document_free(document);
    error_clear(&problem);
}

static bool answer_is_object(const client_answer *answer) {
    error problem = {0};
    page_document *document = page_document_parse(answer->body ? answer->body : "", answer->length, &problem);
    bool is_object = document ? page_document_is_object(document) : problem.rc == SQLITE_NOMEM;
    page_document_free(document);
    error_clear(&problem);
    return is_object;
}

bool write_answer_confirms(write_entry *entry, const client_answer *answer) {
    switch (entry->operation) {
    case WRITE_DELETE:
        return true;
    case WRITE_UPDATE:
        return answer_is_object(answer);
    case WRITE_INSERT:
        break;
    }
    write_answer_learn(entry, answer, NULL);
    return entry->sid || entry->sid_unread;
}

char *write_answer_describe(const write_entry *entry, const client_answer *answer, const char *method) {
    return sqlite3_mprintf("%s %s: HTTP %d, but without the row that the service answers with", method, entry->path,
                           answer->status);
}

const char *write_answer_why_no_sid(const write_entry *made) {
    if (made->state == WRITE_UNKNOWN) {
        return "is not known to be made";
    }
    return made->state == WRITE_SENT ? "was made, but memory ran out as its SID was to be read" : "was not made";
}
