/*
** The emulator's entry point: options, data, server, and the loop until it is told to end. See options_usage for use.
*/
#include "clock.h"
#include "data.h"
#include "emulator.h"
#include "faults.h"
#include "journal.h"
#include "limits.h"
#include "ports.h"
#include "server.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <malloc.h>
#include <sys/prctl.h>
#endif

/* How long a signal, the parent's end or the end of standard input may go unnoticed. */
enum { MAIN_TICK = 200 };

static volatile sig_atomic_t main_stopped;

static void main_stop(int signal_number) {
    (void)signal_number;
    main_stopped = 1;
}

int64_t emulator_milliseconds(const emulator *self) {
    return self->options.clock >= 0 ? self->clock * 1000 : clock_now_milliseconds();
}

int64_t emulator_now(emulator *self) {
    return self->options.clock >= 0 ? self->clock++ : clock_now();
}

static void main_open(emulator *self) {
    text_prepare();
    data_open(self);
    self->limits = limits_new();
    self->faults = faults_new();
    self->journal = journal_new();
    self->clock = self->options.clock;
}

static void main_close(emulator *self) {
    limits_free(self->limits);
    faults_free(self->faults);
    journal_free(self->journal);
    data_close(self);
    text_release();
}

static void main_announce(const emulator *self) {
    printf("http://127.0.0.1:%d\n", self->ports[PORT_CHAT]);
    for (int which = PORT_CHAT + 1; self->options.print_ports && which < PORT_COUNT; which++) {
        printf("%s http://127.0.0.1:%d\n", port_table[which].name, self->ports[which]);
    }
    for (int which = 0; self->options.print_environment && which < PORT_COUNT; which++) {
        if (port_table[which].variable) {
            printf("export %s=http://127.0.0.1:%d\n", port_table[which].variable, self->ports[which]);
        }
    }
    if (self->options.print_environment) {
        printf("export TWILIO_API_KEY=%s\nexport TWILIO_API_KEY_SECRET=%s\n", self->options.api_key,
               self->options.api_secret);
    }
    fflush(stdout);
}

static bool main_input_ended(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char scratch[256];
    return poll(&input, 1, 0) == 1 && read(STDIN_FILENO, scratch, sizeof scratch) <= 0;
}

static void main_serve(const emulator *self, server *running, pid_t parent) {
    int64_t checked = clock_milliseconds();
    while (!main_stopped) {
        server_run(running, MAIN_TICK);
        if (clock_milliseconds() - checked < MAIN_TICK) {
            continue;
        }
        checked = clock_milliseconds();
        if ((self->options.exit_with_parent && getppid() != parent) ||
            (self->options.exit_on_eof && main_input_ended())) {
            return;
        }
    }
}

static void main_prepare_process(const emulator *self) {
    struct sigaction action = {.sa_handler = main_stop};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
#ifdef __linux__
    if (self->options.exit_with_parent) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
    }
    /* large answers come and go: keep their memory instead of returning it to the system each time */
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
#else
    (void)self;
#endif
}

int main(int argc, char **argv) {
    emulator self = {0};
    pid_t parent = getppid();
    int status = options_parse(&self.options, argc, argv);
    if (status >= 0) {
        return status;
    }
    main_prepare_process(&self);
    main_open(&self);
    server *running = server_start(&self);
    if (running) {
        main_announce(&self);
        main_serve(&self, running, parent);
        server_stop(running);
    }
    main_close(&self);
    return running ? 0 : 1;
}
