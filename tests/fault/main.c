/*
** The fault matrix: everything that can go wrong between the extension and a server, one row each (row.h), and a server
** that does it (server.h). Each row runs in a process of its own, several at a time, so that a crash, a hang or too
** much memory is that row's failure. Prints TAP, and with --table the matrix itself.
**
**     fault --extension build/chat.so [--long] [--table] [--only PART-OF-NAME] [--jobs N] [--list]
*/
#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fault/run.h"

enum { MAIN_SECONDS = 600, MAIN_SECONDS_LONG = 900, MAIN_MEMORY_MB = 64, MAIN_JOBS = 6, MAIN_PARTS = 7 };

/* One test: a row or a sweep, and how it went. */
typedef struct test {
    const row *row;
    const sweep *sweep;
    char name[200];
    pid_t process;
    FILE *report;
    bool passed, skipped, done;
    int requests;
    long memory_mb;
    double began, seconds;
} test;

static struct {
    run_options run;
    const char *only;
    bool table, list;
    int jobs;
    test *tests;
    size_t count, space;
    row *anywhere, *everywhere;
} all = {.jobs = MAIN_JOBS};

/* The sanitizer's own memory would be measured. */
#if defined(__SANITIZE_ADDRESS__)
static const bool main_sanitized = true;
#elif defined(__has_feature)
static const bool main_sanitized = __has_feature(address_sanitizer);
#else
static const bool main_sanitized = false;
#endif

static double main_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- what there is ---- */

static void main_add(test added) {
    if (all.only && !strstr(added.name, all.only)) {
        return;
    }
    if (all.count == all.space) {
        all.space = all.space ? all.space * 2 : 256;
        all.tests = realloc(all.tests, all.space * sizeof *all.tests);
        if (!all.tests) {
            abort();
        }
    }
    all.tests[all.count++] = added;
}

static void main_add_sweeps(void) {
    for (size_t i = 0; i < sweep_count; i++) {
        test added = {.sweep = &sweeps[i]};
        snprintf(added.name, sizeof added.name, "%s", sweeps[i].name);
        if (all.run.long_form || !sweeps[i].only_long) {
            main_add(added);
        }
    }
}

static void main_add_rows(const row *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *often = list[i].times == ONCE ? "" : list[i].times == TWICE ? ", twice" : ", for ever";
        test added = {.row = &list[i]};
        snprintf(added.name, sizeof added.name, "%s: %s%s", places[list[i].where].name, list[i].fault, often);
        if (all.run.long_form || !list[i].only_long) {
            main_add(added);
        }
    }
}

static void main_collect(void) {
    static const rows *const parts[MAIN_PARTS] = {&rows_connection, &rows_http,   &rows_status, &rows_retry_after,
                                                  &rows_content,    &rows_paging, &rows_write};
    size_t count;
    main_add_sweeps();
    for (int i = 0; i < MAIN_PARTS; i++) {
        main_add_rows(parts[i]->list, parts[i]->count);
    }
    all.anywhere = rows_anywhere(&count);
    main_add_rows(all.anywhere, count);
    all.everywhere = rows_everywhere(&count);
    main_add_rows(all.everywhere, count);
}

/* ---- running ---- */

static int main_child(const test *ran) {
    return ran->row ? run_row(&all.run, ran->row, ran->report) : run_sweep(&all.run, ran->sweep, ran->report);
}

/* Rows whose fault an older libcurl does not notice; the reason is told instead. */
static bool main_is_skipped(const test *next) {
    return next->row && next->row->curl > (int)curl_version_info(CURLVERSION_NOW)->version_num;
}

static void main_start(test *next) {
    next->report = tmpfile();
    next->began = main_now();
    if (!next->report) {
        perror("tmpfile");
        exit(2);
    }
    fflush(stdout);
    next->process = fork();
    if (next->process == 0) {
        alarm(all.run.long_form ? MAIN_SECONDS_LONG : MAIN_SECONDS); /* its signal ends what hangs */
        int requests = main_child(next);
        fprintf(next->report, "requests %d\n", requests);
        fflush(next->report);
        exit(0);
    }
}

static void main_check_memory(test *ended, const struct rusage *usage) {
    int most = ended->row && ended->row->memory_mb ? ended->row->memory_mb : MAIN_MEMORY_MB;
#ifdef __APPLE__
    ended->memory_mb = usage->ru_maxrss / (1024 * 1024);
#else
    ended->memory_mb = usage->ru_maxrss / 1024;
#endif
    if (ended->memory_mb > most && !main_sanitized) {
        ended->passed = false;
        fprintf(ended->report, "%ld MiB of memory, more than %d\n", ended->memory_mb, most);
    }
}

static void main_finish(test *ended, int status, const struct rusage *usage) {
    char line[1000];
    int complaints = 0;
    rewind(ended->report);
    while (fgets(line, sizeof line, ended->report)) {
        if (sscanf(line, "requests %d", &ended->requests) == 1) {
            continue;
        }
        complaints += strncmp(line, "gave: ", 6) != 0; /* which is no complaint */
    }
    ended->passed = status == 0 && complaints == 0;
    fseek(ended->report, 0, SEEK_END);
    if (WIFSIGNALED(status)) {
        fprintf(ended->report, "ended by signal %d (%s)\n", WTERMSIG(status), strsignal(WTERMSIG(status)));
    } else if (status != 0) {
        fprintf(ended->report, "exit status %d\n", WEXITSTATUS(status));
    }
    main_check_memory(ended, usage);
    fflush(ended->report); /* else every child to come would write it again */
    ended->seconds = main_now() - ended->began;
    ended->done = true;
}

static void main_wait(void) {
    int status;
    struct rusage usage;
    pid_t process = wait4(-1, &status, 0, &usage);
    for (size_t i = 0; i < all.count; i++) {
        if (all.tests[i].process == process && !all.tests[i].done) {
            main_finish(&all.tests[i], status, &usage);
            return;
        }
    }
}

/* ---- telling ---- */

static const char *main_gives(const test *ran) {
    if (!ran->row) {
        return ran->sweep->retries ? "the right answer" : "an error, or the right answer";
    }
    const char *gives = ran->row->gives;
    return strcmp(gives, WHOLE) == 0    ? "the right answer"
           : strcmp(gives, EITHER) == 0 ? "an error, or the right answer"
                                        : gives;
}

static void main_show(size_t number, const test *ran) {
    char line[1000];
    if (ran->skipped) {
        printf("ok %zu - %s # SKIP only a newer libcurl notices it\n", number, ran->name);
        return;
    }
    printf("%sok %zu - %s\n", ran->passed ? "" : "not ", number, ran->name);
    if (all.table) {
        printf("#    must give: %s; requests: %d; %ld MiB; %.2f s\n", main_gives(ran), ran->requests, ran->memory_mb,
               ran->seconds);
    }
    rewind(ran->report);
    while ((all.table || !ran->passed) && fgets(line, sizeof line, ran->report)) {
        if (strncmp(line, "requests ", 9) != 0) {
            printf("#    %s", line);
        }
    }
}

static void main_run(void) {
    size_t next = 0, shown = 0;
    int running = 0;
    while (shown < all.count) {
        for (; running < all.jobs && next < all.count; next++) {
            test *begun = &all.tests[next];
            begun->done = begun->skipped = main_is_skipped(begun);
            if (!begun->skipped) {
                main_start(begun);
                running++;
            }
        }
        if (running > 0) {
            main_wait();
            running--;
        }
        while (shown < next && all.tests[shown].done) {
            main_show(shown + 1, &all.tests[shown]);
            if (all.tests[shown].report) {
                fclose(all.tests[shown].report);
            }
            shown++;
        }
    }
}

static int main_summary(void) {
    size_t failed = 0, requests = 0;
    for (size_t i = 0; i < all.count; i++) {
        failed += !all.tests[i].passed && !all.tests[i].skipped;
        requests += (size_t)all.tests[i].requests;
    }
    printf("# %zu rows, %zu failed; %zu requests or cuts\n", all.count, failed, requests);
    return failed > 0;
}

int main(int count, char **arguments) {
    for (int i = 1; i < count; i++) {
        const char *value = i + 1 < count ? arguments[i + 1] : NULL;
        if (strcmp(arguments[i], "--long") == 0) {
            all.run.long_form = true;
        } else if (strcmp(arguments[i], "--table") == 0) {
            all.table = true;
        } else if (strcmp(arguments[i], "--list") == 0) {
            all.list = true;
        } else if (strcmp(arguments[i], "--only") == 0 && value) {
            all.only = arguments[++i];
        } else if (strcmp(arguments[i], "--jobs") == 0 && value) {
            all.jobs = atoi(arguments[++i]);
        } else if (strcmp(arguments[i], "--extension") == 0 && value) {
            all.run.extension = arguments[++i];
        }
    }
    main_collect();
    for (size_t i = 0; all.list && i < all.count; i++) {
        printf("%s\n", all.tests[i].name);
    }
    if (!all.run.extension || all.list) {
        return all.list ? 0 : 2;
    }
    signal(SIGPIPE, SIG_IGN);
    printf("1..%zu\n", all.count);
    main_run();
    int status = main_summary();
    free(all.tests);
    free(all.anywhere);
    free(all.everywhere);
    return status;
}
