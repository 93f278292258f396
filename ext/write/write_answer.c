/* What the answer of a write shows; see write_answer.h. */
#include "write/write_answer.h"

#include <string.h>

#include "base/sid.h"
#include "base/sqlite.h"
#include "rest/page.h"
#include "rest/page_document.h"

void write_answer_learn(write_entry *entry, const client_answer *answer) {
    error problem = {0};
    page *made = page_parse_single(entry->resource, entry->version, answer->body, answer->length, &problem);
    int key = catalog_column_index(entry->resource, entry->resource->key_column);
    if (made && key >= 0) {
        const page_cell *cell = page_at(made, 0, (size_t)key);
        /* It will stand in the paths of later calls: one that is no plain name could lead them elsewhere. */
        if (sid_is_plain_segment(page_text(made, cell), cell->length)) {
            entry->sid = sqlite3_mprintf("%s", page_text(made, cell));
            entry->sid_unread = !entry->sid;
        }
    }
    entry->sid_unread |= problem.rc == SQLITE_NOMEM;
    page_release(made);
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
    write_answer_learn(entry, answer);
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
