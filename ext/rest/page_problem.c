/* What an error body says; see page.h. Uses jansson. */
#include "rest/page.h"

#include <jansson.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/utf8.h"
#include "rest/page_json.h"

/* Texts may hold NUL. Of a repeated key there would be two answers to choose from. */
enum { PROBLEM_FLAGS = JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES };

/* Copies the server's text as one printable line, cut at a whole UTF-8 character. */
static void problem_copy_line(char *target, size_t size, const char *text) {
    size_t length = strlen(text);
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
            length--;
        }
    }
    memcpy(target, text, length);
    target[length] = 0;
    utf8_blank_controls(target);
}

void page_parse_problem(const char *body, size_t length, page_problem *problem) {
    error ignored = {0};
    json_error_t details;
    json_t *root = page_json_load(body ? body : "", length, PROBLEM_FLAGS, &details, &ignored);
    const json_t *message = json_object_get(root, "message");
    memset(problem, 0, sizeof *problem);
    problem->code = json_integer_value(json_object_get(root, "code"));
    if (!json_is_string(message)) {
        message = json_object_get(root, "detail"); /* RFC 9457, which newer products send */
    }
    if (json_is_string(message)) {
        problem_copy_line(problem->message, sizeof problem->message, json_string_value(message));
    }
    problem->no_memory = ignored.rc == SQLITE_NOMEM;
    json_decref(root);
    error_clear(&ignored);
}
