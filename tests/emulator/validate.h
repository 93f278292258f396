/*
** Checks of single values, without any knowledge of parameters.
*/
#ifndef EMULATOR_VALIDATE_H
#define EMULATOR_VALIDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether text is two letters of the prefix and 32 hexadecimal digits. */
bool validate_sid(const char *text, size_t length, const char *prefix);

/* Number of characters (code points) in UTF-8 text. */
size_t validate_characters(const char *text, size_t length);

/* Whether text is UTF-8 (no surrogates, nothing overlong, NUL allowed). */
bool validate_utf8(const char *text, size_t length);

/* Whether text is JSON: an object, an array or a scalar. */
bool validate_json(const char *text, size_t length);

/* Whether text is one of a comma-separated list. */
bool validate_choice(const char *accepted, const char *text);

/* The same whatever the case; returns where the list has it, or NULL. */
const char *validate_choice_anyhow(const char *accepted, const char *text);

/* Reads a whole number between two bounds. */
bool validate_integer(const char *text, int64_t least, int64_t most, int64_t *value);

#endif
