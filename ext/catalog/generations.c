/*
** The generations of the API. The first one that can be chosen is the default of the setting api_version.
**
** Sources: the vendor's OpenAPI specs of chat v1, v2 and v3 (servers, paths); its page on regions and edges for the host.
*/
#include "catalog/generations.h"

#include "catalog/catalog.h"

const catalog_origin catalog_origins[CATALOG_ORIGIN_COUNT] = {
    {.product = "chat",
     .setting = "url",
     .environment = "TWILIO_CHAT_URL",
     /* To stop on 2026-06-01 for the last customers: the vendor's notice of its end, and its pages on Flex. */
     .ended = "Programmable Chat has ended: set api_version = 'conversations' in chat_settings, or use the table "
              "conversations"},
    {.product = "conversations", .setting = "conversations_url", .environment = "TWILIO_CONVERSATIONS_URL"},
    /* Attachments: the documented host names its region. */
    {.product = "mcs", .region = "us1", .setting = "media_url", .environment = "TWILIO_MEDIA_URL"},
};

/* What Conversations calls otherwise in the paths and among the parents' columns of Programmable Chat. */
static const catalog_word conversations_words[] = {{"Channels", "Conversations", 0},
                                                   {"Members", "Participants", 0},
                                                   {"service_sid", "chat_service_sid", 0},
                                                   {"channel_sid", "conversation_sid", 0},
                                                   {NULL, NULL, 0}};

const catalog_generation catalog_generations[CATALOG_GENERATION_COUNT] = {
    {.bit = CATALOG_V1, .name = "v1", .prefix = "/v1", .origin = 0, .chosen = true},
    {.bit = CATALOG_V2, .name = "v2", .prefix = "/v2", .origin = 0, .chosen = true},
    /* A single operation: moving a channel to private. */
    {.bit = CATALOG_V3, .name = "v3", .prefix = "/v3", .origin = 0, .beside = CATALOG_V1_V2},
    {.bit = CATALOG_CONVERSATIONS,
     .name = "conversations",
     .prefix = "/v1",
     .origin = 1,
     .chosen = true,
     .words = conversations_words},
};

const char *const catalog_choices[] = {"v1", "v2", "conversations", NULL};

const int catalog_done_statuses[] = {200, 201, 204, 0};
