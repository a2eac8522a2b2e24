/* test_err.c - what went wrong, in a kind and a sentence */
#include "tests/unit/cases.h"

#include "common/base/err.h"
#include "common/base/text.h"

static void failing_is_one_line(void **state)
{
    (void)state;
    struct err err;
    assert_int_equal(err_set(&err, ERR_REFUSED, "no %s", "way"), -1);
    assert_int_equal(err.kind, ERR_REFUSED);
    assert_string_equal(err.text, "no way");
    assert_int_equal(err_set(NULL, ERR_INPUT, "nobody listens"), -1);
    assert_int_equal(err_prefix(NULL, "nobody"), -1);
}

static void prefixes(void **state)
{
    (void)state;
    struct err err;
    err_set(&err, ERR_INPUT, "order_id is missing");
    assert_int_equal(err_prefix(&err, "order.%s", "take"), -1);
    assert_string_equal(err.text, "order.take: order_id is missing");
    assert_int_equal(err.kind, ERR_INPUT);
    err_set(&err, ERR_INTERNAL, "again: %s", err.text); /* the old text is an argument of the new */
    assert_string_equal(err.text, "again: order.take: order_id is missing");
}

static void long_text_is_cut_at_a_character(void **state)
{
    (void)state;
    char text[600];
    for (size_t i = 0; i + 2 < sizeof(text); i += 2) {
        memcpy(text + i, "я", 3);
    }
    for (int shift = 0; shift < 2; shift++) {
        struct err err;
        err_set(&err, ERR_INPUT, "%s%s", shift ? "x" : "", text);
        assert_true(text_is_utf8(err.text, strlen(err.text)));
        assert_in_range(strlen(err.text), sizeof(err.text) - 3, sizeof(err.text) - 1);
        err_prefix(&err, "%s%s", shift ? "x" : "", text);
        assert_true(text_is_utf8(err.text, strlen(err.text)));
    }
}

static void kinds_have_names(void **state)
{
    (void)state;
    assert_string_equal(err_kind_name(ERR_INPUT), "input");
    assert_string_equal(err_kind_name(ERR_REFUSED), "refused");
    assert_string_equal(err_kind_name(ERR_TRANSIENT), "transient");
    assert_string_equal(err_kind_name(ERR_UNCERTAIN), "uncertain");
    assert_string_equal(err_kind_name(ERR_INTERNAL), "internal");
    assert_string_equal(err_kind_name((enum err_kind)99), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failing_is_one_line),
        cmocka_unit_test(prefixes),
        cmocka_unit_test(long_text_is_cut_at_a_character),
        cmocka_unit_test(kinds_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
