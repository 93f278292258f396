/*
** The virtual table module that serves every resource of the catalogue:
**
**     SELECT friendly_name FROM channels WHERE service_sid = 'IS...';
**     CREATE VIRTUAL TABLE old_channels USING channels(service_sid='IS...', api_version='v1');
**
** Tables are eponymous and can be created; WITHOUT ROWID, with the hidden primary key `path`, which rowid, _rowid_ and oid
** stand for, too; DIRECTONLY.
*/
#ifndef CHAT_RESOURCE_TABLE_H
#define CHAT_RESOURCE_TABLE_H

#include "session/connection.h"

/* Registers a module for each resource of the catalogue. SQLITE_OK or SQLite's error code. */
int resource_table_register(connection *shared);

#endif
