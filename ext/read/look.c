/* One statement, one look; see look.h. */
#include "read/look.h"

#include <string.h>

#include "read/belongs.h"
#include "read/beside.h"
#include "read/companion.h"
#include "read/look_inside.h"
#include "read/tally.h"
#include "rest/outcome.h"
#include "rest/page_read.h"

/* What heirs alone may come to read may be of another execution of the same statement, unless none has begun since. */
static look *look_find(const connection *shared, statement_name by) {
    look *view = reading_of(shared)->looks;
    while (view && !(statement_is_same(view->by, by) &&
                     (view->cursors > 0 || view->begun_when == statement_begun(shared->db)))) {
        view = view->next;
    }
    return view;
}

/*
** The attempts that a statement may make: one allowance for its looks of all accounts, and for what a statement that writes
** sends at its end. What is looked for on the side (look_open) belongs to the statement that is running.
*/
static allowance *look_allowance(const connection *shared, statement_name by) {
    const reading *root = reading_of(shared->root);
    const look *other = shared != shared->root ? look_find(shared->root, by) : NULL;
    other = !other && !by.values ? root->looks : other;
    if (root->allowed || other) {
        return allowance_hold(root->allowed ? root->allowed : other->allowed);
    }
    return allowance_new(settings_integer(&shared->root->settings, SETTING_MAX_REQUESTS));
}

static look *look_new(connection *shared, statement_name by) {
    const char *service_sid = settings_text(&shared->settings, SETTING_SERVICE_SID);
    look *view = sqlite3_malloc64(sizeof *view);
    char *copy = service_sid ? sqlite3_mprintf("%s", service_sid) : NULL;
    allowance *allowed = look_allowance(shared, by);
    if (!view || !allowed || (service_sid && !copy)) {
        allowance_drop(allowed);
        sqlite3_free(view);
        sqlite3_free(copy);
        return NULL;
    }
    *view = (look){.shared = shared, .by = by, .allowed = allowed, .cursors = 1, .service_sid = copy};
    view->version = catalog_version_named(settings_text(&shared->settings, SETTING_API_VERSION));
    view->server_changes = settings_changes(&shared->settings);
    view->next = reading_of(shared)->looks;
    reading_of(shared)->looks = view;
    progress_begin(&shared->root->progress);
    return view;
}

look *look_open(connection *shared) {
    return look_new(shared, (statement_name){NULL, 0});
}

int64_t look_used(const look *view, const catalog_resource *resource) {
    return tally_of(&view->used, resource->name);
}

size_t look_page_bytes(const look *view) {
    return view->page_bytes;
}

int64_t look_asked(const look *view) {
    return view->asked;
}

connection *look_connection(const look *view) {
    return view->shared;
}

const char *look_service(const look *view) {
    return view->service_sid;
}

bool look_is_bound(const look *view) {
    return allowance_is_bound(view->allowed);
}

bool look_may_ask_ahead(const look *view) {
    return !(view->shared->without & WITHOUT_AHEAD) && !look_is_bound(view);
}

unsigned look_version(const look *view) {
    return view->version;
}

static size_t look_bytes(const look_entry *entry) {
    return entry->content ? entry->content->bytes : 0;
}

/* Accounts for a page that nobody uses any more, or that somebody uses again. */
static void look_set_kept(look_entry *entry, bool kept) {
    size_t bytes = look_bytes(entry);
    if (kept && !entry->kept) {
        reading_of(entry->view->shared->root)->kept_bytes += bytes;
    } else if (!kept && entry->kept) {
        reading_of(entry->view->shared->root)->kept_bytes -= bytes;
    }
    entry->kept = kept;
}

/* 0: it has come, or is given up. */
static void look_count_coming(look_entry *entry, size_t bytes) {
    reading *root = reading_of(entry->view->shared->root);
    root->coming_bytes = root->coming_bytes - entry->coming + bytes;
    entry->coming = bytes;
}

static void look_drop_reader(look_entry *entry) {
    page_read_free(entry->reader);
    entry->reader = NULL;
}

static void look_free_entry(void *value) {
    look_entry *entry = value;
    connection *shared = entry->view->shared;
    look_count_coming(entry, 0);
    look_drop_reader(entry);
    if (entry->request && client_is_done(entry->request)) {
        entry->log_id = client_answer_of(entry->request)->log_id;
    }
    if (!entry->used && entry->log_id > 0) {
        request_log_note(client_log(shared->client), entry->log_id, "not used: it was asked for ahead");
    }
    client_release(shared->client, entry->request);
    look_set_kept(entry, false);
    look_spill_drop(entry);
    look_spill_forget(entry);
    sqlite3_free(entry->message);
    sqlite3_free(entry);
}

void *look_companion(look *view, const char *key, size_t size, void (*release)(void *companion), error *problem) {
    return companion_get(&view->companions, key, size, release, problem);
}

/* Unless somebody reads it, or may come to. */
static void look_forget(look *view) {
    if (view->cursors > 0 || view->heirs > 0) {
        return;
    }
    view->closing = true;
    companion_clear(&view->companions);
    map_clear(&view->entries, look_free_entry);
    spill_close(&view->file);
    map_clear(&view->used, sqlite3_free);
    progress_end(&view->shared->root->progress);
    look **link = &reading_of(view->shared)->looks;
    while (*link != view) {
        link = &(*link)->next;
    }
    *link = view->next;
    allowance_drop(view->allowed);
    sqlite3_free(view->service_sid);
    sqlite3_free(view);
}

void look_close(look *view) {
    if (view) {
        view->cursors--;
        look_forget(view);
    }
}

/* ---- cursors ---- */

void look_cursor_open(connection *shared, look_cursor *cursor) {
    reading_of(shared)->newest = cursor;
}

/* The look of an execution that begins, or that its other cursors have. */
static look *look_join(connection *shared, const look_cursor *cursor, statement_name by) {
    bool inherits = cursor->inherited && statement_is_same(cursor->inherited->by, by);
    look *view = inherits ? cursor->inherited : look_find(shared, by);
    if (view) {
        view->cursors++;
        return view;
    }
    view = look_new(shared, by);
    if (view && reading_of(shared)->begins) {
        reading_of(shared)->begins(view, by.prepared);
    }
    return view;
}

static void look_disinherit(look_cursor *cursor) {
    if (cursor->inherited) {
        cursor->inherited->heirs--;
        look_forget(cursor->inherited);
        cursor->inherited = NULL;
    }
}

int look_cursor_begin(connection *shared, look_cursor *cursor, statement_name by) {
    reading_of(shared)->newest = NULL;
    if (shared != shared->root && !cursor->beside) {
        cursor->beside = look_join(shared->root, &(look_cursor){NULL, NULL, NULL}, by);
        if (!cursor->beside) {
            return SQLITE_NOMEM;
        }
    }
    if (!cursor->view) {
        cursor->view = look_join(shared, cursor, by);
        look_disinherit(cursor);
    }
    return cursor->view ? SQLITE_OK : SQLITE_NOMEM;
}

void look_cursor_close(connection *shared, look_cursor *cursor) {
    look_cursor *newest = reading_of(shared)->newest;
    reading_of(shared)->newest = NULL;
    if (newest && newest != cursor && cursor->view) {
        look_disinherit(newest);
        newest->inherited = cursor->view;
        newest->inherited->heirs++;
        newest->inherited->begun_when = statement_begun(shared->db);
    }
    look_close(cursor->view);
    look_close(cursor->beside);
    look_disinherit(cursor);
}

struct scan **look_scans(look *view) {
    return &view->scans;
}

const int64_t *look_begin_scan(look *view, void (*on_wait)(look *view)) {
    view->on_wait = on_wait;
    view->begun++;
    return &view->begun;
}

static look_entry *look_new_entry(look *view, const look_wish *wish, const char *key) {
    size_t length = strlen(key) + 1;
    look_entry *entry = sqlite3_malloc64(sizeof *entry + length);
    if (entry) {
        memset(entry, 0, sizeof *entry);
        memcpy(entry->key, key, length);
        entry->path = strchr(strchr(entry->key, ' ') + 1, ' ') + 1;
        entry->view = view;
        entry->resource = wish->resource;
        entry->version = wish->version;
        entry->single = wish->single;
        entry->is_content = wish->content_at != NULL;
        entry->users = 1;
        entry->state = LOOK_PENDING;
    }
    return entry;
}

/* Puts the table's name before a message that has none yet. */
static void look_name_table(const look_entry *entry, error *problem) {
    char *message = problem->message ? sqlite3_mprintf("%s: %s", entry->resource->name, problem->message) : NULL;
    if (message) {
        sqlite3_free(problem->message);
        problem->message = message;
    }
}

/* An attempt begins to read the list. Without memory for it, that shows at the end. */
static void look_on_begin(void *context) {
    look_entry *entry = context;
    look_drop_reader(entry);
    entry->reader =
        page_read_begin(entry->resource, entry->version, true, reading_needed(entry->view->shared, entry->resource));
}

/* Bytes of the list have come: is it they that tell where the next page is? */
static bool look_on_bytes(void *context, const char *bytes, size_t length) {
    look_entry *entry = context;
    if (!entry->reader) {
        return false;
    }
    bool known = page_read_next(entry->reader) != NULL;
    page_read_take(entry->reader, bytes, length);
    size_t held = page_read_bytes(entry->reader);
    look_count_coming(entry, held > entry->coming ? held : entry->coming);
    return !known && page_read_next(entry->reader);
}

const char *look_next(const look_entry *entry) {
    return entry->content ? entry->content->next : entry->reader ? page_read_next(entry->reader) : NULL;
}

/* Bytes to expect of an answer: what is said of a content; of a page, what the pages before it had. */
static size_t look_expected(const look *view, const look_wish *wish) {
    size_t before = wish->single ? 0 : view->page_bytes;
    return wish->content_at ? wish->content_max : before;
}

const char *look_moved(const look *view) {
    return view->server_changes == settings_changes(&view->shared->settings)
               ? NULL
               : "the server or the credentials were changed (in chat_settings) while this statement was running: run it "
                 "again";
}

/* What has been asked for under that key, or a new request for it. */
static look_entry *look_find_or_ask(look *view, const look_wish *wish, const char *key, error *problem) {
    look_entry *entry = map_get(&view->entries, key);
    if (entry) {
        look_spill_back(entry, problem);
        return error_is_set(problem) ? NULL : look_share(entry);
    }
    if (wish->only_known) {
        return NULL;
    }
    if (look_moved(view)) {
        error_set(problem, SQLITE_ERROR, "%s: %s", wish->resource->name, look_moved(view));
        return NULL;
    }
    entry = look_new_entry(view, wish, key);
    if (!entry || map_set(&view->entries, key, entry) != SQLITE_OK) {
        sqlite3_free(entry);
        error_no_memory(problem);
        return NULL;
    }
    /* Further pages come one after another. Lists under channels are many, side by side; those of a service are few, and first. */
    int few = !wish->single && catalog_depth(wish->resource) < 2;
    client_call call = {.account = view->shared->account,
                        .origin = catalog_generation_of(wish->version)->origin,
                        .method = "GET",
                        .path = wish->path,
                        .table_name = wish->resource->name,
                        .purpose = wish->purpose,
                        .budget = &view->budget,
                        .allowed = view->allowed,
                        .retries_spent = wish->retries_spent,
                        .has_smaller = wish->has_smaller,
                        .precedence = wish->goes_on ? 1 + few : 0,
                        .elsewhere = wish->content_at,
                        .body_max = wish->content_at ? wish->content_max : 0};
    if (!wish->single && !wish->content_at) {
        call.taker = (client_taker){look_on_begin, look_on_bytes, entry};
    }
    entry->request = client_start(view->shared->client, &call, problem);
    if (!entry->request) {
        look_name_table(entry, problem);
        map_remove(&view->entries, key);
        look_free_entry(entry);
        return NULL;
    }
    view->asked++;
    look_count_coming(entry, look_expected(view, wish));
    return entry;
}

look_entry *look_get(look *view, const look_wish *wish, error *problem) {
    connection_prepare(view->shared, problem);
    /* Two tables may be asked for at one address: they make other rows of it. */
    char *key = error_is_set(problem)
                    ? NULL
                    : sqlite3_mprintf("%s %d%s %s", wish->resource->name, catalog_generation_of(wish->version)->origin,
                                      wish->again ? "+" : "", wish->path);
    look_entry *entry = key ? look_find_or_ask(view, wish, key, problem) : NULL;
    if (!key) {
        error_no_memory(problem);
    }
    sqlite3_free(key);
    return entry;
}

look_entry *look_share(look_entry *entry) {
    look_set_kept(entry, false);
    entry->users++;
    return entry;
}

static void look_fail(look_entry *entry, int rc, const char *message) {
    entry->state = LOOK_FAILED;
    entry->rc = rc;
    entry->message = message ? sqlite3_mprintf("%s: %s", entry->resource->name, message) : NULL;
}

/* Takes the answer's body. */
static page *look_take_content(client_answer *answer, error *problem) {
    char *bytes = answer->body;
    answer->body = NULL;
    page *content = bytes ? page_of_bytes(bytes, answer->length) : NULL;
    if (!content) {
        error_no_memory(problem);
    }
    return content;
}

/* Another resource than the one that was asked for is no answer, whoever mixed them up. */
static void look_parse_single(look_entry *entry, const client_answer *answer, error *problem) {
    page *content = page_parse_single(entry->resource, entry->version, answer->body, answer->length, problem);
    if (content && entry->resource->single &&
        !belongs_is_single(entry->resource, entry->version, entry->path, answer->body, answer->length, problem)) {
        error_set(problem, SQLITE_ERROR, "the answer is not the resource that was asked for");
    } else if (content && belongs_to_path(entry->resource, entry->version, entry->path, content, problem)) {
        entry->content = content;
        return;
    }
    error_set(problem, SQLITE_ERROR, "the answer is of another resource");
    page_release(content);
}

static void look_parse(look_entry *entry, client_answer *answer) {
    request_log *log = client_log(entry->view->shared->client);
    error problem = {0};
    if (answer->status != 200) {
        error_set(&problem, SQLITE_ERROR, "HTTP %d is not the answer of a read", answer->status);
    } else if (entry->is_content) {
        entry->content = look_take_content(answer, &problem);
    } else if (entry->single) {
        look_parse_single(entry, answer, &problem);
    } else {
        entry->content = page_read_end(entry->reader, &problem);
        entry->reader = NULL;
    }
    if (entry->content) {
        entry->state = LOOK_READY;
        reading_of(entry->view->shared->root)->page_bytes += entry->content->bytes;
        request_entry *logged = request_log_find(log, answer->log_id);
        if (logged && !entry->is_content) {
            logged->rows = (int64_t)entry->content->row_count;
        }
        return;
    }
    request_log_fail(log, answer->log_id, problem.message ? problem.message : "out of memory");
    char *message = problem.message ? sqlite3_mprintf("GET %s: %s", entry->path, problem.message) : NULL;
    look_fail(entry, message ? problem.rc : SQLITE_NOMEM, message);
    sqlite3_free(message);
    error_clear(&problem);
}

/* What pages are like may change from list to list: a larger one counts at once, smaller ones bit by bit. */
static void look_learn_size(look_entry *entry) {
    size_t *known = &entry->view->page_bytes;
    if (entry->content && !entry->single && !entry->is_content) {
        size_t bytes = entry->content->bytes;
        *known = bytes > *known ? bytes : *known - (*known - bytes) / 8;
    }
}

/* Turns an answer that has come into a page, or into what went wrong. */
static void look_settle(look_entry *entry) {
    client_answer *answer = client_answer_of(entry->request);
    look_count_coming(entry, 0);
    entry->status = answer->status;
    entry->exhausted = answer->exhausted;
    entry->log_id = answer->log_id;
    switch (answer->outcome) {
    case CLIENT_OK:
        look_parse(entry, answer);
        break;
    case CLIENT_NOT_FOUND:
        look_fail(entry, answer->rc, answer->message);
        entry->state = LOOK_MISSING;
        break;
    case CLIENT_FAILED:
        look_fail(entry, answer->message ? answer->rc : SQLITE_NOMEM, answer->message);
        break;
    }
    look_learn_size(entry);
    progress_count(&entry->view->shared->root->progress, entry->content ? (int64_t)entry->content->row_count : 0);
    client_release(entry->view->shared->client, entry->request);
    entry->request = NULL;
    look_drop_reader(entry);
}

look_state look_poll(look_entry *entry, error *problem) {
    if (entry->state == LOOK_PENDING && client_is_done(entry->request)) {
        look_settle(entry);
    }
    if (entry->state == LOOK_FAILED && entry->message) {
        error_set(problem, entry->rc, "%s", entry->message);
    } else if (entry->state == LOOK_FAILED) {
        error_no_memory(problem);
    }
    return entry->state;
}

const char *look_message(const look_entry *entry) {
    return entry->message;
}

int look_status(const look_entry *entry) {
    return entry->status;
}

bool look_is_overtaxed(const look_entry *entry) {
    return !entry->exhausted && outcome_is_overtaxed(entry->status);
}

void look_wait(look *view, error *problem) {
    bool may = view->on_wait && look_may_ask_ahead(view);
    if (may && beside_allows(view->asked, view->of_use, view->begun, statement_wants_rows(view->shared->db))) {
        view->on_wait(view);
    }
    reading_wait(view->shared, problem);
}

void look_send(look *view, error *problem) {
    client_poll(view->shared->client, problem);
}

void look_use(look_entry *entry) {
    if (!entry->used) {
        entry->used = true;
        entry->view->of_use++;
        tally_add(&entry->view->used, entry->resource->name);
    }
}

void look_replace(const look_entry *first, int64_t requests) {
    request_log_replace(client_log(first->view->shared->client), first->log_id, requests);
}

void look_refuse(look_entry *entry, const char *reason) {
    look_use(entry);
    request_log_note(client_log(entry->view->shared->client), entry->log_id, reason);
}

page *look_page(const look_entry *entry) {
    return entry->content;
}

const char *look_path(const look_entry *entry) {
    return entry->path;
}

/* What has been sent is kept even while it is pending: cut off, it might have to be asked for again. */
static bool look_is_worth_keeping(const look_entry *entry) {
    const connection *shared = entry->view->shared;
    size_t bytes = look_bytes(entry);
    return entry->view->by.values && (!entry->request || client_was_sent(entry->request)) &&
           reading_of(shared->root)->kept_bytes + bytes <= reading_retention(shared);
}

/* Nobody uses it any more, and nobody holds it. */
static void look_leave(look_entry *entry) {
    if (entry->filed.page > 0 && !entry->content) {
        return;
    }
    if (look_is_worth_keeping(entry)) {
        look_set_kept(entry, true);
    } else if (look_spill_offer(entry)) {
        look_spill_drop(entry);
    } else {
        map_remove(&entry->view->entries, entry->key);
        look_free_entry(entry);
    }
}

void look_put(look_entry *entry) {
    if (!entry || --entry->users > 0) {
        return;
    }
    if (entry->holders == 0) {
        look_leave(entry);
    } else if (!entry->held) {
        look_spill_drop(entry);
    }
}

bool look_hold(look_entry *entry, error *problem) {
    reading *root = reading_of(entry->view->shared->root);
    size_t bytes = look_bytes(entry);
    if (entry->holders == 0) {
        bool fits = root->held_bytes + bytes <= 2 * reading_retention(entry->view->shared);
        if (!fits && !look_spill_write(entry, problem)) {
            return false;
        }
        look_set_kept(entry, false);
        entry->held = fits;
        root->held_bytes += fits ? bytes : 0;
    }
    entry->holders++;
    return true;
}

page *look_rows(look_entry *entry, size_t row, size_t *first, error *problem) {
    *first = 0;
    return entry->content ? page_retain(entry->content) : look_spill_rows(entry, row, first, problem);
}

void look_let_go(look_entry *entry) {
    if (--entry->holders > 0) {
        return;
    }
    if (entry->held) {
        reading_of(entry->view->shared->root)->held_bytes -= look_bytes(entry);
        entry->held = false;
    }
    if (entry->users == 0) {
        look_leave(entry);
    }
}
