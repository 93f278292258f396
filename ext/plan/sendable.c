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

/* A time as the API writes it: other texts are compared with those of rows as texts, which the server would not do. */
static bool sendable_is_instant(const char *text, size_t length) {
    static const char form[] = "0000-00-00T00:00:00Z";
    for (size_t i = 0; i < length; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (length != sizeof form - 1 || (form[i] == '0' ? !digit : text[i] != form[i])) {
            return false;
        }
    }
    return length > 0;
}

static sendable sendable_filter(const catalog_resource *resource, const catalog_filter *filter, unsigned version,
                                const char *text, size_t length) {
    const char *constant = catalog_constant(resource, filter->column, version);
    if (constant) {
        /* Known without the server; the list is asked for as it is (route.c). */
        return strlen(constant) == length && memcmp(constant, text, length) == 0 ? SENDABLE_YES : SENDABLE_NEVER;
    }
    if (!(filter->versions & version) || !sendable_is_clear(text, length) ||
        (filter->comparison != FILTER_EQUAL && !sendable_is_instant(text, length))) {
        return SENDABLE_NO;
    }
    for (size_t i = 0; filter->accepted && filter->accepted[i]; i++) {
        if (strlen(filter->accepted[i]) == length && memcmp(filter->accepted[i], text, length) == 0) {
            return SENDABLE_YES;
        }
    }
    /* Another value of an enumeration would be refused (error 20001), or be one that came after this was written. */
    return filter->accepted ? SENDABLE_NO : SENDABLE_YES;
}

static sendable sendable_text(const catalog_resource *resource, plan_slot slot, unsigned version, const char *text,
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
