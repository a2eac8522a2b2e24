/* test_digests.c - when the next digest is due */
#include "order-engine/rules/digests.h"

#include "common/base/clock.h"
#include "common/base/zone.h"
#include "tests/unit/cases.h"

static void test_the_next_morning(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { enum digest every; int from[5], to[5]; const char *zone; int64_t billing_day; const char *why; } rows[] = {
        {DIGEST_DAY,   {2026, 11, 22, 8, 59}, {2026, 11, 22, 9, 0}, "Europe/Moscow",    1,  "today, before the hour"},
        {DIGEST_DAY,   {2026, 11, 22, 9, 0},  {2026, 11, 23, 9, 0}, "Europe/Moscow",    1,  "at the hour itself: tomorrow"},
        {DIGEST_DAY,   {2026, 12, 31, 23, 0}, {2027, 1, 1, 9, 0},   "Europe/Moscow",    1,  "over the year's end"},
        {DIGEST_DAY,   {2026, 3, 28, 12, 0},  {2026, 3, 29, 9, 0},  "Europe/Berlin",    1,  "over a night of 23 hours"},
        {DIGEST_WEEK,  {2026, 11, 22, 12, 0}, {2026, 11, 23, 9, 0}, "Europe/Moscow",    1,  "Sunday: tomorrow is Monday"},
        {DIGEST_WEEK,  {2026, 11, 23, 8, 0},  {2026, 11, 23, 9, 0}, "Europe/Moscow",    1,  "Monday, before the hour"},
        {DIGEST_WEEK,  {2026, 11, 23, 9, 0},  {2026, 11, 30, 9, 0}, "Europe/Moscow",    1,  "Monday, at the hour: in a week"},
        {DIGEST_MONTH, {2026, 11, 22, 12, 0}, {2026, 12, 1, 9, 0},  "Europe/Moscow",    1,  "the first of the next month"},
        {DIGEST_MONTH, {2026, 1, 28, 10, 0},  {2026, 2, 28, 9, 0},  "Asia/Vladivostok", 28, "a billing month that begins on its last day"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct parameters p = {.BILLING_DAY = rows[i].billing_day};
        snprintf(p.TIME_ZONE, sizeof p.TIME_ZONE, "%s", rows[i].zone);
        const int *f = rows[i].from, *t = rows[i].to;
        int64_t now = zone_instant_ms(rows[i].zone, f[0], f[1], f[2], f[3], f[4]);
        int64_t expect = zone_instant_ms(rows[i].zone, t[0], t[1], t[2], t[3], t[4]);
        check_case(digest_next(rows[i].every, &p, now) == expect, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_next_morning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
