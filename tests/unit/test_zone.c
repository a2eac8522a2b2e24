/* test_zone.c - wall time in zones whose clocks jump, at midnight too, and back */
#include "tests/unit/cases.h"

#include "common/base/clock.h"
#include "common/base/zone.h"

static void names(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        bool expect;
        const char *why;
    } rows[] = {
        {"Europe/Moscow",                                                    true,  "a zone"                           },
        {"UTC",                                                              true,  "one word"                         },
        {"America/Argentina/Buenos_Aires",                                   true,  "two strokes"                      },
        {"Europe/Moskau",                                                    false, "not in the database"              },
        {"Europe",                                                           false, "a folder"                         },
        {"",                                                                 false, "nothing"                          },
        {"/usr/share/zoneinfo/UTC",                                          false, "a path"                           },
        {"leapseconds",                                                      false, "a list that lies beside the zones"},
        {"Europe/Moscow\n",                                                  false, "no name's letter"                 },
        {"Europe/../UTC",                                                    false, "no way up"                        },
        {"Abcdefghi/bcdefghi/bcdefghi/bcdefghi/bcdefghi/bcdefghi/bcdefghij", false,
         "too long for any"                                                                                            },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(zone_exists(rows[i].zone) == rows[i].expect, rows[i].why);
}

/* clang-format off */
static const struct instant {
    const char *zone;
    int         year, month, day, hour, minute;
    int64_t     at_s; /* expected */
    const char *why;
} instants[] = {
    {"UTC",               1970, 1,  1,  0,  0,  0,          "the beginning"},
    {"Europe/Moscow",     2026, 11, 22, 14, 35, 1795347300, "Moscow has no summer time"},
    {"Europe/Moscow",     2014, 10, 26, 0,  0,  1414267200, "the day on which Moscow went back to +3"},
    {"Europe/Berlin",     2026, 3,  29, 2,  30, 1774747800, "skipped: as if the clocks had not jumped yet, 3:30"},
    {"Europe/Berlin",     2026, 10, 25, 2,  30, 1792888200, "twice: the first"},
    {"America/New_York",  2026, 11, 1,  1,  30, 1793511000, "twice: the first"},
    {"America/New_York",  2026, 3,  8,  2,  0,  1772953200, "skipped: the instant of the jump"},
    {"America/Sao_Paulo", 2018, 11, 4,  0,  0,  1541300400, "midnight is skipped: the day begins at 1:00"},
    {"America/Sao_Paulo", 2019, 2,  17, 0,  0,  1550372400, "23:00 came twice before"},
    {"Asia/Beirut",       2026, 3,  29, 0,  0,  1774735200, "midnight is skipped"},
    {"America/Havana",    2026, 11, 1,  0,  0,  1793505600, "midnight comes twice: the first"},
    {"Pacific/Apia",      2011, 12, 30, 0,  0,  1325239200, "the whole day is skipped"},
    {"Europe/Moscow",     2026, 1,  32, 0,  0,  1769893200, "the day after the 31st"},
    {"Europe/Moscow",     2026, 3,  0,  0,  0,  1772226000, "the last of February"},
};
/* clang-format on */

static void instants_of_wall_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(instants); i++) {
        const struct instant *row = &instants[i];
        int64_t at =
            zone_instant_ms(row->zone, row->year, row->month, row->day, row->hour, row->minute);
        if (at != row->at_s * SECOND_MS)
            print_error("is %lld\n", (long long)(at / SECOND_MS));
        check_case(at == row->at_s * SECOND_MS, row->why);
    }
}

static void wall_time_of_instants(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        int64_t at_ms;
        struct zone_time expect;
        const char *why;
    } rows[] = {
        {"UTC",              0,                      {1970, 1, 1, 0, 0, 0, 3},      "a Thursday"            },
        {"UTC",              -1,                     {1969, 12, 31, 23, 59, 59, 2}, "the last second before"},
        {"Europe/Moscow",
         INT64_C(1795347300999),
         {2026, 11, 22, 14, 35, 0, 6},
         "a Sunday; milliseconds do not round up"                                                           },
        {"America/New_York", INT64_C(1793511000000), {2026, 11, 1, 1, 30, 0, 6},    "summer time"           },
        {"America/New_York",
         INT64_C(1793514600000),
         {2026, 11, 1, 1, 30, 0, 6},
         "an hour later, the same time"                                                                     },
        {"Asia/Kolkata",     INT64_C(1795347300000), {2026, 11, 22, 17, 5, 0, 6},   "half hours"            },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct zone_time is;
        zone_local(rows[i].zone, rows[i].at_ms, &is);
        check_case(memcmp(&is, &rows[i].expect, sizeof is) == 0, rows[i].why);
    }
}

static void how_far_ahead_of_utc(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *zone; int64_t at_ms; int minutes; const char *why; } rows[] = {
        {"UTC",              INT64_C(1795347300000), 0,    "UTC itself"},
        {"Europe/Moscow",    INT64_C(1795347300000), 180,  "east"},
        {"America/St_Johns", INT64_C(1795347300000), -210, "west, and a half hour"},
        {"Europe/Berlin",    INT64_C(1795347300000), 60,   "in winter"},
        {"Europe/Berlin",    INT64_C(1783000000000), 120,  "in summer"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(zone_offset_minutes(rows[i].zone, rows[i].at_ms) == rows[i].minutes,
                   rows[i].why);
}

static int64_t wall_minutes(const char *zone, int64_t at_ms)
{
    struct zone_time t;
    zone_local(zone, at_ms, &t);
    return zone_days(t.year, t.month, t.day) * 24 * 60 + t.hour * 60 + t.minute;
}

/* Each day begins at the first instant that is not before it, in every kind of zone, for 27 years.
 */
static void days_begin_where_they_begin(void **state)
{
    (void)state;
    static const char *const zones[] = {"Europe/Moscow", "Europe/Berlin",       "America/Sao_Paulo",
                                        "Asia/Beirut",   "America/New_York",    "Asia/Kolkata",
                                        "Pacific/Apia",  "Australia/Lord_Howe", "America/Havana",
                                        "Asia/Tehran",   "Pacific/Chatham"};
    for (size_t z = 0; z < ARRAY_LEN(zones); z++)
        for (int64_t day = zone_days(2010, 1, 1); day < zone_days(2037, 1, 1); day++) {
            int year, month, date;
            zone_date(day, &year, &month, &date);
            int64_t at = zone_instant_ms(zones[z], year, month, date, 0, 0),
                    midnight = day * 24 * 60;
            check_case(wall_minutes(zones[z], at) >= midnight, zones[z]);
            check_case(wall_minutes(zones[z], at - 1) < midnight, zones[z]);
        }
}

static void dates_go_there_and_back(void **state)
{
    (void)state;
    int64_t before = zone_days(1899, 12, 31);
    for (int year = 1900; year <= 2100; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 28; day++) {
                int same_year, same_month, same_day;
                int64_t days = zone_days(year, month, day);
                zone_date(days, &same_year, &same_month, &same_day);
                assert_true(same_year == year && same_month == month && same_day == day);
                assert_true(days > before);
                before = days;
            }
    assert_int_equal(zone_days(1970, 1, 1), 0);
    assert_int_equal(zone_days(1969, 12, 31), -1);
    assert_int_equal(zone_days(2000, 3, 1) - zone_days(2000, 2, 28), 2);
}

/* clang-format off */
static const struct { int year, month, day, months, to_year, to_month, to_day; const char *why; } laters[] = {
    {2026, 11, 22, 0,  2026, 11, 22, "no month is the same day"},
    {2026, 11, 22, 1,  2026, 12, 22, "a month"},
    {2026, 12, 31, 1,  2027, 1,  31, "over the year's end"},
    {2026, 11, 30, 1,  2026, 12, 30, "the last of a month is a day like any other"},
    {2026, 1,  31, 1,  2026, 2,  28, "a shorter month"},
    {2028, 1,  31, 1,  2028, 2,  29, "in a leap year"},
    {2028, 2,  29, 12, 2029, 2,  28, "a year after a leap day"},
    {2026, 10, 31, 14, 2027, 12, 31, "more than a year"},
};
/* clang-format on */

static void months_later(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(laters); i++) {
        int64_t from = zone_days(laters[i].year, laters[i].month, laters[i].day);
        int64_t to = zone_days(laters[i].to_year, laters[i].to_month, laters[i].to_day);
        check_case(zone_add_months(from, laters[i].months) == to, laters[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(instants_of_wall_time),
        cmocka_unit_test(wall_time_of_instants),
        cmocka_unit_test(how_far_ahead_of_utc),
        cmocka_unit_test(days_begin_where_they_begin),
        cmocka_unit_test(dates_go_there_and_back),
        cmocka_unit_test(months_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
