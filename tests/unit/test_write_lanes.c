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

static void with_url(const client_request *asked, client_answer *answer) {
    char body[300];
    snprintf(body, sizeof body, "{\"url\":\"https://conversations.twilio.com%s\"}", asked->path);
    strstr(asked->path, "/Configuration") ? set_body(answer, body) : agreeable(asked, answer);
}

/* What an account has one of gives defaults for all that is new: it waits for all before it, and all later ones for it. */
static void test_an_account_s_defaults(void **state) {
    static const char *const tables[] = {"account_configuration", "account_webhooks"};
    static const char *const paths[] = {"/Configuration", "/Configuration/Webhooks"};
    (void)state;
    answer_of = with_url;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        put_message("CH2", "message");
        put(WRITE_INSERT, "channels", "/Services/IS2", "/Services/IS2/Channels", "new");
        put(WRITE_UPDATE, tables[i], "", paths[i], "defaults")->version = CATALOG_CONVERSATIONS;
        put(WRITE_INSERT, "channels", "/Services/IS2", "/Services/IS2/Channels", "later");
        put_message("CH2", "last");
        assert_int_equal(send_all(NULL), SQLITE_OK);
        assert_string_equal(seen, "+message +new -message -new +defaults -defaults +last +later -last -later ");
        write_queue_finish(&writing_of(shared)->queue);
    }
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

#define OTHER SERVICE "/Channels/CH2"
#define ELSEWHERE "/Services/IS2/Channels/CH3"

/* The body of what is changed is its name, and its SID the one that the server answers with. */
static write_entry *put_person(write_operation operation, const char *table, const char *lane, const char *what) {
    char path[200], sid[40];
    snprintf(sid, sizeof sid, "%s%s", named_resource(table)->key_prefix, DIGITS);
    const char *row = operation == WRITE_INSERT ? "" : operation == WRITE_UPDATE ? sid : what;
    snprintf(path, sizeof path, "%s/%s%s%s", lane, named_resource(table)->segment, *row ? "/" : "", row);
    return put(operation, table, lane, path, operation == WRITE_DELETE ? NULL : what);
}

/* Who comes in somewhere may be the one who leaves elsewhere: the same two addresses can stand in one conversation only. */
static void test_persons_move(void **state) {
    static const struct {
        const char *left, *entered;
    } tables[] = {{"participants", "participants"}, {"members", "members"}, {"members", "participants"}};
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        put_person(WRITE_DELETE, tables[i].left, CHANNEL, "gone");
        put_person(WRITE_INSERT, tables[i].entered, OTHER, "new");
        put_person(WRITE_INSERT, tables[i].entered, ELSEWHERE, "far");
        put_person(WRITE_DELETE, tables[i].left, ELSEWHERE, "later");
        assert_int_equal(send_all(NULL), SQLITE_OK);
        assert_string_equal(seen, "+gone -gone +new +far -new -far +later -later ");
        write_queue_finish(&writing_of(shared)->queue);
    }
    put_person(WRITE_DELETE, "participants", CHANNEL, "gone");
    put_channel("with")->brings = true;
    put_channel("without");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+gone -gone +with -with +without -without ");
}

/* Those who come do not wait for each other, nor what is theirs for others', nor messages for anybody elsewhere. */
static void test_persons_side_by_side(void **state) {
    (void)state;
    put_person(WRITE_INSERT, "members", CHANNEL, "one");
    put_person(WRITE_INSERT, "members", OTHER, "two");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+one +two -one -two ");
    write_queue_finish(&writing_of(shared)->queue);
    put_person(WRITE_DELETE, "members", CHANNEL, "gone");
    put_person(WRITE_DELETE, "members", OTHER, "too");
    put_message("CH3", "message");
    put_person(WRITE_UPDATE, "members", SERVICE "/Channels/CH4", "changed");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+gone +too +message +changed -gone -too -message -changed ");
}

/* An update gives up what it replaces, if it takes something else than the next. */
static void test_persons_take(void **state) {
    (void)state;
    put_person(WRITE_UPDATE, "participants", CHANNEL, "a")->takes = 1;
    put_person(WRITE_UPDATE, "participants", OTHER, "b")->takes = 1;
    put_person(WRITE_UPDATE, "participants", SERVICE "/Channels/CH3", "c")->takes = 2;
    put_person(WRITE_UPDATE, "participants", SERVICE "/Channels/CH4", "d")->takes = 1;
    put_person(WRITE_INSERT, "participants", SERVICE "/Channels/CH5", "e");
    put_person(WRITE_UPDATE, "participants", SERVICE "/Channels/CH6", "f");
    made_count = 1; /* the one that they have changed is there */
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+a +b +f -a -b +c -f -c +d -d +e -e ");
}

/* Of two that come with what one only may have the first is the first; the others do not wait. */
static void test_persons_alone(void **state) {
    (void)state;
    put_person(WRITE_INSERT, "participants", CHANNEL, "a")->alone = 1;
    put_person(WRITE_INSERT, "participants", OTHER, "b")->alone = 1;
    put_person(WRITE_INSERT, "participants", SERVICE "/Channels/CH3", "c")->alone = 2;
    put_person(WRITE_INSERT, "participants", SERVICE "/Channels/CH4", "d");
    put_person(WRITE_INSERT, "participants", SERVICE "/Channels/CH5", "e")->alone = 1;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+a +c +d -a +b -c -d -b +e -e ");
}

/* What one only may have is free when its owner has left, and not before, whichever is served faster. */
static void test_persons_come_first(void **state) {
    static const struct {
        write_operation operation;
        const char *table, *lane, *what;
        bool takes, lets_go, waits;
    } later[] = {
        {WRITE_DELETE, "participants", OTHER, "x", false, false, true},
        {WRITE_DELETE, "members", OTHER, "x", false, false, true},
        {WRITE_DELETE, "user_conversations", SERVICE "/Users/US2", "x", false, false, true},
        {WRITE_DELETE, "conversations", SERVICE, "x", false, false, true},
        {WRITE_DELETE, "channels", SERVICE, "x", false, false, true},
        {WRITE_DELETE, "services", "", "x", false, false, true},
        {WRITE_UPDATE, "participants", OTHER, "x", true, false, true},
        {WRITE_UPDATE, "conversations", SERVICE, "x", false, true, true},
        {WRITE_UPDATE, "participants", OTHER, "x", false, false, false},
        {WRITE_UPDATE, "conversations", SERVICE, "x", false, false, false},
        {WRITE_DELETE, "messages", OTHER, "x", false, false, false},
        {WRITE_INSERT, "participants", OTHER, "x", false, false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
        put_person(WRITE_INSERT, "participants", ELSEWHERE, "came")->alone = 1;
        write_entry *next = put_person(later[i].operation, later[i].table, later[i].lane, later[i].what);
        next->takes = later[i].takes ? 2 : 0;
        next->lets_go = later[i].lets_go;
        assert_int_equal(send_all(NULL), SQLITE_OK);
        assert_string_equal(seen, later[i].waits ? "+came -came +x -x " : "+came +x -came -x ");
        write_queue_finish(&writing_of(shared)->queue);
    }
}

/* One that comes with nothing of the kind keeps nobody; of several that come together any may. */
static void test_persons_who_leave(void **state) {
    (void)state;
    put_person(WRITE_INSERT, "participants", CHANNEL, "came");
    put_person(WRITE_DELETE, "participants", OTHER, "left");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+came +left -came -left ");
    write_queue_finish(&writing_of(shared)->queue);
    put_channel("with")->brings = true;
    put_person(WRITE_DELETE, "participants", ELSEWHERE, "left");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+with -with +left -left ");
    write_queue_finish(&writing_of(shared)->queue);
    put_person(WRITE_UPDATE, "participants", CHANNEL, "takes")->takes = 1;
    put_person(WRITE_DELETE, "participants", OTHER, "left");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+takes -takes +left -left ");
    write_queue_finish(&writing_of(shared)->queue);
    put_person(WRITE_UPDATE, "conversations", "/Services/IS2", "closed")->lets_go = true;
    put_person(WRITE_INSERT, "participants", CHANNEL, "came");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+closed -closed +came -came ");
}

/* Several that are brought may be alone with what another has, before them or after. */
static void test_persons_brought(void **state) {
    (void)state;
    put_person(WRITE_INSERT, "participants", ELSEWHERE, "one")->alone = 1;
    put_channel("with")->brings = true;
    put_person(WRITE_INSERT, "participants", "/Services/IS3/Channels/CH4", "two")->alone = 2;
    put_person(WRITE_INSERT, "participants", "/Services/IS3/Channels/CH5", "three");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+one +three -one +with -three -with +two -two ");
}

/* A new member is a user from then on, who can be invited elsewhere; who is invited needs no place to be left. */
static void test_persons_are_needed(void **state) {
    (void)state;
    put_person(WRITE_INSERT, "members", CHANNEL, "member");
    put_person(WRITE_INSERT, "invites", OTHER, "invite");
    put_person(WRITE_DELETE, "members", SERVICE "/Channels/CH3", "gone");
    put_person(WRITE_INSERT, "invites", SERVICE "/Channels/CH4", "another");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+member +gone -member +invite +another -gone -invite -another ");
    write_queue_finish(&writing_of(shared)->queue);
    put_person(WRITE_DELETE, "members", CHANNEL, "gone");
    put_person(WRITE_INSERT, "invites", OTHER, "invite");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+gone +invite -gone -invite ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_persons_move, begin, end),
        cmocka_unit_test_setup_teardown(test_persons_move, begin_away, end),
        cmocka_unit_test_setup_teardown(test_persons_side_by_side, begin, end),
        cmocka_unit_test_setup_teardown(test_persons_take, begin, end),
        cmocka_unit_test_setup_teardown(test_persons_alone, begin, end),
        cmocka_unit_test_setup_teardown(test_persons_come_first, begin, end),
        cmocka_unit_test_setup_teardown(test_persons_come_first, begin_away, end),
        cmocka_unit_test_setup_teardown(test_persons_who_leave, begin, end),
        cmocka_unit_test_setup_teardown(test_persons_brought, begin, end),
        cmocka_unit_test_setup_teardown(test_persons_are_needed, begin, end),
        cmocka_unit_test_setup_teardown(test_an_account_s_defaults, begin, end),
        cmocka_unit_test_setup_teardown(test_an_account_s_defaults, begin_away, end),
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
