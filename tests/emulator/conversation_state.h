/*
** What time does to conversations: activity, which the order of their list follows, and the life cycle.
**
** activity     the time of the last message, in milliseconds as text; of a conversation without messages, that of its
**              creation. It is computed for generated ones when Conversations is first asked for anything.
** timers       durations, counted from the last message or change of state (idle_since); shown as dates. When the time
**              has come, the conversation is inactive, and closed. That is done whenever a request comes in.
** initializing for options.initializing milliseconds after a ConversationWithParticipants
*/
#ifndef EMULATOR_CONVERSATION_STATE_H
#define EMULATOR_CONVERSATION_STATE_H

#include "emulator.h"

enum { ACTIVITY_LENGTH = 24 }; /* 2024-01-18T03:17:17.005Z */

/* Registers SQL functions: conversation_timers(state, idle_since, inactive, closed) gives the JSON of the dates or null,
** conversation_activity(channel's id) the text. source must outlive the connection. */
void conversation_state_register(const message_source *source);

/* Brings all conversations up to date; for each request. */
void conversation_state_advance(emulator *self);

/* The activity of this moment: ACTIVITY_LENGTH + 1 bytes, terminated. */
void conversation_state_now(const emulator *self, char *out);

/* A message has come: the conversation is active and its clocks start again. */
void conversation_wake(emulator *self, int64_t channel);

/* The same by SID; false where there is none. */
bool conversation_wake_sid(emulator *self, const char *sid);

/* Another hand: it is in that state. */
void conversation_set_state(emulator *self, const char *sid, const char *state);

/* Whether it takes writes now: false after setting the error where it is closed or initializing. */
bool conversation_is_open(exchange *self, int64_t channel);

/* Reads a duration: ISO 8601, days or smaller, whole seconds. Returns false where text is none. */
bool conversation_duration(const char *text, int64_t *seconds);

#endif
