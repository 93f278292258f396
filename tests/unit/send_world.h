/*
** A world to send the write queue in. These are definitions: one file of a program includes them.
**
**     answer_of = agreeable;
**     write_entry *first = put_message("CH", "m1"), *second = put_message("CH2", "m2");
**     assert_int_equal(send_all(NULL), SQLITE_OK);
**     assert_string_equal(seen, "+m1 +m2 -m1 -m2 ");
*/
#ifndef CHAT_TEST_SEND_WORLD_H
#define CHAT_TEST_SEND_WORLD_H

#include "unit/fake_client.h"

#include "catalog/generations.h"
#include "read/reading.h"
#include "unit/environment.h"
#include "unit/named.h"
#include "write/write_send.h"
#include "write/writing.h"

#define DIGITS "00000000000000000000000000000001"
#define SERVICE "/Services/IS" DIGITS
#define CHANNEL SERVICE "/Channels/CH" DIGITS

/* ---- servers ---- */

/* The letters of the SIDs of what a path ends with, or is the list of. */
const char *prefix_of(const char *path) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    const char *prefix = "", *last = path;
    for (size_t i = 0; i < count; i++) {
        const char *at = resources[i]->key_prefix ? strstr(path, resources[i]->segment) : NULL;
        prefix = at && at > last ? resources[i]->key_prefix : prefix;
        last = at && at > last ? at : last;
    }
    return prefix;
}

/* The name that "a b" is found by, unless it is another's. */
const char *found_name = "a b";

/* So many rows have been made. */
int made_count;

/*
** What is made first gets the SID CH0...1, or IM0...1, what is made then ...2; what is found ...1; a DELETE gets nothing. The
** channel is that of the path.
*/
void agreeable(const client_request *asked, client_answer *answer) {
    char body[250];
    if (strcmp(asked->method, "DELETE") == 0) {
        return;
    }
    bool makes = strcmp(asked->method, "POST") == 0 && strlen(strrchr(asked->path, '/')) < strlen("/CH" DIGITS);
    const char *channel = strstr(asked->path, "/Channels/CH");
    snprintf(body, sizeof body, "{\"sid\":\"%s%032d\",\"channel_sid\":\"%.34s\",\"unique_name\":\"%s\"}",
             prefix_of(asked->path), makes ? ++made_count : 1, channel ? channel + strlen("/Channels/") : "CH" DIGITS,
             found_name);
    set_body(answer, body);
}

void wordless(const client_request *asked, client_answer *answer) {
    (void)asked;
    set_body(answer, "made it!");
}

/* Refuses what is called so, by the first letters of its body or path. */
const char *refused;
int refusal;

void choosy(const client_request *asked, client_answer *answer) {
    agreeable(asked, answer);
    if (strncmp(asked->tag, refused, strlen(refused)) == 0) {
        refuse(answer, refusal, refusal == 409 ? SQLITE_CONSTRAINT : SQLITE_ERROR);
    }
}
/* ---- the queue ---- */

sqlite3 *db;
connection *shared;

write_entry *put(write_operation operation, const char *table, const char *lane, const char *path, const char *body) {
    write_entry *entry = write_queue_add(&writing_of(shared)->queue, operation, shared, named_resource(table));
    entry->account = shared;
    entry->version = CATALOG_V1;
    entry->lane = write_queue_lane(&writing_of(shared)->queue, lane);
    entry->path = sqlite3_mprintf("/v1%s", path);
    entry->sid = operation == WRITE_INSERT ? NULL : sqlite3_mprintf("%s", strrchr(path, '/') + 1);
    entry->body = body ? sqlite3_mprintf("%s", body) : NULL;
    entry->body_length = body ? strlen(body) : 0;
    entry->conflict = SQLITE_ABORT;
    write_queue_account(&writing_of(shared)->queue, entry);
    return entry;
}

/* channel: "CH" for the channel CHANNEL, or another name. */
write_entry *put_message(const char *channel, const char *body) {
    char lane[100], path[120];
    snprintf(lane, sizeof lane, SERVICE "/Channels/%s%s", channel, strlen(channel) > 2 ? "" : DIGITS);
    snprintf(path, sizeof path, "%s/Messages", lane);
    return put(WRITE_INSERT, "messages", lane, path, body);
}

/* With a name, which another may have. */
write_entry *put_channel(const char *body) {
    char *named = sqlite3_mprintf("%s&UniqueName=a%%20b", body);
    write_entry *entry = put(WRITE_INSERT, "channels", SERVICE, SERVICE "/Channels", named);
    sqlite3_free(named);
    return entry;
}

/* A message in the channel that another call makes. */
write_entry *put_dependant(const write_entry *channel, const char *body) {
    write_entry *entry = put_message("CH", body);
    char *lane = sqlite3_mprintf(SERVICE "/Channels/*%lld", channel->seq);
    sqlite3_free(entry->path);
    entry->lane = write_queue_lane(&writing_of(shared)->queue, lane);
    sqlite3_free(lane);
    entry->path = sqlite3_mprintf("/v1" SERVICE "/Channels/*%lld/Messages", channel->seq);
    entry->after = channel->seq;
    return entry;
}

/* Are the calls' texts in the file when they are to be sent? Everything must come out the same. */
bool all_away;

void leave_all(void) {
    error problem = {0};
    if (all_away) {
        write_queue_bound(&writing_of(shared)->queue, 0, &problem);
    }
    assert_false(error_is_set(&problem));
}

void bring_back_all(void) {
    write_queue *queue = &writing_of(shared)->queue;
    error problem = {0};
    for (size_t i = 0; i < queue->count; i++) {
        write_queue_fetch(queue, queue->entries[i], &problem);
        assert_false(error_is_set(&problem));
    }
}

/* Sends; returns the code. What the message must hold may be NULL. */
int send_all(const char *part) {
    error problem = {0};
    seen[0] = 0;
    leave_all();
    write_send_pending(shared, &problem);
    bring_back_all();
    int rc = problem.rc;
    if (part && (!problem.message || !strstr(problem.message, part))) {
        fail_msg("\"%s\" is not in \"%s\"", part, problem.message ? problem.message : "no message");
    }
    error_clear(&problem);
    assert_int_equal(shared->client->count, 0);
    return rc;
}

void set(setting_id id, const char *value) {
    error problem = {0};
    settings_set(&shared->settings, id, value, &problem);
    assert_false(error_is_set(&problem));
    assert_int_equal(connection_apply_settings(shared), SQLITE_OK);
}

int begin(void **state) {
    error problem = {0};
    (void)state;
    environment_clear();
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    shared = connection_open(db, &problem);
    answer_of = agreeable;
    waits_left = -1;
    acted = true;
    no_credentials = false;
    made_count = 0;
    now_ms = 100000;
    return shared == NULL || reading_attach(shared) != SQLITE_OK || writing_attach(shared) != SQLITE_OK;
}

int begin_away(void **state) {
    all_away = true;
    return begin(state);
}

int end(void **state) {
    all_away = false;
    (void)state;
    connection_release(shared);
    return sqlite3_close(db);
}

#endif
