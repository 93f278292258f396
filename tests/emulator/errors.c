/* Error answers: see errors.h. */
#include "errors.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int code, status;
    const char *message;
} errors_table[] = {
    {ERROR_PARAMETER, 400, "Invalid parameter"},
    {ERROR_AUTHENTICATE, 401, "Authenticate"},
    {ERROR_METHOD, 405, "Method not allowed"},
    {ERROR_PAGE_SIZE, 400, "Page size too large"},
    {ERROR_NO_PARAMETERS, 400, "Update called with no parameters"},
    {ERROR_NOT_FOUND, 404, "The requested resource was not found"},
    {ERROR_TOO_MANY, 429, "Too Many Requests"},
    {ERROR_PAGE_TOKEN, 400, "Invalid page token"},
    {ERROR_TOKEN_NOT_INTEGER, 400, "Page token is not an integer"},
    {ERROR_TOKEN_NEGATIVE, 400, "Page token is negative"},
    {ERROR_NAME_LONG, 400, "Friendly name too long"},
    {ERROR_UNIQUE_NAME_LONG, 400, "Unique name too long"},
    {ERROR_CONSUMPTION_INTERVAL, 400, "Invalid consumption report interval"},
    {ERROR_TYPING_TIMEOUT, 400, "Invalid typing indicator timeout"},
    {ERROR_WEBHOOK_METHOD, 400, "Invalid webhook method"},
    {ERROR_LIMIT_MEMBERS_FORMAT, 400, "Invalid channel members limit"},
    {ERROR_LIMIT_CHANNELS_FORMAT, 400, "Invalid user channels limit"},
    {ERROR_RETRY_COUNT, 400, "Invalid webhook retry count"},
    {ERROR_ROLE_MISSING, 400, "Role not found"},
    {ERROR_ROLE_NOT_CHANNEL, 400, "Channel role expected"},
    {ERROR_ROLE_NOT_DEPLOYMENT, 400, "Deployment role expected"},
    {ERROR_PERMISSION, 400, "Permission unknown"},
    {ERROR_ROLE_TYPE, 400, "Role type unknown"},
    {ERROR_USER_EXISTS, 409, "User already exists"},
    {ERROR_IDENTITY_RESERVED, 400, "Identity is reserved"},
    {ERROR_IDENTITY_LIKE_SID, 400, "Identity looks like a SID"},
    {ERROR_IDENTITY_LONG, 400, "Identity too long"},
    {ERROR_USER_CHANNELS, 403, "User channel limit exceeded"},
    {ERROR_BINDING_TYPE, 400, "Invalid binding type"},
    {ERROR_NOTIFICATION_LEVEL, 400, "Invalid notification level"},
    {ERROR_INVITED, 400, "User already invited"},
    {ERROR_ATTRIBUTES_LONG, 400, "Attributes too long"},
    {ERROR_ATTRIBUTES, 400, "Attributes not valid JSON"},
    {ERROR_NAME_LIKE_SID, 400, "Unique name looks like a SID"},
    {ERROR_CHANNEL_EXISTS, 409, "Channel with provided unique name already exists"},
    {ERROR_DATE_CREATED, 400, "Invalid DateCreated"},
    {ERROR_DATE_UPDATED, 400, "Invalid DateUpdated"},
    {ERROR_AUTHOR_LONG, 400, "Author too long"},
    {ERROR_WEBHOOK_TYPE, 400, "Invalid channel webhook type"},
    {ERROR_WEBHOOK_LIMIT, 400, "Too many channel webhooks"},
    {ERROR_WEBHOOK_CONFIGURATION, 400, "Invalid channel webhook configuration"},
    {ERROR_V3_TYPE, 400, "Channel type can only be changed to private"},
    {ERROR_CHANNEL_MEMBERS, 403, "Channel member limit exceeded"},
    {ERROR_MEMBER_EXISTS, 409, "Member already exists"},
    {ERROR_CONSUMED_INDEX, 400, "Invalid last consumed message index"},
    {ERROR_CONSUMED_TIME, 400, "Invalid last consumption timestamp"},
    {ERROR_BODY_MISSING, 400, "Message body missing"},
    {ERROR_BODY_LONG, 400, "Message body too long"},
    {ERROR_UPDATED_BY_LONG, 400, "Last updated by too long"},
    {ERROR_MEDIA, 400, "Message media invalid"},
    {ERROR_ALREADY_MEMBER, 400, "User is already a member"},
    {ERROR_IDENTITY_MISSING, 400, "Identity not provided"},
    {ERROR_IDENTITY_OR_ADDRESS, 400, "Identity and address or proxy address are both given"},
    {ERROR_USER_CONVERSATIONS, 403, "User conversation limit exceeded"},
    {ERROR_CONVERSATION_EXISTS, 409, "Conversation with provided unique name already exists"},
    {ERROR_HOOK_LIMIT, 400, "Too many webhooks of this conversation"},
    {ERROR_HOOK_TRIGGERS, 400, "Too many triggers"},
    {ERROR_HOOK_TARGET, 400, "Invalid webhook target"},
    {ERROR_HOOK_TRIGGER, 400, "Invalid webhook trigger"},
    {ERROR_HOOK_FLOW, 400, "Missing or invalid webhook flow SID"},
    {ERROR_HOOK_URL, 400, "Missing or invalid webhook URL"},
    {ERROR_HOOK_NO_FILTERS, 400, "Missing webhook filters"},
    {ERROR_HOOK_NO_TRIGGERS, 400, "Missing webhook triggers"},
    {ERROR_HOOK_URL_LONG, 400, "Webhook URL too long"},
    {ERROR_NO_MESSAGING_SERVICE, 400, "Conversation has no messaging service"},
    {ERROR_STATE_EMPTY, 400, "Conversation state is empty"},
    {ERROR_TIMER_INACTIVE, 400, "Inactive timer is under one minute"},
    {ERROR_TIMER_CLOSED, 400, "Closed timer is under ten minutes"},
    {ERROR_CLOSED, 400, "Can't update conversation as it's in final closed state"},
    {ERROR_STATE, 400, "Invalid conversation state"},
    {ERROR_DURATION_INACTIVE, 400, "Invalid inactive timer"},
    {ERROR_DURATION_CLOSED, 400, "Invalid closed timer"},
    {ERROR_CREATED_CLOSED, 400, "Conversation can't be created closed"},
    {ERROR_INITIALIZING, 400, "Can't update conversation while it is initializing"},
    {ERROR_CONVERSATION_LIKE_SID, 400, "Unique name looks like a SID"},
    {ERROR_DATES, 400, "EndDate must be later than StartDate"},
    {ERROR_MESSAGING_SERVICE, 400, "Invalid messaging service SID"},
    {ERROR_ADDRESS, 400, "Invalid messaging binding address"},
    {ERROR_PROXY, 400, "Invalid messaging binding proxy address"},
    {ERROR_ADDRESS_IS_PROXY, 400, "Messaging binding address is its proxy address"},
    {ERROR_ADDRESS_EMPTY, 400, "Messaging binding address is empty"},
    {ERROR_PROXY_EMPTY, 400, "Messaging binding proxy address is empty"},
    {ERROR_PROXY_TYPE, 400, "Messaging binding address and proxy address are of different types"},
    {ERROR_BINDING_EXISTS, 409, "A binding for this participant and proxy address already exists"},
    {ERROR_PARTICIPANTS, 403, "Conversation participant limit exceeded"},
    {ERROR_PHONES, 403, "Limit of participants outside chat exceeded"},
    {ERROR_READ_INDEX, 400, "Invalid last read message index"},
    {ERROR_BULK, 400, "Invalid participant"},
    {ERROR_BULK_CONFLICT, 409, "Conflicting participants"},
    {ERROR_BULK_LIMIT, 400, "Too many participants"},
    {ERROR_PARTICIPANT_EXISTS, 409, "Participant already exists"},
    {ERROR_PROXY_SAME, 400, "Proxy address is what it was"},
    {ERROR_IDENTITY_AND_ADDRESS, 400, "Exactly one of Identity and Address must be given"},
    {ERROR_MEDIA_MALFORMED, 400, "Invalid media SID"},
    {ERROR_VARIABLES, 400, "Invalid content variables"},
    {ERROR_ADDRESS_EXISTS, 409, "Address configuration already exists"},
};

static int errors_find(int code) {
    for (size_t at = 0; at < sizeof errors_table / sizeof *errors_table; at++) {
        if (errors_table[at].code == code) {
            return (int)at;
        }
    }
    return 0;
}

void errors_body(buffer *out, int status, int code, const char *wording, size_t length) {
    buffer_format(out, "{\"code\":%d,\"message\":", code);
    buffer_json(out, wording, length);
    buffer_format(out, ",\"more_info\":\"https://www.twilio.com/docs/errors/%d\",\"status\":%d}", code, status);
}

static bool errors_answer(exchange *self, int code, const char *wording, size_t length) {
    if (!self->status) {
        self->status = errors_table[errors_find(code)].status;
        self->answer.length = 0;
        errors_body(&self->answer, self->status, code, wording, length);
    }
    return false;
}

bool errors_set(exchange *self, int code) {
    const char *wording = errors_table[errors_find(code)].message;
    return errors_answer(self, code, wording, strlen(wording));
}

bool errors_say(exchange *self, int code, const char *format, ...) {
    char wording[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(wording, sizeof wording, format, arguments);
    va_end(arguments);
    return errors_answer(self, code, wording, strlen(wording));
}

bool errors_not_found(exchange *self) {
    buffer wording = {0};
    const char *path = self->uri + 1;
    const char *slash = memchr(path, '/', self->path_length ? self->path_length - 1 : 0);
    const char *start = slash ? slash : self->uri;
    buffer_text(&wording, "The requested resource ");
    buffer_append(&wording, start, self->path_length - (size_t)(start - self->uri));
    buffer_text(&wording, " was not found");
    errors_answer(self, ERROR_NOT_FOUND, wording.data, wording.length);
    buffer_free(&wording);
    return false;
}
