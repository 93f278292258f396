/* The control path: see control.h. */
#include "control.h"

#include "conversation_state.h"
#include "data.h"
#include "faults.h"
#include "journal.h"
#include "limits.h"
#include "ports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void control_say(exchange *self, int status, const char *key, const char *text) {
    self->status = status;
    buffer_format(&self->answer, "{\"%s\":", key);
    buffer_json(&self->answer, text, strlen(text));
    buffer_byte(&self->answer, '}');
}

static const char *control_setting(const exchange *self, const char *name) {
    return form_text(&self->form, name, form_text(&self->query, name, NULL));
}

static void control_number(exchange *self, const char *name, int64_t *setting) {
    const char *text = control_setting(self, name);
    char *end = NULL;
    int64_t value = text ? strtoll(text, &end, 10) : -1;
    if (!text || end == text || *end || value < 0) {
        control_say(self, 400, "error", "a number of 0 or more is missing");
        return;
    }
    *setting = value;
    control_say(self, 200, name, text);
}

static void control_choice(exchange *self, const char *name, const char *const *names, int *setting) {
    const char *text = control_setting(self, name);
    int choice = text ? options_choice(names, text) : -1;
    if (choice < 0) {
        control_say(self, 400, "error", "no such choice");
        return;
    }
    *setting = choice;
    control_say(self, 200, name, text);
}

static void control_latency(exchange *self) {
    control_number(self, "ms", &self->emulator->options.latency);
}

static void control_release(exchange *self) {
    self->emulator->released = true;
    control_say(self, 200, "release", "done");
}

static void control_write_limit(exchange *self) {
    control_number(self, "n", &self->emulator->options.write_limit);
}

static void control_paging(exchange *self) {
    control_choice(self, "mode", options_paging_names, &self->emulator->options.paging);
}

static void control_dates(exchange *self) {
    control_choice(self, "form", options_dates_names, &self->emulator->options.dates);
}

static void control_data(exchange *self) {
    int64_t seed = -1;
    control_number(self, "seed", &seed);
    if (seed >= 0 && !data_renew(self->emulator, seed)) {
        buffer_free(&self->answer);
        control_say(self, 400, "error", "the data is in a file");
    }
}

/* Names that end in an earlier mark lose that first: it is the character U+E000 and all behind it. Names with a NUL stay. */
static void control_mark(exchange *self) {
    static const char *const tables[] = {"services", "channels", "roles", "users", "credentials"};
    const char *text = control_setting(self, "text");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[320];
        snprintf(sql, sizeof sql,
                 "UPDATE %s SET friendly_name = substr(friendly_name, 1, instr(friendly_name, char(57344)) - 1)"
                 " WHERE instr(friendly_name, char(57344)) > 0",
                 tables[i]);
        store_run(self->emulator->store, sql, "");
        snprintf(
            sql, sizeof sql,
            "UPDATE %s SET friendly_name = friendly_name || char(57344) || ?1 WHERE hex(friendly_name) NOT LIKE '%%00%%'",
            tables[i]);
        if (text) {
            store_run(self->emulator->store, sql, "t", text);
        }
    }
    control_say(self, 200, "mark", text ? text : "");
}

static void control_fault(exchange *self) {
    form *given = self->form.count ? &self->form : &self->query;
    const char *wrong = faults_add(self->emulator->faults, given);
    control_say(self, wrong ? 400 : 200, wrong ? "error" : "fault", wrong ? wrong : "added");
}

static void control_reset(exchange *self) {
    faults_reset(self->emulator->faults);
    journal_reset(self->emulator->journal);
    limits_reset(self->emulator->limits);
    control_say(self, 200, "reset", "done");
}

static void control_stats(exchange *self) {
    self->status = 200;
    journal_show_stats(self->emulator->journal, &self->answer);
}

static void control_requests(exchange *self) {
    self->status = 200;
    journal_show_requests(self->emulator->journal, &self->answer);
}

static void control_ledger(exchange *self) {
    self->status = 200;
    journal_show_ledger(self->emulator->journal, &self->answer);
}

static void control_ports(exchange *self) {
    self->status = 200;
    for (int which = 0; which < PORT_COUNT; which++) {
        buffer_format(&self->answer, "%c\"%s\":\"http://127.0.0.1:%d\"", which ? ',' : '{', port_table[which].name,
                      self->emulator->ports[which]);
    }
    buffer_byte(&self->answer, '}');
}

static void control_active(exchange *self) {
    const char *sid = control_setting(self, "conversation");
    bool known = sid && conversation_wake_sid(self->emulator, sid);
    control_say(self, known ? 200 : 400, known ? "active" : "error", known ? sid : "no such conversation");
}

static void control_page_size(exchange *self) {
    control_choice(self, "mode", options_page_size_names, &self->emulator->options.page_size);
}

static void control_initializing(exchange *self) {
    control_number(self, "ms", &self->emulator->options.initializing);
}

static const struct {
    const char *method, *name;
    void (*answer)(exchange *self);
} control_table[] = {
    {"POST", "latency", control_latency},
    {"POST", "release", control_release},
    {"POST", "write_limit", control_write_limit},
    {"POST", "paging", control_paging},
    {"POST", "dates", control_dates},
    {"POST", "fault", control_fault},
    {"POST", "reset", control_reset},
    {"POST", "data", control_data},
    {"POST", "mark", control_mark},
    {"GET", "stats", control_stats},
    {"GET", "requests", control_requests},
    {"GET", "ledger", control_ledger},
    {"GET", "ports", control_ports},
    {"POST", "active", control_active},
    {"POST", "page_size", control_page_size},
    {"POST", "initializing", control_initializing},
};

bool control_owns(const exchange *self) {
    return self->segment_count > 0 && strcmp(self->segments[0], "__control") == 0;
}

void control_answer(exchange *self) {
    const char *name = self->segment_count == 2 ? self->segments[1] : "";
    form_parse(&self->form, self->body.data, self->body.length);
    for (size_t at = 0; at < sizeof control_table / sizeof *control_table; at++) {
        if (strcmp(control_table[at].name, name) == 0 && strcmp(control_table[at].method, self->method) == 0) {
            control_table[at].answer(self);
            return;
        }
    }
    control_say(self, 404, "error", "no such control");
}
