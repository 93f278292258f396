/* Starting and ending the emulator: see process.h. */
#include "process.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void process_exec(const char *program, const char *data_seed, process_data data, int output) {
    bool small = data == PROCESS_SMALL;
    dup2(output, STDOUT_FILENO);
    close(output);
    execl(program, program, "--port", "0", "--print-ports", "--quiet", "--exit-with-parent", "--write-limit", "0",
          "--seed", data_seed, "--services", "3", "--channels", small ? "12" : "60", "--users", small ? "20" : "90",
          "--members", small ? "50" : "400", "--messages", small ? "150" : "1500", "--states",
          data == PROCESS_MIXED ? "mixed" : "active", "--phones", small ? "8" : "40", "--addresses", "9", "--webhooks",
          small ? "8" : "40", "--account-sid", PROCESS_ACCOUNT_SID, "--auth-token", PROCESS_AUTH_TOKEN, (char *)NULL);
    perror(program);
    _exit(127);
}

static void process_read_line(char *line, size_t size, int input) {
    size_t length = 0;
    while (length + 1 < size && read(input, line + length, 1) == 1 && line[length] != '\n') {
        length++;
    }
    line[length] = '\0';
}

/* Reads the child's first lines: its address, and "conversations ADDRESS" among the others'. */
static bool process_read_urls(process *p, int input) {
    static const char name[] = "conversations ";
    char line[160] = "x";
    process_read_line(p->url, sizeof p->url, input);
    while (line[0] != '\0' && strncmp(line, name, sizeof name - 1) != 0) {
        process_read_line(line, sizeof line, input);
    }
    snprintf(p->conversations_url, sizeof p->conversations_url, "%.120s", line[0] ? line + sizeof name - 1 : "");
    return strncmp(p->url, "http://", 7) == 0 && strncmp(p->conversations_url, "http://", 7) == 0;
}

bool process_start(process *p, const char *program, const char *data_seed, process_data data) {
    int ends[2];
    memset(p, 0, sizeof *p);
    if (pipe(ends) != 0) {
        perror("pipe");
        return false;
    }
    fflush(stdout);
    p->pid = fork();
    if (p->pid == 0) {
        close(ends[0]);
        process_exec(program, data_seed, data, ends[1]);
    }
    close(ends[1]);
    bool started = p->pid > 0 && process_read_urls(p, ends[0]);
    close(ends[0]);
    if (!started) {
        printf("# the emulator %s did not start\n", program);
        process_stop(p);
    }
    return started;
}

void process_stop(process *p) {
    if (p->pid > 0) {
        kill(p->pid, SIGTERM);
        waitpid(p->pid, NULL, 0);
    }
    p->pid = 0;
}
