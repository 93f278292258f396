/* The page of one channel, for tests of how its values compare. */
#ifndef CHAT_TEST_PARSED_CHANNEL_H
#define CHAT_TEST_PARSED_CHANNEL_H

#include <string.h>

#include "catalog/generations.h"
#include "unit/named.h"
#include "unit/parsed.h"

/* friendly_name and messages_count as given, in JSON. The caller releases it (page_release). */
static inline page *parsed_channel(const char *name, const char *count) {
    error problem = {0};
    char *body = sqlite3_mprintf("{\"channels\":[{\"sid\":\"CH1\",\"friendly_name\":%s,\"messages_count\":%s}],"
                                 "\"meta\":{\"next_page_url\":null}}",
                                 name, count);
    page *made = page_parse_list(named_resource("channels"), CATALOG_V1, body, strlen(body), &problem);
    assert_non_null(made);
    sqlite3_free(body);
    return made;
}

#endif
