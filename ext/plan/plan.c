/*
** The plan; see plan.h.
**
** Costs. The unit is one row handed to SQLite. A request costs as much as PLAN_REQUEST rows: a round trip takes some
** 50 ms and a row some 10 us, and the server's patience is worth more than our time. How many rows a list has is not
** known; the catalogue's guesses (typical_rows) only have to rank plans: a point lookup before a list, one parent
** before all.
**
** Reading what is inside every channel or user (all messages) is to come last of all: SQLite takes an ordinary table to
** have a million rows, and would rather read everything once than one list for each of those. But a statement asks for
** each list once, however often it comes back to it: the lists of some rows never cost more than all. Hence PLAN_EVERYTHING.
**
** Look-ups cost no more than the lists that they are in: beyond a few of them those are read in their place (read/ledger.h), and a
** statement that comes back to such a list asks for nothing more. SQLite multiplies what one scan costs by the rows outside, and
** has no words for what is paid once; so this shows in the IN lists, whose values come together.
**
** SQLite before 3.53 takes what a column is equal to for what everything joined with it is equal to, but forgets the
** collation: with y COLLATE NOCASE = 'ABC', rows whose x = y is 'abc' are lost where the table of x is read first
** (findings/cross-join-collate.sh). So reading it first costs most of all: where the order is free, the answer is right.
**
** A plan that lacks what the API must be given only says so when it runs (read/route.c), and costs more than any other:
** SQLite then takes every order of the tables, and every way through OR, that gives it. It is offered all the same, for
** without it SQLite would have nothing to say but "no query solution".
*/
#include "plan/plan.h"

#include <string.h>

#include "session/settings.h"

static const double PLAN_REQUEST = 5000;
static const double PLAN_EVERYTHING = 1e4;    /* times what it would cost otherwise */
static const double PLAN_LOSES_ROWS = 1e12;   /* the same */
static const double PLAN_UNANSWERABLE = 1e24; /* the same */
static const double PLAN_IN_VALUES = 10;      /* how many values an IN list is thought to have */

enum { PLAN_IN_SHIFT = SLOT_COUNT, PLAN_ORDERED = 1 << 27, PLAN_DESCENDING = 1 << 28, PLAN_EXACT = 1 << 29 };
enum { PLAN_EQUAL_BY_IS = 1 << 30 };

static bool plan_bit(unsigned number, int bit) {
    return (number >> bit & 1u) != 0;
}

/* The second bit of the slots that take texts. */
static bool plan_second_bit(unsigned number, plan_slot slot) {
    return slot < SLOT_EQUAL && plan_bit(number, (int)slot + PLAN_IN_SHIFT);
}

bool plan_has(unsigned number, plan_slot slot) {
    return plan_bit(number, (int)slot) || plan_second_bit(number, slot);
}

bool plan_is_list(unsigned number, plan_slot slot) {
    return plan_second_bit(number, slot) && plan_bit(number, (int)slot);
}

bool plan_is_by_is(unsigned number, plan_slot slot) {
    return slot == SLOT_EQUAL ? (number & PLAN_EQUAL_BY_IS) != 0
                              : plan_second_bit(number, slot) && !plan_bit(number, (int)slot);
}

unsigned plan_only(unsigned number, plan_slot slot) {
    unsigned second = slot < SLOT_EQUAL ? 1u << (slot + PLAN_IN_SHIFT) : slot == SLOT_EQUAL ? PLAN_EQUAL_BY_IS : 0;
    return number & (1u << slot | second);
}

bool plan_is_ordered(unsigned number) {
    return (number & PLAN_ORDERED) != 0;
}

bool plan_is_descending(unsigned number) {
    return (number & PLAN_DESCENDING) != 0;
}

bool plan_is_exact(unsigned number) {
    return (number & PLAN_EXACT) != 0;
}

bool plan_is_filter(plan_slot slot) {
    return slot >= SLOT_FILTER0 && slot < SLOT_FILTER0 + CATALOG_MAX_FILTERS;
}

const catalog_filter *plan_filter(const catalog_resource *resource, plan_slot slot) {
    return &resource->filters[slot - SLOT_FILTER0];
}

bool plan_is_parent(plan_slot slot) {
    return slot >= SLOT_PARENT0 && slot < SLOT_PARENT0 + CATALOG_MAX_PARENTS;
}

const catalog_resource *plan_ancestor(const catalog_resource *resource, int depth) {
    const catalog_resource *each = resource->parent;
    while (each && catalog_depth(each) != depth) {
        each = each->parent;
    }
    return each;
}

/* The column that holds the SID of the ancestor at a depth. */
static int plan_parent_column(const catalog_resource *resource, int depth) {
    const catalog_resource *ancestor = plan_ancestor(resource, depth);
    for (const catalog_resource *each = resource; ancestor && each; each = each->parent) {
        if (each->parent == ancestor) {
            return catalog_column_index(resource, each->parent_column);
        }
    }
    return -1;
}

int plan_slot_column(const catalog_resource *resource, plan_slot slot) {
    switch (slot) {
    case SLOT_PATH:
        return (int)resource->column_count;
    case SLOT_KEY:
        return catalog_column_index(resource, resource->key_column);
    case SLOT_NAME:
        return catalog_column_index(resource, resource->name_column);
    case SLOT_PARENT0:
    case SLOT_PARENT1:
    case SLOT_PARENT2:
        return plan_parent_column(resource, (int)slot - SLOT_PARENT0);
    case SLOT_FILTER0:
    case SLOT_FILTER1:
    case SLOT_FILTER2:
    case SLOT_FILTER3:
        return catalog_column_index(resource, plan_filter(resource, slot)->column);
    case SLOT_EQUAL:
    case SLOT_AFTER:
    case SLOT_FROM:
    case SLOT_BEFORE:
    case SLOT_UP_TO:
        return catalog_column_index(resource, resource->order_column);
    case SLOT_LIMIT:
    case SLOT_OFFSET:
    case SLOT_COUNT:
        break;
    }
    return -1;
}

bool plan_is_sound(const catalog_resource *resource, unsigned number, int argument_count) {
    int slots = 0;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        bool has = plan_has(number, (plan_slot)slot), counted = slot == SLOT_LIMIT || slot == SLOT_OFFSET;
        if (has ? !counted && plan_slot_column(resource, (plan_slot)slot) < 0
                : plan_is_by_is(number, (plan_slot)slot)) {
            return false;
        }
        slots += has;
    }
    return slots == argument_count && (resource->order_parameter || !plan_is_ordered(number));
}

static plan_comparison plan_slot_comparison(plan_slot slot) {
    switch (slot) {
    case SLOT_AFTER:
        return TERM_GREATER;
    case SLOT_FROM:
        return TERM_GREATER_EQUAL;
    case SLOT_BEFORE:
        return TERM_LESS;
    case SLOT_UP_TO:
        return TERM_LESS_EQUAL;
    case SLOT_LIMIT:
        return TERM_LIMIT;
    case SLOT_OFFSET:
        return TERM_OFFSET;
    default:
        return TERM_EQUAL;
    }
}

catalog_comparison plan_filters_by(const catalog_resource *resource, plan_slot slot) {
    return plan_is_filter(slot) ? plan_filter(resource, slot)->comparison : FILTER_EQUAL;
}

/*
** Does the slot answer such a comparison? A filter by a bound lets through more than > and < do, and SQLite checks. What
** equals a value is bounded from both sides by it: the lower slot brings it for both.
*/
static bool plan_answers(const catalog_resource *resource, plan_slot slot, plan_comparison comparison) {
    switch (plan_filters_by(resource, slot)) {
    case FILTER_FROM:
        return comparison == TERM_GREATER || comparison == TERM_GREATER_EQUAL || comparison == TERM_EQUAL;
    case FILTER_UP_TO:
        return comparison == TERM_LESS || comparison == TERM_LESS_EQUAL;
    case FILTER_EQUAL:
        break;
    }
    return comparison == plan_slot_comparison(slot);
}

/* Can this term fill the slot? */
static bool plan_fits(const catalog_resource *resource, const plan_term *term, plan_slot slot, int column) {
    bool is = term->comparison == TERM_IS && plan_answers(resource, slot, TERM_EQUAL);
    if (!term->usable || !(is || plan_answers(resource, slot, term->comparison))) {
        return false;
    }
    if (slot == SLOT_LIMIT || slot == SLOT_OFFSET) {
        return true;
    }
    /* Numbers know no collation. An IN list of indexes would mean a walk for each; one walk and SQLite's check are less. */
    bool bound = slot >= SLOT_EQUAL || plan_filters_by(resource, slot) != FILTER_EQUAL;
    return term->column == column && !(bound && term->in) && (slot >= SLOT_EQUAL || term->binary);
}

/* Picks the term for a slot: a single value before a list. */
static int plan_pick(const plan_question *question, plan_slot slot, int column) {
    int picked = -1;
    for (size_t i = 0; i < question->term_count; i++) {
        const plan_term *term = &question->terms[i];
        if (plan_fits(question->resource, term, slot, column) && (picked < 0 || !term->in)) {
            picked = (int)i;
            if (!term->in) {
                break;
            }
        }
    }
    return picked;
}

/* A filter of which the list must be given a value, or one of its kind. */
static bool plan_is_required(const plan_question *question, plan_slot slot) {
    return plan_is_filter(slot) && (plan_filter(question->resource, slot)->required & question->version) != 0;
}

/* The WITHOUT_ bit that switches a slot off. Not where there is no other way to ask. */
static unsigned plan_slot_switch(const plan_question *question, plan_slot slot) {
    if (catalog_is_unlisted(question->resource, question->version) || plan_is_required(question, slot)) {
        return 0;
    }
    switch (slot) {
    case SLOT_PATH:
    case SLOT_KEY:
    case SLOT_NAME:
        return WITHOUT_LOOKUP;
    case SLOT_LIMIT:
    case SLOT_OFFSET:
        return WITHOUT_LIMIT;
    default:
        return plan_is_parent(slot) ? WITHOUT_PARENT : plan_is_filter(slot) ? WITHOUT_FILTER : WITHOUT_BOUNDS;
    }
}

/*
** Is there a call of this version that takes the slot's value, or does it need none? The plan holds for all versions; costs
** and text for one.
*/
static bool plan_can_send(const plan_question *question, int slot) {
    const catalog_resource *resource = question->resource;
    switch (slot) {
    case SLOT_KEY:
        return (resource->fetch & question->version) != 0;
    case SLOT_NAME:
        return (resource->name_versions & question->version) != 0;
    default:
        return !plan_is_filter((plan_slot)slot) ||
               (plan_filter(resource, (plan_slot)slot)->versions & question->version) ||
               catalog_constant(resource, plan_filter(resource, (plan_slot)slot)->column, question->version);
    }
}

/*
** A column may fill two slots: one version fetches by it, another filters by it. SQLite gives a term to one of them, so
** that this version's is taken.
*/
static bool plan_is_for_other(const plan_question *question, int slot, int column) {
    bool other = false;
    for (int i = SLOT_NAME; i < SLOT_EQUAL && !plan_can_send(question, slot); i++) {
        other = other || (i != slot && plan_can_send(question, i) &&
                          plan_slot_column(question->resource, (plan_slot)i) == column);
    }
    return other;
}

/* Of filters of which the list must be given exactly one, an earlier one has its value. */
static bool plan_is_superseded(const plan_question *question, const plan *result, int slot) {
    bool found = false;
    for (int other = SLOT_FILTER0; other < slot && plan_is_filter((plan_slot)slot); other++) {
        found = found || (plan_filter(question->resource, (plan_slot)other)->required && result->argument[other] >= 0);
    }
    return found && plan_filter(question->resource, (plan_slot)slot)->required;
}

/* How a slot that is filled stands in the number. */
static unsigned plan_bits(plan_slot slot, bool is, bool in) {
    unsigned bit = 1u << slot;
    if (slot >= SLOT_EQUAL) {
        return bit | (is ? PLAN_EQUAL_BY_IS : 0);
    }
    return (is ? 0 : bit) | (is || in ? bit << PLAN_IN_SHIFT : 0);
}

static void plan_fill_slots(const plan_question *question, plan *result) {
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        int column = plan_slot_column(question->resource, (plan_slot)slot);
        bool exists = (column >= 0 || slot == SLOT_LIMIT || slot == SLOT_OFFSET) &&
                      !(question->without & plan_slot_switch(question, (plan_slot)slot)) &&
                      !plan_is_for_other(question, slot, column) && !plan_is_superseded(question, result, slot);
        int term = exists ? plan_pick(question, (plan_slot)slot, column) : -1;
        result->argument[slot] = term;
        if (term >= 0) {
            result->in[slot] = question->terms[term].in;
            plan_comparison comparison = question->terms[term].comparison;
            bool both = plan_filters_by(question->resource, (plan_slot)slot) == FILTER_FROM && comparison == TERM_EQUAL;
            result->number |= plan_bits((plan_slot)slot, comparison == TERM_IS || both, result->in[slot]);
        }
    }
}

static void plan_drop_slot(plan *result, int slot) {
    result->argument[slot] = -1;
    result->number &= ~(1u << slot);
}

bool plan_given(const plan *made, int slot) {
    return made->argument[slot] >= 0;
}

/* One value: given by =, or by the configuration for the service. */
static bool plan_single(const plan_question *question, const plan *made, int slot) {
    return (plan_given(made, slot) && !made->in[slot]) || (slot == SLOT_PARENT0 && question->one_service);
}

/* Do all rows come from one list? Then the list's order is the table's. */
static bool plan_one_list(const plan_question *question, const plan *made) {
    bool one = true;
    for (int depth = 0; depth < catalog_depth(question->resource); depth++) {
        one = one && plan_single(question, made, SLOT_PARENT0 + depth);
    }
    return one;
}

/* A SID is unique everywhere, so the nearest parent's alone names one list, whichever service it is found in. */
static bool plan_one_parent(const plan_question *question, const plan *made) {
    int depth = catalog_depth(question->resource);
    return plan_one_list(question, made) || (depth > 0 && plan_single(question, made, SLOT_PARENT0 + depth - 1));
}

static bool plan_is_constant(const plan *made, const catalog_resource *resource, int column) {
    for (int slot = 0; slot <= SLOT_EQUAL; slot++) {
        if (plan_given(made, slot) && !made->in[slot] && plan_slot_column(resource, (plan_slot)slot) == column) {
            return true;
        }
    }
    return false;
}

static bool plan_has_lower(const plan *made) {
    return plan_given(made, SLOT_AFTER) || plan_given(made, SLOT_FROM);
}

static bool plan_has_upper(const plan *made) {
    return plan_given(made, SLOT_BEFORE) || plan_given(made, SLOT_UP_TO);
}

static bool plan_is_limited(const plan *made) {
    return plan_given(made, SLOT_LIMIT);
}

/*
** Does the list's own order answer ORDER BY? Columns that equal a constant order nothing and are passed over. With a
** bound at the end where the order begins, it is better to walk from the other end, stop at the bound and let SQLite
** sort: "index" > 99000 ORDER BY "index" reads the last pages, not all of them. With a LIMIT the order is taken all
** the same: a few rows are wanted, from where the bound is.
*/
static void plan_take_order(const plan_question *question, plan *result) {
    int column = catalog_column_index(question->resource, question->resource->order_column);
    bool scattered = result->in[SLOT_PATH] || result->in[SLOT_KEY]; /* single fetches, in the order of the values */
    if (column < 0 || question->order_count == 0 || (question->without & WITHOUT_ORDER) || scattered ||
        !plan_one_parent(question, result)) {
        return;
    }
    size_t i = 0;
    while (i < question->order_count && plan_is_constant(result, question->resource, question->order_by[i].column)) {
        i++;
    }
    /* The order column is unique in its list, so what follows it in ORDER BY orders nothing either. */
    if (i < question->order_count && question->order_by[i].column == column) {
        bool descending = question->order_by[i].descending;
        if ((descending ? plan_has_upper(result) : plan_has_lower(result)) && !plan_is_limited(result)) {
            return;
        }
        result->ordered = true;
        result->descending = descending;
        result->number |= PLAN_ORDERED | (descending ? (unsigned)PLAN_DESCENDING : 0);
    }
}

/* Does the server see to the term? */
bool plan_uses_term(const plan_question *question, const plan *made, size_t term) {
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (made->argument[slot] == (int)term && plan_can_send(question, slot)) {
            return true;
        }
    }
    return false;
}

/* A filter by a bound lets more through than the term. */
static bool plan_has_bound_filter(const plan_question *question, const plan *made) {
    bool found = false;
    for (int slot = SLOT_FILTER0; plan_is_filter((plan_slot)slot); slot++) {
        found =
            found || (plan_given(made, slot) && plan_filters_by(question->resource, (plan_slot)slot) != FILTER_EQUAL);
    }
    return found;
}

/*
** LIMIT is worth telling the server only if it sees to every other term, and where SQLite need not sort. (Before 3.46
** SQLite offers LIMIT even when it filters rows itself.)
*/
static void plan_take_limit(const plan_question *question, plan *result) {
    if (question->order_count > 0 && !result->ordered) {
        plan_drop_slot(result, SLOT_LIMIT);
        plan_drop_slot(result, SLOT_OFFSET);
        return;
    }
    result->exact = plan_given(result, SLOT_LIMIT) && !plan_has_bound_filter(question, result);
    for (size_t i = 0; i < question->term_count; i++) {
        plan_comparison comparison = question->terms[i].comparison;
        if (comparison != TERM_LIMIT && comparison != TERM_OFFSET && !plan_uses_term(question, result, i)) {
            result->exact = false;
        }
    }
    result->number |= result->exact ? (unsigned)PLAN_EXACT : 0;
}

/* ---- what it costs ---- */

bool plan_looks_up_key(const plan_question *question, const plan *made) {
    return plan_given(made, SLOT_KEY) && (question->resource->fetch & question->version);
}

bool plan_looks_up_name(const plan_question *question, const plan *made) {
    return plan_given(made, SLOT_NAME) && (question->resource->name_versions & question->version);
}

static double plan_values(const plan *made, int slot) {
    return made->in[slot] ? PLAN_IN_VALUES : 1;
}

static double plan_pages(const catalog_resource *resource, unsigned version, double rows) {
    int maximum = catalog_page_max(resource, version);
    return maximum > 0 && rows > maximum ? rows / maximum : 1;
}

/* How many lists are read, and the requests that finding them takes. */
static double plan_lists(const plan_question *question, const plan *made, double *requests) {
    double lists = 1;
    for (int depth = 0; depth < catalog_depth(question->resource); depth++) {
        int slot = SLOT_PARENT0 + depth;
        const catalog_resource *ancestor = plan_ancestor(question->resource, depth);
        if (plan_given(made, slot)) {
            double values = plan_values(made, slot);
            lists *= values < ancestor->typical_rows ? values : ancestor->typical_rows;
        } else if (!plan_single(question, made, slot)) {
            *requests += lists * plan_pages(ancestor, question->version, ancestor->typical_rows);
            lists *= ancestor->typical_rows;
        }
    }
    return lists;
}

static double plan_list_rows(const plan_question *question, const plan *made) {
    double rows = question->resource->typical_rows;
    for (int slot = SLOT_FILTER0; plan_is_filter((plan_slot)slot); slot++) {
        const catalog_filter *filter = plan_filter(question->resource, (plan_slot)slot);
        if (plan_given(made, slot) && filter->comparison != FILTER_EQUAL) {
            rows /= 4;
        } else if (plan_given(made, slot)) {
            /* A filter by one of a few kinds halves the list; one by an identity leaves about a row for each value. */
            double kept = filter->accepted ? rows / 2 : plan_values(made, slot);
            rows = kept < rows ? kept : rows;
        }
    }
    if (plan_given(made, SLOT_EQUAL)) {
        return 1;
    }
    rows = plan_has_lower(made) ? rows / 4 : rows;
    return plan_has_upper(made) ? rows / 4 : rows;
}

/* Does the query give none of several parents? */
static bool plan_walks_everything(const plan_question *question, const plan *made) {
    int depth = catalog_depth(question->resource);
    bool given = depth < 2;
    for (int slot = SLOT_PARENT0; slot < SLOT_PARENT0 + depth; slot++) {
        given = given || plan_given(made, slot);
    }
    return !given;
}

/*
** By a value or several in each list: for a request each, or for those of the lists, which are read in place of more. (Not where
** they hide values: these are asked for one by one.) Returns the requests.
*/
static double plan_look_up(const plan_question *question, plan *result, double lists, double values) {
    const catalog_resource *resource = question->resource;
    bool instead = (resource->list & question->version) && !resource->single && !question->needs_hidden &&
                   !(question->without & WITHOUT_RECALL);
    double requests = lists * values, rows = lists * resource->typical_rows;
    double listed = lists * plan_pages(resource, question->version, resource->typical_rows);
    result->rows = plan_looks_up_key(question, result) ? values : requests;
    result->rows = result->rows < rows ? result->rows : rows;
    return instead && listed < requests ? listed : requests;
}

static void plan_cost_lists(const plan_question *question, plan *result) {
    double requests = 0, lists = plan_lists(question, result, &requests);
    bool key = plan_looks_up_key(question, result);
    if (key || plan_looks_up_name(question, result)) {
        requests += plan_look_up(question, result, lists, plan_values(result, key ? SLOT_KEY : SLOT_NAME));
    } else {
        double rows = plan_list_rows(question, result);
        requests += lists * plan_pages(question->resource, question->version, rows);
        result->rows = lists * rows;
        requests += question->needs_hidden ? result->rows : 0;
    }
    result->cost = requests * PLAN_REQUEST + result->rows;
    if (plan_walks_everything(question, result)) {
        result->cost *= PLAN_EVERYTHING;
    }
}

/* Is a column compared with one value under a collation, and with another byte by byte, as in a join? */
static bool plan_loses_rows(const plan_question *question) {
    for (size_t i = 0; question->loses_collation && i < question->term_count; i++) {
        const plan_term *joined = &question->terms[i];
        for (size_t j = 0;
             joined->comparison == TERM_EQUAL && joined->usable && joined->binary && j < question->term_count; j++) {
            const plan_term *other = &question->terms[j];
            bool equal = other->comparison == TERM_EQUAL || other->comparison == TERM_IS;
            if (equal && !other->binary && other->column == joined->column) {
                return true;
            }
        }
    }
    return false;
}

static void plan_set_cost(const plan_question *question, plan *result) {
    if (plan_given(result, SLOT_PATH)) {
        result->rows = plan_values(result, SLOT_PATH);
        result->cost = result->rows * (PLAN_REQUEST + 1);
    } else {
        plan_cost_lists(question, result);
    }
    if (plan_loses_rows(question)) {
        result->loses_rows = true;
        result->cost *= PLAN_LOSES_ROWS;
    }
    if (result->unanswerable) {
        result->cost *= PLAN_UNANSWERABLE;
    }
    result->rows = result->rows < 1 ? 1 : result->rows;
}

/*
** The requests are the same, so little is saved; but SQLite hands over the value only where the plan that takes it is the cheaper
** one (it rounds to some 7 %), and is told that three of four rows are passed over, about what it
** thinks of an equality of which it knows nothing.
*/
double plan_cost_looked_up(const plan *made) {
    return made->cost * 0.9;
}

double plan_rows_looked_up(const plan *made) {
    return made->rows < 4 ? 1 : made->rows / 4;
}

/*
** At most one row is read: the primary key's, or that of a SID of anything whose SIDs are its own. An UPDATE or DELETE looks at
** the first row that such a scan gives and at no other. So it is not one where the SID stands beside a list of paths, since the
** paths are what is read then; nor where a version has a list only, in which the row is found.
*/
static bool plan_is_unique(const plan_question *question, const plan *made) {
    const catalog_resource *resource = question->resource;
    bool own_sid = resource->key_column && strcmp(resource->key_column, "sid") == 0;
    int slot = plan_given(made, SLOT_PATH) ? SLOT_PATH : SLOT_KEY;
    return (slot == SLOT_PATH || own_sid) && plan_given(made, slot) && !made->in[slot] &&
           (resource->list & ~resource->fetch) == 0;
}

/* Without a list, only whole addresses can be asked for. */
static bool plan_lacks_address(const plan_question *question, const plan *made) {
    bool whole = plan_given(made, SLOT_KEY);
    for (int depth = 0; depth < catalog_depth(question->resource); depth++) {
        whole = whole && (plan_given(made, SLOT_PARENT0 + depth) || (depth == 0 && question->one_service));
    }
    return !whole && !plan_given(made, SLOT_PATH);
}

/* Is there a usable term for none of the filters of which the list must be given one? */
static bool plan_lacks_required(const plan_question *question, const plan *made) {
    if (catalog_is_unlisted(question->resource, question->version)) {
        return plan_lacks_address(question, made);
    }
    bool needed = false, given = plan_given(made, SLOT_PATH) && (question->resource->fetch & question->version);
    for (int slot = SLOT_FILTER0; plan_is_filter((plan_slot)slot); slot++) {
        bool required = plan_is_required(question, (plan_slot)slot);
        needed = needed || required;
        given = given || (required && plan_given(made, slot));
    }
    return needed && !given;
}

void plan_make(const plan_question *question, plan *result) {
    memset(result, 0, sizeof *result);
    plan_fill_slots(question, result);
    plan_take_order(question, result);
    plan_take_limit(question, result);
    result->unanswerable = plan_lacks_required(question, result);
    plan_set_cost(question, result);
    result->unique = plan_is_unique(question, result);
}
