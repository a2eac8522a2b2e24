/* actions_orders.c - the commands about orders */
#include "bot-gateway/dialog/actions.h"

#include "common/base/text.h"

bool make_create(struct turn *t, struct msg *m, struct words *w)
{
    words_gather_draft(t, w);
    if (!draft_is_empty(&t->seat->draft) && !text_has_words(buf_text(&w->text))) {
        return action_stay(t, N_("📎 Got it. Now please say in words what needs to be done."));
    }
    m->type = MSG_order_create;
    m->body.order_create = (struct msg_order_create){.text = buf_text(&w->text),
                                                     .files = words_files(w),
                                                     .wish = t->seat->draft.wish,
                                                     .category_id = t->seat->draft.arg,
                                                     .has_category_id = t->seat->draft.arg > 0};
    return true;
}

bool make_details(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, false, w);
    m->type = MSG_order_add_details;
    m->body.order_add_details = (struct msg_order_add_details){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = words_files(w)};
    return true;
}

bool make_cancel(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, false, w);
    m->type = MSG_order_cancel;
    m->body.order_cancel = (struct msg_order_cancel){
        .order_id = t->order_id, .reason = w->text.len > 0 ? buf_text(&w->text) : NULL};
    return true;
}

bool make_answer(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, true, w);
    m->type = MSG_order_answer;
    m->body.order_answer = (struct msg_order_answer){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = words_files(w)};
    return true;
}

bool make_accept(struct turn *t, struct msg *m, struct words *w)
{
    if (!turn_is_press(t)) {
        words_gather(t, false, w);
    }
    m->type = MSG_order_accept;
    m->body.order_accept =
        (struct msg_order_accept){.order_id = t->order_id,
                                  .rating = t->arg,
                                  .has_rating = t->arg > 0,
                                  .comment = w->text.len > 0 ? buf_text(&w->text) : NULL};
    if (turn_is_press(t)) {
        t->screen = SCREEN_order;
    }
    return true;
}

bool make_rate(struct turn *t, struct msg *m, struct words *w)
{
    if (!turn_is_press(t)) {
        words_gather(t, false, w);
    }
    m->type = MSG_order_rate;
    m->body.order_rate =
        (struct msg_order_rate){.order_id = t->order_id,
                                .rating = t->arg,
                                .comment = w->text.len > 0 ? buf_text(&w->text) : NULL};
    return true;
}

bool make_rework(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, true, w);
    m->type = MSG_order_rework;
    m->body.order_rework = (struct msg_order_rework){
        .order_id = t->order_id, .reason = buf_text(&w->text), .files = words_files(w)};
    return true;
}

bool make_complain(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, true, w);
    m->type = MSG_order_complain;
    m->body.order_complain = (struct msg_order_complain){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = words_files(w)};
    return true;
}

bool make_say(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, true, w);
    m->type = MSG_order_say;
    m->body.order_say = (struct msg_order_say){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = words_files(w)};
    return true;
}

bool make_place_say(struct turn *t, struct msg *m, struct words *w)
{
    if (draft_is_empty(&t->seat->draft)) {
        return make_nothing_begun(t, m, w);
    }
    words_gather_draft(t, w);
    m->type = MSG_order_say;
    m->body.order_say = (struct msg_order_say){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = words_files(w)};
    return true;
}

/* Hours from a button, or a time as it was typed; 0 = it says none. */
static int64_t minutes_meant(const struct turn *t)
{
    return turn_is_press(t) ? t->arg * 60 : max_i64(format_parse_minutes(t->update->text), 0);
}

static bool ask_for_a_time(struct turn *t)
{
    return action_stay(
        t, N_("I did not understand the time. For example: 5, 1.5, 90 min, 2 h 30 min."));
}

bool make_take(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    int64_t minutes = minutes_meant(t);
    if (minutes == 0) {
        return ask_for_a_time(t);
    }
    m->type = MSG_order_take;
    m->body.order_take =
        (struct msg_order_take){.order_id = t->order_id, .estimate_minutes = minutes};
    t->screen = SCREEN_order;
    return true;
}

bool make_decline(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_offer_decline;
    m->body.offer_decline = (struct msg_offer_decline){.order_id = t->order_id};
    return true;
}

bool make_set_estimate(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    int64_t minutes = minutes_meant(t);
    if (minutes == 0) {
        return ask_for_a_time(t);
    }
    m->type = MSG_order_set_estimate;
    m->body.order_set_estimate =
        (struct msg_order_set_estimate){.order_id = t->order_id, .estimate_minutes = minutes};
    t->screen = SCREEN_order;
    return true;
}

/* The step has kept the estimate so far. */
bool make_keep_time(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    int64_t minutes = minutes_meant(t);
    if (minutes == 0) {
        return ask_for_a_time(t);
    }
    t->arg += minutes;
    t->screen = SCREEN_extend_reason;
    return false;
}

bool make_extend(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, false, w);
    m->type = MSG_order_extend;
    m->body.order_extend = (struct msg_order_extend){
        .order_id = t->order_id, .estimate_minutes = t->arg, .reason = buf_text(&w->text)};
    return true;
}

bool make_give_back(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, false, w);
    m->type = MSG_order_give_back;
    m->body.order_give_back =
        (struct msg_order_give_back){.order_id = t->order_id, .reason = buf_text(&w->text)};
    return true;
}

bool make_ask(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, true, w);
    m->type = MSG_order_ask;
    m->body.order_ask = (struct msg_order_ask){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = words_files(w)};
    return true;
}

bool make_resume(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_order_resume;
    m->body.order_resume = (struct msg_order_resume){.order_id = t->order_id};
    return true;
}

/* A report needs words: files that came without wait in the draft for them. */
bool make_finish(struct turn *t, struct msg *m, struct words *w)
{
    words_gather_draft(t, w);
    words_gather(t, true, w);
    if (w->text.len == 0) {
        return action_collect(t)
                   ? action_stay(t, N_("📎 Got it. Now please say in a few words what was done."))
                   : false;
    }
    m->type = MSG_order_finish;
    m->body.order_finish = (struct msg_order_finish){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = words_files(w)};
    return true;
}

bool make_assign(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_order_assign;
    m->body.order_assign =
        (struct msg_order_assign){.order_id = t->order_id, .contractor_id = t->arg};
    return true;
}

bool make_acknowledge(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_alert_acknowledge;
    m->body.alert_acknowledge =
        (struct msg_alert_acknowledge){.order_id = t->order_id, .alert_id = t->arg};
    return true;
}

/* ---- what follows ---- */

void after_parts_are_sent(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    turn_drop_parts(t);
}

void after_show_card(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    t->shows_card = true;
}

void after_finish(struct turn *t, const struct msg_answer *answer)
{
    after_parts_are_sent(t, answer);
    after_show_card(t, answer);
}
