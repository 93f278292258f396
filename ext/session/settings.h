/*
** The settings of a connection: one table of rules, from which come the environment variables, the checks, the error
** for a bad value and the rows of chat_settings.
**
** Credentials belong to the origins they were given for: those of the environment, or of a profile, are used only with an
** origin that environment and profile alone make, and those set with SQL are forgotten for an origin that changes. So
** nobody who can run SQL, but not read the environment or the profile, can have a secret sent elsewhere.
**
** A profile that is named (setting profile) takes the place of what the environment says of the account: the key, the SID,
** region and edge (but TWILIO_EDGE goes before the profile's, as for the tool that profiles are made with). What is set
** with SQL goes before both; of that, credentials are forgotten when another profile is named.
**
** The settings of a further account, which tables have beside the connection's own, are those of its profile; all others
** it has from the connection's.
*/
#ifndef CHAT_SETTINGS_H
#define CHAT_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "catalog/catalog.h"
#include "rest/client.h"
#include "session/profile.h"
#include "session/settings_rules.h"

typedef enum { SOURCE_DEFAULT, SOURCE_ENVIRONMENT, SOURCE_PROFILE, SOURCE_SET } setting_source;

typedef struct setting_value {
    char *text; /* owned; NULL: unset */
    setting_source source;
    unsigned origins; /* of a credential set with SQL: the origins, as bits, that it has been set for */
    int64_t change;   /* ... and which of server_changes that was */
} setting_value;

/* One of the catalogue's origins. */
typedef struct settings_origin {
    char *now; /* what its setting, region and edge give; owned */
    char *own; /* what environment and profile alone give, at load or when the profile was named; owned */
} settings_origin;

typedef struct settings {
    setting_value values[SETTING_COUNT];
    settings_origin origins[CATALOG_ORIGIN_COUNT];
    int64_t server_changes; /* how often SQL has changed what server is spoken to, or as whom */
    int64_t together;       /* the first of these that belongs to the statement that changes them now; 0: none does */
    profile used;           /* the profile in force */
    const struct settings *base; /* of a further account: the connection's; NULL: these are the connection's */
} settings;

/* Of a further account: reads its profile. base: the connection's, which must live as long. target: all zeros. */
void settings_load_profile(settings *target, const settings *base, const char *name, error *problem);

/* To be called for a further account when the connection's settings have changed. SQLITE_NOMEM in problem. */
void settings_follow_base(settings *target, error *problem);

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
** The same as one of several that a statement sets, in whatever order it does. began: a copy of what they were before it. What
** the statement itself has set is of the account and the origins that it sets: another profile or origin does not forget it.
*/
void settings_set_together(settings *target, const settings *began, setting_id id, const char *text, error *problem);

/*
** The origins, as bits, for which it says which server is spoken to, or as whom: 0 for most settings. Region and edge
** say nothing for an origin that is replaced.
*/
unsigned settings_origins_of(const settings *source, setting_id id);

/* A copy of all settings (owned), or NULL with a problem: no memory. */
settings *settings_keep_copy(const settings *source, error *problem);

/* Makes target what it was when it was kept; takes kept over. */
void settings_keep_put_back(settings *target, settings *kept);

/* All but one value. */
void settings_keep_put_back_but(settings *target, settings *kept, setting_id id);

/* Frees what settings_keep gave. Accepts NULL. */
void settings_keep_forget(settings *kept);

/* For chat_settings. Secrets come back as "****"; NULL where unset. Valid until the setting changes. */
const char *settings_shown(const settings *source, setting_id id);
bool settings_is_secret(setting_id id);
const char *settings_name(setting_id id);

/* The environment variable that says it. */
const char *settings_variable(setting_id id);
const char *settings_description(setting_id id);

/* Appends what values it takes, for people. */
void settings_accepted(setting_id id, buffer *text);
const char *settings_source_text(const settings *source, setting_id id);

/* The value itself; NULL where unset. */
const char *settings_text(const settings *source, setting_id id);

/* The value of a number; 0 where unset. */
int settings_integer(const settings *source, setting_id id);

/* What the setting `without` switches off, as a mask of WITHOUT_ bits. */
unsigned settings_without(const settings *source);

/* What the HTTP client is to use; its texts are borrowed from source. */
client_config settings_client_config(const settings *source);

/* A credential, as it is used with an origin (index in catalog_origins); NULL: none is. */
const char *settings_credential(const settings *source, setting_id id, int origin);

/* server_changes, and those of the settings that it has from others. */
int64_t settings_changes(const settings *source);

#endif
