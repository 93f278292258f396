/* Finding the service that something lives in, when only its SID is given. */
#ifndef CHAT_LOCATE_H
#define CHAT_LOCATE_H

#include "base/error.h"
#include "catalog/catalog.h"
#include "session/connection.h"

/*
** The SID of the service under which a channel or user with that SID exists: known already, or found by asking each
** service, several at a time. A transaction that asks for more than a few has all of them listed, which is less. Valid
** until the settings change. NULL: there is none, or a problem.
*/
const char *locate_service(connection *shared, const catalog_resource *resource, unsigned version, const char *sid,
                           error *problem);

#endif
