/* golden.h - what a program prints of its tables must be what was reviewed: tests/golden/<name>
 *
 * A change of a table is committed together with its golden file: SUITE_GOLDEN_WRITE=1 makes the
 * test write it anew.
 */
#pragma once
#include "tests/unit/cases.h"

static inline char *golden_read(const char *path)
{
    FILE *f = fopen(path, "re");
    if (!f) {
        return xstrdup("");
    }
    char *text = NULL;
    size_t size = 0;
    ssize_t len = getdelim(&text, &size, '\0', f);
    fclose(f);
    if (len < 0) {
        free(text);
        return xstrdup("");
    }
    return text;
}

static inline void golden_write(const char *path, const char *text)
{
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static inline void golden_check(const char *name, void (*print)(FILE *))
{
    char *printed = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&printed, &size);
    assert_non_null(memory);
    print(memory);
    fclose(memory);

    scoped(str_free) char *path = xasprintf("%s/%s", SUITE_GOLDEN_DIR, name);
    if (getenv("SUITE_GOLDEN_WRITE")) {
        golden_write(path, printed);
    }
    scoped(str_free) char *reviewed = golden_read(path);
    if (!str_eq(printed, reviewed)) {
        scoped(str_free) char *here = xasprintf("%s.new", name);
        golden_write(here, printed);
        print_error("what is printed is not what was reviewed; compare\n  %s\n  %s (in the test's "
                    "folder)\n",
                    path, here);
        fail();
    }
    free(printed);
}
