/*
** The settings of a connection: one table of rules, from which come the environment variables, the checks, the error
** for a bad value and the rows of chat_settings.
**
** Credentials belong to the origins they were given for: those of the environment are used only with an origin that was
** in force at load, and those set with SQL are forgotten for an origin that changes. So nobody who can run SQL, but
** not read the environment, can have a secret sent elsewhere.
*/
#ifndef CHAT_SETTINGS_H
#define CHAT_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "rest/client.h"

typedef enum {
    SETTING_SERVICE_SID,
    SETTING_API_VERSION,
    SETTING_PAGE_SIZE,
    SETTING_MAX_CONCURRENCY,
    SETTING_TIMEOUT_MS,
    SETTING_MAX_RETRIES,
    SETTING_READONLY,
    SETTING_WEBHOOKS,
    SETTING_PROGRESS,
    SETTING_REQUEST_LOG,
    SETTING_MEMORY_LIMIT_MB,
    SETTING_MEDIA_MAX_MB,
    SETTING_WRITE_RATE,
    SETTING_WRITE_JOURNAL,
    SETTING_WITHOUT,
    SETTING_URL,
    SETTING_CONVERSATIONS_URL,
    SETTING_MEDIA_URL,
    SETTING_REGION,
    SETTING_EDGE,
    SETTING_API_KEY,
    SETTING_API_KEY_SECRET,
    SETTING_ACCOUNT_SID,
    SETTING_AUTH_TOKEN,
    SETTING_COUNT
} setting_id;

/* What can be switched off, to show that answers do not depend on it. */
enum {
    WITHOUT_LOOKUP = 1, /* by path, SID or name */
    WITHOUT_PARENT = 2,
    WITHOUT_FILTER = 4,
    WITHOUT_ORDER = 8,
    WITHOUT_BOUNDS = 16,
    WITHOUT_LIMIT = 32,
    WITHOUT_KNOWN = 64, /* known addresses */
    WITHOUT_AHEAD = 128 /* pages ahead and join readahead */
};

typedef enum { SOURCE_DEFAULT, SOURCE_ENVIRONMENT, SOURCE_SET } setting_source;

typedef struct setting_value {
    char *text; /* owned; NULL: unset */
    setting_source source;
    unsigned origins; /* of a credential set with SQL: the origins, as bits, that it has been set for */
} setting_value;

/* One of the catalogue's origins. */
typedef struct settings_origin {
    char *now;     /* what its setting, region and edge give; owned */
    char *at_load; /* the same as it was at load; owned */
} settings_origin;

typedef struct settings {
    setting_value values[SETTING_COUNT];
    settings_origin origins[CATALOG_ORIGIN_COUNT];
    int64_t server_changes; /* how often SQL has changed what server is spoken to, or as whom */
} settings;

/*
** Reads defaults and the environment. A bad environment value is an error that names the variable. target: all zeros.
*/
void settings_load(settings *target, error *problem);

void settings_free(settings *target);

/*
** Sets a value, after checking it. text NULL: back to the environment's or the default value. On error nothing changes
** and problem names the accepted values.
*/
void settings_set(settings *target, setting_id id, const char *text, error *problem);

/*
** The origins, as bits, for which it says which server is spoken to, or as whom: 0 for most settings. Region and edge
** say nothing for an origin that is replaced.
*/
unsigned settings_origins_of(const settings *source, setting_id id);

/* A copy of all settings (owned), or NULL with a problem: no memory. */
settings *settings_keep(const settings *source, error *problem);

/* Makes target what it was when it was kept; takes kept over. */
void settings_put_back(settings *target, settings *kept);

/* Frees what settings_keep gave. Accepts NULL. */
void settings_forget(settings *kept);

/* For chat_settings. Secrets come back as "****"; NULL where unset. Valid until the setting changes. */
const char *settings_shown(const settings *source, setting_id id);
bool settings_is_secret(setting_id id);
const char *settings_name(setting_id id);
const char *settings_description(setting_id id);
const char *settings_source_text(const settings *source, setting_id id);

/* The value itself; NULL where unset. */
const char *settings_text(const settings *source, setting_id id);

/* The value of a number; 0 where unset. */
int settings_integer(const settings *source, setting_id id);

/* What the setting `without` switches off, as a mask of WITHOUT_ bits. */
unsigned settings_without(const settings *source);

/* What the HTTP client is to use; its texts are borrowed from source. */
client_config settings_client_config(const settings *source);

#endif
