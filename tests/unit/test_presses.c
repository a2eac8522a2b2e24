/* test_presses.c - callback_data: what is made is read again, and nothing else is */
#include "tests/unit/cases.h"

#include "bot-gateway/dialog/presses.h"

/* clang-format off */
static const struct { const char *data; bool is_good; enum press press; int64_t order_id, arg; const char *why; } parses[] = {
    {"menu",                          true,  PRESS_menu,       0,    0,  "no arguments"},
    {"take:1024",                     true,  PRESS_take,       1024, 0,  "an order"},
    {"take_for:1024:3",               true,  PRESS_take_for,   1024, 3,  "an order and a number"},
    {"orders:2",                      true,  PRESS_orders,     0,    2,  "a number only"},
    {"accept:1024:0",                 true,  PRESS_accept,     1024, 0,  "zero is a number"},
    {"take:999999999999999999",       true,  PRESS_take,       999999999999999999, 0, "eighteen digits"},
    {"",                              false, 0, 0, 0, "nothing"},
    {"men",                           false, 0, 0, 0, "a prefix"},
    {"menus",                         false, 0, 0, 0, "more than a name"},
    {"menu:1",                        false, 0, 0, 0, "an argument too many"},
    {"menu:",                         false, 0, 0, 0, "an empty argument too many"},
    {"take",                          false, 0, 0, 0, "an argument is missing"},
    {"take:",                         false, 0, 0, 0, "an empty argument"},
    {"take:x",                        false, 0, 0, 0, "no number"},
    {"take:-1",                       false, 0, 0, 0, "a sign"},
    {"take:01",                       false, 0, 0, 0, "a leading zero"},
    {"take:1024 ",                    false, 0, 0, 0, "something behind it"},
    {"take:1:2",                      false, 0, 0, 0, "an argument too many"},
    {"take_for:1024",                 false, 0, 0, 0, "the second argument is missing"},
    {"take_for:1024:",                false, 0, 0, 0, "the second argument is empty"},
    {"take:1000000000000000000",      false, 0, 0, 0, "nineteen digits"},
    {":1",                            false, 0, 0, 0, "no name"},
    {"TAKE:1",                        false, 0, 0, 0, "another case"},
};
/* clang-format on */

static void test_parses(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(parses); i++) {
        struct pressed p = {0};
        bool is_good = press_parse(parses[i].data, &p) == 0;
        check_case(is_good == parses[i].is_good, parses[i].why);
        if (is_good) {
            check_case(p.press == parses[i].press && p.order_id == parses[i].order_id &&
                           p.arg == parses[i].arg,
                       parses[i].why);
        }
    }
}

static void test_every_press_is_read_as_it_was_made(void **state)
{
    (void)state;
    for (int i = 0; i < PRESS_COUNT; i++) {
        struct pressed made = {(enum press)i, 999999999999999999, 999999999999999999}, read;
        enum press_args args = press_rows[i].args;
        if (args == PRESS_NONE || args == PRESS_ARG) {
            made.order_id = 0;
        }
        if (args == PRESS_NONE || args == PRESS_ORDER) {
            made.arg = 0;
        }
        char data[PRESS_DATA_MAX];
        press_format(made, data);
        check_case(strlen(data) <= 64, press_rows[i].name);
        check_case(press_parse(data, &read) == 0, press_rows[i].name);
        check_case(read.press == made.press && read.order_id == made.order_id &&
                       read.arg == made.arg,
                   press_rows[i].name);
    }
}

static void test_rows_are_complete(void **state)
{
    (void)state;
    for (int i = 0; i < PRESS_COUNT; i++) {
        check_case(press_rows[i].what && *press_rows[i].what, press_rows[i].name);
        check_case(press_rows[i].who != 0, press_rows[i].name);
        check_case(press_rows[i].action != ACTION_SHOW || press_rows[i].screen != SCREEN_none,
                   press_rows[i].name);
        for (int j = 0; j < i; j++) {
            check_case(!str_eq(press_rows[i].name, press_rows[j].name), press_rows[i].name);
        }
    }
}

/* Where buttons are made. */
static const char *const makers[] = {
    "bot-gateway/dialog/screens.c",           "bot-gateway/dialog/screens_client.c",
    "bot-gateway/dialog/screens_everybody.c", "bot-gateway/dialog/screens_contractor.c",
    "bot-gateway/dialog/screens_manager.c",   "bot-gateway/dialog/screens_owner.c",
    "bot-gateway/dialog/screens_rescue.c",    "bot-gateway/dialog/reasons.c",
    "bot-gateway/dialog/screens_people.c",    "bot-gateway/dialog/screens_stranger.c",
    "bot-gateway/dialog/screens_accounts.c",  "bot-gateway/dialog/actions_admission.c",
    "bot-gateway/texts/order_card.c",         "bot-gateway/texts/notice_table.c",
    "bot-gateway/dialog/screens_reports.c",   "bot-gateway/dialog/actions_group.c",
    "bot-gateway/dialog/screens_desk.c",
};

static char *read_source(const char *name)
{
    scoped(str_free) char *path = xasprintf("%s/%s", SUITE_SOURCE_DIR, name);
    FILE *f = fopen(path, "re");
    assert_non_null(f);
    char *text = NULL;
    size_t size = 0;
    assert_true(getdelim(&text, &size, '\0', f) > 0);
    fclose(f);
    return text;
}

static bool mentions(const char *source, const char *press)
{
    scoped(str_free) char *word = xasprintf("PRESS_%s", press);
    size_t len = strlen(word);
    for (const char *p = source; (p = strstr(p, word)); p += len) {
        if (!strchr("abcdefghijklmnopqrstuvwxyz_", p[len])) {
            return true;
        }
    }
    return false;
}

static void test_every_press_is_on_some_screen(void **state)
{
    (void)state;
    bool seen[PRESS_COUNT] = {0};
    for (size_t i = 0; i < ARRAY_LEN(makers); i++) {
        scoped(str_free) char *source = read_source(makers[i]);
        for (int press = 0; press < PRESS_COUNT; press++) {
            seen[press] |= mentions(source, press_rows[press].name);
        }
    }
    for (int press = 0; press < PRESS_COUNT; press++) {
        check_case(seen[press], press_rows[press].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parses),
        cmocka_unit_test(test_every_press_is_read_as_it_was_made),
        cmocka_unit_test(test_rows_are_complete),
        cmocka_unit_test(test_every_press_is_on_some_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
