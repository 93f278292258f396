/* What exists on the server: see world.h. */
#include "world.h"

#include "differential/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const world_segments[WORLD_KINDS] = {"Services", "Channels",      "Messages", "Users",
                                                        "Members",  "Conversations", "Messages", "Participants"};

static void world_add(world *w, world_kind kind, const char *path, const char *name) {
    world_row **rows = &w->rows[kind];
    *rows = memory_resize(*rows, (size_t)w->count[kind] + 1, sizeof **rows);
    world_row *row = &(*rows)[w->count[kind]++];
    const char *sid = strrchr(path, '/');
    snprintf(row->path, sizeof row->path, "%s", path);
    snprintf(row->sid, sizeof row->sid, "%s", sid == NULL ? "" : sid + 1);
    snprintf(row->name, sizeof row->name, "%s", name);
}

static bool world_load(world *w, sqlite3 *db, world_kind kind, const char *sql) {
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 1);
        world_add(w, kind, (const char *)sqlite3_column_text(statement, 0), name == NULL ? "" : name);
    }
    if (sqlite3_finalize(statement) != SQLITE_OK || w->count[kind] == 0) {
        printf("# %s: %s\n", sql, w->count[kind] == 0 ? "no rows" : sqlite3_errmsg(db));
        return false;
    }
    return true;
}

bool world_begin(world *w, sqlite3 *db) {
    return world_load(w, db, WORLD_SERVICES, "SELECT path, NULL FROM services") &&
           world_load(
               w, db, WORLD_CHANNELS,
               "SELECT path, iif(unique_name NOT GLOB '*[^a-z0-9-]*', unique_name, '') FROM channels WHERE type = 'private'");
}

void world_free(world *w) {
    for (int kind = 0; kind < WORLD_KINDS; kind++) {
        free(w->rows[kind]);
    }
    *w = (world){0};
}

/* ---- following the ledger ---- */

static void world_remove(world *w, const char *path) {
    size_t length = strlen(path);
    for (int kind = 0; kind < WORLD_KINDS; kind++) {
        int kept = 0;
        for (int i = 0; i < w->count[kind]; i++) {
            const char *each = w->rows[kind][i].path;
            bool gone = strncmp(each, path, length) == 0 && (each[length] == 0 || each[length] == '/');
            if (!gone) {
                w->rows[kind][kept++] = w->rows[kind][i];
            }
        }
        w->count[kind] = kept;
    }
}

/* Copies the value of a form field that needs no decoding. */
static void world_field(const char *body, const char *name, char *value, size_t size) {
    const char *at = strstr(body, name);
    snprintf(value, size, "%.*s", at == NULL ? 0 : (int)strcspn(at + strlen(name), "&"),
             at == NULL ? "" : at + strlen(name));
}

static void world_create(world *w, const char *list, const char *sid, const char *body) {
    char path[260], name[80];
    const char *segment = strrchr(list, '/');
    bool together = segment != NULL && strcmp(segment, "/ConversationWithParticipants") == 0;
    bool talk = strstr(list, "/Conversations/") != NULL;
    snprintf(path, sizeof path, "%.*s/%s/%s", segment == NULL ? 0 : (int)(segment - list), list,
             together          ? "Conversations"
             : segment == NULL ? ""
                               : segment + 1,
             sid);
    for (int kind = 0; kind < WORLD_KINDS; kind++) {
        const char *wanted = together ? "Conversations" : segment == NULL ? "" : segment + 1;
        bool inside = kind == WORLD_CONVERSATION_MESSAGES || kind == WORLD_PARTICIPANTS;
        if (strcmp(wanted, world_segments[kind]) == 0 && inside == talk) {
            world_field(body, "UniqueName=", name, sizeof name);
            world_add(w, (world_kind)kind, path, kind == WORLD_CHANNELS || kind == WORLD_CONVERSATIONS ? name : "");
        }
    }
}

static int world_depth(const char *path) {
    int depth = 0;
    for (; *path != 0; path++) {
        depth += *path == '/';
    }
    return depth;
}

/* An address by the words that one of the two has, Chat and Conversations, where the other has its own. */
static void world_address(const char *path, bool chat, char *address, size_t size) {
    static const char *const words[][2] = {{"/Conversations", "/Channels"}, {"/Participants", "/Members"}};
    size_t length = 0;
    while (*path != 0 && length + 20 < size) {
        int word = 0;
        while (word < 2 && strncmp(path, words[word][!chat], strlen(words[word][!chat])) != 0) {
            word++;
        }
        if (word < 2) {
            length += (size_t)sprintf(address + length, "%s", words[word][chat]);
            path += strlen(words[word][!chat]);
        } else {
            address[length++] = *path++;
        }
    }
    address[length] = 0;
}

static void world_follow_one(world *w, const json_t *entry, const char *path) {
    if (strcmp(json_string_value(json_object_get(entry, "method")), "DELETE") == 0) {
        world_remove(w, path);
    } else if (world_depth(path) % 2 != 0) {
        world_create(w, path, json_string_value(json_object_get(entry, "sid")),
                     json_string_value(json_object_get(entry, "body")));
    }
}

/* Every channel is made private, and so a conversation as well. */
void world_follow(world *w, const json_t *ledger) {
    for (size_t i = 0; i < json_array_size(ledger); i++) {
        const json_t *entry = json_array_get(ledger, i);
        const char *path = strchr(json_string_value(json_object_get(entry, "path")) + 1, '/'); /* behind the version */
        char by_chat[200], by_conversations[200];
        world_address(path, true, by_chat, sizeof by_chat);
        world_address(path, false, by_conversations, sizeof by_conversations);
        world_follow_one(w, entry, by_chat);
        if (strcmp(by_chat, by_conversations) != 0) {
            world_follow_one(w, entry, by_conversations);
        }
    }
}

/* ---- choosing ---- */

const world_row *world_pick(const world *w, random_state *random, world_kind kind) {
    return w->count[kind] == 0 ? NULL : &w->rows[kind][random_below(random, w->count[kind])];
}

const char *world_sid_after(const char *path, const char *segment) {
    const char *at = strstr(path, segment);
    return at == NULL ? "" : at + strlen(segment) + 1;
}
