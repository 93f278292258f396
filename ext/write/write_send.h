/*
** Sending the write queue at commit. Calls of one parent go in order, one after another; different parents side by
** side, up to max_concurrency. A call waits for earlier ones of the parents above its own, and one that changes or
** deletes something waits for earlier ones below it. After a refusal no further call begins; those under way are
** waited for, so that every state in chat_writes is the truth.
*/
#ifndef CHAT_WRITE_SEND_H
#define CHAT_WRITE_SEND_H

#include "base/error.h"
#include "session/connection.h"

/*
** Sends what is pending of all accounts; account: any of them. On a problem (also SQLITE_INTERRUPT) the message says how
** many calls were sent, and the states of all of them are set: those that have not left
** this machine stay pending, for a rollback to drop.
*/
void write_send_pending(connection *account, error *problem);

#endif
