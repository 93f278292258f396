/* Preloaded into a program, it makes looking up any name below .invalid take a minute, as a dead name server would. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

typedef int look_up(const char *, const char *, const struct addrinfo *, struct addrinfo **);

__attribute__((visibility("default"))) int getaddrinfo(const char *name, const char *service,
                                                       const struct addrinfo *hints, struct addrinfo **found) {
    size_t length = name ? strlen(name) : 0;
    if (length > 8 && strcmp(name + length - 8, ".invalid") == 0) {
        sleep(60);
        return EAI_AGAIN;
    }
    look_up *real = (look_up *)dlsym(RTLD_NEXT, "getaddrinfo");
    return real(name, service, hints, found);
}
