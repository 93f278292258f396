/*
** libcurl, included in this one place, with what differs between its versions. Oldest supported: 7.74 (Debian 11).
** Only transport.c, transfer.h, tls.c, url.c and date.c include this file.
*/
#ifndef CHAT_LIBCURL_H
#define CHAT_LIBCURL_H

#include <curl/curl.h>

/* Before 7.85 the allowed protocols are bits, after it texts; the bits give a warning there. */
#if LIBCURL_VERSION_NUM >= 0x075500
#define LIBCURL_SET_PROTOCOLS(easy, plain)                                                                             \
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, (plain) ? "http,https" : "https")
#else
#define LIBCURL_SET_PROTOCOLS(easy, plain)                                                                             \
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (plain) ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS)
#endif

/* From 7.80 on a connection can be looked at before a request goes out over it. The macro tells whether it will be. */
#if LIBCURL_VERSION_NUM >= 0x075000
#define LIBCURL_BEFORE_REQUEST(easy, callback, context)                                                                \
    (curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback) == CURLE_OK &&                                           \
     curl_easy_setopt(easy, CURLOPT_PREREQDATA, context) == CURLE_OK)
#define LIBCURL_REQUEST_OK CURL_PREREQFUNC_OK
#define LIBCURL_REQUEST_ABORT CURL_PREREQFUNC_ABORT
#else
#define LIBCURL_BEFORE_REQUEST(easy, callback, context) ((void)(callback), (void)(context), false)
#define LIBCURL_REQUEST_OK 0
#define LIBCURL_REQUEST_ABORT 1
#endif

/*
** Cutting off a transfer whose name is still being looked up: without this option libcurl waits for the thread that does it,
** a minute if need be. With it, that thread ends by itself and frees what it has. Before 7.87 there is no way.
*/
#if LIBCURL_VERSION_NUM >= 0x075700
#define LIBCURL_LEAVE_RESOLVER(easy) curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L)
#else
#define LIBCURL_LEAVE_RESOLVER(easy) ((void)(easy))
#endif

#endif
