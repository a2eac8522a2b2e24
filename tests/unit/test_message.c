/* test_message.c - the buttons under a message, and one Telegram call as JSON */
#include "tests/unit/cases.h"

#include "bot-gateway/texts/message.h"

#define BUTTON(text, data) "{\"text\":\"" text "\",\"callback_data\":\"" data "\"}"
#define KEYBOARD(rows) "{\"inline_keyboard\":[" rows "]}"

static const struct pressed menu = {PRESS_menu, 0, 0}, take = {PRESS_take, 1024, 0},
                            orders = {PRESS_orders, 0, 0};

static void check_printed(struct keyboard *k, const char *expect, const char *why)
{
    scoped(buf_fini) struct buf json = {0};
    keyboard_print(k, &json);
    check_case_text(json.data, expect, why);
    keyboard_fini(k);
}

static void test_buttons_stand_in_rows(void **state)
{
    (void)state;
    struct keyboard k = {.language = LANGUAGE_RU};
    check_printed(&k, KEYBOARD(""), "no buttons");

    keyboard_row(&k);
    keyboard_add(&k, "Main menu", menu);
    keyboard_add_text(&k, "№1024", take);
    keyboard_row(&k);
    keyboard_row(&k);
    keyboard_add(&k, "Main menu", menu);
    assert_true(k.has[PRESS_menu] && k.has[PRESS_take] && !k.has[PRESS_send]);
    check_printed(&k,
                  KEYBOARD("[" BUTTON("Главное меню", "menu") "," BUTTON(
                      "№1024", "take:1024") "],[" BUTTON("Главное меню", "menu") "]"),
                  "two rows; an empty one is none");
    assert_int_equal(k.language, LANGUAGE_RU);
    assert_true(!k.has[PRESS_menu] && k.in_row == 0);
}

/* clang-format off */
static const struct { const char *text, *label, *why; } labels[] = {
    {"a\nb",                                       "a b",                                      "one line"},
    {"\"a\"",                                      "\\\"a\\\"",                                "quotes"},
    {"1234567890123456789012345678901234567890",   "1234567890123456789012345678901234567890", "as much as fits"},
    {"12345678901234567890123456789012345678901",  "123456789012345678901234567890123456789…", "one more"},
};
/* clang-format on */

static void test_labels_fit_a_button(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
        struct keyboard k = {.language = LANGUAGE_EN};
        keyboard_add_text(&k, labels[i].text, menu);
        scoped(str_free) char *expect =
            xasprintf(KEYBOARD("[" BUTTON("%s", "menu") "]"), labels[i].label);
        check_printed(&k, expect, labels[i].why);
    }
}

#define PAGES(back, here, at, forth)                                               \
    "[" BUTTON("◀", "orders:" back) "," BUTTON(here, "orders:" at) "," BUTTON("▶", \
                                                                              "orders:" forth) "]"

/* clang-format off */
static const struct { int64_t page, pages; const char *rows, *why; } pagings[] = {
    {0, 0, "",                            "no page"},
    {0, 1, "",                            "one page"},
    {0, 3, PAGES("2", "1 / 3", "0", "1"), "before the first comes the last"},
    {1, 3, PAGES("0", "2 / 3", "1", "2"), "amid"},
    {2, 3, PAGES("1", "3 / 3", "2", "0"), "after the last comes the first"},
};
/* clang-format on */

static void test_pages_are_turned(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pagings); i++) {
        struct keyboard k = {.language = LANGUAGE_EN};
        keyboard_pages(&k, orders, pagings[i].page, pagings[i].pages);
        scoped(str_free) char *expect = xasprintf(KEYBOARD("%s"), pagings[i].rows);
        check_printed(&k, expect, pagings[i].why);
    }
}

#define SEND "{\"method\":\"sendMessage\""
#define EDIT "{\"method\":\"editMessageText\",\"message_id\":7"
#define BODY                                             \
    ",\"text\":\"<b>a</b>\\n\",\"parse_mode\":\"HTML\"," \
    "\"link_preview_options\":{\"is_disabled\":true}"

/* clang-format off */
static const struct { int64_t message_id; enum { NO_KEYBOARD, NO_BUTTONS, A_BUTTON } has; const char *json, *why; } calls[] = {
    {0, NO_KEYBOARD, SEND BODY "}",                                                                "a message"},
    {0, NO_BUTTONS,  SEND BODY "}",                                                                "there is nothing to take away"},
    {0, A_BUTTON,    SEND BODY ",\"reply_markup\":" KEYBOARD("[" BUTTON("x", "menu") "]") "}",     "with a button"},
    {7, NO_KEYBOARD, EDIT BODY "}",                                                                "an edit"},
    {7, NO_BUTTONS,  EDIT BODY ",\"reply_markup\":" KEYBOARD("") "}",                              "takes the old buttons away"},
    {7, A_BUTTON,    EDIT BODY ",\"reply_markup\":" KEYBOARD("[" BUTTON("x", "menu") "]") "}",     "with another button"},
};
/* clang-format on */

static void test_calls(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
        scoped(keyboard_fini) struct keyboard k = {.language = LANGUAGE_EN};
        if (calls[i].has == A_BUTTON) {
            keyboard_add_text(&k, "x", menu);
        }
        scoped(buf_fini) struct buf json = {0};
        message_print(&json, calls[i].message_id, "<b>a</b>\n",
                      calls[i].has == NO_KEYBOARD ? NULL : &k);
        check_case_text(json.data, calls[i].json, calls[i].why);
    }
}

static void test_a_caption_is_corrected(void **state)
{
    (void)state;
    scoped(keyboard_fini) struct keyboard k = {.language = LANGUAGE_EN};
    scoped(buf_fini) struct buf json = {0};
    keyboard_add_text(&k, "x", menu);
    message_print_caption(&json, 7, "a", &k);
    assert_string_equal(json.data, "{\"method\":\"editMessageCaption\",\"message_id\":7,"
                                   "\"caption\":\"a\",\"parse_mode\":\"HTML\","
                                   "\"reply_markup\":" KEYBOARD("[" BUTTON("x", "menu") "]") "}");
}

/* clang-format off */
static const struct { const char *line; bool is_good, is_text; int64_t chat_id, message_id; const char *why; } lines[] = {
    {"photo AgAC 42 7",  true,  false, 42,  7, "a file"},
    {"text - -42 7",     true,  true,  -42, 7, "a message's words, in a group"},
    {"texts - 42 7",     true,  false, 42,  7, "a longer kind"},
    {"photo AgAC 42",    false, false, 0,   0, "no message"},
    {"photo AgAC x 7",   false, false, 0,   0, "no number"},
    {"photo",            false, false, 0,   0, "a kind alone"},
    {"",                 false, false, 0,   0, "nothing"},
};
/* clang-format on */

static void test_files_have_an_address(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        int64_t chat_id = 0, message_id = 0;
        scoped(buf_fini) struct buf json = {0};
        bool is_good = message_address(lines[i].line, &chat_id, &message_id) == 0;
        check_case(is_good == lines[i].is_good, lines[i].why);
        check_case(chat_id == lines[i].chat_id && message_id == lines[i].message_id, lines[i].why);
        check_case(message_is_line_of("text", lines[i].line) == lines[i].is_text, lines[i].why);
        check_case((message_print_copy(&json, lines[i].line) == 0) == is_good, lines[i].why);
        scoped(str_free) char *copy =
            xasprintf("{\"method\":\"copyMessage\",\"from_chat_id\":%lld,\"message_id\":%lld%s}",
                      (long long)chat_id, (long long)message_id,
                      message_has_caption(lines[i].line) ? ",\"caption\":\"\"" : "");
        check_case_text(buf_text(&json), is_good ? copy : "", lines[i].why);
    }
}

/* clang-format off */
static const struct { const char *line; bool has_caption, joins_albums; const char *why; } kinds[] = {
    {"photo A 1 2",    true,  true,  "a picture"},
    {"voice A 1 2",    true,  false, "stands alone"},
    {"location - 1 2", false, false, "has no words of its own"},
    {"photograph A 1", false, false, "another word"},
};
/* clang-format on */

static void test_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        check_case(message_has_caption(kinds[i].line) == kinds[i].has_caption, kinds[i].why);
        check_case(message_joins_albums(kinds[i].line) == kinds[i].joins_albums, kinds[i].why);
    }
}

static void test_answers(void **state)
{
    (void)state;
    scoped(buf_fini) struct buf payload = {0};
    buf_add_text(&payload, "{\"text\":\"x\"}");
    message_answers(&payload, 0);
    assert_string_equal(payload.data, "{\"text\":\"x\"}");
    message_answers(&payload, 7);
    assert_string_equal(payload.data, "{\"text\":\"x\",\"reply_parameters\":{\"message_id\":7,"
                                      "\"allow_sending_without_reply\":true}}");
}

int main(void)
{
    catalogue_init(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buttons_stand_in_rows),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_labels_fit_a_button),
        cmocka_unit_test(test_pages_are_turned),
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_a_caption_is_corrected),
        cmocka_unit_test(test_files_have_an_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
