/* turn.c - the second half of a turn: the press is answered, the screen shown, everything committed
 * at once */
#include "bot-gateway/dialog/turn.h"

#include "bot-gateway/delivery/disclosures.h"
#include "bot-gateway/dialog/qr_picture.h"
#include "bot-gateway/texts/message.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "sql/bot_gateway_queries.h"

#define TOAST_UNITS 200 /* of answerCallbackQuery */

/* ---- replies ---- */

static void add_reply(struct turn *t, int64_t chat_id, char *payload)
{
    t->replies = xrealloc(t->replies, t->reply_count + 1, sizeof *t->replies);
    t->replies[t->reply_count++] = (struct reply){
        .class = turn_is_press(t) ? SEND_PRESS : SEND_REPLY,
        .chat_id = chat_id,
        .payload = payload,
    };
}

void turn_reply_raw(struct turn *t, char *payload)
{
    add_reply(t, t->speaks_here ? t->update->place_id : t->chat->chat_id, payload);
}

void turn_reply_to(struct turn *t, int64_t chat_id, char *payload)
{
    add_reply(t, chat_id, payload);
}

void turn_say_html(struct turn *t, const char *html, struct keyboard *keyboard, bool here)
{
    struct buf payload = {0};
    bool can_edit = here && turn_is_press(t) && t->update->message_id > 0 && !turn_is_aside(t);
    message_print(&payload, can_edit ? t->update->message_id : 0, html, keyboard);
    turn_reply_raw(t, buf_take(&payload));
}

void turn_say(struct turn *t, const char *msgid)
{
    scoped(values_fini) struct values v;
    scoped(buf_fini) struct buf html = {0};
    values_init(&v, &t->reader);
    values_number(&v, "order", t->order_id);
    say(&v, msgid, &html);
    turn_say_html(t, buf_text(&html), NULL, false);
}

void turn_answer_press(struct turn *t, const char *text, bool alert)
{
    if (!turn_is_press(t) || t->is_answered) {
        return;
    }
    t->is_answered = true;
    scoped(buf_fini) struct buf cut = {0};
    template_add_cut(&cut, text ? text : "", TOAST_UNITS);
    sender_answer_press(t->c->opts.sender, t->update->callback_id, buf_text(&cut), alert);
}

void turn_drop_parts(struct turn *t)
{
    draft_drop_parts(&t->seat->draft);
    t->is_changed = true;
}

void turn_step(struct turn *t, enum dialog_step next)
{
    if (next == STEP_KEEP) {
        turn_sit(t, t->before);
        return;
    }
    seats_step(&t->seats, t->before, next, t->is_done);
    turn_sit(t, t->seats.at);
    if (next != STEP_IDLE) {
        t->seat->draft.order_id = t->order_id;
        t->seat->draft.arg = t->arg;
    }
    if (next == STEP_FINISH && t->seat->draft.parts_of != t->order_id) {
        draft_drop_parts(&t->seat->draft); /* a report gathers its own files */
        t->seat->draft.parts_of = t->order_id;
    }
    t->is_changed = true;
}

void turn_sit(struct turn *t, enum seat_id seat)
{
    t->seats.at = seat;
    t->seat = &t->seats.of[seat];
}

/* ---- the screen ---- */

/* What was looked for last, wherever one sits by now. */
static const char *turn_search(const struct turn *t)
{
    const char *search = t->seats.of[SEAT_CLIENT].draft.search;
    return search ? search : "";
}

static void add_args(const struct turn *t, const char *letters, struct db_args *args)
{
    for (; *letters; letters++) {
        switch (*letters) {
        case 'c':
            db_arg_i64(args, t->chat->chat_id);
            break;
        case 'o':
            db_arg_i64(args, t->order_id);
            break;
        case 'a':
            db_arg_i64(args, t->arg);
            break;
        case 'p':
            db_arg_i64(args, SCREEN_PAGE_ROWS);
            break;
        case 's':
            db_arg_text(args, turn_search(t));
            break;
        case 'n':
            db_arg_text(args, t->press < PRESS_COUNT ? press_rows[t->press].name : "");
            break;
        case 'l':
            db_arg_text(args, language_code(t->reader.language));
            break;
        case 'z':
            db_arg_text(args, t->reader.days_zone);
            break;
        default:
            assert(false); /* no letter of screens.def */
        }
    }
}

/* A picture of the link, straight to Telegram: a nicety that needs no row. */
static void on_picture_sent(void *ctx, const struct telegram_answer *answer)
{
    (void)ctx;
    if (answer->outcome != TELEGRAM_OK) {
        log_info("qr picture not sent outcome=%d", (int)answer->outcome);
    }
}

static void send_qr_picture(const struct turn *t)
{
    scoped(buf_fini) struct buf png = {0};
    if (!t->qr_link || qr_picture(t->qr_link, &png) < 0) {
        return;
    }
    char params[48];
    snprintf(params, sizeof params, "{\"chat_id\":%lld}", (long long)t->chat->chat_id);
    telegram_upload(
        t->c->opts.telegram, TG_send_photo, params,
        &(struct telegram_upload){"photo", "invite.png", "image/png", png.data, png.len},
        on_picture_sent, NULL);
}

/* How the order stands now, instead of what its old button promised. */
static void tell_that_it_moved_on(struct turn *t, const struct show *s)
{
    scoped(buf_fini) struct buf toast = {0};
    scoped(buf_fini) struct buf arg = {0};
    buf_printf(&arg, "state=%s", order_state_name(s->card.order.state));
    const char *args[] = {buf_text(&arg)};
    say_refusal(&t->reader, refusal_name(REFUSE_wrong_state), args, 1, &toast);
    turn_answer_press(t, buf_text(&toast), false);
    t->next = STEP_KEEP;
}

/* What shows a card is the order's one live card in the chat; the former one shrinks. Managers'
 * alerts stay what they are. */
static bool is_live_card(const struct show *s)
{
    return s->view != 0 && s->view != VIEW_STAFF;
}

/* A card's button that leads away from the order: the card stays above. */
static bool leaves_a_card(const struct turn *t)
{
    return t->press < PRESS_COUNT && t->order_id != 0 && !screen_rows[t->screen].of_order;
}

static void show_rows(struct turn *t, const struct db_result *rows)
{
    struct show s;
    show_init(&s, &t->chat->person, &t->reader);
    s.seats = &t->seats;
    s.bot_username = t->c->bot_username;
    s.invite_token = t->invite_token;
    s.order_id = t->order_id;
    s.arg = t->arg;
    s.press = t->action == ACTION_SHOW ? t->press : PRESS_COUNT;
    s.rows = rows;
    if (t->preface) {
        buf_printf(&s.html, "%s\n\n", t->preface);
    }
    bool here =
        screen_rows[t->screen].place == SCREEN_HERE && !leaves_a_card(t) && !turn_is_aside(t);
    if (!screen_render(&s, t->screen)) {
        tell_that_it_moved_on(t, &s);
        if (turn_is_aside(t)) {
            show_fini(&s);
            return;
        }
        here = true;
    }
    if (s.link[0]) {
        t->qr_link = xstrdup(s.link);
    }
    bool is_card = here && is_live_card(&s);
    t->leaves_card = here && !is_card && !screen_rows[t->screen].of_order;
    turn_say_html(t, buf_text(&s.html), &s.keyboard, here);
    if (is_card) {
        t->replies[t->reply_count - 1].card_of = t->order_id;
        t->replies[t->reply_count - 1].card_version = s.card.order.version;
    }
    show_fini(&s);
}

static void on_rows(void *ctx, const struct db_result *rows)
{
    struct turn *t = ctx;
    show_rows(t, rows);
}

/* Something else is done; what was begun before in another role waits. */
static void remind_of_what_was_left(struct turn *t)
{
    enum seat_id left = seats_left(&t->seats, t->roles, t->seats.at);
    if (!t->went_well || t->next == STEP_KEEP || left == SEAT_NONE) {
        return;
    }
    scoped(keyboard_fini) struct keyboard keyboard = {.language = t->reader.language};
    go_on_button(&t->seats, left, &t->reader, &keyboard);
    turn_say_html(t, tr(t->reader.language, N_("⏸ Before this you had begun something else.")),
                  &keyboard, false);
}

static void end_with(struct turn *t)
{
    remind_of_what_was_left(t);
    turn_step(t, t->next);
    turn_commit(t);
}

static void on_shown(void *ctx, const struct err *err)
{
    struct turn *t = ctx;
    if (err) {
        turn_done(t, err);
        return;
    }
    end_with(t);
}

static bool is_report(enum screen_id screen)
{
    return screen == SCREEN_report || screen == SCREEN_payouts || screen == SCREEN_clients;
}

void turn_show(struct turn *t)
{
    const struct screen_row *row = &screen_rows[t->screen];
    if (t->screen == SCREEN_none || row->query == SCREEN_NO_QUERY) {
        if (t->screen != SCREEN_none) {
            show_rows(t, NULL);
        }
        end_with(t);
        return;
    }
    scoped(db_args_fini) struct db_args args = {0};
    struct db *db = is_report(t->screen) ? t->c->opts.reports_db : t->c->opts.db;
    add_args(t, row->args, &args);
    db_call(db, row->query, &args, on_rows, t);
    db_end(db, on_shown, t);
}

/* ---- the command menu of the chat ---- */

static void on_menu_set(void *ctx, const struct telegram_answer *answer)
{
    (void)ctx;
    if (answer->outcome != TELEGRAM_OK) {
        log_info("command menu not set outcome=%d", (int)answer->outcome);
    }
}

/* Telegram keeps a menu per chat; it is told when roles or language have changed. */
static void keep_menu_current(struct turn *t)
{
    char key[BOT_MENU_KEY_MAX];
    bot_commands_menu_key(t->reader.language, t->roles, key);
    if (t->roles == ROLE_STRANGER) { /* taken away by command_menus.c */
        t->menu[0] = '\0';
        return;
    }
    if (str_eq(key, t->menu)) {
        return;
    }
    snprintf(t->menu, sizeof t->menu, "%s", key);
    t->is_changed = true;
    scoped(buf_fini) struct buf params = {0};
    bot_commands_menu(t->reader.language, t->roles, t->chat->chat_id, &params);
    telegram_call(t->c->opts.telegram, TG_set_my_commands, buf_text(&params), on_menu_set, NULL);
}

/* ---- the commit ---- */

static void keep_in_cache(struct turn *t)
{
    struct chat *chat = t->chat;
    seats_fini(&chat->seats);
    chat->seats = t->seats;
    t->seats = (struct seats){0};
    memcpy(chat->menu, t->menu, sizeof chat->menu);
    chat->last_update_id = t->update->update_id;
    chat->last_update_at = t->reader.now_ms;
}

static void send_replies(struct turn *t)
{
    for (size_t i = 0; i < t->reply_count; i++) {
        sender_reply_committed(t->c->opts.sender,
                               &(struct sender_reply){.delivery_id = t->replies[i].delivery_id,
                                                      .chat_id = t->replies[i].chat_id,
                                                      .order_id = t->replies[i].card_of,
                                                      .send_class = t->replies[i].class});
    }
}

static void on_committed(void *ctx, const struct err *err)
{
    struct turn *t = ctx;
    if (err) {
        chat_forget(t->chat); /* what is stored now, only the database knows */
        turn_done(t, err);
        return;
    }
    keep_in_cache(t);
    send_replies(t);
    if (t->disclosed) {
        disclosures_look(t->c->opts.disclosures);
    }
    send_qr_picture(t);
    turn_done(t, NULL);
}

static void save_chat(struct turn *t)
{
    scoped(buf_fini) struct buf drafts = {0};
    scoped(db_args_fini) struct db_args args = {0};
    seats_print(&t->seats, &drafts);
    db_arg_i64(&args, t->chat->chat_id);
    db_arg_text(&args, dialog_step_name(t->seat->step));
    db_arg_text(&args, dialog_seat_name(t->seats.at));
    db_arg_text(&args, buf_text(&drafts));
    db_arg_i64(&args, t->update->update_id);
    db_arg_i64(&args, t->reader.now_ms);
    db_arg_text(&args, t->menu);
    db_call(t->c->opts.db, Q_save_chat, &args, NULL, NULL);
}

static void on_reply_inserted(void *ctx, const struct db_result *rows)
{
    struct reply *reply = ctx;
    reply->delivery_id = db_i64(rows, 0, 0);
}

static void insert_reply(struct turn *t, struct reply *reply)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, t->c->opts.bot_id);
    db_arg_i64(&args, reply->chat_id);
    db_arg_i64_or_null(&args, reply->card_of != 0, reply->card_of);
    db_arg_i64(&args, (int64_t)reply->class);
    db_arg_text(&args, reply->payload);
    db_arg_i64_or_null(&args, reply->card_of != 0, reply->card_version);
    db_call(t->c->opts.db, Q_insert_reply, &args, on_reply_inserted, reply);
}

static void insert_disclosure(struct turn *t)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, t->c->opts.bot_id);
    db_arg_i64(&args, t->chat->chat_id);
    db_arg_i64(&args, t->order_id);
    db_arg_text(&args, language_code(t->reader.language));
    db_arg_text(&args, t->disclosed);
    db_arg_i64(&args, DISCLOSURE_MS);
    db_call(t->c->opts.db, Q_insert_disclosure, &args, NULL, NULL);
}

static void forget_card(struct turn *t)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, t->chat->chat_id);
    db_arg_i64(&args, t->update->message_id);
    db_call(t->c->opts.db, Q_forget_card, &args, NULL, NULL);
}

void turn_commit(struct turn *t)
{
    bool went_aside = turn_is_aside(t) && t->reply_count > 0;
    turn_answer_press(
        t, went_aside ? tr(t->reader.language, N_("I have written to you in private.")) : NULL,
        false);
    if (t->update->text_was_cut) {
        turn_say(t, N_("✂️ Your message was too long: only its beginning was kept."));
    }
    keep_menu_current(t);
    turn_put_left_keyboard_away(t);
    if (!t->is_changed && t->reply_count == 0 && !t->disclosed) {
        turn_done(t, NULL);
        return;
    }
    save_chat(t);
    for (size_t i = 0; i < t->reply_count; i++) {
        insert_reply(t, &t->replies[i]);
    }
    if (t->leaves_card && turn_is_press(t)) {
        forget_card(t);
    }
    if (t->disclosed) {
        insert_disclosure(t);
    }
    db_end(t->c->opts.db, on_committed, t);
}

void turn_done(struct turn *t, const struct err *err)
{
    conversation_done_fn done = t->done;
    void *ctx = t->ctx;
    struct err copy = err ? *err : (struct err){0};
    if (err && err->kind == ERR_INTERNAL) { /* otherwise it is tried again, and answered then */
        turn_answer_press(t, NULL, false);
    }
    for (size_t i = 0; i < t->reply_count; i++) {
        free(t->replies[i].payload);
    }
    free(t->replies);
    free(t->editing); /* the guard has failed */
    free(t->invite_token);
    free(t->qr_link);
    free(t->disclosed);
    free(t->preface);
    free(t->refusal);
    free(t->refusal_args);
    seats_fini(&t->seats);
    chat_cache_return(t->c->chats, t->chat);
    t->c->turns--;
    free(t);
    done(ctx, err ? &copy : NULL);
}
