/* How much a server bears; see bearing.h. */
#include "rest/bearing.h"

enum { BEARING_WARY = 16 };

void bearing_widen(bearing *state, int widest) {
    state->width = state->content_width = widest;
}

bool bearing_allows(const bearing *state, int64_t now_ms) {
    return state->running < state->width && circuit_allows(&state->outage, now_ms, state->running);
}

/* Successes after which one request more may run: quickly up to where the server was last content, then warily. */
static int bearing_patience(const bearing *state) {
    return state->width < state->content_width ? state->width : BEARING_WARY * state->width;
}

void bearing_adapt(bearing *state, bool limited, int64_t number, int64_t begun, int widest) {
    if (limited && number > state->narrowed_number) {
        /* Those already under way when it was halved say nothing new. */
        state->content_width = state->width > 1 ? state->width - 1 : 1;
        state->width = state->width > 1 ? state->width / 2 : 1;
        state->narrowed_number = begun;
        state->successes = 0;
    } else if (!limited && state->width < widest && ++state->successes >= bearing_patience(state)) {
        state->width++;
        state->successes = 0;
    }
}
