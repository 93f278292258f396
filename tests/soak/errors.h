/* What an error says: each that a failing server may cause names the request and what came of it. */
#ifndef SOAK_ERRORS_H
#define SOAK_ERRORS_H

#include "soak.h"

/* The kind of an error's text, or ERROR_KINDS if it is none that is to be expected. */
error_kind errors_classify(const char *message);

/* "429", "timeout" ... */
const char *errors_name(error_kind kind);

#endif
