/* test_deadlines.c - what sla-watcher sends next, holds in flight and waits for */
#include "cases.h"
#include "sla-watcher/deadline_queue.h"

#define NOW INT64_C(1000000)

static struct deadline_queue q;

static int setup(void **state)
{
    (void)state;
    deadline_queue_reset(&q);
    return 0;
}

/* A whole look at these rows. */
static void look(const struct deadline *rows, size_t count, int64_t until)
{
    deadline_queue_begin_look(&q);
    deadline_queue_begin_rows(&q);
    for (size_t i = 0; i < count; i++)
        deadline_queue_add(&q, &rows[i]);
    deadline_queue_end_look(&q, until);
}

static int64_t pop_id(int64_t now)
{
    struct deadline row;
    return deadline_queue_pop(&q, now, &row) ? row.id : 0;
}

static void sends_what_is_due_in_its_order(void **state)
{
    (void)state;
    look(
        (struct deadline[]){
            {7, 1001, NOW - 5, 0, 0},
            {3, 1002, NOW,     0, 0},
            {4, 1003, NOW + 1, 0, 0}
    },
        3, NOW + 100);
    assert_int_equal(deadline_queue_next_at(&q), NOW - 5);
    assert_int_equal(pop_id(NOW), 7);
    assert_int_equal(pop_id(NOW), 3);
    assert_int_equal(pop_id(NOW), 0);
    assert_int_equal(deadline_queue_next_at(&q), NOW + 1);
    assert_int_equal(pop_id(NOW + 1), 4);
    assert_int_equal(deadline_queue_next_at(&q), INT64_MAX);
    assert_int_equal(q.in_flight_count, 3);
}

static void sends_nothing_twice_while_it_is_in_flight(void **state)
{
    (void)state;
    const struct deadline rows[] = {
        {7, 1001, NOW,     0, 0},
        {8, 1002, NOW + 9, 0, 0}
    };
    look(rows, 2, NOW + 100);
    assert_int_equal(pop_id(NOW), 7);
    assert_int_equal(deadline_queue_begin_look(&q), DEADLINES_AHEAD_MAX + 1);
    deadline_queue_fail_look(&q);
    look(rows, 2, NOW + 100); /* the engine has not committed yet */
    assert_int_equal(pop_id(NOW), 0);
    deadline_queue_answer(&q, 7);
    assert_int_equal(q.in_flight_count, 0);
    assert_int_equal(pop_id(NOW), 0); /* not before another look */
    look(rows, 2, NOW + 100);         /* not due by the engine's clock: the row is still there */
    assert_int_equal(pop_id(NOW), 7);
}

/* The rows of a look may have been read before the engine's commit that was answered meanwhile. */
static void an_answer_during_a_look_counts_after_it(void **state)
{
    (void)state;
    const struct deadline rows[] = {
        {7, 1001, NOW, 0, 0},
        {8, 1001, NOW, 0, 0}
    };
    look(rows, 2, NOW + 100);
    assert_int_equal(pop_id(NOW), 7);
    deadline_queue_begin_look(&q);
    deadline_queue_answer(&q, 7);
    assert_int_equal(q.in_flight_count, 1);
    assert_int_equal(deadline_queue_next_at(&q), NOW); /* its order is free again all the same */
    deadline_queue_begin_rows(&q);
    deadline_queue_add(&q, &rows[0]);
    deadline_queue_add(&q, &rows[1]);
    deadline_queue_end_look(&q, NOW + 100);
    assert_int_equal(q.in_flight_count, 0);
    assert_int_equal(pop_id(NOW), 8);
}

static void steps_of_one_instant_follow_one_another(void **state)
{
    (void)state;
    look(
        (struct deadline[]){
            {1, 1001, NOW,     0, 0},
            {2, 1001, NOW,     0, 0},
            {3, 1002, NOW,     0, 0},
            {4, 1001, NOW + 1, 0, 0}
    },
        4, NOW + 100);
    assert_int_equal(pop_id(NOW), 1);
    assert_int_equal(pop_id(NOW), 3); /* another order does not wait */
    assert_int_equal(pop_id(NOW), 0);
    assert_int_equal(deadline_queue_next_at(&q), INT64_MAX); /* only an answer helps */
    deadline_queue_answer(&q, 99);                           /* not one of ours */
    assert_int_equal(pop_id(NOW), 0);
    deadline_queue_answer(&q, 1);
    assert_int_equal(deadline_queue_next_at(&q), NOW);
    assert_int_equal(pop_id(NOW), 2);
    deadline_queue_answer(&q, 2);
    assert_int_equal(pop_id(NOW), 0);
    assert_int_equal(pop_id(NOW + 1), 4);
}

/* Those of an order's alert wait for the order's, those of accounts for nobody else's. */
static void alerts_and_accounts_stand_in_the_same_queue(void **state)
{
    (void)state;
    look(
        (struct deadline[]){
            {1, 1001, NOW, 0,  0 },
            {2, 1001, NOW, 71, 0 },
            {3, 0,    NOW, 0,  11},
            {4, 0,    NOW, 0,  12},
            {5, 0,    NOW, 0,  11}
    },
        5, NOW + 100);
    assert_int_equal(pop_id(NOW), 1);
    assert_int_equal(pop_id(NOW), 3);
    assert_int_equal(pop_id(NOW), 4);
    assert_int_equal(pop_id(NOW), 0);
    deadline_queue_answer(&q, 3);
    assert_int_equal(pop_id(NOW), 5);
    deadline_queue_answer(&q, 1);
    assert_int_equal(pop_id(NOW), 2);
}

static void in_flight_is_bounded(void **state)
{
    (void)state;
    static struct deadline rows[DEADLINES_IN_FLIGHT_MAX + 1];
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        rows[i] = (struct deadline){(int64_t)i + 1, 1001 + (int64_t)i, NOW, 0, 0};
    look(rows, ARRAY_LEN(rows), NOW + 100);
    for (size_t i = 0; i < DEADLINES_IN_FLIGHT_MAX; i++)
        assert_int_equal(pop_id(NOW), i + 1);
    assert_int_equal(pop_id(NOW), 0);
    assert_int_equal(deadline_queue_next_at(&q), INT64_MAX);
    deadline_queue_answer(&q, 5);
    assert_int_equal(pop_id(NOW), DEADLINES_IN_FLIGHT_MAX + 1);
}

static void what_is_read_ahead_is_bounded(void **state)
{
    (void)state;
    static struct deadline rows[DEADLINES_AHEAD_MAX + 3];
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        rows[i] = (struct deadline){(int64_t)i + 1, 1001 + (int64_t)i, NOW + (int64_t)i, 0, 0};
    assert_true(deadline_queue_is_exhausted(&q)); /* nothing was read yet */
    look(rows, ARRAY_LEN(rows), NOW + 100000);
    assert_false(deadline_queue_is_exhausted(&q));
    assert_true(deadline_queue_covers(&q, NOW + DEADLINES_AHEAD_MAX - 1));
    assert_false(deadline_queue_covers(&q, NOW + DEADLINES_AHEAD_MAX));
    for (size_t i = 0; i < DEADLINES_AHEAD_MAX; i++) {
        assert_int_equal(pop_id(NOW + (int64_t)i), i + 1);
        deadline_queue_answer(&q, (int64_t)i + 1);
    }
    assert_true(deadline_queue_is_exhausted(&q));
    look(&rows[DEADLINES_AHEAD_MAX], 3, NOW + 100000);
    assert_false(deadline_queue_is_exhausted(&q));
    assert_true(deadline_queue_covers(&q, NOW + 100000));
    assert_false(deadline_queue_covers(&q, NOW + 100001));
}

static void an_empty_table_is_no_reason_to_look_again(void **state)
{
    (void)state;
    look(NULL, 0, NOW + 100);
    assert_false(deadline_queue_is_exhausted(&q));
    assert_int_equal(deadline_queue_next_at(&q), INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(sends_what_is_due_in_its_order, setup),
        cmocka_unit_test_setup(sends_nothing_twice_while_it_is_in_flight, setup),
        cmocka_unit_test_setup(an_answer_during_a_look_counts_after_it, setup),
        cmocka_unit_test_setup(steps_of_one_instant_follow_one_another, setup),
        cmocka_unit_test_setup(alerts_and_accounts_stand_in_the_same_queue, setup),
        cmocka_unit_test_setup(in_flight_is_bounded, setup),
        cmocka_unit_test_setup(what_is_read_ahead_is_bounded, setup),
        cmocka_unit_test_setup(an_empty_table_is_no_reason_to_look_again, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
