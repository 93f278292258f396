/*
** What the hostile server does with a request that a fault has taken. Each action's text and number are told at its
** name; in the texts ' stands for " so that JSON can be read in the tables, and these are replaced:
**
**     {body}    the true body                    {length}    its length, plus the row's number
**     {origin}  the server's own origin          {list}      the request's path without its query
**     {path}    the request's path and query     {hit}       1, 2, 3 ... for each request that the fault takes
**     {port}    the server's port
*/
#ifndef FAULT_ACTION_H
#define FAULT_ACTION_H

#include "fault/server.h"

/* Answers with status `number` and an error body; how: further header lines, or "". */
server_action act_status;
/* 503 for each request whose turn is a multiple of `number`, the true answer for the others. */
server_action act_every;
/* 200 and how as the body, as JSON. */
server_action act_body;
/* The true answer, with one piece of its body changed: how is "piece=>other". */
server_action act_edit;
/* The true answer, but next_page_url is how, number times over. */
server_action act_next;
/* The true answer without its rows. */
server_action act_empty;
/* The true answer after `number` rows were inserted at the head of the list (negative: deleted). */
server_action act_shift;
/* how, byte for byte, and the end of the connection; act_raw_keep goes on with it. */
server_action act_raw, act_raw_keep;
/* The true answer, and after it how, at once or after `number` milliseconds; the connection goes on. */
server_action act_smuggle;

/* 500 to the first request, status `number` to the others. */
server_action act_after_500;
/* RST, or the end, without an answer; act_vanish: and then nobody listens any more. */
server_action act_reset, act_close, act_vanish;
/* The true answer; a request that comes more than `number` milliseconds after it finds the connection closing. */
server_action act_idle;
/* The right headers, half of the body, and RST. */
server_action act_cut;
/*
** The first `number` bytes of the true answer, headers included, and the end. how: "length", "chunked", "gzip" or "end"
** (the end of the connection is the end of the body). act_cut_size tells how many bytes there are.
*/
server_action act_cut_at;
/* Silence without an answer, or after half of the body. */
server_action act_silence, act_stall;
/* One byte every `number` milliseconds. */
server_action act_trickle;

/* The true body with Content-Encoding: gzip; how: "good", "headless", "flipped", "short", "tail". */
server_action act_gzip;
/* `number` MiB of spaces, in a JSON text; gzip-compressed, chunked, with their length announced, or as an error. */
server_action act_bomb, act_large, act_large_announced, act_large_error;
/* An answer with `number` headers, or with one of `number` bytes. */
server_action act_headers, act_long_header;
/* `number` answers "100 Continue", then the true one; how many: 0 is without end. */
server_action act_continue;
/* In the first row: lists nested `number` deep; `number` fields; a text of `number` characters; `number` empty lists. */
server_action act_deep, act_fields, act_long_text, act_many_lists;

/* Bytes of the whole answer that act_cut_at cuts. */
size_t act_cut_size(const world *data, const char *method, const char *path, const char *how);

#endif
