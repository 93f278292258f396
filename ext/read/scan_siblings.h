/*
** Lists under siblings: a loop over an ordinary table asks for one list after another (members of the channels whose SIDs are in
** it), and no scan stands on a row that tells of the next one. Where a few had to be waited for, the list that their parents are
** in is asked for beside the next one, and lists under others of them are asked for ahead, as far as siblings.h finds them
** likely, and within the bound of readahead.h. Where it is not known in which service a parent lives, that list tells, too: then
** its SID is enough, and is not looked for in all of them.
**
** Of two of the parents' lists a page each is read, and one page more for each eight lists asked for: nobody knows how long they
** are.
*/
#ifndef CHAT_SCAN_SIBLINGS_H
#define CHAT_SCAN_SIBLINGS_H

#include "read/scan_inside.h"
#include "read/scan_lead.h"
#include "read/walk_plan.h"

/* A scan begins: what has come of the parents' lists is taken note of, before it is asked where a parent lives. */
void scan_siblings_learn(const scan *target);

/*
** It begins with a list of which nothing has told: asks for it, and for those that are likely to follow. page_size: the setting.
** first: as in scan_lead_read_ahead.
*/
void scan_siblings_follow(scan *target, const walk_plan *way, const route_lead *lead, int page_size,
                          scan_lead_first first, error *problem);

#endif
