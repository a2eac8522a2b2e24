/* base.c - allocation that cannot fail: one line on stderr, then abort */
#include "common/base/base.h"

#include <stdarg.h>
#include <unistd.h>

static _Noreturn void out_of_memory(void)
{
    static const char line[] = "<2>out of memory, giving up\n";
    ssize_t ignored = write(STDERR_FILENO, line, sizeof(line) - 1);
    (void)ignored;
    abort();
}

void *xcalloc(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p) {
        out_of_memory();
    }
    return p;
}

void *xrealloc(void *p, size_t count, size_t size)
{
    /* never of size 0: glibc's realloc would free p and answer NULL */
    void *grown = reallocarray(p, count ? count : 1, size ? size : 1);
    if (!grown) {
        out_of_memory();
    }
    return grown;
}

char *xmemdup_text(const void *bytes, size_t len)
{
    char *text = xcalloc(len + 1, 1);
    if (len > 0) {
        memcpy(text, bytes, len);
    }
    return text;
}

char *xstrdup(const char *s)
{
    return xmemdup_text(s, strlen(s));
}

char *xstrdup_or_null(const char *s)
{
    return s ? xstrdup(s) : NULL;
}

char *xasprintf(const char *fmt, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, fmt);
    int len = vasprintf(&text, fmt, args);
    va_end(args);
    if (len < 0) {
        out_of_memory();
    }
    return text;
}

void str_free(char **s)
{
    free(*s);
    *s = NULL;
}

void bytes_free(uint8_t **bytes)
{
    free(*bytes);
    *bytes = NULL;
}
