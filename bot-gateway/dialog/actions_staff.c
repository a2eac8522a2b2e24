/* actions_staff.c - the commands of managers about orders that need them */
#include "bot-gateway/dialog/actions.h"
#include "bot-gateway/dialog/reasons.h"

/* Chosen by a press, or written. */
static const char *reason_given(const struct turn *t, struct words *w)
{
    if (turn_is_press(t)) {
        return tr(t->reader.language, reason_words(t->seat->step, t->choice));
    }
    words_gather(t, false, w);
    return buf_text(&w->text);
}

bool make_ping(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_offer_ping;
    m->body.offer_ping = (struct msg_offer_ping){.order_id = t->order_id, .contractor_id = t->arg};
    return true;
}

bool make_settle(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_alert_settle;
    m->body.alert_settle = (struct msg_alert_settle){.order_id = t->order_id, .alert_id = t->arg};
    return true;
}

bool make_answer_complaint(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, true, w);
    m->type = MSG_alert_settle;
    m->body.alert_settle = (struct msg_alert_settle){.order_id = t->order_id,
                                                     .alert_id = t->arg,
                                                     .text = buf_text(&w->text),
                                                     .files = words_files(w)};
    return true;
}

bool make_reassign(struct turn *t, struct msg *m, struct words *w)
{
    m->type = MSG_order_reassign;
    m->body.order_reassign = (struct msg_order_reassign){
        .order_id = t->order_id, .contractor_id = t->arg, .reason = reason_given(t, w)};
    return true;
}

bool make_release(struct turn *t, struct msg *m, struct words *w)
{
    m->type = MSG_order_release;
    m->body.order_release =
        (struct msg_order_release){.order_id = t->order_id, .reason = reason_given(t, w)};
    return true;
}

bool make_prolong(struct turn *t, struct msg *m, struct words *w)
{
    m->type = MSG_order_extend;
    m->body.order_extend = (struct msg_order_extend){
        .order_id = t->order_id, .estimate_minutes = t->arg, .reason = reason_given(t, w)};
    return true;
}

bool make_call_off(struct turn *t, struct msg *m, struct words *w)
{
    m->type = MSG_order_cancel;
    m->body.order_cancel = (struct msg_order_cancel){.order_id = t->order_id,
                                                     .reason = reason_given(t, w),
                                                     .pay = t->arg == CALL_OFF_PAID,
                                                     .has_pay = t->arg != CALL_OFF_UNASKED};
    return true;
}

bool make_say_to(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, true, w);
    m->type = MSG_order_say;
    m->body.order_say = (struct msg_order_say){.order_id = t->order_id,
                                               .text = buf_text(&w->text),
                                               .files = words_files(w),
                                               .to = role_name((enum role)t->arg)};
    return true;
}
