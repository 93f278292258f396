/* Generated data: see generate.h. One function fills one table. */
#include "generate.h"

#include "text.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the filling functions share. Scratch buffers are reused from row to row. */
typedef struct generator {
    store *store;
    const layout *layout;
    uint64_t state; /* of the random stream */
    buffer name, unique, identity;
    char sid[SID_LENGTH + 1];
    char roles[4][SID_LENGTH + 1]; /* of the service being filled: channel admin, channel user, service admin, user */
} generator;

static const struct {
    const char *name, *type, *permissions;
} generate_roles[4] = {
    {"channel admin", "channel",
     "[\"sendMessage\",\"leaveChannel\",\"editOwnMessage\",\"deleteOwnMessage\",\"addMember\",\"removeMember\","
     "\"editChannelName\",\"editAnyMessage\",\"destroyChannel\"]"},
    {"channel user", "channel", "[\"sendMessage\",\"leaveChannel\",\"editOwnMessage\",\"deleteOwnMessage\"]"},
    {"service admin", "deployment",
     "[\"createChannel\",\"joinChannel\",\"destroyChannel\",\"inviteMember\","
     "\"editChannelName\",\"addMember\",\"removeMember\",\"editAnyMessage\"]"},
    {"service user", "deployment", "[\"createChannel\",\"joinChannel\",\"editOwnUserInfo\"]"},
};

static void generate_random_sid(int64_t seed, const char *prefix, int64_t number, char *out) {
    uint64_t kind = ((uint64_t)(unsigned char)prefix[0] << 8) | (unsigned char)prefix[1];
    uint64_t high = random_at((uint64_t)seed ^ (kind << 40), (uint64_t)number);
    random_sid(out, prefix, high, random_mix(high ^ kind));
    out[SID_LENGTH] = '\0';
}

void generate_sid(store *from, int64_t seed, const char *prefix, char *out) {
    generate_random_sid(seed, prefix, store_sequence(from, prefix), out);
}

static const char *generate_new(generator *self, const char *prefix) {
    generate_sid(self->store, self->layout->data.seed, prefix, self->sid);
    return self->sid;
}

/* A time in four years from 2015. */
static int64_t generate_date(generator *self) {
    return 1420070400 + (int64_t)random_below(&self->state, (uint64_t)4 * 365 * 86400);
}

/* A time not before another one: often the same. */
static int64_t generate_later(generator *self, int64_t date) {
    return random_below(&self->state, 3) ? date : date + (int64_t)random_below(&self->state, 5000000);
}

static void generate_service_settings(generator *self, int64_t id, int64_t position) {
    if (position != 0) {
        return;
    }
    store_run(self->store,
              "UPDATE services SET reachability_enabled = 1, pre_webhook_url = 'https://example.com/pre?a=1&b=2',"
              " post_webhook_url = 'https://example.com/post', webhook_method = 'POST',"
              " webhook_filters = '[\"onMessageSent\",\"onChannelDestroyed\"]', pre_webhook_retry_count = 2,"
              " post_webhook_retry_count = 3, limit_channel_members = 1000, limit_user_channels = 1000,"
              " media_message = 'This message has a file.',"
              " webhooks = '{\"on_message_send\":{\"url\":\"https://example.com/send\",\"method\":\"POST\","
              "\"format\":\"json\"}}',"
              " notifications = '{\"new_message\":{\"enabled\":true,\"template\":\"${USER}: ${MESSAGE}\"},"
              "\"added_to_channel\":{\"enabled\":false,\"template\":\"\"},\"log_enabled\":true}' WHERE id = ?1",
              "i", id);
}

static void generate_roles_for(store *into, int64_t seed, int64_t service, int64_t created,
                               char sids[4][SID_LENGTH + 1]) {
    for (int role = 0; role < 4; role++) {
        generate_sid(into, seed, "RL", sids[role]);
        store_run(into,
                  "INSERT INTO roles(service_id, sid, friendly_name, type, permissions, date_created, date_updated)"
                  " VALUES(?1,?2,?3,?4,?5,?6,?6)",
                  "itttti", service, sids[role], generate_roles[role].name, generate_roles[role].type,
                  generate_roles[role].permissions, created);
    }
    store_run(into,
              "UPDATE services SET default_channel_creator_role_sid = ?2, default_channel_role_sid = ?3,"
              " default_service_role_sid = ?4 WHERE id = ?1",
              "ittt", service, sids[0], sids[1], sids[3]);
}

void generate_default_roles(store *into, int64_t seed, int64_t service, int64_t created) {
    char sids[4][SID_LENGTH + 1];
    generate_roles_for(into, seed, service, created, sids);
}

static int64_t generate_service(generator *self, int64_t position) {
    int64_t created = generate_date(self), updated = generate_later(self, created);
    text_service_name(&self->name, position, self->layout->data.tidy);
    char sid[SID_LENGTH + 1];
    memcpy(sid, generate_new(self, "IS"), sizeof sid);
    store_run(self->store, "INSERT INTO services(sid, friendly_name, date_created, date_updated) VALUES(?1,?2,?3,?4)",
              "tbii", sid, self->name.data, self->name.length, created, updated);
    int64_t id = sqlite3_last_insert_rowid(store_handle(self->store));
    generate_roles_for(self->store, self->layout->data.seed, id, created, self->roles);
    generate_service_settings(self, id, position);
    return id;
}

static void generate_channel(generator *self, int64_t service, int64_t ordinal, int64_t position) {
    bool tidy = self->layout->data.tidy;
    uint64_t bits = random_next(&self->state);
    int64_t created = generate_date(self), updated = generate_later(self, created);
    bool unique = text_unique_name(&self->unique, position, tidy);
    bool named = text_channel_name(&self->name, position, bits, tidy);
    const text_piece *attributes = text_attributes(random_next(&self->state), tidy);
    int64_t users = self->layout->services[self->layout->channel_service[ordinal]].users;
    text_identity(&self->identity, (int64_t)random_below(&self->state, (uint64_t)users), tidy);
    bool system = !users || bits % 5 < 2;
    store_run(self->store,
              "INSERT INTO channels(service_id, sid, friendly_name, unique_name, attributes, type, date_created,"
              " date_updated, created_by, ordinal, generated) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
              "itbbbtiibii", service, generate_new(self, "CH"), named ? buffer_terminated(&self->name) : NULL,
              self->name.length, unique ? self->unique.data : NULL, self->unique.length,
              attributes ? attributes->raw : NULL, attributes ? attributes->length : (size_t)0,
              (bits >> 3) % 3 ? "public" : "private", created, updated, system ? "system" : self->identity.data,
              system ? (size_t)6 : self->identity.length, ordinal, self->layout->messages[ordinal]);
}

static void generate_user(generator *self, int64_t service, int64_t position) {
    bool tidy = self->layout->data.tidy;
    uint64_t bits = random_next(&self->state);
    int64_t created = generate_date(self), updated = generate_later(self, created);
    text_identity(&self->identity, position, tidy);
    bool named = text_user_name(&self->name, position, bits, tidy);
    const text_piece *attributes = text_attributes(random_next(&self->state), tidy);
    store_run(self->store,
              "INSERT INTO users(service_id, sid, identity, role_sid, friendly_name, attributes, is_online,"
              " is_notifiable, date_created, date_updated) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
              "itbtbbiiii", service, generate_new(self, "US"), self->identity.data, self->identity.length,
              self->roles[bits % 10 ? 3 : 2], named ? buffer_terminated(&self->name) : NULL, self->name.length,
              attributes ? attributes->raw : NULL, attributes ? attributes->length : (size_t)0,
              (int64_t)((bits >> 8) % 2), (int64_t)((bits >> 9) % 2), created, updated);
}

static int64_t generate_share(const generator *self, int64_t total, const layout_service *service) {
    int64_t channels = self->layout->data.channels;
    if (!channels || !service->channels || !service->users) {
        return 0;
    }
    return total * (service->first_channel + service->channels) / channels - total * service->first_channel / channels;
}

/* A channel (row id) and user (identity) of the service by chance: low channel numbers more often. */
static int64_t generate_pair(generator *self, const layout_service *service) {
    uint64_t span = (uint64_t)service->channels;
    uint64_t first = random_below(&self->state, span), second = random_below(&self->state, span);
    int64_t channel = service->first_channel + (int64_t)(first < second ? first : second);
    text_identity(&self->identity, (int64_t)random_below(&self->state, (uint64_t)service->users),
                  self->layout->data.tidy);
    return channel + 1; /* row ids count from 1 in the same order */
}

static void generate_member(generator *self, int64_t service, int64_t channel) {
    bool tidy = self->layout->data.tidy;
    uint64_t bits = random_next(&self->state);
    int64_t created = generate_date(self), updated = generate_later(self, created);
    const text_piece *attributes = text_attributes(random_next(&self->state), tidy);
    uint64_t messages = (uint64_t)self->layout->messages[channel - 1];
    store_run(self->store,
              "INSERT OR IGNORE INTO members(service_id, channel_id, sid, identity, role_sid, date_created,"
              " date_updated, attributes) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
              "iitbtiib", service, channel, generate_new(self, "MB"), self->identity.data, self->identity.length,
              self->roles[bits % 6 ? 1 : 0], created, updated, attributes ? attributes->raw : NULL,
              attributes ? attributes->length : (size_t)0);
    if (bits % 2) {
        store_run(self->store,
                  "UPDATE members SET last_consumed_message_index = ?2, last_consumption_timestamp = ?3"
                  " WHERE sid = ?1",
                  "tii", self->sid, (int64_t)((bits >> 8) % (messages + 2)), updated);
    }
}

static void generate_members(generator *self, int64_t service, const layout_service *shape) {
    int64_t wanted = generate_share(self, self->layout->data.members, shape);
    int64_t limit = shape->channels * shape->users;
    wanted = wanted < limit ? wanted : limit;
    int64_t have = 0;
    for (int64_t attempt = 0; have < wanted && attempt < 20 * wanted; attempt++) {
        int64_t channel = generate_pair(self, shape);
        generate_member(self, service, channel);
        have += sqlite3_changes(store_handle(self->store)) ? 1 : 0;
    }
}

static void generate_invites(generator *self, int64_t service, const layout_service *shape) {
    int64_t wanted = generate_share(self, self->layout->data.invites, shape);
    for (int64_t attempt = 0; wanted > 0 && attempt < 20 * wanted; attempt++) {
        int64_t channel = generate_pair(self, shape), created = generate_date(self);
        store_run(self->store,
                  "INSERT OR IGNORE INTO invites(service_id, channel_id, sid, identity, role_sid, created_by,"
                  " date_created, date_updated) SELECT ?1,?2,?3,?4,?5,?6,?7,?8 WHERE NOT EXISTS"
                  " (SELECT 1 FROM members WHERE channel_id = ?2 AND identity = ?4)",
                  "iitbttii", service, channel, generate_new(self, "IN"), self->identity.data, self->identity.length,
                  self->roles[1], random_below(&self->state, 2) ? "system" : "user-1", created,
                  generate_later(self, created));
        if (store_number(self->store, 0, "SELECT count(*) FROM invites WHERE service_id = ?1", "i", service) >=
            wanted) {
            return;
        }
    }
}

/* Views of channels that the user has left or never joined. */
static void generate_left(generator *self, const layout_service *shape) {
    int64_t wanted = self->layout->data.tidy ? 0 : shape->users / 8;
    for (int64_t position = 0; position < wanted && shape->channels; position++) {
        int64_t channel = generate_pair(self, shape);
        store_run(self->store,
                  "INSERT OR IGNORE INTO user_channels(user_id, channel_id, channel_sid) SELECT u.id, c.id, c.sid"
                  " FROM channels c JOIN users u ON u.service_id = c.service_id WHERE c.id = ?1 AND u.identity = ?2",
                  "ib", channel, self->identity.data, self->identity.length);
    }
}

static void generate_more_roles(generator *self, int64_t service, int64_t count) {
    for (int64_t position = 0; position < count; position++) {
        bool channel = position % 2 == 0;
        int64_t created = generate_date(self), updated = generate_later(self, created);
        text_channel_name(&self->name, position, random_next(&self->state), self->layout->data.tidy);
        store_run(self->store,
                  "INSERT INTO roles(service_id, sid, friendly_name, type, permissions, date_created, date_updated)"
                  " VALUES(?1,?2,?3,?4,?5,?6,?7)",
                  "itbttii", service, generate_new(self, "RL"), buffer_terminated(&self->name), self->name.length,
                  channel ? "channel" : "deployment", channel ? "[\"sendMessage\"]" : "[]", created, updated);
    }
}

static void generate_credentials(generator *self) {
    static const char *const types[] = {"gcm", "apn", "fcm"};
    for (int64_t position = 0; position < self->layout->data.credentials; position++) {
        int64_t created = generate_date(self), updated = generate_later(self, created);
        uint64_t bits = random_next(&self->state);
        bool named = text_channel_name(&self->name, position, bits, self->layout->data.tidy);
        store_run(self->store,
                  "INSERT INTO credentials(sid, friendly_name, type, sandbox, date_created, date_updated)"
                  " VALUES(?1,?2,?3,?4,?5,?6)",
                  "tbttii", generate_new(self, "CR"), named ? buffer_terminated(&self->name) : NULL, self->name.length,
                  types[position % 3], position % 3 == 1 && position % 2 ? "True" : "False", created, updated);
    }
}

static void generate_bindings(generator *self, int64_t service, const layout_service *shape) {
    static const char *const types[] = {"gcm", "apn", "fcm"};
    static const char *const messages[] = {
        "[\"removed_from_channel\",\"new_message\",\"added_to_channel\",\"invited_to_channel\"]", "[\"new_message\"]",
        "[]"};
    int64_t wanted = generate_share(self, self->layout->data.bindings, shape);
    int64_t credentials = self->layout->data.credentials;
    for (int64_t position = 0; position < wanted; position++) {
        int64_t created = generate_date(self), updated = generate_later(self, created);
        generate_pair(self, shape);
        int type = (int)random_below(&self->state, 3);
        char credential[SID_LENGTH + 1] = "";
        generate_random_sid(self->layout->data.seed, "CR",
                            1 + (int64_t)random_below(&self->state, (uint64_t)credentials), credential);
        self->name.length = 0;
        buffer_append(&self->name, self->identity.data, self->identity.length);
        buffer_text(&self->name, "-endpoint");
        store_run(self->store,
                  "INSERT INTO bindings(service_id, sid, endpoint, identity, credential_sid, binding_type,"
                  " message_types, date_created, date_updated) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)",
                  "itbbtttii", service, generate_new(self, "BS"), self->name.data, self->name.length,
                  self->identity.data, self->identity.length, credentials ? credential : NULL, types[type],
                  messages[random_below(&self->state, 3)], created, updated);
    }
}

static void generate_webhooks(generator *self, int64_t service, const layout_service *shape) {
    static const char *const kinds[3][2] = {
        {"webhook", "{\"url\":\"https://example.com/hook\",\"method\":\"GET\",\"filters\":[\"onMessageSent\","
                    "\"onChannelDestroyed\"],\"retry_count\":2}"},
        {"trigger", "{\"url\":\"https://example.com/it's\",\"method\":\"POST\",\"filters\":[\"keyword1\",\"keyword2\"],"
                    "\"retry_count\":3}"},
        {"studio", "{\"flow_sid\":\"FW00000000000000000000000000000001\"}"},
    };
    int64_t wanted = generate_share(self, self->layout->data.webhooks, shape);
    (void)service;
    for (int64_t position = 0; position < wanted; position++) {
        int64_t channel = generate_pair(self, shape), created = generate_date(self);
        int kind = (int)random_below(&self->state, 3);
        store_run(self->store,
                  "INSERT INTO webhooks(channel_id, sid, type, configuration, date_created, date_updated)"
                  " SELECT ?1,?2,?3,?4,?5,?6 WHERE (SELECT count(*) FROM webhooks WHERE channel_id = ?1) < 5",
                  "itttii", channel, generate_new(self, "WH"), kinds[kind][0], kinds[kind][1], created,
                  generate_later(self, created));
    }
}

static void generate_fill_service(generator *self, int64_t position) {
    const layout_service *shape = &self->layout->services[position];
    int64_t service = generate_service(self, position);
    for (int64_t at = 0; at < shape->channels; at++) {
        generate_channel(self, service, shape->first_channel + at, at);
    }
    for (int64_t at = 0; at < shape->users; at++) {
        generate_user(self, service, at);
    }
    generate_members(self, service, shape);
    generate_invites(self, service, shape);
    generate_left(self, shape);
    int64_t roles = self->layout->data.roles, count = self->layout->data.services;
    generate_more_roles(self, service, roles * (position + 1) / count - roles * position / count);
    generate_bindings(self, service, shape);
    generate_webhooks(self, service, shape);
}

static void generate_counts(generator *self) {
    static const char *const statements[] = {
        "UPDATE channels SET members_count = (SELECT count(*) FROM members m WHERE m.channel_id = channels.id)",
        "UPDATE users SET joined_channels_count = (SELECT count(*) FROM members m"
        " WHERE m.service_id = users.service_id AND m.identity = users.identity)",
        "INSERT OR IGNORE INTO user_channels(user_id, channel_id, channel_sid) SELECT u.id, c.id, c.sid FROM members m"
        " JOIN channels c ON c.id = m.channel_id JOIN users u ON u.service_id = m.service_id AND u.identity ="
        " m.identity",
        "INSERT OR IGNORE INTO user_channels(user_id, channel_id, channel_sid) SELECT u.id, c.id, c.sid FROM invites m"
        " JOIN channels c ON c.id = m.channel_id JOIN users u ON u.service_id = m.service_id AND u.identity ="
        " m.identity",
        "UPDATE user_channels SET notification_level = 'muted' WHERE (user_id * 7 + channel_id) % 5 = 0",
    };
    for (size_t at = 0; at < sizeof statements / sizeof *statements; at++) {
        store_run(self->store, statements[at], "");
    }
}

/* What is looked for when a service is tidied up. It draws no random number, so that all else is the same without. */
static void generate_traces(generator *self) {
    for (int copy = 0; copy < 2; copy++) {
        store_run(self->store,
                  "INSERT INTO channels(service_id, sid, friendly_name, unique_name, type, date_created, date_updated,"
                  " created_by) SELECT id, ?1, 'Summer sale', ?2, 'public', 1622538000 + ?3, 1622538000 + ?3, 'system'"
                  " FROM services ORDER BY id LIMIT 1",
                  "tti", generate_new(self, "CH"), copy ? "summer-sale-2" : "summer-sale", (int64_t)copy);
    }
    store_run(self->store,
              "UPDATE services SET limit_user_channels = (SELECT max(joined_channels_count) FROM users"
              " WHERE service_id = services.id) WHERE id = 2",
              "");
}

void generate_all(store *into, const layout *plan) {
    generator self = {.store = into, .layout = plan, .state = random_mix((uint64_t)plan->data.seed)};
    store_run(into, "BEGIN", "");
    generate_credentials(&self);
    for (int64_t position = 0; position < plan->data.services; position++) {
        generate_fill_service(&self, position);
    }
    generate_counts(&self);
    if (plan->data.lived_in) {
        generate_traces(&self);
    }
    store_run(into, "COMMIT", "");
    buffer_free(&self.name);
    buffer_free(&self.unique);
    buffer_free(&self.identity);
}

/* The numbers of options_data by name, for the table meta. */
static const struct {
    const char *name;
    size_t offset;
} generate_meta[] = {
    {"seed", offsetof(options_data, seed)},         {"services", offsetof(options_data, services)},
    {"channels", offsetof(options_data, channels)}, {"users", offsetof(options_data, users)},
    {"messages", offsetof(options_data, messages)}, {"media_bytes", offsetof(options_data, media_bytes)},
};

void generate_save(store *into, const options_data *data) {
    for (size_t at = 0; at < sizeof generate_meta / sizeof *generate_meta; at++) {
        int64_t value;
        memcpy(&value, (const char *)data + generate_meta[at].offset, sizeof value);
        store_run(into, "INSERT INTO meta VALUES(?1, ?2)", "ti", generate_meta[at].name, value);
    }
    store_run(into, "INSERT INTO meta VALUES('spread', ?1)", "i", (int64_t)data->spread);
    store_run(into, "INSERT INTO meta VALUES('tidy', ?1)", "i", (int64_t)data->tidy);
    store_run(into, "INSERT INTO meta VALUES('lived_in', ?1)", "i", (int64_t)data->lived_in);
}

bool generate_load(store *from, options_data *data) {
    static const char sql[] = "SELECT value FROM meta WHERE name = ?1";
    for (size_t at = 0; at < sizeof generate_meta / sizeof *generate_meta; at++) {
        int64_t value = store_number(from, -1, sql, "t", generate_meta[at].name);
        memcpy((char *)data + generate_meta[at].offset, &value, sizeof value);
    }
    data->spread = (int)store_number(from, 0, sql, "t", "spread");
    data->tidy = store_number(from, 0, sql, "t", "tidy") != 0;
    data->lived_in = store_number(from, 0, sql, "t", "lived_in") != 0;
    return store_number(from, -1, sql, "t", "tidy") >= 0;
}

text_piece *generate_authors(const layout *plan) {
    text_piece *authors = buffer_allocate((size_t)plan->data.users * sizeof *authors);
    buffer name = {0};
    for (int64_t service = 0; service < plan->data.services; service++) {
        const layout_service *shape = &plan->services[service];
        for (int64_t position = 0; position < shape->users; position++) {
            text_piece *author = &authors[shape->first_user + position];
            text_identity(&name, position, plan->data.tidy);
            *author = (text_piece){buffer_duplicate(name.data, name.length), name.length, NULL, 0};
            text_prepare_piece(author);
        }
    }
    buffer_free(&name);
    return authors;
}
