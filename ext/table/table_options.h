/* The arguments of CREATE VIRTUAL TABLE name USING channels(service_sid='IS...', api_version='v2', profile='sales'). */
#ifndef CHAT_TABLE_OPTIONS_H
#define CHAT_TABLE_OPTIONS_H

#include "base/error.h"

typedef struct table_options {
    char *service_sid; /* owned; NULL: as the setting says */
    unsigned version;  /* CATALOG_V... bit; 0: as the setting says */
    char *profile;     /* name; owned; NULL: the account that the settings say */
} table_options;

/*
** Parses `count` arguments, each "name = value" with the value bare or in quotes. Secrets are not taken, since they
** would be written into the database's schema. table_name: for messages. On a problem the options are to be cleared
** all the same.
*/
void table_options_parse(table_options *options, const char *table_name, int count, const char *const *arguments,
                         error *problem);

void table_options_clear(table_options *options);

#endif
