/* An answer to a request, made of the fuzzer's bytes; see server.h. */
#ifndef CHAT_TEST_FUZZ_ANSWER_H
#define CHAT_TEST_FUZZ_ANSWER_H

#include "fuzz/fuzz.h"
#include "rest/transport.h"

/* Writes the answer. Without bytes left it is a good one: a page of two rows, the last of its list. */
void answer_write(fuzz_input *script, const char *method, const char *path, transport_result *result);

#endif
