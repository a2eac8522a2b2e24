/* test_leak_guard.c - what is masked, and what only looks like it */
#include "tests/unit/cases.h"

#include "bot-gateway/texts/leak_guard.h"
#include "common/base/text.h"

#define M LEAK_MASK

/* clang-format off */
static const struct { const char *text, *masked; unsigned leaks; const char *why; } cases[] = {
    {"",                                   "",                           0,            "nothing"},
    {"Сайт лежит с утра",                  "Сайт лежит с утра",          0,            "words"},

    {"+7 (916) 123-45-67",                 M,                            LEAK_PHONE,   "as people write it"},
    {"тел.89161234567!",                   "тел." M "!",                 LEAK_PHONE,   "as one number, behind a word"},
    {"тел89161234567",                     "тел" M,                      LEAK_PHONE,   "glued to the word"},
    {"мой 8-916-123-45-67 звоните",        "мой " M " звоните",          LEAK_PHONE,   "the words around stay"},
    {"79161234567",                        M,                            LEAK_PHONE,   "without a plus"},
    {"916 123 45 67",                      M,                            LEAK_PHONE,   "without the country"},
    {"(916) 123 45 67",                    M,                            LEAK_PHONE,   "the area in brackets"},
    {"8 (916) 123\xC2\xA0" "45 67 12:00",  M " 12:00",                   LEAK_PHONE,   "a time follows"},
    {"89161234567 89161234568",            M " " M,                      LEAK_PHONE,   "two of them"},
    {"8916\xE2\x80\x8B" "1234567",         M,                            LEAK_PHONE,   "a zero-width space inside"},
    {"＋７９１６１２３４５６７",           M,                            LEAK_PHONE,   "full-width digits"},
    {"+49 30 1234567",                     M,                            LEAK_PHONE,   "another country"},
    {"+ 44 20 7946 0958",                  M,                            LEAK_PHONE,   "a blank behind the plus"},
    {"+1234567",                           "+1234567",                   0,            "too short for a number"},
    {"+    12345678901",                   "+    12345678901",           0,            "far behind a plus"},
    {"8    9161234567",                    "8    " M,                    LEAK_PHONE,   "the eight stands alone, the rest is a number"},
    {"+1234567890123456",                  "+1234567890123456",          0,            "too long for one"},
    {"заказ №1024, 500 ₽, 12 500,50",      "заказ №1024, 500 ₽, 12 500,50", 0,         "numbers and sums"},
    {"22.11.2026 14:35",                   "22.11.2026 14:35",           0,            "a date and a time"},
    {"8.11.2026 15.11.2026",               "8.11.2026 15.11.2026",       0,            "two dates"},
    {"8-11-2026 15-11-2026",               "8-11-2026 15-11-2026",       0,            "two dates with dashes"},
    {"89.108.100.200",                     "89.108.100.200",             0,            "the address of a machine"},
    {"12345678901",                        "12345678901",                0,            "eleven digits of something else"},
    {"9161234",                            "9161234",                    0,            "too few"},
    {"4111 1111 1111 1111",                "4111 1111 1111 1111",        0,            "a card is no telephone"},
    {"8000000000000",                      "8000000000000",              0,            "thirteen digits"},

    {"пишите @ivan_01",                    "пишите " M,                  LEAK_MENTION, "a username"},
    {"пишите@ivan",                        "пишите" M,                   LEAK_MENTION, "glued to a word"},
    {"＠IVAN",                             M,                            LEAK_MENTION, "a full-width sign, capitals"},
    {"@iv",                                "@iv",                        0,            "too short for one"},
    {"@2024год",                           "@2024год",                   0,            "begins with a digit"},
    {"a@bcde",                             "a@bcde",                     0,            "neither name nor address"},
    {"@",                                  "@",                          0,            "alone"},

    {"ivan.p+x@mail.example.org, да",      M ", да",                     LEAK_EMAIL,   "an address"},
    {"ИВАН ivan@почта.рф",                 "ИВАН " M,                    LEAK_EMAIL,   "a Cyrillic domain"},
    {"ivan@",                              "ivan@",                      0,            "no domain"},
    {"ivan@.",                             "ivan@.",                     0,            "an empty domain"},

    {"https://example.com/a?b=c.",         M ".",                        LEAK_LINK,    "the point ends the sentence"},
    {"(tg://resolve?domain=x)",            "(" M ")",                    LEAK_LINK,    "a scheme of Telegram"},
    {"«http://x.y»",                       "«" M "»",                    LEAK_LINK,    "in quotes"},
    {"t.me/ivan",                          M,                            LEAK_LINK,    "a link without its scheme"},
    {"vk.com",                             M,                            LEAK_LINK,    "a bare domain"},
    {"Example.COM!",                       M "!",                        LEAK_LINK,    "capitals"},
    {"сайт.рф/о-нас",                      M,                            LEAK_LINK,    "Cyrillic"},
    {"www.example.bla",                    M,                            LEAK_LINK,    "whatever its end"},
    {"t.\xE2\x80\x8Bme/x",                 M,                            LEAK_LINK,    "a zero-width space inside"},
    {"index.php, main.c и т.д.",           "index.php, main.c и т.д.",   0,            "files and abbreviations"},
    {"conf_x.ru",                          "conf_x.ru",                  0,            "a name with an underscore is no domain"},
    {"конец.Начало",                       "конец.Начало",               0,            "a blank is missing"},
    {"://",                                "://",                        0,            "no scheme"},
    {"a.оченьдлинноеимячастидоменакотороенигденевстречаетсяиникомуненужно", "a.оченьдлинноеимячастидоменакотороенигденевстречаетсяиникомуненужно", 0, "a long label"},
    {"a.b.",                               "a.b.",                       0,            "an empty label at the end"},
    {"😀 звони +79161234567 😀",           "😀 звони " M " 😀",          LEAK_PHONE,   "four bytes a character"},
    {"я @ivan, ivan@x.ru, x.ru, +79161234567", "я " M ", " M ", " M ", " M, LEAK_PHONE | LEAK_MENTION | LEAK_EMAIL | LEAK_LINK, "all of it"},
};
/* clang-format on */

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(buf_fini) struct buf masked = {0};
        unsigned leaks = leak_guard_mask(cases[i].text, &masked);
        if (leaks != cases[i].leaks || !str_eq(buf_text(&masked), cases[i].masked))
            print_message("%s: [%s] -> [%s] %u\n", cases[i].why, cases[i].text, buf_text(&masked),
                          leaks);
        check_case(leaks == cases[i].leaks, cases[i].why);
        check_case(str_eq(buf_text(&masked), cases[i].masked), cases[i].why);
        check_case(leak_guard_finds(cases[i].text) == (leaks != 0), cases[i].why);
    }
}

/* What is masked once has nothing left to mask. */
static void test_masking_is_final(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check_case(!leak_guard_finds(cases[i].masked), cases[i].why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_masking_is_final),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
