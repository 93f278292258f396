/*
** Error answers: {"code","message","more_info","status"}. Codes and texts follow the vendor's error dictionary.
*/
#ifndef EMULATOR_ERRORS_H
#define EMULATOR_ERRORS_H

#include "emulator.h"

enum {
    ERROR_PARAMETER = 20001,
    ERROR_AUTHENTICATE = 20003,
    ERROR_METHOD = 20004,
    ERROR_PAGE_SIZE = 20007,
    ERROR_NO_PARAMETERS = 20161,
    ERROR_NOT_FOUND = 20404,
    ERROR_TOO_MANY = 20429,
    ERROR_PAGE_TOKEN = 21481,
    ERROR_TOKEN_NOT_INTEGER = 19036,
    ERROR_TOKEN_NEGATIVE = 19038,
    ERROR_NAME_LONG = 50003,
    ERROR_UNIQUE_NAME_LONG = 50004,
    ERROR_CONSUMPTION_INTERVAL = 50052,
    ERROR_TYPING_TIMEOUT = 50053,
    ERROR_WEBHOOK_METHOD = 50055,
    ERROR_LIMIT_MEMBERS_FORMAT = 50060,
    ERROR_LIMIT_CHANNELS_FORMAT = 50061,
    ERROR_RETRY_COUNT = 50065,
    ERROR_ROLE_MISSING = 50100,
    ERROR_ROLE_NOT_CHANNEL = 50101,
    ERROR_ROLE_NOT_DEPLOYMENT = 50102,
    ERROR_PERMISSION = 50104,
    ERROR_ROLE_TYPE = 50105,
    ERROR_USER_EXISTS = 50201,
    ERROR_IDENTITY_RESERVED = 50203,
    ERROR_IDENTITY_LIKE_SID = 50206,
    ERROR_IDENTITY_LONG = 50207,
    ERROR_USER_CHANNELS = 50208,
    ERROR_BINDING_TYPE = 50209,
    ERROR_NOTIFICATION_LEVEL = 50210,
    ERROR_INVITED = 50212,
    ERROR_ATTRIBUTES_LONG = 50303,
    ERROR_ATTRIBUTES = 50304,
    ERROR_NAME_LIKE_SID = 50306,
    ERROR_CHANNEL_EXISTS = 50307,
    ERROR_DATE_CREATED = 50308,
    ERROR_DATE_UPDATED = 50309,
    ERROR_AUTHOR_LONG = 50310,
    ERROR_WEBHOOK_TYPE = 50320,
    ERROR_WEBHOOK_LIMIT = 50321,
    ERROR_WEBHOOK_CONFIGURATION = 50322,
    ERROR_V3_TYPE = 50393,
    ERROR_CHANNEL_MEMBERS = 50403,
    ERROR_MEMBER_EXISTS = 50404,
    ERROR_CONSUMED_INDEX = 50405,
    ERROR_CONSUMED_TIME = 50406,
    ERROR_BODY_MISSING = 50503,
    ERROR_BODY_LONG = 50504,
    ERROR_UPDATED_BY_LONG = 50505,
    ERROR_MEDIA = 50506,
    ERROR_ALREADY_MEMBER = 50602,
};

/* Makes the answer this error, unless one was already decided. Returns false, so that checks can return it. */
bool errors_set(exchange *self, int code);

/* The same with a message of its own. */
bool errors_say(exchange *self, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* 404 20404 with the path in the message, without the version and the query. */
bool errors_not_found(exchange *self);

/* Appends an error body; wording has length bytes. For faults, which may choose any status. */
void errors_body(buffer *out, int status, int code, const char *wording, size_t length);

#endif
