/*
** The rows of a small table as they were when a statement began; see small_rows.h.
**
** A row is its rowid and the length of its cells, then the cells: a byte that says what it is, then the integer, or the
** length of the text and the text. Rows stand one after another in memory; when that is full it is written to the
** file, at whose end the next filling goes. With a file, all rows are in it in the end, but where it took no more and they
** may stay in memory: then the last ones do.
*/
#include "table/small_rows.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/temp_file.h"

enum { PIECE = 1 << 16 }; /* read at once */

typedef enum { SMALL_NULL, SMALL_INTEGER, SMALL_TEXT, SMALL_NOT_KEPT } small_kind;

typedef struct row_head {
    sqlite3_int64 rowid;
    uint64_t length; /* of the cells */
} row_head;

struct small_rows {
    small_rows *of; /* whose rows it walks over: its own, or those of another, which it keeps */
    int walks;      /* over its rows */
    sqlite3 *db;    /* borrowed */
    unsigned columns;
    size_t limit;
    int rc;
    int column;   /* of the row that is being added, the next one */
    bool adding;  /* a row is */
    bool stay;    /* they may stay in memory */
    bool full;    /* the file took no more, and they do */
    buffer row;   /* the cells of the row being added; when reading from the file, those of the row it stands on */
    buffer block; /* rows */
    sqlite3_file *file;    /* owned; NULL: all rows are in block */
    sqlite3_int64 in_file; /* bytes; the other rows are in block */
    char *piece;           /* owned: what was read last of the file, where it stood there, and how much it is */
    sqlite3_int64 piece_at;
    uint64_t piece_length;

    sqlite3_int64 next; /* where the next row is */
    row_head head;      /* of the row it stands on */
    const char *cells;  /* of the row it stands on; NULL: at the end */
};

small_rows *small_rows_new(sqlite3 *db, unsigned columns, size_t limit) {
    small_rows *rows = sqlite3_malloc64(sizeof *rows);
    if (rows) {
        memset(rows, 0, sizeof *rows);
        rows->of = rows;
        rows->walks = 1;
        rows->db = db;
        rows->columns = columns;
        rows->limit = limit;
        buffer_init(&rows->row, SIZE_MAX / 4);
        buffer_init(&rows->block, SIZE_MAX / 4);
    }
    return rows;
}

static void small_rows_fail(small_rows *rows, int rc) {
    if (rows->rc == SQLITE_OK) {
        rows->rc = rc;
    }
}

/* ---- the file ---- */

/* Writes what is in memory to the end of the file. */
static void small_rows_spill(small_rows *rows) {
    int rc = rows->file ? SQLITE_OK : temp_file_open(rows->db, &rows->file);
    rc = rc == SQLITE_OK ? temp_file_write(rows->file, rows->block.data, rows->block.length, rows->in_file) : rc;
    if (rc != SQLITE_OK && rc != SQLITE_NOMEM && rows->stay) {
        rows->full = true;
        return;
    }
    small_rows_fail(rows, rc);
    rows->in_file += rc == SQLITE_OK ? (sqlite3_int64)rows->block.length : 0;
    rows->block.length = 0; /* its memory is used again */
}

/* Reads the piece of the file that begins there: many rows, since an inner loop walks over them again and again. */
static void small_rows_read_piece(small_rows *rows, sqlite3_int64 at) {
    sqlite3_int64 left = rows->of->in_file - at;
    rows->piece = rows->piece ? rows->piece : sqlite3_malloc64(PIECE);
    rows->piece_length = 0;
    if (!rows->piece) {
        small_rows_fail(rows, SQLITE_NOMEM);
        return;
    }
    size_t length = left < PIECE ? (size_t)left : PIECE;
    small_rows_fail(rows, temp_file_read(rows->of->file, rows->piece, length, at));
    rows->piece_at = at;
    rows->piece_length = rows->rc == SQLITE_OK ? length : 0;
}

static void small_rows_read(small_rows *rows, void *bytes, uint64_t length, sqlite3_int64 at) {
    for (uint64_t done = 0; rows->rc == SQLITE_OK && done < length;) {
        sqlite3_int64 from = at + (sqlite3_int64)done;
        if (from < rows->piece_at || from >= rows->piece_at + (sqlite3_int64)rows->piece_length) {
            small_rows_read_piece(rows, from);
        }
        uint64_t before = (uint64_t)(from - rows->piece_at);
        uint64_t there = rows->rc == SQLITE_OK ? rows->piece_length - before : 0;
        uint64_t taken = length - done < there ? length - done : there;
        if (taken > 0) {
            memcpy((char *)bytes + done, rows->piece + before, taken);
        }
        done += taken;
    }
}

/* ---- adding ---- */

/* Puts the row that was being added to the others. */
static void small_rows_end_row(small_rows *rows) {
    if (!rows->adding) {
        return;
    }
    row_head head = {rows->head.rowid, rows->row.length};
    if (!rows->full && rows->block.length > 0 && rows->block.length + sizeof head + rows->row.length > rows->limit) {
        small_rows_spill(rows);
    }
    buffer_append(&rows->block, &head, sizeof head);
    buffer_append(&rows->block, rows->row.data, rows->row.length);
    small_rows_fail(rows, rows->row.rc != SQLITE_OK ? rows->row.rc : rows->block.rc);
    rows->row.length = 0;
    rows->adding = false;
}

void small_rows_stay(small_rows *rows) {
    rows->stay = true;
}

bool small_rows_keeps(const small_rows *rows, int column) {
    return (rows->columns >> column & 1u) != 0;
}

void small_rows_begin(small_rows *rows, sqlite3_int64 rowid) {
    small_rows_end_row(rows);
    rows->head.rowid = rowid;
    rows->column = 0;
    rows->adding = true;
}

/* Adds a cell. Its bytes: after what tells its kind. */
static void small_rows_cell(small_rows *rows, small_kind kind, const void *bytes, size_t length) {
    bool kept = small_rows_keeps(rows, rows->column);
    char name = (char)(kept ? kind : SMALL_NOT_KEPT);
    rows->column++;
    buffer_append(&rows->row, &name, 1);
    if (!kept) {
        return;
    }
    if (kind == SMALL_TEXT) {
        buffer_append(&rows->row, &length, sizeof length);
    }
    buffer_append(&rows->row, bytes, length);
}

void small_rows_integer(small_rows *rows, sqlite3_int64 value) {
    small_rows_cell(rows, SMALL_INTEGER, &value, sizeof value);
}

void small_rows_text(small_rows *rows, const char *text) {
    small_rows_cell(rows, text ? SMALL_TEXT : SMALL_NULL, text, text ? strlen(text) : 0);
}

void small_rows_null(small_rows *rows) {
    small_rows_cell(rows, SMALL_NULL, NULL, 0);
}

/* ---- reading ---- */

/* The cells of the row whose head has been read, from the file. */
static const char *small_rows_load(small_rows *rows, sqlite3_int64 at) {
    if (rows->head.length > rows->row.capacity) {
        char *larger = sqlite3_realloc64(rows->row.data, rows->head.length);
        if (!larger) {
            small_rows_fail(rows, SQLITE_NOMEM);
            return NULL;
        }
        rows->row.data = larger;
        rows->row.capacity = (size_t)rows->head.length;
    }
    small_rows_read(rows, rows->row.data, rows->head.length, at);
    return rows->rc == SQLITE_OK ? rows->row.data : NULL;
}

int small_rows_next(small_rows *rows) {
    const small_rows *of = rows->of;
    sqlite3_int64 end = of->in_file + (sqlite3_int64)of->block.length;
    sqlite3_int64 cells = rows->next + (sqlite3_int64)sizeof rows->head;
    rows->cells = NULL;
    if (rows->rc != SQLITE_OK || rows->next >= end) {
        return rows->rc;
    }
    if (rows->next < of->in_file) {
        small_rows_read(rows, &rows->head, sizeof rows->head, rows->next);
        rows->cells = rows->rc == SQLITE_OK ? small_rows_load(rows, cells) : NULL;
    } else {
        memcpy(&rows->head, of->block.data + (rows->next - of->in_file), sizeof rows->head);
        rows->cells = of->block.data + (cells - of->in_file);
    }
    rows->next = cells + (sqlite3_int64)rows->head.length;
    return rows->rc;
}

int small_rows_finish(small_rows *rows) {
    small_rows_end_row(rows);
    if (rows->file && !rows->full) {
        small_rows_spill(rows);
    }
    if (!rows->full && rows->file) {
        buffer_clear(&rows->block);
    }
    return small_rows_next(rows);
}

int small_rows_rewind(small_rows *rows) {
    rows->next = 0;
    return small_rows_next(rows);
}

small_rows *small_rows_again(small_rows *rows) {
    small_rows *walk = small_rows_new(rows->db, rows->columns, rows->limit);
    if (walk) {
        walk->of = rows->of;
        walk->of->walks++;
        small_rows_next(walk);
    }
    return walk;
}

bool small_rows_at_end(const small_rows *rows) {
    return rows->cells == NULL;
}

sqlite3_int64 small_rows_rowid(const small_rows *rows) {
    return rows->head.rowid;
}

/* The bytes of a cell after its kind, in *length, without the length of a text. */
static const char *small_rows_cell_bytes(const char *cell, size_t *length) {
    *length = *cell == SMALL_INTEGER ? sizeof(sqlite3_int64) : 0;
    if (*cell != SMALL_TEXT) {
        return cell + 1;
    }
    memcpy(length, cell + 1, sizeof *length);
    return cell + 1 + sizeof *length;
}

void small_rows_give(const small_rows *rows, int column, sqlite3_context *context) {
    const char *cell = rows->cells;
    size_t length = 0;
    const char *bytes = small_rows_cell_bytes(cell, &length);
    while (column-- > 0) {
        cell = bytes + length;
        bytes = small_rows_cell_bytes(cell, &length);
    }
    sqlite3_int64 integer = 0;
    switch ((small_kind)*cell) {
    case SMALL_INTEGER:
        memcpy(&integer, bytes, sizeof integer);
        sqlite3_result_int64(context, integer);
        break;
    case SMALL_TEXT:
        sqlite3_result_text64(context, bytes, length, SQLITE_TRANSIENT, SQLITE_UTF8);
        break;
    case SMALL_NOT_KEPT:
        /* Rather than an answer that is wrong: SQLite has said that it would not ask. */
        sqlite3_result_error(context, "a column that the statement was said not to use", -1);
        break;
    case SMALL_NULL:
        break;
    }
}

void small_rows_explain(const char *name, int rc, error *problem) {
    if (rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    } else if (rc != SQLITE_OK) {
        error_set(problem, SQLITE_ERROR,
                  "%s: what this statement reads of it takes more than its part of memory_limit_mb, and the temporary "
                  "file for the rest fails: %s: raise it, read fewer columns (none of the long ones), or make room "
                  "(SQLITE_TMPDIR says where)",
                  name, sqlite3_errstr(rc));
    }
}

static void small_rows_end_walk(small_rows *rows) {
    if (--rows->walks > 0) {
        return;
    }
    temp_file_close(rows->file);
    buffer_clear(&rows->row);
    buffer_clear(&rows->block);
    sqlite3_free(rows->piece);
    sqlite3_free(rows);
}

void small_rows_free(small_rows *rows) {
    small_rows *of = rows ? rows->of : NULL;
    if (rows && of != rows) {
        small_rows_end_walk(rows);
    }
    if (of) {
        small_rows_end_walk(of);
    }
}
