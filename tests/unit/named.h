/* Resources by the names of their tables; the extension itself never has to look one up that way. */
#ifndef CHAT_TEST_NAMED_H
#define CHAT_TEST_NAMED_H

#include "catalog/catalog.h"

/* The resource of that table. The running test fails if there is none. */
const catalog_resource *named_resource(const char *table);

#endif
