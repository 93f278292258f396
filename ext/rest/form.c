/* Form bodies; see form.h. */
#include "rest/form.h"

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
