/* test_plain_text.c - the words of a Telegram HTML message, and where a long one is cut */
#include "tests/unit/cases.h"

#include "bot-gateway/delivery/plain_text.h"

static void tags_go_words_stay(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *html, *expect, *why; } rows[] = {
        {"",                                     "",                   "nothing"},
        {"plain",                                "plain",              "no markup at all"},
        {"<b>№1024</b> taken",                   "№1024 taken",        "a tag"},
        {"<a href=\"tg://user?id=1\">Ann</a>!",  "Ann!",               "a tag with an attribute"},
        {"a &lt; b &amp;&amp; c &gt; d &quot;",  "a < b && c > d \"",  "the named entities"},
        {"&#1078;&#x436;&#X436;",                "жж&#X436;",          "numbers, decimal and hexadecimal"},
        {"&#36;&#233;&#8364;&#128512;",          "$é€\U0001f600",      "one to four bytes"},
        {"&#0;&#xd800;&#1114112;&#12345678;",    "&#0;&#xd800;&#1114112;&#12345678;", "no characters at all"},
        {"&#57344;&#;&#12",                      "\xee\x80\x80&#;&#12", "behind the surrogates; no digits; no end"},
        {"&nbsp; & Co",                          "&nbsp; & Co",        "no entity that Telegram knows"},
        {"1 < 2, <3, <\xff>",                    "1 < 2, <3, <\xff>",  "no tag"},
        {"<{>",                                  "<{>",                "no tag either"},
        {"<b",                                   "<b",                 "a tag that never ends"},
        {"<b <i>x</i>",                          "<b x",               "a tag inside a broken one"},
        {"</b>",                                 "",                   "an end without a beginning"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        scoped(buf_fini) struct buf plain = {0};
        plain_text_add(&plain, rows[i].html);
        check_case_text(buf_text(&plain), rows[i].expect, rows[i].why);
    }
}

static void pieces_end_at_lines_then_words(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *text; size_t units, expect; const char *why; } rows[] = {
        {"short",              10, 5,  "all of it"},
        {"line one\nline two", 12, 9,  "behind a line"},
        {"a\nword and a word", 12, 11, "a line too early would leave a tiny piece: behind a word"},
        {"aaaaaaaaaaaaaaaaaa", 12, 12, "no break: wherever it must be"},
        {"a aaaaaaaaaaaaaaaa", 12, 12, "a word too early"},
        {"жжжжжж",             4,  8,  "units, not bytes"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(plain_text_piece(rows[i].text, rows[i].units) == rows[i].expect, rows[i].why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_go_words_stay),
        cmocka_unit_test(pieces_end_at_lines_then_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
