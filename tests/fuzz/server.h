/*
** The random server: in place of ext/rest/transport.c, it answers every request from the fuzzer's bytes, at once and always
** in the same way. Its pages are mostly good ones, with SIDs that lead on to further lists; what the bytes ask for
** goes wrong. Time is its own too: it passes only while somebody waits.
**
** It watches what is sent: to the origin alone, with credentials that belong there, in one line, and no write while
** none may be.
*/
#ifndef CHAT_TEST_FUZZ_SERVER_H
#define CHAT_TEST_FUZZ_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sqlite.h"

#define SERVER_ORIGIN "https://chat.twilio.com"
#define SERVER_USER "SK000000000000000000000000canary01"
#define SERVER_SECRET "canary-0000-secret"

/* Starts afresh with a script; it must stay. After `patience` requests the connection is interrupted at every wait. */
void server_begin(const uint8_t *script, size_t size, sqlite3 *db, int patience);

/* What may be sent from now on. */
typedef enum { SERVER_ANYTHING, SERVER_READS, SERVER_NOTHING } server_permission;
void server_permit(server_permission permission);

/* Does it hold a secret? */
bool server_has_secret(const char *text, size_t length);

/* Stops the process if a text, which was shown or sent, holds a secret. what: for the message. */
void server_check_secret(const char *text, size_t length, const char *what);

#endif
