/* Requests for the reference data and for the emulator's control path: see http.h. */
#include "http.h"

#include "memory.h"
#include "process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct http_body {
    char *bytes;
    size_t length;
} http_body;

static size_t http_receive(char *bytes, size_t size, size_t count, void *context) {
    http_body *body = context;
    size_t length = size * count;
    body->bytes = memory_resize(body->bytes, body->length + length, 1);
    memcpy(body->bytes + body->length, bytes, length);
    body->length += length;
    return length;
}

bool http_open(http_client *client, const char *origin) {
    client->curl = curl_easy_init();
    if (client->curl == NULL) {
        return false;
    }
    snprintf(client->origin, sizeof client->origin, "%s", origin);
    curl_easy_setopt(client->curl, CURLOPT_USERNAME, PROCESS_ACCOUNT_SID);
    curl_easy_setopt(client->curl, CURLOPT_PASSWORD, PROCESS_AUTH_TOKEN);
    curl_easy_setopt(client->curl, CURLOPT_WRITEFUNCTION, http_receive);
    curl_easy_setopt(client->curl, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(client->curl, CURLOPT_PROXY, "");
    return true;
}

/* Performs the prepared request; the status, or 0 with the reason printed if there was no answer. */
static long http_perform(http_client *client, const char *url, http_body *body) {
    long status = 0;
    curl_easy_setopt(client->curl, CURLOPT_URL, url);
    curl_easy_setopt(client->curl, CURLOPT_WRITEDATA, body);
    CURLcode rc = curl_easy_perform(client->curl);
    if (rc != CURLE_OK) {
        printf("# %s: %s\n", url, curl_easy_strerror(rc));
        return 0;
    }
    curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 300) {
        printf("# %s: HTTP %ld %.*s\n", url, status, (int)body->length, body->length == 0 ? "" : body->bytes);
    }
    return status;
}

json_t *http_get(http_client *client, const char *url) {
    http_body body = {0};
    json_t *json = NULL;
    curl_easy_setopt(client->curl, CURLOPT_HTTPGET, 1L);
    if (http_perform(client, url, &body) == 200) {
        json_error_t error;
        json = json_loadb(body.bytes == NULL ? "" : body.bytes, body.length, JSON_ALLOW_NUL, &error);
        if (json == NULL) {
            printf("# %s: %s\n", url, error.text);
        }
    }
    free(body.bytes);
    return json;
}

bool http_control(http_client *client, const char *path) {
    http_body body = {0};
    char url[512];
    snprintf(url, sizeof url, "%s%s", client->origin, path);
    curl_easy_setopt(client->curl, CURLOPT_POST, 1L);
    curl_easy_setopt(client->curl, CURLOPT_POSTFIELDS, "");
    long status = http_perform(client, url, &body);
    free(body.bytes);
    return status >= 200 && status < 300;
}

void http_close(http_client *client) {
    curl_easy_cleanup(client->curl);
    client->curl = NULL;
}
