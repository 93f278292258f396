/* Words of two products: see conversation_names.h. */
#include "conversation_names.h"

#include "buffer.h"

#include <stdlib.h>
#include <string.h>

/* The first row that has a word decides, so rows that go one way only stand last. */
static const struct {
    const char *chat, *conversations; /* conversations NULL: it has no such thing */
} conversation_words[] = {
    {"addMember", "addParticipant"},
    {"removeMember", "removeParticipant"},
    {"createChannel", "createConversation"},
    {"destroyChannel", "deleteConversation"},
    {"joinChannel", "joinConversation"},
    {"leaveChannel", "leaveConversation"},
    {"editChannelName", "editConversationName"},
    {"editChannelAttributes", "editConversationAttributes"},
    {"onMessageSend", "onMessageAdd"},
    {"onMessageSent", "onMessageAdded"},
    {"onChannelAdd", "onConversationAdd"},
    {"onChannelAdded", "onConversationAdded"},
    {"onChannelUpdate", "onConversationUpdate"},
    {"onChannelUpdated", "onConversationUpdated"},
    {"onChannelDestroy", "onConversationRemove"},
    {"onChannelDestroyed", "onConversationRemoved"},
    {"onMemberAdd", "onParticipantAdd"},
    {"onMemberAdded", "onParticipantAdded"},
    {"onMemberUpdate", "onParticipantUpdate"},
    {"onMemberUpdated", "onParticipantUpdated"},
    {"onMemberRemove", "onParticipantRemove"},
    {"onMemberRemoved", "onParticipantRemoved"},
    {"added_to_channel", "added_to_conversation"},
    {"removed_from_channel", "removed_from_conversation"},
    {"inviteMember", "addParticipant"},
    {"invited_to_channel", NULL},
};

/* Returns false where there is no such thing on the other side. */
static bool conversation_word(const char *word, bool back, const char **out) {
    *out = word;
    for (size_t at = 0; at < sizeof conversation_words / sizeof *conversation_words; at++) {
        const char *from = back ? conversation_words[at].conversations : conversation_words[at].chat;
        if (from && strcmp(from, word) == 0) {
            *out = back ? conversation_words[at].chat : conversation_words[at].conversations;
            return *out != NULL;
        }
    }
    return true;
}

static bool conversation_has(const json_t *words, const char *word) {
    const json_t *one;
    size_t at;
    json_array_foreach(words, at, one) {
        if (strcmp(json_string_value(one), word) == 0) {
            return true;
        }
    }
    return false;
}

json_t *conversation_names_map(const json_t *words, bool back) {
    json_t *mapped = json_array();
    const json_t *one;
    size_t at;
    json_array_foreach(words, at, one) {
        const char *word = json_string_value(one), *other = NULL;
        if (word && conversation_word(word, back, &other) && !conversation_has(mapped, other)) {
            json_array_append_new(mapped, json_string(other));
        }
    }
    return mapped;
}

/* Steals json. */
static void conversation_result(sqlite3_context *context, json_t *json) {
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
    if (text) {
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
    }
    free(text);
    json_decref(json);
}

static json_t *conversation_argument(sqlite3_value *value) {
    const char *text = (const char *)sqlite3_value_text(value);
    return text ? json_loads(text, JSON_ALLOW_NUL, NULL) : NULL;
}

static void conversation_sql_names(sqlite3_context *context, int count, sqlite3_value **values) {
    json_t *words = conversation_argument(values[0]);
    (void)count;
    conversation_result(context, words ? conversation_names_map(words, false) : NULL);
    json_decref(words);
}

/* A trigger of Chat has its keywords under triggers, or, in the vendor's examples, under filters too. */
static void conversation_hook_filters(json_t *into, const json_t *from, bool trigger) {
    const json_t *given = json_object_get(from, trigger ? "triggers" : "filters");
    given = given ? given : json_object_get(from, "filters");
    if (given && trigger) {
        json_object_set(into, "filters", (json_t *)(uintptr_t)given);
    } else if (given) {
        json_object_set_new(into, "filters", conversation_names_map(given, false));
    }
}

static void conversation_sql_hook(sqlite3_context *context, int count, sqlite3_value **values) {
    json_t *from = conversation_argument(values[1]), *into = json_object();
    const char *type = (const char *)sqlite3_value_text(values[0]);
    (void)count;
    if (strcmp(type ? type : "", "studio") == 0) {
        json_object_set(into, "flow_sid", json_object_get(from, "flow_sid"));
    } else {
        const char *method = json_string_value(json_object_get(from, "method"));
        json_object_set(into, "url", json_object_get(from, "url"));
        json_object_set_new(into, "method", json_string(method && strcmp(method, "POST") != 0 ? "get" : "post"));
        conversation_hook_filters(into, from, strcmp(type ? type : "", "trigger") == 0);
    }
    conversation_result(context, into);
    json_decref(from);
}

/* What was never set is false or empty. */
static void conversation_notice_keys(json_t *into, const json_t *from, const char *const *keys) {
    for (int at = 0; keys[at]; at++) {
        const json_t *given = json_object_get(from, keys[at]);
        bool flag = strstr(keys[at], "enabled") != NULL;
        json_object_set_new(into, keys[at],
                            given  ? json_incref((json_t *)(uintptr_t)given)
                            : flag ? json_false()
                                   : json_string(""));
    }
}

static void conversation_sql_notice(sqlite3_context *context, int count, sqlite3_value **values) {
    static const char *const keys[] = {"enabled", "template", "sound", NULL};
    static const char *const more[] = {"badge_count_enabled", NULL}, *const media[] = {"enabled", "template", NULL};
    const char *name = (const char *)sqlite3_value_text(values[1]);
    json_t *all = conversation_argument(values[0]), *into = json_object();
    const json_t *from = json_object_get(all, name);
    (void)count;
    conversation_notice_keys(into, from, keys);
    if (strcmp(name, "new_message") == 0) {
        json_t *with_media = json_object();
        conversation_notice_keys(into, from, more);
        conversation_notice_keys(with_media, json_object_get(from, "with_media"), media);
        json_object_set_new(into, "with_media", with_media);
    }
    conversation_result(context, into);
    json_decref(all);
}

void conversation_names_register(store *into) {
    static const struct {
        const char *name;
        int arguments;
        void (*function)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {{"conversation_names", 1, conversation_sql_names},
                     {"conversation_hook", 2, conversation_sql_hook},
                     {"conversation_notice", 2, conversation_sql_notice}};
    for (size_t at = 0; at < sizeof functions / sizeof *functions; at++) {
        sqlite3_create_function(store_handle(into), functions[at].name, functions[at].arguments, SQLITE_UTF8, NULL,
                                functions[at].function, NULL, NULL);
    }
}
