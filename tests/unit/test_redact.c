/* Credentials in a server's texts are covered, in each form; and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/secret.h"
#include "base/sqlite.h"
#include "rest/redact.h"

#define USER "SK0000000000user"
#define PASSWORD "pass/word+000"
#define BASIC "U0swMDAwMDAwMDAwdXNlcjpwYXNzL3dvcmQrMDAw" /* of USER:PASSWORD */

static void assert_covered(const redact *hidden, const char *given, const char *expected) {
    char text[500];
    assert_true(strlen(given) < sizeof text);
    strcpy(text, given);
    redact_apply(hidden, text, strlen(text));
    assert_string_equal(text, expected);
}

static void test_forms(void **state) {
    redact hidden = {0};
    (void)state;
    assert_int_equal(redact_set(&hidden, USER, PASSWORD), SQLITE_OK);
    assert_covered(&hidden, "", "");
    assert_covered(&hidden, "nothing of it", "nothing of it");
    assert_covered(&hidden, USER, "****************");
    assert_covered(&hidden, "<" PASSWORD ">", "<*************>");
    assert_covered(&hidden, PASSWORD PASSWORD " " USER, "************************** ****************");
    assert_covered(&hidden, "a pass%2Fword%2B000 b", "a ***************** b");
    assert_covered(&hidden, "\"pass\\/word+000\"", "\"**************\"");
    assert_covered(&hidden, "Basic " BASIC ".", "Basic ****************************************.");
    assert_covered(&hidden, "pass/word+00 ", "pass/word+00 ");
    assert_covered(&hidden, "ppass/word+000", "p*************");
    redact_clear(&hidden);
    assert_covered(&hidden, PASSWORD, PASSWORD);
}

/* A text that was cut within a credential ends with its beginning: from 8 characters on it is covered. */
static void test_cuts(void **state) {
    redact hidden = {0};
    (void)state;
    assert_int_equal(redact_set(&hidden, USER, PASSWORD), SQLITE_OK);
    assert_covered(&hidden, "cut pass/word+00", "cut ************");
    assert_covered(&hidden, "cut pass/wor", "cut ********");
    assert_covered(&hidden, "pass/wo", "pass/wo");
    assert_covered(&hidden, "cut SK000000", "cut ********");
    redact_clear(&hidden);
}

/* Padding of one, two and no '='; the encoding is checked against texts encoded elsewhere. */
static void test_basic(void **state) {
    static const char *const cases[][3] = {
        {"user0000", "password", "dXNlcjAwMDA6cGFzc3dvcmQ="},
        {"user000", "password", "dXNlcjAwMDpwYXNzd29yZA=="},
        {"user00", "password", "dXNlcjAwOnBhc3N3b3Jk"},
        {"a", "\xff\xfe\xfd\xfc\xfb\xfa", "YTr//v38+/o="},
        {"abcdefgh", "", "YWJjZGVmZ2g6"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        redact hidden = {0};
        assert_int_equal(redact_set(&hidden, cases[i][0], cases[i][1]), SQLITE_OK);
        assert_true(redact_finds_secret(&hidden, cases[i][2]));
        redact_clear(&hidden);
    }
}

/* What is short would be found in ordinary words. */
static void test_short(void **state) {
    redact hidden = {0};
    (void)state;
    assert_int_equal(redact_set(&hidden, "a", "message"), SQLITE_OK);
    assert_covered(&hidden, "a message", "a message");
    assert_covered(&hidden, "YTptZXNzYWdl", "************");
    assert_int_equal(redact_set(&hidden, NULL, NULL), SQLITE_OK);
    assert_covered(&hidden, "YTptZXNzYWdl", "YTptZXNzYWdl");
}

/* A URL with the password in it is not to be followed; one with an account's SID is an ordinary one. */
static void test_finds_the_secret(void **state) {
    redact hidden = {0};
    (void)state;
    assert_int_equal(redact_set(&hidden, USER, PASSWORD), SQLITE_OK);
    assert_true(redact_finds_secret(&hidden, "?a=" PASSWORD));
    assert_true(redact_finds_secret(&hidden, "?a=pass%2Fword%2B000&b"));
    assert_true(redact_finds_secret(&hidden, BASIC));
    assert_false(redact_finds_secret(&hidden, "?PageToken=PA" USER));
    assert_false(redact_finds_secret(&hidden, "pass/word+00"));
    redact_clear(&hidden);
    assert_false(redact_finds_secret(&hidden, PASSWORD));
}

/* A character is what it is, however it is escaped, and however often a URL has escaped it. */
static void test_escapes(void **state) {
    static const char *const cases[][2] = {
        {"<%70ass/word+000>", "<***************>"},
        {"<%70%61%73%73%2f%77%6f%72%64%2B%30%30%30>", "<***************************************>"},
        {"<pass%2fword+%300%30>", "<*******************>"},
        {"<pass%252Fword%25252B000>", "<***********************>"},
        {"<p\\u0061ss\\u002Fword\\u002b000>", "<****************************>"},
        {"pass%2", "pass%2"},
        {"cut pass/word%", "cut **********"},
        {"cut pass/word%2", "cut ***********"},
        {"<%70ass%2Xword+000>", "<%70ass%2Xword+000>"},
        {"<p\\u0161ss/word+000>", "<p\\u0161ss/word+000>"},
    };
    redact hidden = {0};
    (void)state;
    assert_int_equal(redact_set(&hidden, USER, PASSWORD), SQLITE_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_covered(&hidden, cases[i][0], cases[i][1]);
        assert_int_equal(redact_finds_secret(&hidden, cases[i][0]), i < 5);
    }
    assert_int_equal(redact_set(&hidden, NULL, "100%41%2541ok"), SQLITE_OK);
    assert_covered(&hidden, "100%41%2541ok 100%2541%252541ok 100A%41ok", "************* ***************** 100A%41ok");
    redact_clear(&hidden);
}

/* Base64 with padding or without, escaped or not, in the alphabet for URLs too. */
static void test_base64_forms(void **state) {
    redact hidden = {0};
    (void)state;
    assert_int_equal(redact_set(&hidden, "user000", "password"), SQLITE_OK);
    assert_covered(&hidden, "a dXNlcjAwMDpwYXNzd29yZA b", "a ********************** b");
    assert_covered(&hidden, "a dXNlcjAwMDpwYXNzd29yZA== b", "a ************************ b");
    assert_covered(&hidden, "a dXNlcjAwMDpwYXNzd29yZA%3D%3d b", "a **************************** b");
    assert_true(redact_finds_secret(&hidden, "?PageToken=PT%64XNlcjAwMDpwYXNzd29yZA"));
    assert_int_equal(redact_set(&hidden, "a", "\xff\xfe\xfd\xfc\xfb\xfa"), SQLITE_OK);
    assert_true(redact_finds_secret(&hidden, "YTr__v38-_o"));
    assert_true(redact_finds_secret(&hidden, "YTr%2F%2Fv38%2B%2Fo%3D"));
    assert_false(redact_finds_secret(&hidden, "YTr__v38-+x"));
    redact_clear(&hidden);
}

/*
** By itself in base64, too, whatever its length leaves over (and that of the pair, which begins as the user's does and ends
** as the password's); a user is covered, and no secret.
*/
static void test_alone_in_base64(void **state) {
    redact hidden = {0};
    (void)state;
    assert_int_equal(redact_set(&hidden, "user000", "password"), SQLITE_OK);
    assert_covered(&hidden, "a cGFzc3dvcmQ b cGFzc3dvcmQ= c", "a *********** b ************ c");
    assert_covered(&hidden, "a cGFzc3dvcm%51%3d b", "a **************** b");
    assert_covered(&hidden, "cGFzc3dvcm", "**********");
    assert_true(redact_finds_secret(&hidden, "?PageToken=cGFzc3dvcmQ"));
    assert_covered(&hidden, "dXNlcjAwMA==", "dXNlcjAwMA=="); /* seven characters: too short to be looked for */
    assert_int_equal(redact_set(&hidden, "user00000", "\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7"), SQLITE_OK);
    assert_covered(&hidden, "<//79/Pv6+fj3> <__79_Pv6-fj3>", "<************> <************>");
    assert_covered(&hidden, "dXNlcjAwMDAw dXNlcjAwMDAwOv/+/fz7+vn49w==", "************ ****************************");
    assert_false(redact_finds_secret(&hidden, "?PageToken=dXNlcjAwMDAw"));
    assert_int_equal(redact_set(&hidden, NULL, "message"), SQLITE_OK);
    assert_int_equal(hidden.count, 0);
    assert_int_equal(redact_set(&hidden, NULL, "messages0"), SQLITE_OK);
    assert_covered(&hidden, "bWVzc2FnZXMw", "************");
    redact_clear(&hidden);
}

/* The beginning of a secret is covered from 16 characters on, also where the rest does not follow; not that of a user. */
static void test_pieces(void **state) {
    redact hidden = {0};
    (void)state;
    assert_int_equal(redact_set(&hidden, "SK0000000000000000000", "abcdefghijklmnopqrs"), SQLITE_OK);
    assert_covered(&hidden, "abcdefghijklmnop...", "****************...");
    assert_covered(&hidden, "abcdefghijklmno...", "abcdefghijklmno...");
    assert_false(redact_finds_secret(&hidden, "abcdefghijklmnop..."));
    assert_covered(&hidden, "SK000000000000000000x", "SK000000000000000000x");
    redact_clear(&hidden);
}

/* What a form body gives to secret parameters, and to no others. */
static void test_parameters(void **state) {
    static const char *const names[] = {"Secret", "PrivateKey", NULL};
    static const char body[] =
        "Type=public-type&Secret=key%3D%2F%0A0000&NoSecret=open-open&PrivateKey=second+0000&Secret";
    redact hidden = {0};
    (void)state;
    assert_int_equal(redact_add_parameters(&hidden, body, NULL), SQLITE_OK);
    assert_int_equal(redact_add_parameters(&hidden, NULL, names), SQLITE_OK);
    assert_int_equal(hidden.count, 0);
    assert_int_equal(redact_set(&hidden, NULL, PASSWORD), SQLITE_OK);
    assert_int_equal(redact_add_parameters(&hidden, body, names), SQLITE_OK);
    assert_int_equal(hidden.count, 6);
    assert_covered(&hidden, "public-type open-open second+0000", "public-type open-open ***********");
    assert_covered(&hidden, "key=/\n0000|key=\\/\\n0000|key%3D%2F%0a0000|" PASSWORD,
                   "**********|************|****************|*************");
    assert_covered(&hidden, "a2V5PS8KMDAwMA== a2V5PS8KMDAwMA c2Vjb25kKzAwMDA=",
                   "**************** ************** ****************");
    redact_clear(&hidden);
    assert_int_equal(hidden.count, 0);
}

static void test_bytes(void **state) {
    redact hidden = {0};
    char bytes[] = "\0" PASSWORD "\0\xff" PASSWORD;
    (void)state;
    assert_int_equal(redact_set(&hidden, USER, PASSWORD), SQLITE_OK);
    redact_apply(&hidden, bytes, sizeof bytes - 1);
    assert_memory_equal(bytes, "\0*************\0\xff*************", sizeof bytes);
    redact_clear(&hidden);
}

static void test_copies(void **state) {
    char *copy = secret_copy(PASSWORD);
    (void)state;
    assert_string_equal(copy, PASSWORD);
    secret_free(copy);
    assert_null(secret_copy(NULL));
    secret_free(NULL);
}

int main(void) {
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_basic),
        cmocka_unit_test(test_short),
        cmocka_unit_test(test_finds_the_secret),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_base64_forms),
        cmocka_unit_test(test_alone_in_base64),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
