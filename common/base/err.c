/* err.c - how a function says what went wrong */
#include "common/base/err.h"

#include <stdarg.h>

#include "common/base/text.h"

/* Longer than any text that is kept, so that the cut falls on a character, not on vsnprintf's byte.
 */
#define DRAFT_BYTES 1024

static void keep(struct err *err, char draft[static DRAFT_BYTES])
{
    size_t len = text_cut_bytes(draft, sizeof(err->text) - 1);
    memcpy(err->text, draft, len);
    err->text[len] = '\0';
}

int err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
{
    if (!err) {
        return -1;
    }
    /* by way of a draft, because err->text itself may be among the arguments */
    char draft[DRAFT_BYTES];
    va_list args;
    va_start(args, fmt);
    vsnprintf(draft, sizeof(draft), fmt, args);
    va_end(args);
    keep(err, draft);
    err->kind = kind;
    return -1;
}

int err_prefix(struct err *err, const char *fmt, ...)
{
    if (!err) {
        return -1;
    }
    char prefix[DRAFT_BYTES];
    va_list args;
    va_start(args, fmt);
    vsnprintf(prefix, sizeof(prefix), fmt, args);
    va_end(args);

    char draft[DRAFT_BYTES];
    snprintf(draft, sizeof(draft), "%.*s: %s", (int)text_cut_bytes(prefix, sizeof(err->text) - 1),
             prefix, err->text);
    keep(err, draft);
    return -1;
}

const char *err_kind_name(enum err_kind kind)
{
    switch (kind) {
    case ERR_INPUT:
        return "input";
    case ERR_REFUSED:
        return "refused";
    case ERR_TRANSIENT:
        return "transient";
    case ERR_UNCERTAIN:
        return "uncertain";
    case ERR_INTERNAL:
        return "internal";
    }
    return "?";
}
