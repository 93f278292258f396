/* A profile of the vendor's command line tool; see profile.h. */
#include "session/profile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json_member.h"
#include "base/json_text.h"
#include "base/secret.h"
#include "base/sid.h"
#include "base/sqlite.h"
#include "base/utf8.h"

enum { PROFILE_FILE_MAX = 1024 * 1024 };

/* ---- the file ---- */

static const char *profile_variable(const char *name) {
    const char *text = getenv(name);
    return text && *text ? text : NULL;
}

static char *profile_file(error *problem) {
    const char *folder = profile_variable("TWILIO_CONFIG_DIR"), *home = profile_variable("HOME");
    if (!folder && !home) {
        error_set(problem, SQLITE_ERROR,
                  "neither HOME nor TWILIO_CONFIG_DIR is set, so there is no .twilio-cli/config.json to read");
        return NULL;
    }
    char *file =
        folder ? sqlite3_mprintf("%s/config.json", folder) : sqlite3_mprintf("%s/.twilio-cli/config.json", home);
    if (!file) {
        error_no_memory(problem);
    }
    return file;
}

static void profile_check_file(int descriptor, const char *file, struct stat *about, error *problem) {
    if (fstat(descriptor, about) != 0) {
        error_set(problem, SQLITE_ERROR, "%s: %s", file, strerror(errno));
    } else if (!S_ISREG(about->st_mode)) {
        error_set(problem, SQLITE_ERROR, "%s is not a file", file);
    } else if (about->st_size > PROFILE_FILE_MAX) {
        error_set(problem, SQLITE_ERROR, "%s is larger than %d MiB", file, PROFILE_FILE_MAX / (1024 * 1024));
    }
}

/* Reads up to size bytes; returns how many there are, -1: they cannot be read. */
static ssize_t profile_read_bytes(int descriptor, char *bytes, size_t size) {
    size_t length = 0;
    ssize_t more = 1;
    while (more > 0 && length < size) {
        more = read(descriptor, bytes + length, size - length);
        if (more < 0 && errno == EINTR) {
            more = 1;
        } else {
            length += more > 0 ? (size_t)more : 0;
        }
    }
    return more < 0 ? -1 : (ssize_t)length;
}

/* The whole text, NUL-terminated and valid JSON, to be given to profile_free_text. */
static char *profile_read_text(int descriptor, const char *file, size_t *length, error *problem) {
    struct stat about;
    profile_check_file(descriptor, file, &about, problem);
    size_t size = error_is_set(problem) ? 0 : (size_t)about.st_size;
    char *text = error_is_set(problem) ? NULL : sqlite3_malloc64(size + 1);
    if (!text) {
        error_no_memory(problem);
        return NULL;
    }
    ssize_t found = profile_read_bytes(descriptor, text, size);
    *length = found > 0 ? (size_t)found : 0;
    memset(text + *length, 0, size + 1 - *length);
    if (found < 0) {
        error_set(problem, SQLITE_ERROR, "%s: %s", file, strerror(errno));
    } else if (!utf8_is_valid(text, *length) || !json_text_is_valid(text, *length, problem)) {
        error_set(problem, SQLITE_ERROR, "%s is not valid JSON", file);
    }
    return text;
}

/* Overwrites it: it holds the secrets of all profiles, and NUL is no part of valid JSON. */
static void profile_free_text(char *text, size_t length) {
    for (volatile char *at = text; at && at < text + length; at++) {
        *at = 0;
    }
    sqlite3_free(text);
}

/* ---- what is in it ---- */

/* A text of an object, or NULL where it has none. label: whose. */
static char *profile_text(json_span object, const char *label, const char *key, error *problem) {
    json_span value;
    if (error_is_set(problem) || !json_member_find(object, key, &value) || json_member_is_null(value)) {
        return NULL;
    }
    char *text = json_member_text(value, problem);
    if (!text) {
        error_set(problem, SQLITE_ERROR, "%s: its %s is no text", label, key);
    } else if (!*text) {
        secret_free(text);
        text = NULL;
    }
    return text;
}

static void profile_check_label(const char *text, const char *label, const char *key, error *problem) {
    if (text && !sid_is_plain_segment(text, strlen(text))) {
        error_set(problem, SQLITE_ERROR, "%s: its %s is no name of letters, digits, '-' and '_'", label, key);
    }
}

static void profile_check_there(const char *text, const char *label, const char *key, error *problem) {
    if (!text) {
        error_set(problem, SQLITE_ERROR, "%s has no %s", label, key);
    }
}

static void profile_fill(profile *made, json_span config, json_span object, error *problem) {
    made->account_sid = profile_text(object, made->label, "accountSid", problem);
    made->region = profile_text(object, made->label, "region", problem);
    made->edge = profile_text(object, made->label, "edge", problem);
    made->api_key = profile_text(object, made->label, "apiKey", problem);
    made->api_secret = profile_text(object, made->label, "apiSecret", problem);
    if (!made->edge) {
        made->edge = profile_text(config, made->label, "edge", problem);
    }
    profile_check_there(made->api_key, made->label, "apiKey", problem);
    profile_check_there(made->api_secret, made->label, "apiSecret", problem);
    profile_check_label(made->region, made->label, "region", problem);
    profile_check_label(made->edge, made->label, "edge", problem);
}

/* The name that "active" stands for. The tool writes it as activeProject, which profiles were called before. */
static char *profile_active(json_span config, const char *file, error *problem) {
    char *name = profile_text(config, file, "activeProject", problem);
    if (!name) {
        name = profile_text(config, file, "activeProfile", problem);
    }
    if (!name) {
        error_set(problem, SQLITE_ERROR, "%s has no active profile (make one with: twilio profiles:use NAME)", file);
    }
    return name;
}

static void profile_take(profile *made, json_span config, const char *file, const char *name, error *problem) {
    char shown[SECRET_SHOWN_SIZE];
    json_span profiles, object;
    if (error_is_set(problem)) {
        return;
    }
    made->label = sqlite3_mprintf("the profile \"%!.80s\" of %s", name, file);
    if (!made->label) {
        error_no_memory(problem);
    } else if (!json_member_find(config, "profiles", &profiles) || !json_member_find(profiles, name, &object)) {
        error_set(problem, SQLITE_ERROR, "%s has no profile %s", file, secret_show(name, shown));
    } else {
        profile_fill(made, config, object, problem);
    }
}

void profile_read(profile *made, const char *name, error *problem) {
    char *file = error_is_set(problem) ? NULL : profile_file(problem);
    size_t length = 0;
    if (!file) {
        return;
    }
    int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        error_set(problem, SQLITE_ERROR, "%s: %s (profiles are made with: twilio profiles:create)", file,
                  strerror(errno));
    }
    char *text = descriptor < 0 ? NULL : profile_read_text(descriptor, file, &length, problem);
    json_span config = error_is_set(problem) ? (json_span){"", 0} : json_member_whole(text, length);
    bool is_active = strcmp(name, "active") == 0;
    char *active = is_active && !error_is_set(problem) ? profile_active(config, file, problem) : NULL;
    profile_take(made, config, file, is_active ? active : name, problem);
    if (error_is_set(problem)) {
        profile_clear(made);
    }
    secret_free(active);
    profile_free_text(text, length);
    sqlite3_free(file);
    if (descriptor >= 0) {
        close(descriptor);
    }
}

/* ---- copies ---- */

static char *profile_copy_text(const char *text, error *problem) {
    char *copy = secret_copy(text);
    if (text && !copy) {
        error_no_memory(problem);
    }
    return copy;
}

void profile_copy(profile *made, const profile *from, error *problem) {
    made->label = profile_copy_text(from->label, problem);
    made->account_sid = profile_copy_text(from->account_sid, problem);
    made->region = profile_copy_text(from->region, problem);
    made->edge = profile_copy_text(from->edge, problem);
    made->api_key = profile_copy_text(from->api_key, problem);
    made->api_secret = profile_copy_text(from->api_secret, problem);
}

static bool profile_is_same_text(const char *one, const char *other) {
    return one && other ? strcmp(one, other) == 0 : one == other;
}

bool profile_is_same(const profile *one, const profile *other) {
    return profile_is_same_text(one->label, other->label) &&
           profile_is_same_text(one->account_sid, other->account_sid) &&
           profile_is_same_text(one->region, other->region) && profile_is_same_text(one->edge, other->edge) &&
           profile_is_same_text(one->api_key, other->api_key) &&
           profile_is_same_text(one->api_secret, other->api_secret);
}

void profile_clear(profile *target) {
    sqlite3_free(target->label);
    secret_free(target->account_sid);
    secret_free(target->region);
    secret_free(target->edge);
    secret_free(target->api_key);
    secret_free(target->api_secret);
    memset(target, 0, sizeof *target);
}
