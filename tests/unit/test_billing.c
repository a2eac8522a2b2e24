/* test_billing.c - billing months: borders at local midnight, one after the other, whatever day and
 * zone become */
#include "tests/unit/cases.h"

#include "common/base/clock.h"
#include "common/base/zone.h"
#include "order-engine/rules/billing.h"

static int64_t at(const char *zone, int year, int month, int day, int hour)
{
    return zone_instant_ms(zone, year, month, day, hour, 0);
}

struct date {
    int year, month, day;
};

/* clang-format off */
static const struct first_row {
    const char *zone;
    int64_t     billing_day;
    struct date now;
    int         hour;
    struct date starts, ends;
    const char *why;
} first_rows[] = {
    {"Europe/Moscow",     1,  {2026, 11, 22}, 14, {2026, 11, 1},  {2026, 12, 1},  "an ordinary month"},
    {"Europe/Moscow",     1,  {2026, 11, 1},  0,  {2026, 11, 1},  {2026, 12, 1},  "its first instant belongs to it"},
    {"Europe/Moscow",     1,  {2026, 12, 31}, 23, {2026, 12, 1},  {2027, 1, 1},   "over the year's end"},
    {"Europe/Moscow",     28, {2027, 1, 5},   3,  {2026, 12, 28}, {2027, 1, 28},  "began in the year before"},
    {"Europe/Moscow",     28, {2026, 2, 28},  0,  {2026, 2, 28},  {2026, 3, 28},  "the last day of February"},
    {"Europe/Moscow",     15, {2026, 11, 14}, 23, {2026, 10, 15}, {2026, 11, 15}, "an hour before the border"},
    {"America/Sao_Paulo", 4,  {2018, 11, 4},  5,  {2018, 11, 4},  {2018, 12, 4},  "it begins at 1:00: midnight was skipped"},
    {"Asia/Beirut",       29 - 1, {2026, 3, 28}, 12, {2026, 3, 28}, {2026, 4, 28}, "the clocks jump within it"},
    {"America/New_York",  1,  {2026, 11, 1},  1,  {2026, 11, 1},  {2026, 12, 1},  "the hour that comes twice"},
};
/* clang-format on */

static void the_first_month(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(first_rows); i++) {
        const struct first_row *row = &first_rows[i];
        struct billing_month m =
            billing_first(row->billing_day, row->zone,
                          at(row->zone, row->now.year, row->now.month, row->now.day, row->hour));
        check_case(m.id == 1, row->why);
        check_case(m.starts_at ==
                       at(row->zone, row->starts.year, row->starts.month, row->starts.day, 0),
                   row->why);
        check_case(m.ends_at == at(row->zone, row->ends.year, row->ends.month, row->ends.day, 0),
                   row->why);
    }
    int64_t border = at("Europe/Moscow", 2026, 11, 1, 0);
    assert_int_equal(billing_first(1, "Europe/Moscow", border - 1).ends_at, border);
    assert_int_equal(border, INT64_C(1793480400000)); /* 31 October, 21:00 UTC */
}

/* clang-format off */
static const struct next_row {
    const char *old_zone, *zone;
    struct date border;      /* where the running month ends, in its own zone */
    int64_t     billing_day; /* from now on */
    struct date ends;
    const char *why;
} next_rows[] = {
    {"Europe/Moscow", "Europe/Moscow",    {2026, 11, 1},  1,  {2026, 12, 1},  "nothing has changed"},
    {"Europe/Moscow", "Europe/Moscow",    {2026, 12, 1},  1,  {2027, 1, 1},   "the year's end"},
    {"Europe/Moscow", "Europe/Moscow",    {2026, 11, 1},  10, {2026, 11, 10}, "a later day: to the first new one after the border"},
    {"Europe/Moscow", "Europe/Moscow",    {2026, 11, 10}, 1,  {2026, 12, 1},  "an earlier day: the same"},
    {"Europe/Moscow", "Europe/Moscow",    {2026, 12, 28}, 27, {2027, 1, 27},  "the day before, in the next year"},
    {"Europe/Moscow", "Asia/Vladivostok", {2026, 11, 1},  1,  {2026, 12, 1},  "the border lies 7 hours into the new zone's 1st"},
    {"Europe/Moscow", "Europe/Berlin",    {2026, 11, 1},  1,  {2026, 11, 1},  "2 hours before it: that is the first new 1st"},
    {"Europe/Moscow", "America/New_York", {2026, 11, 10}, 1,  {2026, 12, 1},  "both change"},
};
/* clang-format on */

static void the_next_month_runs_to_the_first_new_day(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(next_rows); i++) {
        const struct next_row *row = &next_rows[i];
        struct billing_month former = {
            .id = 41,
            .starts_at = 0,
            .ends_at = at(row->old_zone, row->border.year, row->border.month, row->border.day, 0)};
        struct billing_month m = billing_next(&former, row->billing_day, row->zone);
        check_case(m.id == 42, row->why);
        check_case(m.starts_at == former.ends_at, row->why);
        check_case(m.ends_at == at(row->zone, row->ends.year, row->ends.month, row->ends.day, 0),
                   row->why);
        check_case(m.ends_at > m.starts_at, row->why);
    }
}

static const char *const zones[] = {"Europe/Moscow",       "Europe/Berlin",    "America/Sao_Paulo",
                                    "Asia/Beirut",         "America/New_York", "Pacific/Apia",
                                    "Australia/Lord_Howe", "America/Havana",   "UTC"};

/* 20 years of every day in every kind of zone: each month begins when its day does, none is
 * missing. */
static void twenty_years(void **state)
{
    (void)state;
    for (size_t z = 0; z < ARRAY_LEN(zones); z++)
        for (int64_t day = 1; day <= 28; day++) {
            struct billing_month m = billing_first(day, zones[z], at(zones[z], 2010, 1, 20, 12));
            for (int n = 0; n < 240; n++) {
                struct zone_time local, before;
                zone_local(zones[z], m.starts_at, &local);
                zone_local(zones[z], m.starts_at - 1, &before);
                bool skipped =
                    local.day == 31 &&
                    day == 30; /* Apia had no 30 December 2011; 28 is the last day we take */
                check_case(local.day == day || skipped, zones[z]);
                check_case(before.day != day, zones[z]);
                int64_t hours = (m.ends_at - m.starts_at) / HOUR_MS;
                check_case(hours >= 28 * 24 - 25 && hours <= 31 * 24 + 1, zones[z]);
                struct billing_month next = billing_next(&m, day, zones[z]);
                check_case(next.starts_at == m.ends_at && next.id == m.id + 1, zones[z]);
                check_case(billing_first(day, zones[z], m.ends_at - 1).starts_at == m.starts_at,
                           zones[z]);
                m = next;
            }
        }
}

/* Administrators who change day and zone every month: months still follow one another, and none is
 * longer than a month. */
static void restless_administrators(void **state)
{
    (void)state;
    uint64_t seed = 7;
    struct billing_month m = billing_first(1, "Europe/Moscow", at("UTC", 2016, 1, 20, 12));
    for (int n = 0; n < 20000; n++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        struct billing_month next = billing_next(&m, 1 + (int64_t)(seed >> 40) % 28,
                                                 zones[(seed >> 33) % ARRAY_LEN(zones)]);
        assert_int_equal(next.starts_at, m.ends_at);
        assert_true(next.ends_at > next.starts_at);
        assert_true(next.ends_at - next.starts_at <= 31 * DAY_MS + HOUR_MS);
        m = next.ends_at < at("UTC", 2036, 1, 1, 0)
                ? next
                : billing_first(1, "Europe/Moscow", at("UTC", 2016, 1, 20, 12));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_month),
        cmocka_unit_test(the_next_month_runs_to_the_first_new_day),
        cmocka_unit_test(twenty_years),
        cmocka_unit_test(restless_administrators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
