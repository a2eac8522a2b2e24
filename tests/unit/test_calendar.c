/* test_calendar.c - which minutes count: half-open intervals, closing time, nights in which the
 * clocks change, holidays */
#include "tests/unit/cases.h"

#include "common/base/clock.h"
#include "common/base/zone.h"
#include "order-engine/rules/calendar.h"
#include "order-engine/rules/clocks.h"

/* "Tu 10 09:30": a day of a month of 2026 (the weekday is for the reader) and a time, in the
 * calendar's zone. */
struct moment {
    int month, day, hour, minute;
};

static int64_t at(const char *zone, struct moment m)
{
    return zone_instant_ms(zone, 2026, m.month, m.day, m.hour, m.minute);
}

static struct calendar made(const char *zone, const char *const *intervals)
{
    struct calendar c = {0};
    snprintf(c.zone, sizeof c.zone, "%s", zone);
    for (size_t i = 0; intervals[i] != NULL; i++)
        assert_null(calendar_add_interval(&c, intervals[i]));
    return c;
}

static const char *const office[] = {"1 09:00-18:00", "2 09:00-18:00", "3 09:00-18:00",
                                     "4 09:00-18:00", "5 09:00-18:00", NULL};
static const char *const with_lunch[] = {"1 14:00-18:00", "1 09:00-13:00", "2 09:00-13:00",
                                         "2 14:00-18:00", NULL};
static const char *const nights[] = {"6 00:00-06:00", "7 00:00-06:00", "1 00:00-06:00", NULL};
static const char *const always[] = {
    "1 00:00-24:00", "2 00:00-24:00", "3 00:00-24:00", "4 00:00-24:00",
    "5 00:00-24:00", "6 00:00-24:00", "7 00:00-24:00", NULL};

/* clang-format off */
static const struct calendar_row {
    const char *zone;
    const char *const *intervals;
    struct moment from, to;
    int minutes; /* what counts between; and reached at `to`, counting from `from` */
    bool reached;
    const char *why;
} calendar_rows[] = {
/*   zone             intervals   from              to                minutes reached why */
    {"Europe/Moscow", office,     {3, 10, 10, 0},   {3, 10, 11, 0},   60,    true,  "within a Tuesday"},
    {"Europe/Moscow", office,     {3, 10, 17, 0},   {3, 10, 18, 0},   60,    true,  "60 minutes from 17:00 are reached at closing, today"},
    {"Europe/Moscow", office,     {3, 10, 17, 1},   {3, 11, 9, 1},    60,    true,  "a minute later: tomorrow"},
    {"Europe/Moscow", office,     {3, 10, 18, 0},   {3, 11, 10, 0},   60,    true,  "at closing the day has ended"},
    {"Europe/Moscow", office,     {3, 13, 17, 30},  {3, 16, 9, 30},   60,    true,  "over a weekend"},
    {"Europe/Moscow", office,     {3, 14, 12, 0},   {3, 15, 12, 0},   0,     false, "a weekend"},
    {"Europe/Moscow", office,     {3, 9, 0, 0},     {3, 16, 0, 0},    2700,  false, "a week has five times nine hours"},
    {"Europe/Moscow", with_lunch, {3, 9, 12, 30},   {3, 9, 14, 30},   60,    true,  "lunch does not count"},
    {"Europe/Moscow", with_lunch, {3, 9, 13, 0},    {3, 9, 14, 0},    0,     false, "lunch itself"},
    {"Europe/Moscow", with_lunch, {3, 10, 17, 59},  {3, 16, 9, 1},    2,     true,  "from Tuesday to Monday"},
    {"Europe/Moscow", office,     {3, 10, 12, 0},   {3, 10, 11, 0},   0,     false, "nothing counts backwards"},
    {"Europe/Berlin", nights,     {3, 29, 0, 0},    {3, 29, 6, 0},    300,   true,  "the hour that is skipped does not count"},
    {"Europe/Berlin", nights,     {10, 25, 0, 0},   {10, 25, 6, 0},   420,   true,  "the hour that comes twice counts twice"},
    {"Europe/Berlin", nights,     {3, 28, 5, 0},    {3, 29, 1, 30},   150,   true,  "over the days before"},
    {"America/New_York", always,  {3, 7, 12, 0},    {3, 8, 12, 0},    1380,  true,  "a day of 23 hours"},
    {"America/New_York", always,  {10, 31, 12, 0},  {11, 1, 12, 0},   1500,  true,  "a day of 25 hours"},
    {"Australia/Lord_Howe", always, {4, 4, 12, 0},  {4, 5, 12, 0},    1470,  true,  "half an hour more"},
    {"Africa/Cairo",  always,     {4, 23, 12, 0},   {4, 24, 12, 0},   1380,  true,  "midnight itself is skipped"},
    {"Asia/Beirut",   always,     {10, 24, 12, 0},  {10, 25, 12, 0},  1500,  true,  "the last hour of the day comes twice"},
    {"UTC",           always,     {12, 31, 23, 0},  {13, 1, 1, 0},    120,   true,  "into another year"},
};
/* clang-format on */

static void counted_and_reached(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(calendar_rows); i++) {
        const struct calendar_row *row = &calendar_rows[i];
        struct calendar c = made(row->zone, row->intervals);
        int64_t from = at(row->zone, row->from), to = at(row->zone, row->to);
        int64_t ms = row->minutes * MINUTE_MS;
        check_case(calendar_counted_ms(&c, from, to) == ms, row->why);
        if (row->reached)
            check_case(calendar_reach_ms(&c, from, ms) == to, row->why);
        check_case(calendar_reach_ms(&c, from, 0) == from, "what needs nothing is reached");
    }
}

/* The instant at which so much is reached is the earliest one. */
static void reaching_is_the_inverse_of_counting(void **state)
{
    (void)state;
    const char *const zones[] = {"Europe/Moscow", "Europe/Berlin", "America/New_York"};
    for (size_t z = 0; z < ARRAY_LEN(zones); z++) {
        struct calendar c = made(zones[z], with_lunch);
        calendar_add_holiday(&c, zone_days(2026, 3, 30));
        for (int64_t hour = 0; hour < 24 * 14; hour += 5) {
            int64_t from = at(zones[z], (struct moment){3, 24, 0, 0}) + hour * HOUR_MS;
            for (int64_t ms = 1; ms < 20 * HOUR_MS; ms = ms * 3 + 7) {
                int64_t reached = calendar_reach_ms(&c, from, ms);
                check_case(calendar_counted_ms(&c, from, reached) == ms, "all of it has counted");
                check_case(calendar_counted_ms(&c, from, reached - 1) == ms - 1, "and not before");
            }
        }
    }
}

static void round_the_clock(void **state)
{
    (void)state;
    assert_int_equal(calendar_counted_ms(NULL, 100, 350), 250);
    assert_int_equal(calendar_counted_ms(NULL, 350, 100), 0);
    assert_int_equal(calendar_reach_ms(NULL, 100, 250), 350);
    int64_t begins, ends;
    calendar_next_stretch(NULL, 100, &begins, &ends);
    assert_int_equal(begins, 100);
    assert_int_equal(ends, INT64_MAX);
    assert_int_equal(calendar_reach_ms(NULL, 100, -250), 100);
}

static void on_a_holiday_nothing_counts(void **state)
{
    (void)state;
    struct calendar c = made("Europe/Moscow", office);
    assert_null(calendar_add_holiday(&c, zone_days(2026, 3, 9)));
    assert_null(calendar_add_holiday(&c, zone_days(2026, 3, 9)));
    assert_int_equal(c.holiday_count, 1);
    int64_t friday = at(c.zone, (struct moment){3, 6, 17, 30});
    assert_int_equal(calendar_reach_ms(&c, friday, HOUR_MS),
                     at(c.zone, (struct moment){3, 10, 9, 30}));
    for (int64_t day = 0; day < CALENDAR_HOLIDAYS_MAX - 1; day++)
        assert_null(calendar_add_holiday(&c, day));
    assert_non_null(calendar_add_holiday(&c, 7777));
}

/* ---- making one ---- */

static void bad_intervals_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } rows[] = {
        {"0 09:00-18:00", "weeks begin with 1" },
        {"8 09:00-18:00", "and end with 7"     },
        {"1 9:00-18:00",  "two digits each"    },
        {"1 09:00-1800",  "too short"          },
        {"1_09:00-18:00", "no gap"             },
        {"1 09:00+18:00", "from, not until"    },
        {"1 18:00-09:00", "over midnight: two" },
        {"1 09:00-09:00", "nothing"            },
        {"1 09:00-24:01", "after the day's end"},
        {"1 09:60-18:00", "no such minute"     },
        {"1 09:00-18:60", "no such minute"     },
        {"1 /9:00-18:00", "no digit"           },
        {"1 a9:00-18:00", "no digit"           },
        {"1 09:00-18;00", "no colon"           },
        {"",              "nothing at all"     },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct calendar c = {0};
        check_case(calendar_add_interval(&c, rows[i].text) != NULL, rows[i].why);
        check_case(c.interval_count == 0, rows[i].why);
    }
}

static void who_works_by_it(void **state)
{
    (void)state;
    static const struct {
        const char *intervals[4], *complaint, *why;
    } rows[] = {
        {{NULL},                                   "at least an hour a week",       "an empty one"     },
        {{"1 09:00-09:59", NULL},                  "at least an hour a week",       "59 minutes"       },
        {{"1 09:00-09:30", "2 09:00-09:30", NULL}, NULL,                            "an hour"          },
        {{"1 09:00-13:00", "1 12:59-18:00", NULL}, "intervals that do not overlap", "they overlap"     },
        {{"1 14:00-18:00", "1 09:00-14:00", NULL}, NULL,                            "they touch"       },
        {{"1 09:00-18:00", "2 09:00-18:00", NULL}, NULL,                            "of different days"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct calendar c = made("UTC", rows[i].intervals);
        const char *complaint = calendar_complaint(&c);
        check_case_text(complaint != NULL ? complaint : "",
                        rows[i].complaint != NULL ? rows[i].complaint : "", rows[i].why);
    }
    struct calendar full = {.interval_count = CALENDAR_INTERVALS_MAX};
    assert_string_equal(calendar_add_interval(&full, "1 09:00-18:00"), "at most 70 intervals");
}

static void words_of_the_database(void **state)
{
    (void)state;
    struct calendar c;
    calendar_read(&c, 7, "Europe/Moscow|0 540 780;0 840 1080;4 540 1080|20779 20820");
    assert_int_equal(c.id, 7);
    assert_string_equal(c.zone, "Europe/Moscow");
    assert_int_equal(c.interval_count, 3);
    assert_int_equal(c.intervals[1].from_minute, 840);
    assert_int_equal(c.intervals[2].weekday, 4);
    assert_int_equal(c.holiday_count, 2);
    assert_int_equal(c.holidays[1], 20820);
    calendar_read(&c, 8, "UTC||");
    assert_int_equal(c.interval_count + c.holiday_count, 0);
    calendar_read(&c, 8, "UTC");
    assert_int_equal(c.interval_count + c.holiday_count, 0);
    scoped(buf_fini) struct buf many = {0};
    buf_add_text(&many, "UTC|");
    for (int i = 0; i <= CALENDAR_INTERVALS_MAX; i++)
        buf_printf(&many, "%s0 %d %d", i > 0 ? ";" : "", i, i + 1);
    buf_add_text(&many, "|0");
    for (int i = 1; i <= CALENDAR_HOLIDAYS_MAX; i++)
        buf_printf(&many, " %d", i);
    calendar_read(&c, 9, buf_text(&many));
    assert_int_equal(c.interval_count, CALENDAR_INTERVALS_MAX);
    assert_int_equal(c.holiday_count, CALENDAR_HOLIDAYS_MAX);
}

/* ---- the reaction clock by a calendar ---- */

static void a_clock_counts_by_its_calendar(void **state)
{
    (void)state;
    struct calendar c = made("Europe/Moscow", office);
    struct parameters p;
    parameters_init(&p);
    struct clock_run run = {.calendar = &c};
    int64_t friday = at(c.zone, (struct moment){3, 13, 17, 30});
    clock_start(&run, CLOCK_REACTION, HOUR_MS, &p, friday);
    assert_int_equal(clock_due_at(&run, 20), friday + 12 * MINUTE_MS);
    assert_int_equal(clock_due_at(&run, 50), at(c.zone, (struct moment){3, 13, 18, 0}));
    assert_int_equal(clock_due_at(&run, 95), at(c.zone, (struct moment){3, 16, 9, 27}));
    assert_int_equal(clock_due_at(&run, 100), at(c.zone, (struct moment){3, 16, 9, 30}));
    assert_int_equal(clock_counted_ms(&run, at(c.zone, (struct moment){3, 15, 12, 0})),
                     30 * MINUTE_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counted_and_reached),
        cmocka_unit_test(reaching_is_the_inverse_of_counting),
        cmocka_unit_test(round_the_clock),
        cmocka_unit_test(on_a_holiday_nothing_counts),
        cmocka_unit_test(bad_intervals_are_refused),
        cmocka_unit_test(who_works_by_it),
        cmocka_unit_test(words_of_the_database),
        cmocka_unit_test(a_clock_counts_by_its_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
