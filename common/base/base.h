/* base.h - what every file of the suite may take for granted: allocation that cannot fail, scoped locals, bans */
#pragma once
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* scoped(x_free) struct x *p = ...: released on every way out of the block */
#define scoped(release) __attribute__((cleanup(release)))

/* Take what a pointer holds and leave NULL behind: for returning a scoped local. */
#define take_ptr(p) (__extension__({ __typeof__(p) taken_ = (p); (p) = NULL; taken_; }))

/* Allocation failure is not handled: these write one line and abort; whoever supervises restarts us. */
void *xcalloc(size_t count, size_t size) __attribute__((returns_nonnull, malloc));
void *xrealloc(void *p, size_t count, size_t size) __attribute__((returns_nonnull));
char *xstrdup(const char *s) __attribute__((nonnull, returns_nonnull, malloc));
char *xstrdup_or_null(const char *s);
char *xmemdup_text(const void *bytes, size_t len) __attribute__((returns_nonnull, malloc)); /* adds the NUL */
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2), returns_nonnull));

/* For scoped(): free(*p) of any `char *` / `uint8_t *` local. */
void str_free(char **);
void bytes_free(uint8_t **);

static inline bool str_eq(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static inline int64_t min_i64(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static inline int64_t max_i64(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol gets strncpy
