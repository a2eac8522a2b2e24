/* actions_edits.c - an edited message of a thread, a question, an answer or a report: its copies on
 * the other side say the same again
 *
 * The words are kept first (masked where the tariff grants no contacts), then each copy is told
 * anew from its notice. Both may be repeated: the update is handled once the copies' corrections
 * are committed.
 */
#include "bot-gateway/dialog/actions.h"
#include "bot-gateway/texts/notice_text.h"
#include "common/base/text.h"
#include "sql/bot_gateway_queries.h"

#define COPIES_MAX 4           /* the client's side, the contractor's, managers who read along */
#define CAPTION_UNITS_MAX 1024 /* of what stands under a picture */

struct copy {
    int64_t chat_id, notice_id;
    struct notice_place place;
};

struct editing {
    struct turn *turn;
    struct copy copies[COPIES_MAX];
    size_t count, at;
};

/* ---- the copies say it ---- */

static void tell_next(struct editing *e);

static void editing_end(struct editing *e, const struct err *err)
{
    struct turn *t = e->turn;
    free(e);
    if (err) {
        turn_done(t, err);
        return;
    }
    action_tell_masked(t);
    turn_show(t);
}

static void on_copy_told(void *ctx, const struct notice_message *msg, const char *moot,
                         const struct err *err)
{
    struct editing *e = ctx;
    (void)moot; /* nobody reads there any more */
    if (err) {
        editing_end(e, err);
        return;
    }
    if (msg) {
        turn_reply_to(e->turn, e->copies[e->at].chat_id, xstrdup(msg->payload));
    }
    e->at++;
    tell_next(e);
}

static void tell_next(struct editing *e)
{
    if (e->at == e->count) {
        editing_end(e, NULL);
        return;
    }
    const struct copy *copy = &e->copies[e->at];
    notice_prepare_again(e->turn->c->opts.db, copy->notice_id, copy->place, on_copy_told, e);
}

/* ---- the words are kept ---- */

static void on_kept(void *ctx, const struct err *err)
{
    struct editing *e = ctx;
    if (err) {
        editing_end(e, err);
    } else {
        tell_next(e);
    }
}

static void keep_words(struct turn *t)
{
    struct editing *e = t->editing;
    scoped(words_fini) struct words w = {0};
    scoped(db_args_fini) struct db_args args = {0};
    t->editing = NULL;
    words_gather(t, false, &w);
    db_arg_i64(&args, t->chat->chat_id);
    db_arg_i64(&args, t->update->message_id);
    db_arg_text(&args, buf_text(&w.text));
    db_call(t->c->opts.db, Q_save_edit, &args, NULL, NULL);
    db_end(t->c->opts.db, on_kept, e);
}

/* ---- where they are ---- */

static void on_copies(void *ctx, const struct db_result *rows)
{
    struct editing *e = ctx;
    for (int i = 0; i < db_rows(rows) && e->count < COPIES_MAX; i++) {
        e->copies[e->count++] = (struct copy){
            db_i64(rows, i, 0),
            db_i64(rows, i, 2),
            {db_i64(rows, i, 1), db_bool(rows, i, 4), db_bool(rows, i, 5)}
        };
        e->turn->order_id = db_i64(rows, i, 3);
    }
}

/* Words can be corrected, and only with words that have room where the old ones stand. */
static bool can_be_told(const struct editing *e)
{
    const struct update *u = e->turn->update;
    size_t units = text_utf16_units(u->text);
    bool fits = !u->text_was_cut && units > 0;
    for (size_t i = 0; i < e->count; i++) {
        fits = fits && (!e->copies[i].place.is_caption || units <= CAPTION_UNITS_MAX / 2);
    }
    return fits && e->count > 0;
}

static void on_copies_end(void *ctx, const struct err *err)
{
    struct editing *e = ctx;
    struct turn *t = e->turn;
    if (err) {
        editing_end(e, err);
    } else if (!can_be_told(e)) {
        free(e);
        make_explain_edit(t, NULL, NULL);
        turn_show(t);
    } else {
        t->editing = e;
        if (action_may_leak(t, ACTION_PASS_EDIT)) {
            action_guard(t, keep_words);
        } else {
            keep_words(t);
        }
    }
}

void action_pass_edit(struct turn *t)
{
    struct editing *e = xcalloc(1, sizeof *e);
    e->turn = t;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, t->chat->chat_id);
    db_arg_i64(&args, t->update->message_id);
    db_call(t->c->opts.db, Q_find_copies, &args, on_copies, e);
    db_end(t->c->opts.db, on_copies_end, e);
}
