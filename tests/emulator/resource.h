/*
** The resources of the API as data: where each is in the path, how its rows come out of the store, which fields its
** JSON has in which version. One engine (route, list, render) serves all of them; messages and receipts bring their own
** rows.
**
** Chat's resources are in resource.c, those of Conversations in resource_conversations.c and resource_settings.c: other
** names and fields over the same tables.
*/
#ifndef EMULATOR_RESOURCE_H
#define EMULATOR_RESOURCE_H

#include "emulator.h"

#include <stdbool.h>

typedef enum {
    FIELD_TEXT,       /* a string or null */
    FIELD_INTEGER,    /* a number or null */
    FIELD_BOOLEAN,    /* from 0 or 1 */
    FIELD_REACHABLE,  /* boolean of a single resource whose service has reachability on (next column), else null */
    FIELD_JSON,       /* stored JSON, written as it is, or null */
    FIELD_DATE,       /* from seconds since 1970, or null */
    FIELD_ATTRIBUTES, /* stored JSON as a string; "{}" where never set; null in lists that hide it */
    FIELD_ALWAYS,     /* attributes that no list hides (members) */
    FIELD_STATUS,     /* of a user_channel: null in the row means not participating, spelled by version */
    FIELD_ACCOUNT,    /* the account's SID */
    FIELD_URL,        /* template */
    FIELD_LINKS,      /* resource->links */
} field_kind;

typedef struct resource_field {
    const char *name;
    field_kind kind;
    int versions;
    int column; /* of resource->columns */
    /* FIELD_URL: "/Services/{2}/..." with columns in braces, percent-encoded; null if one is. "{2}/..." at the start is
    ** "/Services/{2}/..." below a service and "/..." in the account's tree. */
    const char *template;
} resource_field;

typedef struct resource_link {
    const char *name;
    int versions;
    const char *template; /* "?..." is not there, instead of null, where one of its columns is null */
} resource_link;

typedef enum {
    FILTER_ANY,   /* repeated values are alternatives */
    FILTER_ONE,   /* the first value counts */
    FILTER_SINCE, /* a date and all after it; the list comes in another order (order_dated) */
    FILTER_UNTIL, /* all before a date, and the date */
} filter_kind;

typedef struct resource_filter {
    const char *parameter;
    int versions;
    const char *column;
    const char *only;     /* rows shown where the parameter is absent: a condition, or NULL for all */
    const char *accepted; /* comma-separated values accepted, or NULL for any */
    int error;            /* for others */
    filter_kind kind;
} resource_filter;

/* The order of a list, as one text per row that sorts right, and what a token has before that text. */
typedef struct resource_order {
    const char *by; /* expression; NULL: the key */
    const char *before;
    bool down;
} resource_order;

enum { RESOURCE_FIELDS = 24, RESOURCE_LINKS = 7, RESOURCE_FILTERS = 3 };

typedef enum { SCOPE_NONE, SCOPE_SERVICE, SCOPE_CHANNEL, SCOPE_USER, SCOPE_MESSAGE } resource_scope;

typedef struct resource {
    const char *name;            /* of the table that writes go to */
    const struct resource *like; /* Chat's resource that has the same rules, or NULL: itself or none */
    bool singleton;              /* one row for each parent: no key in the path */
    const char *segment;         /* in the path */
    const char *list_key;
    const char *prefix; /* of its SIDs */
    const struct resource *parent;
    resource_scope scope;                    /* what it is to its children */
    int list, fetch, create, update, remove; /* versions */
    int page_max_v1, page_max_v2;            /* Conversations: page_max_v1 */
    int page_default;                        /* 0: 50 */
    /* rows: SELECT columns FROM from WHERE where ORDER BY key; column 0 is the row id, column 1 the key */
    const char *columns, *from, *where, *key;
    resource_order order, order_dated;
    const char *alias;  /* column that may stand in the path instead of the key, or NULL */
    int alias_instance; /* ... in the path of the resource itself, versions */
    int alias_scope;    /* ... in the path of what is below it, versions */
    resource_filter filters[RESOURCE_FILTERS];
    resource_field fields[RESOURCE_FIELDS];
    resource_link links[RESOURCE_LINKS];
} resource;

extern const resource resource_services, resource_channels, resource_messages, resource_members, resource_invites,
    resource_roles, resource_users, resource_user_channels, resource_credentials, resource_bindings,
    resource_user_bindings, resource_webhooks;

extern const resource conversations_services, conversations_conversations, conversations_messages,
    conversations_receipts, conversations_participants, conversations_webhooks, conversations_users,
    conversations_user_conversations, conversations_participant_conversations, conversations_roles,
    conversations_bindings, conversations_credentials, conversations_with_participants, conversations_configuration,
    conversations_notifications, conversations_hooks, conversations_account, conversations_account_hooks,
    conversations_addresses;

/* The resource at a segment below a parent (NULL: at the top), or NULL. */
const resource *resource_find(int version, const resource *parent, const char *segment);

/* Chat's resource whose rules and table these are: its own, or that which it is like. */
const resource *resource_kind(const resource *self);

/* Largest page of a list in a version; 0: no such list. */
int resource_page_max(const resource *self, int version);

#endif
