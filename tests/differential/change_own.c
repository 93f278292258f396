/* The extension's own tables in UPDATEs: see change_own.h. Paths in chat_writes have the API's version before them: "/v1". */
#include "change_own.h"

#include <sqlite3.h>

/* In forms %s is the tag and %w the table; what a form has not is left over. */
#define OWN_COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

char *change_own_text(random_state *random, const char *tag, const char *name) {
    static const char *const forms[] = {
        "(SELECT count(*) || coalesce(max(w.state), '') || coalesce(max(w.seq), '') FROM chat_writes AS w)",
        "(SELECT count(*) FROM chat_writes AS w WHERE substr(w.path, 4) = \"%w\".path)",
        "(SELECT count(*) FROM chat_writes AS w WHERE w.seq > 0 AND w.path <> \"%w\".path)",
        "coalesce((SELECT substr(w.body, 1, 30) FROM chat_writes AS w ORDER BY w.seq DESC LIMIT 1), '')",
        "coalesce((SELECT w.sid FROM chat_writes AS w WHERE w.sid IS NOT NULL ORDER BY w.seq LIMIT 1), '')",
        "(SELECT max(c.type || c.name) FROM chat_columns AS c WHERE c.table_name = '%w')",
        "(SELECT s.source || s.value FROM chat_settings AS s WHERE s.name = 'request_log')",
        "(SELECT count(*) || coalesce(max(r.method) || max(r.id), '') FROM chat_requests AS r)",
        "(SELECT count(*) FROM chat_requests AS r WHERE r.id > 0 AND \"%w\".path <> '')"};
    char *form = sqlite3_mprintf(RANDOM_OF(random, forms), name);
    return sqlite3_mprintf("'%s ' || %z", tag, form);
}

char *change_own_condition(random_state *random, const char *name, bool sid) {
    static const char *const forms[] = {
        "(SELECT count(*) FROM chat_writes) > 0",
        "(SELECT count(*) FROM chat_writes AS w WHERE w.seq > 0 AND w.path <> \"%w\".path) < 3",
        "EXISTS (SELECT 1 FROM chat_writes AS w WHERE substr(w.path, 4) = \"%w\".path)",
        "NOT EXISTS (SELECT 1 FROM chat_writes AS w WHERE substr(w.path, 4) = \"%w\".path AND w.state = 'pending')",
        "\"%w\".path NOT IN (SELECT substr(path, 4) FROM chat_writes WHERE state <> 'sent')",
        "\"%w\".path IN (SELECT substr(w.path, 4) FROM chat_writes AS w)",
        "'request_log' IN (SELECT name FROM chat_settings WHERE value = '20000')",
        "'path' IN (SELECT name FROM chat_columns WHERE table_name = '%w')",
        "(SELECT max(id) FROM chat_requests) %% 3 > 0",
        "(SELECT count(*) FROM chat_requests AS r WHERE r.id > 0 AND \"%w\".path <> '') > 4",
        "\"%w\".sid IN (SELECT sid FROM chat_writes WHERE sid IS NOT NULL)",
        "\"%w\".sid NOT IN (SELECT sid FROM chat_writes WHERE sid IS NOT NULL AND operation <> 'DELETE')"};
    return sqlite3_mprintf(random_word(random, forms, OWN_COUNT(forms) - (sid ? 0 : 2)), name);
}

change_own_source change_own_from(random_state *random, const char *tag, const char *name, bool sid) {
    static const struct {
        const char *from, *condition, *text;
    } forms[] = {
        {"chat_writes AS o", "substr(o.path, 4) = \"%w\".path", "o.seq || o.state"},
        {"(SELECT * FROM chat_writes WHERE state <> 'sent') AS o", "substr(o.path, 4) = \"%w\".path",
         "o.seq || o.method"},
        {"(SELECT count(*) AS n, max(seq) AS seq FROM chat_writes) AS o", "o.n >= 0", "o.n || coalesce(o.seq, '')"},
        {"chat_settings AS o", "o.name = 'page_size'", "o.name || o.source"},
        {"chat_columns AS o", "o.table_name = '%w' AND o.name = 'path'", "substr(o.description, 1, 30)"},
        {"(SELECT count(*) AS n, max(id) AS id FROM chat_requests) AS o", "o.n > 0", "o.n || ' ' || o.id"},
        {"chat_writes AS o", "o.sid = \"%w\".sid", "o.seq || o.operation"}};
    int chosen = random_below(random, OWN_COUNT(forms) - (sid ? 0 : 1));
    return (change_own_source){.from = sqlite3_mprintf("%s", forms[chosen].from),
                               .condition = sqlite3_mprintf(forms[chosen].condition, name),
                               .text = sqlite3_mprintf("'%s ' || %s", tag, forms[chosen].text)};
}

char *change_own_local(random_state *random, const char *tag, const char *name) {
    static const char *const forms[] = {
        "INSERT INTO edits(path, sid, text, json, number) SELECT substr(path, 4), coalesce(sid, 'none'),"
        " '%s ' || state || seq, '{\"k\":1}', seq %% 5 FROM chat_writes",
        "UPDATE edits SET text = '%s ' || w.seq || w.state FROM chat_writes AS w WHERE substr(w.path, 4) = edits.path",
        "UPDATE edits SET text = '%s ' || id,"
        " number = number + (SELECT count(*) FROM chat_writes AS w WHERE substr(w.path, 4) = edits.path)",
        "UPDATE edits SET text = '%s ' || s.source FROM chat_settings AS s WHERE s.name = 'page_size'",
        "DELETE FROM edits WHERE text <> '%s'"
        " AND path IN (SELECT substr(path, 4) FROM chat_writes WHERE state = 'pending')",
        "DELETE FROM edits WHERE text <> '%s' AND id %% 3 = 0 AND text NOT IN (SELECT source FROM chat_settings)",
        "INSERT INTO edits(path, text, number) SELECT name, '%s ' || type, length(type) FROM chat_columns"
        " WHERE table_name = '%w'",
        "INSERT INTO edits(path, text, number) SELECT r.path, '%s ' || r.method,"
        " (SELECT count(*) FROM chat_requests AS o WHERE o.id <= r.id"
        " AND o.path NOT IN (SELECT path FROM \"%w\" WHERE path = '/Services/none')) FROM chat_requests AS r"};
    return sqlite3_mprintf(RANDOM_OF(random, forms), tag, name);
}
