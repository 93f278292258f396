/* Many at once: see write_bulk.h. */
#include "write_bulk.h"

#include "errors.h"
#include "resource.h"

#include <jansson.h>
#include <string.h>

enum { WRITE_BULK_MAXIMUM = 10 };

static void write_bulk_field(buffer *text, const char *name, const json_t *value) {
    if (json_is_string(value)) {
        buffer_format(text, "%s%s=", text->length ? "&" : "", name);
        buffer_percent(text, json_string_value(value), json_string_length(value));
    }
}

/* The form that would make the same participant alone. */
static void write_bulk_form(form *out, const json_t *given) {
    const json_t *binding = json_object_get(given, "messaging_binding");
    buffer text = {0};
    write_bulk_field(&text, "Identity", json_object_get(given, "identity"));
    write_bulk_field(&text, "Attributes", json_object_get(given, "attributes"));
    write_bulk_field(&text, "RoleSid", json_object_get(given, "role_sid"));
    write_bulk_field(&text, "MessagingBinding.Address", json_object_get(binding, "address"));
    write_bulk_field(&text, "MessagingBinding.ProxyAddress", json_object_get(binding, "proxy_address"));
    write_bulk_field(&text, "MessagingBinding.ProjectedAddress", json_object_get(binding, "projected_address"));
    form_parse(out, text.data, text.length);
    buffer_free(&text);
}

/* Two of the same identity conflict with each other. */
static bool write_bulk_one(exchange *self, const json_t *given, bool (*add)(exchange *participant)) {
    exchange one = *self;
    one.form = (form){0};
    one.answer = (buffer){0};
    one.resource = &conversations_participants;
    write_bulk_form(&one.form, given);
    bool done = add(&one);
    if (!done && one.status == 409 && strstr(buffer_terminated(&one.answer), "\"code\":50433")) {
        errors_set(self, ERROR_BULK_CONFLICT);
    } else if (!done) {
        self->status = one.status;
        buffer_append(&self->answer, one.answer.data, one.answer.length);
    }
    form_free(&one.form);
    buffer_free(&one.answer);
    return done;
}

bool write_bulk(exchange *self, bool (*add)(exchange *participant)) {
    int count = 0;
    bool good = true;
    self->channel_id = sqlite3_last_insert_rowid(store_handle(self->emulator->store));
    for (size_t at = 0; good && at < self->form.count; at++) {
        const form_field *field = &self->form.fields[at];
        if (strcmp(field->name, "Participant") == 0) {
            json_t *given = json_loadb(field->value, field->length, JSON_ALLOW_NUL, NULL);
            good = ++count <= WRITE_BULK_MAXIMUM || errors_set(self, ERROR_BULK_LIMIT);
            good = good && (json_is_object(given) || errors_set(self, ERROR_BULK));
            good = good && write_bulk_one(self, given, add);
            json_decref(given);
        }
    }
    return good;
}
