/* actions_guard.c - where the tariff grants no contacts, what one side says to the other goes out
 * masked
 *
 * Most messages hold nothing to be masked: then nothing is looked up. Otherwise one query tells
 * whether this order grants contacts, or whether it is staff that speaks.
 */
#include "bot-gateway/dialog/actions.h"
#include "bot-gateway/texts/leak_guard.h"
#include "bot-gateway/texts/message.h"
#include "sql/bot_gateway_queries.h"

/* What the other side of the order reads. */
static bool is_guarded(enum dialog_action action)
{
    static const enum dialog_action guarded[] = {
        ACTION_SAY,    ACTION_SAY_REPLY, ACTION_PLACE_SAY, ACTION_ASK,
        ACTION_ANSWER, ACTION_FINISH,    ACTION_EXTEND,    ACTION_REWORK,
        ACTION_RATE,   ACTION_ACCEPT,    ACTION_PASS_EDIT,
    };
    for (size_t i = 0; i < ARRAY_LEN(guarded); i++) {
        if (guarded[i] == action) {
            return true;
        }
    }
    return false;
}

bool action_may_leak(const struct turn *t, enum dialog_action action)
{
    if (!is_guarded(action)) {
        return false;
    }
    scoped(buf_fini) struct buf said = {0};
    draft_text(&t->seat->draft, &said);
    for (size_t i = 0; i < t->count; i++) {
        if (t->updates[i]->is_contact_card) {
            return true;
        }
        buf_add_char(&said, '\n');
        buf_add_text(&said, t->updates[i]->text);
    }
    return leak_guard_finds(buf_text(&said));
}

/* ---- does this order grant contacts? ---- */

struct guarding {
    struct turn *turn;
    action_goes_on_fn goes_on;
};

static void on_terms(void *ctx, const struct db_result *rows)
{
    struct guarding *g = ctx;
    g->turn->is_masked = db_rows(rows) > 0 && db_bool(rows, 0, 0);
}

static bool brings_a_card(const struct turn *t)
{
    for (size_t i = 0; i < t->count; i++) {
        if (t->updates[i]->is_contact_card) {
            return true;
        }
    }
    return false;
}

static void on_terms_end(void *ctx, const struct err *err)
{
    struct guarding *g = ctx;
    struct turn *t = g->turn;
    action_goes_on_fn goes_on = g->goes_on;
    free(g);
    if (err) {
        turn_done(t, err);
    } else if (t->is_masked && brings_a_card(t)) {
        action_stay(t, N_("🙈 The tariff of order №{order} grants no contacts: the contact "
                          "card was not passed on. Everything can be said here."));
        turn_show(t);
    } else {
        goes_on(t);
    }
}

void action_guard(struct turn *t, action_goes_on_fn goes_on)
{
    struct guarding *g = xcalloc(1, sizeof *g);
    *g = (struct guarding){t, goes_on};
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, t->chat->chat_id);
    db_arg_i64(&args, t->order_id);
    db_call(t->c->opts.db, Q_is_masked, &args, on_terms, g);
    db_end(t->c->opts.db, on_terms_end, g);
}

void action_tell_masked(struct turn *t)
{
    if (t->is_masked) {
        turn_say(t, N_("🙈 The tariff of order №{order} grants no contacts: phone numbers, @names, "
                       "addresses and links were passed on hidden."));
    }
}

void words_mask(const struct turn *t, struct words *w)
{
    if (!t->is_masked) {
        return;
    }
    struct buf masked = {0};
    leak_guard_mask(buf_text(&w->text), &masked);
    buf_fini(&w->text);
    w->text = masked;
}
