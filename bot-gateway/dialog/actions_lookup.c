/* actions_lookup.c - actions that only look something up: attachments of the task, of
 * the history or of what a client has written; an old order's task */
#include "bot-gateway/dialog/actions.h"

#include "bot-gateway/texts/message.h"
#include "sql/bot_gateway_queries.h"

static void on_looked_up(void *ctx, const struct err *err)
{
    struct turn *t = ctx;
    if (err) {
        turn_done(t, err);
    } else {
        turn_show(t);
    }
}

/* ---- attachments ---- */

static void on_card_of_files(void *ctx, const struct db_result *rows)
{
    struct turn *t = ctx;
    struct card card = {0};
    if (db_rows(rows) > 0) {
        card_read(rows, 0, &card);
        unsigned view = card_view(&card, false);
        t->may_open =
            view != 0 && card_offers(&card, view, PRESS_files); /* a press can be forged */
    }
    card_fini(&card);
}

static void on_files(void *ctx, const struct db_result *rows)
{
    struct turn *t = ctx;
    for (int i = 0; i < db_rows(rows) && t->may_open; i++) {
        struct buf payload = {0};
        if (message_print_copy(&payload, db_text(rows, i, 0)) == 0) {
            turn_reply_raw(t, buf_take(&payload));
        }
    }
}

/* The query gives only what the reader may see. */
static void send_history_files(struct turn *t)
{
    scoped(db_args_fini) struct db_args page = {0};
    db_arg_i64(&page, t->chat->chat_id);
    db_arg_i64(&page, t->order_id);
    db_arg_i64(&page, t->arg);
    db_arg_i64(&page, SCREEN_PAGE_ROWS);
    t->may_open = true;
    db_call(t->c->opts.db, Q_list_history_files, &page, on_files, t);
    db_end(t->c->opts.db, on_looked_up, t);
}

/* The same. */
static void send_inquiry_files(struct turn *t)
{
    scoped(db_args_fini) struct db_args inquiry = {0};
    db_arg_i64(&inquiry, t->chat->chat_id);
    db_arg_i64(&inquiry, t->arg);
    t->may_open = true;
    db_call(t->c->opts.db, Q_list_inquiry_files, &inquiry, on_files, t);
    db_end(t->c->opts.db, on_looked_up, t);
}

static void send_task_files(struct turn *t)
{
    struct db *db = t->c->opts.db;
    scoped(db_args_fini) struct db_args card = {0}, order = {0};
    db_arg_i64(&card, t->chat->chat_id);
    db_arg_i64(&card, t->order_id);
    db_call(db, Q_load_card, &card, on_card_of_files, t);
    db_arg_i64(&order, t->order_id);
    db_call(db, Q_list_task_files, &order, on_files, t);
    db_end(db, on_looked_up, t);
}

void action_send_files(struct turn *t)
{
    if (t->press == PRESS_history_files) {
        send_history_files(t);
    } else if (t->press == PRESS_inquiry_files) {
        send_inquiry_files(t);
    } else {
        send_task_files(t);
    }
}

/* ---- the same once more ---- */

static char *with_line_breaks(const char *lines)
{
    return *lines ? xasprintf("%s\n", lines) : xstrdup("");
}

static void on_task(void *ctx, const struct db_result *rows)
{
    struct turn *t = ctx;
    if (db_rows(rows) == 0) {
        action_stay(t, refusal_sentence(REFUSE_no_such_order));
        return;
    }
    t->arg = db_i64(rows, 0, 2);
    for (int i = 0; i < db_rows(rows); i++) {
        draft_restore(&t->seat->draft, 0, xstrdup(db_text(rows, i, 0)),
                      with_line_breaks(db_text(rows, i, 1)));
    }
    t->is_changed = true;
}

/* What was begun is worth more than what is done: it is shown instead of being overwritten. */
void action_repeat(struct turn *t)
{
    if (!draft_is_empty(&t->seat->draft)) {
        turn_answer_press(
            t,
            tr(t->reader.language, N_("You have begun another order. Send it or drop it first.")),
            true);
        t->arg = t->seat->draft.arg;
        turn_show(t);
        return;
    }
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, t->chat->chat_id);
    db_arg_i64(&args, t->order_id);
    db_call(t->c->opts.db, Q_load_task, &args, on_task, t);
    db_end(t->c->opts.db, on_looked_up, t);
}
