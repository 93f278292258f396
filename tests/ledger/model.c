/* What a transaction must have queued: see model.h. */
#include "model.h"

#include "differential/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void model_add(model *m, const char *mark) {
    m->calls = memory_resize(m->calls, (size_t)m->count + 1, sizeof *m->calls);
    model_call *added = &m->calls[m->count++];
    snprintf(added->mark, sizeof added->mark, "%s", mark);
    added->alive = true;
}

void model_roll_back(model *m, int from) {
    for (int i = from; i < m->count; i++) {
        m->calls[i].alive = false;
    }
}

int model_alive(const model *m) {
    int alive = 0;
    for (int i = 0; i < m->count; i++) {
        alive += m->calls[i].alive;
    }
    return alive;
}

void model_savepoint(model *m) {
    m->savepoints[m->depth++] = m->count;
}

void model_rollback_to(model *m, int level) {
    model_roll_back(m, m->savepoints[level]);
    m->depth = level + 1;
}

void model_release(model *m, int level) {
    m->depth = level;
}

void model_drop_table(model *m) {
    m->ended = model_alive(m) == 0 ? m->count : 0;
}

void model_settle(model *m, int there) {
    if (m->ended > 0 && there == m->count - m->ended) {
        m->count -= m->ended;
        memmove(m->calls, m->calls + m->ended, (size_t)m->count * sizeof *m->calls);
    }
    m->ended = 0;
}

int model_compare(const model *m, const journal *j) {
    int wrong = 0;
    if (j->count != m->count) {
        printf("# %d calls should have been queued, chat_writes has %d\n", m->count, j->count);
        return 1;
    }
    for (int i = 0; i < m->count; i++) {
        const journal_row *row = &j->rows[i];
        const model_call *call = &m->calls[i];
        bool found =
            strstr(row->path, call->mark) != NULL || (row->body != NULL && strstr(row->body, call->mark) != NULL);
        if (!found || call->alive == (row->state == JOURNAL_ROLLED_BACK)) {
            printf("# call %d should be %s%s; chat_writes: %lld %s %s %s [%.80s]\n", i + 1, call->mark,
                   call->alive ? "" : ", rolled back", row->seq, journal_state_text(row->state), row->method, row->path,
                   row->body == NULL ? "" : row->body);
            wrong++;
        }
    }
    return wrong;
}

void model_free(model *m) {
    free(m->calls);
    *m = (model){0};
}
