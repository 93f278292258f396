/* The SQL of random UPDATEs: see change_statement.h. */
#include "change_statement.h"

#include "change_own.h"

#include <stdio.h>
#include <string.h>

/* M: Chat's names, where Conversations is asked; C: Conversations' own. */
enum { BOTH = VERSION_BOTH, V2 = VERSION_2, M = VERSION_MIGRATED, C = VERSION_C };

static const change_column change_list[] = {
    {"services", "friendly_name", "FriendlyName", BOTH, CHANGE_TEXT, false},
    {"services", "read_status_enabled", "ReadStatusEnabled", BOTH, CHANGE_BOOLEAN, false},
    {"services", "reachability_enabled", "ReachabilityEnabled", BOTH | M, CHANGE_BOOLEAN, false},
    {"services", "typing_indicator_timeout", "TypingIndicatorTimeout", BOTH, CHANGE_NUMBER, false},
    {"channels", "friendly_name", "FriendlyName", BOTH | M, CHANGE_TEXT, false},
    {"channels", "attributes", "Attributes", BOTH | M, CHANGE_JSON, false},
    {"channels", "created_by", "CreatedBy", V2, CHANGE_TEXT, false},
    {"channels", "date_created", "DateCreated", V2 | M, CHANGE_TIME, false},
    {"messages", "body", "Body", BOTH | M, CHANGE_TEXT, false},
    {"messages", "attributes", "Attributes", BOTH | M, CHANGE_JSON, false},
    {"messages", "from", "From", V2, CHANGE_TEXT, false},
    {"messages", "from", "Author", M, CHANGE_TEXT, false},
    {"messages", "last_updated_by", "LastUpdatedBy", V2, CHANGE_TEXT, true},
    {"messages", "date_created", "DateCreated", V2 | M, CHANGE_TIME, false},
    {"members", "role_sid", "RoleSid", BOTH | M, CHANGE_ROLE, false},
    {"members", "last_consumed_message_index", "LastConsumedMessageIndex", BOTH, CHANGE_NULLABLE, false},
    {"members", "last_consumed_message_index", "LastReadMessageIndex", M, CHANGE_NULLABLE, false},
    {"members", "attributes", "Attributes", V2 | M, CHANGE_JSON, false},
    {"users", "friendly_name", "FriendlyName", BOTH | M, CHANGE_TEXT, false},
    {"users", "attributes", "Attributes", BOTH | M, CHANGE_JSON, false},
    {"users", "role_sid", "RoleSid", BOTH | M, CHANGE_ROLE, false},
    {"user_channels", "notification_level", "NotificationLevel", V2 | M, CHANGE_LEVEL, false},
    {"roles", "permissions", "Permission", BOTH | M, CHANGE_PERMISSIONS, false},
    {"service_configurations", "reachability_enabled", "ReachabilityEnabled", C, CHANGE_BOOLEAN, false},
    {"conversations", "friendly_name", "FriendlyName", C, CHANGE_TEXT, false},
    {"conversations", "attributes", "Attributes", C, CHANGE_JSON, false},
    {"conversations", "date_created", "DateCreated", C, CHANGE_TIME, false},
    {"conversations", "state", "State", C, CHANGE_STATE, false},
    {"conversation_messages", "body", "Body", C, CHANGE_TEXT, false},
    {"conversation_messages", "attributes", "Attributes", C, CHANGE_JSON, false},
    {"conversation_messages", "author", "Author", C, CHANGE_TEXT, false},
    {"conversation_messages", "date_created", "DateCreated", C, CHANGE_TIME, false},
    {"participants", "role_sid", "RoleSid", C, CHANGE_ROLE, false},
    {"participants", "last_read_message_index", "LastReadMessageIndex", C, CHANGE_NULLABLE, false},
    {"participants", "attributes", "Attributes", C, CHANGE_JSON, false},
    {"participants", "date_created", "DateCreated", C, CHANGE_TIME, false},
    {"conversation_users", "friendly_name", "FriendlyName", C, CHANGE_TEXT, false},
    {"conversation_users", "attributes", "Attributes", C, CHANGE_JSON, false},
    {"conversation_users", "role_sid", "RoleSid", C, CHANGE_ROLE, false},
    {"user_conversations", "notification_level", "NotificationLevel", C, CHANGE_LEVEL, false},
    {"conversation_roles", "permissions", "Permission", C, CHANGE_PERMISSIONS, false},
};

/* Words of Chat and of Conversations. */
static const char *change_word(const sample *s, const char *chat, const char *own) {
    return s->version == VERSION_C ? own : chat;
}

const change_column *change_columns(int *count) {
    *count = (int)(sizeof change_list / sizeof change_list[0]);
    return change_list;
}

const char change_edits[] = "CREATE TABLE edits(id INTEGER PRIMARY KEY, path TEXT, sid TEXT, text TEXT, json TEXT,"
                            " number INTEGER)";

/* ---- rows ---- */

static char *change_cell(const sample_table *t, int row, const char *column) {
    int at = table_column_index(t->table, column);
    value v = at < 0 ? value_null() : sample_value(t, row, at);
    char *text = sqlite3_mprintf("%s", v.bytes == NULL ? "" : v.bytes);
    value_clear(&v);
    return text;
}

static bool change_same_service(const sample_table *t, int one, int other) {
    const char *service = table_column_index(t->table, "service_sid") < 0 ? "chat_service_sid" : "service_sid";
    char *a = change_cell(t, one, service), *b = change_cell(t, other, service);
    bool same = a != NULL && b != NULL && strcmp(a, b) == 0;
    sqlite3_free(a);
    sqlite3_free(b);
    return same;
}

/* Whether the API can give back what the row had: it cannot make a text NULL again, nor take an empty list of permissions. */
static bool change_can_go_back(const sample *s, const sample_table *t, int row) {
    int count;
    const change_column *all = change_columns(&count);
    bool can = true;
    for (int i = 0; i < count; i++) {
        bool own = strcmp(all[i].table, t->table->name) == 0 && (all[i].versions & s->version) != 0;
        if (own && row >= 0 && (all[i].kind == CHANGE_TEXT || all[i].kind == CHANGE_PERMISSIONS)) {
            const value *v = answer_cell(&t->rows, (size_t)row, table_column_index(t->table, all[i].name));
            bool nullable = all[i].touched; /* such a one can be made NULL again, but not empty */
            can = can && (v->type == SQLITE_NULL ? nullable : v->length > 0 && strcmp(v->bytes, "[]") != 0);
        }
    }
    return can;
}

/* Conversations takes no writes in closed ones. */
static bool change_is_open(const sample *s, const sample_table *t, int row) {
    static const char *const columns[] = {"channel_sid", "conversation_sid", "sid"};
    bool open = true;
    for (int i = 0; i < 3 && s->closed != NULL && row >= 0; i++) {
        char *sid = change_cell(t, row, columns[i]);
        open = open && (sid == NULL || sid[0] == 0 || strstr(s->closed, sid) == NULL);
        sqlite3_free(sid);
    }
    return open;
}

static int change_row(const sample *s, const sample_table *t, random_state *random) {
    int row = sample_row(t, random);
    for (int tries = 0; tries < 200 && !(change_can_go_back(s, t, row) && change_is_open(s, t, row)); tries++) {
        row = sample_row(t, random);
    }
    return row;
}

void change_choose_rows(change_rows *chosen, const sample *s, random_state *random) {
    static const char *const names[] = {"services", "channels", "messages", "members", "users", "roles"};
    static const int weights[] = {6, 30, 25, 12, 17, 10, 4};
    int which = random_weighted(random, weights, s->version == VERSION_1 ? 6 : 7);
    const char *name =
        which < 6 ? tables_named(s->version, names[which]) : change_word(s, "user_channels", "user_conversations");
    chosen->table = sample_find(s, which == 0 ? change_word(s, name, "service_configurations") : name);
    int first = change_row(s, chosen->table, random);
    chosen->rows[0] = first;
    chosen->count = 1;
    for (int wanted = random_below(random, CHANGE_MAX_ROWS), tries = 0; wanted > 0 && tries < 30; tries++) {
        int row = change_row(s, chosen->table, random);
        bool taken = !change_same_service(chosen->table, first, row);
        for (int i = 0; i < chosen->count; i++) {
            taken = taken || chosen->rows[i] == row;
        }
        if (!taken) {
            chosen->rows[chosen->count++] = row;
            wanted--;
        }
    }
}

/* ---- values ---- */

typedef struct change_maker {
    sqlite3_str *sql;
    const change_rows *rows;
    const sample *sample;
    sqlite3 *reference;
    random_state *random;
    const char *tag;
    const char *name; /* of the table that is updated */
    bool edits;       /* "e" is in scope */
    const char *chat; /* an expression for a text over a table in FROM that is none of edits, or NULL */
    bool own;         /* the extension's own tables may be read */
    int numbers;      /* given so far */
} change_maker;

/* "(SELECT quote(column) ...)" of one of the rows, as it was when the transaction began; NULL's text if it was NULL. */
static char *change_base(const change_maker *m, const char *column) {
    char *path = change_cell(m->rows->table, m->rows->rows[random_below(m->random, m->rows->count)], "path");
    char *sql = sqlite3_mprintf("SELECT quote(\"%w\") || '' FROM main.\"%w\" WHERE path = %Q", column, m->name, path);
    answer a = answer_run(m->reference, sql, NULL, 0, 0);
    char *quoted = sqlite3_mprintf("%s", a.row_count == 1 ? answer_cell(&a, 0, 0)->bytes : "NULL");
    answer_clear(&a);
    sqlite3_free(sql);
    sqlite3_free(path);
    return quoted;
}

static char *change_role(const change_maker *m) {
    const char *column = change_word(m->sample, "service_sid", "chat_service_sid");
    bool member = strcmp(m->name, "members") == 0 || strcmp(m->name, "participants") == 0;
    char *service_sid = change_cell(m->rows->table, m->rows->rows[0], column);
    char *sql = sqlite3_mprintf("SELECT quote(sid) || '' FROM main.%s WHERE %s = %Q AND type = %Q ORDER BY sid",
                                tables_named(m->sample->version, "roles"), column, service_sid,
                                member ? change_word(m->sample, "channel", "conversation")
                                       : change_word(m->sample, "deployment", "service"));
    answer a = answer_run(m->reference, sql, NULL, 0, 0);
    char *quoted =
        a.row_count == 0
            ? sqlite3_mprintf("role_sid")
            : sqlite3_mprintf("%s", answer_cell(&a, (size_t)random_below(m->random, (int)a.row_count), 0)->bytes);
    answer_clear(&a);
    sqlite3_free(sql);
    sqlite3_free(service_sid);
    return quoted;
}

/* A value that is new to the row (or was given shortly before), as a literal. */
static char *change_new(change_maker *m, const change_column *column) {
    static const char *const permissions[] = {"'[\"sendMessage\"]'", "'[\"sendMessage\",\"%s\"]'", "'[\"%s\"]'",
                                              "json_array('sendMessage', '%s')"};
    int number = random_below(m->random, 20);
    switch (column->kind) {
    case CHANGE_TEXT:
        return random_chance(m->random, 8)    ? sqlite3_mprintf("%d", number)
               : random_chance(m->random, 30) ? sqlite3_mprintf("'same é&=+%%'")
                                              : sqlite3_mprintf("'%s %d'", m->tag, number);
    case CHANGE_JSON:
        return random_chance(m->random, 50) ? sqlite3_mprintf("'{\"k\":%d}'", number % 4)
                                            : sqlite3_mprintf("json_object('k', %d)", number % 4);
    case CHANGE_PERMISSIONS:
        return sqlite3_mprintf(RANDOM_OF(m->random, permissions),
                               change_word(m->sample, "leaveChannel", "leaveConversation"));
    case CHANGE_STATE:
        return sqlite3_mprintf("%s", number % 2 ? "'active'" : "'inactive'");
    case CHANGE_LEVEL:
        return sqlite3_mprintf("%s", number % 2 ? "'default'" : "'muted'");
    case CHANGE_BOOLEAN:
        return sqlite3_mprintf("%s", number % 2 ? "TRUE" : "0");
    case CHANGE_NUMBER:
        return sqlite3_mprintf("%d", 1 + number % 4);
    case CHANGE_NULLABLE:
        return number < 5 ? sqlite3_mprintf("NULL") : sqlite3_mprintf("%d", number % 4);
    case CHANGE_ROLE:
        return change_role(m);
    default:
        return sqlite3_mprintf("'2019-03-%02dT10:00:00Z'", 1 + number);
    }
}

/* The same value, or nearly, as an expression over the row itself. */
static char *change_own(change_maker *m, const change_column *column) {
    const char *same = "\"%w\".\"%w\"";
    bool other = random_chance(m->random, 50);
    switch (column->kind) {
    case CHANGE_TEXT:
        same = other ? "substr(coalesce(\"%w\".\"%w\", ''), 1, 20) || '+'" : same;
        break;
    case CHANGE_BOOLEAN:
        same = other ? "NOT \"%w\".\"%w\"" : same;
        break;
    case CHANGE_NUMBER:
        same = other ? "\"%w\".\"%w\" %% 7 + 1" : same;
        break;
    case CHANGE_TIME: /* another notation of the same instant is no change */
        same = other ? "strftime('%%Y-%%m-%%d %%H:%%M:%%S', \"%w\".\"%w\")" : same;
        break;
    default:
        break;
    }
    return sqlite3_mprintf(same, m->name, column->name);
}

static char *change_from_edits(const change_column *column) {
    switch (column->kind) {
    case CHANGE_TEXT:
        return sqlite3_mprintf("e.text");
    case CHANGE_JSON:
        return sqlite3_mprintf("e.json");
    case CHANGE_NUMBER:
        return sqlite3_mprintf("e.number + 1");
    case CHANGE_NULLABLE:
        return sqlite3_mprintf("e.number");
    case CHANGE_BOOLEAN:
        return sqlite3_mprintf("e.number %% 2");
    default:
        return NULL;
    }
}

/* What a column is set to. Texts that the API does not tell from "not given" (NULL, '') are left to other tests. */
static char *change_value(change_maker *m, const change_column *column) {
    char *found = NULL;
    if (m->edits && random_chance(m->random, 75)) {
        found = change_from_edits(column);
    } else if (m->chat != NULL && column->kind == CHANGE_TEXT && random_chance(m->random, 75)) {
        found = sqlite3_mprintf("%s", m->chat);
    } else if (m->own && column->kind == CHANGE_TEXT && random_chance(m->random, 25)) {
        found = change_own_text(m->random, m->tag, m->name);
    } else if (random_chance(m->random, 40)) {
        found = change_base(m, column->name);
        if (strcmp(found, "NULL") == 0 || strcmp(found, "''") == 0) {
            sqlite3_free(found);
            found = NULL;
        }
    } else if (random_chance(m->random, 40)) {
        found = change_own(m, column);
    }
    found = found == NULL ? change_new(m, column) : found;
    if (random_chance(m->random, 6)) {
        found = sqlite3_mprintf("CASE WHEN substr(\"%w\".path, -1) < '8' THEN \"%w\".\"%w\" ELSE %z END", m->name,
                                m->name, column->name, found);
    }
    return found;
}

/* ---- the local table ---- */

/* One to three rows for each of the rows, and some that are nobody's. */
static char *change_fill_edits(change_maker *m, const change_column *text) {
    sqlite3_str *sql = sqlite3_str_new(NULL);
    bool several = random_chance(m->random, 50);
    sqlite3_str_appendall(sql, "DELETE FROM edits; INSERT INTO edits(path, sid, text, json, number) VALUES "
                               "('/Services/nobody', 'nobody', 'nobody', '{}', 1)");
    for (int i = 0; i < m->rows->count; i++) {
        char *path = change_cell(m->rows->table, m->rows->rows[i], "path");
        char *sid = change_cell(m->rows->table, m->rows->rows[i], "sid");
        for (int k = several ? 1 + random_below(m->random, 3) : 1; k > 0; k--) {
            change_maker base = *m;
            change_rows one = {.table = m->rows->table, .rows = {m->rows->rows[i]}, .count = 1};
            base.rows = &one;
            char *first = text != NULL && random_chance(m->random, 35) ? change_base(&base, text->name) : NULL;
            bool usable = first != NULL && strcmp(first, "NULL") != 0 && strcmp(first, "''") != 0;
            char *text_value =
                usable ? sqlite3_mprintf("%s", first) : sqlite3_mprintf("'%s e%d'", m->tag, random_below(m->random, 3));
            sqlite3_str_appendf(sql, ", (%Q, %Q, %s, '{\"k\":%d}', %d)", path, sid, text_value,
                                random_below(m->random, 3), random_below(m->random, 5));
            sqlite3_free(text_value);
            sqlite3_free(first);
        }
        sqlite3_free(path);
        sqlite3_free(sid);
    }
    return sqlite3_str_finish(sql);
}

/* The column whose old values "edits" may hold: of two texts one may be too long for the other, as a body is for an author. */
static const change_column *change_old_text(const change_statement *made) {
    bool other = made->set_count > 1 && made->set[1]->kind == CHANGE_TEXT;
    return made->set[0]->kind == CHANGE_TEXT && !other ? made->set[0] : NULL;
}

/* ---- statements ---- */

static void change_choose_columns(change_statement *made, const change_maker *m, unsigned version) {
    int count;
    const change_column *all = change_columns(&count);
    int wanted = 1 + random_chance(m->random, 35);
    for (int tries = 0; made->set_count < wanted && tries < 40; tries++) {
        const change_column *column = &all[random_below(m->random, count)];
        bool right = strcmp(column->table, m->name) == 0 && (column->versions & version) != 0;
        if (right && (made->set_count == 0 || made->set[0] != column)) {
            made->set[made->set_count++] = column;
        }
    }
    for (int i = 0; made->set_count == 0; i++) {
        if (strcmp(all[i].table, m->name) == 0 && (all[i].versions & version) != 0) {
            made->set[made->set_count++] = &all[i];
        }
    }
}

static void change_write_set(change_maker *m, const change_statement *made) {
    sqlite3_str_appendf(m->sql, "UPDATE \"%w\" SET ", m->name);
    for (int i = 0; i < made->set_count; i++) {
        sqlite3_str_appendf(m->sql, "%s\"%w\" = %z", i ? ", " : "", made->set[i]->name, change_value(m, made->set[i]));
    }
}

/* The parents of the first row, so that rows come from lists: "channels".service_sid = '...' AND ... */
static void change_write_parents(change_maker *m) {
    const char *const parents[] = {change_word(m->sample, "service_sid", "chat_service_sid"),
                                   change_word(m->sample, "channel_sid", "conversation_sid")};
    for (int i = 0; i < 2; i++) {
        char *sid = change_cell(m->rows->table, m->rows->rows[0], parents[i]);
        if (sid != NULL && sid[0] != 0 && table_column_index(m->rows->table->table, parents[i]) >= 0 &&
            (i == 0 || m->rows->count == 1)) {
            sqlite3_str_appendf(m->sql, "\"%w\".%s = %Q AND ", m->name, parents[i], sid);
        }
        sqlite3_free(sid);
    }
}

/* Rows by their paths; sometimes the SID of one of them beside, which of the rows read is then any. */
static void change_write_paths(change_maker *m, bool hidden) {
    int first = random_below(m->random, m->rows->count);
    int count = random_chance(m->random, 50) ? 1 : m->rows->count - first;
    sqlite3_str_appendf(m->sql, "%s\"%w\".path IN (", hidden ? "+" : "", m->name);
    for (int i = first; i < first + count; i++) {
        sqlite3_str_appendf(m->sql, "%s'%z'", i == first ? "" : ", ",
                            change_cell(m->rows->table, m->rows->rows[i], "path"));
    }
    sqlite3_str_appendall(m->sql, ")");
    if (table_column_index(m->rows->table->table, "sid") >= 0 && random_chance(m->random, 20)) {
        int one = first + random_below(m->random, count);
        sqlite3_str_appendf(m->sql, " AND \"%w\".sid = '%z'", m->name,
                            change_cell(m->rows->table, m->rows->rows[one], "sid"));
    }
}

static bool change_has_sid(const change_maker *m) {
    return table_column_index(m->rows->table->table, "sid") >= 0;
}

static void change_plain(change_maker *m, change_statement *made) {
    bool listed = random_chance(m->random, 35);
    change_write_set(m, made);
    sqlite3_str_appendall(m->sql, " WHERE ");
    if (listed) {
        change_write_parents(m);
    }
    change_write_paths(m, listed);
    if (m->own && random_chance(m->random, 25)) {
        sqlite3_str_appendf(m->sql, " AND %z", change_own_condition(m->random, m->name, change_has_sid(m)));
    }
}

/* FROM one of the extension's own tables. */
static void change_from_own(change_maker *m, change_statement *made) {
    change_own_source source = change_own_from(m->random, m->tag, m->name, change_has_sid(m));
    made->from = true;
    m->chat = source.text;
    change_write_set(m, made);
    sqlite3_str_appendf(m->sql, " FROM %z WHERE %z AND ", source.from, source.condition);
    change_write_paths(m, false);
    sqlite3_free(source.text);
    m->chat = NULL;
}

static void change_from(change_maker *m, change_statement *made) {
    static const char *const sources[] = {"edits AS e", "edits AS e", "(SELECT * FROM edits WHERE number < 4) AS e",
                                          ("(SELECT path, sid, max(text) AS text, max(json) AS json, count(*) AS number"
                                           " FROM edits GROUP BY 1, 2) AS e")};
    m->edits = true;
    made->from = true;
    made->prepare = change_fill_edits(m, change_old_text(made));
    change_write_set(m, made);
    sqlite3_str_appendf(m->sql, " FROM %s WHERE ", RANDOM_OF(m->random, sources));
    bool listed = random_chance(m->random, 30);
    if (listed) {
        change_write_parents(m);
    }
    sqlite3_str_appendf(m->sql, "%s\"%w\".%s", listed ? "+" : "", m->name,
                        listed && table_column_index(m->rows->table->table, "sid") >= 0 && random_chance(m->random, 50)
                            ? "sid = e.sid"
                            : "path = e.path");
}

static void change_from_chat(change_maker *m, change_statement *made) {
    const char *channel = change_word(m->sample, "channel_sid", "conversation_sid");
    bool channels = table_column_index(m->rows->table->table, channel) >= 0;
    if (strcmp(m->name, "services") == 0) {
        change_plain(m, made);
        return;
    }
    made->from = true;
    m->chat = "coalesce(nullif(c.friendly_name, ''), 'none')";
    change_write_set(m, made);
    sqlite3_str_appendf(m->sql, " FROM %s AS c WHERE c.sid = \"%w\".%s AND ",
                        tables_named(m->sample->version, channels ? "channels" : "services"), m->name,
                        channels ? channel : change_word(m->sample, "service_sid", "chat_service_sid"));
    change_write_paths(m, false);
}

/* SET (a, b) = (SELECT ...) of the last of the matching rows. */
static void change_row_value(change_maker *m, change_statement *made) {
    char *values[CHANGE_MAX_SET];
    m->edits = true;
    made->prepare = change_fill_edits(m, change_old_text(made));
    sqlite3_str_appendf(m->sql, "UPDATE \"%w\" SET (", m->name);
    for (int i = 0; i < made->set_count; i++) {
        sqlite3_str_appendf(m->sql, "%s\"%w\"", i ? ", " : "", made->set[i]->name);
        values[i] = change_value(m, made->set[i]);
    }
    sqlite3_str_appendall(m->sql, ") = (SELECT ");
    for (int i = 0; i < made->set_count; i++) {
        sqlite3_str_appendf(m->sql, "%s%z", i ? ", " : "", values[i]);
    }
    sqlite3_str_appendf(m->sql, " FROM edits AS e WHERE e.path = \"%w\".path ORDER BY e.id DESC LIMIT 1) WHERE ",
                        m->name);
    if (random_chance(m->random, 50)) {
        sqlite3_str_appendf(m->sql, "\"%w\".path IN (SELECT path FROM edits)", m->name);
    } else {
        change_write_paths(m, false);
    }
}

void change_make(change_statement *made, const change_rows *rows, const sample *s, sqlite3 *reference,
                 random_state *random, const char *tag, unsigned parts) {
    static void (*const forms[])(change_maker *, change_statement *) = {change_plain, change_from, change_from_chat,
                                                                        change_row_value, change_from_own};
    bool from = (parts & CHANGE_FROM) != 0, own = (parts & CHANGE_OWN) != 0;
    const int weights[] = {40, from ? 40 : 0, from ? 8 : 0, 12, from && own ? 12 : 0};
    change_maker m = {.sql = sqlite3_str_new(NULL),
                      .rows = rows,
                      .sample = s,
                      .reference = reference,
                      .random = random,
                      .tag = tag,
                      .own = own,
                      .name = rows->table->table->name};
    *made = (change_statement){.table = rows->table->table};
    change_choose_columns(made, &m, s->version);
    forms[random_weighted(random, weights, 5)](&m, made);
    made->sql = sqlite3_str_finish(m.sql);
}

void change_free(change_statement *made) {
    sqlite3_free(made->prepare);
    sqlite3_free(made->sql);
    *made = (change_statement){0};
}
