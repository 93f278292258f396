/* Names that are nearly what somebody has written: for "did you mean". */
#ifndef CHAT_NEAREST_H
#define CHAT_NEAREST_H

#include <stdbool.h>

/*
** How many letters are to be changed, put in or left out to make one text of the other, upper case counting as lower case.
** Only their first 40 letters are looked at.
*/
int nearest_distance(const char *one, const char *other);

/* Is a name meant that is so far from what was written? Not further than three letters, nor than half of them. */
bool nearest_is_meant(const char *written, int distance);

#endif
