/* Pages: see paging.h. */
#include "paging.h"

#include "errors.h"
#include "render.h"
#include "resource.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { PAGING_DEFAULT = 50 };

static bool paging_number(exchange *from, const char *name, int64_t fallback, int64_t *number) {
    const form_field *field = form_find(&from->query, name);
    *number = fallback;
    if (!field) {
        return true;
    }
    char *end = NULL;
    errno = 0;
    *number = strtoll(field->value, &end, 10);
    if (errno || end == field->value || *end || *number < 0) {
        return errors_say(from, ERROR_PARAMETER, "Invalid parameter %s", name);
    }
    return true;
}

static bool paging_is_filter(const exchange *from, const char *name) {
    for (int at = 0; at < RESOURCE_FILTERS && from->resource->filters[at].parameter; at++) {
        if (strcmp(from->resource->filters[at].parameter, name) == 0) {
            return (from->resource->filters[at].versions & from->version) != 0;
        }
    }
    return resource_kind(from->resource) == &resource_messages && strcmp(name, "Order") == 0;
}

static void paging_read_filters(paging *self, const exchange *from) {
    for (size_t at = 0; at < from->query.count; at++) {
        const form_field *field = &from->query.fields[at];
        if (paging_is_filter(from, field->name)) {
            buffer_format(&self->filters, "%s=", field->name);
            buffer_percent(&self->filters, field->value, field->length);
            buffer_byte(&self->filters, '&');
        }
    }
}

bool paging_read(paging *self, exchange *from) {
    *self = (paging){0};
    int maximum = resource_page_max(from->resource, from->version);
    int fallback = from->resource->page_default ? from->resource->page_default : PAGING_DEFAULT;
    if (!paging_number(from, "PageSize", fallback, &self->size) || !paging_number(from, "Page", 0, &self->page)) {
        return false;
    }
    if (self->size > maximum && from->version & API_CONVERSATIONS &&
        from->emulator->options.page_size == PAGE_SIZE_CLAMP) {
        self->size = maximum;
    }
    if (self->size > maximum) {
        return errors_say(from, ERROR_PAGE_SIZE, "Page size too large: %lld, maximum %d", (long long)self->size,
                          maximum);
    }
    if (self->size < 1) {
        return errors_say(from, ERROR_PARAMETER, "Invalid parameter PageSize");
    }
    const char *token = form_text(&from->query, "PageToken", NULL);
    if (token && strncmp(token, "PT", 2) != 0) {
        return errors_set(from, ERROR_PAGE_TOKEN);
    }
    self->token = token ? token + 2 : NULL;
    if (self->page > 0 && !token && from->emulator->options.paging == PAGING_TOKEN) {
        return errors_say(from, ERROR_PARAMETER, "PageToken is required for paging.");
    }
    paging_read_filters(self, from);
    return true;
}

void paging_free(paging *self) {
    buffer_free(&self->filters);
}

static void paging_url(const paging *self, exchange *to, int64_t page, const char *token) {
    buffer *out = &to->answer;
    bool skip = to->emulator->options.next_without_page && token;
    buffer_byte(out, '"');
    buffer_append(out, to->origin.data, to->origin.length);
    buffer_append(out, to->uri, to->path_length);
    buffer_byte(out, '?');
    buffer_append(out, self->filters.data, self->filters.length);
    buffer_format(out, "PageSize=%lld", (long long)self->size);
    if (!skip) {
        buffer_format(out, "&Page=%lld", (long long)page);
    }
    if (token) {
        buffer_text(out, "&PageToken=PT");
        buffer_percent(out, token, strlen(token));
    }
    buffer_byte(out, '"');
}

void paging_write(const paging *self, exchange *to, const char *previous, const char *next) {
    buffer *out = &to->answer;
    bool tokens = to->emulator->options.paging == PAGING_TOKEN;
    buffer_format(out, "\"meta\":{\"page\":%lld,\"page_size\":%lld,\"first_page_url\":", (long long)self->page,
                  (long long)self->size);
    paging_url(self, to, 0, NULL);
    buffer_text(out, ",\"previous_page_url\":");
    if (self->page > 0 && previous) {
        paging_url(self, to, self->page - 1, tokens ? previous : NULL);
    } else {
        buffer_text(out, "null");
    }
    buffer_text(out, ",\"url\":");
    paging_url(self, to, self->page, self->token);
    buffer_text(out, ",\"next_page_url\":");
    if (to->next_page_override) {
        buffer_json(out, to->next_page_override, strlen(to->next_page_override));
    } else if (next) {
        paging_url(self, to, self->page + 1, tokens ? next : NULL);
    } else {
        buffer_text(out, "null");
    }
    buffer_format(out, ",\"key\":\"%s\"}", to->resource->list_key);
}
