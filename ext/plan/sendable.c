/* May this value be sent; see sendable.h. */
#include "plan/sendable.h"

#include <string.h>

#include "base/sid.h"
#include "base/utf8.h"
#include "plan/address.h"

enum { SENDABLE_NAME_MAX = 256 }; /* longest documented identity; unique names are shorter */

static sendable sendable_sid(sid_shape shape) {
    /* Digits in capitals match the specs' pattern: a server may find such a SID although the text differs. */
    return shape == SID_CANONICAL ? SENDABLE_YES : shape == SID_NO ? SENDABLE_NEVER : SENDABLE_NO;
}

/*
** A text that may stand in a path or a filter with no doubt about how the server reads it. Not the empty one (an empty
** segment names the list, an empty filter is none), not "." and "..", no control characters, no slash even when
** encoded (known to fail on a sister API), no space at an end that a server could trim.
*/
static bool sendable_is_clear(const char *text, size_t length) {
    if (!utf8_is_valid(text, length)) {
        return false; /* no row can hold it, and a server may refuse it */
    }
    if (length == 0 || length > SENDABLE_NAME_MAX || text[0] == ' ' || text[length - 1] == ' ' ||
        (text[0] == '.' && (length == 1 || (length == 2 && text[1] == '.')))) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < ' ' || c == 0x7f || c == '/' || c == '\\') {
            return false;
        }
    }
    return true;
}

bool sendable_is_name(const catalog_resource *resource, unsigned version, const char *text, size_t length) {
    /* Shaped like a SID, the path would be read as one (errors 50306 and 50206 keep such names from existing). */
    return (resource->name_versions & version) && sendable_is_clear(text, length) &&
           sid_classify(resource->key_prefix, text, length) == SID_NO;
}

static int sendable_number(const char *text, size_t length) {
    int number = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        number = 10 * number + text[i] - '0';
    }
    return number;
}

/*
** Does a text begin with a day that a calendar has? Times of rows are texts that do, in one form: whatever comes behind it in
** this text, rows that are below it are of its day or an earlier one, and those above it of its day or a later one. Days
** before 1970 a service may refuse.
*/
static bool sendable_has_day(const char *text, size_t length) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (length < SENDABLE_DAY_LENGTH || text[4] != '-' || text[7] != '-') {
        return false;
    }
    int year = sendable_number(text, 4), month = sendable_number(text + 5, 2), day = sendable_number(text + 8, 2);
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

/* Is it one of the values that may be sent, and if not, is it another only in the case of its letters? */
static sendable sendable_accepted(const catalog_filter *filter, const char *text, size_t length) {
    bool alike = false;
    for (size_t i = 0; filter->accepted[i]; i++) {
        bool same_length = strlen(filter->accepted[i]) == length;
        if (same_length && memcmp(filter->accepted[i], text, length) == 0) {
            return SENDABLE_YES;
        }
        alike = alike || (same_length && sqlite3_strnicmp(filter->accepted[i], text, (int)length) == 0);
    }
    /* Another value of an enumeration would be refused (error 20001), or be one that came after this was written. */
    return filter->complete && !alike ? SENDABLE_NEVER : SENDABLE_NO;
}

/* Where a list must be given a value, what cannot be in a row is none, and nothing else can be asked for instead. */
static sendable sendable_required(const char *text, size_t length) {
    return length == 0 || !utf8_is_valid(text, length) ? SENDABLE_NEVER
           : memchr(text, 0, length)                   ? SENDABLE_NO
                                                       : SENDABLE_YES;
}

static sendable sendable_filter(const catalog_resource *resource, const catalog_filter *filter, unsigned version,
                                const char *text, size_t length) {
    const char *constant = catalog_constant(resource, filter->column, version);
    if (constant) {
        /* Known without the server; the list is asked for as it is (route.c). */
        return strlen(constant) == length && memcmp(constant, text, length) == 0 ? SENDABLE_YES : SENDABLE_NEVER;
    }
    if (!(filter->versions & version)) {
        return SENDABLE_NO;
    }
    if (filter->required & version) {
        return sendable_required(text, length);
    }
    if (filter->accepted) {
        return sendable_accepted(filter, text, length);
    }
    return sendable_is_clear(text, length) && (filter->comparison == FILTER_EQUAL || sendable_has_day(text, length))
               ? SENDABLE_YES
               : SENDABLE_NO;
}

static sendable sendable_shape(const catalog_resource *resource, plan_slot slot, unsigned version, const char *text,
                               size_t length) {
    switch (slot) {
    case SLOT_PATH:
        return sendable_sid(address_classify(resource, text, length));
    case SLOT_KEY:
        return sendable_sid(sid_classify(resource->key_prefix, text, length));
    case SLOT_NAME:
        return sendable_is_name(resource, version, text, length) ? SENDABLE_YES : SENDABLE_NO;
    default:
        break;
    }
    if (plan_is_parent(slot)) {
        return sendable_sid(sid_classify(plan_ancestor(resource, (int)slot - SLOT_PARENT0)->key_prefix, text, length));
    }
    /* Bounds and counts are numbers: see route_values.c. */
    return plan_is_filter(slot) ? sendable_filter(resource, plan_filter(resource, slot), version, text, length)
                                : SENDABLE_NO;
}

/* Where there is no list in which to look, a SID that is not written as SIDs are is none. */
static sendable sendable_text(const catalog_resource *resource, plan_slot slot, unsigned version, const char *text,
                              size_t length) {
    sendable found = sendable_shape(resource, slot, version, text, length);
    return found == SENDABLE_NO && catalog_is_unlisted(resource, version) ? SENDABLE_NEVER : found;
}

sendable sendable_check(const catalog_resource *resource, plan_slot slot, unsigned version, sqlite3_value *value) {
    bool sid = slot == SLOT_PATH || slot == SLOT_KEY || plan_is_parent(slot);
    bool bound = plan_is_filter(slot) && plan_filter(resource, slot)->comparison != FILTER_EQUAL;
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
        return SENDABLE_NEVER;
    case SQLITE_BLOB:
        return bound ? SENDABLE_NO : SENDABLE_NEVER; /* every text is below every blob */
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_value_text(value);
        return text ? sendable_text(resource, slot, version, text, (size_t)sqlite3_value_bytes(value)) : SENDABLE_NO;
    }
    default:
        /* A number may equal a text such as '05' or '5.0', depending on affinities that are not seen from here. */
        return sid ? SENDABLE_NEVER : SENDABLE_NO;
    }
}
