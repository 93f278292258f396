/* Running the SQL of a transaction: see change_play.h. */
#include "change_play.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void play_complain(change_play *p, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    printf("# %s, writes %llu: %s\n", p->c->label, (unsigned long long)p->number, text);
    sqlite3_free(text);
    p->wrong++;
}

answer play_model(change_play *p, char *sql) {
    answer a = answer_run(p->c->reference, sql, NULL, 0, 0);
    if (a.error != NULL) {
        play_complain(p, "the model: %s: %s", sql, a.error);
        p->failed = true;
    }
    sqlite3_free(sql);
    return a;
}

void play_model_run(change_play *p, char *sql) {
    answer a = play_model(p, sql);
    answer_clear(&a);
}

sqlite3_int64 play_model_number(change_play *p, char *sql) {
    answer a = play_model(p, sql);
    sqlite3_int64 number = a.row_count > 0 ? answer_cell(&a, 0, 0)->integer : 0;
    answer_clear(&a);
    return number;
}

bool play_subject_as(change_play *p, const char *sql, play_expectation expected) {
    static const char *const refusals[] = {[PLAY_IS_DONE] = NULL,
                                           [PLAY_MAY_READ_WHAT_IS_NO_MORE] = "reads what the service still has",
                                           [PLAY_WOULD_END_LATE] = "use BEGIN and COMMIT",
                                           [PLAY_IN_PROGRESS] = "SQL statements in progress"};
    bool must = expected == PLAY_WOULD_END_LATE || expected == PLAY_IN_PROGRESS;
    char *message = NULL;
    sqlite3_str_appendf(p->log, "#   %s;\n", sql);
    bool done = sqlite3_exec(p->c->subject, sql, NULL, NULL, &message) == SQLITE_OK;
    const char *said = message == NULL ? "" : message;
    if (!done && expected != PLAY_IS_DONE && strstr(said, refusals[expected]) != NULL) {
        sqlite3_str_appendf(p->log, "#     -- %s\n", said);
        p->result->refused++;
    } else if (!done || must) {
        play_complain(p, "%s: %s", sql, done ? "is not refused" : said);
        p->failed = true;
    }
    sqlite3_free(message);
    return done;
}

bool play_subject(change_play *p, const char *sql) {
    return play_subject_as(p, sql, PLAY_IS_DONE);
}

void play_both(change_play *p, const char *sql) {
    if (play_subject(p, sql)) {
        play_model_run(p, sqlite3_mprintf("%s", sql));
    }
}

void play_tag(change_play *p, char *tag, size_t size) {
    snprintf(tag, size, "w%llux%d", (unsigned long long)p->number, ++p->tags);
}
