/* test_pages.c - the files that are part of the program */
#include "tests/unit/cases.h"

#include "admin-web/pages.h"
#include "admin-web/problem.h"

static void test_each_page_answers_at_its_path(void **state)
{
    (void)state;
    for (const struct page *page = pages; page->path; page++) {
        scoped(exchange_fini) struct exchange x = {.path = page->path};
        check_case(on_page(&x) == 0, page->path);
        check_case_text(x.content_type, page->content_type, page->path);
        check_case(x.answer.len == page->len && memcmp(x.answer.data, page->bytes, page->len) == 0,
                   page->path);
    }
}

static void test_no_other_path_has_a_page(void **state)
{
    (void)state;
    static const char *const paths[] = {"/page", "/page/", "/page/../style.css", "/index.html", ""};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        scoped(exchange_fini) struct exchange x = {.path = paths[i]};
        check_case(on_page(&x) == -1 && x.status == 404, paths[i]);
        check_case_text(x.content_type, PROBLEM_TYPE, paths[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_page_answers_at_its_path),
        cmocka_unit_test(test_no_other_path_has_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
