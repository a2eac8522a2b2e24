/* test_keyboard.c - buttons under a message: labels of one line that nobody can turn around */
#include "tests/unit/cases.h"

#include "bot-gateway/dialog/keyboard.h"

/* clang-format off */
static const struct { const char *label, *expect, *why; } rows[] = {
    {"Take",                 "\"text\":\"Take\"",      "as it is"},
    {"two\nlines",           "\"text\":\"two lines\"", "a label has one line"},
    {"\xe2\x80\xaeturned",   "\"text\":\"turned\"",    "marks that turn the direction go"},
    {"",                     "\"text\":\"\"",          "nothing to say"},
};
/* clang-format on */

static void labels_have_one_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        scoped(keyboard_fini) struct keyboard keyboard = {0};
        keyboard_add_text(&keyboard, rows[i].label, (struct pressed){.press = PRESS_menu});
        check_case(strstr(buf_text(&keyboard.rows), rows[i].expect) != NULL, rows[i].why);
        check_case(keyboard.has[PRESS_menu] && !keyboard.has[PRESS_help], rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_have_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
