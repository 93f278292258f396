/*
** A connection whose lists fake_client.h answers, for what reads below the tables. The functions and variables are static,
** as in fake_client.h: one file of a program includes them.
*/
#ifndef CHAT_TEST_READING_WORLD_H
#define CHAT_TEST_READING_WORLD_H

#include "unit/fake_client.h"

#include "read/reading.h"
#include "session/connection.h"
#include "unit/environment.h"

static sqlite3 *db;
static connection *shared;

/* answers: as answer_of. Not 0: it could not be opened. */
static int reading_world_begin(void (*answers)(const client_request *asked, client_answer *answer)) {
    error problem = {0};
    environment_clear();
    answer_of = answers;
    waits_left = -1;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    shared = connection_open(db, &problem);
    return shared == NULL || reading_attach(shared) != SQLITE_OK;
}

static int end(void **state) {
    (void)state;
    connection_release(shared);
    return sqlite3_close(db);
}

#endif
