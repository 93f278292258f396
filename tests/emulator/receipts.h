/*
** Delivery receipts: one for each participant outside chat that was there when a message came, unless a phone of the
** conversation wrote it. They are computed from the SIDs of message and participant whenever they are read, so that
** millions of messages have them at no cost; nothing writes them.
*/
#ifndef EMULATOR_RECEIPTS_H
#define EMULATOR_RECEIPTS_H

#include "emulator.h"
#include "paging.h"

typedef struct receipt_phone {
    char sid[SID_LENGTH + 1];
    int64_t created;
    text_piece address; /* owned raw */
} receipt_phone;

/* The participants outside chat of a conversation. */
typedef struct receipt_phones {
    receipt_phone *list;
    size_t count;
} receipt_phones;

void receipt_phones_load(receipt_phones *self, store *from, int64_t channel);
void receipt_phones_free(receipt_phones *self);

/* Appends a message's `delivery`: an object that sums its receipts up, or null where it has none. */
void receipts_summary(const receipt_phones *self, const exchange *request, const message *what, buffer *out);

/* Answer the list, and the single receipt, that the path names. */
void receipts_list(exchange *self, const paging *page);
void receipts_fetch(exchange *self);

#endif
