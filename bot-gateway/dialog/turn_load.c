/* turn_load.c - who writes and where the chat stands: from the cache, or read in one go */
#include "bot-gateway/dialog/turn.h"

#include "common/base/clock.h"
#include "sql/bot_gateway_queries.h"

struct loading {
    struct turn *turn;
    turn_loaded_fn loaded;
    bool with_chat, with_person;
};

enum chat_column { /* of load_chat.sql */
                   CHAT_SEAT,
                   CHAT_LAST_UPDATE,
                   CHAT_LAST_UPDATE_AT,
                   CHAT_MENU,
                   CHAT_SEAT_OF_DRAFT,
                   CHAT_STEP,
                   CHAT_ORDER,
                   CHAT_ARG,
                   CHAT_TOKEN,
                   CHAT_NAME,
                   CHAT_WISH,
                   CHAT_SEARCH,
                   CHAT_PARTS_OF,
                   CHAT_PART_MESSAGE,
                   CHAT_PART_TEXT,
                   CHAT_PART_FILES,
};

static void read_chat(const struct db_result *rows, struct chat *chat)
{
    chat->seats.at = dialog_seat_parse(db_text(rows, 0, CHAT_SEAT));
    chat->last_update_id = db_i64(rows, 0, CHAT_LAST_UPDATE);
    chat->last_update_at = db_i64(rows, 0, CHAT_LAST_UPDATE_AT);
    snprintf(chat->menu, sizeof chat->menu, "%s", db_text(rows, 0, CHAT_MENU));
}

static void read_text(const struct db_result *rows, int row, enum chat_column column, char **to)
{
    free(*to);
    *to = xstrdup_or_null(db_text_or_null(rows, row, (int)column));
}

/* Repeated in each row of the draft's parts. */
static void read_draft(const struct db_result *rows, int row, struct seat *seat)
{
    struct draft *draft = &seat->draft;
    seat->step = dialog_step_parse(db_text(rows, row, CHAT_STEP));
    draft->order_id = db_i64(rows, row, CHAT_ORDER);
    draft->arg = db_i64(rows, row, CHAT_ARG);
    draft->parts_of = db_i64(rows, row, CHAT_PARTS_OF);
    read_text(rows, row, CHAT_TOKEN, &draft->token);
    read_text(rows, row, CHAT_NAME, &draft->name);
    read_text(rows, row, CHAT_WISH, &draft->wish);
    read_text(rows, row, CHAT_SEARCH, &draft->search);
}

static void on_chat(void *ctx, const struct db_result *rows)
{
    struct loading *l = ctx;
    struct chat *chat = l->turn->chat;
    chat_forget_dialog(chat);
    if (db_rows(rows) > 0) {
        read_chat(rows, chat);
    }
    for (int i = 0; i < db_rows(rows); i++) {
        enum seat_id id = dialog_seat_parse(db_text(rows, i, CHAT_SEAT_OF_DRAFT));
        if (id == SEAT_NONE) {
            continue;
        }
        struct seat *seat = &chat->seats.of[id];
        read_draft(rows, i, seat);
        if (!db_is_null(rows, i, CHAT_PART_MESSAGE)) {
            draft_restore(&seat->draft, db_i64(rows, i, CHAT_PART_MESSAGE),
                          xstrdup(db_text(rows, i, CHAT_PART_TEXT)),
                          xstrdup(db_text(rows, i, CHAT_PART_FILES)));
        }
    }
    chat->is_read = true;
}

enum {
    PERSON_ON_DUTY = 9,
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
    seats_fini(&t->seats);
    seats_copy(&t->seats, &chat->seats);
    t->before = t->seats.at;
    turn_sit(t, t->before);
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
