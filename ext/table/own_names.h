/* The names of the extension's own tables, for those who need to know no more of them. */
#ifndef CHAT_OWN_NAMES_H
#define CHAT_OWN_NAMES_H

#define OWN_SETTINGS "chat_settings"
#define OWN_REQUESTS "chat_requests"
#define OWN_WRITES "chat_writes"
#define OWN_COLUMNS "chat_columns"

#endif
