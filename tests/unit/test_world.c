/* test_world.c - what a batch has read, and what its decisions make of it one after the other */
#include "tests/unit/cases.h"

#include "common/base/clock.h"
#include "common/base/zone.h"
#include "order-engine/rules/billing.h"
#include "order-engine/world.h"

static int begin(void **state)
{
    struct world *w = xcalloc(1, sizeof *w);
    parameters_init(&w->parameters);
    w->now = zone_instant_ms("Europe/Moscow", 2026, 11, 22, 14, 0);
    *state = w;
    return 0;
}

static int end(void **state)
{
    struct world *w = *state;
    world_fini(w);
    assert_null(w->orders);
    free(w);
    return 0;
}

static void add_person(struct world *w, int64_t id, int64_t telegram_id)
{
    world_add_person(w, &(struct person){.id = id, .telegram_id = telegram_id, .reachable = true});
}

/* ---- people ---- */

static void people_are_found_by_both_ids(void **state)
{
    struct world *w = *state;
    assert_null(world_by_telegram(w, 5));
    for (int64_t i = 0; i < 200; i++) /* in no order, more than fit at first */
        add_person(w, 1 + i, 10 + i * 7 % 200);
    for (int64_t i = 0; i < 200; i++) {
        assert_int_equal(world_person(w, 1 + i)->telegram_id, 10 + i * 7 % 200);
        assert_int_equal(world_by_telegram(w, 10 + i * 7 % 200)->id, 1 + i);
    }
    assert_null(world_by_telegram(w, 9));
    assert_null(world_by_telegram(w, 210));
    assert_null(world_person(w, 0));
}

static void a_person_read_again_is_the_same(void **state)
{
    struct world *w = *state;
    add_person(w, 1, 10);
    world_add_person(w, &(struct person){.id = 1, .telegram_id = 10, .on_duty = true});
    assert_int_equal(w->people.count, 1);
    assert_true(world_by_telegram(w, 10)->on_duty);
    add_person(w, 1, 20); /* another Telegram account of the same person is found at once */
    assert_int_equal(world_by_telegram(w, 20)->id, 1);
}

static void people_are_remembered_over_batches(void **state)
{
    struct world *w = *state;
    w->people_version = 3;
    add_person(w, 1, 10);
    world_reset(w);
    assert_non_null(world_by_telegram(w, 10));
    while (w->people.count <=
           WORLD_PEOPLE_MAX) /* too many; how they are found does not matter here */
        WORLD_ADD(w->people.items, w->people.count, w->people.cap);
    assert_true(w->people.count > WORLD_PEOPLE_MAX);
    world_reset(w);
    assert_int_equal(w->people.count, 0);
    assert_int_equal(w->people_version, 0); /* all are read again */
    assert_null(world_by_telegram(w, 10));
}

static void the_crew_is_remembered_as_long_as_people_are(void **state)
{
    struct world *w = *state;
    WORLD_ADD(w->crew.items, w->crew.count, w->crew.cap)->id = 1;
    WORLD_ADD(w->contractors.items, w->contractors.count, w->contractors.cap)->id = 2;
    world_reset(w);
    assert_int_equal(w->crew.count, 1);
    assert_int_equal(w->contractors.count, 0); /* their work in hand changes with every batch */
    world_forget_people(w);
    assert_int_equal(w->crew.count, 0);
}

/* ---- finding ---- */

static void what_was_read_is_found(void **state)
{
    struct world *w = *state;
    assert_null(world_order(w, 1));
    assert_null(world_account(w, 1));
    assert_null(world_deadline(w, 1));
    assert_null(world_answer(w, "a"));
    for (int64_t i = 1; i <= 3; i++) {
        WORLD_ADD(w->orders, w->order_count, w->order_cap)->id = i;
        WORLD_ADD(w->accounts, w->account_count, w->account_cap)->id = i;
        WORLD_ADD(w->deadlines, w->deadline_count, w->deadline_cap)->id = i;
    }
    *WORLD_ADD(w->answers, w->answer_count, w->answer_cap) =
        (struct read_answer){xstrdup("a"), xstrdup("{}")};
    *WORLD_ADD(w->answers, w->answer_count, w->answer_cap) =
        (struct read_answer){xstrdup("b"), xstrdup("{1}")};
    assert_int_equal(world_order(w, 3)->id, 3);
    assert_int_equal(world_account(w, 2)->id, 2);
    assert_int_equal(world_deadline(w, 3)->id, 3);
    assert_string_equal(world_answer(w, "b"), "{1}");
    assert_null(world_order(w, 4));
    assert_null(world_account(w, 4));
    assert_null(world_deadline(w, 4));
    assert_null(world_answer(w, "c"));
    world_reset(w);
    assert_null(world_order(w, 3));
    assert_null(world_answer(w, "b"));
}

/* ---- months ---- */

static void the_first_month_is_made(void **state)
{
    struct world *w = *state;
    world_find_month(w);
    assert_int_equal(w->month.id, 1);
    assert_int_equal(w->month.starts_at, zone_instant_ms("Europe/Moscow", 2026, 11, 1, 0, 0));
    assert_int_equal(w->months_new, 1);
}

static void a_month_that_was_read_is_taken(void **state)
{
    struct world *w = *state;
    struct billing_month now = billing_first(1, "Europe/Moscow", w->now);
    now.id = 8;
    *WORLD_ADD(w->months, w->month_count, w->month_cap) =
        billing_next(&now, 1, "Europe/Moscow"); /* the test clock was ahead */
    *WORLD_ADD(w->months, w->month_count, w->month_cap) = now;
    world_find_month(w);
    assert_int_equal(w->month.id, 8);
    assert_int_equal(w->months_new, 0);
    w->now = now.ends_at; /* its end belongs to the next */
    world_find_month(w);
    assert_int_equal(w->month.id, 9);
}

static void missing_months_are_made_up_to_now(void **state)
{
    struct world *w = *state;
    int64_t first = zone_instant_ms("Europe/Moscow", 2026, 8, 1, 0, 0);
    for (int64_t i = 2; i-- > 0;) /* the newest first, as they are read */
        *WORLD_ADD(w->months, w->month_count, w->month_cap) = (struct billing_month){
            .id = 1 + i, .starts_at = first + (i - 1) * DAY_MS, .ends_at = first + i * DAY_MS};
    world_find_month(w);
    assert_int_equal(w->month.starts_at, zone_instant_ms("Europe/Moscow", 2026, 11, 1, 0, 0));
    assert_int_equal(w->months_new, 4); /* the rest of August, September, October, November */
    assert_int_equal(w->month.id, 6);
    for (size_t i = 3; i < w->month_count; i++)
        assert_int_equal(w->months[i].starts_at, w->months[i - 1].ends_at);
}

static void months_are_remembered_over_batches(void **state)
{
    struct world *w = *state;
    assert_false(world_has_month(w));
    world_find_month(w);
    world_reset(w);
    assert_true(world_has_month(w)); /* saved with the batch that made it */
    world_find_month(w);
    assert_int_equal(w->months_new, 0);
    w->now = w->month.ends_at;
    assert_false(world_has_month(w)); /* perhaps somebody else has made the next */
    world_forget_all(w);
    w->now--;
    assert_false(world_has_month(w));
}

/* ---- decisions ---- */

static struct decision *decided(int64_t id, enum order_state from, enum order_state to,
                                int64_t version)
{
    static struct decision d;
    memset(&d, 0, offsetof(struct decision, notices));
    d.from = from;
    d.after = (struct order){
        .id = id, .state = to, .version = version, .account_id = 1, .contractor_id = 7};
    return &d;
}

static void an_order_is_moved_once_per_batch(void **state)
{
    struct world *w = *state;
    *WORLD_ADD(w->orders, w->order_count, w->order_cap) =
        (struct order){.id = 1, .version = 4, .state = ORDER_IN_WORK};
    *WORLD_ADD(w->orders, w->order_count, w->order_cap) =
        (struct order){.id = 2, .version = 9, .state = ORDER_DONE};
    struct decision *d = decided(1, ORDER_IN_WORK, ORDER_IN_WORK, 5);
    d->only_said = true;
    assert_true(world_takes(w, d));
    world_apply(w, d);
    assert_int_equal(w->touched[0], SAID);
    assert_int_equal(w->touched[1], UNTOUCHED);
    d->after.version = 6;
    assert_true(world_takes(w, d)); /* messages may follow one another */
    world_apply(w, d);
    d->only_said = false;
    assert_false(world_takes(w, d)); /* a move waits for the next batch */

    d = decided(2, ORDER_DONE, ORDER_CLOSED, 10);
    assert_true(world_takes(w, d));
    world_apply(w, d);
    assert_int_equal(w->touched[1], MOVED);
    d->only_said = true;
    assert_false(world_takes(w, d));
}

static void a_new_order_is_there_for_the_next_command(void **state)
{
    struct world *w = *state;
    w->month.id = 3;
    *WORLD_ADD(w->accounts, w->account_count, w->account_cap) =
        (struct account){.id = 1, .quota_balance = -2};
    struct decision *d = decided(1001, ORDER_NONE, ORDER_NEW, 1);
    d->quota = LEDGER_RESERVE;
    assert_true(world_takes(w, d));
    world_apply(w, d);
    assert_int_equal(world_order(w, 1001)->state, ORDER_NEW);
    assert_int_equal(world_account(w, 1)->quota_balance, -3);
    assert_int_equal(world_account(w, 1)->open_orders, 1);
    d = decided(1002, ORDER_NONE, ORDER_NEW, 1);
    d->quota = LEDGER_RESERVE;
    world_apply(w, d);
    assert_int_equal(world_account(w, 1)->open_orders, 2); /* the limit counts both */
    assert_int_equal(world_account(w, 1)->quota_balance, -4);
}

static void accounts_and_contractors_are_counted_on(void **state)
{
    struct world *w = *state;
    static const struct {
        enum order_state from, to;
        int64_t month; /* in which it was reserved; 3 is now */
        enum ledger_change quota;
        int64_t work, open, balance; /* change */
        const char *why;
    } rows[] = {
        {ORDER_NEW,            ORDER_IN_WORK,        3, LEDGER_NONE,       1,  0,  0, "taken"                       },
        {ORDER_IN_WORK,        ORDER_WAITING_CLIENT, 3, LEDGER_NONE,       0,  0,  0, "still in hand"               },
        {ORDER_WAITING_CLIENT, ORDER_DONE,           3, LEDGER_NONE,       -1, -1, 0, "done counts in neither"      },
        {ORDER_DONE,           ORDER_CLOSED,         3, LEDGER_NONE,       0,  0,  0, "it did not count any more"   },
        {ORDER_NEW,            ORDER_CANCELLED,      3, LEDGER_RETURN,     0,  -1, 1, "given back"                  },
        {ORDER_NEW,            ORDER_CANCELLED,      2, LEDGER_RETURN,     0,  -1, 0,
         "given back into the month before"                                                                         },
        {ORDER_NEW,            ORDER_NEW,            3, LEDGER_COMPENSATE, 0,  0,  1, "given back for a missed time"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        world_reset(w);
        world_forget_people(w);
        w->month.id = 3;
        *WORLD_ADD(w->accounts, w->account_count, w->account_cap) = (struct account){.id = 1};
        *WORLD_ADD(w->orders, w->order_count, w->order_cap) =
            (struct order){.id = 5, .contractor_id = 7};
        add_person(w, 7, 70);
        *WORLD_ADD(w->contractors.items, w->contractors.count, w->contractors.cap) =
            (struct person){.id = 7};
        struct decision *d = decided(5, rows[i].from, rows[i].to, 2);
        d->after.billing_month_id = rows[i].month;
        d->quota = rows[i].quota;
        world_apply(w, d);
        check_case(world_person(w, 7)->open_orders == rows[i].work, rows[i].why);
        check_case(w->contractors.items[0].open_orders == rows[i].work, rows[i].why);
        check_case(world_account(w, 1)->open_orders == rows[i].open, rows[i].why);
        check_case(world_account(w, 1)->quota_balance == rows[i].balance, rows[i].why);
    }
}

/* The one who had the work has it no more, the one who is given it has. */
static void work_that_changes_hands_is_counted_on(void **state)
{
    struct world *w = *state;
    static const struct {
        enum order_state from, to;
        int64_t to_whom;
        int64_t former, new; /* change */
        const char *why;
    } rows[] = {
        {ORDER_IN_WORK,        ORDER_IN_WORK, 8, -1, 1, "given to another"             },
        {ORDER_WAITING_CLIENT, ORDER_IN_WORK, 8, -1, 1, "while the client owes words"  },
        {ORDER_IN_WORK,        ORDER_NEW,     0, -1, 0, "given back"                   },
        {ORDER_DONE,           ORDER_IN_WORK, 7, 1,  0, "returned"                     },
        {ORDER_DONE,           ORDER_NEW,     0, 0,  0, "returned, and nobody to do it"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        world_reset(w);
        world_forget_people(w);
        *WORLD_ADD(w->orders, w->order_count, w->order_cap) =
            (struct order){.id = 5, .contractor_id = 7};
        add_person(w, 7, 70);
        add_person(w, 8, 80);
        struct decision *d = decided(5, rows[i].from, rows[i].to, 2);
        d->after.contractor_id = rows[i].to_whom;
        world_apply(w, d);
        check_case(world_person(w, 7)->open_orders == rows[i].former, rows[i].why);
        check_case(world_person(w, 8)->open_orders == rows[i].new, rows[i].why);
    }
}

static void what_was_not_read_is_not_counted(void **state)
{
    struct world *w = *state;
    world_apply(
        w, decided(5, ORDER_NEW, ORDER_IN_WORK, 2)); /* neither the account nor the contractor */
    assert_int_equal(world_order(w, 5)->state, ORDER_IN_WORK);
}

static void months_are_widened_by_what_lies_outside(void **state)
{
    struct world *w = *state;
    static const struct {
        int64_t month, first, last;
    } cases[] = {
        {200, 200, 200},
        {170, 170, 200},
        {231, 170, 231},
        {200, 170, 231},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        w->months_widened = false;
        world_widen_months(w, cases[i].month);
        assert_true(w->months_widened);
        assert_int_equal(w->first_month, cases[i].first);
        assert_int_equal(w->last_month, cases[i].last);
    }
    world_reset(w);
    assert_false(w->months_widened);
    assert_int_equal(w->first_month, 170); /* remembered over batches */
}

static void orders_get_their_calendar_and_circle(void **state)
{
    struct world *w = *state;
    world_add_calendar(w)->id = 3;
    world_add_calendar(w)->id = 4;
    WORLD_ADD(w->orders, w->order_count, w->order_cap)->id = 1;
    *WORLD_ADD(w->orders, w->order_count, w->order_cap) = (struct order){.id = 2, .calendar_id = 4};
    WORLD_ADD(w->accounts, w->account_count, w->account_cap)->calendar_id = 3;
    circles_put(&w->circles, &(struct circle){.order_id = 2, .told = {9}, .told_count = 1});
    world_link(w);
    assert_null(w->orders[0].calendar);
    assert_int_equal(w->orders[0].client_told_count, 0);
    assert_int_equal(w->orders[1].calendar->id, 4);
    assert_ptr_equal(w->orders[1].clocks[CLOCK_REACTION].calendar, w->orders[1].calendar);
    assert_int_equal(w->orders[1].client_told[0], 9);
    assert_int_equal(w->accounts[0].calendar->id, 3);
    assert_null(world_calendar(w, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(people_are_found_by_both_ids, begin, end),
        cmocka_unit_test_setup_teardown(a_person_read_again_is_the_same, begin, end),
        cmocka_unit_test_setup_teardown(people_are_remembered_over_batches, begin, end),
        cmocka_unit_test_setup_teardown(the_crew_is_remembered_as_long_as_people_are, begin, end),
        cmocka_unit_test_setup_teardown(what_was_read_is_found, begin, end),
        cmocka_unit_test_setup_teardown(the_first_month_is_made, begin, end),
        cmocka_unit_test_setup_teardown(a_month_that_was_read_is_taken, begin, end),
        cmocka_unit_test_setup_teardown(missing_months_are_made_up_to_now, begin, end),
        cmocka_unit_test_setup_teardown(months_are_remembered_over_batches, begin, end),
        cmocka_unit_test_setup_teardown(an_order_is_moved_once_per_batch, begin, end),
        cmocka_unit_test_setup_teardown(a_new_order_is_there_for_the_next_command, begin, end),
        cmocka_unit_test_setup_teardown(accounts_and_contractors_are_counted_on, begin, end),
        cmocka_unit_test_setup_teardown(work_that_changes_hands_is_counted_on, begin, end),
        cmocka_unit_test_setup_teardown(what_was_not_read_is_not_counted, begin, end),
        cmocka_unit_test_setup_teardown(months_are_widened_by_what_lies_outside, begin, end),
        cmocka_unit_test_setup_teardown(orders_get_their_calendar_and_circle, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
