/* conversation.c - the first half of a turn: whose update is it, in which step, and what do the
 * tables make of it */
#include "bot-gateway/dialog/conversation.h"

#include "bot-gateway/dialog/reasons.h"
#include "bot-gateway/dialog/turn.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "sql/bot_gateway_queries.h"

/* Update ids may start anew at random after a quiet week: an older "handled up to" says nothing. */
#define HANDLED_BELIEVED_MS (72 * HOUR_MS)
#define TOKEN_MAX 64 /* of an invite; Telegram's start payload */

struct conversation *conversation_new(sd_event *loop, const struct conversation_opts *opts)
{
    struct conversation *c = xcalloc(1, sizeof *c);
    c->loop = loop;
    c->opts = *opts;
    c->bot_username = xstrdup(opts->bot_username ? opts->bot_username : "");
    c->chats = chat_cache_new();
    return c;
}

void conversation_free(struct conversation **c)
{
    if (!*c) {
        return;
    }
    chat_cache_free(&(*c)->chats);
    free((*c)->bot_username);
    free(*c);
    *c = NULL;
}

void conversation_forget(struct conversation *c, const char *what)
{
    if (str_eq(what, "chats")) {
        chat_cache_forget_all(c->chats);
    } else { /* people, parameters (zone, language), the test clock: all stand in what was read of a
                person */
        chat_cache_forget_people(c->chats);
    }
}

/* ---- who it is ---- */

void person_name(const struct update *u, char *out, size_t size)
{
    snprintf(out, size, "%s%s%s", u->first_name, *u->first_name && *u->last_name ? " " : "",
             u->last_name);
    out[text_cut_utf16(out, PERSON_NAME_MAX)] = '\0';
    out[text_cut_bytes(out, size - 1)] = '\0';
    if (!*out) {
        snprintf(out, size, "%lld", (long long)u->from_id);
    }
}

static void on_person_updated(void *ctx, const struct msg_answer *answer, const struct err *err)
{
    (void)ctx, (void)answer;
    if (err) {
        log_debug("name not passed on reason=\"%s\"", err->text);
    }
}

/* Names and usernames change in Telegram; ours follow. Not part of the turn: if it is lost, the
 * next message does it. */
static void keep_name_current(struct turn *t)
{
    struct person *p = &t->chat->person;
    const struct update *u = t->update;
    char name[4 * PERSON_NAME_MAX];
    person_name(u, name, sizeof name);
    if (t->roles == ROLE_STRANGER || u->from_id != t->chat->chat_id ||
        (str_eq(name, p->name) && str_eq(u->username, p->username))) {
        return;
    }
    char id[UPDATE_COMMAND_ID_MAX], full_id[UPDATE_COMMAND_ID_MAX + 8], actor[32];
    update_command_id(u, t->c->opts.bot_id, id);
    snprintf(full_id, sizeof full_id, "%s:name", id);
    snprintf(actor, sizeof actor, "tg:%lld", (long long)u->from_id);
    struct msg command = {
        .type = MSG_person_update, .id = full_id, .actor = actor, .at = clock_now_ms()};
    command.body.person_update = (struct msg_person_update){.name = name, .username = u->username};
    if (!msg_is_valid_id(full_id)) {
        return;
    }
    bus_client_ask(t->c->opts.bus, &command, on_person_updated, NULL);
    free(p->name);
    free(p->username);
    p->name = xstrdup(name);
    p->username = xstrdup(u->username);
}

/* ---- what it means ---- */

void turn_apply_rule(struct turn *t, enum dialog_input input)
{
    const struct dialog_rule *rule = dialog_find(t->seat->step, input, t->roles);
    if (!rule) {
        action_refused(t, refusal_name(REFUSE_not_your_role), NULL, 0);
        return;
    }
    t->action = rule->action;
    t->next = rule->next;
    t->refused = rule->refused;
    t->is_done = true;
    action_run(t);
}

/* A reason counts for the order and the step it was offered for and for no other: the prompt it
 * hangs under may be of yesterday. */
static bool is_old_reason(const struct turn *t, const struct pressed *p)
{
    return p->press == PRESS_because &&
           (p->order_id != t->order_id || !reason_words(t->seat->step, p->arg));
}

/* A button whose meaning lies in the step. */
static void on_press_by_step(struct turn *t, const struct pressed *p)
{
    static const enum dialog_input inputs[PRESS_COUNT] = {
        [PRESS_send] = INPUT_SEND, [PRESS_drop] = INPUT_DROP, [PRESS_because] = INPUT_REASON};
    t->order_id = t->seat->draft.order_id;
    t->arg = t->seat->draft.arg;
    if (is_old_reason(t, p)) {
        t->action = ACTION_NOTHING_BEGUN;
        t->next = STEP_KEEP;
        action_run(t);
        return;
    }
    t->choice = p->arg;
    turn_apply_rule(t, inputs[p->press]);
}

/* The button that leads into a step, with what the step knows: pressed again, it asks again. */
static struct pressed press_again(const struct seat *seat)
{
    enum dialog_step step = seat->step == STEP_INVITE_UNTIL ? STEP_INVITE_NAME : seat->step;
    for (int i = 0; i < PRESS_COUNT; i++) {
        if (press_rows[i].next == step) {
            return (struct pressed){(enum press)i, seat->draft.order_id, seat->draft.arg};
        }
    }
    return (struct pressed){.press = PRESS_menu};
}

static bool is_seat(int64_t id)
{
    return id > 0 && id < SEAT_COUNT;
}

/* A button of one role counts at that role's seat; one that leads into a step, at the step's. */
static enum seat_id seat_of_press(const struct turn *t, const struct press_row *row)
{
    bool leads_in = row->next != STEP_KEEP && row->next != STEP_IDLE;
    enum seat_id seat = leads_in ? dialog_step_seat(row->next) : dialog_seat_of(row->who);
    return seat == SEAT_NONE ? t->seats.at : seat;
}

static void on_press(struct turn *t)
{
    struct pressed p;
    if (press_parse(t->update->callback_data, &p) < 0) {
        turn_answer_press(
            t,
            tr(t->reader.language,
               N_("This button is of an older time. Everything is in the menu: /menu")),
            false);
        turn_commit(t);
        return;
    }
    if (p.press == PRESS_go_on && is_seat(p.arg)) {
        p = press_again(&t->seats.of[p.arg]);
    }
    const struct press_row *row = &press_rows[p.press];
    unsigned who = t->update->is_private ? row->who : row->who & STAFF;
    t->press = p.press;
    t->refused = STEP_KEEP;
    t->speaks_here = !t->update->is_private && row->action == ACTION_BIND_GROUP;
    if (!(who & t->roles)) {
        action_refused(
            t, refusal_name(t->roles == ROLE_STRANGER ? REFUSE_not_invited : REFUSE_not_your_role),
            NULL, 0);
        return;
    }
    turn_sit(t, seat_of_press(t, row));
    if (row->action == ACTION_BY_STEP) {
        on_press_by_step(t, &p);
        return;
    }
    t->order_id = p.order_id;
    t->arg = p.arg;
    t->action = row->action;
    t->next = row->next;
    t->screen = row->screen;
    action_run(t);
}

/* "/start <token>": an invitation, or "/start order_1024": a link to an order. */
static void on_start(struct turn *t, const char *payload)
{
    int64_t order_id;
    t->action = ACTION_SHOW;
    t->next = STEP_IDLE;
    if (strncmp(payload, "order_", 6) == 0 &&
        text_to_i64(payload + 6, 1, INT64_MAX, &order_id) == 0) {
        t->order_id = order_id;
        t->screen = t->roles == ROLE_STRANGER ? SCREEN_stranger : SCREEN_order;
    } else if (*payload && strlen(payload) <= TOKEN_MAX) {
        turn_sit(t, SEAT_COMMON);
        str_free(&t->seat->draft.token);
        t->seat->draft.token = xstrdup(payload);
        t->next = STEP_JOIN;
        t->screen = SCREEN_privacy;
    } else if (t->roles == ROLE_STRANGER) {
        t->action = ACTION_EXPLAIN;
    } else {
        t->screen = SCREEN_menu;
    }
    action_run(t);
}

/* true if the text was a slash command. */
static bool on_command(struct turn *t)
{
    const char *rest;
    if (t->update->text[0] != '/') {
        return false;
    }
    const struct bot_command *command =
        bot_command_find(t->update->text, t->c->bot_username, &rest);
    if (!command && t->seat->step == STEP_HAND_OVER) {
        return false; /* a password may begin so */
    }
    t->order_id = t->arg = 0;
    if (command && str_eq(command->name, "start")) {
        on_start(t, rest);
        return true;
    }
    if (!command || !(command->who & t->roles)) {
        t->action = ACTION_SHOW;
        t->next = STEP_KEEP;
        t->screen = t->roles == ROLE_STRANGER ? SCREEN_stranger : SCREEN_help;
    } else {
        t->action = command->screen == SCREEN_new_order ? ACTION_BEGIN_ORDER : ACTION_SHOW;
        t->next = command->next;
        t->screen = command->screen;
        if (command->next == STEP_ORDER_TEXT) {
            turn_sit(t, SEAT_CLIENT);
        }
    }
    action_run(t);
    return true;
}

static enum dialog_input input_of(const struct update *u)
{
    if (u->is_contact_card && !u->phone) {
        return INPUT_CARD;
    }
    switch (u->content) {
    case CONTENT_TEXT:
        return INPUT_TEXT;
    case CONTENT_FILES:
        return INPUT_FILES;
    case CONTENT_CONTACT:
        return u->phone ? INPUT_CONTACT : INPUT_UNSUPPORTED;
    case CONTENT_USERS_SHARED:
        return INPUT_CHOSEN;
    case CONTENT_STICKER:
    case CONTENT_OTHER:
    case CONTENT_NONE:
        break;
    }
    return INPUT_UNSUPPORTED;
}

/* Whoever just writes, with an order begun and left, goes on with it. */
static void go_on_with_order(struct turn *t)
{
    turn_sit(t, SEAT_CLIENT);
    t->before = SEAT_CLIENT;
    t->seat->step = STEP_ORDER_TEXT;
    t->order_id = t->seat->draft.order_id;
    t->arg = t->seat->draft.arg;
    t->is_changed = true;
}

void turn_on_words(struct turn *t)
{
    enum dialog_input input = input_of(t->update);
    if (t->seat->step == STEP_IDLE && !draft_is_empty(&t->seats.of[SEAT_CLIENT].draft) &&
        (t->roles & ROLE_CLIENT)) {
        go_on_with_order(t);
    }
    turn_apply_rule(t, input);
}

static void on_message(struct turn *t)
{
    bool has_words = t->update->content == CONTENT_TEXT || t->update->content == CONTENT_FILES;
    if (t->update->content == CONTENT_TEXT && !t->update->is_forwarded && on_command(t)) {
        return;
    }
    if (has_words && t->update->reply_to && t->roles != ROLE_STRANGER) {
        turn_on_reply(t);
    } else {
        turn_on_words(t);
    }
}

/* Blocked, or back again: the engine wants to know whom it can tell anything. */
static void on_member(struct turn *t)
{
    bool left =
        str_eq(t->update->member_status, "kicked") || str_eq(t->update->member_status, "left");
    if (t->roles == ROLE_STRANGER) {
        turn_done(t, NULL);
        return;
    }
    t->action = left ? ACTION_UNREACHABLE : ACTION_REACHABLE;
    t->next = t->refused = STEP_KEEP;
    action_run(t);
}

static bool is_handled_already(const struct turn *t)
{
    const struct chat *chat = t->chat;
    return t->update->update_id <= chat->last_update_id &&
           t->reader.now_ms - chat->last_update_at < HANDLED_BELIEVED_MS;
}

static void decide(struct turn *t)
{
    if (is_handled_already(t)) {
        turn_done(t, NULL);
        return;
    }
    keep_name_current(t);
    if (!t->update->is_private && !turn_is_press(t)) {
        group_chat_decide(t);
        return;
    }
    if (t->update->is_private) {
        t->order_id = t->seat->draft.order_id;
        t->arg = t->seat->draft.arg;
    }
    switch (t->update->kind) {
    case UPDATE_PRESS:
        on_press(t);
        break;
    case UPDATE_MESSAGE:
        on_message(t);
        break;
    case UPDATE_EDITED_MESSAGE:
        turn_apply_rule(t, INPUT_EDIT);
        break;
    case UPDATE_MEMBER:
        on_member(t);
        break;
    case UPDATE_OTHER:
        turn_done(t, NULL);
        break;
    }
}

/* ---- the way in ---- */

static struct turn *turn_new(struct conversation *c, const struct update *const *updates,
                             size_t count, conversation_done_fn done, void *ctx)
{
    struct turn *t = xcalloc(1, sizeof *t);
    t->c = c;
    t->updates = updates;
    t->count = count;
    t->update = updates[count - 1];
    t->done = done;
    t->ctx = ctx;
    t->press = PRESS_COUNT;
    turn_sit(t, SEAT_NONE); /* until the chat is read */
    t->chat = chat_cache_borrow(c->chats, t->update->chat_id, clock_mono_ms());
    c->turns++;
    return t;
}

/* Words in a thread need nothing that is not known already. */
static bool is_fast(const struct turn *t)
{
    const struct update *u = t->update;
    return t->chat->is_read && dialog_is_fast(seats_now(&t->chat->seats)->step) &&
           u->kind == UPDATE_MESSAGE &&
           (u->content == CONTENT_TEXT || u->content == CONTENT_FILES) && u->text[0] != '/' &&
           u->reply_to == 0 && !u->text_was_cut && !action_may_leak(t, ACTION_SAY);
}

void conversation_handle(struct conversation *c, const struct update *const *updates, size_t count,
                         conversation_done_fn done, void *ctx)
{
    const struct update *u = updates[count - 1];
    bool concerns_us = u->is_private || group_chat_concerns(u, c->bot_username);
    if (u->kind == UPDATE_OTHER || u->chat_id <= 0 || u->from_is_bot || !concerns_us) {
        done(ctx, NULL);
        return;
    }
    struct turn *t = turn_new(c, updates, count, done, ctx);
    if (is_fast(t)) {
        t->is_fast = true;
        t->order_id = seats_now(&t->chat->seats)->draft.order_id;
        t->action = ACTION_SAY;
        t->next = STEP_KEEP;
        t->refused = STEP_IDLE;
        action_run_fast(t);
    } else {
        turn_load(t, decide);
    }
}

static void on_apology(void *ctx, const struct telegram_answer *answer)
{
    (void)ctx, (void)answer; /* best effort: the outage is told elsewhere */
}

void conversation_apologise(struct conversation *c, int64_t chat_id)
{
    struct chat *chat = chat_cache_borrow(c->chats, chat_id, clock_mono_ms());
    enum language language =
        chat->person.viewer.zone ? chat->person.viewer.reader.language : LANGUAGE_RU;
    chat_cache_return(c->chats, chat);
    scoped(buf_fini) struct buf params = {0};
    buf_printf(&params, "{\"chat_id\":%lld,\"text\":", (long long)chat_id);
    buf_add_json(&params, tr(language, N_("⏳ It takes a moment: something is being repaired. Your "
                                          "message is not lost, the answer comes by itself.")));
    buf_add_char(&params, '}');
    telegram_call(c->opts.telegram, TG_send_message, buf_text(&params), on_apology, NULL);
}
