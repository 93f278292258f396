/* Answers as actions put them together. */
#ifndef FAULT_REPLY_H
#define FAULT_REPLY_H

#include "fault/server.h"

/* Appends how to target, with its {names} replaced as action.h tells, and ' by ". number: added to {length}. */
void reply_expand(text *target, const exchange *request, const char *how, long number);

/* Sends a whole answer; headers: further lines, or "". The connection goes on. */
void reply_send(exchange *request, int status, const char *headers, const char *body, size_t length);

/* Appends the body as a gzip file of one stored block. */
void reply_gzip(text *target, const char *body, size_t length);

#endif
