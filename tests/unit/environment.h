/* The environment variables that the extension reads, under a test's control. */
#ifndef CHAT_TEST_ENVIRONMENT_H
#define CHAT_TEST_ENVIRONMENT_H

/* Unsets every variable whose name begins with TWILIO. */
void environment_clear(void);

/* Sets a variable, or unsets it if value is NULL. */
void environment_set(const char *name, const char *value);

#endif
