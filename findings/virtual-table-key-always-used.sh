#!/usr/bin/env bash
# SQLite tells a virtual table WITHOUT ROWID that each query uses its key, even one that counts rows.
#
# Expected: colUsed in sqlite3_index_info has a bit for each column that the statement may need: for SELECT text the one
#   of text, for SELECT count(*) none. So it was, and so it is with a table that has row ids.
# Happens: with PRIMARY KEY and WITHOUT ROWID in the declared table the bit of the key is always there. xColumn is never
#   called for it.
# Seen: SQLite 3.54.1, from the npm package better-sqlite3 13.2.0. Without the bit: 3.40.1 (Debian 12).
# Why it matters: a module that fetches what it is asked for sees by colUsed what it can do without. Where the key costs
#   a request, or a count can be had without any row, a newer SQLite makes it fetch, and no result shows it.
#
# Needs apt-get with its lists, npm, a C compiler. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
fail() { echo "changed: $*" >&2; exit 1; }

apt-get -qq -o APT::Sandbox::User=root download libsqlite3-0=3.40.1-2+deb12u2 libsqlite3-dev=3.40.1-2+deb12u2
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
older=$(dirname "$(find "$temp/debian" -name libsqlite3.so.0)")
npm pack --silent better-sqlite3@13.2.0 >npm.log
tar -xzf better-sqlite3-13.2.0.tgz
newer=package/deps/sqlite3
[ -e "$newer/sqlite3.c" ] || newer=$(dirname "$(find "$temp/package" -name sqlite3.c)")

cat >try.c <<'EOF'
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* A table of three rows and the columns id, text and author: what it is told, and what it is asked for. */
static unsigned long long told;
static int asked[3];

typedef struct {
    sqlite3_vtab_cursor base;
    int row;
} cursor;

static int connect(sqlite3 *db, void *declared, int count, const char *const *words, sqlite3_vtab **made, char **why) {
    *made = calloc(1, sizeof **made);
    return *made ? sqlite3_declare_vtab(db, declared) : SQLITE_NOMEM;
}

static int disconnect(sqlite3_vtab *table) {
    free(table);
    return SQLITE_OK;
}

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    told = info->colUsed;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **made) {
    *made = calloc(1, sizeof(cursor));
    return *made ? SQLITE_OK : SQLITE_NOMEM;
}

static int close_cursor(sqlite3_vtab_cursor *c) {
    free(c);
    return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *c, int number, const char *text, int count, sqlite3_value **values) {
    ((cursor *)c)->row = 0;
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *c) {
    ((cursor *)c)->row++;
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *c) {
    return ((cursor *)c)->row == 3;
}

static int column(sqlite3_vtab_cursor *c, sqlite3_context *result, int number) {
    asked[number]++;
    sqlite3_result_int(result, ((cursor *)c)->row);
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *c, sqlite3_int64 *id) {
    *id = ((cursor *)c)->row;
    return SQLITE_OK;
}

static void run(sqlite3 *db, const char *query) {
    told = 0;
    asked[0] = 0;
    sqlite3_exec(db, query, NULL, NULL, NULL);
    printf(" %llu/%d", told, asked[0]);
}

int main(void) {
    static const sqlite3_module module = {.xConnect = connect,
                                          .xBestIndex = best_index,
                                          .xDisconnect = disconnect,
                                          .xOpen = open_cursor,
                                          .xClose = close_cursor,
                                          .xFilter = filter,
                                          .xNext = next,
                                          .xEof = at_end,
                                          .xColumn = column,
                                          .xRowid = row_id};
    sqlite3 *db;
    if (sqlite3_open(":memory:", &db) ||
        sqlite3_create_module(db, "numbered", &module, "CREATE TABLE t(id, text, author)") ||
        sqlite3_create_module(db, "keyed", &module, "CREATE TABLE t(id PRIMARY KEY, text, author) WITHOUT ROWID")) {
        return 2;
    }
    printf("%s with row ids", sqlite3_libversion());
    run(db, "SELECT text FROM numbered");
    run(db, "SELECT count(*) FROM numbered");
    printf(", without");
    run(db, "SELECT text FROM keyed");
    run(db, "SELECT count(*) FROM keyed");
    puts("");
    return sqlite3_close(db);
}
EOF
cc -o older -I"$temp/debian/usr/include" try.c "$older/libsqlite3.so.0"
cc -w -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -o newer -I"$newer" try.c "$newer/sqlite3.c" -lm
expect() { # expect SEEN WANTED
    [ "$1" = "$2" ] || fail "$1"
    echo "ok: colUsed/reads of the key, for a text and for a count: $1"
}
expect "$(LD_LIBRARY_PATH=$older ./older)" "3.40.1 with row ids 2/0 0/0, without 2/0 0/0"
expect "$(./newer)" "3.54.1 with row ids 2/0 0/0, without 3/0 1/0"
