/*
** What the fuzz targets share. Each target is a program of its own, tests/fuzz/fuzz_NAME.c with LLVMFuzzerTestOneInput: it
** takes any bytes, hands them to a part of the extension, and stops the process (fuzz_check) when what comes out breaks
** a promise of that part's header. Memory errors and undefined behaviour are the sanitizers' to find.
**
**     make fuzz                          every target for a minute
**     make fuzz SECONDS=600 TARGETS=url
**     build/fuzz/fuzz_url FILE           one input again, such as one of build/fuzz/findings/
*/
#ifndef CHAT_TEST_FUZZ_H
#define CHAT_TEST_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* The entry points that libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* Bytes still to be read. */
typedef struct fuzz_input {
    const uint8_t *bytes;
    size_t left;
} fuzz_input;

/* The next byte; 0 at the end. */
unsigned fuzz_byte(fuzz_input *input);

/* A number below count (not 0), from one byte. */
unsigned fuzz_below(fuzz_input *input, unsigned count);

/* Any 64-bit number, from eight bytes. */
int64_t fuzz_number(fuzz_input *input);

/*
** The bytes up to the next NUL (which is passed over) or the end, NUL-terminated, in a block of their own of exactly that
** size, so that a read beyond them is seen. free() it.
*/
char *fuzz_text(fuzz_input *input);

/* Stops the process with a message unless the promise is kept. format: as printf takes it. */
void fuzz_check(bool kept, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
** Checks an error that must be set: a code other than SQLITE_NOMEM, since memory has not run out, and one line of text,
** in UTF-8 if the input was. Clears it.
*/
void fuzz_check_refusal(error *problem, bool utf8);

/* Is there no byte below U+0020, and no U+007F? */
bool fuzz_is_printable(const char *text);

#endif
