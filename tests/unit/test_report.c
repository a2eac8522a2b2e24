/* test_report.c - shares and numbers as people read them; a picture and a workbook of every kind of
 * month */
#include "bot-gateway/reports/report.h"

#include "bot-gateway/reports/chart.h"
#include "bot-gateway/reports/sketch.h"
#include "bot-gateway/reports/workbook.h"
#include "common/base/text.h"
#include "tests/unit/cases.h"

static const struct reader russian = {LANGUAGE_RU, "Europe/Moscow", "Europe/Moscow",
                                      INT64_C(1796072400000)};
static const struct reader english = {LANGUAGE_EN, "Europe/Moscow", "Europe/Moscow",
                                      INT64_C(1796072400000)};

static void test_a_share_is_rounded_down(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { int64_t kept, all; const char *expect, *why; } rows[] = {
        {0,    0,    "–",             "no promise was to be kept"},
        {0,    3,    "0\u00a0%",      "none was kept"},
        {1,    3,    "33,3\u00a0%",   "a tenth is said"},
        {1,    2,    "50\u00a0%",     "but no zero"},
        {9999, 10000, "99,9\u00a0%",  "all but one are not all"},
        {7,    7,    "100\u00a0%",    "all"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        scoped(buf_fini) struct buf said = {0};
        report_format_share(&russian, report_per_mille(rows[i].kept, rows[i].all), &said);
        check_case(str_eq(buf_text(&said), rows[i].expect), rows[i].why);
    }
}

static void test_hundredths_are_said_if_there_are_any(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { int64_t number; const char *expect; } rows[] = {
        {0, "0"}, {5, "0.05"}, {50, "0.50"}, {1275, "12.75"}, {400, "4"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        scoped(buf_fini) struct buf said = {0};
        report_format_hundredths(&english, rows[i].number, &said);
        assert_string_equal(buf_text(&said), rows[i].expect);
    }
}

static void test_a_month_is_said_by_its_days(void **state)
{
    (void)state;
    scoped(buf_fini) struct buf said = {0};
    report_format_days(&russian, INT64_C(1793480400000), INT64_C(1796072400000), &said);
    assert_string_equal(buf_text(&said), "1 ноября – 30 ноября");
}

/* ---- pictures and workbooks ---- */

static struct report *month_of(size_t people)
{
    struct report *r = report_new(&russian);
    r->exists = true;
    r->totals = (struct report_totals){
        .starts_at = INT64_C(1793480400000), .ends_at = INT64_C(1796072400000), .currency = "RUB"};
    r->payouts = xcalloc(people + 1, sizeof *r->payouts);
    r->clients = xcalloc(people + 1, sizeof *r->clients);
    r->entries = xcalloc(people + 1, sizeof *r->entries);
    for (size_t i = 0; i < people; i++) {
        int64_t n = (int64_t)i;
        r->payouts[i] = (struct report_payout){xstrdup("Имя \u202e<b>&\t"), n, n * 100 - 300,
                                               n % 2 ? n * 100 : 0, 0};
        r->clients[i] = (struct report_client){xstrdup(""), n, n, n / 2, n, 0, n % 3, 150};
        r->entries[i] = (struct report_entry){r->totals.starts_at + n, n % 2 ? 1000 + n : 0,
                                              xstrdup("Имя"), xstrdup("=1+1"), n};
        r->load[i % 7][i % 24] += n * 10;
    }
    r->payout_count = r->client_count = r->entry_count = people;
    return r;
}

static void test_any_month_can_be_drawn(void **state)
{
    (void)state;
    static const size_t people[] = {0, 1, 8, 9, 300};
    for (size_t i = 0; i < ARRAY_LEN(people); i++) {
        scoped(report_free) struct report *r = month_of(people[i]);
        for (int dark = 0; dark < 2; dark++) {
            scoped(buf_fini) struct buf png = {0};
            assert_int_equal(chart_draw(r, dark, &png), 0);
            assert_memory_equal(png.data, "\x89PNG", 4);
        }
    }
    sketch_forget();
}

static void test_any_month_can_be_written(void **state)
{
    (void)state;
    static const size_t people[] = {0, 1, 300};
    for (size_t i = 0; i < ARRAY_LEN(people); i++) {
        scoped(report_free) struct report *r = month_of(people[i]);
        scoped(buf_fini) struct buf xlsx = {0};
        struct err err;
        assert_int_equal(workbook_write(r, &xlsx, &err), 0);
        assert_memory_equal(xlsx.data, "PK", 2);
    }
}

int main(void)
{
    catalogue_init(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_share_is_rounded_down),
        cmocka_unit_test(test_hundredths_are_said_if_there_are_any),
        cmocka_unit_test(test_a_month_is_said_by_its_days),
        cmocka_unit_test(test_any_month_can_be_drawn),
        cmocka_unit_test(test_any_month_can_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
