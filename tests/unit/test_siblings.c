/* Which lists a loop asks for next, by what it passes in the list of their parents; in no order, by how many it has asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/sqlite.h"
#include "read/siblings.h"

enum { WIDEST = 32 };

/* SIDs in an order that is none of the list's. */
static const char *sid_of(size_t number) {
    static char text[SID_LENGTH + 1];
    sqlite3_snprintf((int)sizeof text, text, "CH%032llx", (unsigned long long)(number * 7919 % 10007));
    return text;
}

static void add(siblings *all, size_t from, size_t count, size_t list) {
    for (size_t i = from; i < from + count; i++) {
        siblings_add(all, sid_of(i), list);
    }
}

/* A loop that guesses as far as it may. under_way: what was guessed, and has neither been asked for nor gone by. */
typedef struct loop {
    siblings all;
    char under_way[1024][SID_LENGTH + 1];
    size_t count, guesses, hits, most;
} loop;

static void drop(loop *self, size_t i) {
    memcpy(self->under_way[i], self->under_way[--self->count], SID_LENGTH + 1);
}

static void ask(loop *self, const char *sid, bool whole) {
    bool guessed = false;
    siblings_ask(&self->all, sid, &guessed);
    self->hits += guessed;
    siblings_course course = siblings_find_course(&self->all, whole, WIDEST);
    for (size_t i = 0; i < self->count;) {
        bool gone = strcmp(self->under_way[i], sid) == 0 ||
                    siblings_pass_by(&self->all, &course, self->under_way[i], SID_LENGTH);
        if (gone) {
            drop(self, i);
        } else {
            i++;
        }
    }
    self->most = course.most;
    const sibling *next = NULL;
    while (self->count < course.most && (next = siblings_next(&self->all, &course)) != NULL) {
        memcpy(self->under_way[self->count++], next->sid, SID_LENGTH + 1);
        self->guesses++;
    }
}

static void ask_number(loop *self, size_t number, bool whole) {
    ask(self, sid_of(number), whole);
}

static loop *loop_new(size_t count) {
    loop *self = calloc(1, sizeof *self);
    assert_non_null(self);
    add(&self->all, 0, count, 0);
    return self;
}

static void loop_free(loop *self) {
    siblings_clear(&self->all);
    free(self);
}

static int compare(const void *left, const void *right) {
    return strcmp(left, right);
}

/* Of so many of the first ones, by their SIDs, all but each third one, or nothing but these. */
static void ask_by_sid(loop *self, size_t of, bool most, bool backwards) {
    char(*sids)[SID_LENGTH + 1] = calloc(of, sizeof *sids);
    assert_non_null(sids);
    for (size_t i = 0; i < of; i++) {
        memcpy(sids[i], sid_of(i), sizeof sids[i]);
    }
    qsort(sids, of, sizeof *sids, compare);
    for (size_t i = 0; i < of; i++) {
        if ((i % 3 != 0) == most) {
            ask(self, sids[backwards ? of - 1 - i : i], true);
        }
    }
    free(sids);
}

/* All of a list, in its order, from somewhere on: none is wrong, and no more are under way than have been asked for and a few. */
static void test_by_list(void **state) {
    (void)state;
    loop *self = loop_new(200);
    for (size_t i = 50; i < 150; i++) {
        ask_number(self, i, false);
        assert_true(self->count <= i - 49 + SIBLINGS_MORE && self->count <= WIDEST);
        assert_int_equal(self->count > 0, i >= 52);
    }
    assert_int_equal(self->hits, 97);
    assert_int_equal(self->all.wrong, 0);
    loop_free(self);
}

static void test_backwards(void **state) {
    (void)state;
    loop *self = loop_new(200);
    for (size_t i = 150; i > 50; i--) {
        ask_number(self, i, false);
    }
    assert_int_equal(self->hits, 97);
    assert_int_equal(self->all.wrong, 0);
    loop_free(self);
}

/* Once one has been gone by, or a guess was wrong, no more are under way than have been asked for. */
static void test_with_gaps(void **state) {
    (void)state;
    loop *self = loop_new(200);
    for (size_t i = 0; i < 6; i++) {
        ask_number(self, i, false);
        assert_int_equal(self->most, i < 2 ? 0 : i + 1 + SIBLINGS_MORE);
    }
    ask_number(self, 7, false);
    assert_int_equal(self->most, 7);
    for (size_t i = 8; i < 20; i++) { /* the gap is none of the latest any more */
        ask_number(self, i, false);
        assert_int_equal(self->most, i);
    }
    assert_int_equal(self->all.wrong, 1);
    loop_free(self);
}

/* Two of three: half as many are wrong as right. By SIDs, either way. */
static void test_by_sid(void **state) {
    (void)state;
    for (int backwards = 0; backwards < 2; backwards++) {
        loop *self = loop_new(200);
        ask_by_sid(self, 200, true, backwards);
        assert_true(self->hits > 110);
        assert_true(self->all.wrong <= self->all.right / 2 + 2);
        loop_free(self);
    }
}

/* One of three: none is likely. */
static void test_sparse(void **state) {
    (void)state;
    loop *self = loop_new(300);
    ask_by_sid(self, 300, false, false);
    assert_int_equal(self->guesses, 0);
    loop_free(self);
}

/* They go on in the next list, which is read when the loop comes to it; each from its end on, too. */
static void test_next_list(void **state) {
    (void)state;
    for (int backwards = 0; backwards < 2; backwards++) {
        loop *self = loop_new(40);
        for (size_t i = 0; i < 40; i++) {
            ask_number(self, backwards ? 39 - i : i, false);
        }
        size_t hits = self->hits;
        add(&self->all, 40, 40, 1);
        for (size_t i = 0; i < 40; i++) {
            ask_number(self, backwards ? 79 - i : 40 + i, false);
        }
        assert_true(self->hits - hits >= 39);
        assert_int_equal(self->all.wrong, 0);
        loop_free(self);
    }
}

/* A number of a row of its own: no order of the list's. */
static size_t shuffled(size_t i, size_t of) {
    return i * 37 % of; /* each once, where `of` is a power of two */
}

/* In no order: nothing before a quarter of all are asked for, nothing as long as there may be others, and as many as these then. */
static void test_no_order(void **state) {
    (void)state;
    loop *self = loop_new(64);
    for (size_t i = 0; i < 64; i++) {
        ask_number(self, shuffled(i, 64), true);
        assert_true(self->count <= i + 1);
        assert_true(i >= 15 || self->guesses == 0);
        assert_true(i < 24 || self->guesses > 0);
    }
    assert_true(self->hits > 24);
    loop_free(self);
    self = loop_new(64);
    for (size_t i = 0; i < 64; i++) {
        ask_number(self, shuffled(i, 64), false);
    }
    assert_int_equal(self->guesses, 0);
    loop_free(self);
}

/* A few of very many. */
static void test_few_of_many(void **state) {
    (void)state;
    loop *self = loop_new(1024);
    for (size_t i = 0; i < 300; i++) {
        ask_number(self, shuffled(i, 1024), true);
    }
    assert_int_equal(self->guesses, 0);
    loop_free(self);
}

/* Whoever takes all at first, and then some beside each other and none for long, is guessed wrong, and soon no more. */
static void test_stops(void **state) {
    (void)state;
    loop *self = loop_new(1000);
    size_t at = 0;
    for (size_t i = 0; at < 1000; i++) {
        ask_number(self, at, true);
        at += i < 20 ? 1 : i % 10 < 7 ? 1 : 16;
    }
    assert_true(self->all.wrong > SIBLINGS_WRONG);
    assert_true(self->all.wrong <= self->all.right + SIBLINGS_WRONG + WIDEST);
    loop_free(self);
}

/* What was asked for before its list had come counts; what comes twice does once; a text that is no SID is none. */
static void test_early(void **state) {
    (void)state;
    loop *self = loop_new(0);
    bool guessed;
    for (size_t i = 0; i < 4; i++) {
        assert_true(siblings_ask(&self->all, sid_of(i), &guessed));
        assert_false(guessed);
    }
    assert_false(siblings_ask(&self->all, sid_of(3), &guessed));
    assert_int_equal(siblings_find_course(&self->all, false, WIDEST).most, 0);
    add(&self->all, 0, 10, 0);
    add(&self->all, 5, 10, 1);
    siblings_add(&self->all, "CH1", 0);
    assert_int_equal(self->all.count, 15);
    assert_int_equal(self->all.known, 4);
    siblings_course course = siblings_find_course(&self->all, false, WIDEST);
    assert_int_equal(course.most, 4 + SIBLINGS_MORE);
    assert_string_equal(siblings_next(&self->all, &course)->sid, sid_of(4));
    assert_string_equal(siblings_next(&self->all, &course)->sid, sid_of(5));
    assert_true(siblings_ask(&self->all, sid_of(4), &guessed));
    assert_true(guessed);
    loop_free(self);
}

/* Too many to be known: nothing is guessed. */
static void test_full(void **state) {
    (void)state;
    loop *self = loop_new(SIBLINGS_MAX);
    for (size_t i = 0; i < 5; i++) {
        ask_number(self, i, false);
    }
    assert_true(self->guesses > 0);
    add(&self->all, SIBLINGS_MAX, 1, 0);
    assert_true(self->all.full);
    assert_int_equal(siblings_find_course(&self->all, false, WIDEST).most, 0);
    loop_free(self);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_list),     cmocka_unit_test(test_backwards), cmocka_unit_test(test_by_sid),
        cmocka_unit_test(test_sparse),      cmocka_unit_test(test_next_list), cmocka_unit_test(test_no_order),
        cmocka_unit_test(test_few_of_many), cmocka_unit_test(test_stops),     cmocka_unit_test(test_early),
        cmocka_unit_test(test_full),        cmocka_unit_test(test_with_gaps),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
