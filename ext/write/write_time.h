/* Times as users write them: to the form that the API takes, and whether two say the same instant. */
#ifndef CHAT_WRITE_TIME_H
#define CHAT_WRITE_TIME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/*
** Appends a time as the API takes it: "2026-01-31T08:09:10Z", with the fraction that was given. Taken are that form, with
** a blank for the T (as SQLite writes it), without the Z, with an offset such as +01:00 in its place; and RFC 2822. False,
** and nothing appended, for anything else.
*/
bool write_time_append(const char *text, size_t length, buffer *time);

/* Do both say the same instant? False also where one of them is no time. */
bool write_time_is_same(const char *one, size_t one_length, const char *other, size_t other_length);

#endif
