/* test_buf.c - bytes that grow, and the allocators under them */
#include "tests/unit/cases.h"

#include "common/base/buf.h"

static void starts_empty(void **state)
{
    (void)state;
    struct buf b = {0};
    assert_string_equal(buf_text(&b), "");
    buf_reset(&b);
    char *taken = buf_take(&b);
    assert_string_equal(taken, "");
    str_free(&taken);
    assert_null(taken);
    buf_fini(&b);
}

static void grows(void **state)
{
    (void)state;
    scoped(buf_fini) struct buf b = {0};
    for (int i = 0; i < 1000; i++) {
        buf_add_char(&b, 'x');
        buf_add_text(&b, "yz");
        buf_add(&b, "", 0);
    }
    assert_int_equal(b.len, 3000);
    assert_int_equal(strlen(buf_text(&b)), 3000);
    size_t cap = b.cap;
    buf_reset(&b);
    assert_string_equal(buf_text(&b), "");
    assert_int_equal(b.cap, cap);
    buf_add(&b, "a\0b", 3);
    assert_int_equal(b.len, 3);
    char *taken = buf_take(&b);
    assert_memory_equal(taken, "a\0b\0", 4);
    assert_int_equal(b.len, 0);
    free(taken);
}

static void prints(void **state)
{
    (void)state;
    scoped(buf_fini) struct buf b = {0};
    buf_printf(&b, "%d-", 7);
    assert_string_equal(buf_text(&b), "7-");
    buf_printf(&b, "%0300d", 5); /* longer than the first memory */
    assert_int_equal(b.len, 302);
    buf_printf(&b, "%s", "");
    assert_int_equal(strlen(buf_text(&b)), 302);
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *expect;
    } rows[] = {
        {0,          "0"                   },
        {7,          "7"                   },
        {-1,         "-1"                  },
        {1234567890, "1234567890"          },
        {INT64_MAX,  "9223372036854775807" },
        {INT64_MIN,  "-9223372036854775808"}
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        scoped(buf_fini) struct buf b = {0};
        buf_add_i64(&b, rows[i].value);
        check_case_text(buf_text(&b), rows[i].expect, rows[i].expect);
    }
}

static void escapes(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *text, *json, *html, *why; } rows[] = {
        {"",              "\"\"",                     "",                       "nothing"},
        {"plain",         "\"plain\"",                "plain",                  "nothing to escape"},
        {"a\"b\\c",       "\"a\\\"b\\\\c\"",          "a\"b\\c",                "quotes and backslashes are JSON's"},
        {"\n\r\t\x01\x1f","\"\\n\\r\\t\\u0001\\u001f\"", "\n\r\t\x01\x1f",      "control characters too"},
        {"<b>&c",         "\"<b>&c\"",                "&lt;b&gt;&amp;c",        "tags are HTML's"},
        {"заявка €",      "\"заявка €\"",             "заявка €",               "UTF-8 stays"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        scoped(buf_fini) struct buf json = {0};
        scoped(buf_fini) struct buf html = {0};
        buf_add_json(&json, rows[i].text);
        buf_add_html(&html, rows[i].text);
        check_case_text(buf_text(&json), rows[i].json, rows[i].why);
        check_case_text(buf_text(&html), rows[i].html, rows[i].why);
    }
}

static void allocators(void **state)
{
    (void)state;
    char *none = xstrdup_or_null(NULL);
    assert_null(none);
    scoped(str_free) char *some = xstrdup_or_null("some");
    scoped(str_free) char *part = xmemdup_text("some", 2);
    scoped(str_free) char *printed = xasprintf("%s-%d", some, 1);
    scoped(bytes_free) uint8_t *bytes = xcalloc(0, 0);
    bytes = xrealloc(bytes, 0, 0);
    assert_string_equal(part, "so");
    assert_string_equal(printed, "some-1");
    assert_non_null(bytes);
    scoped(str_free) char *moved = take_ptr(some);
    assert_null(some);
    assert_string_equal(moved, "some");
    assert_int_equal(min_i64(1, 2) + max_i64(1, 2), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_empty), cmocka_unit_test(grows),   cmocka_unit_test(prints),
        cmocka_unit_test(numbers),      cmocka_unit_test(escapes), cmocka_unit_test(allocators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
