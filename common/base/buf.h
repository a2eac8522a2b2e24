/* buf.h - bytes that grow: the one way to build text of unknown length */
#pragma once
#include "common/base/base.h"

struct buf { /* zero-initialised = empty */
    char  *data; /* NUL-terminated once anything was added, else NULL */
    size_t len;  /* without the NUL */
    size_t cap;
};

void  buf_fini(struct buf *); /* for scoped() */
void  buf_reset(struct buf *); /* empties, keeps the memory */
void  buf_add(struct buf *, const void *bytes, size_t len);
void  buf_add_text(struct buf *, const char *text);
void  buf_add_char(struct buf *, char);
void  buf_add_i64(struct buf *, int64_t); /* in decimal; much faster than buf_printf */
void  buf_printf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void  buf_add_json(struct buf *, const char *text); /* as a JSON string with its quotes; text must be UTF-8 */
void  buf_add_html(struct buf *, const char *text); /* & < > escaped, as Telegram's HTML mode wants */
char *buf_take(struct buf *); /* the text, caller owns; "" if empty; leaves the buffer empty */
const char *buf_text(const struct buf *); /* borrowed; "" if empty */
