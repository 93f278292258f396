/*
** Trust: credentials are shown nowhere and go to one place only, a database file of somebody else makes no request, and
** no value that a user or a server sets changes what a request is.
**
**     build/trust secrets|echoes|hostile|requests|origins|profiles|proxies|media|links FOLDER
**
** FOLDER is an empty one, for files. The extension is $EXTENSION (without suffix), the shell $SQLITE3.
*/
#include <stdio.h>
#include <string.h>

#include "trust/host.h"
#include "trust/trust.h"

int main(int argc, char **argv) {
    static const struct part {
        const char *name;
        int (*run)(const char *folder);
    } parts[] = {{"secrets", trust_secrets},   {"echoes", trust_echoes},   {"hostile", trust_hostile},
                 {"requests", trust_requests}, {"origins", trust_origins}, {"profiles", trust_profiles},
                 {"proxies", trust_proxies},   {"media", trust_media},     {"links", trust_links}};
    for (size_t i = 0; argc == 3 && i < sizeof parts / sizeof *parts; i++) {
        if (strcmp(parts[i].name, argv[1]) == 0) {
            host_clear_environment();
            return parts[i].run(argv[2]);
        }
    }
    fprintf(stderr, "usage: trust secrets|echoes|hostile|requests|origins|profiles|proxies|media|links FOLDER\n");
    return 2;
}
