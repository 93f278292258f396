/* Faults: see faults.h. This file keeps and matches the rules; reply.c carries them out. */
#include "faults.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

struct faults {
    fault **rules;
    size_t count;
};

static const char *const faults_actions[] = {"status", "body",   "redirect", "reset",   "hang",
                                             "cut",    "length", "stall",    "trickle", "delay",
                                             "next",   "gzip",   "close",    "active",  NULL};

faults *faults_new(void) {
    return buffer_allocate(sizeof(faults));
}

void fault_release(fault *self) {
    if (self && --self->users == 0) {
        form_free(&self->settings);
        free(self);
    }
}

void faults_reset(faults *self) {
    for (size_t at = 0; at < self->count; at++) {
        fault_release(self->rules[at]);
    }
    free(self->rules);
    *self = (faults){0};
}

void faults_free(faults *self) {
    faults_reset(self);
    free(self);
}

int64_t fault_number(const fault *self, const char *name, int64_t fallback) {
    const char *text = form_text(&self->settings, name, NULL);
    return text ? strtoll(text, NULL, 10) : fallback;
}

const char *fault_next(fault *self, const char *name) {
    size_t many = 0, turn = 0;
    for (size_t at = 0; at < self->settings.count; at++) {
        many += strcmp(self->settings.fields[at].name, name) == 0;
    }
    turn = many ? self->taken++ % many : 0;
    for (size_t at = 0; at < self->settings.count; at++) {
        if (strcmp(self->settings.fields[at].name, name) == 0 && turn-- == 0) {
            return self->settings.fields[at].value;
        }
    }
    return NULL;
}

const char *faults_add(faults *self, form *settings) {
    int action = options_choice(faults_actions, form_text(settings, "action", ""));
    if (action < 0) {
        return "action must be one of status, body, redirect, reset, hang, cut, length, stall, trickle, delay, next, "
               "gzip, close, active";
    }
    fault *rule = buffer_allocate(sizeof *rule);
    *rule = (fault){.settings = *settings, .action = action, .users = 1};
    *settings = (form){0};
    rule->after = strcmp(form_text(&rule->settings, "when", "before"), "after") == 0;
    rule->nth = fault_number(rule, "nth", 1);
    rule->times = fault_number(rule, "times", 1);
    rule->step = fault_number(rule, "step", 1);
    rule->step = rule->step > 0 ? rule->step : 1;
    fault **rules = buffer_allocate((self->count + 1) * sizeof(fault *));
    if (self->count) {
        memcpy(rules, self->rules, self->count * sizeof(fault *));
    }
    free(self->rules);
    self->rules = rules;
    self->rules[self->count++] = rule;
    return NULL;
}

static bool fault_matches(const fault *self, const char *method, const char *uri, const char *port) {
    const char *wanted = form_text(&self->settings, "method", NULL);
    const char *path = form_text(&self->settings, "path", NULL);
    const char *where = form_text(&self->settings, "port", NULL);
    return (!wanted || strcmp(wanted, method) == 0) && (!path || fnmatch(path, uri, 0) == 0) &&
           (!where || strcmp(where, port) == 0);
}

fault *faults_take(faults *self, const char *method, const char *uri, const char *port) {
    for (size_t at = 0; at < self->count; at++) {
        fault *rule = self->rules[at];
        bool used_up = rule->times && rule->seen >= rule->nth + (rule->times - 1) * rule->step;
        if (!used_up && fault_matches(rule, method, uri, port)) {
            rule->seen++;
            if (rule->seen >= rule->nth && (rule->seen - rule->nth) % rule->step == 0) {
                rule->users++;
                return rule;
            }
        }
    }
    return NULL;
}
