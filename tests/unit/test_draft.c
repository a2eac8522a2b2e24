/* test_draft.c - what a chat has begun */
#include "tests/unit/cases.h"

#include "bot-gateway/dialog/draft.h"

static struct update message(int64_t id, const char *text, size_t files)
{
    struct update u = {.message_id = id, .place_id = 42, .text = text, .file_count = files};
    for (size_t i = 0; i < files; i++) {
        u.files[i] = (struct update_file){"photo", "AgAC"};
    }
    return u;
}

static void test_words_and_files_gather(void **state)
{
    (void)state;
    scoped(draft_fini) struct draft d = {0};
    assert_true(draft_is_empty(&d));
    struct update words = message(1, "one", 0), picture = message(2, "", 2),
                  more = message(3, "two", 0);
    assert_int_equal(draft_collect(&d, &words), 0);
    assert_int_equal(draft_collect(&d, &picture), 0);
    assert_int_equal(draft_collect(&d, &more), 0);

    scoped(buf_fini) struct buf text = {0}, lines = {0};
    draft_text(&d, &text);
    assert_string_equal(buf_text(&text), "one\ntwo");
    assert_int_equal(draft_file_count(&d), 2);
    draft_file_lines(&d, &lines);
    assert_string_equal(buf_text(&lines), "photo AgAC 42 2\nphoto AgAC 42 2\n");
}

static void test_an_edit_counts_only_for_what_was_kept(void **state)
{
    (void)state;
    scoped(draft_fini) struct draft d = {0};
    struct update words = message(1, "one", 0);
    draft_collect(&d, &words);
    assert_int_equal(draft_amend(&d, 1, "1"), 0);
    assert_int_equal(draft_amend(&d, 2, "2"), -1);
    scoped(buf_fini) struct buf text = {0};
    draft_text(&d, &text);
    assert_string_equal(buf_text(&text), "1");
}

static void test_limits(void **state)
{
    (void)state;
    scoped(draft_fini) struct draft d = {0}, long_one = {0}, many_files = {0};
    struct update words = message(1, "x", 0), album = message(2, "", 4);
    for (int i = 0; i < DRAFT_PARTS_MAX; i++) {
        assert_int_equal(draft_collect(&d, &words), 0);
    }
    assert_int_equal(draft_collect(&d, &words), -1);
    draft_restore(&d, 9, xstrdup("of a larger version"), xstrdup(""));
    assert_int_equal(d.part_count, DRAFT_PARTS_MAX);

    char text[4097];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct update full = message(3, text, 0);
    int kept = 0;
    while (draft_collect(&long_one, &full) == 0) {
        kept++;
    }
    assert_int_equal(kept, TASK_TEXT_MAX / 4097);

    while (draft_collect(&many_files, &album) == 0) {
    }
    assert_int_equal(draft_file_count(&many_files), ORDER_FILES_MAX / 4 * 4);
}

static void test_print_and_copy(void **state)
{
    (void)state;
    scoped(draft_fini) struct draft d = {.order_id = 1024, .arg = 5}, copy = {0};
    scoped(buf_fini) struct buf json = {0};
    draft_print(&d, &json);
    assert_string_equal(json.data, "\"order\":1024,\"arg\":5,\"of\":0,\"parts\":[]");
    d.parts_of = 7;
    d.token = xstrdup("t");
    d.name = xstrdup("\"n\"");
    d.wish = xstrdup("w");
    d.search = xstrdup("s");
    struct update words = message(1, "one", 1), more = message(2, "two", 0);
    draft_collect(&d, &words);
    draft_collect(&d, &more);
    draft_copy(&copy, &d);
    buf_reset(&json);
    draft_print(&copy, &json);
    assert_string_equal(json.data,
                        "\"order\":1024,\"arg\":5,\"token\":\"t\",\"name\":"
                        "\"\\\"n\\\"\",\"wish\":\"w\",\"search\":\"s\",\"of\":7,\"parts\":["
                        "{\"message\":1,\"text\":\"one\",\"files\":\"photo AgAC 42 "
                        "1\\n\"},{\"message\":2,\"text\":\"two\",\"files\":\"\"}]");
    draft_drop_parts(&copy);
    assert_int_equal(copy.parts_of, 0);
}

static void test_parts_move_to_another_draft(void **state)
{
    (void)state;
    scoped(draft_fini) struct draft order = {0}, held = {.parts_of = 3};
    struct update words = message(1, "one", 0), more = message(2, "two", 0);
    draft_collect(&order, &words);
    draft_collect(&held, &more);
    draft_move_parts(&order, &held);
    scoped(buf_fini) struct buf text = {0};
    draft_text(&order, &text);
    assert_string_equal(buf_text(&text), "one\ntwo");
    assert_true(draft_is_empty(&held));
}

static void test_lines(void **state)
{
    (void)state;
    char lines[] = "a\n\nb\nc";
    const char *items[2];
    assert_int_equal(split_lines(lines, items, 2), 2);
    assert_string_equal(items[1], "b");
    assert_int_equal(split_lines(NULL, items, 2), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_files_gather),
        cmocka_unit_test(test_an_edit_counts_only_for_what_was_kept),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_print_and_copy),
        cmocka_unit_test(test_parts_move_to_another_draft),
        cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
