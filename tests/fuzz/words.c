/*
** Prints a dictionary for the fuzzer: the names that the catalogue and the settings know, so that a new resource needs no
** line here. tests/fuzz/sql.dict and the like hold the rest.
*/
#include <stdio.h>

#include "catalog/catalog.h"
#include "session/settings.h"

static void print_word(const char *text) {
    if (text && *text) {
        printf("\"%s\"\n", text);
    }
}

static void print_resource(const catalog_resource *resource) {
    print_word(resource->name);
    print_word(resource->segment);
    print_word(resource->key_prefix);
    for (size_t i = 0; i < resource->column_count; i++) {
        print_word(resource->columns[i].name);
    }
    for (size_t i = 0; i < resource->parameter_count; i++) {
        print_word(resource->parameters[i].leaf);
        for (size_t j = 0; resource->parameters[i].accepted && resource->parameters[i].accepted[j]; j++) {
            print_word(resource->parameters[i].accepted[j]);
        }
    }
}

int main(void) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        print_resource(resources[i]);
    }
    for (int id = 0; id < SETTING_COUNT; id++) {
        print_word(settings_name((setting_id)id));
    }
    return 0;
}
