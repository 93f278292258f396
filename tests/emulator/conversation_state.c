/* Activity and life cycle: see conversation_state.h. */
#include "conversation_state.h"

#include "clock.h"
#include "errors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- activity --- */

static void conversation_stamp(int64_t milliseconds, char *out) {
    buffer text = {0};
    clock_append(&text, milliseconds / 1000, false);
    snprintf(out, ACTIVITY_LENGTH + 1, "%.19s.%03uZ", text.data, (unsigned)((uint64_t)milliseconds % 1000));
    buffer_free(&text);
}

void conversation_state_now(const emulator *self, char *out) {
    conversation_stamp(emulator_milliseconds(self), out);
}

static void conversation_sql_activity(sqlite3_context *context, int count, sqlite3_value **values) {
    const message_source *source = sqlite3_user_data(context);
    int64_t id = sqlite3_value_int64(values[0]);
    message_channel channel;
    message_cursor cursor;
    message last;
    char stamp[ACTIVITY_LENGTH + 1];
    (void)count;
    if (!message_channel_load(&channel, source, id)) {
        return;
    }
    message_walk(&cursor, &channel, message_count(&channel) - 1, true);
    int64_t seconds = message_next(&cursor, &last)
                          ? last.created
                          : store_number(source->store, 0, "SELECT date_created FROM channels WHERE id = ?1", "i", id);
    message_walk_end(&cursor);
    message_channel_free(&channel);
    conversation_stamp(seconds * 1000 + id % 1000, stamp); /* two of one second are rarely of one millisecond */
    sqlite3_result_text(context, stamp, -1, SQLITE_TRANSIENT);
}

/* --- timers --- */

static void conversation_date(buffer *out, const char *name, sqlite3_value *since, sqlite3_value *duration) {
    buffer_format(out, "%c\"%s\":\"", out->length ? ',' : '{', name);
    clock_append(out, sqlite3_value_int64(since) + sqlite3_value_int64(duration), false);
    buffer_byte(out, '"');
}

static void conversation_sql_timers(sqlite3_context *context, int count, sqlite3_value **values) {
    const char *state = (const char *)sqlite3_value_text(values[0]);
    buffer out = {0};
    (void)count;
    if (!state) {
        return;
    }
    if (sqlite3_value_type(values[2]) != SQLITE_NULL && strcmp(state, "active") == 0) {
        conversation_date(&out, "date_inactive", values[1], values[2]);
    }
    if (sqlite3_value_type(values[3]) != SQLITE_NULL && strcmp(state, "closed") != 0) {
        conversation_date(&out, "date_closed", values[1], values[3]);
    }
    buffer_text(&out, out.length ? "}" : "{}");
    sqlite3_result_text(context, buffer_terminated(&out), -1, SQLITE_TRANSIENT);
    buffer_free(&out);
}

void conversation_state_register(const message_source *source) {
    sqlite3 *handle = store_handle(source->store);
    void *data = (void *)(uintptr_t)source;
    sqlite3_create_function(handle, "conversation_activity", 1, SQLITE_UTF8, data, conversation_sql_activity, NULL,
                            NULL);
    sqlite3_create_function(handle, "conversation_timers", 4, SQLITE_UTF8, data, conversation_sql_timers, NULL, NULL);
}

bool conversation_duration(const char *text, int64_t *seconds) {
    static const char units[] = "DHMS";
    static const int64_t lengths[] = {86400, 3600, 60, 1};
    const char *at = text + 1;
    int last = -1;
    *seconds = 0;
    if (text[0] != 'P' || !text[1]) {
        return false;
    }
    for (bool time = false; *at;) {
        if (*at == 'T' && !time) {
            time = true;
            last = last < 0 ? 0 : last;
            at++;
        }
        char *end = NULL;
        int64_t number = *at >= '0' && *at <= '9' ? strtoll(at, &end, 10) : -1;
        const char *unit = end && *end ? strchr(units, *end) : NULL;
        int which = unit ? (int)(unit - units) : -1;
        if (number < 0 || number > 100000000 || which < 0 || which <= last - (which == 0 ? 1 : 0) ||
            time != (which > 0)) {
            return false;
        }
        last = which;
        *seconds += number * lengths[which];
        at = end + 1;
    }
    return at[-1] != 'T';
}

/* --- the passing of time --- */

#define TIMED "(timer_inactive IS NOT NULL OR timer_closed IS NOT NULL)" /* as in the index */

void conversation_state_advance(emulator *self) {
    static const char *const statements[] = {
        "UPDATE channels SET activity = conversation_activity(id) WHERE activity IS NULL AND ?1 NOT NULL",
        "UPDATE channels SET state = 'active' WHERE state = 'initializing' AND ready <= ?1",
        "UPDATE channels SET state = 'closed', timer_inactive = NULL, timer_closed = NULL WHERE " TIMED
        " AND timer_closed IS NOT NULL AND (idle_since + timer_closed) * 1000 <= ?1",
        "UPDATE channels SET state = 'inactive' WHERE " TIMED
        " AND state = 'active' AND (idle_since + timer_inactive) * 1000 <= ?1",
    };
    int64_t now = emulator_milliseconds(self);
    for (size_t at = 0; at < sizeof statements / sizeof *statements; at++) {
        store_run(self->store, statements[at], "i", now);
    }
}

void conversation_wake(emulator *self, int64_t channel) {
    char stamp[ACTIVITY_LENGTH + 1];
    conversation_state_now(self, stamp);
    store_run(self->store,
              "UPDATE channels SET activity = ?2, idle_since = ?3,"
              " state = CASE state WHEN 'inactive' THEN 'active' ELSE state END WHERE id = ?1",
              "iti", channel, stamp, emulator_milliseconds(self) / 1000);
}

bool conversation_wake_sid(emulator *self, const char *sid) {
    int64_t id = store_number(self->store, -1, "SELECT id FROM channels WHERE sid = ?1", "t", sid);
    if (id >= 0) {
        conversation_wake(self, id);
    }
    return id >= 0;
}

void conversation_set_state(emulator *self, const char *sid, const char *state) {
    store_run(self->store, "UPDATE channels SET state = ?2 WHERE sid = ?1", "tt", sid, state);
}

bool conversation_is_open(exchange *self, int64_t channel) {
    /* 0: neither */
    int64_t code = store_number(
        self->emulator->store, 0,
        "SELECT CASE state WHEN 'closed' THEN 50377 WHEN 'initializing' THEN 50386 ELSE 0 END FROM channels"
        " WHERE id = ?1",
        "i", channel);
    return !code || errors_set(self, (int)code);
}
