/*
** Reading an OpenAPI document. See the header.
*/
#include "openapi.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool openapi_same(const char *left, const char *right) {
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

void openapi_append(char *text, const char *more) {
    size_t used = strlen(text);
    assert_true(used + strlen(more) < OPENAPI_TEXT_SIZE);
    strcpy(text + used, more);
}

void openapi_snake_case(const char *name, char *result) {
    size_t used = 0;
    for (size_t i = 0; name[i] != '\0'; i++) {
        assert_true(used + 3 < OPENAPI_TEXT_SIZE);
        if (isupper((unsigned char)name[i]) && i > 0 && name[i - 1] != '.') {
            result[used++] = '_';
        }
        result[used++] = (char)tolower((unsigned char)name[i]);
    }
    result[used] = '\0';
}

void openapi_columns_in_path(const char *path, char *result) {
    result[0] = '\0';
    while (*path != '\0') {
        assert_true(*path != '{' || strchr(path, '}') != NULL);
        char piece[OPENAPI_TEXT_SIZE];
        size_t length = *path == '{' ? strcspn(path, "}") + 1 : strcspn(path, "{");
        assert_true(length < sizeof(piece));
        memcpy(piece, path, length);
        piece[length] = '\0';
        if (*path == '{') {
            char snake[OPENAPI_TEXT_SIZE];
            openapi_snake_case(piece + 1, snake);
            openapi_append(result, "{");
            openapi_append(result, snake);
        } else {
            openapi_append(result, piece);
        }
        path += length;
    }
}

json_t *openapi_resolve(json_t *spec, json_t *schema) {
    const char *name = json_string_value(json_object_get(schema, "$ref"));
    if (name == NULL) {
        return schema;
    }
    json_t *schemas = json_object_get(json_object_get(spec, "components"), "schemas");
    json_t *target = json_object_get(schemas, strrchr(name, '/') + 1);
    assert_non_null(target);
    return target;
}

json_t *openapi_path(json_t *spec, const char *wanted) {
    const char *path;
    json_t *item;
    json_object_foreach(json_object_get(spec, "paths"), path, item) {
        char as_columns[OPENAPI_TEXT_SIZE];
        openapi_columns_in_path(path, as_columns);
        if (strcmp(as_columns, wanted) == 0) {
            return item;
        }
    }
    return NULL;
}

json_t *openapi_argument(json_t *operation, const char *name, const char *place) {
    size_t i;
    json_t *argument;
    json_array_foreach(json_object_get(operation, "parameters"), i, argument) {
        if (openapi_same(json_string_value(json_object_get(argument, "name")), name) &&
            openapi_same(json_string_value(json_object_get(argument, "in")), place)) {
            return argument;
        }
    }
    return NULL;
}

json_t *openapi_form(json_t *operation) {
    json_t *content = json_object_get(json_object_get(operation, "requestBody"), "content");
    return json_object_get(json_object_get(content, "application/x-www-form-urlencoded"), "schema");
}

bool openapi_requires(json_t *form, const char *name) {
    size_t i;
    json_t *required;
    json_array_foreach(json_object_get(form, "required"), i, required) {
        if (openapi_same(json_string_value(required), name)) {
            return true;
        }
    }
    return false;
}

json_t *openapi_response(json_t *spec, json_t *operation, const char *status) {
    json_t *response = json_object_get(json_object_get(operation, "responses"), status);
    json_t *content = json_object_get(json_object_get(response, "content"), "application/json");
    return openapi_resolve(spec, json_object_get(content, "schema"));
}

unsigned openapi_length(json_t *schema) {
    json_t *maximum = json_object_get(schema, "maxLength");
    if (maximum != NULL) {
        return (unsigned)json_integer_value(maximum);
    }
    const char *prose = json_string_value(json_object_get(schema, "description"));
    const char *unit = prose == NULL ? NULL : strstr(prose, " characters");
    if (unit == NULL) {
        return 0;
    }
    const char *digits = unit;
    while (digits > prose && isdigit((unsigned char)digits[-1])) {
        digits--;
    }
    return (unsigned)strtoul(digits, NULL, 10);
}
