/* What to do while a server fails whatever it is asked; see circuit.h. */
#include "rest/circuit.h"

bool circuit_is_news(const circuit *state, int64_t number) {
    return !state->open || number > state->number;
}

void circuit_fail(circuit *state, int64_t begun, int64_t probe_ms) {
    state->open = true;
    state->number = begun;
    state->probe_ms = probe_ms;
}

void circuit_succeed(circuit *state) {
    state->open = false;
}

bool circuit_allows(const circuit *state, int64_t now_ms, int running) {
    return !state->open || (running == 0 && now_ms >= state->probe_ms);
}
