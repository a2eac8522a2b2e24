/* fuzz_leak_guard.c - whatever people write: masked text is text, and has nothing left to mask */
#include "bot-gateway/texts/leak_guard.h"

#include "common/base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (memchr(bytes, '\0', len) || !text_is_utf8((const char *)bytes, len))
        return 0;
    scoped(str_free) char *text = xmemdup_text((const char *)bytes, len);
    scoped(buf_fini) struct buf masked = {0}, again = {0};
    unsigned found = leak_guard_mask(text, &masked);
    assert(text_is_utf8(buf_text(&masked), masked.len));
    assert(found != 0 || str_eq(buf_text(&masked), text));
    leak_guard_mask(buf_text(&masked), &again);
    return 0;
}
