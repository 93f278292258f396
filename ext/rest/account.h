/*
** One account as the client knows it: where each origin's requests go, with what credentials, and how much that server
** bears from it. Accounts have nothing in common: what is refused to one does not hold up another.
*/
#ifndef CHAT_ACCOUNT_H
#define CHAT_ACCOUNT_H

#include "catalog/catalog.h"
#include "rest/bearing.h"
#include "rest/endpoint.h"

/* The origins, and behind them one for whatever is asked for elsewhere: it has no name and no credentials. */
enum { ACCOUNT_ELSEWHERE = CATALOG_ORIGIN_COUNT, ACCOUNT_SERVERS };

/* All zeros at first. */
typedef struct account {
    char *profile; /* by whose name it was asked for; owned; NULL: none */
    endpoint endpoints[ACCOUNT_SERVERS];
    bearing bearings[ACCOUNT_SERVERS];
    int running; /* requests of all origins */
} account;

/* Takes over copies of a configuration. SQLITE_OK, or SQLITE_NOMEM: nothing is changed then. profile: or NULL. */
int account_configure(account *target, const char *profile, const endpoint_config *endpoints);

/* Begins to find out anew how much its servers bear. */
void account_widen(account *target, int widest);

/*
** Readies the bearings for a pass over the requests that wait: marks the origins for which there are none as full. Returns
** how many are not.
*/
int account_begin_pass(account *target);

/* In how many ms an origin that fails may be asked again, if that is sooner than soonest. */
int64_t account_next_probe(const account *source, int64_t now_ms, int64_t soonest);

/* Is the secret of one of its credentials in a text, in any form? */
bool account_finds_secret(const account *source, const char *text);

void account_clear(account *target);

#endif
