/* fuzz_update.c - whatever Telegram or a stranger sends: understood or refused in a sentence, and
 * the same after the inbox */
#include "bot-gateway/update.h"

#include "common/base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_refusal(const struct err *err)
{
    assert(err->kind == ERR_INPUT);
    assert(*err->text);
}

/* What the rest of the gateway relies on. */
static void check_update(const struct update *u, int64_t id)
{
    char command_id[UPDATE_COMMAND_ID_MAX];
    assert(id > 0 && u->update_id == id);
    assert(u->kind == UPDATE_OTHER || u->place_id != 0);
    assert(strlen(u->text) <= UPDATE_TEXT_MAX && text_is_utf8(u->text, strlen(u->text)));
    assert(u->file_count <= UPDATE_FILES_MAX);
    assert(u->kind != UPDATE_PRESS || (*u->callback_id && u->from_id != 0));
    update_command_id(u, 1, command_id);
    assert(strcspn(command_id, " \n") == strlen(command_id));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct update u, again;
    struct err err = {.kind = ERR_INTERNAL};
    int64_t id = -1;
    if (update_parse((const char *)bytes, len, &u, &id, &err) < 0) {
        check_refusal(&err);
        return 0;
    }
    check_update(&u, id);

    scoped(buf_fini) struct buf written = {0};
    update_write(&u, &written);
    int rc = update_parse(written.data, written.len, &again, &id, &err);
    assert(rc == 0 && again.kind == u.kind && again.content == u.content);
    assert(again.update_id == u.update_id && again.chat_id == u.chat_id);
    assert(str_eq(again.text, u.text));
    update_fini(&u);
    update_fini(&again);
    return 0;
}
