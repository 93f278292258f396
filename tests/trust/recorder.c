/* A recording server; see recorder.h. */
#include "trust/recorder.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "differential/memory.h"

enum { RECORDER_CONNECTIONS = 64, RECORDER_TICK_MS = 50 };

struct recorder {
    pthread_t thread;
    pthread_mutex_t lock;
    int listener, port;
    bool stopping;
    recorder_answer *answer;
    void *context;
    struct pollfd ends[1 + RECORDER_CONNECTIONS]; /* the listener first */
    text received[1 + RECORDER_CONNECTIONS];      /* not yet a whole request */
    nfds_t count;
    text *requests;
    int request_count, connections;
    text bytes;
};

static void recorder_fail(const char *what) {
    printf("Bail out! %s\n", what);
    exit(70);
}

/* Length of the whole request that text begins with; 0: there is more to come. */
static size_t recorder_whole(const text *received) {
    const char *end = received->length ? strstr(received->bytes, "\r\n\r\n") : NULL;
    if (!end) {
        return 0;
    }
    size_t head = (size_t)(end - received->bytes) + 4, body = 0;
    for (const char *line = received->bytes; line < end; line = strstr(line, "\r\n") + 2) {
        if (strncasecmp(line, "Content-Length:", 15) == 0) {
            body = strtoul(line + 15, NULL, 10);
        }
    }
    return received->length >= head + body ? head + body : 0;
}

static void recorder_drop(recorder *self, nfds_t i) {
    close(self->ends[i].fd);
    text_clear(&self->received[i]);
    self->count--;
    self->ends[i] = self->ends[self->count];
    self->received[i] = self->received[self->count];
    memset(&self->received[self->count], 0, sizeof self->received[0]);
}

static void recorder_keep(recorder *self, const char *bytes, size_t length) {
    self->requests = memory_resize(self->requests, (size_t)self->request_count + 1, sizeof *self->requests);
    text *kept = &self->requests[self->request_count++];
    memset(kept, 0, sizeof *kept);
    text_add(kept, bytes, length);
}

/* Answers the whole requests at the beginning of what a connection has received. False: it is to be closed. */
static bool recorder_serve(recorder *self, int end, text *received) {
    for (size_t whole; (whole = recorder_whole(received)) > 0;) {
        text request = {0}, answer = {0};
        text_add(&request, received->bytes, whole);
        memmove(received->bytes, received->bytes + whole, received->length - whole + 1);
        received->length -= whole;
        pthread_mutex_lock(&self->lock);
        recorder_keep(self, request.bytes, whole);
        recorder_answer *respond = self->answer;
        void *context = self->context;
        pthread_mutex_unlock(&self->lock);
        if (respond) {
            respond(context, request.bytes, &answer);
        }
        size_t length = answer.length;
        bool sent = length > 0 && send(end, answer.bytes, length, 0) == (ssize_t)length;
        text_clear(&request);
        text_clear(&answer);
        if (!sent) {
            return false;
        }
    }
    return true;
}

/* Reads what is there. False: the connection is at its end. */
static bool recorder_read(recorder *self, nfds_t i) {
    char part[65536];
    ssize_t got = recv(self->ends[i].fd, part, sizeof part, 0);
    if (got <= 0) {
        return false;
    }
    pthread_mutex_lock(&self->lock);
    text_add(&self->bytes, part, (size_t)got);
    pthread_mutex_unlock(&self->lock);
    if (part[0] == 0x16) {
        return false; /* TLS: not to be had here */
    }
    text_add(&self->received[i], part, (size_t)got);
    return recorder_serve(self, self->ends[i].fd, &self->received[i]);
}

static void recorder_accept(recorder *self) {
    int end = accept(self->listener, NULL, NULL);
    if (end < 0 || self->count == 1 + RECORDER_CONNECTIONS) {
        recorder_fail("a recorder cannot take a connection");
    }
    pthread_mutex_lock(&self->lock);
    self->connections++;
    pthread_mutex_unlock(&self->lock);
    self->ends[self->count++] = (struct pollfd){.fd = end, .events = POLLIN};
}

static void *recorder_run(void *context) {
    recorder *self = context;
    bool stopping = false;
    while (!stopping) {
        if (poll(self->ends, self->count, RECORDER_TICK_MS) > 0) {
            for (nfds_t i = self->count; i-- > 1;) {
                if (self->ends[i].revents && !recorder_read(self, i)) {
                    recorder_drop(self, i);
                }
            }
            if (self->ends[0].revents) {
                recorder_accept(self);
            }
        }
        pthread_mutex_lock(&self->lock);
        stopping = self->stopping;
        pthread_mutex_unlock(&self->lock);
    }
    while (self->count > 1) {
        recorder_drop(self, self->count - 1);
    }
    return NULL;
}

recorder *recorder_start(recorder_answer *answer, void *context) {
    signal(SIGPIPE, SIG_IGN); /* whoever asked may be gone */
    recorder *self = memory_zeroed(1, sizeof *self);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    self->answer = answer;
    self->context = context;
    self->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (self->listener < 0 || bind(self->listener, (struct sockaddr *)&address, size) != 0 ||
        listen(self->listener, 64) != 0 || getsockname(self->listener, (struct sockaddr *)&address, &size) != 0) {
        recorder_fail("a recorder cannot listen");
    }
    self->port = ntohs(address.sin_port);
    self->ends[0] = (struct pollfd){.fd = self->listener, .events = POLLIN};
    self->count = 1;
    pthread_mutex_init(&self->lock, NULL);
    if (pthread_create(&self->thread, NULL, recorder_run, self) != 0) {
        recorder_fail("a recorder has no thread");
    }
    return self;
}

void recorder_set(recorder *target, recorder_answer *answer, void *context) {
    pthread_mutex_lock(&target->lock);
    target->answer = answer;
    target->context = context;
    pthread_mutex_unlock(&target->lock);
}

int recorder_port(const recorder *source) {
    return source->port;
}

int recorder_connections(recorder *source) {
    pthread_mutex_lock(&source->lock);
    int count = source->connections;
    pthread_mutex_unlock(&source->lock);
    return count;
}

int recorder_requests(recorder *source) {
    pthread_mutex_lock(&source->lock);
    int count = source->request_count;
    pthread_mutex_unlock(&source->lock);
    return count;
}

void recorder_request(recorder *source, int i, text *target) {
    text_clear(target);
    pthread_mutex_lock(&source->lock);
    text_add(target, source->requests[i].bytes, source->requests[i].length);
    pthread_mutex_unlock(&source->lock);
}

void recorder_bytes(recorder *source, text *target) {
    pthread_mutex_lock(&source->lock);
    text_add(target, source->bytes.bytes, source->bytes.length);
    pthread_mutex_unlock(&source->lock);
}

void recorder_forget(recorder *target) {
    pthread_mutex_lock(&target->lock);
    while (target->request_count > 0) {
        text_clear(&target->requests[--target->request_count]);
    }
    target->connections = 0;
    text_clear(&target->bytes);
    pthread_mutex_unlock(&target->lock);
}

void recorder_stop(recorder *target) {
    pthread_mutex_lock(&target->lock);
    target->stopping = true;
    pthread_mutex_unlock(&target->lock);
    pthread_join(target->thread, NULL);
    close(target->listener);
    recorder_forget(target);
    free(target->requests);
    pthread_mutex_destroy(&target->lock);
    free(target);
}
