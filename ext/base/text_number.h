/*
** Is a text a number for SQLite, where it is compared with one? sqlite3_value_numeric_type says so too, but changes the value
** it is asked about, which may be SQLite's to use again; and of a copy that belongs to no connection SQLite 3.52.0 cannot say it.
*/
#ifndef CHAT_TEXT_NUMBER_H
#define CHAT_TEXT_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/* SQLITE_INTEGER: it is *whole. SQLITE_FLOAT: sqlite3_value_double gives it. SQLITE_TEXT: it is no number. */
int text_number_type(const char *text, size_t length, int64_t *whole);

#endif
