/* Form parameters: see parameters.h. */
#include "parameters.h"

#include "clock.h"
#include "conversation_names.h"
#include "conversation_state.h"
#include "errors.h"
#include "parameters_table.h"
/* after the kinds of its values */
#include "parameters_conversations.h"
#include "validate.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- the list of changes --- */

static change *changes_add(changes *self, const char *column) {
    change *added = &self->list[self->count++];
    *added = (change){.column = column};
    return added;
}

void changes_null(changes *self, const char *column) {
    changes_add(self, column);
}

void changes_integer(changes *self, const char *column, int64_t value) {
    change *added = changes_add(self, column);
    added->type = CHANGE_INTEGER;
    added->integer = value;
}

void changes_text(changes *self, const char *column, const char *text, size_t length) {
    change *added = changes_add(self, column);
    added->type = CHANGE_TEXT;
    added->text = buffer_duplicate(text, length);
    added->length = length;
}

change *changes_find(changes *self, const char *column) {
    for (int at = 0; at < self->count; at++) {
        if (strcmp(self->list[at].column, column) == 0) {
            return &self->list[at];
        }
    }
    return NULL;
}

void changes_drop(changes *self, const char *column) {
    change *found = changes_find(self, column);
    if (found) {
        free(found->text);
        *found = self->list[--self->count];
    }
}

void changes_free(changes *self) {
    for (int at = 0; at < self->count; at++) {
        free(self->list[at].text);
    }
    self->count = 0;
}

/* --- values by kind --- */

static bool parameters_refuse(exchange *from, const parameter *what, const char *value) {
    if (what->error) {
        return errors_set(from, what->error);
    }
    return errors_say(from, ERROR_PARAMETER, "Invalid parameter %s: %s", what->name, value);
}

static bool parameters_identity(exchange *from, const form_field *field) {
    if (validate_choice("system,private,unique", field->value)) {
        return errors_set(from, ERROR_IDENTITY_RESERVED);
    }
    if (validate_sid(field->value, field->length, "US")) {
        return errors_set(from, ERROR_IDENTITY_LIKE_SID);
    }
    return field->length > 0 ||
           errors_say(from, ERROR_PARAMETER, "Missing required parameter Identity in the post body");
}

static bool parameters_text(changes *self, exchange *from, const parameter *what, const form_field *field,
                            bool create) {
    bool first = create || (from->version == API_V1 && what->maximum_create);
    int maximum = first ? what->maximum_create : what->maximum_update;
    if (maximum && validate_characters(field->value, field->length) > (size_t)maximum) {
        return parameters_refuse(from, what, field->value);
    }
    if (what->kind == PARAMETER_IDENTITY && !parameters_identity(from, field)) {
        return false;
    }
    if (what->kind == PARAMETER_KEPT && !field->length) {
        return true;
    }
    if (what->kind == PARAMETER_NAME && !field->length) {
        changes_null(self, what->column);
    } else {
        changes_text(self, what->column, field->value, field->length);
    }
    return true;
}

static bool parameters_attributes(changes *self, exchange *from, const parameter *what, const form_field *field) {
    size_t most = what->maximum_create ? (size_t)what->maximum_create : 32768;
    if (field->length > most) {
        return errors_set(from, ERROR_ATTRIBUTES_LONG);
    }
    if (!validate_json(field->value, field->length)) {
        return errors_set(from, ERROR_ATTRIBUTES);
    }
    changes_text(self, what->column, field->value, field->length);
    return true;
}

static bool parameters_integer(changes *self, exchange *from, const parameter *what, const form_field *field) {
    int64_t least = what->kind == PARAMETER_COUNT ? 1 : what->kind == PARAMETER_INDEX ? INT64_MIN : 0;
    int64_t most = what->kind == PARAMETER_COUNT ? 1000 : what->kind == PARAMETER_RETRIES ? 3 : INT64_MAX;
    int64_t value;
    if (what->kind == PARAMETER_INDEX && !field->length) {
        changes_null(self, what->column);
        return true;
    }
    if (!validate_integer(field->value, least, most, &value)) {
        return parameters_refuse(from, what, field->value);
    }
    changes_integer(self, what->column, value);
    return true;
}

static bool parameters_boolean(changes *self, exchange *from, const parameter *what, const form_field *field) {
    bool yes = strcasecmp(field->value, "true") == 0;
    if (!yes && strcasecmp(field->value, "false") != 0) {
        return parameters_refuse(from, what, field->value);
    }
    if (what->kind == PARAMETER_PYTHON) {
        changes_text(self, what->column, yes ? "True" : "False", yes ? 4 : 5);
    } else {
        changes_integer(self, what->column, yes);
        self->list[self->count - 1].boolean = true;
    }
    return true;
}

static bool parameters_date(changes *self, exchange *from, const parameter *what, const form_field *field) {
    int64_t seconds;
    if (what->kind == PARAMETER_TIME && !field->length) {
        changes_null(self, what->column);
        return true;
    }
    if (!clock_parse(field->value, &seconds)) {
        return parameters_refuse(from, what, field->value);
    }
    changes_integer(self, what->column, seconds);
    return true;
}

/* All values of a repeated key, as a JSON array. */
static bool parameters_list(changes *self, exchange *from, const parameter *what) {
    buffer json = {0};
    bool good = true;
    for (size_t at = 0; at < from->form.count && good; at++) {
        const form_field *field = &from->form.fields[at];
        if (strcmp(field->name, what->name) == 0) {
            good = !what->accepted || validate_choice(what->accepted, field->value) ||
                   parameters_refuse(from, what, field->value);
            buffer_byte(&json, json.length ? ',' : '[');
            buffer_json(&json, field->value, field->length);
        }
    }
    buffer_byte(&json, ']');
    changes_text(self, what->column, json.data, json.length);
    self->list[self->count - 1].json = true;
    buffer_free(&json);
    return good;
}

/* The service whose role it must be: the one in the path, or the one being updated. */
static int64_t parameters_service(exchange *from) {
    return from->service_id ? from->service_id
                            : store_number(from->emulator->store, 0, "SELECT id FROM services WHERE sid = ?1", "t",
                                           from->key ? from->key : "");
}

static bool parameters_role(changes *self, exchange *from, const parameter *what, const form_field *field) {
    bool channel = what->kind == PARAMETER_CHANNEL_ROLE;
    int64_t type =
        store_number(from->emulator->store, -1, "SELECT type = 'channel' FROM roles WHERE service_id = ?1 AND sid = ?2",
                     "ib", parameters_service(from), field->value, field->length);
    if (type < 0) {
        return errors_set(from, ERROR_ROLE_MISSING);
    }
    if (type != (channel ? 1 : 0)) {
        return errors_set(from, channel ? ERROR_ROLE_NOT_CHANNEL : ERROR_ROLE_NOT_DEPLOYMENT);
    }
    changes_text(self, what->column, field->value, field->length);
    return true;
}

/* --- kinds of Conversations --- */

static void parameters_copy_choice(changes *self, const parameter *what, const char *choice) {
    changes_text(self, what->column, choice, strcspn(choice, ","));
}

static bool parameters_choice(changes *self, exchange *from, const parameter *what, const form_field *field) {
    const char *usual = validate_choice_anyhow(what->accepted, field->value);
    bool same = usual && validate_choice(what->accepted, field->value);
    if (!usual || (!same && !(from->version & API_CONVERSATIONS))) {
        return what->kind == PARAMETER_STATE && !field->length ? errors_set(from, ERROR_STATE_EMPTY)
                                                               : parameters_refuse(from, what, field->value);
    }
    if (what->kind == PARAMETER_ROLE_TYPE) {
        parameters_copy_choice(self, what, *usual == 'c' ? "channel" : "deployment");
    } else if (what->kind == PARAMETER_SPELLED) {
        changes_text(self, what->column, field->value, field->length);
    } else {
        parameters_copy_choice(self, what, usual);
    }
    return true;
}

static bool parameters_words(changes *self, exchange *from, const parameter *what) {
    if (!parameters_list(self, from, what)) {
        return false;
    }
    change *list = &self->list[self->count - 1];
    json_t *words = json_loadb(list->text, list->length, 0, NULL), *mapped = conversation_names_map(words, true);
    free(list->text);
    list->text = json_dumps(mapped, JSON_COMPACT);
    list->length = strlen(list->text);
    json_decref(words);
    json_decref(mapped);
    return true;
}

/* An address has perhaps a prefix that names its channel, and then something. */
static bool parameters_address(changes *self, exchange *from, const parameter *what, const form_field *field) {
    const char *colon = strchr(field->value, ':');
    if (!field->length || strcmp(field->value, "null") == 0) {
        changes_null(self, what->column);
        return true;
    }
    size_t digits = strspn(field->value + (*field->value == '+'), "0123456789");
    bool phone = digits > 2 && field->value[digits + (*field->value == '+')] == '\0';
    bool other = (colon && colon > field->value && colon[1]) || strchr(field->value, '@');
    if ((!phone && !other) || validate_characters(field->value, field->length) > (size_t)256) {
        return parameters_refuse(from, what, field->value);
    }
    changes_text(self, what->column, field->value, field->length);
    return true;
}

static bool parameters_duration(changes *self, exchange *from, const parameter *what, const form_field *field) {
    int64_t seconds;
    if (!conversation_duration(field->value, &seconds)) {
        return parameters_refuse(from, what, field->value);
    }
    if (seconds > 0 && seconds < what->maximum_update) {
        return errors_set(from, what->maximum_update == 60 ? ERROR_TIMER_INACTIVE : ERROR_TIMER_CLOSED);
    }
    if (!seconds) {
        changes_null(self, what->column);
    } else if (what->kind == PARAMETER_DURATION) {
        changes_integer(self, what->column, seconds);
    } else {
        changes_text(self, what->column, field->value, field->length);
    }
    return true;
}

static bool parameters_object(exchange *from, const parameter *what, const form_field *field) {
    json_t *object = json_loadb(field->value, field->length, JSON_ALLOW_NUL, NULL);
    bool good = json_is_object(object) && json_object_size(object) <= 100;
    json_decref(object);
    return good || parameters_refuse(from, what, "");
}

static bool parameters_known_service(changes *self, exchange *from, const parameter *what, const form_field *field) {
    changes_text(self, what->column, field->value, field->length);
    return store_number(from->emulator->store, 0, "SELECT 1 FROM services WHERE sid = ?1", "t", field->value) ||
           parameters_refuse(from, what, field->value);
}

static bool parameters_value(changes *self, exchange *from, const parameter *what, const form_field *field,
                             bool create) {
    switch (what->kind) {
    case PARAMETER_TEXT:
    case PARAMETER_NAME:
    case PARAMETER_KEPT:
    case PARAMETER_IDENTITY:
        return parameters_text(self, from, what, field, create);
    case PARAMETER_ATTRIBUTES:
        return parameters_attributes(self, from, what, field);
    case PARAMETER_INTEGER:
    case PARAMETER_COUNT:
    case PARAMETER_RETRIES:
    case PARAMETER_INDEX:
        return parameters_integer(self, from, what, field);
    case PARAMETER_BOOLEAN:
    case PARAMETER_PYTHON:
        return parameters_boolean(self, from, what, field);
    case PARAMETER_DATE:
    case PARAMETER_TIME:
        return parameters_date(self, from, what, field);
    case PARAMETER_LIST:
        return parameters_list(self, from, what);
    case PARAMETER_CHANNEL_ROLE:
    case PARAMETER_DEPLOYMENT_ROLE:
        return parameters_role(self, from, what, field);
    case PARAMETER_CHOICE:
    case PARAMETER_STATE:
    case PARAMETER_SPELLED:
    case PARAMETER_ROLE_TYPE:
        return parameters_choice(self, from, what, field);
    case PARAMETER_WORDS:
        return parameters_words(self, from, what);
    case PARAMETER_ADDRESS:
        return parameters_address(self, from, what, field);
    case PARAMETER_DURATION:
    case PARAMETER_PERIOD:
        return parameters_duration(self, from, what, field);
    case PARAMETER_OBJECT:
        return parameters_object(from, what, field);
    case PARAMETER_SERVICE:
        return parameters_known_service(self, from, what, field);
    case PARAMETER_SID:
        changes_text(self, what->column, field->value, field->length);
        return validate_sid(field->value, field->length, what->accepted) || parameters_refuse(from, what, field->value);
    }
    return true;
}

static bool parameters_one(changes *self, exchange *from, const parameter *what, bool create) {
    int required = create ? what->create_required : what->update_required;
    const form_field *field = form_find(&from->form, what->name);
    if (!field) {
        return !(required & from->version) ||
               errors_say(from, ERROR_PARAMETER, "Missing required parameter %s in the post body", what->name);
    }
    if (!validate_utf8(field->value, field->length)) {
        return errors_say(from, ERROR_PARAMETER, "Parameter %s is not UTF-8", what->name);
    }
    int before = self->count;
    if (self->count == CHANGES_MAXIMUM || !parameters_value(self, from, what, field, create)) {
        return false;
    }
    if (self->count > before && !what->column) {
        free(self->list[--self->count].text);
    }
    if (self->count > before) {
        self->list[self->count - 1].leaf = what->leaf;
    }
    return true;
}

/* What makes a conversation with participants takes what makes one. */
static const resource *parameters_owner(const exchange *from) {
    return from->resource == &conversations_with_participants ? &conversations_conversations : from->resource;
}

bool parameters_read(changes *self, exchange *from, bool create) {
    bool conversations = (from->version & API_CONVERSATIONS) != 0;
    const parameter *table = conversations ? parameter_conversations : parameter_table;
    int count = conversations ? (int)PARAMETER_COUNT_CONVERSATIONS : (int)PARAMETER_COUNT_ALL;
    self->count = 0;
    for (int at = 0; at < count; at++) {
        const parameter *what = &table[at];
        int versions = create ? what->create : what->update;
        if (what->owner == parameters_owner(from) && (versions & from->version) &&
            !parameters_one(self, from, what, create)) {
            return false;
        }
    }
    /* there an update of nothing succeeds */
    return create || conversations || self->count > 0 || errors_set(from, ERROR_NO_PARAMETERS);
}

/* --- leaves --- */

static json_t *changes_json_value(const change *leaf) {
    if (leaf->type == CHANGE_NULL) {
        return json_null();
    }
    if (leaf->type == CHANGE_INTEGER) {
        return leaf->boolean ? json_boolean(leaf->integer) : json_integer(leaf->integer);
    }
    return leaf->json ? json_loadb(leaf->text, leaf->length, 0, NULL) : json_stringn(leaf->text, leaf->length);
}

static void changes_set_leaf(json_t *object, const change *leaf) {
    const char *path = leaf->leaf;
    for (const char *dot = strchr(path, '.'); dot; dot = strchr(path, '.')) {
        char *name = buffer_duplicate(path, (size_t)(dot - path));
        json_t *inner = json_object_get(object, name);
        if (!inner) {
            inner = json_object();
            json_object_set_new(object, name, inner);
        }
        free(name);
        object = inner;
        path = dot + 1;
    }
    json_object_set_new(object, path, changes_json_value(leaf));
}

static json_t *changes_current(exchange *from, const char *column, int64_t row) {
    buffer sql = {0};
    buffer_format(&sql, "SELECT %s FROM %s WHERE id = ?1", column, from->resource->name);
    sqlite3_stmt *statement = store_prepare(from->emulator->store, buffer_terminated(&sql));
    buffer_free(&sql);
    store_bind(statement, "i", row);
    const char *text = store_step(statement) ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    json_t *object = text ? json_loads(text, 0, NULL) : NULL;
    store_done(statement);
    return object ? object : json_object();
}

/* Sets all leaves of the first leaf's column and puts one change of the whole column in their place. */
static void changes_merge_column(changes *self, exchange *from, const char *column, int64_t row) {
    json_t *object = changes_current(from, column, row);
    int kept = 0;
    for (int at = 0; at < self->count; at++) {
        if (self->list[at].leaf && strcmp(self->list[at].column, column) == 0) {
            changes_set_leaf(object, &self->list[at]);
            free(self->list[at].text);
        } else {
            self->list[kept++] = self->list[at];
        }
    }
    self->count = kept;
    char *text = json_dumps(object, JSON_COMPACT);
    changes_text(self, column, text, strlen(text));
    free(text);
    json_decref(object);
}

void changes_merge_leaves(changes *self, exchange *from, int64_t row) {
    for (int at = 0; at < self->count; at++) {
        if (self->list[at].leaf) {
            changes_merge_column(self, from, self->list[at].column, row);
            at = -1; /* positions have moved */
        }
    }
}
