/* Reports: see report.h. */
#include "report.h"

#include <stdio.h>
#include <string.h>

enum { REPORT_TEXT = 3000, REPORT_ROWS = 12 };

/* Prints text as TAP comments: a newline inside it must not start a line without "#". */
static void report_text(const char *title, const char *text) {
    printf("#   %s", title);
    for (int i = 0; i < REPORT_TEXT && text[i] != '\0'; i++) {
        if (text[i] == '\n') {
            fputs("\n# ", stdout);
        } else if (text[i] != '\r') {
            putchar(text[i]);
        }
    }
    printf("%s\n", strlen(text) > REPORT_TEXT ? " ..." : "");
}

static void report_value(const char *title, const value *v) {
    sqlite3_str *out = sqlite3_str_new(NULL);
    value_append_literal(out, v);
    char *text = sqlite3_str_finish(out);
    char *line = sqlite3_mprintf("%.300s", text == NULL ? "" : text);
    report_text(title, line);
    sqlite3_free(line);
    sqlite3_free(text);
}

void report_query(const session *s, const query *q, uint64_t number) {
    printf("# %s, query %llu (%s): --seed %llu --query %llu %s\n", s->label, (unsigned long long)number, q->shape,
           (unsigned long long)s->seed, (unsigned long long)number, s->rerun);
    report_text("", q->sql);
    for (int i = 0; i < q->parameter_count; i++) {
        char title[16];
        snprintf(title, sizeof title, "?%d = ", i + 1);
        report_value(title, &q->parameters[i]);
    }
    if (q->settings != NULL) {
        report_text("", q->settings);
    }
    if (q->beside != 0 || q->moves != MOVES_NOT) {
        printf("#   beside 0x%x (beside.h), moves %d (query.h)\n", q->beside, (int)q->moves);
    }
    if (!q->automatic_index || q->optimizations != 0) {
        printf("#   automatic_index %s, optimizations off 0x%x\n", q->automatic_index ? "on" : "off", q->optimizations);
    }
}

static answer report_explain(const session *s, const query *q) {
    char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", q->sql);
    answer a = answer_run(s->subject, sql, NULL, 0, 0);
    sqlite3_free(sql);
    return a;
}

void report_difference(const session *s, const query *q, uint64_t number, const char *difference) {
    report_query(s, q, number);
    report_text("", difference);
    answer plan = report_explain(s, q);
    for (size_t i = 0; i < plan.row_count; i++) {
        report_text("plan: ", answer_cell(&plan, i, 3)->bytes);
    }
    answer_clear(&plan);
    fflush(stdout);
}

void report_answer(const char *title, const answer *a) {
    printf("# %s: %zu rows%s%s\n", title, a->row_count, a->error == NULL ? "" : ", error ",
           a->error == NULL ? "" : a->error);
    for (size_t row = 0; row < a->row_count && row < REPORT_ROWS; row++) {
        for (int column = 0; column < a->column_count; column++) {
            report_value(column == 0 ? "- " : "  ", answer_cell(a, row, column));
        }
    }
}

void report_requests(const session *s) {
    value last = value_integer(s->last_request);
    answer a = {0};
    if (s->extension) {
        a = answer_run(s->subject, "SELECT method || ' ' || path || ' ' || status FROM chat_requests WHERE id > ?1",
                       &last, 1, 200);
    }
    for (size_t i = 0; i < a.row_count; i++) {
        report_value("request: ", answer_cell(&a, i, 0));
    }
    answer_clear(&a);
}

sqlite3 *report_open_plans(void) {
    sqlite3 *plans = NULL;
    sqlite3_open(":memory:", &plans);
    sqlite3_exec(plans, "CREATE TABLE plan(text TEXT PRIMARY KEY, count INTEGER)", NULL, NULL, NULL);
    return plans;
}

void report_plan(const session *s, const query *q) {
    if (s->plans == NULL) {
        return;
    }
    answer plan = report_explain(s, q);
    for (size_t i = 0; i < plan.row_count; i++) {
        const char *found = strstr(answer_cell(&plan, i, 3)->bytes, "VIRTUAL TABLE INDEX");
        if (found != NULL) {
            const char *rest = strstr(found, "; checked here");
            value text = rest == NULL ? value_word(found) : value_text(found, (size_t)(rest - found));
            answer noted = answer_run(
                s->plans, "INSERT INTO plan VALUES(?1, 1) ON CONFLICT DO UPDATE SET count = count + 1", &text, 1, 0);
            answer_clear(&noted);
            value_clear(&text);
        }
    }
    answer_clear(&plan);
}

void report_plans(sqlite3 *plans, bool listed) {
    answer a = answer_run(plans, "SELECT count || ' ' || text FROM plan ORDER BY count DESC, text", NULL, 0, 0);
    printf("# %zu different plans of virtual tables\n", a.row_count);
    for (size_t i = 0; listed && i < a.row_count; i++) {
        report_text("", answer_cell(&a, i, 0)->bytes);
    }
    answer_clear(&a);
}
