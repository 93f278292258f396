/* Names that are nearly what somebody has written: for "did you mean". */
#ifndef CHAT_NEAREST_H
#define CHAT_NEAREST_H

enum { NEAREST_ENOUGH = 3 }; /* a name further off than that is not meant */

/*
** How many letters are to be changed, put in or left out to make one text of the other, upper case counting as lower case.
** Only their first 40 letters are looked at.
*/
int nearest_distance(const char *one, const char *other);

#endif
