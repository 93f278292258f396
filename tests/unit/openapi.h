/*
** Reading an OpenAPI document with jansson, as far as the comparison of the catalogue with the vendor's specs needs
** it: paths, parameters, forms, responses and what their schemas say. A document of a shape that these cannot read
** fails the running test, through cmocka.
*/
#ifndef CHAT_TEST_OPENAPI_H
#define CHAT_TEST_OPENAPI_H

#include <jansson.h>
#include <stdbool.h>

/* Size of every text buffer that these functions write. */
enum { OPENAPI_TEXT_SIZE = 512 };

/* Whether two texts are equal. NULL equals nothing, not even NULL. */
bool openapi_same(const char *left, const char *right);

/* Appends to a text in a buffer of OPENAPI_TEXT_SIZE bytes. */
void openapi_append(char *text, const char *more);

/* A parameter's name as the response names the field: "Notifications.NewMessage.Enabled" becomes
** "notifications.new_message.enabled". result: OPENAPI_TEXT_SIZE bytes. */
void openapi_snake_case(const char *name, char *result);

/* A path with its placeholders named as columns: "/v1/Services/{ServiceSid}" becomes "/v1/Services/{service_sid}".
** result: OPENAPI_TEXT_SIZE bytes. */
void openapi_columns_in_path(const char *path, char *result);

/* The schema that a "$ref" names, or the schema itself if it has none. schema may be NULL, and then so is the result.
** Borrowed, as everything below. */
json_t *openapi_resolve(json_t *spec, json_t *schema);

/* The path item whose path, placeholders as columns, is the wanted one; or NULL. */
json_t *openapi_path(json_t *spec, const char *wanted);

/* A parameter of an operation by name and place ("query", "path", "header"), or NULL. operation may be NULL. */
json_t *openapi_argument(json_t *operation, const char *name, const char *place);

/* The schema of an operation's form, or NULL if it has none. operation may be NULL. */
json_t *openapi_form(json_t *operation);

/* Whether a form requires the property of that name. */
bool openapi_requires(json_t *form, const char *name);

/* The resolved schema of the JSON body that comes with a status ("200"), or NULL. */
json_t *openapi_response(json_t *spec, json_t *operation, const char *status);

/* The maximum length that a parameter's schema documents, by itself or in its prose ("up to 64 characters", "must be 64
** characters or less"); 0 if none. */
unsigned openapi_length(json_t *schema);

#endif
