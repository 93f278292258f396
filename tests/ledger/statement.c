/* Random statements: see statement.h. */
#include "statement.h"

#include <stdio.h>
#include <string.h>

typedef enum { MODE_NONE, MODE_ABORT, MODE_FAIL, MODE_IGNORE, MODE_ROLLBACK, MODE_REPLACE } statement_mode;

static const char *const mode_texts[] = {"", " OR ABORT", " OR FAIL", " OR IGNORE", " OR ROLLBACK", " OR REPLACE"};

enum { TAG_SIZE = 40, ROWS_MAX = 12 };

static statement_mode statement_choose_mode(transaction *t) {
    static const int weights[] = {60, 5, 8, 12, 6, 9};
    return (statement_mode)random_weighted(&t->random, weights, 6);
}

/* ---- what a statement does to the model ---- */

/*
** Notes what a statement of `count` rows has queued when row `bad` (-1: none) is refused before anything is sent: the rows before
** it are there under FAIL, those after it too under IGNORE (but with RETURNING none of the statement), and none of the transaction
** under ROLLBACK.
*/
static void statement_note(transaction *t, statement_mode mode, char tags[][TAG_SIZE], int count, int bad) {
    int before = t->model.count;
    if (t->autocommit && t->returning && transaction_refused_for(t, "RETURNING")) {
        t->statement_errors++; /* as such, whatever its rows: nothing is queued */
        return;
    }
    bool refused = bad >= 0 && (mode != MODE_IGNORE || t->returning);
    for (int i = 0; i < count && !(refused && i == bad); i++) {
        if (i != bad) {
            model_add(&t->model, tags[i]);
        }
    }
    if (refused) {
        t->statement_errors++;
    }
    if (refused && mode == MODE_ROLLBACK) {
        model_roll_back(&t->model, 0);
        t->over = true;
    } else if (refused && mode != MODE_FAIL) {
        model_roll_back(&t->model, before);
    }
    bool failed = t->rc != SQLITE_OK;
    if (!t->autocommit && failed != refused) {
        printf("# transaction %llu: a statement should have %s: %s\n", (unsigned long long)t->number,
               refused ? "failed" : "succeeded", t->message);
        t->wrong++;
    }
}

/* Does the transaction delete the row, or what it is in? */
static bool statement_is_gone(const transaction *t, const world_row *row) {
    for (int i = 0; i < t->gone_count; i++) {
        if (t->model.calls[t->gone[i].call].alive && strstr(row->path, t->gone[i].row->sid) != NULL) {
            return true;
        }
    }
    return false;
}

/* A row of that kind which is still there, or NULL. */
static const world_row *statement_pick(transaction *t, world_kind kind) {
    const world_row *row = world_pick(t->world, &t->random, kind);
    for (int i = 0; row != NULL && statement_is_gone(t, row); i++) {
        row = i < t->world->count[kind] ? &t->world->rows[kind][i] : NULL;
    }
    return row;
}

/* ---- INSERT ---- */

/* A value that is refused before anything is sent, or none. */
static int statement_choose_bad(transaction *t, int rows) {
    return random_chance(&t->random, 12) ? random_below(&t->random, rows) : -1;
}

static const char *statement_attributes(transaction *t, bool bad) {
    static const char *const good[] = {"NULL", "'{}'", "'{\"a\":[1,2]}'", "'\"\xf0\x9f\x98\x80\"'"};
    return bad ? "'{bad'" : RANDOM_OF(&t->random, good);
}

static void statement_insert_messages(transaction *t) {
    char tags[ROWS_MAX][TAG_SIZE];
    statement_mode mode = statement_choose_mode(t);
    int rows = 1 + random_below(&t->random, random_chance(&t->random, 20) ? ROWS_MAX : 4);
    int bad = statement_choose_bad(t, rows);
    bool one_channel = random_chance(&t->random, 50);
    const world_row *channel = statement_pick(t, WORLD_CHANNELS);
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendf(sql, "INSERT%s INTO %s(service_sid, channel_sid, body, attributes) ", mode_texts[mode],
                        random_chance(&t->random, 70) ? "messages" : "more_messages");
    bool select = random_chance(&t->random, 30);
    sqlite3_str_appendall(sql, select ? "SELECT * FROM (VALUES " : "VALUES ");
    for (int i = 0; i < rows; i++) {
        channel = one_channel ? channel : statement_pick(t, WORLD_CHANNELS);
        sqlite3_str_appendf(sql, "%s('%.34s', '%s', '%s é&=+%%', %s)", i ? ", " : "",
                            world_sid_after(channel->path, "Services"), channel->sid,
                            transaction_tag(t, tags[i], TAG_SIZE), statement_attributes(t, i == bad));
    }
    sqlite3_str_appendall(sql, select ? ")" : "");
    transaction_insert(t, sqlite3_str_finish(sql));
    statement_note(t, mode, tags, rows, bad);
}

/* A channel, and then by its unique_name what belongs into it. */
static void statement_insert_channel(transaction *t) {
    char name[TAG_SIZE], tags[ROWS_MAX][TAG_SIZE];
    const world_row *parent = statement_pick(t, WORLD_SERVICES);
    transaction_tag(t, name, sizeof name);
    memcpy(tags[0], name, sizeof name);
    /* Conversations sees private ones only. */
    transaction_insert(t, sqlite3_mprintf("INSERT INTO %s(service_sid, unique_name, friendly_name, type) "
                                          "VALUES (%Q, %Q, %Q, 'private')",
                                          random_chance(&t->random, 70) ? "channels" : "more_channels", parent->sid,
                                          name, name));
    statement_note(t, MODE_NONE, tags, 1, -1);
    for (int i = random_below(&t->random, 4); i > 0 && !t->autocommit; i--) {
        bool member = random_chance(&t->random, 40);
        transaction_insert(t, sqlite3_mprintf("INSERT INTO %s(service_sid, channel_sid, %s) VALUES (%s%s%s, %Q, %Q)",
                                              member ? "members" : "messages", member ? "identity" : "body",
                                              i % 2 ? "'" : "", i % 2 ? parent->sid : "NULL", i % 2 ? "'" : "", name,
                                              transaction_tag(t, tags[0], TAG_SIZE)));
        statement_note(t, MODE_NONE, tags, 1, -1);
    }
}

/* A name that is taken: 409. Under OR IGNORE it can be used all the same: it stands for the channel that has it. */
static void statement_insert_taken(transaction *t, const world_row *channel) {
    char tags[1][TAG_SIZE];
    const char *service_sid = world_sid_after(channel->path, "Services");
    statement_mode mode = statement_choose_mode(t);
    transaction_insert(t, sqlite3_mprintf("INSERT%s INTO channels(service_sid, unique_name, friendly_name) "
                                          "VALUES ('%.34s', %Q, %Q)",
                                          mode_texts[mode], service_sid, channel->name,
                                          transaction_tag(t, tags[0], TAG_SIZE)));
    statement_note(t, mode, tags, 1, -1);
    if (mode == MODE_IGNORE && !t->autocommit) {
        transaction_insert(
            t, sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) VALUES ('%.34s', %Q, %Q)",
                               service_sid, channel->name, transaction_tag(t, tags[0], TAG_SIZE)));
        statement_note(t, MODE_NONE, tags, 1, -1);
    }
}

/* A message to nowhere (404). */
static void statement_insert_lost(transaction *t, const world_row *channel) {
    char tags[1][TAG_SIZE];
    statement_mode mode = statement_choose_mode(t);
    transaction_insert(t, sqlite3_mprintf("INSERT%s INTO messages(service_sid, channel_sid, body) "
                                          "VALUES ('%.34s', 'CH%032d', %Q)",
                                          mode_texts[mode], world_sid_after(channel->path, "Services"), 0,
                                          transaction_tag(t, tags[0], TAG_SIZE)));
    statement_note(t, mode, tags, 1, -1);
}

/* What the server refuses: a name that is taken, or an invite of nobody (404); Conversations has no invites. */
static void statement_insert_refused(transaction *t) {
    char tags[1][TAG_SIZE];
    const world_row *channel = statement_pick(t, WORLD_CHANNELS);
    if (channel->name[0] != 0) {
        statement_insert_taken(t, channel);
        return;
    }
    if (t->conversations) {
        statement_insert_lost(t, channel);
        return;
    }
    statement_mode mode = statement_choose_mode(t);
    transaction_insert(t, sqlite3_mprintf("INSERT%s INTO invites(service_sid, channel_sid, identity) "
                                          "VALUES ('%.34s', %Q, %Q)",
                                          mode_texts[mode], world_sid_after(channel->path, "Services"), channel->sid,
                                          transaction_tag(t, tags[0], TAG_SIZE)));
    statement_note(t, mode, tags, 1, -1);
}

static void statement_insert_people(transaction *t) {
    char tags[ROWS_MAX][TAG_SIZE];
    statement_mode mode = statement_choose_mode(t);
    const world_row *channel = statement_pick(t, WORLD_CHANNELS);
    bool members = random_chance(&t->random, 50);
    int rows = 1 + random_below(&t->random, 4);
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendf(sql, "INSERT%s INTO %s VALUES ", mode_texts[mode],
                        members ? "members(service_sid, channel_sid, identity)"
                                : "users(service_sid, friendly_name, identity)");
    for (int i = 0; i < rows; i++) {
        sqlite3_str_appendf(sql, "%s('%.34s', '%s', '%s')", i ? ", " : "", world_sid_after(channel->path, "Services"),
                            members ? channel->sid : "name", transaction_tag(t, tags[i], TAG_SIZE));
    }
    transaction_insert(t, sqlite3_str_finish(sql));
    statement_note(t, mode, tags, rows, -1);
}

/* A conversation, by itself or with participants, and then by its unique_name what belongs into it. */
static void statement_insert_conversation(transaction *t) {
    char name[TAG_SIZE], tags[ROWS_MAX][TAG_SIZE];
    const world_row *parent = statement_pick(t, WORLD_SERVICES);
    bool together = random_chance(&t->random, 40), bad = random_chance(&t->random, 10);
    transaction_tag(t, name, sizeof name);
    memcpy(tags[0], name, sizeof name);
    transaction_insert(
        t, sqlite3_mprintf(
               "INSERT INTO conversations(chat_service_sid, unique_name, closed_timer%s) VALUES (%Q, %Q, %Q%s)",
               together ? ", participants" : "", parent->sid, name, bad ? "P1M" : "PT1H",
               together ? ", '[{\"identity\":\"ann\"},{\"identity\":\"bob\"}]'" : ""));
    statement_note(t, MODE_NONE, tags, 1, bad ? 0 : -1);
    for (int i = random_below(&t->random, 4); i > 0 && !t->autocommit && !bad; i--) {
        bool person = random_chance(&t->random, 40);
        transaction_insert(t,
                           sqlite3_mprintf("INSERT INTO %s(conversation_sid, %s) VALUES (%Q, %Q)",
                                           person ? "participants" : "conversation_messages",
                                           person ? "identity" : "body", name, transaction_tag(t, tags[0], TAG_SIZE)));
        statement_note(t, MODE_NONE, tags, 1, -1);
    }
}

/* Into conversations that are there; a name that is taken, 409. */
static void statement_insert_talk(transaction *t) {
    char tags[ROWS_MAX][TAG_SIZE];
    const world_row *at = statement_pick(t, WORLD_CONVERSATIONS);
    if (at == NULL) {
        return;
    }
    const char *service_sid = world_sid_after(at->path, "Services");
    if (random_chance(&t->random, 15)) {
        statement_mode mode = random_chance(&t->random, 50) ? MODE_IGNORE : MODE_NONE;
        transaction_insert(
            t, sqlite3_mprintf("INSERT%s INTO conversations(chat_service_sid, unique_name, friendly_name) "
                               "VALUES ('%.34s', %Q, %Q)",
                               mode_texts[mode], service_sid, at->name, transaction_tag(t, tags[0], TAG_SIZE)));
        statement_note(t, mode, tags, 1, -1);
        return;
    }
    bool person = random_chance(&t->random, 30);
    int rows = 1 + random_below(&t->random, 4);
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendf(sql, "INSERT INTO %s(chat_service_sid, conversation_sid, %s) VALUES ",
                        person ? "participants" : "conversation_messages", person ? "identity" : "body");
    for (int i = 0; i < rows; i++) {
        at = statement_pick(t, WORLD_CONVERSATIONS);
        sqlite3_str_appendf(sql, "%s('%.34s', '%s', '%s')", i ? ", " : "", world_sid_after(at->path, "Services"),
                            at->sid, transaction_tag(t, tags[i], TAG_SIZE));
    }
    transaction_insert(t, sqlite3_str_finish(sql));
    statement_note(t, MODE_NONE, tags, rows, -1);
}

/* ---- UPDATE and DELETE ---- */

static const struct {
    const char *table, *column;
} statement_updates[WORLD_KINDS] = {
    [WORLD_CHANNELS] = {"channels", "friendly_name"},
    [WORLD_MESSAGES] = {"messages", "body"},
    [WORLD_USERS] = {"users", "friendly_name"},
    [WORLD_CONVERSATIONS] = {"conversations", "friendly_name"},
    [WORLD_CONVERSATION_MESSAGES] = {"conversation_messages", "body"},
    [WORLD_PARTICIPANTS] = {"participants", "identity"},
};

static void statement_update(transaction *t) {
    static const world_kind kinds[] = {WORLD_CHANNELS, WORLD_MESSAGES,      WORLD_MESSAGES,
                                       WORLD_USERS,    WORLD_CONVERSATIONS, WORLD_CONVERSATION_MESSAGES};
    char tags[2][TAG_SIZE];
    world_kind kind = kinds[random_below(&t->random, 6)];
    statement_mode mode = statement_choose_mode(t);
    const world_row *one = statement_pick(t, kind), *other = statement_pick(t, kind);
    if (one == NULL) {
        return;
    }
    bool bad = random_chance(&t->random, 8);
    transaction_tag(t, tags[0], TAG_SIZE);
    memcpy(tags[1], tags[0], TAG_SIZE);
    transaction_exec(t, sqlite3_mprintf("UPDATE%s %s SET %s = '%s'%s WHERE path IN (%Q, %Q)", mode_texts[mode],
                                        statement_updates[kind].table, statement_updates[kind].column, tags[0],
                                        bad ? ", attributes = '{bad'" : "", one->path, other->path));
    int rows = one == other ? 1 : 2;
    statement_note(t, mode, tags, bad && mode == MODE_IGNORE ? 0 : rows, bad ? 0 : -1);
}

/*
** Changes nothing, so no call is queued. A channel that the transaction has changed, under either name, is left out: there it
** would be refused, since it might set that back.
*/
static void statement_update_nothing(transaction *t) {
    const world_row *one = statement_pick(t, WORLD_CHANNELS);
    transaction_exec(t, sqlite3_mprintf("UPDATE channels SET friendly_name = friendly_name, type = type, attributes = "
                                        "attributes WHERE path = %Q AND NOT EXISTS (SELECT 1 FROM chat_writes AS w "
                                        "WHERE w.path LIKE '%%/' || channels.sid)",
                                        one->path));
    statement_note(t, MODE_NONE, NULL, 0, -1);
}

/* What the transaction has deleted already is not deleted once more. */
static void statement_delete(transaction *t) {
    static const char *const tables[WORLD_KINDS] = {
        "services",    "channels", "messages", "users", "members", "conversations", "conversation_messages",
        "participants"};
    static const int weights[WORLD_KINDS] = {0, 2, 8, 2, 3, 2, 4, 2};
    char tags[2][TAG_SIZE] = {"", ""};
    world_kind kind = (world_kind)random_weighted(&t->random, weights, WORLD_KINDS);
    const world_row *one = world_pick(t->world, &t->random, kind), *other = world_pick(t->world, &t->random, kind);
    if (one == NULL || t->gone_count + 2 > TRANSACTION_GONE_MAX ||
        ((kind == WORLD_CHANNELS || kind == WORLD_CONVERSATIONS) && t->world->count[kind] < 8)) {
        return;
    }
    const world_row *left[2] = {one, other};
    int rows = 0;
    for (int i = 0; i < (one == other ? 1 : 2); i++) {
        const world_row *each = left[i];
        left[rows] = each;
        rows += !statement_is_gone(t, each);
    }
    if (rows == 1) {
        snprintf(tags[0], TAG_SIZE, "%s", left[0]->sid);
    }
    transaction_exec(t, sqlite3_mprintf("DELETE FROM %s WHERE path IN (%Q, %Q)", tables[kind], one->path, other->path));
    statement_note(t, MODE_NONE, tags, rows, -1);
    for (int i = 0; i < rows; i++) {
        t->gone[t->gone_count].row = left[i];
        t->gone[t->gone_count++].call = t->model.count - 1;
    }
}

/* What the transaction has deleted is not there for an UPDATE, and so not for its values: nothing is queued. */
static void statement_update_gone(transaction *t) {
    char tag[TAG_SIZE];
    world_kind kind = random_chance(&t->random, 50) ? WORLD_MESSAGES : WORLD_CHANNELS;
    for (int i = 0; i < t->world->count[kind]; i++) {
        const world_row *row = &t->world->rows[kind][i];
        if (statement_is_gone(t, row)) {
            transaction_exec(t,
                             sqlite3_mprintf("UPDATE %s SET %s = %Q%s WHERE path = %Q", statement_updates[kind].table,
                                             statement_updates[kind].column, transaction_tag(t, tag, TAG_SIZE),
                                             i % 2 ? ", attributes = '{bad'" : "", row->path));
            statement_note(t, MODE_NONE, NULL, 0, -1);
            return;
        }
    }
}

/* ---- tables of its own making, and own tables ---- */

/* What SQLite would not tell the extension of is refused, and says that a COMMIT helps. */
static void statement_expect_commit_first(transaction *t, const char *what) {
    if (!transaction_refused_for(t, "commit")) {
        transaction_complain(t, what);
    }
}

/* A virtual table made inside the transaction hears of no savepoint: it is not written to. Should it be all the same, what it has
** queued must follow the savepoints. */
static void statement_made_table(transaction *t) {
    char tags[1][TAG_SIZE];
    const world_row *channel = statement_pick(t, WORLD_CHANNELS);
    if (t->autocommit || (t->without & WITHOUT_TABLES) != 0) {
        return;
    }
    transaction_exec(t, sqlite3_mprintf("CREATE VIRTUAL TABLE made_%d USING messages", ++t->made));
    if (t->rc != SQLITE_OK) {
        transaction_complain(t, "a table should have been made");
        return;
    }
    transaction_insert(t,
                       sqlite3_mprintf("INSERT INTO made_%d(service_sid, channel_sid, body) VALUES ('%.34s', %Q, %Q)",
                                       t->made, world_sid_after(channel->path, "Services"), channel->sid,
                                       transaction_tag(t, tags[0], TAG_SIZE)));
    if (t->rc == SQLITE_OK) {
        model_add(&t->model, tags[0]);
    }
    statement_expect_commit_first(t, "a table made inside the transaction was written to");
}

static bool statement_kept_pending(const transaction *t) {
    for (int i = t->kept_from < 0 ? t->model.count : t->kept_from; i < t->model.count; i++) {
        if (t->model.calls[i].alive && strstr(t->model.calls[i].mark, "kept") != NULL) {
            return true;
        }
    }
    return false;
}

/* A table with calls queued is not dropped: ROLLBACK TO would bring it back without them. */
static void statement_kept_drop(transaction *t) {
    bool pending = statement_kept_pending(t);
    transaction_exec(t, sqlite3_mprintf("DROP TABLE kept"));
    t->kept = t->rc != SQLITE_OK;
    if (!t->kept) {
        model_drop_table(&t->model);
    }
    if (pending && t->rc != SQLITE_LOCKED) { /* SQLite takes no message from xDestroy */
        transaction_complain(t, "a table whose calls are queued was dropped");
    } else if (t->kept_from < 0 && t->rc != SQLITE_OK) {
        transaction_complain(t, "a table that has queued nothing should be dropped");
    }
}

static void statement_kept_table(transaction *t) {
    char tags[1][TAG_SIZE], tag[20];
    const world_row *channel = statement_pick(t, WORLD_CHANNELS);
    if (!t->kept) {
        return;
    }
    if (random_chance(&t->random, 40)) {
        statement_kept_drop(t);
        return;
    }
    snprintf(tags[0], TAG_SIZE, "kept%s", transaction_tag(t, tag, sizeof tag));
    t->kept_from = t->kept_from < 0 ? t->model.count : t->kept_from;
    transaction_insert(t, sqlite3_mprintf("INSERT INTO kept(service_sid, channel_sid, body) VALUES ('%.34s', %Q, %Q)",
                                          world_sid_after(channel->path, "Services"), channel->sid, tags[0]));
    statement_note(t, MODE_NONE, tags, 1, -1);
}

/* One message for each call that chat_writes shows when the statement begins, to the same channel or to another. LIMIT ends
** what would not end. */
static void statement_insert_from_writes(transaction *t) {
    enum { FROM_WRITES_MAX = 40 };
    char tags[FROM_WRITES_MAX][TAG_SIZE];
    const world_row *channel = statement_pick(t, WORLD_CHANNELS);
    bool pending = random_chance(&t->random, 50);
    sqlite3_int64 rows = transaction_number(
        t->db, "SELECT count(*) FROM chat_writes WHERE method = 'POST' AND (NOT ?1 OR state = 'pending')", pending);
    if (rows > FROM_WRITES_MAX || (t->without & WITHOUT_OWN) != 0) {
        return;
    }
    statement_mode mode = statement_choose_mode(t);
    transaction_tag(t, tags[0], TAG_SIZE);
    for (int i = 1; i < rows; i++) {
        memcpy(tags[i], tags[0], TAG_SIZE);
    }
    transaction_insert(
        t, sqlite3_mprintf("INSERT%s INTO messages(service_sid, channel_sid, body) SELECT '%.34s', %Q, '%s of ' || seq "
                           "FROM chat_writes WHERE method = 'POST'%s LIMIT 300",
                           mode_texts[mode], world_sid_after(channel->path, "Services"), channel->sid, tags[0],
                           pending ? " AND state = 'pending'" : ""));
    statement_note(t, mode, tags, (int)rows, -1);
}

void statement_run(transaction *t) {
    static void (*const choices[])(transaction *) = {statement_insert_messages,
                                                     statement_insert_channel,
                                                     statement_insert_refused,
                                                     statement_insert_people,
                                                     statement_update,
                                                     statement_update_nothing,
                                                     statement_delete,
                                                     statement_made_table,
                                                     statement_kept_table,
                                                     statement_insert_from_writes,
                                                     statement_insert_conversation,
                                                     statement_insert_talk,
                                                     statement_update_gone};
    static const int weights[] = {34, 12, 6, 14, 20, 3, 11, 2, 0, 3, 8, 12, 4};
    static const int weights_with_kept[] = {34, 12, 6, 14, 20, 3, 11, 2, 60, 3, 8, 12, 4};
    choices[random_weighted(&t->random, t->kept ? weights_with_kept : weights, 13)](t);
}
