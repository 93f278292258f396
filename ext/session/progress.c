/* The progress line; see progress.h. */
#include "session/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

enum { PROGRESS_AFTER_MS = 2000, PROGRESS_EVERY_MS = 200, PROGRESS_ASK_EVERY_MS = 100 };

void progress_begin(progress *line) {
    if (line->statements++ == 0) {
        line->began_ms = clock_monotonic_ms();
        line->rows = line->requests = line->in_sight = line->asked_ms = 0;
    }
}

void progress_end(progress *line) {
    if (--line->statements == 0 && line->shown_ms) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
        line->shown_ms = 0;
    }
}

void progress_count(progress *line, int64_t rows) {
    line->rows += rows;
    line->requests++;
}

static void progress_write(const progress *line, const progress_state *state, int64_t elapsed_ms) {
    char waiting[80] = "";
    if (state->waiting_ms > 0) {
        snprintf(waiting, sizeof waiting, ", waiting %.1f s for the server's limit", (double)state->waiting_ms / 1000);
    }
    char in_sight[40] = "";
    if (line->in_sight > 0) {
        snprintf(in_sight, sizeof in_sight, ", %lld more in sight", (long long)line->in_sight);
    }
    fprintf(stderr, "\rchat: %lld row%s, %lld request%s done, %d in flight%s, %.0f rows/s, %.0f s%s\033[K",
            (long long)line->rows, line->rows == 1 ? "" : "s", (long long)line->requests,
            line->requests == 1 ? "" : "s", state->running, in_sight, (double)line->rows * 1000 / (double)elapsed_ms,
            (double)elapsed_ms / 1000, waiting);
    fflush(stderr);
}

static bool progress_is_wanted(const char *mode) {
    return mode && (strcmp(mode, "on") == 0 || (strcmp(mode, "auto") == 0 && isatty(STDERR_FILENO)));
}

bool progress_asks(progress *line, const char *mode) {
    int64_t now = progress_is_wanted(mode) ? clock_monotonic_ms() : 0;
    bool asks = now && (!line->asked_ms || now - line->asked_ms >= PROGRESS_ASK_EVERY_MS);
    line->asked_ms = asks ? now : line->asked_ms;
    return asks;
}

void progress_show(progress *line, const char *mode, const progress_state *state) {
    if (line->statements == 0 || !progress_is_wanted(mode)) {
        return;
    }
    int64_t now = clock_monotonic_ms();
    if (now - line->began_ms >= PROGRESS_AFTER_MS && now - line->shown_ms >= PROGRESS_EVERY_MS) {
        line->shown_ms = now;
        progress_write(line, state, now - line->began_ms);
    }
}
