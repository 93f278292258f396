/*
** Reachability: whether a service keeps who is connected. Where one does not, is_online and is_notifiable of its users are
** NULL wherever they stand, and no request is worth it. The service's own row tells, or what each service has one of.
*/
#ifndef CHAT_REACHABILITY_H
#define CHAT_REACHABILITY_H

#include <stdbool.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "read/look.h"

/*
** Asks for what tells of the service that an address ("/Services/IS.../Users") is in, or, with only_known, finds it if the
** statement has asked for it. Give it back with look_put. NULL: nothing tells of it in that version, or it is not known, or
** a problem.
*/
look_entry *reachability_ask(look *view, const catalog_resource *resource, unsigned version, const char *address,
                             bool only_known, error *problem);

/* Says that, LOOK_READY and of that resource, that it is off? */
bool reachability_is_off(const look_entry *teller, const catalog_resource *resource, unsigned version);

/* For the rows to come, one after another: what is known of the service of the last one. All zeros at first. */
typedef struct reachability_known {
    const char *address; /* as it was given */
    bool on;
} reachability_known;

/*
** Does the statement know, without a request and without waiting, that it is on there? Before it does, a value asked for
** ahead may be one that nobody needs, and which answer comes first would decide how many are asked for. The address must
** stay as it is as long as known is used.
*/
bool reachability_is_on(reachability_known *known, look *view, const catalog_resource *resource, unsigned version,
                        const char *address);

#endif
