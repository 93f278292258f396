/* How many calls came to what; see write_tally.h. */
#include "write/write_tally.h"

/*
** Where the calls are to be seen. Of a transaction that was refused before anything was sent chat_writes shows nothing, if an
** earlier one has left something unsent there, which stays (write_queue.h).
*/
static const char *tally_where(const write_queue *queue) {
    return queue->earlier && !queue->tried ? "chat_writes still shows an earlier transaction, which has failed"
                                           : "see chat_writes";
}

char *write_tally_text(const write_queue *queue, const char *cause) {
    size_t calls = queue->count - write_queue_count(queue, WRITE_ROLLED_BACK);
    size_t sent = write_queue_count(queue, WRITE_SENT), failed = write_queue_count(queue, WRITE_FAILED);
    size_t unknown = write_queue_count(queue, WRITE_UNKNOWN), pending = write_queue_count(queue, WRITE_PENDING);
    if (calls == 1) {
        const char *became = failed    ? " has failed"
                             : unknown ? "'s state is unknown"
                             : sent    ? " was sent"
                                       : " was not sent";
        return sqlite3_mprintf("%s; the call%s (%s)", cause, became, tally_where(queue));
    }
    return sqlite3_mprintf("%s; of %lld calls %lld %s sent, %lld failed, %lld %s unknown and %lld %s not sent (%s)",
                           cause, (sqlite3_int64)calls, (sqlite3_int64)sent, sent == 1 ? "was" : "were",
                           (sqlite3_int64)failed, (sqlite3_int64)unknown, unknown == 1 ? "is" : "are",
                           (sqlite3_int64)pending, pending == 1 ? "was" : "were", tally_where(queue));
}
