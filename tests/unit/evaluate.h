/* Values as SQLite itself hands them over, for tests. */
#ifndef CHAT_TEST_EVALUATE_H
#define CHAT_TEST_EVALUATE_H

#include <sqlite3.h>

/* What an SQL expression gives, as a value of its own (sqlite3_value_free it). Fails the test if it is not valid. */
sqlite3_value *evaluate(sqlite3 *db, const char *expression);

#endif
