/* test_bot_commands.c - slash commands: which one a text begins with, and the menu of each role */
#include "tests/unit/cases.h"

#include "bot-gateway/dialog/bot_commands.h"

/* clang-format off */
static const struct { const char *text, *name, *rest, *why; } finds[] = {
    {"/new",                 "new",   "",            "a command alone"},
    {"/new printer",         "new",   "printer",     "words behind it"},
    {"/new \n printer",      "new",   "printer",     "blanks between do not count"},
    {"/start AbC-1",         "start", "AbC-1",       "an invite's token"},
    {"/new@help_bot",        "new",   "",            "meant for us"},
    {"/new@Help_Bot printer","new",   "printer",     "a bot's name in any case"},
    {"/new@help_bots",       NULL,    NULL,          "another bot, a longer name"},
    {"/new@held_bot",        NULL,    NULL,          "another bot, as long a name"},
    {"/new@",                NULL,    NULL,          "a bot without a name"},
    {"/ne",                  NULL,    NULL,          "a prefix is not the name"},
    {"/news",                NULL,    NULL,          "nor is a name a prefix"},
    {"/NEW",                 NULL,    NULL,          "nor is another case"},
    {"/",                    NULL,    NULL,          "no name"},
    {"new",                  NULL,    NULL,          "no slash"},
    {" /new",                NULL,    NULL,          "a command begins the text"},
    {"",                     NULL,    NULL,          "nothing"},
};
/* clang-format on */

static void test_finds(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(finds); i++) {
        const char *rest = NULL;
        const struct bot_command *command = bot_command_find(finds[i].text, "help_bot", &rest);
        check_case((command != NULL) == (finds[i].name != NULL), finds[i].why);
        if (command) {
            check_case_text(command->name, finds[i].name, finds[i].why);
            check_case_text(rest, finds[i].rest, finds[i].why);
        }
    }
}

static void test_every_command_is_found_by_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < bot_command_count; i++) {
        scoped(str_free) char *text = xasprintf("/%s", bot_commands[i].name);
        const char *rest;
        check_case(bot_command_find(text, "help_bot", &rest) == &bot_commands[i], text);
    }
}

#define MENU_END(chat) "],\"scope\":{\"type\":\"chat\",\"chat_id\":" chat "}}"

static void test_a_menu_has_what_the_roles_may(void **state)
{
    (void)state;
    scoped(buf_fini) struct buf client = {0}, stranger = {0};
    bot_commands_menu(LANGUAGE_RU, ROLE_CLIENT, 42, &client);
    assert_string_equal(
        client.data, "{\"commands\":[{\"command\":\"menu\",\"description\":\"Главное меню\"},"
                     "{\"command\":\"new\",\"description\":\"Новый заказ\"},"
                     "{\"command\":\"orders\",\"description\":\"Мои заказы\"},"
                     "{\"command\":\"settings\",\"description\":\"Настройки\"},"
                     "{\"command\":\"language\",\"description\":\"Язык\"},"
                     "{\"command\":\"help\",\"description\":\"Как это работает\"}" MENU_END("42"));
    bot_commands_menu(LANGUAGE_EN, 0, -7, &stranger);
    assert_string_equal(stranger.data, "{\"commands\":[" MENU_END("-7"));
    scoped(buf_fini) struct buf none = {0};
    bot_commands_no_menu(42, &none);
    assert_string_equal(none.data, "{\"scope\":{\"type\":\"chat\",\"chat_id\":42}}");
}

static void test_a_menus_key_tells_language_and_roles(void **state)
{
    (void)state;
    char key[BOT_MENU_KEY_MAX];
    bot_commands_menu_key(LANGUAGE_RU, ROLE_CLIENT | ROLE_MANAGER, key);
    assert_string_equal(key, "ru:5");
    bot_commands_menu_key(LANGUAGE_EN, ANYBODY, key);
    assert_int_equal(strncmp(key, "en:", 3), 0);
}

int main(void)
{
    catalogue_init(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds),
        cmocka_unit_test(test_every_command_is_found_by_its_name),
        cmocka_unit_test(test_a_menu_has_what_the_roles_may),
        cmocka_unit_test(test_a_menus_key_tells_language_and_roles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
