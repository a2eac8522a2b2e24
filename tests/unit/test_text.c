/* test_text.c - UTF-8, Telegram's lengths, near words, numbers, amounts */
#include "tests/unit/cases.h"

#include "common/base/text.h"

static void utf8_is_strict(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *bytes; bool expect; const char *why; } rows[] = {
        {"",                         true,  "nothing is text"},
        {"plain and longer than 8",  true,  "ASCII takes the fast way"},
        {"12345678\xff",             false, "a bad byte behind a fast word"},
        {"заявка",                   true,  "two bytes each"},
        {"€",                        true,  "three bytes"},
        {"\U0001f600",               true,  "four bytes"},
        {"\xf4\x8f\xbf\xbf",         true,  "U+10FFFF, the last one"},
        {"\xf4\x90\x80\x80",         false, "above U+10FFFF"},
        {"\xf5\x80\x80\x80",         false, "no such first byte"},
        {"\x80",                     false, "a continuation without a beginning"},
        {"\xc0\x80",                 false, "NUL in two bytes"},
        {"\xc1\xbf",                 false, "ASCII in two bytes"},
        {"\xe0\x9f\xbf",             false, "two-byte character in three"},
        {"\xe0\xa0\x80",             true,  "the first of three bytes"},
        {"\xed\x9f\xbf",             true,  "the last before the surrogates"},
        {"\xed\xa0\x80",             false, "a surrogate"},
        {"\xf0\x8f\xbf\xbf",         false, "three-byte character in four"},
        {"\xf0\x90\x80\x80",         true,  "the first of four bytes"},
        {"\xd0",                     false, "ends inside a character"},
        {"\xe2\x82",                 false, "ends inside a longer one"},
        {"\xd0z",                    false, "no continuation where one must be"},
        {"\xe2\x82z",                false, "no second continuation"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        check_case(text_is_utf8(rows[i].bytes, strlen(rows[i].bytes)) == rows[i].expect,
                   rows[i].why);
    }
    assert_true(text_is_utf8("a\0b", 3));
}

static void telegram_counts_utf16(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *text; size_t units, cut_at, cut_bytes; const char *why; } rows[] = {
        {"",                0, 5, 0,  "nothing"},
        {"abc",             3, 2, 2,  "a byte a unit"},
        {"abc",             3, 9, 3,  "shorter than the cut"},
        {"да",              2, 1, 2,  "two bytes a unit"},
        {"a\U0001f600b",    4, 2, 1,  "a pair is not torn"},
        {"a\U0001f600b",    4, 3, 5,  "a pair fits whole"},
        {"€€",              2, 1, 3,  "three bytes a unit"},
        {"да",              2, 0, 0,  "no unit at all"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        check_case(text_utf16_units(rows[i].text) == rows[i].units, rows[i].why);
        check_case(text_cut_utf16(rows[i].text, rows[i].cut_at) == rows[i].cut_bytes, rows[i].why);
    }
}

static void words_have_a_letter_or_a_digit(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *text; bool expect; const char *why; } rows[] = {
        {"",                              false, "nothing"},
        {"?!... (-)",                     false, "signs"},
        {"a",                             true,  "a letter"},
        {"- 7",                           true,  "a digit"},
        {"ё",                             true,  "two bytes"},
        {"\u05d0",                        true,  "right to left"},
        {"\u4e2d",                        true,  "three bytes"},
        {"\U00020000",                    true,  "four bytes"},
        {"\U0001f44d\U0001f3fd \u2764\ufe0f", false, "emoji with a skin colour and a selector"},
        {"\u200b\u2060\ufeff\u3164",      false, "what nobody sees"},
        {"\u202e\u2067",                  false, "direction"},
        {"\U0001f4ce x",                  true,  "words behind an emoji"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        check_case(text_has_words(rows[i].text) == rows[i].expect, rows[i].why);
    }
}

static void direction_marks_are_taken_out(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *text, *expect; const char *why; } rows[] = {
        {"",                     "",           "nothing"},
        {"abc",                  "abc",        "no mark"},
        {"a\u202eb\u202ac",      "abc",        "the first and the last of the first row"},
        {"a\u2066b\u2069",       "ab",         "and of the second"},
        {"\u2029\u202f\u2065\u206a", "\u2029\u202f\u2065\u206a", "their neighbours stay"},
        {"\u2264€",              "\u2264€",    "so do others that begin alike"},
        {"\u05e9\u05dc",         "\u05e9\u05dc", "letters of the other direction stay"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        scoped(str_free) char *text = xstrdup(rows[i].text);
        text_drop_direction_marks(text);
        check_case_text(text, rows[i].expect, rows[i].why);
    }
}

static void bytes_are_cut_at_characters(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *text; size_t max, expect; const char *why; } rows[] = {
        {"abc",        5, 3, "short enough"},
        {"abc",        3, 3, "just fits"},
        {"abc",        2, 2, "ASCII anywhere"},
        {"да",         3, 2, "not inside the second character"},
        {"да",         1, 0, "not inside the first"},
        {"€",          2, 0, "nothing fits"},
        {"a\U0001f600", 4, 1, "not inside four bytes"},
        {"\x80\x80",   1, 0, "broken text is left alone but not run out of"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        check_case(text_cut_bytes(rows[i].text, rows[i].max) == rows[i].expect, rows[i].why);
    }
}

static void near_words_are_found(void **state)
{
    (void)state;
    static const char long_word[] =
        "a-word-that-is-much-longer-than-any-name-anybody-would-ever-have-to-type";
    static const char *const words[] = {"url", "level", "batch_max", "BILLING_DAY",
                                        "bar", "baz",   long_word};
    /* clang-format off */
    static const struct { const char *word, *expect, *why; } rows[] = {
        {"ulr",           NULL,          "two swaps are two edits, too many for three letters"},
        {"urk",           "url",         "one letter"},
        {"levl",          "level",       "a letter missing"},
        {"leevell",       "level",       "two letters too many, a third of seven"},
        {"batch-max",     "batch_max",   "another joint"},
        {"billing_day",   "BILLING_DAY", "case is not counted"},
        {"BILING_DAI",    "BILLING_DAY", "two edits in ten"},
        {"bax",           "bar",         "of two as near the first"},
        {"baz",           "baz",         "itself, though another is near"},
        {"colour",        NULL,          "nothing is near"},
        {"",              NULL,          "nothing is not near anything of three letters"},
        {long_word,       NULL,          "nobody mistypes that much"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *found = text_nearest(rows[i].word, words, ARRAY_LEN(words));
        check_case_text(found ? found : "none", rows[i].expect ? rows[i].expect : "none",
                        rows[i].why);
    }
    assert_null(text_nearest("x", NULL, 0));
}

static void whole_numbers(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *text; int64_t min, max; int rc; int64_t expect; const char *why; } rows[] = {
        {"28",                   1, 28, 0,  28, "the upper end"},
        {"1",                    1, 28, 0,  1,  "the lower end"},
        {"0",                    1, 28, -1, 0,  "below"},
        {"29",                   1, 28, -1, 0,  "above"},
        {"-5",                  -9, 9,  0,  -5, "negative"},
        {"007",                  0, 9,  0,  7,  "leading zeros"},
        {"",                     0, 9,  -1, 0,  "nothing"},
        {"-",                    0, 9,  -1, 0,  "a sign alone"},
        {"+5",                   0, 9,  -1, 0,  "no plus"},
        {" 5",                   0, 9,  -1, 0,  "no blanks"},
        {"5 ",                   0, 9,  -1, 0,  "none behind either"},
        {"5.0",                  0, 9,  -1, 0,  "not whole"},
        {"9223372036854775807",  INT64_MIN, INT64_MAX, 0,  INT64_MAX, "the largest"},
        {"9223372036854775808",  INT64_MIN, INT64_MAX, -1, 0,         "one more"},
        {"-9223372036854775808", INT64_MIN, INT64_MAX, 0,  INT64_MIN, "the smallest"},
        {"-9223372036854775809", INT64_MIN, INT64_MAX, -1, 0,         "one less"},
        {"99999999999999999999", INT64_MIN, INT64_MAX, -1, 0,         "far too large"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t value = 0;
        check_case(text_to_i64(rows[i].text, rows[i].min, rows[i].max, &value) == rows[i].rc,
                   rows[i].why);
        check_case(value == rows[i].expect, rows[i].why);
    }
}

static void amounts(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *text; int rc; int64_t minor; const char *why; } rows[] = {
        {"500",               0,  50000, "whole"},
        {"500.5",             0,  50050, "one decimal"},
        {"500,50",            0,  50050, "a comma"},
        {"0",                 0,  0,     "nothing is an amount"},
        {"0.01",              0,  1,     "a kopeck"},
        {"999999999999999",   0,  INT64_C(99999999999999900), "the longest"},
        {"",                  -1, 0, "nothing written"},
        {".5",                -1, 0, "no whole part"},
        {"5.",                -1, 0, "no decimals behind the point"},
        {"5.123",             -1, 0, "three decimals"},
        {"5.1x",              -1, 0, "a letter for the second"},
        {"5.x",               -1, 0, "a letter for the first"},
        {"-5",                -1, 0, "below zero"},
        {"5 rub",             -1, 0, "words"},
        {"9999999999999999",  -1, 0, "more than anybody has"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t minor = 0;
        check_case(text_to_minor(rows[i].text, &minor) == rows[i].rc, rows[i].why);
        check_case(minor == rows[i].minor, rows[i].why);
    }
}

static void secrets_compare(void **state)
{
    (void)state;
    assert_true(text_equal_constant_time("", ""));
    assert_true(text_equal_constant_time("token", "token"));
    assert_false(text_equal_constant_time("token", "tokem"));
    assert_false(text_equal_constant_time("token", "tokentoken"));
    assert_false(text_equal_constant_time("tokentoken", "token"));
    assert_false(text_equal_constant_time("token", ""));
    assert_false(text_equal_constant_time("", "token"));
}

static void letters_are_the_same_large_or_small(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *a, *b; bool expect; const char *why; } rows[] = {
        {"",        "",        true,  "nothing"},
        {"Berlin",  "bERLIN",  true,  "Latin"},
        {"AZ[",     "az[",     true,  "the first and the last, and what comes behind"},
        {"@",       "`",       false, "signs are no letters, though as far apart"},
        {"МОСКВА",  "москва",  true,  "Russian"},
        {"Ё",       "ё",       true,  "one that stands apart"},
        {"ЏА",      "џа",      false, "a letter that is not Russian"},
        {"я",       "ё",       false, "another letter"},
        {"Москва",  "Москв",   false, "shorter"},
        {"Москв",   "Москва",  false, "longer"},
        {"€",       "€",       true,  "three bytes"},
        {"\xd0",    "\xd0",    true,  "ends inside a character"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(text_equal_ignoring_case(rows[i].a, rows[i].b) == rows[i].expect, rows[i].why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(telegram_counts_utf16),
        cmocka_unit_test(words_have_a_letter_or_a_digit),
        cmocka_unit_test(direction_marks_are_taken_out),
        cmocka_unit_test(bytes_are_cut_at_characters),
        cmocka_unit_test(near_words_are_found),
        cmocka_unit_test(letters_are_the_same_large_or_small),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(amounts),
        cmocka_unit_test(secrets_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
