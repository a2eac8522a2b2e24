/* buf.c - bytes that grow */
#include "common/base/buf.h"

#include <stdarg.h>

#define FIRST_CAP 64

/* Room for so many bytes more and the NUL. */
static void make_room(struct buf *b, size_t more)
{
    assert(more < SIZE_MAX / 4 && b->len < SIZE_MAX / 4);
    size_t need = b->len + more + 1;
    if (need <= b->cap) {
        return;
    }
    size_t cap = b->cap ? b->cap * 2 : FIRST_CAP;
    b->cap = cap < need ? need : cap;
    b->data = xrealloc(b->data, b->cap, 1);
}

void buf_fini(struct buf *b)
{
    free(b->data);
    *b = (struct buf){0};
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    if (b->data) {
        b->data[0] = '\0';
    }
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
    make_room(b, len);
    if (len > 0) {
        memcpy(b->data + b->len, bytes, len);
    }
    b->len += len;
    b->data[b->len] = '\0';
}

void buf_add_text(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_add_char(struct buf *b, char c)
{
    make_room(b, 1);
    b->data[b->len++] = c;
    b->data[b->len] = '\0';
}

void buf_add_i64(struct buf *b, int64_t value)
{
    char digits[20]; /* the longest: -9223372036854775808 */
    char *first = digits + sizeof(digits);
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        *--first = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0) {
        *--first = '-';
    }
    buf_add(b, first, (size_t)(digits + sizeof(digits) - first));
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    make_room(b, 0);
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int len = vsnprintf(b->data + b->len, b->cap - b->len, fmt, args);
    va_end(args);
    assert(len >= 0);
    if ((size_t)len >= b->cap - b->len) {
        make_room(b, (size_t)len);
        vsnprintf(b->data + b->len, b->cap - b->len, fmt, again);
    }
    va_end(again);
    b->len += (size_t)len;
}

static const char *json_escape(unsigned char c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

static bool json_needs_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

void buf_add_json(struct buf *b, const char *text)
{
    make_room(b, strlen(text) + 2);
    buf_add_char(b, '"');
    for (;;) {
        const char *run = text;
        while (*text && !json_needs_escape((unsigned char)*text)) {
            text++;
        }
        buf_add(b, run, (size_t)(text - run));
        if (!*text) {
            break;
        }
        const char *escape = json_escape((unsigned char)*text);
        if (escape) {
            buf_add_text(b, escape);
        } else {
            buf_printf(b, "\\u%04x", (unsigned)(unsigned char)*text);
        }
        text++;
    }
    buf_add_char(b, '"');
}

void buf_add_html(struct buf *b, const char *text)
{
    while (*text) {
        size_t run = strcspn(text, "&<>");
        buf_add(b, text, run);
        text += run;
        if (*text) {
            buf_add_text(b, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : "&gt;");
            text++;
        }
    }
}

char *buf_take(struct buf *b)
{
    char *text = b->data ? b->data : xstrdup("");
    *b = (struct buf){0};
    return text;
}

const char *buf_text(const struct buf *b)
{
    return b->data ? b->data : "";
}
