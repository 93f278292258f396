/* Generated conversations: see generate_conversations.h. */
#include "generate_conversations.h"

#include "generate.h"

#include <stdio.h>
#include <string.h>

enum { GENERATE_START = 1420070400 }; /* 2015: before every message, so that all of them have receipts */

static uint64_t generate_bits(const layout *plan, uint64_t kind, int64_t number) {
    return random_at((uint64_t)plan->data.seed ^ (kind << 32) ^ 0x636f6e76, (uint64_t)number);
}

static void generate_messaging_service(const layout *plan, int64_t number, char *out) {
    uint64_t bits = generate_bits(plan, 1, number);
    random_sid(out, "MG", bits, random_mix(bits));
    out[SID_LENGTH] = '\0';
}

static void generate_account(store *into, const layout *plan, const char *account_sid) {
    char service[SID_LENGTH + 1];
    generate_messaging_service(plan, 0, service);
    store_run(into,
              "INSERT INTO account(id, sid, default_chat_service_sid, default_messaging_service_sid, filters)"
              " VALUES(1, ?1, (SELECT sid FROM services ORDER BY id LIMIT 1), ?2, '[]')",
              "tt", account_sid, service);
}

/* --- conversations --- */

static void generate_private(store *into, const layout *plan) {
    int64_t channels = plan->data.channels, percent = plan->data.private_percent;
    for (int64_t at = 0; percent >= 0 && at < channels; at++) {
        bool hidden = (int64_t)(generate_bits(plan, 2, at) % 100) < percent;
        store_run(into, "UPDATE channels SET type = ?2 WHERE ordinal = ?1", "it", at, hidden ? "private" : "public");
    }
}

/*
** One that came from Chat long ago lacks everything; others have what one made here can have. A public channel is no
** conversation yet.
*/
static void generate_state(store *into, const layout *plan, int64_t at) {
    static const char *const states[] = {"active",   "active", "active", "active", "inactive",
                                         "inactive", "closed", "closed", "active", NULL};
    uint64_t bits = generate_bits(plan, 3, at);
    const char *state = states[bits % 10];
    char service[SID_LENGTH + 1];
    generate_messaging_service(plan, (int64_t)((bits >> 8) % 3), service);
    store_run(
        into,
        "UPDATE channels SET state = ?2, messaging_service_sid = ?3, bindings = ?4 WHERE ordinal = ?1 AND type = 'private'",
        "ittt", at, state, state ? service : NULL,
        !state                 ? NULL
        : (bits >> 16) % 5 > 0 ? "{}"
                               : "{\"email\":{\"projected_address\":\"team+1@mail.example\",\"name\":\"Team\"}}");
    if (state && (bits >> 20) % 3 == 0) {
        /* far enough away that tests of any day find them unchanged */
        store_run(
            into,
            "UPDATE channels SET idle_since = ?2, timer_inactive = ?3, timer_closed = ?4 WHERE ordinal = ?1 AND type = 'private'",
            "iiii", at, (int64_t)GENERATE_START + (int64_t)((bits >> 24) % 100000000), (int64_t)90000 * 86400,
            (int64_t)99000 * 86400);
    }
}

/* --- participants outside chat --- */

static void generate_inbound(const message_source *into, const layout *plan, int64_t channel, int64_t number,
                             const char *address) {
    message_channel loaded;
    char sid[SID_LENGTH + 1];
    if (!message_channel_load(&loaded, into, channel)) {
        return;
    }
    generate_sid(into->store, plan->data.seed, "IM", sid);
    message_values values = {.created = 1577836800 + number * 3600, .author = address, .body = "Hello from my phone"};
    values.updated = values.created;
    values.author_length = strlen(address);
    values.body_length = strlen(values.body);
    memcpy(values.sid, sid, sizeof sid);
    message_add(&loaded, &values);
    message_channel_free(&loaded);
}

static void generate_phone(const message_source *into, const layout *plan, int64_t channel, int64_t number) {
    char sid[SID_LENGTH + 1], address[64], proxy[64], service[SID_LENGTH + 1];
    bool whatsapp = number % 3 == 1, alone = number % 7 == 6;
    const char *prefix = whatsapp ? "whatsapp:" : "";
    generate_sid(into->store, plan->data.seed, "MB", sid);
    /* every fourth has a number that others have in other conversations too */
    snprintf(address, sizeof address, "%s+1555%07lld", prefix, (long long)(number % 4 ? number + 100 : number % 8));
    snprintf(proxy, sizeof proxy, "%s+1500555%04lld", prefix, (long long)(number % 5));
    generate_messaging_service(plan, 0, service);
    store_run(into->store,
              "UPDATE channels SET messaging_service_sid = coalesce(messaging_service_sid, ?2) WHERE id = ?1", "it",
              channel, service);
    store_run(into->store,
              "INSERT OR IGNORE INTO members(service_id, channel_id, sid, date_created, date_updated, binding_type,"
              " address, proxy_address) SELECT service_id, id, ?2, ?3, ?3, ?4, ?5, ?6 FROM channels WHERE id = ?1"
              " AND NOT EXISTS (SELECT 1 FROM members WHERE channel_id = ?1 AND address = ?5)",
              "itittt", channel, sid, (int64_t)GENERATE_START, whatsapp ? "whatsapp" : "sms", address,
              alone ? NULL : proxy);
    if (number % 2 == 0) {
        generate_inbound(into, plan, channel, number, address);
    }
}

static void generate_phones(const message_source *into, const layout *plan) {
    int64_t total = store_number(into->store, 0, "SELECT count(*) FROM channels WHERE type = 'private'", "");
    for (int64_t number = 0; total && number < plan->data.phones; number++) {
        int64_t first = (int64_t)(generate_bits(plan, 4, number) % (uint64_t)total);
        int64_t second = (int64_t)(generate_bits(plan, 5, number) % (uint64_t)total);
        int64_t channel =
            store_number(into->store, 0, "SELECT id FROM channels WHERE type = 'private' ORDER BY id LIMIT 1 OFFSET ?1",
                         "i", first < second ? first : second);
        int64_t full = store_number(into->store, 0,
                                    "SELECT count(*) >= 50 FROM members WHERE channel_id = ?1 AND address IS NOT NULL",
                                    "i", channel);
        if (!full) {
            generate_phone(into, plan, channel, number);
        }
    }
}

/* --- addresses --- */

static void generate_address(store *into, const layout *plan, int64_t number) {
    static const struct {
        const char *type, *before, *after, *creation, *country;
    } kinds[] = {
        {"sms", "+1500555", "",
         "{\"enabled\":true,\"type\":\"webhook\",\"conversation_service_sid\":null,\"webhook_url\":"
         "\"https://example.com/new?a=1&b=2\",\"webhook_method\":\"POST\",\"webhook_filters\":"
         "[\"onParticipantAdded\",\"onMessageAdded\"]}",
         NULL},
        {"whatsapp", "whatsapp:+1500555", "",
         "{\"enabled\":true,\"type\":\"studio\",\"conversation_service_sid\":null,\"studio_flow_sid\":"
         "\"FW00000000000000000000000000000001\",\"studio_retry_count\":3}",
         NULL},
        {"sms", "7", "", "{\"enabled\":false,\"type\":\"default\"}", "CA"},
        {"email", "team+", "@mail.example", "{\"enabled\":false,\"type\":\"default\"}", NULL},
    };
    int kind = (int)(number % 4);
    char sid[SID_LENGTH + 1], address[64], name[64];
    uint64_t bits = generate_bits(plan, 6, number);
    int64_t created = GENERATE_START + (int64_t)(bits % 100000000);
    generate_sid(into, plan->data.seed, "IG", sid);
    snprintf(address, sizeof address, "%s%04lld%s", kinds[kind].before, (long long)number, kinds[kind].after);
    snprintf(name, sizeof name, "Address %lld", (long long)number);
    store_run(into,
              "INSERT INTO addresses(sid, type, address, friendly_name, auto_creation, address_country, date_created,"
              " date_updated) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
              "ttttttii", sid, kinds[kind].type, address, number % 5 == 4 ? NULL : name, kinds[kind].creation,
              kinds[kind].country, created, created + (int64_t)((bits >> 32) % 3 * 1000));
}

void generate_conversations(const message_source *into, const layout *plan, const char *account_sid) {
    store_run(into->store, "BEGIN", "");
    generate_account(into->store, plan, account_sid);
    generate_private(into->store, plan);
    for (int64_t at = 0; plan->data.states == STATES_MIXED && at < plan->data.channels; at++) {
        generate_state(into->store, plan, at);
    }
    generate_phones(into, plan);
    for (int64_t number = 0; number < plan->data.addresses; number++) {
        generate_address(into->store, plan, number);
    }
    store_run(into->store, "COMMIT", "");
}
