/* The list of all resources; see resources.h. */
#include "catalog/resources.h"

/* Parents come before their children, so that a walk in this order meets every parent first. */
const catalog_resource *const catalog_all[CATALOG_RESOURCE_COUNT] = {
    &catalog_services,    &catalog_channels, &catalog_messages,      &catalog_members,
    &catalog_invites,     &catalog_roles,    &catalog_users,         &catalog_user_channels,
    &catalog_credentials, &catalog_bindings, &catalog_user_bindings, &catalog_channel_webhooks,
};
