/* test_format.c - instants, spans, money and people the way one says them */
#include "tests/unit/cases.h"

#include "bot-gateway/texts/format.h"
#include "common/base/clock.h"
#include "common/base/zone.h"

static struct reader reader(enum language language)
{
    return (struct reader){language, "Europe/Moscow", "Europe/Moscow",
                           zone_instant_ms("Europe/Moscow", 2026, 11, 22, 14, 0)};
}

/* clang-format off */
static const struct { int year, month, day, hour, minute; const char *ru, *en, *why; } instants[] = {
    {2026, 11, 22, 14, 35, "14:35",                   "14:35",                    "today"},
    {2026, 11, 22, 0,  5,  "00:05",                   "00:05",                    "today, past"},
    {2026, 11, 23, 9,  0,  "09:00 завтра",            "09:00 tomorrow",           "tomorrow"},
    {2026, 11, 21, 23, 59, "23:59 вчера",             "23:59 yesterday",          "yesterday"},
    {2026, 11, 24, 14, 35, "24 ноября 14:35",         "24 November 14:35",        "a day of this year"},
    {2027, 1,  2,  3,  4,  "2 января 2027, 03:04",    "2 January 2027, 03:04",    "another year"},
};
static const struct { int64_t ms; const char *ru, *en, *why; } spans[] = {
    {0,                              "меньше минуты",  "less than a minute", "nothing"},
    {29 * SECOND_MS,                 "меньше минуты",  "less than a minute", "seconds are not said"},
    {HOUR_MS - 2 * SECOND_MS,        "1 ч",            "1 h",                "to the nearest minute"},
    {45 * MINUTE_MS,                 "45 мин",         "45 min",             "minutes"},
    {80 * MINUTE_MS,                 "1 ч 20 мин",     "1 h 20 min",         "both"},
    {3 * HOUR_MS,                    "3 ч",            "3 h",                "whole hours"},
    {-3 * HOUR_MS,                   "3 ч",            "3 h",                "how late is as long as how early"},
    {DAY_MS,                         "1 день",         "1 day",              "one"},
    {2 * DAY_MS + 3 * HOUR_MS + 5 * MINUTE_MS, "2 дня 3 ч", "2 days 3 h",    "minutes do not matter then"},
    {5 * DAY_MS,                     "5 дней",         "5 days",             "many"},
    {21 * DAY_MS,                    "21 день",        "21 days",            "Russian has three forms"},
};
static const struct { int64_t minor; const char *currency, *ru, *en, *why; } sums[] = {
    {50000,    "RUB", "500\u00a0₽",           "500\u00a0₽",            "whole"},
    {50050,    "RUB", "500,50\u00a0₽",        "500.50\u00a0₽",         "with kopecks"},
    {5,        "RUB", "0,05\u00a0₽",          "0.05\u00a0₽",           "kopecks only"},
    {0,        "RUB", "0\u00a0₽",             "0\u00a0₽",              "nothing"},
    {-50000,   "RUB", "−500\u00a0₽",          "−500\u00a0₽",           "a correction"},
    {150000,   "RUB", "1500\u00a0₽",          "1500\u00a0₽",           "four digits stay together"},
    {1250000,  "USD", "12\u00a0500\u00a0$",   "12\u00a0500\u00a0$",    "thousands"},
    {123456789,"EUR", "1\u00a0234\u00a0567,89\u00a0€", "1\u00a0234\u00a0567.89\u00a0€", "millions"},
    {99900,    "XYZ", "999\u00a0XYZ",         "999\u00a0XYZ",          "a currency without a sign"},
};
static const struct { const char *name; int64_t telegram_id; const char *username, *phone, *html, *why; } contacts[] = {
    {"A <b>", 42, "ann", "+7 900", "<a href=\"tg://user?id=42\">A &lt;b&gt;</a> @ann, +7 900", "all of it"},
    {"A",     0,  NULL,  NULL,     "A",                                                     "a name alone"},
    {"A",     0,  "",    "",       "A",                                                     "empty is none"},
};
static const struct { const char *typed; int64_t minutes; const char *why; } times[] = {
    {"3", 180, "hours"}, {" 3 ", 180, "blanks around"}, {"1,5", 90, "a comma"}, {"1.25", 75, "a point"},
    {"2 ч", 120, "ч"}, {"2ч", 120, "without a blank"}, {"2 часа", 120, "часа"}, {"5 часов", 300, "часов"}, {"1 час", 60, "час"},
    {"90 мин", 90, "мин"}, {"90 минут", 90, "минут"}, {"1 минута", 1, "минута"}, {"30 мин.", 30, "with a dot"},
    {"2 ч 30 мин", 150, "both"}, {"1:30", 90, "a clock's way"}, {"2h", 120, "h"}, {"45 min", 45, "min"}, {"1 day", 1440, "a day"},
    {"2 дня", 2880, "дня"}, {"1 день", 1440, "день"},
    {"", -1, "nothing"}, {"скоро", -1, "no number"}, {"3 попугая", -1, "no unit of ours"}, {"0", -1, "no time at all"}, {"-3", -1, "negative"},
    {"2 ч 30", -1, "30 of what?"}, {"1:75", -1, "no such minute"}, {"1:", -1, "half a clock"}, {"1:30 ч", -1, "too much"}, {"3,", -1, "an open comma"},
    {"2 ч 1:30", -1, "a clock's way comes alone"}, {"0:00", -1, "no time at all, a clock's way"}, {"0:01", 1, "a minute, a clock's way"},
    {"1000000", -1, "more than anybody means"},
};
static const struct { const char *typed, *date, *why; } dates[] = {
    {"2026-12-31", "2026-12-31", "as computers write"}, {"31.12.2026", "2026-12-31", "as people write"}, {"1.2.2027", "2027-02-01", "short"},
    {" 31.12.2026 ", "2026-12-31", "blanks around"},
    {"31.02.2026", NULL, "no such day"}, {"29.02.2027", NULL, "no leap year"}, {"0.1.2026", NULL, "day zero"}, {"1.13.2026", NULL, "month 13"},
    {"1.0.2026", NULL, "month zero"}, {"32.1.2026", NULL, "day 32"}, {"29.02.2028", "2028-02-29", "a leap year"},
    {"1.1.1999", NULL, "long ago"}, {"1.1.2200", NULL, "far ahead"}, {"1.1.26", NULL, "a short year"}, {"31.12.2026x", NULL, "something behind"}, {"2026-12-31x", NULL, "something behind"},
    {"tomorrow", NULL, "words"}, {"", NULL, "nothing"},
};
/* clang-format on */

static void test_instants(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(instants); i++) {
        int64_t at = zone_instant_ms("Europe/Moscow", instants[i].year, instants[i].month,
                                     instants[i].day, instants[i].hour, instants[i].minute);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            struct reader r = reader((enum language)language);
            scoped(buf_fini) struct buf b = {0};
            format_instant(&r, at, &b);
            check_case_text(buf_text(&b), language == LANGUAGE_RU ? instants[i].ru : instants[i].en,
                            instants[i].why);
        }
    }
}

static void test_days(void **state)
{
    (void)state;
    struct reader r = reader(LANGUAGE_RU);
    scoped(buf_fini) struct buf b = {0};
    format_day(&r, zone_instant_ms("Europe/Moscow", 2026, 12, 1, 0, 0), &b);
    buf_add_char(&b, '|');
    format_day(&r, zone_instant_ms("Europe/Moscow", 2027, 1, 31, 0, 0), &b);
    assert_string_equal(b.data, "1 декабря|31 января 2027");
}

/* Times by the reader's own clock, days by the installation's. */
static void test_somebody_lives_elsewhere(void **state)
{
    (void)state;
    struct reader r = {LANGUAGE_RU, "Asia/Vladivostok", "Europe/Moscow",
                       zone_instant_ms("Europe/Moscow", 2026, 11, 30, 16, 30)};
    int64_t at = zone_instant_ms("Europe/Moscow", 2026, 11, 30, 17, 0);
    scoped(buf_fini) struct buf b = {0};
    format_instant(&r, at, &b);
    buf_add_char(&b, '|');
    format_day(&r, at, &b);
    buf_add_char(&b, '|');
    format_instant(&r, at - HOUR_MS * 7, &b);
    assert_string_equal(b.data, "00:00 завтра|30 ноября|17:00");
}

static void test_spans(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(spans); i++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            struct reader r = reader((enum language)language);
            scoped(buf_fini) struct buf b = {0};
            format_span(&r, spans[i].ms, &b);
            check_case_text(buf_text(&b), language == LANGUAGE_RU ? spans[i].ru : spans[i].en,
                            spans[i].why);
        }
    }
}

static void test_money(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sums); i++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            struct reader r = reader((enum language)language);
            scoped(buf_fini) struct buf b = {0};
            format_money(&r, sums[i].minor, sums[i].currency, &b);
            check_case_text(buf_text(&b), language == LANGUAGE_RU ? sums[i].ru : sums[i].en,
                            sums[i].why);
        }
    }
}

static void test_contacts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(contacts); i++) {
        scoped(buf_fini) struct buf b = {0};
        format_contact(contacts[i].name, contacts[i].telegram_id, contacts[i].username,
                       contacts[i].phone, &b);
        check_case_text(buf_text(&b), contacts[i].html, contacts[i].why);
    }
}

static void test_typed_times(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(times); i++) {
        check_case(format_parse_minutes(times[i].typed) == times[i].minutes, times[i].why);
    }
}

static void test_typed_dates(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
        char date[FORMAT_DATE_MAX];
        bool is_date = format_parse_date(dates[i].typed, date) == 0;
        check_case(is_date == (dates[i].date != NULL), dates[i].why);
        if (is_date) {
            check_case_text(date, dates[i].date, dates[i].why);
        }
    }
}

int main(void)
{
    catalogue_init(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_instants),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_somebody_lives_elsewhere),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_money),
        cmocka_unit_test(test_contacts),
        cmocka_unit_test(test_typed_times),
        cmocka_unit_test(test_typed_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
