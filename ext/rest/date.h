/* Dates as the API and HTTP write them. */
#ifndef CHAT_DATE_H
#define CHAT_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
** Seconds since 1970 of an RFC 2822 or HTTP date ("Thu, 24 Mar 2016 20:37:57 +0000"); false if it is none.
** text: NUL-terminated.
*/
bool date_parse(const char *text, int64_t *seconds);

/*
** Turns an RFC 2822 date into ISO 8601 UTC ("2016-03-24T20:37:57Z", the form the service is seen to send although its
** v1 pages name RFC 2822), and one in ISO 8601 with another zone ("...-07:00") too. iso: at least CLOCK_TEXT_SIZE bytes.
** False, and iso untouched, for anything else: the text is then shown as it came. So is ISO 8601 in UTC.
*/
bool date_to_iso(const char *text, size_t length, char *iso);

#endif
