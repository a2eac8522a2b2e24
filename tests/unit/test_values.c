/* test_values.c - the facts one sentence may name, the words of the domain, and why something was
 * refused */
#include "tests/unit/cases.h"

#include "bot-gateway/texts/values.h"
#include "common/base/zone.h"

static struct reader reader(enum language language)
{
    return (struct reader){language, "Europe/Moscow", "Europe/Moscow",
                           zone_instant_ms("Europe/Moscow", 2026, 11, 22, 14, 0)};
}

static void check_said(const struct values *v, const char *msgid, const char *expect)
{
    scoped(buf_fini) struct buf said = {0};
    say(v, msgid, &said);
    check_case_text(buf_text(&said), expect, msgid);
}

static void test_facts_are_said_in_the_readers_way(void **state)
{
    (void)state;
    struct reader r = reader(LANGUAGE_RU);
    scoped(values_fini) struct values v;
    values_init(&v, &r);
    struct buf html = {0};
    buf_add_text(&html, "<i>h</i>");

    values_text(&v, "text", "a & b");
    values_text(&v, "none", NULL);
    values_cut(&v, "cut", "longer", 5);
    values_cut(&v, "cut_none", NULL, 5);
    values_html(&v, "html", &html);
    values_number(&v, "number", -5);
    values_instant(&v, "instant", r.now_ms);
    values_day(&v, "day", r.now_ms);
    values_span(&v, "span", 90 * 60 * 1000);
    values_money(&v, "money", 50050, "RUB");
    values_contact(&v, "contact", "Ann", 0, "ann", NULL);
    values_contact(&v, "contact_none", NULL, 0, NULL, NULL);
    values_word(&v, "word", "client");

    check_said(&v, "{text}|{none}|{cut}|{cut_none}|{html}|{number}",
               "a &amp; b|{none}|long…||<i>h</i>|-5");
    check_said(&v, "{instant}|{day}|{span}|{money}|{contact}|{contact_none}|{word}",
               "14:00|22 ноября|1 ч 30 мин|500,50\u00a0₽|Ann @ann||клиент");
}

static void test_a_name_given_again_gets_the_new_value(void **state)
{
    (void)state;
    struct reader r = reader(LANGUAGE_EN);
    scoped(values_fini) struct values v;
    values_init(&v, &r);
    values_number(&v, "a", 1);
    values_number(&v, "b", 2);
    values_number(&v, "a", 3);
    assert_int_equal(v.count, 2);
    check_said(&v, "{a}{b}", "32");
}

static void test_open_holes_are_counted(void **state)
{
    (void)state;
    struct reader r = reader(LANGUAGE_RU);
    scoped(values_fini) struct values v;
    values_init(&v, &r);
    values_number(&v, "n", 2);
    scoped(buf_fini) struct buf said = {0};
    assert_int_equal(say(&v, "{n} {who} {when}", &said), 2);
    assert_int_equal(say_n(&v, "{n} day", "{n} days", 2, &said), 0);
    assert_string_equal(said.data, "2 {who} {when}2 дня");
}

/* clang-format off */
static const struct { enum role role; const char *word; } role_words[] = {
    {ROLE_CLIENT, "client"}, {ROLE_CONTRACTOR, "contractor"}, {ROLE_MANAGER, "manager"}, {ROLE_OWNER, "owner"},
    {ROLE_SYSTEM, "the system"}, {ROLE_CLIENT | ROLE_MANAGER, "the system"},
};
/* clang-format on */

static void test_words_of_the_domain(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(role_words); i++) {
        check_case_text(role_word(role_words[i].role), role_words[i].word, role_words[i].word);
    }
    for (int i = 0; i < ORDER_STATE_COUNT; i++) {
        const char *word = state_word((enum order_state)i);
        check_case(strlen(word) > 1 && tr_or_null(LANGUAGE_RU, word), word);
    }
    assert_string_equal(state_word(ORDER_NONE), "?");
    assert_string_equal(cause_word(CAUSE_COUNT), "?");
}

#define NOON "1795338000000"     /* the 22nd of November 2026, 12:00 in Moscow */
#define MIDNIGHT "1796072400000" /* the first instant of the 1st of December */

/* clang-format off */
static const struct { const char *refusal, *args[2], *sentence, *why; } refusals[] = {
    {NULL,                 {0},                      "This is not possible now.",                           "no word at all"},
    {"of_a_newer_engine",  {0},                      "This is not possible now.",                           "a word of a newer engine"},
    {"not_your_role",      {0},                      "Your role does not allow this.",                      "no argument"},
    {"taken_already",      {"at=" NOON},             "Already taken at 12:00.",                             "an instant"},
    {"taken_already",      {"at=soon"},              "Already taken at soon.",                              "no instant: said as it is"},
    {"quota_used",         {"until=" MIDNIGHT},
     "All orders of this month are used. The next month begins on 1 December.",                             "a day: the first of the next"},
    {"subscription_ended", {"until=" MIDNIGHT},
     "The subscription ended on 30 November. Current orders go on, new ones can be made after it is extended.", "a day: the last that was paid"},
    {"quota_used",         {"until=later"},
     "All orders of this month are used. The next month begins on later.",                                  "no day: said as it is"},
    {"wrong_state",        {"state=in_work"},        "This is not possible now: the order is in work.",     "a state"},
    {"wrong_state",        {"state=lost"},           "This is not possible now: the order is lost.",        "no state of ours: said as it is"},
    {"alert_has",          {"who=7", "at=" NOON},    "A manager is on it already, since 12:00.",            "two; not all are said"},
    {"bad_value",          {"hint=A<b"},             "This value is not allowed: A&lt;b.",                  "what people wrote is escaped"},
    {"alert_has",          {"at", "wh=B"},           "A manager is on it already, since {at}.",             "no value; no name of ours"},
};
/* clang-format on */

static void test_refusals(void **state)
{
    (void)state;
    struct reader r = reader(LANGUAGE_EN);
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        size_t count = 0;
        while (count < ARRAY_LEN(refusals[i].args) && refusals[i].args[count]) {
            count++;
        }
        scoped(buf_fini) struct buf said = {0};
        say_refusal(&r, refusals[i].refusal, refusals[i].args, count, &said);
        check_case_text(buf_text(&said), refusals[i].sentence, refusals[i].why);
    }
}

/* Whatever hole a refusal's sentence has, an answer's argument can fill. */
static void test_holes_of_refusals_are_known(void **state)
{
    (void)state;
    for (int i = REFUSED_NOT + 1; i < REFUSAL_END; i++) {
        const char *at = refusal_sentence((enum refusal)i);
        char name[TEMPLATE_NAME_MAX];
        while (template_next_hole(&at, name)) {
            check_case(refusal_arg_is_known(name), name);
        }
    }
    assert_false(refusal_arg_is_known("wh"));
    assert_false(refusal_arg_is_known("whom"));
}

int main(void)
{
    catalogue_init(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts_are_said_in_the_readers_way),
        cmocka_unit_test(test_a_name_given_again_gets_the_new_value),
        cmocka_unit_test(test_open_holes_are_counted),
        cmocka_unit_test(test_words_of_the_domain),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_holes_of_refusals_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
