/* Resources by the names of their tables; see named.h. */
#include "unit/named.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

const catalog_resource *named_resource(const char *table) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(resources[i]->name, table) == 0) {
            return resources[i];
        }
    }
    fail_msg("there is no table %s", table);
    return NULL;
}
