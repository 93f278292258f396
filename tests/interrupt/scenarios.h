/* The groups of tests, each in a file of its own. They print TAP through differential/tap.h. */
#ifndef INTERRUPT_SCENARIOS_H
#define INTERRUPT_SCENARIOS_H

#include <sqlite3.h>

/* Statements that read, stuck in every way there is. */
void scenarios_read(sqlite3 *db);

/* Statements and commits that write. file: a database that does not exist yet. */
void scenarios_write(const char *file);

/* Interrupts that meet no statement, or several, and hosts that make it hard. */
void scenarios_connection(sqlite3 *db);

/* Connecting, and looking up a name, that get no answer. */
void scenarios_connect(void);

/* Ctrl-C in the shell. */
void scenarios_terminal(const char *shell, const char *extension);

#endif
