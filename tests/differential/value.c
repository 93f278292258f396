/* Values, literals and the running of a statement: see value.h. */
#include "value.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

value value_null(void) {
    value v = {.type = SQLITE_NULL};
    return v;
}

value value_integer(sqlite3_int64 number) {
    value v = {.type = SQLITE_INTEGER, .integer = number};
    return v;
}

value value_real(double number) {
    value v = {.type = SQLITE_FLOAT, .real = number};
    return v;
}

value value_text(const char *bytes, size_t length) {
    value v = {.type = SQLITE_TEXT, .bytes = memory_copy(bytes, length), .length = length};
    return v;
}

value value_word(const char *text) {
    return value_text(text, strlen(text));
}

value value_blob(const char *bytes, size_t length) {
    value v = value_text(bytes, length);
    v.type = SQLITE_BLOB;
    return v;
}

value value_copy(const value *from) {
    value copy = *from;
    if (from->bytes != NULL) {
        copy.bytes = memory_copy(from->bytes, from->length);
    }
    return copy;
}

void value_clear(value *v) {
    free(v->bytes);
    *v = value_null();
}

static void value_append_hex(sqlite3_str *out, const value *v) {
    sqlite3_str_appendall(out, "x'");
    for (size_t i = 0; i < v->length; i++) {
        sqlite3_str_appendf(out, "%02x", (unsigned)(unsigned char)v->bytes[i]);
    }
    sqlite3_str_appendall(out, "'");
}

/* A text literal would end at a NUL, so such a text is written as the cast of a blob. */
static void value_append_text(sqlite3_str *out, const value *v) {
    if (memchr(v->bytes, '\0', v->length) == NULL) {
        sqlite3_str_appendf(out, "%Q", v->bytes);
        return;
    }
    sqlite3_str_appendall(out, "CAST(");
    value_append_hex(out, v);
    sqlite3_str_appendall(out, " AS TEXT)");
}

void value_append_literal(sqlite3_str *out, const value *v) {
    switch (v->type) {
    case SQLITE_INTEGER:
        sqlite3_str_appendf(out, "%lld", v->integer);
        break;
    case SQLITE_FLOAT:
        sqlite3_str_appendf(out, "%!.17g", v->real);
        break;
    case SQLITE_TEXT:
        value_append_text(out, v);
        break;
    case SQLITE_BLOB:
        value_append_hex(out, v);
        break;
    default:
        sqlite3_str_appendall(out, "NULL");
        break;
    }
}

void value_append_key(sqlite3_str *out, const value *v) {
    switch (v->type) {
    case SQLITE_INTEGER:
        sqlite3_str_appendf(out, "i%lld;", v->integer);
        break;
    case SQLITE_FLOAT:
        sqlite3_str_appendf(out, "r%!.17g;", v->real);
        break;
    case SQLITE_TEXT:
    case SQLITE_BLOB:
        sqlite3_str_appendf(out, "%c%lld:", v->type == SQLITE_TEXT ? 't' : 'b', (sqlite3_int64)v->length);
        sqlite3_str_append(out, v->bytes, (int)v->length);
        break;
    default:
        sqlite3_str_appendall(out, "n;");
        break;
    }
}

int value_bind(sqlite3_stmt *statement, int index, const value *v) {
    switch (v->type) {
    case SQLITE_INTEGER:
        return sqlite3_bind_int64(statement, index, v->integer);
    case SQLITE_FLOAT:
        return sqlite3_bind_double(statement, index, v->real);
    case SQLITE_TEXT:
        return sqlite3_bind_text(statement, index, v->bytes, (int)v->length, SQLITE_STATIC);
    case SQLITE_BLOB:
        return sqlite3_bind_blob(statement, index, v->bytes, (int)v->length, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(statement, index);
    }
}

static value value_of_column(sqlite3_stmt *statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return value_integer(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
        return value_real(sqlite3_column_double(statement, column));
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_column_text(statement, column);
        return value_text(text, (size_t)sqlite3_column_bytes(statement, column));
    }
    case SQLITE_BLOB: {
        const char *blob = sqlite3_column_blob(statement, column);
        return value_blob(blob, (size_t)sqlite3_column_bytes(statement, column));
    }
    default:
        return value_null();
    }
}

static void answer_add_row(answer_reader *reader) {
    answer *a = &reader->answer;
    size_t width = (size_t)a->column_count;
    if (a->row_count == reader->capacity) {
        reader->capacity = reader->capacity * 2 + 16;
        a->cells = memory_resize(a->cells, reader->capacity * width, sizeof(value));
    }
    value *row = a->cells + a->row_count * width;
    for (int i = 0; i < a->column_count; i++) {
        row[i] = value_of_column(reader->statement, i);
    }
    a->row_count++;
}

/* Notes an error of the connection while its message is there. */
static void answer_check(answer_reader *reader) {
    if (reader->rc == SQLITE_OK || reader->rc == SQLITE_ROW || reader->rc == SQLITE_DONE) {
        return;
    }
    const char *message = sqlite3_errmsg(reader->db);
    reader->answer.stopped = reader->rc == SQLITE_INTERRUPT;
    reader->answer.error = memory_copy(message, strlen(message));
}

void answer_begin(answer_reader *reader, sqlite3 *db, const char *sql, const value *parameters, int parameter_count) {
    *reader = (answer_reader){.db = db};
    reader->rc = sqlite3_prepare_v2(db, sql, -1, &reader->statement, NULL);
    int wanted = sqlite3_bind_parameter_count(reader->statement);
    for (int i = 1; reader->rc == SQLITE_OK && i <= wanted && i <= parameter_count; i++) {
        reader->rc = value_bind(reader->statement, i, &parameters[i - 1]);
    }
    reader->answer.column_count = sqlite3_column_count(reader->statement);
    answer_check(reader);
}

bool answer_step(answer_reader *reader) {
    if (reader->rc != SQLITE_OK && reader->rc != SQLITE_ROW) {
        return false;
    }
    reader->rc = sqlite3_step(reader->statement);
    if (reader->rc == SQLITE_ROW) {
        answer_add_row(reader);
    }
    answer_check(reader);
    return reader->rc == SQLITE_ROW;
}

answer answer_restart(answer_reader *reader) {
    answer came = reader->answer;
    sqlite3_reset(reader->statement);
    reader->answer = (answer){.column_count = came.column_count};
    reader->capacity = 0;
    reader->rc = reader->statement == NULL ? reader->rc : SQLITE_OK;
    return came;
}

answer answer_end(answer_reader *reader) {
    sqlite3_finalize(reader->statement);
    reader->statement = NULL;
    return reader->answer;
}

answer answer_run(sqlite3 *db, const char *sql, const value *parameters, int parameter_count, size_t max_rows) {
    answer_reader reader;
    answer_begin(&reader, db, sql, parameters, parameter_count);
    while (answer_step(&reader)) {
        if (max_rows != 0 && reader.answer.row_count > max_rows) {
            reader.answer.stopped = true;
            break;
        }
    }
    return answer_end(&reader);
}

const value *answer_cell(const answer *a, size_t row, int column) {
    return &a->cells[row * (size_t)a->column_count + (size_t)column];
}

void answer_clear(answer *a) {
    for (size_t i = 0; i < a->row_count * (size_t)a->column_count; i++) {
        value_clear(&a->cells[i]);
    }
    free(a->cells);
    free(a->error);
    memset(a, 0, sizeof *a);
}
