/* fuzz_msg.c - any bytes into msg_decode: what it accepts must survive encoding and decoding again
 */
#include "common/wire/msg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct msg first, second;
    struct err err;
    char id[MSG_ID_MAX + 1];
    if (msg_decode((const char *)data, size, &first, id, &err) < 0) {
        assert(err.kind == ERR_INPUT && strlen(err.text) > 0);
        return 0;
    }
    scoped(buf_fini) struct buf once = {0};
    scoped(buf_fini) struct buf twice = {0};
    msg_encode(&first, &once);
    if (once.len <= MSG_BYTES_MAX) { /* escapes may make it longer than it came */
        int rc = msg_decode(once.data, once.len, &second, NULL, &err);
        assert(rc == 0);
        (void)rc;
        msg_encode(&second, &twice);
        assert(str_eq(buf_text(&once), buf_text(&twice)));
        msg_fini(&second);
    }
    msg_fini(&first);
    return 0;
}
