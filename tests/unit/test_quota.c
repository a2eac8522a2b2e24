/* test_quota.c - how many orders are left, and until when they may be made */
#include "tests/unit/cases.h"

#include "common/base/zone.h"
#include "order-engine/rules/quota.h"
#include "tests/unit/scene.h"

static void what_is_left(void **state)
{
    (void)state;
    static const struct {
        int64_t orders, balance, left;
        bool low;
        const char *why;
    } rows[] = {
        {5, 0,  5, false, "nothing used yet"                   },
        {5, -3, 2, false, "two are left"                       },
        {5, -4, 1, true,  "one is left"                        },
        {5, -5, 0, true,  "used up"                            },
        {5, -7, 0, true,  "a smaller tariff now: never below 0"},
        {0, 3,  3, false, "granted beyond the tariff"          },
        {1, 0,  1, true,  "a tariff of one order"              },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct account a = {.orders_per_month = rows[i].orders, .quota_balance = rows[i].balance};
        check_case(quota_left(&a) == rows[i].left, rows[i].why);
        check_case(quota_is_low(rows[i].left) == rows[i].low, rows[i].why);
    }
}

static void paid_until_the_end_of_the_day(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        int year, month, day; /* the last paid day */
        int64_t hour_utc;     /* when it ends: hours from that day 00:00 UTC */
        const char *why;
    } rows[] = {
        {"Europe/Moscow",    2026, 11, 30, 21, "midnight in Moscow"              },
        {"UTC",              2026, 12, 31, 24, "over the year's end"             },
        {"Europe/Berlin",    2026, 3,  28, 23, "before the clocks go forward"    },
        {"Europe/Berlin",    2026, 3,  29, 22, "a day of 23 hours"               },
        {"America/New_York", 2026, 10, 31, 28, "before the clocks go back"       },
        {"America/New_York", 2026, 11, 1,  29, "a day of 25 hours"               },
        {"Asia/Beirut",      2026, 3,  28, 22, "the next day begins at 1 o'clock"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct account a = {.has_paid_until = true,
                            .paid_until_day = zone_days(rows[i].year, rows[i].month, rows[i].day)};
        check_case(paid_until_ms(&a, rows[i].zone) ==
                       a.paid_until_day * DAY_MS + rows[i].hour_utc * HOUR_MS,
                   rows[i].why);
    }
    struct account never = {.paid_until_day = 30000};
    assert_int_equal(paid_until_ms(&never, "Europe/Moscow"), 0);
}

/* Cancelling gives the order back; taking and closing do not. */
static void an_order_is_given_back_only_when_cancelled(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_do(&x, EVENT_CREATE, CLIENT);
    assert_int_equal(x.decision.quota, LEDGER_RESERVE);
    scene_try(&x, EVENT_CANCEL, CLIENT);
    assert_int_equal(x.decision.quota, LEDGER_RETURN);
    scene_do(&x, EVENT_TAKE, WORKER);
    assert_int_equal(x.decision.quota, LEDGER_NONE);
    scene_do(&x, EVENT_FINISH, WORKER);
    scene_do(&x, EVENT_ACCEPT, CLIENT);
    assert_int_equal(x.decision.quota, LEDGER_NONE);
}

/* Does the client hear that the order does not count? */
static bool tells_of_it(const struct decision *d)
{
    for (size_t i = 0; i < d->notice_count; i++)
        if (d->notices[i].kind == NOTICE_order_late)
            return strstr(d->details[d->notices[i].detail], "\"compensated\":true") != NULL;
    return false;
}

/* An order whose first reaction time was missed goes back to its month, if the parameter says so,
 * and once only. */
static void a_missed_reaction_time_gives_the_order_back_once(void **state)
{
    (void)state;
    static const struct {
        bool is_on, is_first, cancelled_later;
        enum ledger_change at_breach, at_cancel;
        const char *detail, *why;
    } rows[] = {
        {true,  true,  true,  LEDGER_COMPENSATE, LEDGER_NONE,   ",\"compensated\":true}",
         "given back already when it is cancelled"                                                              },
        {true,  true,  false, LEDGER_COMPENSATE, LEDGER_NONE,   ",\"compensated\":true}",
         "taken late all the same"                                                                              },
        {false, true,  true,  LEDGER_NONE,       LEDGER_RETURN, "\"run\":1}",             "the parameter is off"},
        {true,  false, true,  LEDGER_NONE,       LEDGER_RETURN, "\"run\":2}",
         "a later reaction clock gives nothing"                                                                 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct scene x;
        scene_init(&x);
        x.parameters.COMPENSATE_BREACH = rows[i].is_on;
        scene_do(&x, EVENT_CREATE, CLIENT);
        if (!rows[i].is_first)
            x.order.clocks[CLOCK_REACTION].run = 2;
        scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
        check_case(x.decision.quota == rows[i].at_breach, rows[i].why);
        check_case(strstr(x.decision.detail, rows[i].detail) != NULL, rows[i].why);
        check_case(tells_of_it(&x.decision) == (rows[i].at_breach == LEDGER_COMPENSATE),
                   "the client is told");
        if (rows[i].cancelled_later)
            scene_do(&x, EVENT_CANCEL, CLIENT);
        else
            scene_do(&x, EVENT_TAKE, WORKER);
        check_case(x.decision.quota == rows[i].at_cancel, rows[i].why);
    }
}

/* Given back for its taking, it is not given back for its work, nor for a later taking. */
static void late_work_gives_nothing_back(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    x.parameters.COMPENSATE_BREACH = true;
    scene_do(&x, EVENT_CREATE, CLIENT);
    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
    scene_do(&x, EVENT_TAKE, WORKER);
    scene_do_step(&x, CLOCK_WORK, STEP_BREACH);
    assert_int_equal(x.decision.quota, LEDGER_NONE);
    assert_null(strstr(x.decision.detail, "compensated"));
    scene_do(&x, EVENT_RELEASE, MANAGER);
    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH); /* of the second reaction clock */
    assert_int_equal(x.decision.quota, LEDGER_NONE);
    assert_null(strstr(x.decision.detail, "compensated"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left),
        cmocka_unit_test(paid_until_the_end_of_the_day),
        cmocka_unit_test(an_order_is_given_back_only_when_cancelled),
        cmocka_unit_test(a_missed_reaction_time_gives_the_order_back_once),
        cmocka_unit_test(late_work_gives_nothing_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
