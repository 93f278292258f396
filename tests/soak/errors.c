/* Kinds of errors: see errors.h. */
#include "errors.h"

#include <string.h>

/* The first that is found tells. */
static const struct {
    const char *text;
    error_kind kind;
} errors_texts[] = {
    {"HTTP 429", ERROR_429},
    {"HTTP 500", ERROR_5XX},
    {"HTTP 502", ERROR_5XX},
    {"HTTP 503", ERROR_5XX},
    {"HTTP 504", ERROR_5XX},
    {"HTTP 400", ERROR_REFUSED},
    {"HTTP 404", ERROR_BODY}, /* in gzip, which nobody asked for: its body cannot be read */
    {"HTTP 403", ERROR_REFUSED},
    {"HTTP 307", ERROR_REFUSED},
    {"timed out", ERROR_TIMEOUT},
    {"Timeout", ERROR_TIMEOUT},
    {"transfer closed", ERROR_CONNECTION},
    {"end of response with", ERROR_CONNECTION}, /* libcurl 8.14: "… 10 bytes missing" */
    {"Recv failure", ERROR_CONNECTION},
    {"Send failure", ERROR_CONNECTION},
    {"without an answer", ERROR_CONNECTION},
    {"Connection reset", ERROR_CONNECTION},
    {"Connection died", ERROR_CONNECTION},
    {"Failed to connect", ERROR_CONNECTION},
    {"is not valid JSON", ERROR_BODY},
};

static const char *const errors_names[ERROR_KINDS] = {
    [ERROR_INTERRUPTED] = "interrupted",
    [ERROR_TIMEOUT] = "timed out",
    [ERROR_CONNECTION] = "connection",
    [ERROR_429] = "429",
    [ERROR_5XX] = "5xx",
    [ERROR_REFUSED] = "refused",
    [ERROR_BODY] = "body",
};

error_kind errors_classify(const char *message) {
    bool names_request = strstr(message, ": GET /v1/") != NULL || strstr(message, ": GET /v2/") != NULL;
    if (strcmp(message, "interrupted") == 0) {
        return ERROR_INTERRUPTED;
    }
    for (size_t i = 0; names_request && i < sizeof errors_texts / sizeof errors_texts[0]; i++) {
        if (strstr(message, errors_texts[i].text) != NULL) {
            return errors_texts[i].kind;
        }
    }
    return ERROR_KINDS;
}

const char *errors_name(error_kind kind) {
    return errors_names[kind];
}
