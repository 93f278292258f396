/*
** What to say of a proxy, which libcurl takes from the environment (https_proxy, all_proxy, no_proxy; for https only, see
** transport.c). Requests go through it in a tunnel (CONNECT), so it sees a host and a port and nothing else. Pure.
*/
#ifndef CHAT_PROXY_H
#define CHAT_PROXY_H

#include <stdbool.h>

/*
** Is libcurl's text about a proxy's URL that it cannot use? Then the text is not to be shown: it quotes the URL, in which
** a password may stand.
*/
bool proxy_is_unusable(const char *detail);

/* To be said instead. */
const char *proxy_unusable(void);

/* What to do about a proxy that answered CONNECT with this status, which is not 2xx. */
const char *proxy_advice(int status);

#endif
