/* pages.c - the files that are part of the program */
#include "admin-web/pages.h"

#include "admin-web/problem.h"

int on_page(struct exchange *x)
{
    for (const struct page *page = pages; page->path; page++) {
        if (str_eq(page->path, x->path)) {
            x->content_type = page->content_type;
            buf_add(&x->answer, page->bytes, page->len);
            return 0;
        }
    }
    return problem_answer(x, PROBLEM_no_such_path);
}
