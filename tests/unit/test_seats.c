/* test_seats.c - where a person sits in each role, and what is there when one comes back */
#include "tests/unit/cases.h"

#include "bot-gateway/dialog/seats.h"

/* clang-format off */
static const struct {
    enum seat_id before, at; /* a button of another role takes its seat before it counts */
    enum dialog_step left;   /* the step at the former seat */
    bool has_words;          /* lying there */
    enum dialog_step next;
    bool is_done;
    enum seat_id now;
    enum dialog_step then;   /* the step at the former seat afterwards */
    const char *why;
} moves[] = {
/*   before           at               left             words  next             done   now              then             why */
    {SEAT_CLIENT,     SEAT_CONTRACTOR, STEP_ORDER_TEXT, true,  STEP_FINISH,     false, SEAT_CONTRACTOR, STEP_ORDER_TEXT, "a report is begun, the order begun stays"},
    {SEAT_CLIENT,     SEAT_CONTRACTOR, STEP_ANSWER,     false, STEP_FINISH,     false, SEAT_CONTRACTOR, STEP_ANSWER,     "so does a bare prompt, in the other role"},
    {SEAT_CLIENT,     SEAT_CONTRACTOR, STEP_ANSWER,     false, STEP_IDLE,       false, SEAT_NONE,       STEP_ANSWER,     "taking an order by a button ends nothing of the client's"},
    {SEAT_CLIENT,     SEAT_CLIENT,     STEP_ORDER_TEXT, true,  STEP_IDLE,       false, SEAT_NONE,       STEP_ORDER_TEXT, "the menu leaves the order begun"},
    {SEAT_CLIENT,     SEAT_CLIENT,     STEP_ANSWER,     false, STEP_IDLE,       false, SEAT_NONE,       STEP_IDLE,       "but no bare prompt"},
    {SEAT_CLIENT,     SEAT_CLIENT,     STEP_ANSWER,     false, STEP_THREAD,     true,  SEAT_COMMON,     STEP_IDLE,       "answered: the thread goes on"},
    {SEAT_CLIENT,     SEAT_CLIENT,     STEP_ORDER_TEXT, true,  STEP_IDLE,       true,  SEAT_NONE,       STEP_IDLE,       "handed in: done"},
    {SEAT_CLIENT,     SEAT_COMMON,     STEP_ORDER_TEXT, true,  STEP_THREAD,     false, SEAT_COMMON,     STEP_ORDER_TEXT, "a thread leaves the order begun"},
    {SEAT_CLIENT,     SEAT_COMMON,     STEP_ANSWER,     false, STEP_THREAD,     false, SEAT_COMMON,     STEP_IDLE,       "but no bare prompt either"},
    {SEAT_COMMON,     SEAT_CLIENT,     STEP_THREAD,     false, STEP_ORDER_TEXT, false, SEAT_CLIENT,     STEP_IDLE,       "a thread is left for any other thing"},
    {SEAT_CLIENT,     SEAT_CLIENT,     STEP_ANSWER,     false, STEP_COMPLAIN,   false, SEAT_CLIENT,     STEP_COMPLAIN,   "one step takes the place of another of its seat"},
};
/* clang-format on */

static void test_moves(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
        scoped(seats_fini) struct seats s = {.at = moves[i].at};
        struct seat *former = &s.of[moves[i].before];
        former->step = moves[i].left;
        if (moves[i].has_words) {
            draft_restore(&former->draft, 1, xstrdup("words"), xstrdup(""));
        }
        seats_step(&s, moves[i].before, moves[i].next, moves[i].is_done);
        check_case(s.at == moves[i].now, moves[i].why);
        check_case(seats_now(&s)->step == moves[i].next, moves[i].why);
        check_case(former->step == moves[i].then, moves[i].why);
        check_case(draft_is_empty(&former->draft) == !moves[i].has_words, moves[i].why);
    }
}

/* An invitation's name and link belong to their steps. */
static void test_what_belongs_to_one_step_goes_with_it(void **state)
{
    (void)state;
    scoped(seats_fini) struct seats s = {.at = SEAT_STAFF};
    s.of[SEAT_STAFF].draft.name = xstrdup("account");
    seats_step(&s, SEAT_STAFF, STEP_INVITE_UNTIL, true);
    assert_non_null(s.of[SEAT_STAFF].draft.name);
    seats_step(&s, SEAT_STAFF, STEP_IDLE, true);
    assert_null(s.of[SEAT_STAFF].draft.name);
    s.of[SEAT_COMMON].draft.token = xstrdup("token");
    seats_step(&s, SEAT_NONE, STEP_JOIN, false);
    assert_non_null(s.of[SEAT_COMMON].draft.token);
    seats_step(&s, SEAT_COMMON, STEP_IDLE, true);
    assert_null(s.of[SEAT_COMMON].draft.token);
}

static void test_what_was_left(void **state)
{
    (void)state;
    scoped(seats_fini) struct seats s = {.at = SEAT_CONTRACTOR};
    assert_int_equal(seats_left(&s, EVERYBODY, SEAT_CONTRACTOR), SEAT_NONE);
    s.of[SEAT_CONTRACTOR].step = STEP_FINISH;
    assert_int_equal(seats_left(&s, EVERYBODY, SEAT_CONTRACTOR), SEAT_NONE);
    assert_int_equal(seats_left(&s, EVERYBODY, SEAT_NONE), SEAT_CONTRACTOR);
    assert_int_equal(seats_left(&s, ROLE_CLIENT, SEAT_NONE), SEAT_NONE);
}

static void test_print_and_copy(void **state)
{
    (void)state;
    scoped(seats_fini) struct seats s = {.at = SEAT_CLIENT}, copy = {0};
    scoped(buf_fini) struct buf json = {0};
    seats_print(&s, &json);
    assert_string_equal(json.data, "{}");
    s.of[SEAT_COMMON].draft.search = xstrdup("s");
    draft_restore(&s.of[SEAT_CLIENT].draft, 1, xstrdup("one"), xstrdup(""));
    s.of[SEAT_CONTRACTOR].step = STEP_FINISH;
    s.of[SEAT_CONTRACTOR].draft.order_id = 7;
    seats_copy(&copy, &s);
    assert_int_equal(copy.at, SEAT_CLIENT);
    buf_reset(&json);
    seats_print(&copy, &json);
    assert_string_equal(
        json.data,
        "{\"common\":{\"step\":\"\",\"order\":0,\"arg\":0,\"search\":\"s\",\"of\":0,\"parts\":[]},"
        "\"client\":{\"step\":\"\",\"order\":0,\"arg\":0,\"of\":0,\"parts\":[{\"message\":1,"
        "\"text\":\"one\",\"files\":\"\"}]},"
        "\"contractor\":{\"step\":\"finish\",\"order\":7,\"arg\":0,\"of\":0,\"parts\":[]}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_what_belongs_to_one_step_goes_with_it),
        cmocka_unit_test(test_what_was_left),
        cmocka_unit_test(test_print_and_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
