/*
** What is asked for beside what a statement waits for: while one of its scans waits, the lists of the others go on coming.
** That they will be wanted is likely and not sure: whoever asks for the rows may be content with the first ones (a LIMIT
** over a join says nothing). So what has been asked for and not been used yet stays below a quarter of what was of use,
** and 64 more for each scan that has been begun, since that is what each further row of the outer ones does. Where nothing
** says that the statement may end early, 512 more. Pure.
*/
#ifndef CHAT_BESIDE_H
#define CHAT_BESIDE_H

#include <stdbool.h>
#include <stdint.h>

enum { BESIDE_OF_SCAN = 64, BESIDE_OF_ALL = 512 };

/*
** May more be asked for? asked: requests so far; used: those whose answers have been of use; scans: that have been begun;
** all: all rows are wanted, as far as is known.
*/
bool beside_allows(int64_t asked, int64_t used, int64_t scans, bool all);

#endif
