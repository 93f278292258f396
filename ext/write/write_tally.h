/* How many of a transaction's calls came to what, in words: for the message of a statement that fails while it sends. */
#ifndef CHAT_WRITE_TALLY_H
#define CHAT_WRITE_TALLY_H

#include "write/write_queue.h"

/*
** "...; of 10 calls 3 were sent, 1 failed, 1 is unknown and 5 were not sent (see chat_writes)"; of one, what became of it. cause:
** what is in the place of the dots. sqlite3_malloc'ed; NULL: out of memory.
*/
char *write_tally_text(const write_queue *queue, const char *cause);

#endif
