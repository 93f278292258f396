/*
** The life of connections: loaded and closed a thousand times, closed in mid-scan, forked, in threads, nested, beside others.
**
**     build/memory-life [--extension FILE] [--emulator FILE] [PART]      PART: loads, ends, nested, beside, forks, threads
**
** Output: TAP.
*/
#include "memory/life.h"

#include <curl/curl.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differential/tap.h"

void life_expect(life_check *check, bool right, const char *format, ...) {
    if (!right) {
        va_list arguments;
        va_start(arguments, format);
        printf("# %s: ", check->name);
        vprintf(format, arguments);
        printf("\n");
        va_end(arguments);
        check->wrong++;
    }
}

void life_end(life_check *check) {
    tap_result(check->wrong == 0, "%s", check->name);
}

sqlite3 *life_connect(service *s) {
    sqlite3 *db = service_connect(s, ":memory:");
    if (!db) {
        printf("Bail out! no connection\n");
        exit(70);
    }
    return db;
}

void life_exec(life_check *check, sqlite3 *db, int expected, const char *sql) {
    int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    life_expect(check, rc == expected, "%.200s: %d, not %d: %s", sql, rc, expected, sqlite3_errmsg(db));
}

sqlite3_stmt *life_prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        printf("Bail out! %s: %s\n", sql, sqlite3_errmsg(db));
        exit(70);
    }
    return statement;
}

sqlite3_int64 life_number(life_check *check, sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = life_prepare(db, sql);
    sqlite3_int64 number = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    int rc = sqlite3_finalize(statement);
    life_expect(check, number >= 0 && rc == SQLITE_OK, "%.200s: %s", sql, sqlite3_errmsg(db));
    return number;
}

int life_rest(life_check *check, sqlite3_stmt *statement) {
    int rows = 0, rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        rows++;
    }
    life_expect(check, rc == SQLITE_DONE, "%.100s: %s", sqlite3_sql(statement),
                sqlite3_errmsg(sqlite3_db_handle(statement)));
    return rc == SQLITE_DONE ? rows : -1;
}

int life_descriptors(void) {
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;
    while (folder && readdir(folder)) {
        count++;
    }
    if (folder) {
        closedir(folder);
    }
    return folder ? count : -1;
}

static const char *emulator = "build/emulator";

const char *life_emulator(void) {
    return emulator;
}

int main(int count, char **arguments) {
    static const struct {
        const char *name;
        void (*run)(service *s);
    } parts[] = {{"loads", life_loads},   {"ends", life_ends},   {"nested", life_nested},
                 {"beside", life_beside}, {"forks", life_forks}, {"threads", life_threads}};
    const char *extension = "build/chat.so", *part = "";
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--extension") == 0 && i + 1 < count) {
            extension = arguments[++i];
        } else if (strcmp(arguments[i], "--emulator") == 0 && i + 1 < count) {
            emulator = arguments[++i];
        } else {
            part = arguments[i];
        }
    }
    service s = {0};
    setvbuf(stdout, NULL, _IOLBF, 0);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (tap_result(service_start(&s, emulator, extension), "the emulator runs")) {
        service_reset(&s); /* opens this program's own connection, which stays */
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            if (strstr(parts[i].name, part)) {
                parts[i].run(&s);
            }
        }
    }
    service_stop(&s);
    curl_global_cleanup();
    return tap_end();
}
