/*
** Addresses, SIDs and the arguments of CREATE VIRTUAL TABLE: any text. First byte: the resource; then an address; then
** the arguments, with a NUL after each.
*/
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/utf8.h"
#include "catalog/generations.h"
#include "fuzz/fuzz.h"
#include "plan/address.h"
#include "table/table_options.h"

enum { ARGUMENTS_MAX = 8 };

static void check_part(address_part part, const char *address, bool sid) {
    if (!part.text) {
        fuzz_check(!sid, "a part of %s is missing", address);
        return;
    }
    fuzz_check(part.text >= address && part.text + part.length <= address + strlen(address), "outside of %s", address);
    fuzz_check(!sid || part.length == SID_LENGTH, "%.*s in %s", (int)part.length, part.text, address);
}

/* An address is taken to pieces and must consist of them. */
static void check_whole(const catalog_resource *resource, const char *address, sid_shape shape) {
    sid_shape worst = SID_CANONICAL;
    char *whole = sqlite3_mprintf("%s", "");
    for (const catalog_resource *each = resource; each; each = each->parent) {
        address_part part =
            each == resource
                ? (address_part){strrchr(address, '/') + 1, SID_LENGTH}
                : address_parent(resource, address,
                                 each == resource->parent ? resource->parent_column : resource->parent->parent_column);
        fuzz_check(part.text != NULL, "no %s in %s", each->name, address);
        sid_shape own = sid_classify(each->key_prefix, part.text, part.length);
        fuzz_check(own != SID_NO, "%.*s is no SID of %s", (int)part.length, part.text, each->name);
        worst = own == SID_CANONICAL ? worst : own;
        char *longer = sqlite3_mprintf("/%s/%.*s%s", each->segment, (int)part.length, part.text, whole);
        sqlite3_free(whole);
        whole = longer;
    }
    fuzz_check(strcmp(whole, address) == 0, "%s is not %s", whole, address);
    fuzz_check(shape == worst, "%s is called %s", address, shape == SID_CANONICAL ? "canonical" : "of another case");
    sqlite3_free(whole);
}

static void try_address(const catalog_resource *resource, const char *address) {
    sid_shape shape = address_classify(resource, address, strlen(address));
    bool is = shape != SID_NO;
    check_part(address_root(address), address, is);
    check_part(address_second(address), address, is && resource->parent);
    for (const catalog_resource *each = resource; each->parent; each = each->parent) {
        check_part(address_parent(resource, address, each->parent_column), address, is);
    }
    if (is) {
        fuzz_check(strspn(address, "/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") ==
                       strlen(address),
                   "an address with strange characters: %s", address);
        check_whole(resource, address, shape);
    }
}

static void try_options(const catalog_resource *resource, int count, char **arguments) {
    table_options options;
    error problem = {0};
    bool utf8 = true;
    memset(&options, 0, sizeof options);
    for (int i = 0; i < count; i++) {
        utf8 = utf8 && utf8_is_valid(arguments[i], strlen(arguments[i]));
    }
    table_options_parse(&options, resource->name, count, (const char *const *)arguments, &problem);
    if (error_is_set(&problem)) {
        fuzz_check_refusal(&problem, utf8);
    }
    if (options.service_sid) {
        const char *sid = options.service_sid;
        fuzz_check(sid_classify(SID_SERVICE, sid, strlen(sid)) == SID_CANONICAL, "service_sid is %s", sid);
    }
    const catalog_generation *generation = catalog_generation_of(options.version);
    fuzz_check(!options.version || (generation->bit == options.version && generation->chosen), "version is %u",
               options.version);
    table_options_clear(&options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = {data, size};
    size_t all = 0;
    const catalog_resource *const *resources = catalog_resources(&all);
    const catalog_resource *resource = resources[fuzz_below(&input, (unsigned)all)];
    char *address = fuzz_text(&input), *arguments[ARGUMENTS_MAX];
    int count = 0;
    while (input.left > 0 && count < ARGUMENTS_MAX) {
        arguments[count++] = fuzz_text(&input);
    }
    try_address(resource, address);
    try_options(resource, count, arguments);
    free(address);
    for (int i = 0; i < count; i++) {
        free(arguments[i]);
    }
    return 0;
}
