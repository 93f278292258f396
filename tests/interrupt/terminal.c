/* Ctrl-C in the shell, on a terminal of its own; see scenarios.h. */
#include "differential/tap.h"
#include "scenarios.h"
#include "world.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __APPLE__
#include <util.h> /* forkpty */
#else
#include <pty.h>
#endif

typedef struct terminal {
    pid_t pid;
    int fd;
    char seen[20000]; /* what came since the last wait was over */
} terminal;

static void terminal_type(const terminal *self, const char *text) {
    if (write(self->fd, text, strlen(text)) < 0) {
        printf("# writing to the shell: %s\n", strerror(errno));
    }
}

/* Waits until the text has come; false if it does not within WORLD_PATIENCE_MS without a byte. */
static bool terminal_wait(terminal *self, const char *text) {
    size_t length = 0;
    self->seen[0] = 0;
    while (!strstr(self->seen, text)) {
        struct pollfd ready = {.fd = self->fd, .events = POLLIN};
        ssize_t count = poll(&ready, 1, WORLD_PATIENCE_MS) > 0 && length + 1 < sizeof self->seen
                            ? read(self->fd, self->seen + length, sizeof self->seen - 1 - length)
                            : 0;
        if (count <= 0) {
            printf("# the shell did not say \"%s\"\n", text);
            return false;
        }
        length += (size_t)count;
        self->seen[length] = 0;
    }
    return true;
}

static bool terminal_start(terminal *self, const char *shell, const char *extension) {
    self->pid = forkpty(&self->fd, NULL, NULL, NULL);
    if (self->pid == 0) {
        char load[1000];
        snprintf(load, sizeof load, ".load %s", extension);
        /* Batch or not, the shell takes Ctrl-C the same way; without -batch it would need a terminal type. */
        execlp(shell, shell, "-interactive", "-init", "/dev/null", "-cmd", load, ":memory:", (char *)NULL);
        _exit(127);
    }
    terminal_type(self, "SELECT 'rea' || 'dy';\n");
    return self->pid > 0 && terminal_wait(self, "ready");
}

void scenarios_terminal(const char *shell, const char *extension) {
    terminal self;
    memset(&self, 0, sizeof self);
    world_control("reset");
    bool started = terminal_start(&self, shell, extension);
    tap_result(started, "the shell on a terminal");
    for (int round = 1; started && round <= 2; round++) {
        world_control("fault?path=*/Services?*&action=hang&ms=90000&times=0");
        terminal_type(&self, "SELECT count(*) || ' services' FROM services;\n");
        usleep(WORLD_DELAY_MS * 2 * 1000);
        terminal_type(&self, "\003");
        tap_result(terminal_wait(&self, "nterrupt"), "Ctrl-C in the shell, time %d", round);
        world_control("reset");
        terminal_type(&self, "SELECT count(*) || ' services' FROM services;\n");
        tap_result(terminal_wait(&self, "1 services"), "Ctrl-C in the shell, time %d: the statement again", round);
    }
    close(self.fd);
    kill(self.pid, SIGKILL);
    waitpid(self.pid, NULL, 0);
}
