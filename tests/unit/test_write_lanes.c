/* Which calls of a transaction wait for which: the branches of a service. The lanes themselves: test_write_send.c. */
#include "unit/send_world.h"

#define USER SERVICE "/Users/US" DIGITS

/* Members and messages are users, have roles, and are user_channels: branches do not overtake each other. */
static void test_branches_wait_for_each_other(void **state) {
    (void)state;
    put(WRITE_INSERT, "members", CHANNEL, CHANNEL "/Members", "member");
    put_message("CH2", "message");
    put(WRITE_DELETE, "user_channels", USER, USER "/Channels/CH" DIGITS, NULL);
    put(WRITE_INSERT, "members", CHANNEL, CHANNEL "/Members", "again");
    put_message("CH2", "second");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen,
                        "+member +message -member -message +CH" DIGITS " -CH" DIGITS " +again +second -again -second ");
}

/* What is deleted or made in a service's own lists waits for what is in its other branches. */
static void test_service_waits_for_other_branches(void **state) {
    static const struct {
        write_operation operation;
        const char *table, *segment;
    } calls[] = {
        {WRITE_DELETE, "roles", "Roles"}, {WRITE_UPDATE, "roles", "Roles"},       {WRITE_DELETE, "users", "Users"},
        {WRITE_INSERT, "users", "Users"}, {WRITE_DELETE, "bindings", "Bindings"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        put(WRITE_UPDATE, "members", CHANNEL, CHANNEL "/Members/MB" DIGITS, "member");
        put_message("CH2", "message");
        char path[100];
        bool update = calls[i].operation == WRITE_UPDATE;
        snprintf(path, sizeof path, SERVICE "/%s/%s", calls[i].segment, update ? "RL" DIGITS : "r");
        put(calls[i].operation, calls[i].table, SERVICE, path, update ? "r" : NULL);
        put_message("CH2", "later");
        assert_int_equal(send_all(NULL), SQLITE_OK);
        assert_string_equal(seen, "+member +message -member -message +r -r +later -later ");
        write_queue_finish(&writing_of(shared)->queue);
    }
    put(WRITE_UPDATE, "user_channels", USER, USER "/Channels/CH" DIGITS, "u");
    put(WRITE_DELETE, "channels", SERVICE, CHANNEL, NULL);
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+u -u +CH" DIGITS " -CH" DIGITS " ");
}

/* Nor is another service in the way, nor what is queued later. */
static void test_branches_of_other_services(void **state) {
    (void)state;
    put_message("CH", "message");
    put(WRITE_DELETE, "roles", "/Services/IS2", "/Services/IS2/Roles/r", NULL);
    put(WRITE_DELETE, "user_channels", "/Services/IS2/Users/US1", "/Services/IS2/Users/US1/Channels/u", NULL);
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+message +r -message -r +u -u ");
}

/* OR REPLACE may change any row of its list, and so waits for what is inside them; a new row waits for none of that. */
static void test_replacing_waits_below(void **state) {
    (void)state;
    for (int replaces = 0; replaces <= 1; replaces++) {
        put_message("CH2", "message");
        put(WRITE_INSERT, "channels", SERVICE, SERVICE "/Channels", "new")->conflict =
            replaces ? SQLITE_REPLACE : SQLITE_ABORT;
        put_message("CH3", "later");
        assert_int_equal(send_all(NULL), SQLITE_OK);
        assert_string_equal(seen, replaces ? "+message -message +new -new +later -later "
                                           : "+message +new -message -new +later -later ");
        write_queue_finish(&writing_of(shared)->queue);
    }
}

/* ... but not for what is in another service. */
static void test_replacing_in_another_service(void **state) {
    (void)state;
    put(WRITE_INSERT, "messages", "/Services/IS2/Channels/CH2", "/Services/IS2/Channels/CH2/Messages", "message");
    put(WRITE_INSERT, "channels", SERVICE, SERVICE "/Channels", "new")->conflict = SQLITE_REPLACE;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+message +new -message -new ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_replacing_waits_below, begin, end),
        cmocka_unit_test_setup_teardown(test_replacing_in_another_service, begin, end),
        cmocka_unit_test_setup_teardown(test_branches_wait_for_each_other, begin, end),
        cmocka_unit_test_setup_teardown(test_service_waits_for_other_branches, begin, end),
        cmocka_unit_test_setup_teardown(test_branches_of_other_services, begin, end),
        cmocka_unit_test_setup_teardown(test_branches_wait_for_each_other, begin_away, end),
        cmocka_unit_test_setup_teardown(test_service_waits_for_other_branches, begin_away, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
