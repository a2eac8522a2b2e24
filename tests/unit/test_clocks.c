/* test_clocks.c - the clock table, and its arithmetic to the millisecond */
#include "tests/unit/cases.h"

#include "common/base/clock.h"
#include "order-engine/rules/clocks.h"

#define BEGAN INT64_C(1790000000000)

static struct parameters defaults(void)
{
    struct parameters p;
    parameters_init(&p);
    return p;
}

/* ---- the table ---- */

static void every_clock_has_its_steps(void **state)
{
    (void)state;
    struct parameters p = defaults();
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++) {
        const struct clock_step_row *row;
        size_t position = 0, found;
        int64_t share = 0;
        for (; (row = clock_step_at((enum sla_clock)clock, position)) != NULL; position++) {
            check_case(row->clock == (enum sla_clock)clock, row->why);
            check_case(clock_step_find((enum sla_clock)clock, row->step, &found) == row &&
                           found == position,
                       row->why);
            check_case(row->share(&p) >= share && row->share(&p) <= 100, row->why);
            check_case((row->cause != CAUSE_COUNT) ==
                           (row->event == EVENT_ALERT || row->event == EVENT_BREACH),
                       row->why);
            share = row->share(&p);
        }
        check_case(position > 0 && position <= CLOCK_STEPS_MAX,
                   sla_clock_name((enum sla_clock)clock));
        check_case(share == 100, sla_clock_name((enum sla_clock)clock));
    }
    size_t untouched = 77;
    assert_null(clock_step_find(CLOCK_CONFIRM, STEP_CLOSE, &untouched));
    assert_int_equal(untouched, 77);
}

static void shares_are_those_of_the_start(void **state)
{
    (void)state;
    static const struct {
        enum sla_clock clock;
        int64_t shares[CLOCK_STEPS_MAX];
        const char *why;
    } rows[] = {
        {CLOCK_REACTION,   {21, 94, 100}, "the window, the managers' share, the end"  },
        {CLOCK_WORK,       {74, 93, 100}, "the reminder, the managers' share, the end"},
        {CLOCK_CONFIRM,    {50, 100},     "half, and the end"                         },
        {CLOCK_ANSWER,     {25, 100},     "a quarter, and the end"                    },
        {CLOCK_ACCEPTANCE, {50, 100},     "half, and the end"                         },
    };
    struct parameters p = defaults();
    p.ASSIGNED_CONTRACTORS_TIME_LIMIT = 21;
    p.INFORM_MANAGER_CREATED_PROJECT_LIMIT = 94;
    p.CONTRACTOR_REMIND_LIMIT = 74;
    p.INFORM_MANAGER_IN_WORK_PROJECT_LIMIT = 93;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct clock_run run = {0};
        clock_start(&run, rows[i].clock, HOUR_MS, &p, BEGAN);
        check_case(memcmp(run.shares, rows[i].shares, sizeof run.shares) == 0, rows[i].why);
    }
}

/* ---- when a share is reached ---- */

static void due_at(void **state)
{
    (void)state;
    static const struct {
        int64_t limit_ms, share, counted_ms, expect; /* after the run's start */
        const char *why;
    } rows[] = {
        {60 * MINUTE_MS, 20,  0,              12 * MINUTE_MS, "a fifth of an hour"                },
        {60 * MINUTE_MS, 100, 0,              60 * MINUTE_MS, "all of it"                         },
        {1,              1,   0,              1,              "rounded up to the next millisecond"},
        {1,              100, 0,              1,              "one is one"                        },
        {101,            1,   0,              2,              "a hundredth and a bit more"        },
        {100,            1,   0,              1,              "exactly a hundredth"               },
        {60 * MINUTE_MS, 75,  40 * MINUTE_MS, 5 * MINUTE_MS,
         "what has counted before is not waited for again"                                        },
        {60 * MINUTE_MS, 75,  45 * MINUTE_MS, 0,              "reached just now"                  },
        {60 * MINUTE_MS, 75,  50 * MINUTE_MS, 0,              "never before the run's start"      },
        {720 * HOUR_MS,  95,  0,              684 * HOUR_MS,  "the longest estimate"              },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct clock_run run = {.run = 1,
                                .running = true,
                                .started_at = BEGAN,
                                .limit_ms = rows[i].limit_ms,
                                .counted_ms = rows[i].counted_ms};
        check_case(clock_due_at(&run, rows[i].share) == BEGAN + rows[i].expect, rows[i].why);
    }
}

/* ---- what is done to a clock ---- */

static void a_clock_runs(void **state)
{
    (void)state;
    struct parameters p = defaults();
    struct clock_run run = {0};
    clock_start(&run, CLOCK_WORK, HOUR_MS, &p, BEGAN);
    assert_int_equal(run.run, 1);
    assert_true(run.running && !run.paused);
    assert_int_equal(run.started_at, BEGAN);
    assert_int_equal(run.ended_at, 0);
    assert_int_equal(run.limit_ms, HOUR_MS);
    assert_int_equal(run.fired, 0);
    assert_int_equal(clock_counted_ms(&run, BEGAN + 7), 7);
    assert_int_equal(clock_counted_ms(&run, BEGAN - 7), 0); /* engines' clocks differ by a little */
    clock_stop(&run, BEGAN + 9);
    assert_true(!run.running && !run.paused);
    assert_int_equal(run.ended_at, BEGAN + 9);
    clock_stop(&run, BEGAN + 20); /* it stands already */
    assert_int_equal(run.ended_at, BEGAN + 9);
    run.fired = 5;
    clock_start(&run, CLOCK_WORK, 2 * HOUR_MS, &p, BEGAN + 30); /* from zero */
    assert_int_equal(run.run, 2);
    assert_int_equal(run.fired, 0);
    assert_int_equal(run.counted_ms, 0);
    assert_int_equal(run.ended_at, 0);
}

static void a_pause_does_not_count(void **state)
{
    (void)state;
    struct parameters p = defaults();
    struct clock_run run = {0};
    clock_start(&run, CLOCK_WORK, HOUR_MS, &p, BEGAN);
    int64_t now = BEGAN;
    for (int64_t n = 1; n <= 3; n++) { /* three questions: 7 ms of work, 1000 of waiting each */
        clock_pause(&run, now + 7);
        assert_true(run.paused && !run.running);
        assert_int_equal(run.ended_at, now + 7);
        clock_pause(&run, now + 8); /* it stands already */
        assert_int_equal(run.ended_at, now + 7);
        now += 1007;
        clock_resume(&run, now);
        assert_true(run.running && !run.paused);
        assert_int_equal(run.run, n + 1);
        assert_int_equal(run.counted_ms, 7 * n);
        assert_int_equal(clock_due_at(&run, 100), now + HOUR_MS - 7 * n);
        clock_resume(&run, now + 1); /* it runs already */
        assert_int_equal(run.run, n + 1);
    }
    clock_pause(&run, now - 5); /* by an engine whose clock is behind */
    clock_resume(&run, now);
    assert_int_equal(run.counted_ms, 21);
    clock_pause(&run, now + 1);
    clock_stop(&run, now + 2); /* finished while the client owed an answer */
    assert_true(!run.running && !run.paused);
    assert_int_equal(run.ended_at, now + 1);
    clock_resume(&run, now + 3);
    assert_false(run.running);
}

static void a_move_keeps_what_has_counted(void **state)
{
    (void)state;
    struct parameters p = defaults();
    struct clock_run run = {0};
    clock_start(&run, CLOCK_WORK, HOUR_MS, &p, BEGAN); /* 45, 57, 60 minutes */
    run.fired = 7;
    clock_move(&run, 2 * HOUR_MS, BEGAN + 90 * MINUTE_MS); /* 90, 114, 120 */
    assert_int_equal(run.run, 2);
    assert_int_equal(run.counted_ms, 90 * MINUTE_MS);
    assert_int_equal(clock_due_at(&run, 100), BEGAN + 2 * HOUR_MS);
    assert_true(clock_has_fired(&run, 0)); /* just reached, not ahead */
    assert_false(clock_has_fired(&run, 1));
    assert_false(clock_has_fired(&run, 2));

    clock_move(&run, 30 * MINUTE_MS, BEGAN + 91 * MINUTE_MS); /* over since long */
    assert_int_equal(clock_due_at(&run, 100), BEGAN + 91 * MINUTE_MS);
    assert_int_equal(run.fired, 1);

    clock_pause(&run, BEGAN + 92 * MINUTE_MS);
    clock_move(&run, 3 * HOUR_MS, BEGAN + 95 * MINUTE_MS); /* while it stands: no new run */
    assert_int_equal(run.run, 3);
    assert_true(run.paused);
    assert_int_equal(run.limit_ms, 3 * HOUR_MS);
    clock_resume(&run, BEGAN + 100 * MINUTE_MS);
    assert_int_equal(clock_due_at(&run, 100), BEGAN + 188 * MINUTE_MS);
}

/* What a standing clock has counted, its last run included, decides which steps are ahead. */
static void a_move_of_a_standing_clock(void **state)
{
    (void)state;
    struct parameters p = defaults();
    struct clock_run run = {0};
    clock_start(&run, CLOCK_WORK, HOUR_MS, &p, BEGAN);
    run.fired = 1;
    clock_pause(&run, BEGAN + 50 * MINUTE_MS);
    clock_move(&run, 61 * MINUTE_MS,
               BEGAN + 60 * MINUTE_MS); /* 75 % is 45m45s: reached in 50 minutes */
    assert_int_equal(run.fired, 1);
    clock_move(&run, 2 * HOUR_MS, BEGAN + 60 * MINUTE_MS);
    assert_int_equal(run.fired, 0);
}

/* Whatever is done to it, a clock counts exactly the time in which it ran. */
static void counted_time_is_the_time_it_ran(void **state)
{
    (void)state;
    struct parameters p = defaults();
    struct clock_run run = {0};
    uint64_t seed = 20260922;
    int64_t now = BEGAN, ran = 0;
    clock_start(&run, CLOCK_WORK, HOUR_MS, &p, now);
    for (int i = 0; i < 100000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int64_t step = (int64_t)(seed >> 50);
        ran += run.running ? step : 0;
        now += step;
        switch (seed >> 33 & 3) {
        case 0:
            clock_pause(&run, now);
            break;
        case 1:
            clock_resume(&run, now);
            break;
        case 2:
            clock_move(&run, 1 + (int64_t)(seed >> 40), now);
            break;
        default:
            break;
        }
        assert_int_equal(clock_counted_ms(&run, now), ran);
        if (run.running && ran < run.limit_ms)
            assert_int_equal(clock_due_at(&run, 100), now + run.limit_ms - ran);
    }
}

static void shares_are_percent(void **state)
{
    (void)state;
    struct parameters p;
    parameters_init(&p);
    for (size_t i = 0; i < clock_step_count; i++)
        if (clock_steps[i].share != NULL)
            check_case(clock_steps[i].share(&p) >= 0 && clock_steps[i].share(&p) <= 100,
                       clock_steps[i].why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_clock_has_its_steps),
        cmocka_unit_test(shares_are_those_of_the_start),
        cmocka_unit_test(shares_are_percent),
        cmocka_unit_test(due_at),
        cmocka_unit_test(a_clock_runs),
        cmocka_unit_test(a_pause_does_not_count),
        cmocka_unit_test(a_move_keeps_what_has_counted),
        cmocka_unit_test(a_move_of_a_standing_clock),
        cmocka_unit_test(counted_time_is_the_time_it_ran),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
