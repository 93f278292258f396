/* The virtual table module that serves every resource; see resource_table.h. */
#include "table/resource_table.h"

#include <string.h>

#include "base/buffer.h"
#include "catalog/catalog.h"
#include "plan/first_page.h"
#include "plan/plan.h"
#include "plan/plan_text.h"
#include "read/hints.h"
#include "read/look.h"
#include "read/scan.h"
#include "read/scan_omitted.h"
#include "read/shown.h"
#include "table/foreign.h"
#include "table/lacking.h"
#include "table/resource_loop.h"
#include "table/resource_vtab.h"
#include "table/resource_write.h"
#include "table/row_value.h"
#include "write/writing.h"

enum { RESOURCE_NO_COLUMN = -2, RESOURCE_TELLS_ALWAYS = 3044000, RESOURCE_KEEPS_COLLATION = 3053000 };

/* Before, WHERE of a LEFT JOIN comes as if it were its ON: what SQLite leaves to us it must not need (scan_omitted.h). */
enum { RESOURCE_OMITS = 3039000 };

/* sqlite3_vtab_in tells what is an IN list, and of so many terms only. */
enum { RESOURCE_TELLS_IN = 3038000, RESOURCE_IN_TERMS = 32 };

/* What a module is registered with. */
typedef struct resource_module {
    connection *shared;
    const catalog_resource *resource;
} resource_module;

typedef struct resource_cursor {
    sqlite3_vtab_cursor base;
    look_cursor looking;
    scan *rows;
    bool at_row;
    row_value_statement statement;
} resource_cursor;

/* ---- declaring ---- */

static const char *resource_column_type(const catalog_column *column) {
    return column->kind == VALUE_BYTES                                      ? "BLOB"
           : column->kind == VALUE_INTEGER || column->kind == VALUE_BOOLEAN ? "INTEGER"
                                                                            : "TEXT";
}

/*
** "CREATE TABLE x("sid" TEXT, ..., path TEXT HIDDEN NOT NULL PRIMARY KEY, ...) WITHOUT ROWID"
**
** After path come the three names that programs know a row by, all of them standing for path. DB Browser writes
** UPDATE ... WHERE "_rowid_" = '...' with the value that it has read from "_rowid_", and SQLite takes a quoted name that
** no column has for a text: without these columns the condition would be '_rowid_' = '_rowid_', true of every row.
**
** The last column brings what the statement has shown of a row to the UPDATE of it: see shown.h.
*/
static char *resource_declaration(const catalog_resource *resource) {
    buffer text;
    buffer_init(&text, 100000);
    buffer_text(&text, "CREATE TABLE x(");
    for (size_t i = 0; i < resource->column_count; i++) {
        const catalog_column *column = &resource->columns[i];
        /* min() of a column that may be NULL is never read in order. */
        bool ordered = resource->order_column && strcmp(column->name, resource->order_column) == 0;
        buffer_format(&text, "\"%w\" %s%s%s, ", column->name, resource_column_type(column), ordered ? " NOT NULL" : "",
                      column->flags & (COLUMN_WRITE_ONLY | COLUMN_HIDDEN) ? " HIDDEN" : "");
    }
    buffer_text(&text,
                "path TEXT HIDDEN NOT NULL PRIMARY KEY, rowid TEXT HIDDEN, _rowid_ TEXT HIDDEN, oid TEXT HIDDEN, "
                "\"" SHOWN_COLUMN "\" BLOB HIDDEN) WITHOUT ROWID");
    return buffer_take(&text);
}

static int resource_declare(sqlite3 *db, const catalog_resource *resource) {
    char *declaration = resource_declaration(resource);
    int rc = declaration ? sqlite3_declare_vtab(db, declaration) : SQLITE_NOMEM;
    sqlite3_free(declaration);
    if (rc == SQLITE_OK) {
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_CONSTRAINT_SUPPORT, 1); /* OR IGNORE and OR REPLACE mean something */
    }
    return rc;
}

/* The account that a table is about; a reference is the caller's. */
static connection *resource_account(connection *shared, const table_options *options, error *problem) {
    connection *account =
        options->profile ? connection_for_profile(shared, options->profile, problem) : connection_retain(shared);
    if (account && reading_attach(account) != SQLITE_OK) {
        error_no_memory(problem);
    }
    return account;
}

static int resource_connect(sqlite3 *db, void *context, int argc, const char *const *argv, sqlite3_vtab **vtab,
                            char **message) {
    const resource_module *module = context;
    error problem = {0};
    resource_table *table = sqlite3_malloc64(sizeof *table);
    if (!table) {
        return SQLITE_NOMEM;
    }
    memset(table, 0, sizeof *table);
    table->resource = module->resource;
    table_options_parse(&table->options, module->resource->name, argc - 3, argv + 3, &problem);
    table->shared = error_is_set(&problem) ? NULL : resource_account(module->shared, &table->options, &problem);
    if (table->options.service_sid && !catalog_is_of_service(module->resource)) {
        error_set(&problem, SQLITE_ERROR, "%s: belongs to the account, not to a service: leave service_sid out",
                  module->resource->name);
    }
    if (table->options.version && module->resource->always) {
        error_set(&problem, SQLITE_ERROR, "%s: is the same in every version of the API: leave api_version out",
                  module->resource->name);
    }
    table->name = sqlite3_mprintf("%s", argv[2]);
    if (!table->name) {
        error_no_memory(&problem);
    }
    int rc = error_is_set(&problem) ? error_report(&problem, message) : resource_declare(db, module->resource);
    if (rc != SQLITE_OK) {
        connection_release(table->shared);
        sqlite3_free(table->name);
        table_options_clear(&table->options);
        sqlite3_free(table);
        return rc;
    }
    *vtab = &table->base;
    return SQLITE_OK;
}

static int resource_disconnect(sqlite3_vtab *vtab) {
    resource_table *table = (resource_table *)vtab;
    resource_write_abandon(table);
    connection_release(table->shared);
    table_options_clear(&table->options);
    sqlite3_free(table->marks);
    sqlite3_free(table->name);
    sqlite3_free(table);
    return SQLITE_OK;
}

/* SQLITE_LOCKED is "database table is locked": SQLite takes no message from here. */
static int resource_destroy(sqlite3_vtab *vtab) {
    return resource_write_may_drop((const resource_table *)vtab) ? resource_disconnect(vtab) : SQLITE_LOCKED;
}

/* ---- planning ---- */

static bool resource_in_is_whole(sqlite3_index_info *info, int term) {
#if SQLITE_VERSION_NUMBER >= 3038000
    return sqlite3_libversion_number() >= 3038000 && sqlite3_vtab_in(info, term, -1);
#else
    (void)info;
    (void)term;
    return false;
#endif
}

static plan_comparison resource_comparison(unsigned char op) {
    switch (op) {
    case SQLITE_INDEX_CONSTRAINT_EQ:
        return TERM_EQUAL;
    case SQLITE_INDEX_CONSTRAINT_IS:
        return TERM_IS;
    case SQLITE_INDEX_CONSTRAINT_GT:
        return TERM_GREATER;
    case SQLITE_INDEX_CONSTRAINT_GE:
        return TERM_GREATER_EQUAL;
    case SQLITE_INDEX_CONSTRAINT_LT:
        return TERM_LESS;
    case SQLITE_INDEX_CONSTRAINT_LE:
        return TERM_LESS_EQUAL;
#if SQLITE_VERSION_NUMBER >= 3038000
    case SQLITE_INDEX_CONSTRAINT_LIMIT:
        return TERM_LIMIT;
    case SQLITE_INDEX_CONSTRAINT_OFFSET:
        return TERM_OFFSET;
#endif
    default:
        return TERM_OTHER;
    }
}

/* The plan knows path by one number only, and nothing of the column behind its names. */
static int resource_plan_column(const catalog_resource *resource, int column) {
    if (column == resource_vtab_shown_column(resource)) {
        return RESOURCE_NO_COLUMN;
    }
    return column > (int)resource->column_count ? (int)resource->column_count : column;
}

static void resource_read_terms(const catalog_resource *resource, sqlite3_index_info *info, plan_term *terms) {
    for (int i = 0; i < info->nConstraint; i++) {
        plan_comparison comparison = resource_comparison(info->aConstraint[i].op);
        bool counted = comparison == TERM_LIMIT || comparison == TERM_OFFSET;
        const char *collation = counted ? NULL : sqlite3_vtab_collation(info, i);
        terms[i].column = counted ? -1 : resource_plan_column(resource, info->aConstraint[i].iColumn);
        terms[i].comparison = comparison;
        terms[i].usable = info->aConstraint[i].usable != 0;
        terms[i].binary = collation && sqlite3_stricmp(collation, "BINARY") == 0;
        terms[i].in = comparison == TERM_EQUAL && resource_in_is_whole(info, i);
    }
}

static void resource_read_order(const catalog_resource *resource, const sqlite3_index_info *info, plan_order *order) {
    for (int i = 0; i < info->nOrderBy; i++) {
        order[i].column = resource_plan_column(resource, info->aOrderBy[i].iColumn);
        order[i].descending = info->aOrderBy[i].desc != 0;
    }
}

/*
** Does the statement use a column that lists hide, or one that stands in a part of its row? A used column beyond the 63rd
** shares the last bit.
*/
static bool resource_needs_hidden(const resource_table *table, sqlite3_uint64 used) {
    for (size_t i = 0; i < table->resource->column_count; i++) {
        const catalog_column *column = &table->resource->columns[i];
        bool asked = (used >> (i < 63 ? i : 63) & 1u) != 0;
        unsigned version = resource_vtab_version(table);
        bool elsewhere = (column->flags & COLUMN_LIST_HIDES) || catalog_part(table->resource, column->name, version);
        if (asked && elsewhere && (column->versions & version)) {
            return true;
        }
    }
    return false;
}

/*
** The columns that a statement may ask for, by what SQLite says and by what it hands over, and those that tell how long other lists
** are. Bit 63 stands for that
** column and all behind it; what stands behind the resource's own are address and what was shown, which may be any.
*/
static void resource_note_needed(const resource_table *table, const sqlite3_index_info *info) {
    uint64_t needed = info->colUsed | catalog_counts(table->resource);
    int shown = resource_vtab_shown_column(table->resource);
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        needed |= column >= 0 ? UINT64_C(1) << (column < 63 ? column : 63) : 0;
    }
    bool any = (needed >> (shown < 63 ? shown : 63) & 1) != 0;
    reading_need(table->shared, table->resource, any ? UINT64_MAX : needed);
    for (const catalog_resource *above = table->resource->parent; above; above = above->parent) {
        reading_need(table->shared, above, catalog_counts(above)); /* it may be listed on the way */
    }
}

/* The plan's text is for people. Behind its end, where only we look: SQLite hands xFilter the very text that it was given. */
typedef struct resource_appendix {
    int64_t statement;          /* that it was made for */
    bool hidden;                /* the statement uses a column that lists hide */
    bool confirm;               /* SQLite may not check the plan's equalities */
    scan_omitted_terms omitted; /* that it leaves to us */
    first_page_said said;
    uint64_t compared; /* see lacking.h */
    bool checked;      /* SQLite checks terms of which neither the plan nor a hint tells */
    size_t hint_count; /* arguments after those of the slots */
    hint_term hints[HINT_MAX];
    row_value_doubts doubts;
} resource_appendix;

static void resource_append(buffer *text, const resource_appendix *appendix) {
    buffer_append(text, "", 1);
    buffer_append(text, appendix, sizeof *appendix);
}

static void resource_read_appendix(const char *text, resource_appendix *appendix) {
    memcpy(appendix, text + strlen(text) + 1, sizeof *appendix);
}

/*
** An equality that the server does not see to, but by which rows are found when the statement comes back to the list (recall.h).
** Of an IN list each value would be a scan of its own; before 3.38 what is one does not show.
*/
static bool resource_is_equality(sqlite3_index_info *info, const plan_question *question, int term) {
    return question->terms[term].comparison == TERM_EQUAL && !question->terms[term].in &&
           sqlite3_libversion_number() >= RESOURCE_TELLS_IN && term < RESOURCE_IN_TERMS &&
           !(question->without & WITHOUT_RECALL) && info->aConstraint[term].usable;
}

/*
** Terms that the server does not see to, but that tell which rows' hidden values will be wanted, or in which rows of a list that
** has been read to look. Returns whether there is one of the latter.
*/
static bool resource_choose_hints(sqlite3_index_info *info, const plan_question *question, const plan *made, int next,
                                  resource_appendix *appendix) {
    bool equality = false, listed = !plan_given(made, SLOT_PATH) && !plan_looks_up_key(question, made);
    for (int i = 0; i < info->nConstraint && appendix->hint_count < HINT_MAX; i++) {
        int column = info->aConstraint[i].iColumn, comparison = info->aConstraint[i].op;
        bool pattern = comparison == SQLITE_INDEX_CONSTRAINT_LIKE || comparison == SQLITE_INDEX_CONSTRAINT_GLOB;
        bool looked_up = listed && resource_is_equality(info, question, i);
        bool hidden = question->needs_hidden && resource_loop_is_one_value(info, i);
        if (info->aConstraint[i].usable && info->aConstraintUsage[i].argvIndex == 0 && (looked_up || hidden) &&
            (pattern || question->terms[i].binary) && hints_can_use(question->resource, column, comparison)) {
            info->aConstraintUsage[i].argvIndex = next++;
            appendix->hints[appendix->hint_count++] = (hint_term){(unsigned char)column, (unsigned char)comparison};
            equality = equality || looked_up;
        }
        appendix->checked |= info->aConstraint[i].usable && info->aConstraintUsage[i].argvIndex == 0;
    }
    return equality;
}

/*
** Before 3.38 SQLite checks no more what a row-value IN says where the plan takes all of it: see scan_confirm.h. Where the plan
** takes a part of it, the whole is checked of each row; but a row that is given for more values than its own comes more than once.
** Where a comparison's collation gets lost, SQLite does check, and rows may be given too many.
*/
static bool resource_must_confirm(const plan *made) {
    bool equality = false;
    for (int slot = 0; slot <= SLOT_EQUAL; slot++) {
        equality = equality || plan_given(made, slot);
    }
    return sqlite3_libversion_number() < RESOURCE_TELLS_IN && equality && !made->loses_rows;
}

/*
** Where an equality that the server does not see to finds rows of a list that the statement comes back to, the requests are the
** same, so little is saved; but SQLite hands over the value only where the plan that takes it is the cheaper one (it rounds to some
** 7 %), and is told that three of four rows are passed over, about what it thinks of an equality of which it knows nothing.
*/
static void resource_tell_cost(sqlite3_index_info *info, const plan *made, bool looked_up) {
    double rows = looked_up ? made->rows / 4 : made->rows;
    info->estimatedCost = looked_up ? made->cost * 0.9 : made->cost;
    info->estimatedRows = rows < 1 ? 1 : (sqlite3_int64)rows;
}

/* Which terms SQLite need not check, nor read their columns for, since no row is given that does not meet them. */
static void resource_choose_omitted(sqlite3_index_info *info, const plan_question *question, const plan *made,
                                    scan_omitted_terms *omitted) {
    bool may = sqlite3_libversion_number() >= RESOURCE_OMITS && !(question->without & WITHOUT_OMIT);
    for (int slot = 0; slot < SLOT_COUNT && may; slot++) {
        if (scan_omitted_can(question, made, slot)) {
            struct sqlite3_index_constraint_usage *usage = &info->aConstraintUsage[made->argument[slot]];
            usage->omit = 1;
            scan_omitted_add(omitted, question->resource, slot, usage->argvIndex - 1);
        }
    }
}

/* Writes the plan back. Arguments stand in the order of the slots. */
static int resource_answer(sqlite3_index_info *info, const plan_question *question, const plan *made,
                           int64_t statement) {
    int next = 1;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        int term = made->argument[slot];
        if (term >= 0) {
            info->aConstraintUsage[term].argvIndex = next++;
#if SQLITE_VERSION_NUMBER >= 3038000
            if (made->in[slot]) {
                sqlite3_vtab_in(info, term, 1);
            }
#endif
        }
    }
    resource_appendix appendix;
    memset(&appendix, 0, sizeof appendix);
    appendix.statement = statement;
    appendix.hidden = question->needs_hidden;
    appendix.confirm = resource_must_confirm(made);
    resource_choose_omitted(info, question, made, &appendix.omitted);
    appendix.said = first_page_hear(question, made, info->colUsed);
    appendix.compared = lacking_compared(question->resource, info);
    bool looked_up = resource_choose_hints(info, question, made, next, &appendix);
    appendix.doubts = row_value_doubt(question, info);
    buffer text;
    buffer_init(&text, 10000);
    plan_text_describe(question, made, &text);
    resource_append(&text, &appendix);
    info->idxNum = (int)made->number;
    info->idxStr = buffer_take(&text);
    info->needToFreeIdxStr = 1;
    info->orderByConsumed = made->ordered || made->unique; /* one row is in any order */
    resource_tell_cost(info, made, looked_up);
    info->idxFlags = made->unique ? SQLITE_INDEX_SCAN_UNIQUE : 0;
    return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

static int resource_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    resource_table *table = (resource_table *)vtab;
    /* One element more each, since an allocation of 0 bytes gives NULL. */
    plan_term *terms = sqlite3_malloc64(((size_t)info->nConstraint + 1) * sizeof *terms);
    plan_order *order = sqlite3_malloc64(((size_t)info->nOrderBy + 1) * sizeof *order);
    int rc = SQLITE_NOMEM;
    resource_note_needed(table, info);
    if (terms && order) {
        plan made;
        resource_read_terms(table->resource, info, terms);
        resource_read_order(table->resource, info, order);
        plan_question question = {.resource = table->resource,
                                  .version = resource_vtab_version(table),
                                  .one_service = resource_vtab_service(table) != NULL,
                                  .terms = terms,
                                  .term_count = (size_t)info->nConstraint,
                                  .order_by = order,
                                  .order_count = (size_t)info->nOrderBy,
                                  .needs_hidden = resource_needs_hidden(table, info->colUsed),
                                  .loses_collation = sqlite3_libversion_number() < RESOURCE_KEEPS_COLLATION,
                                  .without = settings_without(&table->shared->settings)};
        plan_make(&question, &made);
        reading *root = reading_of(table->shared->root);
        int64_t number = statement_being_prepared(&root->prepared, table->shared->db);
        loops_table loop = {.statement = number,
                            .table = table,
                            .account = table->shared,
                            .resource = table->resource,
                            .version = question.version};
        resource_loop_note(&root->loops, &loop, info, &made, question.one_service);
        rc = resource_answer(info, &question, &made, number);
    }
    sqlite3_free(terms);
    sqlite3_free(order);
    return rc;
}

/* ---- reading ---- */

static int resource_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **cursor) {
    resource_table *table = (resource_table *)vtab;
    error problem = {0};
    write_failed_look(&writing_of(table->shared)->failed, table->shared->db);
    foreign_refuse(table->shared->db, table->name, &problem);
    if (error_is_set(&problem)) {
        return error_report(&problem, &vtab->zErrMsg);
    }
    resource_cursor *opened = sqlite3_malloc64(sizeof *opened);
    if (!opened) {
        return SQLITE_NOMEM;
    }
    memset(opened, 0, sizeof *opened);
    look_cursor_open(table->shared, &opened->looking);
    statement_runs(&reading_of(table->shared->root)->prepared);
    *cursor = &opened->base;
    return SQLITE_OK;
}

static int resource_close(sqlite3_vtab_cursor *cursor) {
    resource_cursor *closed = (resource_cursor *)cursor;
    scan_close(closed->rows);
    look_cursor_close(((resource_table *)cursor->pVtab)->shared, &closed->looking);
    sqlite3_free(closed);
    return SQLITE_OK;
}

static int resource_next(sqlite3_vtab_cursor *cursor) {
    resource_cursor *reader = (resource_cursor *)cursor;
    error problem = {0};
    reader->at_row = scan_next(reader->rows, &problem);
    return error_report(&problem, &cursor->pVtab->zErrMsg);
}

static int resource_filter(sqlite3_vtab_cursor *cursor, int number, const char *text, int argc, sqlite3_value **argv) {
    resource_cursor *reader = (resource_cursor *)cursor;
    resource_table *table = (resource_table *)cursor->pVtab;
    const table_options *own = &table->options;
    error problem = {0};
    writing_of(table->shared)->reads++;
    scan_close(reader->rows);
    reader->rows = NULL;
    reader->at_row = false;
    resource_appendix appendix;
    resource_read_appendix(text, &appendix);
    if (look_cursor_begin(table->shared, &reader->looking, (statement_name){argv, appendix.statement}) != SQLITE_OK) {
        return SQLITE_NOMEM;
    }
    look *view = reader->looking.view;
    scan_source source = {.resource = table->resource,
                          .version = resource_vtab_version_or(table, look_version(view)),
                          .service_sid = own->service_sid ? own->service_sid : look_service(view),
                          .page_size = settings_integer(&table->shared->settings, SETTING_PAGE_SIZE),
                          .loop = text,
                          .statement = appendix.statement,
                          .said = appendix.said,
                          .hidden = appendix.hidden,
                          .confirm = appendix.confirm,
                          .omitted = &appendix.omitted,
                          .checked = appendix.checked,
                          .hints = appendix.hints,
                          .hint_count = appendix.hint_count};
    resource_vtab_check_version(table, source.version, &problem);
    resource_vtab_prepare(table, &problem);
    row_value_refuse(table->shared->db, table->resource, &appendix.doubts, argv, &reader->statement, &problem);
    if (!error_is_set(&problem)) {
        lacking_tell(table, source.version, appendix.compared);
        reader->rows = scan_open(view, &source, (unsigned)number, argc, argv, &problem);
    }
    return error_is_set(&problem) ? error_report(&problem, &cursor->pVtab->zErrMsg) : resource_next(cursor);
}

static int resource_eof(sqlite3_vtab_cursor *cursor) {
    return !((const resource_cursor *)cursor)->at_row;
}

/*
** Is it an UPDATE that reads the column which brings what was shown? SQLite says so by calling it unchanged; before 3.44
** not in an UPDATE ... FROM, where nothing but the transaction tells it from a SELECT.
*/
static bool resource_wants_shown(const resource_table *table, sqlite3_context *context) {
    return sqlite3_vtab_nochange(context) ||
           (table->in_transaction && sqlite3_libversion_number() < RESOURCE_TELLS_ALWAYS);
}

static int resource_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column) {
    resource_cursor *reader = (resource_cursor *)cursor;
    const resource_table *table = (const resource_table *)cursor->pVtab;
    error problem = {0};
    if (column == resource_vtab_shown_column(table->resource)) {
        if (resource_wants_shown(table, context)) {
            scan_shown(reader->rows, context, &problem);
        }
    } else if (sqlite3_vtab_nochange(context)) {
        scan_leave_alone(reader->rows, column); /* an UPDATE does not touch it: its value is not worth a request */
    } else {
        scan_column(reader->rows, context, column, &problem);
    }
    return error_report(&problem, &cursor->pVtab->zErrMsg);
}

/*
** There are no rowids in a WITHOUT ROWID table. But where SQLite is built to have UPDATE and DELETE with LIMIT, it makes
** "rowid IN (SELECT rowid ... LIMIT n)" of the clause before it has connected the table (it is new from a file, or the
** schema was read anew), hence before it knows what the table is declared to be. A number that counts one cursor's rows
** would then name other rows of another cursor. The table is connected now: SQLITE_SCHEMA has it prepare the statement
** anew, by the key.
*/
static int resource_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid) {
    (void)cursor;
    (void)rowid;
    return SQLITE_SCHEMA;
}

static const sqlite3_module module_methods = {
    .iVersion = 2,
    .xCreate = resource_connect, /* the same as xConnect: eponymous and creatable */
    .xConnect = resource_connect,
    .xBestIndex = resource_best_index,
    .xDisconnect = resource_disconnect,
    .xDestroy = resource_destroy,
    .xOpen = resource_open,
    .xClose = resource_close,
    .xFilter = resource_filter,
    .xNext = resource_next,
    .xEof = resource_eof,
    .xColumn = resource_column,
    .xRowid = resource_rowid,
    .xUpdate = resource_write_update,
    .xBegin = resource_write_begin,
    .xSync = resource_write_sync,
    .xCommit = resource_write_commit,
    .xRollback = resource_write_rollback,
    .xSavepoint = resource_write_savepoint,
    .xRelease = resource_write_release,
    .xRollbackTo = resource_write_rollback_to,
};

static void resource_module_free(void *context) {
    resource_module *module = context;
    connection_release(module->shared);
    sqlite3_free(module);
}

int resource_table_register(connection *shared) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    int rc = reading_attach(shared);
    rc = rc == SQLITE_OK ? writing_attach(shared) : rc;
    for (size_t i = 0; i < count && rc == SQLITE_OK; i++) {
        resource_module *module = sqlite3_malloc64(sizeof *module);
        if (!module) {
            return SQLITE_NOMEM;
        }
        module->shared = connection_retain(shared);
        module->resource = resources[i];
        /* On failure SQLite calls the destructor itself. */
        rc = sqlite3_create_module_v2(shared->db, resources[i]->name, &module_methods, module, resource_module_free);
    }
    return rc;
}
