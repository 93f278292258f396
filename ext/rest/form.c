/* Form bodies; see form.h. */
#include "rest/form.h"

#include <string.h>

#include "base/sqlite.h"
#include "rest/url.h"

void form_append(buffer *body, const char *name, const char *value, size_t length, error *problem) {
    char *escaped = error_is_set(problem) ? NULL : url_escape(value, length, problem);
    if (!escaped) {
        return;
    }
    /* Parameter names are the catalogue's: letters and dots. */
    buffer_format(body, "%s%s=", body->length ? "&" : "", name);
    if (!buffer_text(body, escaped)) {
        error_set(problem, body->rc, "the request would be too large");
    }
    sqlite3_free(escaped);
}

const char *form_find(const char *body, const char *name, size_t *length) {
    size_t name_length = strlen(name);
    while (body && !(strncmp(body, name, name_length) == 0 && body[name_length] == '=')) {
        body = strchr(body, '&');
        body = body ? body + 1 : NULL;
    }
    *length = body ? strcspn(body, "&") : 0;
    return body;
}

bool form_has(const char *body, const char *name) {
    size_t length;
    return form_find(body, name, &length) != NULL;
}

void form_read(buffer *value, const char *escaped, size_t length) {
    size_t read = 0;
    char *text = url_unescape(escaped, length, &read);
    if (text) {
        buffer_append(value, text, read);
    } else {
        value->rc = SQLITE_NOMEM;
    }
    sqlite3_free(text);
}
