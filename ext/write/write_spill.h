/*
** Where the write queue (write_queue.h) keeps the texts of calls for which there is no room in memory: a temporary file of its
** own (base/temp_file.h), made when it is first needed. A call's path and body are there, and what OR REPLACE sends instead.
**
** It is written while calls are queued, and only read while they are sent, so that a disk that somebody else has filled meanwhile
** cannot end a COMMIT half way, nor hide what became of its calls. A text that sending changes, such as a path in which the SID of
** a new channel has taken the place of *1, is kept in memory from then on; so are the SID and the error of every call.
*/
#ifndef CHAT_WRITE_SPILL_H
#define CHAT_WRITE_SPILL_H

#include "base/error.h"
#include "base/sqlite.h"
#include "write/write_entry.h"

/* All zeros at first. */
typedef struct write_spill {
    sqlite3_file *file; /* owned; NULL: not made yet */
    int64_t end;        /* where the next call goes */
} write_spill;

/* Writes down a call's texts, in the place of what there was of it if they have room there. */
void write_spill_put(write_spill *spill, write_entry *entry, error *problem);

/* Finds out which of a call's texts are other than those in the file, without writing any: entry->kept. */
void write_spill_keep(const write_spill *spill, write_entry *entry, error *problem);

/* Frees those texts of a call that are in the file as they are. */
void write_spill_drop_texts(write_entry *entry);

/* Gives a call the texts that have been dropped. */
void write_spill_get(const write_spill *spill, write_entry *entry, error *problem);

/* A call is taken back: what it takes in the file is free, if it was the last to be written. */
void write_spill_forget(write_spill *spill, const write_entry *entry);

void write_spill_close(write_spill *spill);

#endif
