/* Environment variables that look like settings and are none: a misspelt one would else be passed over without a word. */
#ifndef CHAT_VARIABLES_H
#define CHAT_VARIABLES_H

#include <stdbool.h>

/*
** One line on stderr with the names (never the values) of variables TWILIO_CHAT_... that no setting has, once in a process;
** none where TWILIO_CHAT_QUIET is set.
*/
void variables_warn(void);

/* Is TWILIO_CHAT_QUIET set? */
bool variables_are_quiet(void);

#endif
