/* test_cities.c - what people type to say where they live, and how their clock is called */
#include "tests/unit/cases.h"

#include "bot-gateway/texts/cities.h"

#define WINTER INT64_C(1795347300000) /* in November 2026 */

/* clang-format off */
static const struct { const char *typed, *zone, *why; } typed[] = {
    {"Москва",           "Europe/Moscow",     "a city of the list, in Russian"},
    {"ВЛАДИВОСТОК",      "Asia/Vladivostok",  "in capitals"},
    {" берлин.\n",       "Europe/Berlin",     "with what surrounds it"},
    {"kaliningrad",      "Europe/Kaliningrad","in English"},
    {"tomsk",            "Asia/Tomsk",        "another city of the tz database"},
    {"new york",         "America/New_York",  "of two words"},
    {"america/new york", "America/New_York",  "with its continent"},
    {"Port-au-Prince",   "America/Port-au-Prince", "with small words in it"},
    {"Africa/Dar_es_Salaam", "Africa/Dar_es_Salaam", "a name as the database has it"},
    {"japan",            "Japan",             "a name that stands alone"},
    {"UTC",              "UTC",               "UTC itself"},
    {"+7",               "Etc/GMT-7",         "a difference: its sign is the other way round there"},
    {"utc +5",           "Etc/GMT-5",         "with words"},
    {"UTC-3",            "Etc/GMT+3",         "to the west"},
    {"+0",               "Etc/GMT-0",         "none"},
    {"+15",              NULL,                "further than any"},
    {"+5:30",            NULL,                "half hours: a city is needed"},
    {"+",                NULL,                "a sign alone"},
    {"Атлантида",        NULL,                "nowhere"},
    {"",                 NULL,                "nothing"},
    {" . \n",            NULL,                "nearly nothing"},
    {"../../etc/passwd", NULL,                "a path"},
    {"a name that is longer than any of the tz database, at least if one takes its continent in", NULL, "too long"},
};
static const struct { const char *zone, *ru, *en, *why; } called[] = {
    {"Europe/Moscow",    "Москва (UTC+3)",      "Moscow (UTC+3)",      "a city of the list"},
    {"Asia/Tomsk",       "Tomsk (UTC+7)",       "Tomsk (UTC+7)",       "another one"},
    {"America/New_York", "New York (UTC−5)",    "New York (UTC−5)",    "to the west, of two words"},
    {"America/St_Johns", "St Johns (UTC−3:30)", "St Johns (UTC−3:30)", "a half hour"},
    {"Europe/London",    "Лондон (UTC)",        "London (UTC)",        "no difference"},
    {"Japan",            "Japan (UTC+9)",       "Japan (UTC+9)",       "without a continent"},
    {"Etc/GMT-7",        "UTC+7",               "UTC+7",               "a difference is its own name"},
    {"UTC",              "UTC",                 "UTC",                 "UTC itself"},
};
/* clang-format on */

static void test_what_people_type(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
        char zone[ZONE_NAME_MAX] = "";
        bool is_understood = city_parse_zone(typed[i].typed, zone) == 0;
        check_case(is_understood == (typed[i].zone != NULL), typed[i].why);
        if (is_understood) {
            check_case_text(zone, typed[i].zone, typed[i].why);
        }
    }
}

static void test_what_they_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(called); i++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            struct reader r = {(enum language)language, "UTC", "UTC", WINTER};
            scoped(buf_fini) struct buf said = {0};
            format_zone(&r, called[i].zone, &said);
            check_case_text(buf_text(&said), language == LANGUAGE_RU ? called[i].ru : called[i].en,
                            called[i].why);
        }
    }
}

static void test_whose_days(void **state)
{
    (void)state;
    struct reader at_home = {LANGUAGE_EN, "Europe/Moscow", "Europe/Moscow", WINTER};
    struct reader away = {LANGUAGE_EN, "Asia/Omsk", "Europe/Moscow", WINTER};
    scoped(buf_fini) struct buf said = {0};
    say_whose_days(&at_home, &said);
    assert_string_equal(buf_text(&said), "");
    say_whose_days(&away, &said);
    assert_string_equal(buf_text(&said), "\n🗓 Days and months by the time zone Moscow (UTC+3).");
}

/* Every city is there, has a number of its own, and none lies west of the one before. */
static void test_the_list(void **state)
{
    (void)state;
    for (size_t i = 0; i < city_count; i++) {
        const struct city *city = &cities[i];
        check_case(zone_exists(city->zone), city->zone);
        check_case(city_numbered(city->number) == city, city->name);
        check_case(i == 0 || zone_offset_minutes(cities[i - 1].zone, WINTER) <=
                                 zone_offset_minutes(city->zone, WINTER),
                   city->name);
        check_case(tr_or_null(LANGUAGE_RU, city->name) != NULL, city->name);
    }
    assert_null(city_numbered(0));
    assert_null(city_numbered(1000));
}

int main(void)
{
    catalogue_init(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_people_type),
        cmocka_unit_test(test_what_they_read),
        cmocka_unit_test(test_whose_days),
        cmocka_unit_test(test_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
