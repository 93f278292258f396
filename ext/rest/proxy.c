/* What to say of a proxy; see proxy.h. */
#include "rest/proxy.h"

#include <string.h>

bool proxy_is_unusable(const char *detail) {
    /* "Unsupported proxy scheme for 'URL'", "Unsupported proxy syntax in 'URL'", "Unsupported proxy 'URL', libcurl …" */
    static const char beginning[] = "Unsupported proxy";
    return strncmp(detail, beginning, sizeof beginning - 1) == 0;
}

const char *proxy_unusable(void) {
    return "the proxy that the environment names (https_proxy or all_proxy) cannot be used: its URL must be as in "
           "http://user:password@host:port; nothing was sent";
}

const char *proxy_advice(int status) {
    if (status == 401 || status == 407) {
        return "the proxy that the environment names (https_proxy or all_proxy) wants a user and a password that it "
               "knows; nothing was sent";
    }
    if (status < 500) {
        return "the proxy that the environment names (https_proxy or all_proxy) does not let this host and port "
               "through; no_proxy lists hosts that need none; nothing was sent";
    }
    return "the proxy that the environment names (https_proxy or all_proxy) could not get through; nothing was sent";
}
