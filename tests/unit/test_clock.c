/* test_clock.c - the two clocks and durations in words */
#include "tests/unit/cases.h"

#include <time.h>

#include "common/base/clock.h"

static void durations(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *text; int64_t expect; const char *why; } rows[] = {
        {"55m",        55 * MINUTE_MS,               "minutes"},
        {"2h30m",      150 * MINUTE_MS,              "two units"},
        {"1d",         DAY_MS,                       "a day"},
        {"90s",        90 * SECOND_MS,               "more than a minute in seconds"},
        {"1d2h3m4s",   DAY_MS + 2 * HOUR_MS + 3 * MINUTE_MS + 4 * SECOND_MS, "all units"},
        {"3660d",      3660 * DAY_MS,                "the longest"},
        {"3660d1s",    -1,                           "above the longest"},
        {"3661d",      -1,                           "above it in one unit"},
        {"87841h",     -1,                           "above it in hours"},
        {"99999999999999999999s", -1,                "no overflow"},
        {"",           -1,                           "nothing"},
        {"0m",         -1,                           "no time at all"},
        {"m",          -1,                           "no number"},
        {"5",          -1,                           "no unit"},
        {"5x",         -1,                           "no such unit"},
        {"30m2h",      -1,                           "units in rising order"},
        {"1m1m",       -1,                           "a unit twice"},
        {"-5m",        -1,                           "no past"},
        {"5 m",        -1,                           "no blanks"},
        {"5m ",        -1,                           "none behind either"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        check_case(duration_parse_ms(rows[i].text) == rows[i].expect, rows[i].why);
    }
}

static void test_offset_moves_wall_time_only(void **state)
{
    (void)state;
    int64_t wall = clock_now_ms(), mono = clock_mono_ms();
    assert_int_equal(clock_offset_ms(), 0);
    assert_true(llabs((long long)(wall - (int64_t)time(NULL) * 1000)) < 2000);
    clock_set_offset_ms(DAY_MS);
    assert_int_equal(clock_offset_ms(), DAY_MS);
    assert_true(clock_now_ms() - wall >= DAY_MS && clock_now_ms() - wall < DAY_MS + HOUR_MS);
    assert_true(clock_mono_ms() >= mono && clock_mono_ms() - mono < HOUR_MS);
    clock_set_offset_ms(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations),
        cmocka_unit_test(test_offset_moves_wall_time_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
