/* replies.c - what a reply leads to: an order's thread, what a client has written to the managers,
 * or nothing of ours */
#include "bot-gateway/dialog/turn.h"
#include "sql/bot_gateway_queries.h"

static void on_link(void *ctx, const struct db_result *rows)
{
    struct turn *t = ctx;
    t->linked_order = db_rows(rows) > 0 ? db_i64(rows, 0, 0) : 0;
    t->linked_inquiry = db_rows(rows) > 0 ? db_i64(rows, 0, 1) : 0;
    t->is_own_inquiry = db_rows(rows) > 0 && db_bool(rows, 0, 2);
}

/* What is being answered anyway comes to its end by this. */
static void on_inquiry(struct turn *t)
{
    if (!t->update->is_private) {
        turn_sit(t, SEAT_STAFF); /* what was begun in another role is no matter of the group's */
    }
    const struct seat *seat = t->seat;
    bool is_being_answered =
        seat->step == STEP_ANSWER_INQUIRY && seat->draft.arg == t->linked_inquiry;
    t->order_id = 0;
    t->arg = t->linked_inquiry;
    turn_apply_rule(t, is_being_answered   ? INPUT_TEXT
                       : t->is_own_inquiry ? INPUT_REPLY_TO_ANSWER
                                           : INPUT_REPLY_TO_INQUIRY);
}

static void on_looked_up(void *ctx, const struct err *err)
{
    struct turn *t = ctx;
    if (err) {
        turn_done(t, err);
    } else if (t->linked_inquiry) {
        on_inquiry(t);
    } else if (!t->update->is_private) {
        turn_done(t, NULL); /* said among themselves */
    } else if (t->linked_order) {
        t->order_id = t->linked_order;
        turn_apply_rule(t, INPUT_REPLY);
    } else {
        turn_on_words(t);
    }
}

void turn_on_reply(struct turn *t)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, t->update->place_id);
    db_arg_i64(&args, t->update->reply_to);
    db_call(t->c->opts.db, Q_find_thread_link, &args, on_link, t);
    db_end(t->c->opts.db, on_looked_up, t);
}
