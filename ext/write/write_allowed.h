/*
** May the calls of a transaction be sent? Asked of all of them before the first one goes out: what is known then, and would
** stop one of them, must not be found out when others have been sent.
*/
#ifndef CHAT_WRITE_ALLOWED_H
#define CHAT_WRITE_ALLOWED_H

#include "base/error.h"
#include "session/connection.h"

void write_allowed_check(const connection *shared, error *problem);

#endif
