/* test_low_mark.c - nothing is lost to ids that commit out of order, nothing is read twice */
#include "tests/unit/cases.h"

#include "bot-gateway/delivery/low_mark.h"

static void ids_are_new_once(void **state)
{
    (void)state;
    scoped(low_mark_free) struct low_mark *m = low_mark_new(10);
    low_mark_begin(m, 1, 1, 0);
    assert_false(low_mark_add(m, 10)); /* settled before */
    assert_true(low_mark_add(m, 12));
    assert_true(low_mark_add(m, 15));
    assert_true(low_mark_add(m, 13)); /* committed late */
    assert_false(low_mark_add(m, 12));
    assert_false(low_mark_add(m, 13));
    low_mark_end(m);
    assert_int_equal(low_mark_known(m), 3);
    assert_int_equal(low_mark_value(m), 10);
    low_mark_settle(m, 12);
    low_mark_settle(m, 99);                 /* unknown: nothing to do */
    assert_int_equal(low_mark_known(m), 3); /* an older look may still show it */
    assert_false(low_mark_add(m, 12));
}

static void the_mark_waits_for_transactions_and_for_the_slowest(void **state)
{
    (void)state;
    scoped(low_mark_free) struct low_mark *m = low_mark_new(0);
    low_mark_begin(m, 100, 105, 5); /* ids up to 5; 100 to 104 still run */
    for (int64_t id = 1; id <= 5; id += 2)
        low_mark_add(m, id);
    low_mark_end(m);
    assert_int_equal(low_mark_sealed(m), 0);
    low_mark_begin(m, 103, 110, 9); /* id 5 is sealed when all below 110 have ended */
    low_mark_end(m);
    assert_int_equal(low_mark_sealed(m), 0);
    low_mark_begin(m, 109, 120, 9);
    assert_true(low_mark_add(m, 2)); /* there it is */
    low_mark_end(m);
    assert_int_equal(low_mark_sealed(m), 0);
    low_mark_begin(m, 110, 125, 9);
    assert_int_equal(low_mark_sealed(m), 0); /* this sweep must be over first */
    low_mark_end(m);
    assert_int_equal(low_mark_sealed(m), 5);
    assert_int_equal(low_mark_value(m), 0);
    low_mark_settle(m, 1);
    low_mark_settle(m, 3);
    assert_int_equal(low_mark_value(m), 1);
    low_mark_settle(m, 2);
    assert_int_equal(low_mark_value(m), 4);
    low_mark_settle(m, 5);
    assert_int_equal(low_mark_value(m), 5);
    assert_int_equal(low_mark_known(m), 0);
    low_mark_begin(m, 125, 126, 9);
    low_mark_end(m);
    assert_int_equal(low_mark_value(m), 9);
}

/* Transactions take ids, commit in any order, some never: every committed id is read exactly once.
 */
static void writers_in_any_order(void **state)
{
    (void)state;
    enum { IDS = 20000, RUNNING = 20 };
    static bool committed[IDS + 1], settled[IDS + 1];
    static uint8_t reads[IDS + 1];
    scoped(low_mark_free) struct low_mark *m = low_mark_new(0);
    int64_t running[RUNNING] = {0}, next_id = 1;
    uint64_t random = 3;
    while (low_mark_value(m) < IDS - RUNNING) {
        for (int i = 0; i < 50 && next_id <= IDS; i++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            size_t at = (random >> 33) % RUNNING;
            if (running[at] != 0)
                committed[running[at]] = (random >> 50) % 8 != 0;
            running[at] = next_id++; /* transaction numbers are the ids here */
        }
        int64_t xmin = next_id, newest = 0;
        for (size_t i = 0; i < RUNNING; i++) {
            if (next_id > IDS && running[i] != 0) {
                committed[running[i]] = true;
                running[i] = 0;
            }
            xmin = running[i] != 0 && running[i] < xmin ? running[i] : xmin;
        }
        for (int64_t id = 1; id < next_id; id++)
            newest = committed[id] ? id : newest;
        low_mark_begin(m, xmin, next_id, newest);
        for (int64_t id = low_mark_sealed(m) + 1; id < next_id; id++)
            if (committed[id] && !settled[id] && low_mark_add(m, id))
                reads[id]++;
        low_mark_end(m);
        for (int64_t id = 1; id < next_id; id++) {
            if (reads[id] != 0 && id % 3 != (int64_t)(random >> 60) % 3) {
                settled[id] = true;
                low_mark_settle(m, id);
            }
        }
        if (next_id > IDS && low_mark_sealed(m) >= newest)
            break;
    }
    for (int64_t id = 1; id <= IDS; id++)
        assert_int_equal(reads[id], committed[id]);
    assert_true(low_mark_known(m) < 1000);
}

static void nothing_is_freed_quietly(void **state)
{
    (void)state;
    struct low_mark *none = NULL;
    low_mark_free(&none);
    assert_null(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_new_once),
        cmocka_unit_test(the_mark_waits_for_transactions_and_for_the_slowest),
        cmocka_unit_test(writers_in_any_order),
        cmocka_unit_test(nothing_is_freed_quietly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
