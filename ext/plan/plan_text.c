/* A plan in words; see plan_text.h. */
#include "plan/plan_text.h"

static void plan_text_value(const plan *made, int slot, const char *column, buffer *text) {
    buffer_format(text, "{%s%s}", column, made->in[slot] ? " IN" : "");
}

/* "Services/{service_sid}/Channels/{channel_sid}/": the way down to the list. */
static void plan_text_parents(const plan_question *question, const plan *made, buffer *text) {
    const catalog_resource *resource = question->resource;
    for (int depth = 0; depth < catalog_depth(resource); depth++) {
        int slot = SLOT_PARENT0 + depth;
        buffer_format(text, "%s/", catalog_word_in(question->version, plan_ancestor(resource, depth)->segment));
        if (plan_given(made, slot)) {
            plan_text_value(made, slot, resource->columns[plan_slot_column(resource, (plan_slot)slot)].name, text);
        } else {
            buffer_text(text, depth == 0 && question->one_service ? "{configured service}" : "{each}");
        }
        buffer_text(text, "/");
    }
}

/* Is the slot's filter in the request? One by an upper bound also where what equals a value is asked for. */
static bool plan_has_filter(const plan *made, const catalog_resource *resource, int slot) {
    return plan_given(made, slot) || (plan_filters_by(resource, (plan_slot)slot) == FILTER_UP_TO &&
                                      plan_given(made, slot - 1) && plan_is_by_is(made->number, (plan_slot)(slot - 1)));
}

static void plan_text_filters(const plan_question *question, const plan *made, buffer *text) {
    const catalog_resource *resource = question->resource;
    bool replaced = false;
    for (int slot = SLOT_FILTER0; plan_is_filter((plan_slot)slot); slot++) {
        const catalog_filter *filter = plan_filter(resource, (plan_slot)slot);
        bool sent = (filter->versions & question->version) && plan_has_filter(made, resource, slot);
        if (sent) {
            buffer_format(text, " %s=", filter->parameter);
            plan_text_value(made, plan_given(made, slot) ? slot : slot - 1, filter->column, text);
            replaced = replaced || catalog_replaces(resource, filter);
        }
    }
    const char *always = catalog_list_query(resource, question->version);
    if (always && !replaced) {
        buffer_format(text, " %s", always);
    }
}

static void plan_text_bounds(const plan_question *question, const plan *made, buffer *text) {
    static const char *const comparisons[] = {"=", ">", ">=", "<", "<="};
    const char *separator = " until past ";
    for (int slot = SLOT_EQUAL; slot <= SLOT_UP_TO; slot++) {
        if (plan_given(made, slot)) {
            buffer_format(text, "%s%s %s ?", separator, question->resource->order_column,
                          comparisons[slot - SLOT_EQUAL]);
            separator = " and ";
        }
    }
}

static void plan_text_list(const plan_question *question, const plan *made, buffer *text) {
    plan_text_filters(question, made, text);
    if (made->ordered) {
        buffer_format(text, " %s=%s", question->resource->order_parameter, made->descending ? "desc" : "asc");
    }
    if (made->exact) {
        buffer_text(text, " PageSize={LIMIT}");
    }
    plan_text_bounds(question, made, text);
    if (question->needs_hidden) {
        buffer_text(text, ", then GET each row for what the list hides");
    }
}

/* Has an earlier term, left to be checked as this one is, the same column? BETWEEN gives two. */
static bool plan_is_named_before(const plan_question *question, const plan *made, size_t term) {
    for (size_t i = 0; i < term; i++) {
        if (question->terms[i].column == question->terms[term].column && question->terms[i].usable &&
            !plan_uses_term(question, made, i)) {
            return true;
        }
    }
    return false;
}

/* The columns of terms that the server does not see to. */
static void plan_text_local(const plan_question *question, const plan *made, buffer *text) {
    const char *separator = "; checked here: ";
    for (size_t i = 0; i < question->term_count; i++) {
        if (plan_is_named_before(question, made, i)) {
            continue;
        }
        const plan_term *term = &question->terms[i];
        bool counted = term->comparison == TERM_LIMIT || term->comparison == TERM_OFFSET;
        if (!counted && term->usable && term->column >= 0 && !plan_uses_term(question, made, i)) {
            bool path = (size_t)term->column >= question->resource->column_count;
            buffer_format(text, "%s%s", separator, path ? "path" : question->resource->columns[term->column].name);
            separator = ", ";
        }
    }
}

static void plan_text_request(const plan_question *question, const plan *made, buffer *text) {
    const catalog_resource *resource = question->resource;
    buffer_text(text, "GET ");
    if (plan_given(made, SLOT_PATH)) {
        plan_text_value(made, SLOT_PATH, "path", text);
        return;
    }
    plan_text_parents(question, made, text);
    buffer_text(text, catalog_word_in(question->version, resource->segment));
    if (plan_looks_up_key(question, made)) {
        buffer_text(text, "/");
        plan_text_value(made, SLOT_KEY, resource->key_column, text);
    } else if (plan_looks_up_name(question, made)) {
        buffer_text(text, "/");
        plan_text_value(made, SLOT_NAME, resource->name_column, text);
    } else if (resource->parent == NULL && question->one_service && catalog_is_of_service(resource)) {
        buffer_text(text, "/{configured service}");
    } else if (!resource->single) {
        plan_text_list(question, made, text);
    }
}

void plan_text_describe(const plan_question *question, const plan *made, buffer *text) {
    plan_text_request(question, made, text);
    plan_text_local(question, made, text);
}
