/* The first page of a list: is it to be small? See first_page.h. */
#include "plan/first_page.h"

static uint64_t first_page_bit(int column) {
    return column < 0 ? 0 : UINT64_C(1) << (column < 63 ? column : 63);
}

first_page_said first_page_hear(const plan_question *question, const plan *made, uint64_t used) {
    first_page_said said = {.limited = plan_given(made, SLOT_LIMIT),
                            .ordered = made->ordered,
                            .descending = made->ordered && made->descending};
    for (size_t i = 0; i < question->term_count; i++) {
        const plan_term *term = &question->terms[i];
        bool counted = term->comparison == TERM_LIMIT || term->comparison == TERM_OFFSET;
        if (!counted && plan_uses_term(question, made, i)) {
            used &= ~first_page_bit(term->column);
        } else if (!counted) {
            said.checked = true;
            said.filtered = said.filtered || term->usable;
        }
    }
    /* SQLite has come to count the primary key among them, whatever the statement says (3.54). */
    const catalog_resource *resource = question->resource;
    used &= ~first_page_bit((int)resource->column_count);
    said.bare = used == 0;
    said.only_order = (used & ~first_page_bit(catalog_column_index(resource, resource->order_column))) == 0;
    return said;
}

static const int64_t first_page_sizes[FIRST_PAGE_SIZES] = {10, 40, 160};

/* ---- lists that were left after the same few rows ---- */

/* How many must have been left early: rows that only pass a term which does not show are not left after the same few twice. */
static int64_t first_page_needed(const first_page_past *past, const first_page_said *said) {
    bool plain = past->rows == 1 && (said->ordered || said->bare);
    return past->further > 0 ? FIRST_PAGE_AGAIN * past->further : plain ? 1 : 2;
}

static int64_t first_page_same(const first_page_past *past, const first_page_said *said) {
    return past->early > 0 && past->early >= first_page_needed(past, said) ? past->rows : 0;
}

static void first_page_note_same(first_page_past *past, const first_page_end *end) {
    if (end->to_end && end->rows <= past->rows) {
        return; /* a list that is shorter than what is wanted of it says nothing */
    }
    if (end->to_end || end->rows > FIRST_PAGE_MOST) {
        past->early = past->rows = 0;
        past->further++;
        return;
    }
    past->varied = past->varied || (past->early > 0 && end->rows != past->rows);
    past->rows = end->rows > past->rows ? end->rows : past->rows;
    past->early++;
}

/* ---- lists that were left now here, now there ---- */

/* Lists left within that size, and those that a page of that size would not have been enough for. */
typedef struct first_page_count {
    int64_t good, wrong;
} first_page_count;

static first_page_count first_page_within(const first_page_past *past, int size) {
    first_page_count count = {0, 0};
    for (int i = 0; i < FIRST_PAGE_SIZES + 2; i++) {
        count.good += i <= size ? past->left[i] : 0;
        count.wrong += i <= size ? 0 : past->left[i] + past->ended[i];
    }
    return count;
}

/* What pages of that size would have cost less than full ones, in rows. */
static int64_t first_page_gain(first_page_count count, int64_t size, int64_t full) {
    return count.good * (full - size) - 2 * count.wrong * (FIRST_PAGE_REQUEST + size);
}

static int64_t first_page_best(const first_page_past *past) {
    bool shorter = past->held > 0 && past->held < past->full;
    int64_t held = shorter ? past->held : past->full, best = 0, size = 0;
    for (int i = 0; i < FIRST_PAGE_SIZES; i++) {
        first_page_count count = first_page_within(past, i);
        int64_t gain = first_page_gain(count, first_page_sizes[i], held);
        bool may = count.good >= 2 && count.good >= FIRST_PAGE_GOOD * count.wrong && 2 * first_page_sizes[i] <= held;
        if (may && gain > best) {
            best = gain;
            size = first_page_sizes[i];
        }
    }
    return size;
}

/* The size that is enough for so many rows. */
static int first_page_place(const first_page_past *past, int64_t rows) {
    int place = rows > past->full ? FIRST_PAGE_SIZES + 1 : 0;
    while (place < FIRST_PAGE_SIZES && rows > first_page_sizes[place]) {
        place++;
    }
    return place;
}

/* ---- both ---- */

/* The list that has been scanned last counts: no other scan of it is to come, or so it seems. */
static void first_page_settle(first_page_past *past) {
    if (past->list != 0) {
        first_page_note_same(past, &past->latest);
        int place = first_page_place(past, past->latest.rows);
        past->left[place] += !past->latest.to_end;
        past->ended[place] += past->latest.to_end;
    }
    past->list = 0;
    past->latest = (first_page_end){0, false, 0};
}

/* Have lists been left now here, now there, or may they be? */
static bool first_page_differ(const first_page_past *past) {
    return past->varied || past->checked;
}

void first_page_begin(first_page_past *past, const first_page_said *said, uint64_t list, int64_t full) {
    past->full = full;
    past->checked = past->checked || said->checked;
    if (past->list != list) {
        first_page_settle(past);
    }
}

int64_t first_page_rows(const first_page_past *past, const first_page_said *said, bool inner) {
    if (said->limited) {
        return 0;
    }
    if (said->checked || first_page_differ(past)) {
        return first_page_best(past);
    }
    if (past->early == 0 && past->further == 0) {
        bool first = said->ordered && (said->descending || said->only_order);
        return inner && (first || (said->bare && said->exists));
    }
    return first_page_same(past, said);
}

int64_t first_page_lists(const first_page_past *past) {
    return !first_page_differ(past) ? INT64_MAX : FIRST_PAGE_GOOD * first_page_within(past, FIRST_PAGE_SIZES).good;
}

void first_page_note(first_page_past *past, uint64_t list, first_page_end end) {
    if (past->list != list) {
        first_page_settle(past);
    }
    past->list = list;
    past->held = end.held > past->held ? end.held : past->held;
    if (end.rows > past->latest.rows || (end.rows == past->latest.rows && end.to_end)) {
        past->latest = end;
    }
}

int64_t first_page_patience(const first_page_past *past, const first_page_said *said) {
    if (said->ordered && said->only_order && !said->checked && !said->limited) {
        return 1;
    }
    int64_t within = 0, beyond = 0;
    for (int i = 0; i < FIRST_PAGE_SIZES + 2; i++) {
        within += i <= FIRST_PAGE_SIZES ? past->left[i] : 0;
    }
    beyond = past->left[FIRST_PAGE_SIZES + 1] + past->ended[FIRST_PAGE_SIZES + 1];
    return within > 0 && within >= beyond ? past->full / 2 : 0;
}
