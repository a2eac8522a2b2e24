/* test_what_if.c - what replay is asked to change, and the table it answers with */
#include "cases.h"
#include "common/base/clock.h"
#include "ctl/what_if.h"

static void a_tariffs_fields_are_read(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *text, *name;
        int64_t reaction_minutes, rate_minor, may_pin;
    } cases[] = {
        {"VIP.reaction_minutes=30", "VIP",      30,    -1, -1},
        {"VIP.rate=650.50",         "VIP",      -1, 65050, -1},
        {"VIP.may_pin=off",         "VIP",      -1,    -1,  0},
        {"VIP.may_pin=on",          "VIP",      -1,    -1,  1},
        {"No. 1.rate=0",            "No. 1",    -1,     0, -1},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct tariff_change change;
        struct err err;
        check_case(tariff_change_parse(cases[i].text, &change, &err) == 0, cases[i].text);
        check_case_text(change.name, cases[i].name, cases[i].text);
        check_case(change.reaction_minutes == cases[i].reaction_minutes, cases[i].text);
        check_case(change.rate_minor == cases[i].rate_minor, cases[i].text);
        check_case(change.may_pin == cases[i].may_pin, cases[i].text);
        tariff_change_fini(&change);
    }
}

static void a_tariffs_calendar_is_read(void **state)
{
    (void)state;
    struct tariff_change change;
    struct err err;
    assert_int_equal(tariff_change_parse("VIP.calendar=Office", &change, &err), 0);
    assert_string_equal(change.calendar, "Office");
    assert_int_equal(change.may_pin, -1);
    tariff_change_fini(&change);
}

static void what_is_no_field_of_a_tariff_is_explained(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"VIP",                      "is not like VIP.reaction_minutes=30"         },
        {"VIP=3",                    "is not like VIP.reaction_minutes=30"         },
        {".rate=3",                  "is not like VIP.reaction_minutes=30"         },
        {"VIP.colour=3",             "reaction_minutes, rate, may_pin and calendar"},
        {"VIP.reaction_minutes=0",   "a whole number from 1 to 43200"              },
        {"VIP.reaction_minutes=ten", "a whole number from 1 to 43200"              },
        {"VIP.rate=-1",              "an amount, such as 500 or 500.50"            },
        {"VIP.may_pin=maybe",        "on or off"                                   },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct tariff_change change;
        struct err err;
        check_case(tariff_change_parse(cases[i][0], &change, &err) == -1, cases[i][0]);
        check_case(err.kind == ERR_INPUT && strstr(err.text, cases[i][1]) != NULL, cases[i][0]);
    }
}

static void a_parameter_is_set_at_every_time(void **state)
{
    (void)state;
    struct terms_since items[2] = {{.at = 0}, {.at = 5}};
    struct err err;
    assert_int_equal(terms_set(items, 2, "AUTO_CLOSE_HOURS=7", &err), 0);
    assert_int_equal(items[0].parameters.AUTO_CLOSE_HOURS, 7);
    assert_int_equal(items[1].parameters.AUTO_CLOSE_HOURS, 7);
    static const char *const bad[] = {"AUTO_CLOSE_HOURS", "AUTO_CLOSE=7", "AUTO_CLOSE_HOURS=often"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        check_case(terms_set(items, 2, bad[i], &err) == -1, bad[i]);
        check_case(err.kind == ERR_INPUT, bad[i]);
    }
}

/* ---- sums ---- */

static const struct outcome recorded = {
    .alerts = {[CAUSE_LATE] = 1, [CAUSE_UNREACHABLE] = 2},
    .repeats = 3,
    .work_breaches = 1,
    .payouts = 1,
    .paid_minor = 50000,
    .opened_at = 0
};

static struct rerun_result result_of(int64_t was_opened, int64_t is_opened)
{
    struct rerun_result result = {.as_was = recorded, .what_if = recorded};
    result.as_was.alerts[CAUSE_UNREACHABLE] = result.what_if.alerts[CAUSE_UNREACHABLE] = 0;
    result.as_was.opened_at = was_opened;
    result.what_if.opened_at = is_opened;
    return result;
}

static void the_past_is_before_and_the_other_terms_are_after(void **state)
{
    (void)state;
    struct what_if_report report = {0};
    struct rerun_result result = result_of(1 + 30 * MINUTE_MS, 1);
    scoped(buf_fini) struct buf text = {0}, json = {0};
    result.what_if.paid_minor = 40050;
    result.what_if.repeats = 7;
    result.waited = 1;
    result.left_out = 2;
    report_add(&report, &recorded, &result, "RUB");
    result = result_of(1, 1 + 20 * MINUTE_MS);
    report_add(&report, &recorded, &result, "RUB");
    result = result_of(0, 5);
    report_add(&report, &recorded, &result, "EUR");
    result = result_of(5, 0);
    report_add(&report, &recorded, &result, "EUR");
    result = result_of(0, 0);
    report_add(&report, &recorded, &result, "EUR");
    assert_int_equal(report.opened_earlier, 2);
    assert_int_equal(report.opened_later, 2);

    report_add_text(&report, &text);
    static const char *const lines[] = {
        "alerts late                           5              5              0\n",
        "alerts unreachable                   10             10              0\n",
        "alerts repeated                      15             19             +4\n",
        "paid in RUB                     1000.00         900.50         -99.50\n",
        "payouts in EUR                        3              3              0\n",
        "\n5 orders run again\n",
        "2 orders open to all earlier, by 15 min on average\n",
        "2 orders open to all later, by 10 min on average\n",
        "1 takings waited until the order was open\n",
        "2 things done were not possible any more and are left out\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        check_case(strstr(buf_text(&text), lines[i]) != NULL, lines[i]);
    check_case(strstr(buf_text(&text), "neither column") == NULL, "nothing is strange");

    report_add_json(&report, &json);
    check_case(strstr(buf_text(&json), "\"paid in RUB\": {\"before\": 100000, \"after\": 90050}") !=
                   NULL,
               "JSON");
    check_case(strstr(buf_text(&json), "{\"orders\": 5, \"strange\": 0, \"left_out\": 2, "
                                       "\"waited\": 1, \"opened_earlier\": 2") != NULL,
               "JSON");
}

static void what_the_rules_do_not_lead_to_stands_in_neither_column(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *why;
        size_t      offset;
    } cases[] = {
        {"alerts",           offsetof(struct outcome, alerts)},
        {"repeats",          offsetof(struct outcome, repeats)},
        {"reaction_breaches",offsetof(struct outcome, reaction_breaches)},
        {"work_breaches",    offsetof(struct outcome, work_breaches)},
        {"closed_by_itself", offsetof(struct outcome, closed_by_itself)},
        {"compensated",      offsetof(struct outcome, compensated)},
        {"payouts",          offsetof(struct outcome, payouts)},
        {"paid_minor",       offsetof(struct outcome, paid_minor)},
    };
    /* clang-format on */
    struct what_if_report report = {0};
    struct rerun_result result = result_of(0, 0);
    result.strange = true;
    report_add(&report, &recorded, &result, "RUB");
    assert_int_equal(report.strange, 1);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t number;
        result = result_of(0, 0);
        memcpy(&number, (char *)&result.as_was + cases[i].offset, sizeof number);
        number += 9;
        memcpy((char *)&result.as_was + cases[i].offset, &number, sizeof number);
        report_add(&report, &recorded, &result, "RUB");
        check_case(report.strange == (int64_t)i + 2, cases[i].why);
    }
    scoped(buf_fini) struct buf text = {0};
    report_add_text(&report, &text);
    assert_non_null(strstr(buf_text(&text), "9 orders were recorded by other rules"));
    assert_int_equal(report.before.money_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tariffs_fields_are_read),
        cmocka_unit_test(a_tariffs_calendar_is_read),
        cmocka_unit_test(what_is_no_field_of_a_tariff_is_explained),
        cmocka_unit_test(a_parameter_is_set_at_every_time),
        cmocka_unit_test(the_past_is_before_and_the_other_terms_are_after),
        cmocka_unit_test(what_the_rules_do_not_lead_to_stands_in_neither_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
