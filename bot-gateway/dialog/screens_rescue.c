/* screens_rescue.c - what a manager is asked when an order needs help: who, how long, paid or not,
 * why */
#include "bot-gateway/dialog/reasons.h"
#include "bot-gateway/dialog/screens.h"

#include "common/base/clock.h"

#define SHOWN_MINUTES_MAX \
    (366 * 24 * 60) /* a press can be forged; what may be is the engine's to say */

static void ask_why(struct show *s, const char *msgid, enum dialog_step step)
{
    show_say(s, msgid);
    reasons_offer(&s->keyboard, step, s->order_id);
    show_drop(s, N_("« Never mind"));
}

void render_reassign_why(struct show *s)
{
    ask_why(s,
            N_("👥 Why does another contractor go on with order №{order}? Choose or write; the "
               "client and both contractors read it."),
            STEP_REASSIGN_REASON);
}

void render_release_why(struct show *s)
{
    ask_why(s,
            N_("🔄 Why does order №{order} go back into the queue? Choose or write; the client "
               "and the contractor read it."),
            STEP_RELEASE_REASON);
}

void render_prolong_why(struct show *s)
{
    values_span(&s->values, "estimate", min_i64(s->arg, SHOWN_MINUTES_MAX) * MINUTE_MS);
    ask_why(s,
            N_("⏱ Order №{order}: the estimate becomes {estimate}. Why? Choose or write; the "
               "client and the contractor read it."),
            STEP_PROLONG_REASON);
}

void render_call_off_why(struct show *s)
{
    const char *msgid = s->arg == CALL_OFF_PAID ? N_("✖️ Order №{order} is cancelled and the "
                                                     "contractor paid. Why? Choose or write; "
                                                     "those concerned read it.")
                                                : N_("✖️ Order №{order} is cancelled. Why? "
                                                     "Choose or write; those concerned read it.");
    ask_why(s, msgid, STEP_CALL_OFF_REASON);
}

void render_call_off_work(struct show *s)
{
    show_say(
        s,
        N_("✖️ Cancel order №{order}? {contractor} has worked on it. Is the rate of {rate} "
           "paid all the same?"));
    show_button(s, N_("💰 Paid"), (struct pressed){PRESS_call_off_paid, s->order_id, CALL_OFF_PAID});
    show_button(s, N_("Not paid"),
                (struct pressed){PRESS_call_off_paid, s->order_id, CALL_OFF_UNPAID});
    keyboard_row(&s->keyboard);
    show_button(s, N_("« Back"), (struct pressed){PRESS_order, s->order_id, 0});
}

/* ---- longer ---- */

/* The whole estimate, in minutes, so that so many hours are left: counted from the end it has, or
 * from now if that is over. While the client owes an answer the work clock stands, and its end is
 * not known. */
static int64_t estimate_with(const struct show *s, int64_t hours)
{
    const struct order_facts *o = &s->card.order;
    int64_t late_ms = o->state == ORDER_IN_WORK ? max_i64(s->reader.now_ms - o->due_at, 0) : 0;
    return o->estimate_minutes + (late_ms + MINUTE_MS - 1) / MINUTE_MS + hours * 60;
}

void render_prolong(struct show *s)
{
    static const int hours[] = {1, 2, 4, 8, 24, 48};
    const struct order_facts *o = &s->card.order;
    show_say(s, o->state == ORDER_IN_WORK
                    ? N_("⏱ Order №{order} is to be done by {due} (the estimate is {estimate}). "
                         "How much longer may it take?")
                    : N_("⏱ Order №{order}: the estimate is {estimate}, the clock stands. How much "
                         "longer may it take?"));
    for (size_t i = 0; i < ARRAY_LEN(hours); i++) {
        int64_t minutes = estimate_with(s, hours[i]);
        scoped(buf_fini) struct buf label = {0};
        buf_add_text(&label, "+");
        format_span(&s->reader, hours[i] * HOUR_MS, &label);
        if (o->state == ORDER_IN_WORK) {
            buf_add_text(&label, " → ");
            format_instant(&s->reader, o->due_at + (minutes - o->estimate_minutes) * MINUTE_MS,
                           &label);
        }
        if (i % 2 == 0) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, buf_text(&label),
                          (struct pressed){PRESS_prolong_to, s->order_id, minutes});
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("« Back"), (struct pressed){PRESS_order, s->order_id, 0});
}

/* ---- words ---- */

void render_speak_to(struct show *s)
{
    show_say(
        s,
        s->arg == ROLE_CLIENT
            ? N_("✍️ You are writing to the client of order №{order}: {client}. Everything "
                 "you send now goes there.")
            : N_("✍️ You are writing to the contractor of order №{order}: {contractor}. "
                 "Everything you send now goes there."));
    show_drop(s, N_("✔️ That was all"));
}

void render_answer_for(struct show *s)
{
    show_say(s, N_("💬 Write the answer to the question about order №{order} in the client's "
                   "stead; the contractor goes on as soon as it is there."));
    show_drop(s, N_("« Never mind"));
}

void render_rework_for(struct show *s)
{
    show_say(s, N_("🔁 What is not right yet with order №{order}? The contractor reads it, and the "
                   "time begins anew."));
    show_drop(s, N_("« Never mind"));
}
