/*
** The words that generated data is made of. Every piece of text is kept in two forms, as it is and as the inside of
** a JSON string, so that computed messages are written without being escaped again for each answer.
**
** Awkward data holds what breaks naive programs: quotes, line ends, NUL, right-to-left text, combining marks, text
** that looks like a number, case variants. Tidy data reads well in a demonstration and has none of these.
*/
#ifndef EMULATOR_TEXT_H
#define EMULATOR_TEXT_H

#include "buffer.h"

#include <stdbool.h>

/* A piece of text in both forms. Owned by this file, which frees it in text_release. */
typedef struct text_piece {
    const char *raw; /* may hold NUL */
    size_t length;
    const char *json; /* without the quotes around it; NULL: not prepared, made when written */
    size_t json_length;
} text_piece;

enum { TEXT_BODY_PIECES = 24 };

/* A message body: pieces one after the other. count 0 is the empty text; null means no body at all. */
typedef struct text_body {
    const text_piece *pieces[TEXT_BODY_PIECES];
    int count;
    bool null;
} text_body;

/* Prepares the pieces; to be called once before any other function here. */
void text_prepare(void);

/* Frees what text_prepare made. */
void text_release(void);

/* Makes a piece's JSON form, which the caller owns. */
void text_prepare_piece(text_piece *piece);

/* The body that belongs to these random bits. */
void text_make_body(text_body *out, uint64_t bits, bool tidy);

/* A body of exactly 32 KiB (the API's maximum), given as repeated use of one piece of 2 KiB. */
void text_make_long_body(text_body *out);

/* Appends a piece as JSON with quotes. */
void text_append_piece(buffer *out, const text_piece *piece);

/* Appends the body as it is, or as JSON with quotes (null where it is null). */
void text_append_raw(buffer *out, const text_body *body);
void text_append_json(buffer *out, const text_body *body);

/* Attributes for these random bits: JSON text, or NULL for never set. */
const text_piece *text_attributes(uint64_t bits, bool tidy);

/* Names within one service: the n-th user's identity and friendly name, channel's unique and friendly name, and the
** n-th service's name. Identity and service name are unique for each n; a unique name is unique within any run of
** positions. They return false for "has none" (null) where that is allowed; *out is emptied first. */
void text_identity(buffer *out, int64_t n, bool tidy);
bool text_user_name(buffer *out, int64_t n, uint64_t bits, bool tidy);
bool text_unique_name(buffer *out, int64_t n, bool tidy);
bool text_channel_name(buffer *out, int64_t n, uint64_t bits, bool tidy);
void text_service_name(buffer *out, int64_t n, bool tidy);

#endif
