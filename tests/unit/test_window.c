/* test_window.c - the offset never passes what is not handled, whatever the order of things */
#include "tests/unit/cases.h"

#include "bot-gateway/intake/window.h"

/* A question, and its answer. */
static int64_t ask(struct window *w)
{
    int64_t offset = window_ask(w);
    window_answered(w);
    return offset;
}

static void see(struct window *w, int64_t from, int64_t to)
{
    for (int64_t id = from; id <= to; id++) {
        assert_true(window_see(w, id));
    }
}

static void the_offset_is_a_low_water_mark(void **state)
{
    (void)state;
    scoped(window_fini) struct window w = {0};
    assert_int_equal(ask(&w), 0);
    see(&w, 10, 14);
    window_handled(&w, 11);
    window_handled(&w, 13);
    assert_int_equal(window_moved(&w), 0);
    assert_int_equal(ask(&w), 0);
    window_handled(&w, 10);
    assert_int_equal(window_moved(&w), 2);
    assert_int_equal(ask(&w), 12);
    window_handled(&w, 14);
    window_handled(&w, 12);
    assert_int_equal(w.in_flight, 0);
    assert_int_equal(ask(&w), 15);
    assert_int_equal(ask(&w), 15);
}

static void what_is_shown_again_is_known(void **state)
{
    (void)state;
    scoped(window_fini) struct window w = {0};
    see(&w, 10, 12);
    window_handled(&w, 10);
    assert_int_equal(window_ask(&w), 11);
    window_handled(&w, 11); /* while the answer is on its way */
    window_answered(&w);
    assert_false(window_see(&w, 11));
    assert_false(window_see(&w, 12));
    assert_true(window_see(&w, 13));
    assert_int_equal(w.in_flight, 2);
}

static void ids_may_have_gaps(void **state)
{
    (void)state;
    scoped(window_fini) struct window w = {0};
    assert_true(window_see(&w, 10));
    assert_true(window_see(&w, 500));
    assert_true(window_see(&w, 20)); /* never seen from Telegram, harmless all the same */
    window_handled(&w, 10);
    assert_int_equal(ask(&w), 11);
    window_handled(&w, 20);
    window_handled(&w, 20);
    window_handled(&w, 77);
    assert_int_equal(w.in_flight, 1);
    assert_int_equal(ask(&w), 21);
    assert_true(window_see(&w, 30)); /* below what is known, above what was asked */
    window_handled(&w, 500);
    assert_int_equal(ask(&w), 21);
    window_handled(&w, 30);
    assert_int_equal(ask(&w), 501);
}

static void a_late_lower_id_moves_the_mark_back(void **state)
{
    (void)state;
    scoped(window_fini) struct window w = {0};
    assert_true(window_see(&w, 20));
    window_handled(&w, 20);
    assert_true(window_see(&w, 10)); /* in the same answer */
    assert_int_equal(window_moved(&w), 0);
    assert_int_equal(ask(&w), 0);
    window_handled(&w, 10);
    assert_int_equal(ask(&w), 21);
}

static void numbering_may_begin_anew(void **state)
{
    (void)state;
    scoped(window_fini) struct window w = {0};
    see(&w, 900, 901);
    window_handled(&w, 900);
    assert_int_equal(ask(&w), 901);
    assert_true(window_see(&w, 5)); /* after a quiet week */
    window_handled(&w, 901);        /* of the old numbering: nothing to confirm */
    assert_int_equal(window_moved(&w), 0);
    window_handled(&w, 5);
    assert_int_equal(ask(&w), 6);
}

static void a_question_without_answer_confirms_nothing(void **state)
{
    (void)state;
    scoped(window_fini) struct window w = {0};
    see(&w, 10, 12);
    window_handled(&w, 10);
    assert_int_equal(ask(&w), 11);
    window_handled(&w, 11);
    assert_int_equal(window_ask(&w), 12); /* lost */
    assert_int_equal(window_ask_afresh(&w), 0);
    window_answered(&w);
    assert_false(window_see(&w, 11)); /* the lost one did not arrive either */
    assert_false(window_see(&w, 12));
    assert_int_equal(ask(&w), 12);
    assert_int_equal(window_ask_afresh(&w), 0);
    window_answered(&w);
    assert_true(window_see(&w, 1)); /* another server, other numbers */
}

static void many_are_held(void **state)
{
    (void)state;
    scoped(window_fini) struct window w = {0};
    see(&w, 1, 2000);
    for (int64_t id = 2000; id >= 2; id--) {
        window_handled(&w, id);
    }
    assert_int_equal(ask(&w), 0);
    window_handled(&w, 1);
    assert_int_equal(ask(&w), 2001);
    assert_int_equal(w.count, 0);
}

static void the_next_question_waits_its_time(void **state)
{
    (void)state;
    static const struct window_pace pace = {.limit = 100, .moved_ms = 20, .same_offset_ms = 700};
    /* clang-format off */
    static const struct { size_t shown, handled; int64_t now, expect; const char *why; } rows[] = {
        /* asked at 1000, answered at 1010 */
        {0,   0,  1010, 0,   "nothing was shown: ask on, Telegram waits"},
        {3,   3,  1015, 0,   "all is handled"},
        {100, 50, 1012, 0,   "half an answer's worth can be confirmed"},
        {100, 49, 1012, 18,  "a little less: more will come in a moment"},
        {100, 1,  1030, 0,   "the moment is over"},
        {100, 0,  1012, 688, "nothing has moved: Telegram would show the same"},
        {3,   0,  1700, 0,   "but new ones may have come behind"},
        {3,   0,  9000, 0,   "late is now"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        scoped(window_fini) struct window w = {0};
        see(&w, 1, (int64_t)rows[i].shown);
        for (size_t id = 1; id <= rows[i].handled; id++) {
            window_handled(&w, (int64_t)id);
        }
        check_case(window_wait_ms(&w, &pace, 1000, 1010, rows[i].now) == rows[i].expect,
                   rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_offset_is_a_low_water_mark),
        cmocka_unit_test(what_is_shown_again_is_known),
        cmocka_unit_test(ids_may_have_gaps),
        cmocka_unit_test(a_late_lower_id_moves_the_mark_back),
        cmocka_unit_test(numbering_may_begin_anew),
        cmocka_unit_test(a_question_without_answer_confirms_nothing),
        cmocka_unit_test(many_are_held),
        cmocka_unit_test(the_next_question_waits_its_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
