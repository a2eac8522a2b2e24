/* turn_load.c - who writes and where the chat stands: from the cache, or read in one go */
#include "bot-gateway/dialog/turn.h"

#include "common/base/clock.h"
#include "sql/bot_gateway_queries.h"

struct loading {
    struct turn *turn;
    turn_loaded_fn loaded;
    bool with_chat, with_person;
};

static void on_chat(void *ctx, const struct db_result *rows)
{
    struct loading *l = ctx;
    struct chat *chat = l->turn->chat;
    chat_forget_dialog(chat);
    for (int i = 0; i < db_rows(rows); i++) {
        if (i == 0) {
            chat->step = dialog_step_parse(db_text(rows, 0, 0));
            chat->last_update_id = db_i64(rows, 0, 1);
            chat->last_update_at = db_i64(rows, 0, 2);
            snprintf(chat->menu, sizeof chat->menu, "%s", db_text(rows, 0, 3));
            chat->draft.order_id = db_i64(rows, 0, 4);
            chat->draft.arg = db_i64(rows, 0, 5);
            chat->draft.token = xstrdup_or_null(db_text_or_null(rows, 0, 6));
            chat->draft.name = xstrdup_or_null(db_text_or_null(rows, 0, 7));
            chat->draft.wish = xstrdup_or_null(db_text_or_null(rows, 0, 8));
            chat->draft.search = xstrdup_or_null(db_text_or_null(rows, 0, 9));
            chat->draft.is_loose = db_bool(rows, 0, 13);
        }
        if (!db_is_null(rows, i, 10)) {
            draft_restore(&chat->draft, db_i64(rows, i, 10), xstrdup(db_text(rows, i, 11)),
                          xstrdup(db_text(rows, i, 12)));
        }
    }
    chat->is_read = true;
}

enum {
    PERSON_ON_DUTY = 8,
    PERSON_AWAY_UNTIL,
    PERSON_NAME,
    PERSON_USERNAME
}; /* behind the viewer's columns */

static void on_person(void *ctx, const struct db_result *rows)
{
    struct loading *l = ctx;
    struct person *p = &l->turn->chat->person;
    person_forget(p);
    viewer_read(rows, 0, 0, &p->viewer);
    p->on_duty = db_bool(rows, 0, PERSON_ON_DUTY);
    p->away_until = db_i64(rows, 0, PERSON_AWAY_UNTIL);
    p->name = xstrdup(db_text(rows, 0, PERSON_NAME));
    p->username = xstrdup(db_text(rows, 0, PERSON_USERNAME));
    p->clock_skew_ms = p->viewer.reader.now_ms - clock_now_ms();
    p->read_at_ms = clock_mono_ms();
    p->is_read = true;
}

/* The turn works on copies: the cache keeps what is committed. */
static void begin(struct turn *t)
{
    struct chat *chat = t->chat;
    const struct person *p = &chat->person;
    t->reader = p->viewer.reader;
    t->reader.now_ms = clock_now_ms() + p->clock_skew_ms;
    t->roles = p->viewer.roles ? p->viewer.roles : ROLE_STRANGER;
    if (t->roles == ROLE_STRANGER) {
        t->reader.language = language_of(t->update->language, t->reader.language);
    }
    t->step = chat->step;
    draft_fini(&t->draft);
    draft_copy(&t->draft, &chat->draft);
    memcpy(t->menu, chat->menu, sizeof t->menu);
}

static void on_read(void *ctx, const struct err *err)
{
    struct loading *l = ctx;
    struct turn *t = l->turn;
    turn_loaded_fn loaded = l->loaded;
    free(l);
    if (err) {
        turn_done(t, err);
        return;
    }
    begin(t);
    loaded(t);
}

void turn_load(struct turn *t, turn_loaded_fn loaded)
{
    const struct person *p = &t->chat->person;
    bool person_is_fresh = p->is_read && clock_mono_ms() - p->read_at_ms < PERSON_BELIEVED_MS;
    if (t->chat->is_read && person_is_fresh) {
        begin(t);
        loaded(t);
        return;
    }
    struct loading *l = xcalloc(1, sizeof *l);
    *l = (struct loading){.turn = t, .loaded = loaded};
    scoped(db_args_fini) struct db_args chat_id = {0};
    db_arg_i64(&chat_id, t->chat->chat_id);
    if (!t->chat->is_read) {
        db_call(t->c->opts.db, Q_load_chat, &chat_id, on_chat, l);
    }
    db_call(t->c->opts.db, Q_load_person, &chat_id, on_person, l);
    db_end(t->c->opts.db, on_read, l);
}
