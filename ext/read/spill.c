/* Pages in a temporary file; see spill.h. */
#include "read/spill.h"

#include <string.h>

#include "base/buffer.h"
#include "rest/page_pack.h"

/* Bytes in a stretch, if it has more than one row; rows of a page at the most; bytes of a stretch at the most. */
enum { SPILL_SLICE = 4096, SPILL_ROWS_MAX = 1 << 24, SPILL_BYTES_MAX = 0x7fffffff };

static void spill_report(const spill *file, error *problem) {
    if (file->failure.message) {
        error_set(problem, file->failure.rc, "%s", file->failure.message);
    } else {
        error_no_memory(problem);
    }
}

/*
** Never SQLite's own code: SQLITE_FULL or SQLITE_IOERR out of a virtual table would make it roll back the whole transaction,
** where the statement is enough.
*/
static void spill_fail(spill *file, error *problem) {
    int rc = file->db ? sqlite3_errcode(file->db) : SQLITE_NOMEM;
    if (rc == SQLITE_NOMEM) {
        error_no_memory(&file->failure);
    } else {
        error_set(&file->failure, SQLITE_ERROR,
                  "what this statement comes back to takes more than memory_limit_mb, and the temporary file for the "
                  "rest fails: %s: raise it, or make room (SQLITE_TMPDIR says where)",
                  sqlite3_errmsg(file->db));
    }
    spill_report(file, problem);
}

/* Is the temporary file one? Some builds of SQLite have it in memory. */
static bool spill_asks_memory(spill *file) {
    sqlite3_stmt *options = NULL;
    bool memory = false;
    if (sqlite3_prepare_v2(file->db,
                           "SELECT 1 FROM pragma_compile_options WHERE compile_options IN ('TEMP_STORE=2', "
                           "'TEMP_STORE=3')",
                           -1, &options, NULL) == SQLITE_OK) {
        memory = sqlite3_step(options) == SQLITE_ROW;
    }
    sqlite3_finalize(options);
    return memory;
}

/* One transaction, of which nothing is ever taken back. */
static void spill_open(spill *file, error *problem) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int rc = sqlite3_open_v2("", &file->db, flags, NULL);
    if (rc == SQLITE_OK) {
        file->is_memory = spill_asks_memory(file);
        rc = sqlite3_exec(file->db,
                          "PRAGMA page_size = 16384; PRAGMA journal_mode = off; PRAGMA synchronous = off; "
                          "PRAGMA cache_size = -500; BEGIN; CREATE TABLE slices(place INTEGER PRIMARY KEY, bytes)",
                          NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_prepare_v2(file->db, "INSERT INTO slices VALUES (?1, ?2)", -1, &file->put, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_prepare_v2(file->db, "SELECT bytes FROM slices WHERE place BETWEEN ?1 AND ?2 ORDER BY place", -1,
                                &file->get, NULL);
    }
    if (rc != SQLITE_OK) {
        spill_fail(file, problem);
    }
}

/* ---- writing ---- */

static int64_t spill_number(const spill_place *place, size_t slice) {
    return place->page * SPILL_ROWS_MAX + (int64_t)slice;
}

/* How many rows of a page make a stretch. */
static size_t spill_slice_rows(const page *content) {
    size_t each = content->row_count ? content->bytes / content->row_count + 1 : 1;
    return each < SPILL_SLICE ? SPILL_SLICE / each : 1;
}

/* bytes: for what is written, with the room that the stretch before it took. */
static void spill_put_slice(spill *file, const page *content, const spill_place *place, size_t slice, buffer *bytes,
                            error *problem) {
    size_t first = slice * place->slice, left = content->row_count - first;
    bytes->length = 0;
    page_pack_rows(content, first, left < place->slice ? left : place->slice, bytes);
    if (bytes->rc != SQLITE_OK) {
        file->failure.rc = bytes->rc;
        spill_report(file, problem);
        return;
    }
    sqlite3_bind_int64(file->put, 1, spill_number(place, slice));
    sqlite3_bind_blob64(file->put, 2, bytes->data, bytes->length, SQLITE_STATIC);
    sqlite3_step(file->put);
    if (sqlite3_reset(file->put) != SQLITE_OK) {
        spill_fail(file, problem);
    }
    sqlite3_clear_bindings(file->put);
    file->bytes += (int64_t)bytes->length;
}

static void spill_put_all(spill *file, const page *content, const spill_place *place, error *problem) {
    buffer bytes;
    buffer_init(&bytes, SPILL_BYTES_MAX);
    for (size_t slice = 0; !error_is_set(problem) && (slice == 0 || slice * place->slice < content->row_count);
         slice++) {
        spill_put_slice(file, content, place, slice, &bytes, problem);
    }
    buffer_clear(&bytes);
}

bool spill_put(spill *file, const page *content, spill_place *place, error *problem) {
    spill_place made = {file->pages + 1, content->row_count, spill_slice_rows(content)};
    if (error_is_set(&file->failure)) {
        spill_report(file, problem);
    } else if (!file->db && !error_is_set(problem)) {
        spill_open(file, problem);
    }
    if (error_is_set(problem) || file->is_memory || content->row_count >= SPILL_ROWS_MAX) {
        return false;
    }
    spill_put_all(file, content, &made, problem);
    if (error_is_set(problem)) {
        return false;
    }
    *place = made;
    file->pages++;
    return true;
}

/* ---- reading ---- */

/* One stretch after another. */
static void spill_read(spill *file, const spill_place *place, size_t first, size_t last, buffer *bytes,
                       error *problem) {
    size_t wanted = last - first + 1;
    if (error_is_set(&file->failure)) {
        spill_report(file, problem);
        return;
    }
    sqlite3_bind_int64(file->get, 1, spill_number(place, first));
    sqlite3_bind_int64(file->get, 2, spill_number(place, last));
    while (bytes->rc == SQLITE_OK && wanted > 0 && sqlite3_step(file->get) == SQLITE_ROW) {
        const void *blob = sqlite3_column_blob(file->get, 0);
        if (!blob || !buffer_append(bytes, blob, (size_t)sqlite3_column_bytes(file->get, 0))) {
            error_no_memory(problem);
            break;
        }
        wanted--;
    }
    if (sqlite3_reset(file->get) != SQLITE_OK) {
        spill_fail(file, problem);
    } else if (wanted > 0) {
        error_set(problem, SQLITE_ERROR, "what has been written to the temporary file is not there any more");
    }
}

static page *spill_get_slices(spill *file, const spill_place *place, size_t first, size_t last, error *problem) {
    buffer bytes;
    buffer_init(&bytes, SPILL_BYTES_MAX);
    spill_read(file, place, first, last, &bytes, problem);
    page *made = error_is_set(problem) ? NULL : page_pack_undo(bytes.data, bytes.length);
    if (!made) {
        error_no_memory(problem);
    }
    buffer_clear(&bytes);
    return made;
}

page *spill_get(spill *file, const spill_place *place, error *problem) {
    return spill_get_slices(file, place, 0, place->rows ? (place->rows - 1) / place->slice : 0, problem);
}

page *spill_get_around(spill *file, const spill_place *place, size_t row, size_t *first, error *problem) {
    size_t slice = row / place->slice;
    *first = slice * place->slice;
    return spill_get_slices(file, place, slice, slice, problem);
}

void spill_close(spill *file) {
    sqlite3_finalize(file->put);
    sqlite3_finalize(file->get);
    sqlite3_close_v2(file->db);
    error_clear(&file->failure);
    memset(file, 0, sizeof *file);
}
