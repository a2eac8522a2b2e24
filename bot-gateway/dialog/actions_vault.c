/* actions_vault.c - what clients hand over in secret: sealed before it leaves this process, opened
 * only to be shown */
#include "bot-gateway/dialog/actions.h"
#include "bot-gateway/vault.h"
#include "common/base/text.h"

/* Whatever it was: nothing that was meant to be a secret stays in the chat. Part of the turn's
 * commit, so it happens also after the process has died. */
static void delete_messages(struct turn *t)
{
    for (size_t i = 0; i < t->count; i++) {
        struct buf payload = {0};
        buf_printf(&payload, "{\"method\":\"deleteMessage\",\"message_id\":%lld}",
                   (long long)t->updates[i]->message_id);
        turn_reply_raw(t, buf_take(&payload));
    }
}

/* Of the prompt's order, whatever the message replies to. */
bool make_hand_over(struct turn *t, struct msg *m, struct words *w)
{
    const char *secret = t->update->text;
    t->order_id = t->seat->draft.order_id;
    delete_messages(t);
    if (t->update->content != CONTENT_TEXT) {
        return action_stay(t, N_("🔑 Only words can be sealed; I have deleted the file from this "
                                 "chat. Please send the access as text."));
    }
    if (t->update->text_was_cut || text_utf16_units(secret) > CREDENTIALS_TEXT_MAX) {
        return action_stay(t, N_("🔑 That is too long to be sealed; I have deleted it from this "
                                 "chat. Please send only the logins and passwords."));
    }
    vault_seal_text(t->c->opts.vault, VAULT_CREDENTIALS, secret, &w->sealed);
    m->type = MSG_credentials_hand_over;
    m->body.credentials_hand_over =
        (struct msg_credentials_hand_over){.order_id = t->order_id, .sealed = buf_text(&w->sealed)};
    return true;
}

bool make_reveal(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_credentials_reveal;
    m->body.credentials_reveal = (struct msg_credentials_reveal){.order_id = t->order_id};
    return true;
}

/* An answer of long ago has lost what it carried. */
void after_reveal(struct turn *t, const struct msg_answer *answer)
{
    t->disclosed = xstrdup_or_null(answer->sealed);
}
