/*
** Chat's words and those of Conversations for the same things: permissions of roles, events of webhooks, types of push
** messages. The store keeps Chat's; a word without a counterpart passes as it is.
**
** As SQL functions, for the columns of resource_conversations.c and resource_settings.c:
**   conversation_names(array)           the words of a JSON array, each once; null stays null
**   conversation_hook(type, object)     a webhook's configuration: methods in small letters, no retry_count, the
**                                       keywords of a trigger under filters
**   conversation_notice(object, name)   one kind of push message out of a service's notifications, with all its keys
*/
#ifndef EMULATOR_CONVERSATION_NAMES_H
#define EMULATOR_CONVERSATION_NAMES_H

#include "store.h"

#include <jansson.h>

/* Registers the functions. */
void conversation_names_register(store *into);

/* Chat's words for those of a JSON array, as a new array of each once. back: Conversations' words for Chat's. */
json_t *conversation_names_map(const json_t *words, bool back);

#endif
