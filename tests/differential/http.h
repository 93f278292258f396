/*
** This program's own way to the emulator, so that the reference data does not come through the extension: libcurl's
** easy interface, one request at a time over one connection, and jansson.
*/
#ifndef DIFFERENTIAL_HTTP_H
#define DIFFERENTIAL_HTTP_H

#include <curl/curl.h>
#include <jansson.h>
#include <stdbool.h>

typedef struct http_client {
    CURL *curl;
    char origin[128];
} http_client;

/* Prepares a client for the origin, "http://127.0.0.1:PORT". False if libcurl fails. */
bool http_open(http_client *client, const char *origin);

/* GETs the URL (absolute) and parses the answer: a new reference, or NULL with the reason on standard output. */
json_t *http_get(http_client *client, const char *url);

/* POSTs nothing to origin + path: the emulator's control path. False, with the reason on standard output, on failure. */
bool http_control(http_client *client, const char *path);

/* Frees the client. Harmless on one that was not opened but zeroed. */
void http_close(http_client *client);

#endif
