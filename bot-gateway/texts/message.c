/* message.c - one Telegram call as JSON */
#include "bot-gateway/texts/message.h"

#include <inttypes.h>

void message_print(struct buf *into, int64_t message_id, const char *html,
                   struct keyboard *keyboard)
{
    buf_add_text(into, message_id ? "{\"method\":\"editMessageText\",\"message_id\":"
                                  : "{\"method\":\"sendMessage\"");
    if (message_id) {
        buf_add_i64(into, message_id);
    }
    buf_add_text(into, ",\"text\":");
    buf_add_json(into, html);
    buf_add_text(into, ",\"parse_mode\":\"HTML\",\"link_preview_options\":{\"is_disabled\":true}");
    if (keyboard && (keyboard->rows.len > 0 || message_id)) {
        buf_add_text(into, ",\"reply_markup\":");
        keyboard_print(keyboard, into);
    }
    buf_add_char(into, '}');
}

void message_print_caption(struct buf *into, int64_t message_id, const char *html,
                           struct keyboard *keyboard)
{
    buf_printf(into, "{\"method\":\"editMessageCaption\",\"message_id\":%" PRId64 ",\"caption\":",
               message_id);
    buf_add_json(into, html);
    buf_add_text(into, ",\"parse_mode\":\"HTML\",\"reply_markup\":");
    keyboard_print(keyboard, into);
    buf_add_char(into, '}');
}

void message_answers(struct buf *payload, int64_t message_id)
{
    if (message_id == 0) {
        return;
    }
    payload->len--; /* opens the object again */
    buf_printf(payload,
               ",\"reply_parameters\":{\"message_id\":%" PRId64
               ",\"allow_sending_without_reply\":true}}",
               message_id);
}

bool message_is_line_of(const char *kind, const char *file)
{
    size_t len = strlen(kind);
    return strncmp(file, kind, len) == 0 && file[len] == ' ';
}

/* clang-format off */
static const struct captioned_kind {
    const char *kind;
    bool        joins_albums;
} captioned[] = { /* what can have a caption */
    {"photo",     true},
    {"video",     true},
    {"document",  true},
    {"audio",     true},
    {"voice",     false},
    {"animation", false},
};
/* clang-format on */

static const struct captioned_kind *kind_of(const char *file)
{
    for (size_t i = 0; i < ARRAY_LEN(captioned); i++) {
        if (message_is_line_of(captioned[i].kind, file)) {
            return &captioned[i];
        }
    }
    return NULL;
}

bool message_has_caption(const char *file)
{
    return kind_of(file) != NULL;
}

bool message_joins_albums(const char *file)
{
    const struct captioned_kind *kind = kind_of(file);
    return kind && kind->joins_albums;
}

int message_address(const char *file, int64_t *ret_chat_id, int64_t *ret_message_id)
{
    int64_t chat_id, message_id;
    if (sscanf(file, "%*s %*s %" SCNd64 " %" SCNd64, &chat_id, &message_id) != 2) {
        return -1;
    }
    *ret_chat_id = chat_id;
    *ret_message_id = message_id;
    return 0;
}

int message_print_copy(struct buf *into, const char *file)
{
    int64_t chat_id, message_id;
    if (message_address(file, &chat_id, &message_id) < 0) {
        return -1;
    }
    buf_printf(into, "{\"method\":\"copyMessage\",\"from_chat_id\":%lld,\"message_id\":%lld%s}",
               (long long)chat_id, (long long)message_id,
               message_has_caption(file) ? ",\"caption\":\"\"" : "");
    return 0;
}
