/* The data set that an emulator serves: see data.h. */
#include "data.h"

#include "conversation_names.h"
#include "conversation_state.h"
#include "generate_conversations.h"

#include <stdlib.h>

void data_open(emulator *self) {
    self->store = store_open(self->options.database);
    bool filled = store_was_filled(self->store) && generate_load(self->store, &self->options.data);
    layout_make(&self->layout, &self->options.data);
    self->authors = generate_authors(&self->layout);
    self->messages = (message_source){self->store, &self->layout, self->authors};
    if (!filled) {
        generate_save(self->store, &self->options.data);
        generate_all(self->store, &self->layout);
    }
    store_add_triggers(self->store);
    message_register(&self->messages);
    conversation_state_register(&self->messages);
    conversation_names_register(self->store);
    if (!filled) {
        generate_conversations(&self->messages, &self->layout, self->options.account_sid);
    }
}

void data_close(emulator *self) {
    store_close(self->store);
    for (int64_t at = 0; at < self->layout.data.users; at++) {
        free((void *)(uintptr_t)self->authors[at].raw);
        free((void *)(uintptr_t)self->authors[at].json);
    }
    free(self->authors);
    layout_free(&self->layout);
}

bool data_renew(emulator *self, int64_t seed) {
    if (self->options.database) {
        return false;
    }
    data_close(self);
    self->options.data.seed = seed;
    data_open(self);
    return true;
}
