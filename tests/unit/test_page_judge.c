/*
** jansson is the judge: of random answers, the reader makes the cells that a walk through jansson's tree finds,
** wherever jansson reads them; and where it does not, it is for one of the listed reasons. What is checked is the
** fuzz target's (fuzz_page.c); what is tried here is close to what a server says: rows with the columns' own names,
** values of every kind, and now and then a byte that is wrong.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <unistd.h>

#include "fuzz/fuzz.c"
#include "fuzz/fuzz_page.c"

enum { ANSWERS = 3000, ANSWER_MAX = 4000, VALUE_DEPTH = 4 };

static uint64_t state_of_chance;

static unsigned below(unsigned count) {
    state_of_chance = state_of_chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state_of_chance >> 33) % count;
}

/* The answer that is being tried, for the message. */
static char answer[ANSWER_MAX + 100];
static size_t answer_length;

static void add(const char *text) {
    size_t length = strlen(text);
    if (answer_length + length < ANSWER_MAX) {
        memcpy(answer + answer_length, text, length);
        answer_length += length;
    }
}

#define ADD_ONE_OF(choices) add((choices)[below((unsigned)(sizeof(choices) / sizeof *(choices)))])

static void add_space(void) {
    static const char *const spaces[] = {"", "", "", "", "", " ", "\n", "\t ", "\r\n", "  "};
    ADD_ONE_OF(spaces);
}

static void add_string(void) {
    static const char *const parts[] = {"a",
                                        "plain text",
                                        "\\\"",
                                        "\\\\",
                                        "\\/",
                                        "\\n",
                                        "\\u0000",
                                        "\\u0041",
                                        "\\ud83d\\ude00",
                                        "\\ud83d",
                                        "\\ude00",
                                        "\\uFFFF",
                                        "\xc3\xa9",
                                        "\xe2\x82\xac",
                                        "\xf0\x9f\x98\x80",
                                        "}]",
                                        "2016-03-24T20:37:57Z",
                                        "Thu, 24 Mar 2016 20:37:57 +0000",
                                        "12",
                                        "true",
                                        "5.0"};
    add("\"");
    for (unsigned left = below(4); left > 0; left--) {
        ADD_ONE_OF(parts);
    }
    add("\"");
}

static void add_value(unsigned depth);

static void add_container(unsigned depth, bool object, unsigned count) {
    add(object ? "{" : "[");
    for (unsigned i = 0; i < count; i++) {
        add(i ? "," : "");
        add_space();
        if (object) {
            add_string();
            add(":");
        }
        add_value(depth - 1);
    }
    add_space();
    add(object ? "}" : "]");
}

static void add_value(unsigned depth) {
    static const char *const others[] = {"null",
                                         "true",
                                         "false",
                                         "0",
                                         "-0",
                                         "1",
                                         "-17",
                                         "12.0",
                                         "12.5",
                                         "1e3",
                                         "1E-2",
                                         "1e400",
                                         "9223372036854775807",
                                         "9223372036854775808",
                                         "123456789012345678901234567890"};
    unsigned kind = below(depth > 0 ? 6 : 4);
    if (kind < 2) {
        add_string();
    } else if (kind < 4) {
        ADD_ONE_OF(others);
    } else {
        add_container(depth, kind == 4, below(4));
    }
}

static void add_row(const catalog_resource *resource) {
    const char *key = resource->key_column;
    add("{");
    if (key && below(20) > 0) {
        add("\"");
        add(key);
        add("\":\"XX00000000000000000000000000000001\",");
    }
    for (unsigned left = 1 + below(6); left > 0; left--) {
        add("\"");
        add(below(8) ? resource->columns[below((unsigned)resource->column_count)].name : "unknown");
        add("\":");
        add_space();
        add_value(VALUE_DEPTH);
        add(left > 1 ? "," : "");
    }
    add("}");
}

static void add_list(const catalog_resource *resource) {
    static const char *const metas[] = {"\"meta\":{\"next_page_url\":null}",
                                        "\"meta\":{\"next_page_url\":\"/v1/x?Page=1\",\"page\":0}",
                                        "\"meta\":{\"page\":0,\"next_page_url\":\"\"}", "\"other\":[{}]"};
    bool first = below(2);
    add("{");
    if (first) {
        ADD_ONE_OF(metas);
        add(",");
    }
    add("\"");
    add(resource->list_key ? resource->list_key : "none");
    add("\":[");
    for (unsigned i = 0, count = below(4); i < count; i++) {
        add(i ? "," : "");
        add_row(resource);
        add_space();
    }
    add("]");
    if (!first) {
        add(",");
        ADD_ONE_OF(metas);
    }
    add("}");
}

/* One byte is another, missing, or one too many. */
static void spoil(size_t begin) {
    static const char bytes[] = "\"\\{}[]:,0-.eu\x01\xff \n";
    size_t at = begin + below((unsigned)(answer_length - begin)), left = answer_length - at;
    char byte = bytes[below(sizeof bytes)];
    switch (below(3)) {
    case 0:
        answer[at] = byte;
        break;
    case 1:
        memmove(answer + at, answer + at + 1, left - 1);
        answer_length--;
        break;
    default:
        memmove(answer + at + 1, answer + at, left);
        answer[at] = byte;
        answer_length++;
    }
}

static void write_answer(unsigned which, unsigned count) {
    size_t ignored;
    const catalog_resource *resource = catalog_resources(&ignored)[which % count];
    bool single = below(4) == 0;
    answer[0] = (char)(which % count);
    answer[1] = single ? PAGE_SINGLE : PAGE_LIST;
    answer_length = 2;
    single ? add_row(resource) : add_list(resource);
    if (below(3) == 0) {
        spoil(2);
    }
}

/* fuzz_check stops the process: it is to be seen over what. */
static void tell_answer(int signal) {
    (void)signal;
    ssize_t told = write(STDERR_FILENO, answer + 2, answer_length - 2);
    (void)told;
}

static void test_judge(void **state) {
    size_t count;
    (void)state;
    catalog_resources(&count);
    signal(SIGABRT, tell_answer);
    state_of_chance = 20261129;
    for (unsigned i = 0; i < ANSWERS; i++) {
        write_answer(i, (unsigned)count);
        /* In memory of its own length, so that reading past it is seen. */
        uint8_t *exact = malloc(answer_length);
        assert_non_null(exact);
        memcpy(exact, answer, answer_length);
        LLVMFuzzerTestOneInput(exact, answer_length);
        free(exact);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_judge)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
