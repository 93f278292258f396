/* HTTP transfers over libcurl's multi interface; see transport.h. */
#include "rest/transport.h"

#include <string.h>
#include <unistd.h>

#include "base/sqlite.h"
#include "base/utf8.h"
#include "rest/libcurl.h"
#include "rest/proxy.h"
#include "rest/tls.h"
#include "rest/transfer.h"

enum { TRANSPORT_SPARE_MAX = 32, TRANSPORT_BUFFER = 64 * 1024 };

struct transport {
    CURLM *multi;
    const tls_authorities *authorities;
    CURL *spare[TRANSPORT_SPARE_MAX]; /* idle handles, kept because making one costs more than resetting it */
    int spare_count;
    int connections; /* at most */
    pid_t process;   /* who made it: sockets shared with a forked parent must not be used */
    transfer *running;
    transfer_kept kept;
};

transport *transport_new(const tls_authorities *authorities) {
    /* Thread-safe from 7.84 on; before, the host's first use of libcurl in another thread is its own risk. */
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return NULL;
    }
    transport *loop = sqlite3_malloc64(sizeof *loop);
    if (loop) {
        memset(loop, 0, sizeof *loop);
        loop->multi = curl_multi_init();
        loop->authorities = authorities;
        loop->process = getpid();
    }
    if (loop && !loop->multi) {
        sqlite3_free(loop);
        loop = NULL;
    }
    if (!loop) {
        curl_global_cleanup();
    }
    return loop;
}

static void transport_drop_handles(transport *loop) {
    while (loop->spare_count > 0) {
        curl_easy_cleanup(loop->spare[--loop->spare_count]);
    }
    curl_multi_cleanup(loop->multi);
}

/* Takes a transfer off the list of the running ones. */
static void transport_unlink(transfer *ended) {
    ended->easy = NULL;
    if (ended->previous) {
        ended->previous->next = ended->next;
    } else {
        ended->loop->running = ended->next;
    }
    if (ended->next) {
        ended->next->previous = ended->previous;
    }
    ended->next = ended->previous = NULL;
}

/*
** May the handle serve another transfer? Not after a body, nor without an answer: then libcurl may hold on to what it meant
** to do next (from 8.7 to 8.15 a pending rewind), and curl_easy_reset does not undo that.
*/
static bool transport_is_clean(const transfer *ended) {
    return !ended->body && ended->result.status != 0;
}

/*
** Takes a transfer's handle out of the loop and keeps it for the next one. In a forked child the handle is left alone:
** taking it out would close the parent's connection.
*/
static void transport_unplug(transfer *ended) {
    transport *loop = ended->loop;
    CURL *easy = ended->easy;
    if (!easy) {
        return;
    }
    transport_unlink(ended);
    if (loop->process != getpid()) {
        return;
    }
    curl_multi_remove_handle(loop->multi, easy);
    if (transport_is_clean(ended) && loop->spare_count < TRANSPORT_SPARE_MAX) {
        loop->spare[loop->spare_count++] = easy;
    } else {
        curl_easy_cleanup(easy);
    }
}

void transport_free(transport *loop) {
    if (!loop) {
        return;
    }
    /* In a forked child the connections are the parent's: closing them politely would end the parent's TLS. */
    if (loop->process == getpid()) {
        while (loop->running) {
            transport_unplug(loop->running);
        }
        transport_drop_handles(loop);
        curl_global_cleanup();
    }
    sockets_clear(&loop->kept.sockets);
    sqlite3_free(loop);
}

void transport_set_connections(transport *loop, int count) {
    loop->connections = count;
    curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, (long)count);
    curl_multi_setopt(loop->multi, CURLMOPT_MAX_CONCURRENT_STREAMS, (long)count); /* libcurl's own bound is 100 */
}

/* What was under way at a fork goes on in the parent; here its answer never comes. */
static void transport_lose_all(transport *loop) {
    while (loop->running) {
        transfer *lost = loop->running;
        transport_unlink(lost);
        lost->result.outcome = RETRY_LOST;
        sqlite3_snprintf((int)sizeof lost->result.problem, lost->result.problem,
                         "the process has forked while this was under way");
        lost->done(lost->context, lost);
    }
}

/* A forked child starts afresh: its copies of the parent's sockets are left alone, neither used nor closed. */
static bool transport_after_fork(transport *loop) {
    if (loop->process == getpid()) {
        return true;
    }
    CURLM *multi = curl_multi_init();
    if (!multi) {
        return false;
    }
    loop->multi = multi;
    loop->spare_count = 0;
    sockets_clear(&loop->kept.sockets);
    loop->process = getpid();
    transport_set_connections(loop, loop->connections);
    transport_lose_all(loop);
    return true;
}

static CURL *transport_handle(transport *loop) {
    bool used = loop->spare_count > 0;
    CURL *easy = used ? loop->spare[--loop->spare_count] : curl_easy_init();
    if (easy && used) {
        curl_easy_reset(easy);
    }
    /*
    ** Four times libcurl's own: a page of 600 KiB comes in ten pieces instead of forty, each of which costs two calls of the system
    ** and libcurl's way to the next. And curl_easy_reset cannot say that memory ran out, and then leaves both at 0: a transfer
    ** would hang.
    */
    if (easy) {
        curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)TRANSPORT_BUFFER);
        curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, (long)TRANSPORT_BUFFER);
    }
    return easy;
}

transfer *transport_start(transport *loop, const transport_call *call, transport_done *done, void *context,
                          error *problem) {
    transfer *planned = sqlite3_malloc64(sizeof *planned);
    if (!planned || !transport_after_fork(loop)) {
        sqlite3_free(planned);
        error_no_memory(problem);
        return NULL;
    }
    memset(planned, 0, sizeof *planned);
    planned->discreet = call->discreet;
    planned->body_max = call->body_max ? call->body_max : TRANSPORT_BODY_MAX;
    buffer_init(&planned->result.body, planned->body_max);
    planned->loop = loop;
    planned->kept = &loop->kept;
    planned->take = call->take;
    planned->done = done;
    planned->context = context;
    planned->easy = transport_handle(loop);
    if (!planned->easy || !transfer_set_up(planned, call, loop->authorities) ||
        curl_multi_add_handle(loop->multi, planned->easy) != CURLM_OK) {
        error_no_memory(problem);
        curl_easy_cleanup(planned->easy);
        planned->easy = NULL;
        transport_release(planned);
        return NULL;
    }
    planned->next = loop->running;
    if (loop->running) {
        loop->running->previous = planned;
    }
    loop->running = planned;
    return planned;
}

transport_result *transport_result_of(transfer *ended) {
    return &ended->result;
}

void transport_release(transfer *ended) {
    transport_unplug(ended);
    curl_slist_free_all(ended->headers);
    buffer_clear(&ended->result.body);
    sqlite3_free(ended->body);
    sqlite3_free(ended);
}

/* The status with which a proxy refused to make the connection; 0: none did. */
static int transport_proxy_refusal(CURL *easy) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &status);
    return status >= 300 ? (int)status : 0;
}

/* Has libcurl come so far as to send the request itself? */
static bool transport_has_begun(const transfer *ended) {
    if (ended->watched) {
        return ended->begun;
    }
    return ended->body_length > 0 ? ended->body_sent > 0 : transport_proxy_refusal(ended->easy) == 0;
}

/*
** Did any byte of the request leave? Only then can the server have acted. The attempt may have ended otherwise: when a kept
** connection breaks without an answer, libcurl makes another one before it sees that it cannot repeat the request, and
** there nobody may listen, or a proxy refuse. libcurl's count has also the bytes that ask a proxy for a connection.
*/
static bool transport_was_sent(const transfer *ended) {
    long bytes = 0;
    bool any = curl_easy_getinfo(ended->easy, CURLINFO_REQUEST_SIZE, &bytes) != CURLE_OK || bytes > 0;
    return any && transport_has_begun(ended);
}

/*
** Had an answer begun, and its headers not ended? libcurl (7.88) has the same code for a header that it finds too long and for
** memory that has run out.
*/
static bool transport_is_in_header(const transfer *ended) {
    curl_off_t began = 0;
    curl_easy_getinfo(ended->easy, CURLINFO_STARTTRANSFER_TIME_T, &began);
    return began > 0 && !ended->whole_head;
}

static retry_outcome transport_outcome(const transfer *ended, CURLcode code) {
    if (ended->result.no_memory || ended->too_large) {
        return RETRY_HOPELESS;
    }
    if (code == CURLE_OK) {
        /* libcurl takes a connection that closes within the headers for the end of an empty body. */
        return ended->whole_head ? RETRY_RESPONSE : RETRY_LOST;
    }
    if (ended->again) {
        return RETRY_CLOSED;
    }
    int refusal = transport_proxy_refusal(ended->easy);
    if (refusal != 0) {
        return refusal < 500 ? RETRY_HOPELESS : ended->result.sent ? RETRY_LOST : RETRY_NOT_SENT;
    }
    if (tls_advice((int)code, ended->detail) || proxy_is_unusable(ended->detail)) {
        return RETRY_HOPELESS;
    }
    switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FILESIZE_EXCEEDED:
        return RETRY_HOPELESS;
    default:
        return ended->result.sent ? RETRY_LOST : RETRY_NOT_SENT;
    }
}

/*
** One line: the server can have a say in libcurl's texts (a certificate's names, say). A text with an '@' may quote the
** environment's proxy, with its password: libcurl's general one takes its place.
*/
static void transport_describe(transfer *ended, CURLcode code) {
    char *text = ended->result.problem;
    bool special = !ended->discreet && ended->detail[0] && !strchr(ended->detail, '@');
    if (ended->result.no_memory) {
        sqlite3_snprintf((int)sizeof ended->result.problem, text, "out of memory");
    } else if (ended->too_large || code == CURLE_FILESIZE_EXCEEDED) {
        bool plain = ended->body_max % (1024 * 1024) != 0;
        sqlite3_snprintf((int)sizeof ended->result.problem, text, "the answer is larger than %lld %s",
                         (long long)(plain ? ended->body_max : ended->body_max / (1024 * 1024)),
                         plain ? "bytes" : "MiB");
    } else if (code == CURLE_OUT_OF_MEMORY) {
        sqlite3_snprintf((int)sizeof ended->result.problem, text,
                         "a header of the answer is too long, or libcurl ran out of memory over it");
    } else if (proxy_is_unusable(ended->detail)) {
        sqlite3_snprintf((int)sizeof ended->result.problem, text, "%s", proxy_unusable());
    } else if (ended->again) {
        /* transfer_would_repeat has told it */
    } else if (code == CURLE_ABORTED_BY_CALLBACK) {
        sqlite3_snprintf((int)sizeof ended->result.problem, text, "%s", sockets_refusal(ended->found));
    } else if (code == CURLE_OK) {
        sqlite3_snprintf((int)sizeof ended->result.problem, text, "transfer closed within the headers");
    } else if (code == CURLE_GOT_NOTHING ||
               (code == CURLE_SEND_FAIL_REWIND && (!special || strstr(ended->detail, "seek callback")))) {
        /* libcurl would have sent it again, and tells only why it did not (transfer_on_rewind). */
        sqlite3_snprintf((int)sizeof ended->result.problem, text, TRANSFER_NO_ANSWER);
    } else {
        int refusal = transport_proxy_refusal(ended->easy);
        const char *advice = ended->result.sent ? NULL /* they say that nothing was */
                             : refusal          ? proxy_advice(refusal)
                                                : tls_advice((int)code, ended->detail);
        sqlite3_snprintf((int)sizeof ended->result.problem, text, "%s%s%s",
                         special ? ended->detail : curl_easy_strerror(code), advice ? ": " : "", advice ? advice : "");
    }
    utf8_blank_controls(text);
}

/* Is it the status of what only comes before the answer, such as 103? After 101 nothing comes. */
static bool transport_is_interim(long status) {
    return status >= 100 && status < 200 && status != 101;
}

transport_result *transport_result_so_far(transfer *running) {
    long status = 0;
    curl_off_t bytes = 0;
    curl_easy_getinfo(running->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(running->easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    running->result.head_status = running->whole_head && !transport_is_interim(status) ? (int)status : 0;
    running->result.bytes = (int64_t)bytes;
    running->result.sent = running->again || transport_was_sent(running);
    return &running->result;
}

static void transport_end(transfer *ended, CURLcode code) {
    transport_result *result = transport_result_so_far(ended);
    bool long_header = code == CURLE_OUT_OF_MEMORY && transport_is_in_header(ended);
    result->no_memory = (code == CURLE_OUT_OF_MEMORY && !long_header) || result->body.rc == SQLITE_NOMEM;
    result->no_host = code == CURLE_COULDNT_RESOLVE_HOST;
    result->outcome = transport_outcome(ended, code);
    if (result->outcome == RETRY_RESPONSE) {
        result->status = result->head_status;
    } else {
        transport_describe(ended, code);
    }
    long version = CURL_HTTP_VERSION_NONE;
    curl_easy_getinfo(ended->easy, CURLINFO_HTTP_VERSION, &version);
    ended->kept->multiplexed = ended->kept->multiplexed || version >= CURL_HTTP_VERSION_2_0;
    transport_unplug(ended);
    ended->done(ended->context, ended);
}

/* Hands every ended transfer to its owner; returns whether there was one. */
static bool transport_collect(transport *loop) {
    bool any = false;
    int left = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(loop->multi, &left));) {
        if (message->msg == CURLMSG_DONE) {
            transfer *ended = NULL;
            CURLcode code = message->data.result;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&ended);
            transport_end(ended, code);
            any = true;
        }
    }
    return any;
}

int transport_drive(transport *loop, int timeout_ms) {
    int running = 0;
    if (!transport_after_fork(loop) || curl_multi_perform(loop->multi, &running) != CURLM_OK) {
        return -1;
    }
    if (!transport_collect(loop) && timeout_ms > 0) {
        if (curl_multi_poll(loop->multi, NULL, 0, timeout_ms, NULL) != CURLM_OK ||
            curl_multi_perform(loop->multi, &running) != CURLM_OK) {
            return -1;
        }
        transport_collect(loop);
    }
    return running;
}
