/* One HTTP transfer as libcurl is told of it; see transfer.h. */
#include "rest/transfer.h"

#include <string.h>
#include <strings.h>

#include "base/sqlite.h"
#include "base/utf8.h"
#include "chat_version.h"

enum {
    TRANSFER_CONNECT_MS = 10000,
    TRANSFER_IDLE_MAX = 1,              /* seconds, of which libcurl 7.88 drops the fraction: less than 2 */
    TRANSFER_ENCODED_MORE = 1024,       /* bytes by which a small content may be longer in gzip */
    TRANSFER_REFUSAL_MAX = 1024 * 1024, /* bytes of a refusal that are waited for, to keep the connection */
};

/*
** A refusal may be longer than what was asked for, and is not looked at. What is announced as too long is given up at once;
** in gzip a small content is longer than it is.
*/
static bool transfer_is_wanted(transfer *ongoing, bool *refusal) {
    long status = 0;
    curl_off_t announced = 0;
    curl_easy_getinfo(ongoing->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(ongoing->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    size_t most = ongoing->body_max + ongoing->body_max / 1024 + TRANSFER_ENCODED_MORE;
    *refusal = status >= 300;
    return *refusal ? ongoing->passed_over <= TRANSFER_REFUSAL_MAX : announced < 0 || (size_t)announced <= most;
}

/* Hands on what has come. It is bounded as a body is that is kept. */
static bool transfer_hand_on(transfer *ongoing, const char *bytes, size_t length) {
    ongoing->too_large = length > ongoing->body_max - ongoing->taken;
    ongoing->taken += length;
    return !ongoing->too_large && ongoing->take(ongoing->context, bytes, length);
}

static bool transfer_is_answered(const transfer *ongoing) {
    long status = 0;
    curl_easy_getinfo(ongoing->easy, CURLINFO_RESPONSE_CODE, &status);
    return status == 200;
}

static size_t transfer_on_body(char *bytes, size_t size, size_t count, void *context) {
    transfer *ongoing = context;
    size_t length = size * count;
    bool refusal = false;
    if (ongoing->discreet && !transfer_is_wanted(ongoing, &refusal)) {
        ongoing->too_large = true;
        return 0;
    }
    if (refusal) {
        ongoing->passed_over += length;
        return length;
    }
    if (ongoing->take && transfer_is_answered(ongoing)) {
        return transfer_hand_on(ongoing, bytes, length) ? length : 0;
    }
    if (!buffer_append(&ongoing->result.body, bytes, length)) {
        ongoing->too_large = ongoing->result.body.rc == SQLITE_TOOBIG;
        return 0; /* less than length: libcurl ends the transfer */
    }
    return length;
}

/* Copies a header's value, without white space around it, if the line carries that header. */
static void transfer_header(const char *line, size_t length, const char *name, char *value, size_t size) {
    size_t skip = strlen(name);
    if (length <= skip || strncasecmp(line, name, skip) != 0 || line[skip] != ':') {
        return;
    }
    const char *start = line + skip + 1, *end = line + length;
    while (start < end && (*start == ' ' || *start == '\t')) {
        start++;
    }
    while (end > start && (end[-1] == '\r' || end[-1] == '\n' || end[-1] == ' ')) {
        end--;
    }
    size_t kept = (size_t)(end - start) < size - 1 ? (size_t)(end - start) : size - 1;
    memcpy(value, start, kept);
    value[kept] = 0;
    utf8_blank_controls(value);
}

static size_t transfer_on_header(char *line, size_t size, size_t count, void *context) {
    transfer *ongoing = context;
    transport_result *result = &ongoing->result;
    size_t length = size * count;
    if (length >= 5 && strncasecmp(line, "HTTP/", 5) == 0) {
        ongoing->whole_head = false;
    } else if (length > 0 && (line[0] == '\r' || line[0] == '\n')) {
        ongoing->whole_head = true; /* what may follow are trailers */
    }
    transfer_header(line, length, "Retry-After", result->retry_after, sizeof result->retry_after);
    transfer_header(line, length, "Date", result->date, sizeof result->date);
    if (!ongoing->discreet) {
        transfer_header(line, length, "Twilio-Request-Id", result->request_id, sizeof result->request_id);
    }
    return length;
}

/* Sets an option whose value libcurl copies. */
static bool transfer_set_text(CURL *easy, CURLoption option, const char *text) {
    return curl_easy_setopt(easy, option, text) == CURLE_OK;
}

/*
** HTTP/2 where the server speaks it, rather as one connection that carries all than as one each. A POST goes by HTTP/1.1:
** a server that ends an HTTP/2 connection (nginx does after 1000 requests) leaves out requests that are already on their
** way, and libcurl, which knows that from GOAWAY, sends such a request again if it can but does not tell if it cannot.
** Over HTTP/1.1 the last answer says that it is the last. Nor does it go over a connection that has been idle so long that
** the server may just be closing it (most wait for 5 seconds and more): it would be lost, and nobody could tell.
*/
static void transfer_set_version(CURL *easy, const transport_call *call, bool plain) {
    if (call->body) {
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
        curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, (long)TRANSFER_IDLE_MAX);
    } else {
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
        curl_easy_setopt(easy, CURLOPT_PIPEWAIT, plain ? 0L : 1L);
    }
}

/* False: memory ran out. A policy that is set in part must not be used. */
static bool transfer_set_policy(CURL *easy, const transport_call *call, const tls_authorities *authorities) {
    bool plain = strncasecmp(call->url, "http:", 5) == 0;
    LIBCURL_SET_PROTOCOLS(easy, plain);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L); /* what is asked for is what the log shows */
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); /* a proxy's headers are not the service's */
    /* A body that is announced as too large is not even begun; see transfer_on_body for the others. */
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)TRANSPORT_BODY_MAX);
    LIBCURL_LEAVE_RESOLVER(easy);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)call->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)TRANSFER_CONNECT_MS);
    transfer_set_version(easy, call, plain);
    /* Plain http is for loopback only: a proxy from the environment would carry it elsewhere. */
    return (!plain || transfer_set_text(easy, CURLOPT_NOPROXY, "*")) &&
           transfer_set_text(easy, CURLOPT_ACCEPT_ENCODING, "") &&
           transfer_set_text(easy, CURLOPT_USERAGENT, "sqlite-chat/" CHAT_VERSION) && tls_configure(easy, authorities);
}

/*
** When a kept connection ends without an answer, libcurl takes another one and sends the request again, of its own accord.
** An attempt is one request: whether there is another one, which then counts, is the client's to decide.
*/
static bool transfer_would_repeat(transfer *ongoing) {
    if (ongoing->begun && !ongoing->again) {
        bool told = ongoing->detail[0] && !strchr(ongoing->detail, '@') && !ongoing->discreet;
        sqlite3_snprintf((int)sizeof ongoing->result.problem, ongoing->result.problem, "%s",
                         told ? ongoing->detail : TRANSFER_NO_ANSWER);
        ongoing->again = true;
    }
    return ongoing->again;
}

static int transfer_on_socket(void *context, curl_socket_t socket, curlsocktype purpose) {
    transfer *ongoing = context;
    if (transfer_would_repeat(ongoing)) {
        return CURL_SOCKOPT_ERROR; /* there is no need to connect first */
    }
    ongoing->connected = true;
    sockets_note(&ongoing->kept->sockets, (int)socket);
    (void)purpose;
    return CURL_SOCKOPT_OK;
}

/*
** Refuses a kept connection that has ended or holds bytes nobody asked for; the attempt counts as not sent. HTTP/2 tells its
** streams apart, and sends of its own accord; a new TLS connection may have a session ticket to read.
*/
static int transfer_before_request(void *context, char *remote, char *local, int remote_port, int local_port) {
    transfer *ongoing = context;
    bool may_hold = !ongoing->connected && !ongoing->kept->multiplexed;
    (void)remote, (void)local, (void)remote_port;
    if (transfer_would_repeat(ongoing)) {
        return LIBCURL_REQUEST_ABORT;
    }
    ongoing->found = may_hold ? sockets_look(&ongoing->kept->sockets, local_port) : SOCKETS_QUIET;
    if (ongoing->found != SOCKETS_QUIET) {
        return LIBCURL_REQUEST_ABORT;
    }
    ongoing->begun = true;
    return LIBCURL_REQUEST_OK;
}

static size_t transfer_on_upload(char *bytes, size_t size, size_t count, void *context) {
    transfer *ongoing = context;
    size_t left = ongoing->body_length - ongoing->body_sent;
    size_t length = size * count < left ? size * count : left;
    if (length > 0) {
        memcpy(bytes, ongoing->body + ongoing->body_sent, length);
    }
    ongoing->body_sent += length;
    return length;
}

/*
** A body is read once, on purpose: when a kept-alive connection breaks before an answer, libcurl sends the request again
** by itself if it can go back in the body, and a POST must never be sent twice unasked.
*/
static int transfer_on_rewind(void *context, curl_off_t offset, int origin) {
    (void)context, (void)offset, (void)origin;
    return CURL_SEEKFUNC_FAIL;
}

static bool transfer_set_method(transfer *planned, const transport_call *call) {
    CURL *easy = planned->easy;
    if (!call->body) {
        return strcmp(call->method, "GET") == 0 || transfer_set_text(easy, CURLOPT_CUSTOMREQUEST, call->method);
    }
    planned->body = sqlite3_malloc64(call->body_length + 1);
    if (!planned->body) {
        return false;
    }
    memcpy(planned->body, call->body, call->body_length);
    planned->body_length = call->body_length;
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body_length);
    if (call->body_length == 0) {
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L); /* nothing to rewind: only a new connection is not retried */
    }
    return true;
}

static bool transfer_add_header(transfer *planned, const char *line) {
    struct curl_slist *longer = curl_slist_append(planned->headers, line);
    if (longer) {
        planned->headers = longer;
    }
    return longer != NULL;
}

/*
** Path and query as they are to be sent. libcurl (7.88) would take them out of the URL, and send the path alone if memory
** runs out over the query: a list without its filters.
*/
static bool transfer_set_target(CURL *easy, const char *url) {
    const char *authority = strstr(url, "://");
    const char *path = authority ? strchr(authority + 3, '/') : NULL;
    return !path || transfer_set_text(easy, CURLOPT_REQUEST_TARGET, path);
}

/*
** Where no connection can be looked at before it is used (libcurl before 7.80), a write that could be given the answer to what
** nobody asked for takes one of its own.
*/
static bool transfer_is_in_the_dark(const transfer *planned, const transport_call *call) {
    return !planned->watched && !planned->kept->multiplexed && strcmp(call->method, "GET") != 0 &&
           sockets_any_unread(&planned->kept->sockets);
}

bool transfer_set_up(transfer *planned, const transport_call *call, const tls_authorities *authorities) {
    CURL *easy = planned->easy;
    /* No "Expect: 100-continue": it would only cost a round trip. */
    bool fine = transfer_add_header(planned, call->discreet ? "Accept: */*" : "Accept: application/json") &&
                (!call->body || (transfer_add_header(planned, "Expect:") &&
                                 transfer_add_header(planned, "Content-Type: application/x-www-form-urlencoded"))) &&
                (!call->header || transfer_add_header(planned, call->header)) &&
                transfer_set_text(easy, CURLOPT_URL, call->url) && transfer_set_target(easy, call->url) &&
                transfer_set_text(easy, CURLOPT_USERNAME, call->user) &&
                transfer_set_text(easy, CURLOPT_PASSWORD, call->password) &&
                transfer_set_policy(easy, call, authorities);
    curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, planned->headers);
    /* Also without a body: left alone, libcurl reads, and goes back to the start of, the host's standard input. */
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, transfer_on_upload);
    curl_easy_setopt(easy, CURLOPT_READDATA, planned);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, transfer_on_rewind);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, planned);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, transfer_on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, planned);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, transfer_on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, planned);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, planned->detail);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, planned);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, transfer_on_socket);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, planned);
    planned->watched = LIBCURL_BEFORE_REQUEST(easy, transfer_before_request, planned);
    if (transfer_is_in_the_dark(planned, call)) {
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    }
    return fine && transfer_set_method(planned, call);
}
