/* The trust tests, each a part of the program: see main.c. Each prints TAP and returns the exit status. */
#ifndef TRUST_TRUST_H
#define TRUST_TRUST_H

int trust_secrets(const char *folder);  /* credentials stay out of everything that can be seen */
int trust_echoes(const char *folder);   /* ... also when the server repeats them */
int trust_hostile(const char *folder);  /* a database file of somebody else */
int trust_requests(const char *folder); /* what users and servers put into requests */
int trust_origins(const char *folder);  /* where requests may go */
int trust_links(const char *folder);    /* what the service of one origin says of another */
int trust_media(const char *folder);    /* contents of media */
int trust_profiles(const char *folder); /* two accounts on one connection */
int trust_proxies(const char *folder);  /* what the environment adds to them */

#endif
