/*
** Texts of calls in a temporary file; see write_spill.h.
**
** What stands there of a call: the lengths of its texts, then the texts one after another.
*/
#include "write/write_spill.h"

#include <string.h>

#include "base/temp_file.h"

enum { SPILL_TEXTS = 4, SPILL_NONE = -1 /* as a length: there is no such text */ };

typedef struct spill_head {
    int64_t lengths[SPILL_TEXTS];
} spill_head;

/* In their order in the file, which is that of the bits of write_entry.kept. */
static char **write_spill_text(write_entry *entry, int i) {
    char **const texts[SPILL_TEXTS] = {&entry->path, &entry->body, &entry->replace_path, &entry->replace_body};
    return texts[i];
}

static bool write_spill_is_kept(const write_entry *entry, int i) {
    return (entry->kept >> i & 1) != 0;
}

/*
** Never SQLite's own code: SQLITE_FULL or SQLITE_IOERR out of a virtual table would make it roll back the whole transaction,
** where the statement is enough.
*/
static void write_spill_check(int rc, error *problem) {
    if (rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    } else if (rc != SQLITE_OK) {
        error_set(problem, SQLITE_ERROR,
                  "the writes of this transaction take more than memory_limit_mb, and the temporary file for the rest "
                  "fails: %s: raise it, or make room (SQLITE_TMPDIR says where)",
                  sqlite3_errstr(rc));
    }
}

/* ---- writing ---- */

static size_t write_spill_measure(write_entry *entry, spill_head *head) {
    size_t total = sizeof *head;
    for (int i = 0; i < SPILL_TEXTS; i++) {
        const char *text = *write_spill_text(entry, i);
        head->lengths[i] = text ? (int64_t)strlen(text) : SPILL_NONE;
        total += text ? (size_t)head->lengths[i] : 0;
    }
    return total;
}

static bool write_spill_is_last(const write_spill *spill, const write_entry *entry) {
    return entry->stored && entry->spilled_at + (int64_t)entry->spilled_length == spill->end;
}

void write_spill_put(write_spill *spill, write_entry *entry, error *problem) {
    spill_head head;
    size_t length = write_spill_measure(entry, &head);
    bool again = entry->stored && (length <= entry->spilled_length || write_spill_is_last(spill, entry));
    int64_t at = again ? entry->spilled_at : spill->end;
    if (error_is_set(problem)) {
        return;
    }
    int rc = spill->file ? SQLITE_OK : temp_file_open(NULL, &spill->file);
    rc = rc == SQLITE_OK ? temp_file_write(spill->file, &head, sizeof head, at) : rc;
    int64_t next = at + (int64_t)sizeof head;
    for (int i = 0; i < SPILL_TEXTS && rc == SQLITE_OK; i++) {
        if (head.lengths[i] > 0) {
            rc = temp_file_write(spill->file, *write_spill_text(entry, i), (size_t)head.lengths[i], next);
            next += head.lengths[i];
        }
    }
    write_spill_check(rc, problem);
    if (rc == SQLITE_OK) {
        spill->end = next > spill->end || write_spill_is_last(spill, entry) ? next : spill->end;
        entry->spilled_at = at;
        entry->spilled_length = length;
        entry->kept = 0;
    }
}

void write_spill_forget(write_spill *spill, const write_entry *entry) {
    if (write_spill_is_last(spill, entry)) {
        spill->end = entry->spilled_at;
    }
}

/* ---- reading ---- */

/* What is there of a call. Not what was written: some other process has cut the file, or written into it. */
static void write_spill_read_head(const write_spill *spill, const write_entry *entry, spill_head *head,
                                  error *problem) {
    uint64_t total = sizeof *head;
    int rc = temp_file_read(spill->file, head, sizeof *head, entry->spilled_at);
    write_spill_check(rc, problem);
    for (int i = 0; i < SPILL_TEXTS && !error_is_set(problem); i++) {
        total += head->lengths[i] == SPILL_NONE ? 0 : (uint64_t)head->lengths[i];
    }
    if (total != entry->spilled_length) {
        write_spill_check(SQLITE_CORRUPT, problem);
    }
}

/* NULL: there is no such text, or a problem. */
static char *write_spill_read(const write_spill *spill, int64_t length, int64_t at, error *problem) {
    char *text = length == SPILL_NONE ? NULL : sqlite3_malloc64((sqlite3_uint64)length + 1);
    if (length == SPILL_NONE) {
        return NULL;
    }
    int rc = text ? temp_file_read(spill->file, text, (size_t)length, at) : SQLITE_NOMEM;
    write_spill_check(rc, problem);
    if (rc != SQLITE_OK) {
        sqlite3_free(text);
        return NULL;
    }
    text[length] = 0;
    return text;
}

/* Does with each text in the file what is to be done; the text is the receiver's. */
static void write_spill_each(const write_spill *spill, write_entry *entry,
                             void (*receive)(write_entry *entry, int i, char *text), error *problem) {
    spill_head head;
    if (error_is_set(problem)) {
        return;
    }
    write_spill_read_head(spill, entry, &head, problem);
    int64_t at = entry->spilled_at + (int64_t)sizeof head;
    for (int i = 0; i < SPILL_TEXTS && !error_is_set(problem); i++) {
        char *text = write_spill_read(spill, head.lengths[i], at, problem);
        if (!error_is_set(problem)) {
            receive(entry, i, text);
        }
        at += head.lengths[i] == SPILL_NONE ? 0 : head.lengths[i];
    }
}

static void write_spill_give(write_entry *entry, int i, char *text) {
    if (write_spill_is_kept(entry, i)) {
        sqlite3_free(text);
    } else {
        sqlite3_free(*write_spill_text(entry, i));
        *write_spill_text(entry, i) = text;
    }
}

void write_spill_get(const write_spill *spill, write_entry *entry, error *problem) {
    write_spill_each(spill, entry, write_spill_give, problem);
}

static void write_spill_compare(write_entry *entry, int i, char *text) {
    const char *now = *write_spill_text(entry, i);
    bool same = now && text ? strcmp(now, text) == 0 : now == text;
    unsigned char bit = (unsigned char)(1u << i);
    entry->kept = (unsigned char)(same ? entry->kept & ~bit : entry->kept | bit);
    sqlite3_free(text);
}

void write_spill_keep(const write_spill *spill, write_entry *entry, error *problem) {
    write_spill_each(spill, entry, write_spill_compare, problem);
}

/* ---- the end ---- */

void write_spill_drop_texts(write_entry *entry) {
    for (int i = 0; i < SPILL_TEXTS; i++) {
        if (!write_spill_is_kept(entry, i)) {
            sqlite3_free(*write_spill_text(entry, i));
            *write_spill_text(entry, i) = NULL;
        }
    }
}

void write_spill_close(write_spill *spill) {
    temp_file_close(spill->file);
    memset(spill, 0, sizeof *spill);
}
