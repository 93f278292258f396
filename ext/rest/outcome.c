/* What an ended attempt means; see outcome.h. */
#include "rest/outcome.h"

#include <string.h>

#include "base/clock.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "rest/page.h"
#include "rest/retry.h"

static bool outcome_is_done(int status) {
    size_t at = 0;
    while (catalog_done_statuses[at] && catalog_done_statuses[at] != status) {
        at++;
    }
    return catalog_done_statuses[at] != 0;
}

bool outcome_is_status(const transport_result *result, int status) {
    return result->outcome == RETRY_RESPONSE && result->status == status;
}

bool outcome_is_success(const transport_result *result) {
    return result->outcome == RETRY_RESPONSE && outcome_is_done(result->status);
}

bool outcome_is_foreign(const transport_result *result) {
    const char *text = result->body.data;
    size_t blank = 0;
    while (blank < result->body.length && strchr(" \t\r\n", text[blank])) {
        blank++;
    }
    return result->outcome == RETRY_RESPONSE && result->status == 200 && blank < result->body.length &&
           text[blank] != '{';
}

/*
** Twilio's error codes (twilio.com/docs/api/errors) begin with 20 where they are of all its products, 20404 above all, and with
** 50 where they are of Chat and Conversations; they have five digits. A gateway's is the HTTP status, or one of its own.
*/
enum { OUTCOME_CODES = 1000, OUTCOME_CODES_ALL = 20, OUTCOME_CODES_CHAT = 50 };

static bool outcome_is_code(int64_t code) {
    return code / OUTCOME_CODES == OUTCOME_CODES_ALL || code / OUTCOME_CODES == OUTCOME_CODES_CHAT;
}

outcome_author outcome_author_of(const char *body, size_t length, int status) {
    page_problem problem = {0};
    page_parse_problem(body, length, &problem);
    bool fits = status == 0 || problem.status == 0 || problem.status == status;
    return problem.no_memory ? AUTHOR_UNREAD : fits && outcome_is_code(problem.code) ? AUTHOR_API : AUTHOR_OTHER;
}

bool outcome_is_gone(const transport_result *result, outcome_author author) {
    bool answered = result->outcome == RETRY_RESPONSE;
    return answered ? result->status == 410 || (result->status == 404 && author == AUTHOR_OTHER) : result->no_host;
}

bool outcome_is_limit(const transport_result *result) {
    return result->outcome == RETRY_RESPONSE && result->status == 429;
}

bool outcome_is_overtaxed(int status) {
    return status == 500 || status == 502 || status == 504;
}

/*
** Does the status say that nothing was done? That of the client's own faults, 4xx, but not 408: who waited too long, and for what,
** differs among servers and what stands before them. 202 says that it may be done later, 203 and 206 that somebody on the way
** has changed the answer, a redirect (303 above all) that there is an answer elsewhere.
*/
static bool outcome_is_refusal(int status) {
    return status >= 400 && status < 500 && status != 408;
}

bool outcome_is_uncertain(const transport_result *result) {
    switch (result->outcome) {
    case RETRY_RESPONSE:
        return outcome_is_foreign(result) || (!outcome_is_done(result->status) && !outcome_is_refusal(result->status));
    case RETRY_NOT_SENT:
        return false;
    case RETRY_LOST:
    case RETRY_CLOSED:
        return true;
    case RETRY_HOPELESS:
        break; /* as when the answer is too large, or no HTTP at all */
    }
    return result->sent;
}

char *outcome_describe(const transport_result *result, const char *body, size_t length, const redact *hidden) {
    if (result->outcome != RETRY_RESPONSE) {
        return sqlite3_mprintf("%s", result->problem);
    }
    if (result->status >= 300 && result->status < 400) {
        return sqlite3_mprintf("HTTP %d: redirects are not followed", result->status);
    }
    if (outcome_is_done(result->status)) {
        return sqlite3_mprintf("HTTP %d, but with what is not the service's answer", result->status);
    }
    page_problem problem = {0};
    page_parse_problem(body, length, &problem);
    redact_apply(hidden, problem.message, strlen(problem.message));
    char *text = NULL;
    if (problem.code > 0) {
        text = sqlite3_mprintf("HTTP %d, Twilio error %lld \"%s\"", result->status, problem.code, problem.message);
    } else if (problem.message[0]) {
        text = sqlite3_mprintf("HTTP %d \"%s\"", result->status, problem.message);
    } else {
        text = sqlite3_mprintf("HTTP %d", result->status);
    }
    return text;
}

int outcome_code(const transport_result *result) {
    if (result->no_memory) {
        return SQLITE_NOMEM;
    }
    if (result->outcome == RETRY_RESPONSE && result->status == 409) {
        return SQLITE_CONSTRAINT;
    }
    return result->outcome == RETRY_RESPONSE && (result->status == 401 || result->status == 403) ? SQLITE_AUTH
                                                                                                 : SQLITE_ERROR;
}

/* It is not tried again, or not for that reason alone, where the server wants more time than a statement may take. */
static void outcome_tell_rest(const transport_result *result, buffer *text) {
    int64_t wish = retry_after_ms(result->retry_after, result->date, clock_wall_ms());
    if (result->outcome == RETRY_RESPONSE && wish > RETRY_AFTER_MAX_MS) {
        buffer_format(text, "; the service says to come back in %lld s, more than the %d that are waited for",
                      (sqlite3_int64)((wish + 999) / 1000), RETRY_AFTER_MAX_MS / 1000);
    }
}

/* What else there is to say to it, in so many words; "": nothing. */
static void outcome_advise(const outcome_story *story, const transport_result *result, outcome_author author,
                           buffer *text) {
    if (story->exhausted && allowance_is_spent(story->allowed)) {
        allowance_tell(story->allowed, story->method, true, text);
    } else if (story->exhausted) {
        buffer_text(text, "; not tried again, because too many requests of this statement have failed");
    }
    if (result->outcome == RETRY_RESPONSE && result->status == 401 && story->credential_names) {
        buffer_format(text, ": the credentials from %s were not accepted", story->credential_names);
    }
    outcome_tell_rest(result, text);
    if (story->ended && outcome_is_gone(result, author)) {
        buffer_format(text, "; %s", story->ended);
    }
}

char *outcome_tell(const outcome_story *story, const transport_result *result, outcome_author author,
                   const char *what) {
    buffer text;
    buffer_init(&text, SIZE_MAX / 4);
    buffer_format(&text, "%s %s: %s", story->method, story->path, what ? what : "out of memory");
    if (story->attempts > 1) {
        buffer_format(&text, ", after %d attempts", story->attempts);
    }
    if (result->request_id[0]) {
        buffer_format(&text, " (request %s)", result->request_id);
    }
    outcome_advise(story, result, author, &text);
    return buffer_take(&text);
}

void outcome_hide(transport_result *result, const redact *hidden) {
    redact_apply(hidden, result->request_id, strlen(result->request_id));
    redact_apply(hidden, result->problem, strlen(result->problem));
    if (!outcome_is_success(result) && result->body.data) {
        redact_apply(hidden, result->body.data, result->body.length);
    }
}
