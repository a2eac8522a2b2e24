/* test_parameters.c - which values the system parameters take, and what people are told about the
 * others */
#include "tests/unit/cases.h"

#include "common/wire/parameters.h"

static void defaults_are_the_documented_ones(void **state)
{
    (void)state;
    struct parameters p;
    parameters_init(&p);
    assert_int_equal(p.ASSIGNED_CONTRACTORS_TIME_LIMIT, 20);
    assert_int_equal(p.BILLING_DAY, 1);
    assert_int_equal(p.ORDER_RATE, 50000);
    assert_int_equal(p.MAX_ESTIMATE_HOURS, 24);
    assert_false(p.COMPENSATE_BREACH);
    assert_string_equal(p.TIME_ZONE, "Europe/Moscow");
    assert_string_equal(p.CURRENCY, "RUB");
    assert_string_equal(p.DEFAULT_LANGUAGE, "ru");
    assert_int_equal(parameters_check(&p, NULL), 0);
}

static void rows_are_complete(void **state)
{
    (void)state;
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        const struct parameter_row *row = &parameter_rows[i];
        check_case(parameter_find(row->name) == i, row->name);
        check_case(strlen(row->help) > 10, row->name);
        check_case(row->min <= row->max, row->name);
    }
    assert_int_equal(parameter_find("NO_SUCH"), -1);
}

#define LONG_ZONE_63 "Abcdefghi/bcdefghi/bcdefghi/bcdefghi/bcdefghi/bcdefghi/bcdefghi"

static void values(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *name, *value, *hint, *formatted, *why; } rows[] = {
    /*  name                               value            refused with                            printed as        why                    */
        {"BILLING_DAY",                    "28",            NULL,                                   "28",             "the last day every month has"},
        {"BILLING_DAY",                    "29",            "a whole number from 1 to 28",          NULL,             "no month of 28 days has it"},
        {"BILLING_DAY",                    "1.5",           "a whole number from 1 to 28",          NULL,             "not whole"},
        {"CONTRACTOR_REMIND_LIMIT",        "100",           NULL,                                   "100",            "a percentage"},
        {"CONTRACTOR_REMIND_LIMIT",        "101",           "a whole number from 1 to 100",         NULL,             "more than all"},
        {"CONTRACTOR_REMIND_LIMIT",        "20%",           "a whole number from 1 to 100",         NULL,             "the sign is not typed"},
        {"ORDER_RATE",                     "500",           NULL,                                   "500",            "whole roubles"},
        {"ORDER_RATE",                     "500,5",         NULL,                                   "500.50",         "kopecks"},
        {"ORDER_RATE",                     "0",             NULL,                                   "0",              "for nothing"},
        {"ORDER_RATE",                     "1000000",       NULL,                                   "1000000",        "the largest"},
        {"ORDER_RATE",                     "1000000.01",    "an amount from 0 to 1000000",          NULL,             "one kopeck too much"},
        {"ORDER_RATE",                     "-1",            "an amount from 0 to 1000000",          NULL,             "nobody pays for working"},
        {"COMPENSATE_BREACH",              "on",            NULL,                                   "on",             "a switch"},
        {"COMPENSATE_BREACH",              "true",          NULL,                                   "on",             "in JSON's word"},
        {"COMPENSATE_BREACH",              "off",           NULL,                                   "off",            "off"},
        {"COMPENSATE_BREACH",              "maybe",         "on or off",                            NULL,             "no third"},
        {"TIME_ZONE",                      "Asia/Almaty",   NULL,                                   "Asia/Almaty",    "another zone"},
        {"QUIET_HOURS",                    "22:00-08:00",   NULL,                                   "22:00-08:00",    "over midnight"},
        {"QUIET_HOURS",                    "00:00-23:59",   NULL,                                   "00:00-23:59",    "within a day"},
        {"QUIET_HOURS",                    "off",           NULL,                                   "off",            "never"},
        {"QUIET_HOURS",                    "on",            "hours like 22:00-08:00, or off",       NULL,             "which?"},
        {"QUIET_HOURS",                    "22:00-24:00",   "hours like 22:00-08:00, or off",       NULL,             "no such hour"},
        {"QUIET_HOURS",                    "2a:00-08:00",   "hours like 22:00-08:00, or off",       NULL,             "no number"},
        {"QUIET_HOURS",                    "22:60-08:00",   "hours like 22:00-08:00, or off",       NULL,             "no such minute"},
        {"QUIET_HOURS",                    "22:00+08:00",   "hours like 22:00-08:00, or off",       NULL,             "from what to what"},
        {"QUIET_HOURS",                    "08:00-08:00",   "hours like 22:00-08:00, or off",       NULL,             "never or always"},
        {"QUIET_HOURS",                    "8:00-9:00",     "hours like 22:00-08:00, or off",       NULL,             "two digits each"},
        {"TIME_ZONE",                      "Etc/GMT+3",     NULL,                                   "Etc/GMT+3",      "a sign in it"},
        {"TIME_ZONE",                      LONG_ZONE_63,    NULL,                                   LONG_ZONE_63,     "63 bytes"},
        {"TIME_ZONE",                      LONG_ZONE_63"x", "a time zone like Europe/Moscow",       NULL,             "64 bytes"},
        {"TIME_ZONE",                      "",              "a time zone like Europe/Moscow",       NULL,             "nothing"},
        {"TIME_ZONE",                      "../../passwd",  "a time zone like Europe/Moscow",       NULL,             "no way up"},
        {"TIME_ZONE",                      "/etc/passwd",   "a time zone like Europe/Moscow",       NULL,             "no way down"},
        {"TIME_ZONE",                      "Europe/",       "a time zone like Europe/Moscow",       NULL,             "half a name"},
        {"CURRENCY",                       "EUR",           NULL,                                   "EUR",            "a currency we know"},
        {"CURRENCY",                       "eur",           "one of RUB, USD, EUR, KZT, BYN, UZS, AMD, GEL", NULL,    "capitals only"},
        {"DEFAULT_LANGUAGE",               "en",            NULL,                                   "en",             "English"},
        {"DEFAULT_LANGUAGE",               "de",            "one of ru, en",                        NULL,             "not spoken yet"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct parameters p, before;
        struct err err = {0};
        parameters_init(&p);
        before = p;
        int rc = parameters_set(&p, rows[i].name, rows[i].value, &err);
        check_case(rc == (rows[i].hint ? -1 : 0), rows[i].why);
        if (rows[i].hint) {
            check_case(err.kind == ERR_INPUT, rows[i].why);
            check_case_text(err.text, rows[i].hint, rows[i].why);
            check_case(memcmp(&p, &before, sizeof(p)) == 0, "what is refused changes nothing");
            continue;
        }
        scoped(buf_fini) struct buf b = {0};
        parameter_format(&p, (enum parameter)parameter_find(rows[i].name), &b);
        check_case_text(buf_text(&b), rows[i].formatted, rows[i].why);
    }
}

static void two_languages_are_spoken(void **state)
{
    (void)state;
    assert_true(language_exists("ru"));
    assert_true(language_exists("en"));
    assert_false(language_exists("de"));
    assert_false(language_exists(""));
}

static void unknown_names_are_refused_with_the_nearest(void **state)
{
    (void)state;
    struct parameters p;
    struct err err;
    parameters_init(&p);
    assert_int_equal(parameters_set(&p, "BILING_DAY", "1", &err), -1);
    assert_int_equal(err.kind, ERR_REFUSED);
    assert_string_equal(err.text, "there is no parameter BILING_DAY, did you mean BILLING_DAY");
    assert_int_equal(parameters_set(&p, "MOON_PHASE", "1", &err), -1);
    assert_string_equal(err.text, "there is no parameter MOON_PHASE");
}

static void what_must_hold_between_them(void **state)
{
    (void)state;
    struct parameters p;
    struct err err;
    parameters_init(&p);
    assert_int_equal(parameters_set(&p, "MAX_ESTIMATE_HOURS", "8", &err), 0);
    assert_int_equal(parameters_check(&p, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(err.text, "DEFAULT_ESTIMATE_HOURS (24) at most MAX_ESTIMATE_HOURS (8)");
    assert_int_equal(parameters_set(&p, "DEFAULT_ESTIMATE_HOURS", "8", &err), 0);
    assert_int_equal(parameters_check(&p, &err), 0);
}

static void printed_values_are_read_again(void **state)
{
    (void)state;
    struct parameters p, q;
    parameters_init(&p);
    parameters_init(&q);
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        scoped(buf_fini) struct buf b = {0};
        parameter_format(&p, (enum parameter)i, &b);
        check_case_text(buf_text(&b), parameter_rows[i].fallback, parameter_rows[i].name);
        check_case(parameters_set(&q, parameter_rows[i].name, buf_text(&b), NULL) == 0,
                   parameter_rows[i].name);
    }
    assert_memory_equal(&p, &q, sizeof(p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_the_documented_ones),
        cmocka_unit_test(rows_are_complete),
        cmocka_unit_test(values),
        cmocka_unit_test(two_languages_are_spoken),
        cmocka_unit_test(unknown_names_are_refused_with_the_nearest),
        cmocka_unit_test(what_must_hold_between_them),
        cmocka_unit_test(printed_values_are_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
