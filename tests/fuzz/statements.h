/* Statements for the fuzzer to put into its inputs: from templates, with the catalogue's names filled in. */
#ifndef CHAT_TEST_FUZZ_STATEMENTS_H
#define CHAT_TEST_FUZZ_STATEMENTS_H

#include <stddef.h>

/* Writes a statement with ';' at its end, chosen by seed, into text. Returns its length, less than size. */
size_t statements_make(unsigned seed, char *text, size_t size);

#endif
