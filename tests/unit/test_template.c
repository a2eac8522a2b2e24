/* test_template.c - sentences with holes */
#include "tests/unit/cases.h"

#include "bot-gateway/texts/template.h"
#include "common/base/text.h"

static const struct template_value values[] = {
    {"order",     "1024",                false},
    {"who",       "<b>Ann & Bob</b>",    false},
    {"link",      "<a href=\"x\">y</a>", true },
    {"gone",      NULL,                  false},
    {"task_long", "t",                   false},
};

/* clang-format off */
static const struct { const char *sentence, *expect; size_t unfilled; const char *why; } renders[] = {
    {"",                     "",                                    0, "nothing"},
    {"plain",                "plain",                               0, "no hole"},
    {"№{order}!",            "№1024!",                              0, "a hole amid text"},
    {"{order}{order}",       "10241024",                            0, "twice"},
    {"{who}",                "&lt;b&gt;Ann &amp; Bob&lt;/b&gt;",    0, "what people wrote is escaped"},
    {"{link}",               "<a href=\"x\">y</a>",                 0, "what is HTML stays HTML"},
    {"<b>{order}</b>",       "<b>1024</b>",                         0, "the sentence itself is HTML"},
    {"{gone}",               "{gone}",                              1, "no such fact: the hole stays"},
    {"{nobody} {gone}",      "{nobody} {gone}",                     2, "an unknown name: the hole stays"},
    {"{orde}",               "{orde}",                              1, "a prefix is not the name"},
    {"{task}",               "{task}",                              1, "nor is a name a prefix"},
    {"{{order}",             "{order}",                             0, "two braces are one"},
    {"{}",                   "{}",                                  0, "an empty name is no hole"},
    {"{Order}",              "{Order}",                             0, "nor is another letter"},
    {"{order",               "{order",                              0, "nor an open end"},
    {"{",                    "{",                                   0, "nor a brace alone"},
    {"{abcdefghijklmnopqrstuvwxyz_abcdefghij}", "{abcdefghijklmnopqrstuvwxyz_abcdefghij}", 0, "nor a name too long"},
};
/* clang-format on */

static void test_renders(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(renders); i++) {
        scoped(buf_fini) struct buf b = {0};
        size_t unfilled = template_render(renders[i].sentence, values, ARRAY_LEN(values), &b);
        check_case_text(buf_text(&b), renders[i].expect, renders[i].why);
        check_case(unfilled == renders[i].unfilled, renders[i].why);
    }
}

static void test_holes_are_found(void **state)
{
    (void)state;
    const char *at = "a {one} {{two} {} { {three}";
    char name[TEMPLATE_NAME_MAX];
    assert_string_equal(template_next_hole(&at, name), "one");
    assert_string_equal(template_next_hole(&at, name), "three");
    assert_null(template_next_hole(&at, name));
}

/* clang-format off */
static const struct { const char *text; size_t units; const char *expect, *why; } cuts[] = {
    {"short", 10, "short",  "fits"},
    {"exact", 5,  "exact",  "just fits"},
    {"longer", 5, "long…",  "the cut shows and counts"},
    {"Привет", 4, "При…",   "characters, not bytes"},
    {"a😀b",   3, "a…",     "never half a character"},
    {"ab",     0, "…",      "no room at all"},
    {"",       0, "",       "nothing to cut"},
};
/* clang-format on */

static void test_cuts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
        scoped(buf_fini) struct buf b = {0};
        template_add_cut(&b, cuts[i].text, cuts[i].units);
        check_case_text(buf_text(&b), cuts[i].expect, cuts[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_renders),
        cmocka_unit_test(test_holes_are_found),
        cmocka_unit_test(test_cuts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
