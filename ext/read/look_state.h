/* What an entry of a look is called, and where it stands; see look.h. */
#ifndef CHAT_LOOK_STATE_H
#define CHAT_LOOK_STATE_H

typedef struct look_entry look_entry;

typedef enum { LOOK_PENDING, LOOK_READY, LOOK_MISSING, LOOK_FAILED } look_state;

#endif
