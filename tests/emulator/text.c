/*
** Generated words: see text.h. Each word list becomes an array of pieces at the start; everything later only points
** into these arrays.
*/
#include "text.h"

#include "random.h"
#include "text_words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_LONG_PIECE = 2048, TEXT_LONG_PIECES = 16 };

#define TEXT_PIECE(literal) {literal, sizeof(literal) - 1, NULL, 0},

static text_piece awkward[] = {TEXT_AWKWARD(TEXT_PIECE)};
static text_piece plain[] = {TEXT_PLAIN(TEXT_PIECE)};
static text_piece tidy_bodies[] = {TEXT_TIDY_BODIES(TEXT_PIECE)};
static text_piece attributes[] = {TEXT_ATTRIBUTES(TEXT_PIECE)};
static text_piece tidy_attributes[] = {TEXT_TIDY_ATTRIBUTES(TEXT_PIECE)};
static text_piece identities[] = {TEXT_IDENTITIES(TEXT_PIECE)};
static text_piece unique_names[] = {TEXT_UNIQUE_NAMES(TEXT_PIECE)};
static text_piece tidy_channels[] = {TEXT_TIDY_CHANNELS(TEXT_PIECE)};
static text_piece tidy_people[] = {TEXT_TIDY_PEOPLE(TEXT_PIECE)};
static text_piece tidy_services[] = {TEXT_TIDY_SERVICES(TEXT_PIECE)};
static text_piece long_piece;

#define COUNT(array) (sizeof(array) / sizeof *(array))

void text_prepare_piece(text_piece *piece) {
    buffer json = {0};
    buffer_json(&json, piece->raw, piece->length);
    piece->json_length = json.length - 2;
    piece->json = buffer_duplicate(json.data + 1, piece->json_length);
    buffer_free(&json);
}

static void text_release_all(text_piece *pieces, size_t count) {
    for (size_t position = 0; position < count; position++) {
        free((void *)(uintptr_t)pieces[position].json);
    }
}

static void text_prepare_all(text_piece *pieces, size_t count) {
    for (size_t position = 0; position < count; position++) {
        text_prepare_piece(&pieces[position]);
    }
}

static void text_prepare_long(void) {
    static char raw[TEXT_LONG_PIECE];
    static const char sentence[] = "A long message needs many words, and some \"quotes\". ";
    for (size_t position = 0; position < sizeof raw; position++) {
        raw[position] = sentence[position % (sizeof sentence - 1)];
    }
    long_piece = (text_piece){raw, sizeof raw, NULL, 0};
    text_prepare_piece(&long_piece);
}

void text_prepare(void) {
    text_prepare_all(awkward, COUNT(awkward));
    text_prepare_all(plain, COUNT(plain));
    text_prepare_all(tidy_bodies, COUNT(tidy_bodies));
    text_prepare_all(attributes, COUNT(attributes));
    text_prepare_all(tidy_attributes, COUNT(tidy_attributes));
    text_prepare_long();
}

void text_release(void) {
    text_release_all(awkward, COUNT(awkward));
    text_release_all(plain, COUNT(plain));
    text_release_all(tidy_bodies, COUNT(tidy_bodies));
    text_release_all(attributes, COUNT(attributes));
    text_release_all(tidy_attributes, COUNT(tidy_attributes));
    text_release_all(&long_piece, 1);
}

void text_make_body(text_body *out, uint64_t bits, bool tidy) {
    out->null = false;
    out->count = 0;
    if (tidy) {
        out->pieces[out->count++] = &tidy_bodies[bits % COUNT(tidy_bodies)];
        return;
    }
    if (bits % 4 == 0) {
        uint64_t choice = (bits >> 8) % (COUNT(awkward) + 1); /* one more: the empty text */
        if (choice < COUNT(awkward)) {
            out->pieces[out->count++] = &awkward[choice];
        }
        return;
    }
    int words = 3 + (int)((bits >> 4) % 14);
    uint64_t rest = bits >> 10;
    for (int word = 0; word < words; word++) {
        rest = word % 8 == 7 ? random_mix(rest + bits) : rest;
        out->pieces[out->count++] = &plain[rest % COUNT(plain)];
        rest /= COUNT(plain);
    }
    out->pieces[out->count++] = &awkward[(bits >> 20) % COUNT(awkward)];
}

void text_make_long_body(text_body *out) {
    out->null = false;
    out->count = TEXT_LONG_PIECES;
    for (int position = 0; position < TEXT_LONG_PIECES; position++) {
        out->pieces[position] = &long_piece;
    }
}

void text_append_raw(buffer *out, const text_body *body) {
    for (int position = 0; position < body->count; position++) {
        buffer_append(out, body->pieces[position]->raw, body->pieces[position]->length);
    }
}

static void text_append_inside(buffer *out, const text_piece *piece) {
    if (piece->json) {
        buffer_append(out, piece->json, piece->json_length);
    } else {
        buffer_json_inside(out, piece->raw, piece->length);
    }
}

void text_append_piece(buffer *out, const text_piece *piece) {
    buffer_byte(out, '"');
    text_append_inside(out, piece);
    buffer_byte(out, '"');
}

void text_append_json(buffer *out, const text_body *body) {
    if (body->null) {
        buffer_append(out, "null", 4);
        return;
    }
    buffer_byte(out, '"');
    for (int position = 0; position < body->count; position++) {
        text_append_inside(out, body->pieces[position]);
    }
    buffer_byte(out, '"');
}

const text_piece *text_attributes(uint64_t bits, bool tidy) {
    if (tidy) {
        return bits % 4 == 0 ? NULL : &tidy_attributes[(bits >> 8) % COUNT(tidy_attributes)];
    }
    return bits % 3 == 0 ? NULL : &attributes[(bits >> 8) % COUNT(attributes)];
}

static void text_set(buffer *out, const text_piece *piece) {
    out->length = 0;
    buffer_append(out, piece->raw, piece->length);
}

void text_identity(buffer *out, int64_t n, bool tidy) {
    size_t position = (size_t)n;
    if (!tidy && position < COUNT(identities)) {
        text_set(out, &identities[position]);
        return;
    }
    out->length = 0;
    if (!tidy) {
        buffer_format(out, n % 5 == 0 ? "user%lld@example.com" : "user-%lld", (long long)n);
        return;
    }
    /* first name in lower case, with a number once the list has been used up */
    const text_piece *person = &tidy_people[position % COUNT(tidy_people)];
    for (size_t at = 0; at < person->length && person->raw[at] != ' '; at++) {
        buffer_byte(out, (char)tolower((unsigned char)person->raw[at]));
    }
    if (position >= COUNT(tidy_people)) {
        buffer_format(out, "%zu", position / COUNT(tidy_people) + 1);
    }
}

bool text_user_name(buffer *out, int64_t n, uint64_t bits, bool tidy) {
    if (tidy) {
        text_set(out, &tidy_people[(size_t)n % COUNT(tidy_people)]);
        if ((size_t)n >= COUNT(tidy_people)) {
            buffer_format(out, " %zu", (size_t)n / COUNT(tidy_people) + 1);
        }
        return true;
    }
    text_set(out, &awkward[(bits >> 8) % COUNT(awkward)]);
    if (bits % 8 == 1) {
        out->length = 0;
    }
    return bits % 3 != 0;
}

bool text_unique_name(buffer *out, int64_t n, bool tidy) {
    size_t position = (size_t)n;
    out->length = 0;
    if (tidy) {
        text_set(out, &tidy_channels[position % COUNT(tidy_channels)]);
        if (position >= COUNT(tidy_channels)) {
            buffer_format(out, "-%zu", position / COUNT(tidy_channels) + 1);
        }
        return true;
    }
    /* every fifth has none, so the listed names take the other positions */
    if (position % 5 == 4) {
        return false;
    }
    position -= position / 5;
    if (position < COUNT(unique_names)) {
        text_set(out, &unique_names[position]);
    } else {
        buffer_format(out, "channel-%zu", position);
    }
    return true;
}

bool text_channel_name(buffer *out, int64_t n, uint64_t bits, bool tidy) {
    if (tidy) {
        text_unique_name(out, n, true);
        out->data[0] = (char)toupper((unsigned char)out->data[0]);
        return true;
    }
    text_set(out, &awkward[(bits >> 8) % COUNT(awkward)]);
    if (bits % 8 == 1) {
        out->length = 0;
    }
    return bits % 4 != 0;
}

void text_service_name(buffer *out, int64_t n, bool tidy) {
    static const char *const names[] = {"Main service", "\"Second\" service's name", "Empty"};
    out->length = 0;
    if (tidy && (size_t)n < COUNT(tidy_services)) {
        text_set(out, &tidy_services[(size_t)n]);
    } else if (!tidy && (size_t)n < COUNT(names)) {
        buffer_text(out, names[n]);
    } else {
        buffer_format(out, "Service %lld", (long long)n);
    }
}
