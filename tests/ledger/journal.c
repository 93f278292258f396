/* chat_writes and the ledger: see journal.h. */
#include "journal.h"

#include "differential/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const journal_states[] = {"pending", "sent", "failed", "unknown", "rolled back"};

enum { JOURNAL_STATES = sizeof journal_states / sizeof journal_states[0] };

const char *journal_state_text(journal_state state) {
    return journal_states[state];
}

/* ---- reading ---- */

static char *journal_text(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return memory_copy(text, text == NULL ? 0 : strlen(text));
}

static bool journal_take(journal *j, sqlite3_stmt *statement) {
    j->rows = memory_resize(j->rows, (size_t)j->count + 1, sizeof *j->rows);
    journal_row *row = &j->rows[j->count++];
    char *state = journal_text(statement, 1);
    *row = (journal_row){.seq = sqlite3_column_int64(statement, 0),
                         .operation = journal_text(statement, 2),
                         .method = journal_text(statement, 3),
                         .path = journal_text(statement, 4),
                         .body = sqlite3_column_type(statement, 5) == SQLITE_NULL ? NULL : journal_text(statement, 5),
                         .sid = journal_text(statement, 6),
                         .status = sqlite3_column_int(statement, 7),
                         .error = journal_text(statement, 8),
                         .place = -1};
    int known = 0;
    while (known < JOURNAL_STATES && strcmp(journal_states[known], state) != 0) {
        known++;
    }
    if (known == JOURNAL_STATES) {
        printf("# chat_writes: state \"%s\"\n", state);
    }
    row->state = (journal_state)known;
    free(state);
    return known < JOURNAL_STATES;
}

bool journal_read(journal *j, sqlite3 *db, sqlite3_int64 after) {
    sqlite3_stmt *statement = NULL;
    bool good = sqlite3_prepare_v2(db,
                                   "SELECT seq, state, operation, method, path, body, sid, status, error "
                                   "FROM chat_writes WHERE seq > ?1 ORDER BY seq",
                                   -1, &statement, NULL) == SQLITE_OK;
    sqlite3_bind_int64(statement, 1, after);
    while (good && sqlite3_step(statement) == SQLITE_ROW) {
        good = journal_take(j, statement);
    }
    if (sqlite3_finalize(statement) != SQLITE_OK) {
        printf("# chat_writes: %s\n", sqlite3_errmsg(db));
        good = false;
    }
    return good;
}

void journal_free(journal *j) {
    for (int i = 0; i < j->count; i++) {
        journal_row *row = &j->rows[i];
        char *const texts[] = {row->operation, row->method, row->path, row->body, row->sid, row->error};
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
            free(texts[k]);
        }
    }
    free(j->rows);
    *j = (journal){0};
}

int journal_count(const journal *j, journal_state state) {
    int count = 0;
    for (int i = 0; i < j->count; i++) {
        count += j->rows[i].state == state;
    }
    return count;
}

/* ---- finding rows in the ledger ---- */

static const char *journal_field(const json_t *entry, const char *name) {
    const char *text = json_string_value(json_object_get(entry, name));
    return text == NULL ? "" : text;
}

static bool journal_matches(const journal_row *row, const json_t *entry) {
    return strcmp(journal_field(entry, "method"), row->method) == 0 &&
           strcmp(journal_field(entry, "path"), row->path) == 0 &&
           (row->body == NULL || strcmp(journal_field(entry, "body"), row->body) == 0) &&
           (row->sid[0] == 0 || strcmp(journal_field(entry, "sid"), row->sid) == 0);
}

/* Gives the row the first entry that is nobody's yet. */
static void journal_place(journal_row *row, const json_t *ledger, bool *taken) {
    for (size_t i = 0; i < json_array_size(ledger) && row->place < 0; i++) {
        if (!taken[i] && journal_matches(row, json_array_get(ledger, i))) {
            taken[i] = true;
            row->place = (int)i;
        }
    }
}

static int journal_wrong(const journal_row *row, const char *what) {
    printf("# %lld %s %s %s [%.80s]: %s %s: %.300s\n", row->seq, journal_states[row->state], row->method, row->path,
           row->body == NULL ? "" : row->body, row->sid, what, row->error);
    return 1;
}

/*
** A DELETE of what was gone already is done, although the server has applied nothing. And a fault that answers "201" with
** nonsense may have said so of a write that was refused; a DELETE that was applied is answered with 204.
*/
static bool journal_may_be_missing(const journal_row *row) {
    bool gone = row->status != 204 && strcmp(row->method, "DELETE") == 0;
    return gone || (strcmp(row->operation, "INSERT") == 0 && row->sid[0] == 0);
}

int journal_place_all(journal *j, const json_t *ledger) {
    bool *taken = memory_zeroed(json_array_size(ledger), sizeof *taken);
    int wrong = 0;
    for (int i = 0; i < j->count; i++) {
        if (j->rows[i].state == JOURNAL_SENT) {
            journal_place(&j->rows[i], ledger, taken);
            if (j->rows[i].place < 0 && !journal_may_be_missing(&j->rows[i])) {
                wrong += journal_wrong(&j->rows[i], "is not in the ledger");
            }
        }
    }
    for (int i = 0; i < j->count; i++) {
        if (j->rows[i].state == JOURNAL_UNKNOWN) {
            journal_place(&j->rows[i], ledger, taken);
        } else if (j->rows[i].state == JOURNAL_PENDING) {
            wrong += journal_wrong(&j->rows[i], "after the end of its transaction");
        }
    }
    for (size_t i = 0; i < json_array_size(ledger); i++) {
        const json_t *entry = json_array_get(ledger, i);
        if (!taken[i]) {
            printf("# in the ledger, and not, or once too often: %s %s [%.80s] %s\n", journal_field(entry, "method"),
                   journal_field(entry, "path"), journal_field(entry, "body"), journal_field(entry, "sid"));
            wrong++;
        }
    }
    free(taken);
    return wrong;
}

/* ---- order ---- */

/* The list that a path is in, or is: its length without the last segment of an instance. */
static size_t journal_parent_length(const journal_row *row) {
    const char *end = strrchr(row->path, '/');
    size_t length = end == NULL ? 0 : (size_t)(end - row->path);
    if (strcmp(row->operation, "INSERT") == 0) {
        return length;
    }
    while (length > 0 && row->path[length - 1] != '/') {
        length--;
    }
    return length > 0 ? length - 1 : 0;
}

/* Is the later row about something inside of what the earlier one is about? */
static bool journal_is_inside(const journal_row *inner, const journal_row *outer) {
    char address[400];
    bool made = strcmp(outer->operation, "INSERT") == 0;
    if (made && outer->sid[0] == 0) {
        return false;
    }
    snprintf(address, sizeof address, "%s%s%s/", outer->path, made ? "/" : "", made ? outer->sid : "");
    return strncmp(inner->path, address, strlen(address)) == 0;
}

static bool journal_is_ordered(const journal_row *one, const journal_row *other) {
    size_t length = journal_parent_length(one);
    bool siblings = length == journal_parent_length(other) && strncmp(one->path, other->path, length) == 0;
    return siblings || journal_is_inside(other, one) || journal_is_inside(one, other);
}

/*
** The path of a call by the unique_name of a channel that was there already (its INSERT OR IGNORE was refused) is known
** only once that has come out: until then it has an order of its own, apart from calls by the channel's SID.
*/
static bool journal_is_found_by_name(const journal *j, const journal_row *row) {
    for (int i = 0; i < j->count; i++) {
        const journal_row *taken = &j->rows[i];
        if (taken->state == JOURNAL_FAILED && strncmp(taken->error, "ignored: ", 9) == 0 &&
            (taken->sid[0] == 0 || strstr(row->path, taken->sid) != NULL)) {
            return true;
        }
    }
    return false;
}

static int journal_check_order(const journal *j) {
    int wrong = 0;
    for (int i = 0; i < j->count; i++) {
        for (int k = i + 1; k < j->count && j->rows[i].place >= 0; k++) {
            if (j->rows[k].place >= 0 && j->rows[k].place < j->rows[i].place &&
                journal_is_ordered(&j->rows[i], &j->rows[k]) && !journal_is_found_by_name(j, &j->rows[k])) {
                printf("# applied before %lld, which was queued earlier:\n", j->rows[i].seq);
                wrong += journal_wrong(&j->rows[k], "out of order");
            }
        }
    }
    return wrong;
}

int journal_compare(journal *j, const json_t *ledger) {
    int wrong = journal_place_all(j, ledger);
    return wrong + journal_check_order(j);
}

void journal_join(journal *j, journal *added) {
    j->rows = memory_resize(j->rows, (size_t)(j->count + added->count), sizeof *j->rows);
    for (int i = 0; i < added->count; i++) {
        j->rows[j->count++] = added->rows[i];
    }
    free(added->rows);
    *added = (journal){0};
}
