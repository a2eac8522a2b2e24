/* test_subscription.c - when it is told that a subscription ends, and to whom; what waits for the
 * morning */
#include "tests/unit/cases.h"

#include "common/base/clock.h"
#include "common/base/zone.h"
#include "order-engine/rules/quiet.h"
#include "order-engine/rules/subscription.h"

/* ---- the subscription's clock ---- */

static void steps_are_midnights(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        int year, month, day;        /* paid until */
        int64_t week, last_day, end; /* hours after 1 January 2026, 00:00 UTC */
        const char *why;
    } rows[] = {
        {"UTC",           2026, 1,  31, 576,  720,  744,  "plain days"                        },
        {"Europe/Moscow", 2026, 1,  31, 573,  717,  741,  "three hours east"                  },
        {"Europe/Berlin", 2026, 3,  29, 1943, 2087, 2110, "the last day has 23 hours"         },
        {"Europe/Berlin", 2026, 10, 25, 6982, 7126, 7151, "the last day has 25 hours"         },
        {"Africa/Cairo",  2026, 4,  23, 2542, 2686, 2710, "the clocks skip the midnight it is"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const int64_t expect[] = {rows[i].week, rows[i].last_day, rows[i].end};
        int64_t day = zone_days(rows[i].year, rows[i].month, rows[i].day);
        for (size_t n = 0; n < SUBSCRIPTION_STEPS; n++) {
            int64_t at = subscription_due_at(&subscription_steps[n], day, rows[i].zone);
            check_case((at - zone_days(2026, 1, 1) * DAY_MS) / HOUR_MS == expect[n], rows[i].why);
        }
    }
}

static void each_step_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < SUBSCRIPTION_STEPS; i++)
        assert_ptr_equal(subscription_step_find(subscription_steps[i].step),
                         &subscription_steps[i]);
    assert_null(subscription_step_find(STEP_REPEAT));
}

static void the_account_and_the_owners_are_told_once(void **state)
{
    (void)state;
    static const struct subscriber subscribers[] = {
        {7, 71, 0},
        {7, 72, 0},
        {8, 81, 0},
        {9, 0,  0}
    };
    const struct person crew[] = {
        {.id = 1,                            .roles = ROLE_OWNER,   .reachable = true},
        {.id = 2,                            .roles = ROLE_MANAGER, .reachable = true},
        {.id = 3,                            .roles = ROLE_OWNER  },
        {.id = 72, .roles = ROLE_OWNER | ROLE_CLIENT,     .reachable = true                 },
    };
    static const struct {
        int64_t account;
        size_t max, count;
        int64_t told[3];
        const char *why;
    } rows[] = {
        {7, 9, 3, {71, 72, 1}, "its persons, the owners, nobody twice"},
        {8, 9, 3, {81, 1, 72}, "another account's"                    },
        {9, 9, 2, {1, 72, 0},  "nobody of the account can be reached" },
        {7, 2, 2, {71, 72, 0}, "no more than there is room for"       },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t told[9] = {0};
        size_t count = subscription_told(rows[i].account, subscribers, ARRAY_LEN(subscribers),
                                         (struct people){crew, ARRAY_LEN(crew)}, told, rows[i].max);
        check_case(count == rows[i].count, rows[i].why);
        check_case(memcmp(told, rows[i].told, count * sizeof told[0]) == 0, rows[i].why);
    }
}

/* ---- quiet hours ---- */

static void quiet_hours(void **state)
{
    (void)state;
    static const struct {
        const char *hours, *zone;
        int day, hour, minute; /* of March 2026, in the zone */
        int end_day, end_hour; /* 0: it is not quiet */
        const char *why;
    } rows[] = {
        {"off",         "Europe/Moscow", 10, 3,  0,  0,  0,  "never"                                },
        {"22:00-08:00", "Europe/Moscow", 10, 21, 59, 0,  0,  "a minute before"                      },
        {"22:00-08:00", "Europe/Moscow", 10, 22, 0,  11, 8,  "it begins: until tomorrow morning"    },
        {"22:00-08:00", "Europe/Moscow", 10, 7,  59, 10, 8,  "its last minute: until this morning"  },
        {"22:00-08:00", "Europe/Moscow", 10, 8,  0,  0,  0,  "it has ended"                         },
        {"13:00-15:00", "Europe/Moscow", 10, 14, 0,  10, 15, "within a day"                         },
        {"13:00-15:00", "Europe/Moscow", 10, 15, 0,  0,  0,  "after it"                             },
        {"13:00-15:00", "Europe/Moscow", 10, 1,  0,  0,  0,  "before it"                            },
        {"22:00-08:00", "Europe/Berlin", 28, 23, 0,  29, 8,  "the night in which an hour is missing"},
        {"22:00-08:00", "Europe/Moscow", 31, 23, 0,  32, 8,  "the last of the month"                },
    };
    struct parameters p;
    parameters_init(&p);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        parameters_set(&p, "QUIET_HOURS", rows[i].hours, NULL);
        parameters_set(&p, "TIME_ZONE", rows[i].zone, NULL);
        int64_t now =
            zone_instant_ms(rows[i].zone, 2026, 3, rows[i].day, rows[i].hour, rows[i].minute);
        int64_t end = rows[i].end_day == 0 ? 0
                                           : zone_instant_ms(rows[i].zone, 2026, 3, rows[i].end_day,
                                                             rows[i].end_hour, 0);
        check_case(quiet_hours_end(&p, now) == end, rows[i].why);
    }
}

static void what_can_wait_does(void **state)
{
    (void)state;
    struct parameters p;
    parameters_init(&p);
    parameters_set(&p, "QUIET_HOURS", "22:00-08:00", NULL);
    int64_t night = zone_instant_ms(p.TIME_ZONE, 2026, 3, 10, 23, 30);
    int64_t morning = zone_instant_ms(p.TIME_ZONE, 2026, 3, 11, 8, 0);
    assert_int_equal(quiet_not_before(&p, NOTICE_offer, night, 0), morning);
    assert_int_equal(quiet_not_before(&p, NOTICE_offer, night, night + 15000), morning + 15000);
    assert_int_equal(quiet_not_before(&p, NOTICE_offer, morning, 0), 0);
    assert_int_equal(quiet_not_before(&p, NOTICE_offer, morning, morning + 7), morning + 7);
    assert_int_equal(quiet_not_before(&p, NOTICE_question, night, 0), 0);
}

/* Somebody waits for these, whatever the hour. */
static void what_people_wait_for_never_waits(void **state)
{
    (void)state;
    static const enum notice_kind urgent[] = {
        NOTICE_order_created, NOTICE_order_taken, NOTICE_order_assigned, NOTICE_work_yours,
        NOTICE_question,      NOTICE_answer,      NOTICE_thread_message, NOTICE_order_done,
        NOTICE_order_late,    NOTICE_alert_late,  NOTICE_cards_changed,  NOTICE_estimate_set,
    };
    for (size_t i = 0; i < ARRAY_LEN(urgent); i++)
        check_case(!notice_can_wait(urgent[i]), notice_kind_name(urgent[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_midnights),
        cmocka_unit_test(each_step_is_found),
        cmocka_unit_test(the_account_and_the_owners_are_told_once),
        cmocka_unit_test(quiet_hours),
        cmocka_unit_test(what_can_wait_does),
        cmocka_unit_test(what_people_wait_for_never_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
