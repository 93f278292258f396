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
        }
    }
    /* SQLite has come to count the primary key among them, whatever the statement says (3.54). */
    const catalog_resource *resource = question->resource;
    used &= ~first_page_bit((int)resource->column_count);
    said.bare = used == 0;
    said.only_order = (used & ~first_page_bit(catalog_column_index(resource, resource->order_column))) == 0;
    return said;
}

/* How many must have been left early: rows that only pass a term which does not show are not left after the same few twice. */
static int64_t first_page_needed(const first_page_past *past, const first_page_said *said) {
    bool plain = past->rows == 1 && (said->ordered || said->bare);
    return past->further > 0 ? FIRST_PAGE_AGAIN * past->further : plain ? 1 : 2;
}

int64_t first_page_rows(const first_page_past *past, const first_page_said *said, bool inner) {
    if (said->checked || said->limited) {
        return 0;
    }
    if (past->early == 0 && past->further == 0) {
        return inner && said->ordered && (said->descending || said->only_order);
    }
    bool enough = past->early > 0 && past->early >= first_page_needed(past, said);
    return enough && !past->varied ? past->rows : 0;
}

void first_page_note(first_page_past *past, int64_t rows, bool to_end) {
    if (to_end && rows <= past->rows) {
        return; /* a list that is shorter than what is wanted of it says nothing */
    }
    if (to_end || rows > FIRST_PAGE_MOST) {
        *past = (first_page_past){.further = past->further + 1};
        return;
    }
    past->varied = past->varied || (past->early > 0 && rows != past->rows);
    past->rows = rows > past->rows ? rows : past->rows;
    past->early++;
}

bool first_page_may_be_enough(const first_page_said *said) {
    return said->ordered && said->only_order && !said->checked && !said->limited;
}
