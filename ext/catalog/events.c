/*
** What Conversations calls the events of Chat, and how it writes HTTP's methods in a conversation's webhook: used by the
** webhooks of a channel and of a service.
**
** Sources: conversations-api.md sections 1.11, 2 and 4; Chat's events from the pages of its webhooks.
*/
#include "catalog/resources.h"

/* Samples hold an event that is none any more, onConversationDestroyed. It is read as what it was. */
const catalog_value catalog_events[] = {{"onMessageSend", "onMessageAdd"},
                                        {"onMessageSent", "onMessageAdded"},
                                        {"onChannelAdd", "onConversationAdd"},
                                        {"onChannelAdded", "onConversationAdded"},
                                        {"onChannelUpdate", "onConversationUpdate"},
                                        {"onChannelUpdated", "onConversationUpdated"},
                                        {"onChannelDestroy", "onConversationRemove"},
                                        {"onChannelDestroyed", "onConversationRemoved"},
                                        {"onChannelDestroyed", "onConversationDestroyed"},
                                        {"onMemberAdd", "onParticipantAdd"},
                                        {"onMemberAdded", "onParticipantAdded"},
                                        {"onMemberUpdate", "onParticipantUpdate"},
                                        {"onMemberUpdated", "onParticipantUpdated"},
                                        {"onMemberRemove", "onParticipantRemove"},
                                        {"onMemberRemoved", "onParticipantRemoved"},
                                        {NULL, NULL}};

const catalog_value catalog_methods[] = {{"GET", "get"}, {"POST", "post"}, {NULL, NULL}};
