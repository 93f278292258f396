/*
** What the answer of a write that succeeded shows. The API says what it has done: POST answers with the row as it now
** is, 201 where it has made one; only DELETE answers with nothing (204). Another answer comes from somebody on the way,
** or from what is no such API: that it has been done is then not known.
*/
#ifndef CHAT_WRITE_ANSWER_H
#define CHAT_WRITE_ANSWER_H

#include <stdbool.h>

#include "base/sid.h"
#include "rest/client.h"
#include "write/write_entry.h"

/*
** Takes the SID of the row out of the answer into the entry (sid, or sid_unread: out of memory). name: that the row must
** have, or NULL. Nothing else of the row is looked at: what is wrong with it does not undo what has been done.
*/
void write_answer_learn(write_entry *entry, const client_answer *answer, const char *name);

/*
** Is it what the API answers: the row that an INSERT has made, whose SID is learnt, the row that an UPDATE is about, or to a
** DELETE nothing? Where memory runs out as the answer is read, the status counts.
*/
bool write_answer_confirms(write_entry *entry, const client_answer *answer);

/*
** 409: the column in which another row has the value that the call gives, where the service says so by a code of the
** catalogue's; NULL: it has another reason, such as somebody else's changing the same just now. Problem: SQLITE_NOMEM.
*/
const char *write_answer_taken(const write_entry *entry, const client_answer *answer, error *problem);

/* May that be the answer? Else OR IGNORE leaves nothing out. Of a call whose texts are in memory. */
bool write_answer_may_be_taken(const write_entry *entry);

/*
** The SIDs of rows that were made or changed last, and not deleted since: what answers an INSERT with one of them belongs to
** another call of that account. All zeros at first.
*/
enum { WRITE_ANSWER_MADE = 256 };
typedef struct write_answer_made {
    char sids[WRITE_ANSWER_MADE][SID_LENGTH + 1];
    int accounts[WRITE_ANSWER_MADE];
    size_t next;
} write_answer_made;

/*
** Is the row that an INSERT is answered with another call's? Then it is that one's second answer, which has come too late to be
** noticed on the connection; the entry's SID is taken back. Else it is noted.
*/
bool write_answer_is_second(write_answer_made *made, write_entry *entry);

/* Why it is not: "HTTP 201, but ..."; sqlite3_free it. second: as above. NULL: out of memory. */
char *write_answer_describe(const write_entry *entry, const client_answer *answer, bool second);

/* Why a call that was to make a row has left no SID. */
const char *write_answer_why_no_sid(const write_entry *made);

#endif
