/* reply_keyboard.c - buttons of Telegram's own in place of the ordinary keyboard: offered, and put
 * away once they are used or left */
#include "bot-gateway/dialog/turn.h"

/* What is said when a step is left whose buttons nobody has used. */
static const struct left_row {
    enum dialog_step step;
    const char *msgid;
} left_rows[] = {
    {STEP_PHONE, N_("👌 Without a phone number, then. Everything else: /menu")},
    {STEP_PICK,  N_("👌 Nobody is chosen. Everything else: /menu")            },
};

static void say_with(struct turn *t, const char *msgid, const char *markup)
{
    struct buf payload = {0};
    buf_add_text(&payload, "{\"method\":\"sendMessage\",\"text\":");
    buf_add_json(&payload, tr(t->reader.language, msgid));
    buf_printf(&payload, ",\"reply_markup\":{%s}}", markup);
    turn_reply_raw(t, buf_take(&payload));
}

void turn_offer_keyboard(struct turn *t, const char *msgid, const char *rows)
{
    scoped(str_free) char *markup =
        xasprintf("\"resize_keyboard\":true,\"one_time_keyboard\":true,\"keyboard\":[%s]", rows);
    say_with(t, msgid, markup);
}

void turn_put_keyboard_away(struct turn *t, const char *msgid)
{
    say_with(t, msgid, "\"remove_keyboard\":true");
    t->keyboard_is_away = true;
}

/* What goes on is said below it. */
static void last_reply_first(struct turn *t)
{
    struct reply last = t->replies[t->reply_count - 1];
    memmove(t->replies + 1, t->replies, (t->reply_count - 1) * sizeof *t->replies);
    t->replies[0] = last;
}

static bool sits_at(const struct seats *seats, enum dialog_step step)
{
    return seats->of[dialog_step_seat(step)].step == step;
}

void turn_put_left_keyboard_away(struct turn *t)
{
    for (size_t i = 0; i < ARRAY_LEN(left_rows); i++) {
        enum dialog_step step = left_rows[i].step;
        if (!t->keyboard_is_away && sits_at(&t->chat->seats, step) && !sits_at(&t->seats, step)) {
            turn_put_keyboard_away(t, left_rows[i].msgid);
            last_reply_first(t);
        }
    }
}
