/* The emulator as a child process: started on a free port, ended by its process id. */
#ifndef DIFFERENTIAL_PROCESS_H
#define DIFFERENTIAL_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* The account that the emulator is told to accept, and that the extension and this program present. */
#define PROCESS_ACCOUNT_SID "AC0123456789abcdef0123456789abcdef"
#define PROCESS_AUTH_TOKEN "differential-token"

/* Little data; much; much with conversations in all states, of which closed ones take no writes. */
typedef enum { PROCESS_SMALL, PROCESS_FULL, PROCESS_MIXED } process_data;

typedef struct process {
    pid_t pid;     /* 0: not running */
    char url[128]; /* http://127.0.0.1:PORT */
    char conversations_url[128];
} process;

/* Starts the program with data generated from data_seed and waits for the line with its address.
** False, with the reason on standard output, if it does not start. */
bool process_start(process *p, const char *program, const char *data_seed, process_data data);

/* Ends the child and waits for it. Harmless if it is not running. */
void process_stop(process *p);

#endif
