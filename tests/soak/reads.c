/* Steps that read: see steps.h. */
#include "asked.h"
#include "steps.h"

#include <stdio.h>

enum { READS_AT_ONCE = 3, READS_PATIENCE = 10 }; /* seconds from an interrupt to the end: more is a hang */

/* After a failure the same query must be answered, once the server is well. */
static void reads_again(soak *s, connection *c, uint64_t number) {
    static const weather good = {.max_retries = 2};
    asked a;
    weather_apply(&good, c);
    if (asked_make_numbered(s, &a, c, number)) {
        asked_run(s, &a, (excuse){0});
    }
}

void reads_query(soak *s) {
    asked a;
    connection *c = soak_connection(s);
    if (!asked_make(s, &a, c, 0)) {
        return;
    }
    uint64_t number = a.number;
    weather w = weather_begin(s);
    weather_apply(&w, c);
    bool whole = asked_run(s, &a, (excuse){.weather = &w});
    weather_end(s);
    if (!whole) {
        reads_again(s, c, number);
    }
}

void reads_abandoned(soak *s) {
    asked a;
    connection *c = soak_connection(s);
    if (!asked_make(s, &a, c, 3)) {
        return;
    }
    weather w = weather_begin(s);
    weather_apply(&w, c);
    asked_begin(&a, true);
    asked_step(&a, 1 + (size_t)random_below(&s->random, random_chance(&s->random, 70) ? 4 : 60));
    asked_end(&a);
    asked_judge(s, &a, (excuse){.weather = &w});
    weather_end(s);
}

/* One statement stepped to its end or not, reset, and stepped again: each time it looks anew. */
void reads_repeated(soak *s) {
    asked a;
    connection *c = soak_connection(s);
    if (!asked_make(s, &a, c, 3)) {
        return;
    }
    weather w = weather_begin(s);
    weather_apply(&w, c);
    asked_begin(&a, true);
    for (int i = 1 + random_below(&s->random, 3); i > 0; i--) {
        asked_step(&a, random_chance(&s->random, 50) ? 0 : 1 + (size_t)random_below(&s->random, 5));
        asked_restart(s, &a, (excuse){.weather = &w});
    }
    asked_step(&a, 0);
    asked_end(&a);
    asked_judge(s, &a, (excuse){.weather = &w});
    weather_end(s);
}

/* ---- several at a time ---- */

/* Settings may change while statements are open: what they ask for next changes, never the answer. */
static void reads_disturb(soak *s, const connection *c) {
    static const char *const changes[][2] = {{"page_size", "2"},       {"page_size", NULL},    {"max_concurrency", "1"},
                                             {"max_concurrency", "8"}, {"request_log", "100"}, {"memory_limit_mb", "1"},
                                             {"without", "ahead"},     {"without", NULL}};
    int chosen = random_below(&s->random, (int)(sizeof changes / sizeof changes[0]));
    service_set(c->db, changes[chosen][0], changes[chosen][1]);
}

/* Takes turns until all are over, or one of them is left alone. */
static void reads_take_turns(soak *s, asked *list, int count) {
    bool open[READS_AT_ONCE] = {true, true, true};
    for (int left = count; left > 0;) {
        int i = random_below(&s->random, count);
        if (!open[i]) {
            continue;
        }
        open[i] = asked_step(&list[i], 1 + (size_t)random_below(&s->random, 6)) && !random_chance(&s->random, 3);
        left -= !open[i];
        if (random_chance(&s->random, 4)) {
            reads_disturb(s, list[i].connection);
        }
    }
}

void reads_interleaved(soak *s) {
    asked list[READS_AT_ONCE];
    int wanted = 2 + random_below(&s->random, READS_AT_ONCE - 1), count = 0;
    bool together = random_chance(&s->random, 60);
    connection *c = soak_connection(s);
    while (count < wanted && asked_make(s, &list[count], together ? c : soak_connection(s), 3)) {
        count++;
    }
    weather w = weather_begin(s);
    for (int i = 0; i < count; i++) {
        weather_apply(&w, list[i].connection);
        asked_begin(&list[i], false);
    }
    reads_take_turns(s, list, count);
    for (int i = 0; i < count; i++) {
        asked_end(&list[i]);
        asked_judge(s, &list[i], (excuse){.weather = &w});
    }
    weather_end(s);
    for (int i = 0; i < count; i++) {
        soak_defaults(s, list[i].connection);
    }
}

/* ---- interrupted ---- */

static int reads_count_down(void *context) {
    int *left = context;
    return --*left == 0;
}

/* By the host's progress handler, after so many calls. */
static void reads_stop_by_progress(soak *s, asked *a) {
    int left = 1 + random_below(&s->random, 20);
    sqlite3_progress_handler(a->connection->db, 1 + random_below(&s->random, 400), reads_count_down, &left);
    asked_begin(a, true);
    asked_step(a, 0);
    sqlite3_progress_handler(a->connection->db, 0, NULL, NULL);
}

/* By another thread, some time after it began. */
static void reads_stop_by_thread(soak *s, asked *a) {
    interrupter_arm(&s->interrupter, a->connection->db, random_below(&s->random, 60000));
    asked_begin(a, true);
    asked_step(a, 0);
    double seconds = interrupter_disarm(&s->interrupter);
    if (a->reader.rc == SQLITE_INTERRUPT && seconds > s->totals.longest_end) {
        s->totals.longest_end = seconds;
    }
    if (seconds > (double)READS_PATIENCE) {
        soak_complain(s, "it ended %.1f seconds after the interrupt", seconds);
    }
}

void reads_interrupted(soak *s) {
    asked a;
    connection *c = soak_connection(s);
    if (!asked_make(s, &a, c, 3)) {
        return;
    }
    uint64_t number = a.number;
    weather w = weather_begin(s);
    weather_apply(&w, c);
    service_control(&s->service, "latency?ms=%d", 1 + random_below(&s->random, 15));
    (random_chance(&s->random, 50) ? reads_stop_by_thread : reads_stop_by_progress)(s, &a);
    asked_end(&a);
    bool whole = asked_judge(s, &a, (excuse){.weather = &w, .interrupted = true});
    weather_end(s);
    if (!whole) {
        reads_again(s, c, number);
    }
}
