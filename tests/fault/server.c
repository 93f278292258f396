/* A hostile HTTP server on raw sockets; see server.h. */
#define _GNU_SOURCE
#include "fault/server.h"

#include <arpa/inet.h>
#include <fnmatch.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* SIGPIPE is ignored */
#endif

enum { SERVER_HEAD_MAX = 4 * 1024 * 1024, SERVER_CONNECTIONS_MAX = 4096 };

/* The test's credentials, as Basic authentication sends them. */
#define SERVER_AUTHORIZATION "Basic U0swMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTpmYXVsdC1zZWNyZXQ="

typedef struct connection {
    server *owner;
    int socket;
    pthread_t thread;
    bool used, ended;
} connection;

struct server {
    world data;
    int listener;
    int end[2]; /* a pipe: a byte in it ends the listening */
    pthread_t thread;
    pthread_mutex_t end_lock; /* of the next */
    bool joined;
    pthread_mutex_t lock; /* of all that follows */
    const server_fault *fault;
    int hits;
    char **requests; /* "METHOD target" */
    size_t request_count, request_space;
    int connection_count;
    const char *objection;
    connection connections[SERVER_CONNECTIONS_MAX];
};

/* ---- sending ---- */

bool server_send(exchange *request, const void *bytes, size_t length) {
    const char *rest = bytes;
    while (length > 0) {
        ssize_t sent = send(request->socket, rest, length, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        rest += sent;
        length -= (size_t)sent;
    }
    return true;
}

bool server_wait_gone(exchange *request, int milliseconds) {
    struct pollfd watched = {.fd = request->socket, .events = POLLIN};
    return poll(&watched, 1, milliseconds) > 0;
}

void server_reset(exchange *request) {
    struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    setsockopt(request->socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    request->keep = false;
}

/* ---- one request ---- */

static void server_note(server *target, const char *method, const char *path, const char *head) {
    char *line = NULL;
    if (asprintf(&line, "%s %s", method, path) < 0) {
        abort();
    }
    pthread_mutex_lock(&target->lock);
    if (target->request_count == target->request_space) {
        target->request_space = target->request_space ? target->request_space * 2 : 64;
        target->requests = realloc(target->requests, target->request_space * sizeof *target->requests);
        if (!target->requests) {
            abort();
        }
    }
    target->requests[target->request_count++] = line;
    if (strcasestr(head, "\r\nCookie:")) {
        target->objection = "a cookie was sent";
    } else if (!strcasestr(head, "\r\nAuthorization: " SERVER_AUTHORIZATION "\r\n")) {
        target->objection = "a request came without the credentials";
    }
    pthread_mutex_unlock(&target->lock);
}

/* The fault that takes this request, or NULL. */
static const server_fault *server_take(server *target, exchange *request, const char *line) {
    const server_fault *taken = NULL;
    pthread_mutex_lock(&target->lock);
    const server_fault *fault = target->fault;
    if (fault && target->hits < fault->times && fnmatch(fault->requests, line, 0) == 0) {
        taken = fault;
        request->hit = ++target->hits;
    }
    pthread_mutex_unlock(&target->lock);
    return taken;
}

static void server_tell_truth(exchange *request) {
    text head = {0};
    text_format(&head, "HTTP/1.1 %d Fine\r\nContent-Type: application/json\r\n", request->status);
    if (request->status != 204) {
        text_format(&head, "Content-Length: %zu\r\n", request->body.length);
    }
    text_format(&head, "\r\n");
    text_append(&head, request->body.bytes, request->body.length);
    request->keep = server_send(request, head.bytes, head.length);
    text_clear(&head);
}

static void server_make_truth(exchange *request) {
    pthread_mutex_lock(&request->owner->lock);
    text_clear(&request->body);
    request->status = world_answer(&request->owner->data, request->method, request->target, &request->body);
    pthread_mutex_unlock(&request->owner->lock);
}

void server_shift(exchange *request, int rows) {
    pthread_mutex_lock(&request->owner->lock);
    request->owner->data.shift += rows;
    pthread_mutex_unlock(&request->owner->lock);
    server_make_truth(request);
}

/* Answers one request whose head is whole. Returns whether the connection goes on. */
static bool server_answer(server *target, int socket, char *head) {
    char *line_end = strstr(head, "\r\n"), *line = strndup(head, (size_t)(line_end - head));
    char *path = line ? strchr(line, ' ') : NULL, *version = path ? strchr(path + 1, ' ') : NULL;
    if (!version) {
        free(line);
        return false;
    }
    *version = 0;
    exchange request = {.owner = target, .socket = socket, .method = line, .target = path + 1};
    const server_fault *fault = server_take(target, &request, line);
    *path = 0;
    server_note(target, line, path + 1, head);
    server_make_truth(&request);
    if (fault) {
        fault->action(&request, fault->how, fault->number);
    } else {
        server_tell_truth(&request);
    }
    text_clear(&request.body);
    free(line);
    return request.keep;
}

/* ---- one connection ---- */

/* Reads until the head is whole; its length, or 0 when the client has gone. */
static size_t server_read_head(int socket, text *input) {
    char bytes[65536];
    for (;;) {
        char *end = input->bytes ? strstr(input->bytes, "\r\n\r\n") : NULL;
        if (end) {
            return (size_t)(end - input->bytes) + 4;
        }
        ssize_t got = input->length < SERVER_HEAD_MAX ? recv(socket, bytes, sizeof bytes, 0) : 0;
        if (got <= 0) {
            return 0;
        }
        text_append(input, bytes, (size_t)got);
    }
}

/* Drops the request's body; false when the client has gone. */
static bool server_read_body(int socket, text *input, size_t head) {
    char bytes[65536];
    const char *announced = strcasestr(input->bytes, "\r\nContent-Length:");
    size_t length = announced && announced < input->bytes + head
                        ? (size_t)strtoul(announced + strlen("\r\nContent-Length:"), NULL, 10)
                        : 0;
    while (input->length < head + length) {
        ssize_t got = recv(socket, bytes, sizeof bytes, 0);
        if (got <= 0) {
            return false;
        }
        text_append(input, bytes, (size_t)got);
    }
    return true;
}

static void *server_serve(void *context) {
    connection *self = context;
    text input = {0};
    bool goes_on = true;
    while (goes_on) {
        size_t head = server_read_head(self->socket, &input);
        goes_on = head > 0 && server_read_body(self->socket, &input, head) &&
                  server_answer(self->owner, self->socket, input.bytes);
        text_clear(&input); /* the client does not pipeline */
    }
    pthread_mutex_lock(&self->owner->lock);
    close(self->socket);
    self->ended = true;
    pthread_mutex_unlock(&self->owner->lock);
    return NULL;
}

/* A free place; those whose connections have ended are free again. */
static connection *server_place(server *target) {
    for (int i = 0; i < SERVER_CONNECTIONS_MAX; i++) {
        connection *each = &target->connections[i];
        if (each->used && each->ended) {
            pthread_join(each->thread, NULL);
            each->used = false;
        }
        if (!each->used) {
            return each;
        }
    }
    abort();
}

static void *server_accept(void *context) {
    server *target = context;
    struct pollfd watched[2] = {{.fd = target->listener, .events = POLLIN}, {.fd = target->end[0], .events = POLLIN}};
    while (poll(watched, 2, -1) > 0 && !watched[1].revents) {
        int socket = accept(target->listener, NULL, NULL);
        if (socket < 0) {
            continue;
        }
        pthread_mutex_lock(&target->lock);
        connection *place = server_place(target);
        *place = (connection){.owner = target, .socket = socket, .used = true};
        target->connection_count++;
        pthread_mutex_unlock(&target->lock);
        if (pthread_create(&place->thread, NULL, server_serve, place) != 0) {
            abort();
        }
    }
    close(target->listener);
    return NULL;
}

/* ---- the server ---- */

/* From now on connections are refused. */
static void server_end_listening(server *target) {
    pthread_mutex_lock(&target->end_lock);
    if (!target->joined) {
        if (write(target->end[1], "x", 1) != 1) {
            abort();
        }
        pthread_join(target->thread, NULL);
        target->joined = true;
    }
    pthread_mutex_unlock(&target->end_lock);
}

void server_vanish(exchange *request) {
    server_end_listening(request->owner);
    server_reset(request);
}

server *server_start(const world *data) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    server *target = calloc(1, sizeof *target);
    if (!target) {
        abort();
    }
    pthread_mutex_init(&target->lock, NULL);
    pthread_mutex_init(&target->end_lock, NULL);
    target->data = *data;
    target->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (pipe(target->end) != 0 || bind(target->listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(target->listener, 256) != 0 ||
        getsockname(target->listener, (struct sockaddr *)&address, &length) != 0) {
        perror("listen");
        exit(2);
    }
    snprintf(target->data.origin, sizeof target->data.origin, "http://127.0.0.1:%d", ntohs(address.sin_port));
    if (pthread_create(&target->thread, NULL, server_accept, target) != 0) {
        abort();
    }
    return target;
}

void server_forget(server *target) {
    pthread_mutex_lock(&target->lock);
    while (target->request_count > 0) {
        free(target->requests[--target->request_count]);
    }
    pthread_mutex_unlock(&target->lock);
}

void server_stop(server *target) {
    server_end_listening(target);
    close(target->end[0]);
    close(target->end[1]);
    for (int i = 0; i < SERVER_CONNECTIONS_MAX; i++) {
        connection *each = &target->connections[i];
        if (each->used) {
            pthread_mutex_lock(&target->lock);
            if (!each->ended) {
                shutdown(each->socket, SHUT_RDWR);
            }
            pthread_mutex_unlock(&target->lock);
            pthread_join(each->thread, NULL);
        }
    }
    server_forget(target);
    free(target->requests);
    pthread_mutex_destroy(&target->lock);
    pthread_mutex_destroy(&target->end_lock);
    free(target);
}

void server_set_fault(server *target, const server_fault *fault) {
    pthread_mutex_lock(&target->lock);
    target->fault = fault;
    target->hits = 0;
    target->data.shift = 0;
    pthread_mutex_unlock(&target->lock);
}

const char *server_origin(const server *target) {
    return target->data.origin;
}

int server_requests(server *target, const char *glob) {
    int count = 0;
    pthread_mutex_lock(&target->lock);
    for (size_t i = 0; i < target->request_count; i++) {
        count += fnmatch(glob, target->requests[i], 0) == 0;
    }
    pthread_mutex_unlock(&target->lock);
    return count;
}

int server_connections(server *target) {
    pthread_mutex_lock(&target->lock);
    int count = target->connection_count;
    pthread_mutex_unlock(&target->lock);
    return count;
}

const char *server_objection(server *target) {
    pthread_mutex_lock(&target->lock);
    const char *objection = target->objection;
    pthread_mutex_unlock(&target->lock);
    return objection;
}
