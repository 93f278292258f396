/*
** Shared by the data files of the catalogue and nothing else: the resources by name, so that one can name another as
** its parent and catalog.c can list them all, and the few words that every one of them needs.
**
** How to add a resource: write its columns and parameters as const arrays in a file of its own, end it with a
** catalog_resource, declare that here and put it in the list of resources.c, behind its parent.
**
** Conventions of the data, beyond what catalog.h says of each member:
** - Columns stand in the order a reader of `SELECT *` wants them: the resource's SID, its parents' SIDs, its names,
**   what it is about, counts, dates, and last the account, the URLs and the secrets that only writes use.
** - The kind of a repeated parameter is that of one element; the column that feeds it holds a JSON array.
** - A parameter has one max_length for all versions. Where they differ it is the largest; where one version documents
**   no limit it is 0, and the server decides. Refusing what the server would take is worse than one refused request.
*/
#ifndef CHAT_CATALOG_RESOURCES_H
#define CHAT_CATALOG_RESOURCES_H

#include "catalog/catalog.h"
#include "catalog/generations.h"

/* The length of an array of columns or parameters. */
#define CATALOG_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Documented maxima: a SID in every schema of the specs; an identity on the page "User Identity"; a name on the v1
** pages and, for the names that v2 can change, in v2's update; a message body at error 50504. */
enum {
    CATALOG_SID_LENGTH = 34,
    CATALOG_IDENTITY_LENGTH = 256,
    CATALOG_NAME_LENGTH = 64,
    CATALOG_LONG_NAME_LENGTH = 256,
    CATALOG_BODY_BYTES = 32768,
};

/* Why an UPDATE of Conversations cannot give NULL for a date. */
#define CATALOG_DATE_IS_KEPT "a date can be given, but not be taken away"

/* A channel that is still public keeps its name, and Conversations answers as if it were not there. */
#define CATALOG_UNSEEN_CHANNEL                                                                                         \
    "; the name is taken, probably by a public channel, which Conversations does not show: make it private "           \
    "(sql/migrate_public_channels.sql), or use another name"

/* Names that Conversations gives otherwise; events.c. */
extern const catalog_value catalog_events[];
extern const catalog_value catalog_methods[];

/* The shortest times after which a conversation may become inactive and closed, errors 50375 and 50376. */
enum { CATALOG_INACTIVE_SECONDS = 60, CATALOG_CLOSED_SECONDS = 600 };

extern const catalog_resource catalog_services;
extern const catalog_resource catalog_channels;
extern const catalog_resource catalog_messages;
extern const catalog_resource catalog_members;
extern const catalog_resource catalog_invites;
extern const catalog_resource catalog_roles;
extern const catalog_resource catalog_users;
extern const catalog_resource catalog_user_channels;
extern const catalog_resource catalog_credentials;
extern const catalog_resource catalog_bindings;
extern const catalog_resource catalog_user_bindings;
extern const catalog_resource catalog_channel_webhooks;

/* Conversations' names. */
extern const catalog_resource catalog_conversation_services;
extern const catalog_resource catalog_conversations;
extern const catalog_resource catalog_conversation_messages;
extern const catalog_resource catalog_delivery_receipts;
extern const catalog_resource catalog_participants;
extern const catalog_resource catalog_conversation_webhooks;
extern const catalog_resource catalog_conversation_roles;
extern const catalog_resource catalog_conversation_users;
extern const catalog_resource catalog_user_conversations;
extern const catalog_resource catalog_participant_conversations;
extern const catalog_resource catalog_conversation_bindings;
extern const catalog_resource catalog_service_configurations;
extern const catalog_resource catalog_service_notifications;
extern const catalog_resource catalog_service_webhooks;
extern const catalog_resource catalog_conversation_credentials;
extern const catalog_resource catalog_address_configurations;
extern const catalog_resource catalog_account_configuration;
extern const catalog_resource catalog_account_webhooks;

/* Beside both. */
extern const catalog_resource catalog_media;

#endif
