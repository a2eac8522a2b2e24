/* test_catalogue.c - every sentence is there in every language, with the same holes */
#include "tests/unit/cases.h"

#include "bot-gateway/dialog/bot_commands.h"
#include "bot-gateway/texts/notice_table.h"
#include "bot-gateway/texts/values.h"
#include "common/wire/parameters.h"

/* Every hole of one is a hole of the other. */
static bool holes_agree(const char *a, const char *b)
{
    char name[TEMPLATE_NAME_MAX];
    for (const char *at = a; template_next_hole(&at, name);) {
        scoped(str_free) char *hole = xasprintf("{%s}", name);
        if (!strstr(b, hole)) {
            return false;
        }
    }
    return true;
}

static void check_sentence(void *ctx, const char *msgid)
{
    (void)ctx;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const char *text = tr_or_null((enum language)language, msgid);
        check_case(text && *text, msgid);
        check_case(holes_agree(msgid, text) && holes_agree(text, msgid), msgid);
    }
}

static void test_languages(void **state)
{
    (void)state;
    assert_true(catalogue_has(LANGUAGE_RU));
    assert_true(catalogue_has(LANGUAGE_EN));
    assert_int_equal(language_of("ru", LANGUAGE_EN), LANGUAGE_RU);
    assert_int_equal(language_of("ru-RU", LANGUAGE_EN), LANGUAGE_RU);
    assert_int_equal(language_of("rus", LANGUAGE_EN), LANGUAGE_EN);
    assert_int_equal(language_of("", LANGUAGE_EN), LANGUAGE_EN);
    assert_int_equal(language_of("de", LANGUAGE_RU), LANGUAGE_RU);
    assert_string_equal(language_code(LANGUAGE_EN), "en");
    assert_string_equal(language_own_name(LANGUAGE_RU), "Русский");
}

static void test_each_call_has_its_language(void **state)
{
    (void)state;
    assert_string_equal(tr(LANGUAGE_RU, "Main menu"), "Главное меню");
    assert_string_equal(tr(LANGUAGE_EN, "Main menu"), "Main menu");
    assert_string_equal(tr(LANGUAGE_RU, "of no catalogue"), "of no catalogue");
    assert_null(tr_or_null(LANGUAGE_RU, "of no catalogue"));
}

static void test_plural_forms(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        const char *ru, *en;
    } forms[] = {
        {1,  "{n} день", "{n} day" },
        {2,  "{n} дня",   "{n} days"},
        {5,  "{n} дней", "{n} days"},
        {11, "{n} дней", "{n} days"},
        {21, "{n} день", "{n} days"},
        {-2, "{n} дня",   "{n} days"}
    };
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        assert_string_equal(tr_n(LANGUAGE_RU, "{n} day", "{n} days", forms[i].n), forms[i].ru);
        assert_string_equal(tr_n(LANGUAGE_EN, "{n} day", "{n} days", forms[i].n), forms[i].en);
    }
}

static void test_notices_and_cards(void **state)
{
    (void)state;
    notice_each_sentence(check_sentence, NULL);
    card_each_sentence(check_sentence, NULL);
}

static void test_commands_states_and_roles(void **state)
{
    (void)state;
    for (size_t i = 0; i < bot_command_count; i++) {
        if (bot_commands[i].sentence) {
            check_sentence(NULL, bot_commands[i].sentence);
        }
    }
    for (int s = 0; s < ORDER_STATE_COUNT; s++) {
        check_sentence(NULL, state_word((enum order_state)s));
    }
    assert_string_equal(state_word(ORDER_NONE), "?");
    for (int event = 0; event < ORDER_EVENT_COUNT; event++) {
        check_case(event_word((enum order_event)event) != NULL,
                   order_event_name((enum order_event)event));
        check_sentence(NULL, event_word((enum order_event)event));
    }
    assert_string_equal(event_word((enum order_event) - 1), "?");
    for (unsigned role = ROLE_CLIENT; role <= ROLE_SYSTEM; role <<= 1) {
        check_sentence(NULL, role_word((enum role)role));
    }
}

static void test_parameters(void **state)
{
    (void)state;
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        check_sentence(NULL, parameter_rows[i].help);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    char name[TEMPLATE_NAME_MAX];
    for (int why = REFUSED_NOT + 1; why < REFUSAL_END; why++) {
        const char *sentence = refusal_sentence((enum refusal)why);
        check_sentence(NULL, sentence);
        for (const char *at = sentence; template_next_hole(&at, name);) {
            check_case(refusal_arg_is_known(name), sentence);
        }
    }
}

/* clang-format off */
static const struct { const char *refusal, *arg, *ru, *why; } said[] = {
    {"taken_already",      "at=1795345320000",      "Уже взят в 14:02.",                                     "an instant"},
    {"wrong_state",        "state=in_work",         "Сейчас это невозможно: заказ в работе.",                "a state's name is a word"},
    {"wrong_state",        "state=odd",             "Сейчас это невозможно: заказ odd.",                     "of a newer engine"},
    {"at_limit",           "limit=2",               "У вас уже столько заказов, сколько разрешено: 2.",      "a number"},
    {"quota_used",         "until=1796072400000",   "Заказы этого месяца использованы. Следующий месяц начнётся 1 декабря.", "the month's border"},
    {"subscription_ended", "until=1796072400000",   "Подписка закончилась 30 ноября. Текущие заказы продолжаются; новые можно создать после продления.", "its last paid day"},
    {"taken_already",      "at=soon",               "Уже взят в soon.",                                      "no number"},
    {"at_limit",           "limit",                 "У вас уже столько заказов, сколько разрешено: {limit}.","no value"},
    {"at_limit",           "other=1",               "У вас уже столько заказов, сколько разрешено: {limit}.","another argument"},
    {"of_tomorrow",        "x=1",                   "Сейчас это невозможно.",                                "a reason we do not know"},
    {NULL,                 "x=1",                   "Сейчас это невозможно.",                                "no reason"},
};
/* clang-format on */

static void test_refusals_are_said(void **state)
{
    (void)state;
    struct reader r = {LANGUAGE_RU, "Europe/Moscow", "Europe/Moscow", 1795345320000 + 60000};
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        scoped(buf_fini) struct buf b = {0};
        say_refusal(&r, said[i].refusal, &said[i].arg, 1, &b);
        check_case_text(buf_text(&b), said[i].ru, said[i].why);
    }
}

int main(void)
{
    catalogue_init(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_each_call_has_its_language),
        cmocka_unit_test(test_plural_forms),
        cmocka_unit_test(test_notices_and_cards),
        cmocka_unit_test(test_commands_states_and_roles),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_refusals_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
