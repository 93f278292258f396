/* What the HTTP client is to use, of the settings; see settings.h. */
#include "session/settings.h"

static const char *settings_client_key_names(const settings *source) {
    switch (source->values[SETTING_API_KEY].source) {
    case SOURCE_ENVIRONMENT:
        return "TWILIO_API_KEY and TWILIO_API_KEY_SECRET (or TWILIO_API_SECRET)";
    case SOURCE_PROFILE:
        return source->used.label;
    default:
        return "the settings api_key and api_key_secret";
    }
}

static const char *settings_client_token_names(const settings *source) {
    return source->values[SETTING_ACCOUNT_SID].source == SOURCE_ENVIRONMENT ? "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"
                                                                            : "the settings account_sid and auth_token";
}

/* Where credentials may go that are there, but not for this origin as it is; NULL: there are none. */
static const char *settings_client_withheld(const settings *source, int origin) {
    bool is_key = source->values[SETTING_API_KEY].text && source->values[SETTING_API_KEY_SECRET].text;
    bool is_token = source->values[SETTING_ACCOUNT_SID].text && source->values[SETTING_AUTH_TOKEN].text;
    setting_source from = source->values[is_key ? SETTING_API_KEY_SECRET : SETTING_AUTH_TOKEN].source;
    return (is_key || is_token) && from != SOURCE_SET ? source->origins[origin].own : NULL;
}

/* Which half of a pair is missing; NULL: none, or both. The names of the variables stand for those of the settings too. */
static const char *settings_client_half(const settings *source, int origin) {
    bool key = settings_credential(source, SETTING_API_KEY, origin) != NULL;
    bool secret = settings_credential(source, SETTING_API_KEY_SECRET, origin) != NULL;
    bool account = settings_credential(source, SETTING_ACCOUNT_SID, origin) != NULL;
    bool token = settings_credential(source, SETTING_AUTH_TOKEN, origin) != NULL;
    return key && !secret      ? "TWILIO_API_KEY is there, but not its TWILIO_API_KEY_SECRET (or TWILIO_API_SECRET)"
           : secret && !key    ? "TWILIO_API_KEY_SECRET is there, but not its TWILIO_API_KEY"
           : account && !token ? "TWILIO_ACCOUNT_SID is there, but not its TWILIO_AUTH_TOKEN"
           : token && !account ? "TWILIO_AUTH_TOKEN is there, but not its TWILIO_ACCOUNT_SID"
                               : NULL;
}

static endpoint_config settings_client_endpoint(const settings *source, int origin) {
    endpoint_config made = {.origin = source->origins[origin].now,
                            .user = settings_credential(source, SETTING_API_KEY, origin),
                            .password = settings_credential(source, SETTING_API_KEY_SECRET, origin),
                            .account = settings_credential(source, SETTING_ACCOUNT_SID, origin),
                            .credential_names = settings_client_key_names(source)};
    if (!made.user || !made.password) {
        made.user = settings_credential(source, SETTING_ACCOUNT_SID, origin);
        made.password = settings_credential(source, SETTING_AUTH_TOKEN, origin);
        made.credential_names = settings_client_token_names(source);
    }
    if (!made.user || !made.password) {
        made.half = settings_client_half(source, origin);
        made.withheld = settings_client_withheld(source, origin);
        made.credential_names = source->used.label ? source->used.label : "the environment";
    }
    return made;
}

client_config settings_client_config(const settings *source) {
    client_config config = {.profile = source->values[SETTING_PROFILE].text,
                            .timeout_ms = settings_integer(source, SETTING_TIMEOUT_MS),
                            .max_retries = settings_integer(source, SETTING_MAX_RETRIES),
                            .max_concurrency = settings_integer(source, SETTING_MAX_CONCURRENCY),
                            .request_log = settings_integer(source, SETTING_REQUEST_LOG)};
    for (int i = 0; i < CATALOG_ORIGIN_COUNT; i++) {
        config.endpoints[i] = settings_client_endpoint(source, i);
    }
    return config;
}
