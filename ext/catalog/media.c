/*
** media: what is attached to messages, each known by its service and its SID. There is no list of them. Dates come with
** fractions and the zone of the vendor's clock, URLs without a host.
**
** Source: the vendor's page on the media resource of Conversations, and recorded answers.
*/
#include "catalog/resources.h"

static const catalog_column media_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_MEDIA, 0, "SID of the medium, ME..."},
    {"service_sid", VALUE_TEXT, CATALOG_MEDIA, COLUMN_PARENT, "SID of the service that it is in"},
    {"channel_sid", VALUE_TEXT, CATALOG_MEDIA, 0, "SID of its message's channel or conversation; NULL: not attached"},
    {"message_sid", VALUE_TEXT, CATALOG_MEDIA, 0, "SID of the message that it is attached to, or NULL"},
    {"content_type", VALUE_TEXT, CATALOG_MEDIA, 0, "MIME type of the content"},
    {"filename", VALUE_TEXT, CATALOG_MEDIA, 0, "name of the file, or NULL"},
    {"size", VALUE_INTEGER, CATALOG_MEDIA, 0, "bytes of the content"},
    {"category", VALUE_TEXT, CATALOG_MEDIA, 0, "media, or body or history of an email"},
    {"author", VALUE_TEXT, CATALOG_MEDIA, 0, "identity of who uploaded it, or system"},
    {"date_created", VALUE_TIME, CATALOG_MEDIA, 0, "when it was created, UTC"},
    {"date_upload_updated", VALUE_TIME, CATALOG_MEDIA, 0, "when its content was uploaded, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_MEDIA, 0, "when it was last changed, UTC"},
    {"is_multipart_upstream", VALUE_BOOLEAN, CATALOG_MEDIA, 0, "1 if it was uploaded in parts"},
    {"url", VALUE_TEXT, CATALOG_MEDIA, 0, "path of the resource"},
    {"content", VALUE_BYTES, CATALOG_MEDIA, 0, "the bytes, fetched only where a statement uses them"},
};

static const catalog_word media_words[] = {
    {"content", "links.content_direct_temporary", CATALOG_MEDIA},
    {NULL, NULL, 0},
};

const catalog_resource catalog_media = {
    .name = "media",
    .always = CATALOG_MEDIA,
    .segment = "Media",
    .list_key = "media",
    .parent = &catalog_conversation_services,
    .parent_column = "service_sid",
    .key_column = "sid",
    .key_prefix = "ME",
    .fetch = CATALOG_MEDIA,
    .typical_rows = 1000,
    .size_column = "size",
    .columns = media_columns,
    .column_count = CATALOG_COUNT(media_columns),
    .words = media_words,
    .description = "What is attached to messages, with its content",
};
