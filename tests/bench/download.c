/*
** What the least is that downloading lists can take: fetches the URLs on standard input, one a line, throws the answers
** away, and prints the seconds from the first request to the last byte, the bytes and the requests.
**
**   build/download MANNER WIDTH <urls        MANNER: all, lists or tree; WIDTH requests at a time
**
** The credentials are in TWILIO_API_KEY and TWILIO_API_KEY_SECRET. Any status but 200 is an error.
**
** all     every URL is known beforehand, those of all pages too. Where a page is named by a token this is what no client
**         can do, since only the page before tells the token.
** lists   every list is known beforehand, but not its tokens: a page with a PageToken is asked for when the one before
**         it has named it, which is as soon as its "next_page_url" has come, be it before the rest of that page. Pages
**         that are counted by number are all known.
** tree    nor are the lists known that another list leads to: the messages of a channel are asked for when its SID has
**         come, in whatever page. This is what a client can do that knows nothing but where to begin.
**
** It knows what no client does: how many pages are to come. Of what may be asked for the list with the most of them
** goes first, so that no long one is left over at the end.
*/
#include <curl/curl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SID_LENGTH = 34, WIDTH_MAX = 256, URL_MAX = 16384 };

typedef enum { MANNER_ALL, MANNER_LISTS, MANNER_TREE } manner;

/* A page, or a single resource. */
typedef struct address {
    char *url;
    char *list; /* the URL without what tells one page of a list from another */
    long page;
} address;

/* Pages that are asked for in their order. */
typedef struct list {
    const address *pages;
    size_t count;
    size_t begun;                /* of them */
    size_t named;                /* ... may be begun */
    char parent[SID_LENGTH + 1]; /* nothing may, until this SID has come; empty: it has */
} list;

typedef struct world {
    address *addresses;
    size_t address_count;
    list *lists;
    size_t list_count;
    size_t waiting; /* of them, for SIDs */
    CURLM *multi;
    size_t width;
    size_t under_way, left, requests;
    curl_off_t bytes;
} world;

/* One request at a time, on a handle that is used again. */
typedef struct transfer {
    CURL *easy;
    world *of;
    list *from;
    size_t page;    /* so many-th of it, from 1 on */
    size_t matched; /* bytes of the words that name the next page */
    size_t sid;     /* letters and digits at the end of what has come, those of a SID at the most and one more */
    char text[SID_LENGTH];
    bool busy;
} transfer;

static _Noreturn void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("download: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static void *checked(void *memory) {
    if (!memory) {
        fail("out of memory");
    }
    return memory;
}

/* --- which lists there are ---------------------------------------------------------------------------------------- */

/* Takes what is in the query before the next '&' and tells whether it says which page this is. */
static bool part_is_page(const char *part, size_t length, address *of, bool *token) {
    if (length > 5 && memcmp(part, "Page=", 5) == 0) {
        of->page = strtol(part + 5, NULL, 10);
        return true;
    }
    if (length > 10 && memcmp(part, "PageToken=", 10) == 0) {
        *token = true;
        return true;
    }
    return false;
}

/* What all pages of its list have in common; NULL: this is a list of its own, as are pages that are counted. */
static char *list_of(address *of) {
    const char *query = strchr(of->url, '?');
    if (!query) {
        return NULL;
    }
    char *rest = checked(strdup(of->url));
    size_t length = (size_t)(query - of->url);
    bool token = false;
    for (const char *part = query; *part;) {
        size_t size = strcspn(part + 1, "&");
        if (!part_is_page(part + 1, size, of, &token)) {
            memcpy(rest + length, part, size + 1);
            length += size + 1;
        }
        part += size + 1;
    }
    rest[length] = '\0';
    if (of->page > 0 && !token) {
        free(rest);
        return NULL;
    }
    return rest;
}

static bool is_sid_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Orders them by list and page. */
static int address_compare(const void *left, const void *right) {
    const address *a = left, *b = right;
    int order = strcmp(a->list, b->list);
    return order ? order : (a->page > b->page) - (a->page < b->page);
}

static void read_addresses(world *self, manner how) {
    char *line = checked(malloc(URL_MAX));
    while (fgets(line, URL_MAX, stdin)) {
        line[strcspn(line, "\r\n")] = '\0';
        if (!*line) {
            continue;
        }
        if (self->address_count % 1024 == 0) {
            size_t room = (self->address_count + 1024) * sizeof *self->addresses;
            self->addresses = checked(realloc(self->addresses, room));
        }
        address *next = &self->addresses[self->address_count++];
        *next = (address){.url = checked(strdup(line))};
        char *common = list_of(next);
        if (common && how != MANNER_ALL) {
            next->list = common;
        } else {
            free(common);
            next->list = checked(strdup(line));
        }
    }
    free(line);
    qsort(self->addresses, self->address_count, sizeof *self->addresses, address_compare);
}

static void find_lists(world *self) {
    self->lists = checked(calloc(self->address_count + 1, sizeof *self->lists));
    for (size_t i = 0; i < self->address_count; i++) {
        const address *page = &self->addresses[i];
        list *last = self->list_count ? &self->lists[self->list_count - 1] : NULL;
        if (last && strcmp(last->pages->list, page->list) == 0) {
            last->count++;
        } else {
            self->lists[self->list_count++] = (list){.pages = page, .count = 1, .named = 1};
        }
    }
    self->left = self->address_count;
}

/* Is a list without its query asked for? */
static bool has_list(const world *self, const char *url, size_t length) {
    for (size_t i = 0; i < self->list_count; i++) {
        const char *other = self->lists[i].pages->url;
        if (strncmp(other, url, length) == 0 && (other[length] == '?' || !other[length])) {
            return true;
        }
    }
    return false;
}

/* The last SID of its path, if the list that has it is asked for too. */
static void find_parent(world *self, list *target) {
    const char *url = target->pages->url;
    for (size_t end = strcspn(url, "?"), start; end > 0; end = start > 0 ? start - 1 : 0) {
        for (start = end; start > 0 && url[start - 1] != '/'; start--) {
        }
        if (end - start == SID_LENGTH && start > 0 && has_list(self, url, start - 1)) {
            memcpy(target->parent, url + start, SID_LENGTH);
            self->waiting++;
            return;
        }
    }
}

/* --- what comes --------------------------------------------------------------------------------------------------- */

static void sid_came(world *self, const char *sid) {
    for (size_t i = 0; i < self->list_count; i++) {
        if (memcmp(self->lists[i].parent, sid, SID_LENGTH) == 0) {
            self->lists[i].parent[0] = '\0';
            self->waiting--;
        }
    }
}

static void see_sid(transfer *self, char c) {
    if (is_sid_character(c)) {
        if (self->sid < SID_LENGTH) {
            self->text[self->sid] = c;
        }
        self->sid += self->sid <= SID_LENGTH;
        return;
    }
    if (self->sid == SID_LENGTH) {
        sid_came(self->of, self->text);
    }
    self->sid = 0;
}

static void see_next(transfer *self, char c) {
    static const char words[] = "\"next_page_url\"";
    self->matched = c == words[self->matched] ? self->matched + 1 : c == words[0];
    if (self->matched == sizeof words - 1) {
        self->matched = 0;
        self->from->named = self->page + 1;
    }
}

static size_t body_came(char *bytes, size_t size, size_t count, void *context) {
    transfer *self = context;
    /* No byte is looked at in vain: that would take time which is no part of downloading. */
    for (size_t i = 0; i < size * count && self->from->named < self->from->count; i++) {
        see_next(self, bytes[i]);
    }
    for (size_t i = 0; i < size * count && self->of->waiting > 0; i++) {
        see_sid(self, bytes[i]);
    }
    self->of->bytes += (curl_off_t)(size * count);
    return size * count;
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

/* Of the lists that may be gone on with the one with the most pages to come. */
static list *next_list(const world *self) {
    list *best = NULL;
    for (size_t i = 0; i < self->list_count; i++) {
        list *candidate = &self->lists[i];
        size_t to_come = candidate->count - candidate->begun;
        if (to_come > 0 && candidate->begun < candidate->named && !candidate->parent[0] &&
            (!best || to_come > best->count - best->begun)) {
            best = candidate;
        }
    }
    return best;
}

static void begin(transfer *self, list *from) {
    self->from = from;
    self->matched = self->sid = 0;
    self->busy = true;
    curl_easy_setopt(self->easy, CURLOPT_URL, from->pages[from->begun].url);
    self->page = ++from->begun;
    curl_multi_add_handle(self->of->multi, self->easy);
    self->of->under_way++;
    self->of->requests++;
}

static void begin_more(world *self, transfer *transfers) {
    for (size_t i = 0; i < self->width; i++) {
        list *from = transfers[i].busy ? NULL : next_list(self);
        if (from) {
            begin(&transfers[i], from);
        }
    }
}

static void end_one(world *self, const CURLMsg *message) {
    transfer *target = NULL;
    long status = 0;
    char *url = NULL;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&target);
    curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(message->easy_handle, CURLINFO_EFFECTIVE_URL, &url);
    if (message->data.result != CURLE_OK || status != 200) {
        fail("%s: %ld %s", url, status, curl_easy_strerror(message->data.result));
    }
    target->busy = false;
    curl_multi_remove_handle(self->multi, message->easy_handle);
    self->under_way--;
    self->left--;
}

static void end_those_that_have(world *self) {
    int others = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(self->multi, &others));) {
        if (message->msg == CURLMSG_DONE) {
            end_one(self, message);
        }
    }
}

static void fetch_all(world *self, transfer *transfers) {
    int running = 0;
    for (;;) {
        begin_more(self, transfers);
        if (self->under_way == 0) {
            break;
        }
        curl_multi_perform(self->multi, &running);
        end_those_that_have(self);
        if (self->under_way > 0 && !next_list(self)) {
            curl_multi_poll(self->multi, NULL, 0, 1000, NULL);
        }
    }
    if (self->left > 0) {
        fail("%zu pages were named by none, as of %s", self->left, self->lists[0].pages->url);
    }
}

static void prepare(world *self, transfer *target, struct curl_slist *headers) {
    *target = (transfer){.easy = checked(curl_easy_init()), .of = self};
    curl_easy_setopt(target->easy, CURLOPT_PRIVATE, target);
    curl_easy_setopt(target->easy, CURLOPT_WRITEFUNCTION, body_came);
    curl_easy_setopt(target->easy, CURLOPT_WRITEDATA, target);
    curl_easy_setopt(target->easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(target->easy, CURLOPT_USERNAME, getenv("TWILIO_API_KEY"));
    curl_easy_setopt(target->easy, CURLOPT_PASSWORD, getenv("TWILIO_API_KEY_SECRET"));
    curl_easy_setopt(target->easy, CURLOPT_NOSIGNAL, 1L);
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static manner manner_named(const char *name) {
    static const char *const names[] = {"all", "lists", "tree"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            return (manner)i;
        }
    }
    fail("manner: all, lists or tree");
}

int main(int argc, char **argv) {
    static transfer transfers[WIDTH_MAX];
    world self = {.width = argc == 3 ? strtoul(argv[2], NULL, 10) : 0};
    if (self.width == 0 || self.width > WIDTH_MAX) {
        fail("usage: download all|lists|tree WIDTH <urls");
    }
    manner how = manner_named(argv[1]);
    read_addresses(&self, how);
    find_lists(&self);
    for (size_t i = 0; i < self.list_count && how == MANNER_TREE; i++) {
        find_parent(&self, &self.lists[i]);
    }
    double begun =
        seconds_now(); /* from here on, as what is measured beside it: a library that is loaded, and not set up yet */
    curl_global_init(CURL_GLOBAL_DEFAULT);
    struct curl_slist *headers = checked(curl_slist_append(NULL, "Accept: application/json"));
    self.multi = checked(curl_multi_init());
    curl_multi_setopt(self.multi, CURLMOPT_MAXCONNECTS, (long)self.width);
    for (size_t i = 0; i < self.width; i++) {
        prepare(&self, &transfers[i], headers);
    }
    fetch_all(&self, transfers);
    printf("%.6f %lld %zu\n", seconds_now() - begun, (long long)self.bytes, self.requests);
    for (size_t i = 0; i < self.width; i++) {
        curl_easy_cleanup(transfers[i].easy);
    }
    curl_multi_cleanup(self.multi);
    curl_slist_free_all(headers);
    curl_global_cleanup();
    for (size_t i = 0; i < self.address_count; i++) {
        free(self.addresses[i].url);
        free(self.addresses[i].list);
    }
    free(self.addresses);
    free(self.lists);
    return 0;
}
