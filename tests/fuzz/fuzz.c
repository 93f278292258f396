/* What the fuzz targets share; see fuzz.h. */
#include "fuzz/fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/utf8.h"

unsigned fuzz_byte(fuzz_input *input) {
    if (input->left == 0) {
        return 0;
    }
    input->left--;
    return *input->bytes++;
}

unsigned fuzz_below(fuzz_input *input, unsigned count) {
    return fuzz_byte(input) % count;
}

int64_t fuzz_number(fuzz_input *input) {
    uint64_t number = 0;
    for (int i = 0; i < 8; i++) {
        number = number << 8 | fuzz_byte(input);
    }
    return (int64_t)number;
}

char *fuzz_text(fuzz_input *input) {
    const uint8_t *end = input->left ? memchr(input->bytes, 0, input->left) : NULL;
    size_t length = end ? (size_t)(end - input->bytes) : input->left;
    char *text = malloc(length + 1);
    fuzz_check(text != NULL, "no memory for a text of %zu bytes", length);
    if (length > 0) {
        memcpy(text, input->bytes, length);
    }
    text[length] = 0;
    input->bytes += length + (end ? 1 : 0);
    input->left -= length + (end ? 1 : 0);
    return text;
}

void fuzz_check(bool kept, const char *format, ...) {
    if (kept) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    fputs("PROMISE BROKEN: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    abort();
}

bool fuzz_is_printable(const char *text) {
    for (; *text; text++) {
        if ((unsigned char)*text < ' ' || *text == 0x7f) {
            return false;
        }
    }
    return true;
}

void fuzz_check_refusal(error *problem, bool utf8) {
    fuzz_check(error_is_set(problem), "refused without a reason");
    fuzz_check(problem->rc != SQLITE_NOMEM, "called out of memory, and it was not");
    fuzz_check(problem->message && problem->message[0], "code %d without a message", problem->rc);
    fuzz_check(fuzz_is_printable(problem->message), "not one line: %s", problem->message);
    fuzz_check(!utf8 || utf8_is_valid(problem->message, strlen(problem->message)), "not UTF-8: %s", problem->message);
    error_clear(problem);
}
