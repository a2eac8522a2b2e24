/* effects.c - what a transition entails: the table, and what it does to the row and the ledgers */
#include "order-engine/rules/effects.h"

#include "order-engine/rules/dispatch.h"
#include "order-engine/rules/effects_alerts.h"
#include "order-engine/rules/effects_clocks.h"
#include "order-engine/rules/order_fsm.h"
#include "order-engine/rules/quota.h"

/* ---- ledgers, offers, who has it ---- */

static EFFECT_FN(effect_reserve)
{
    (void)c;
    d->quota = LEDGER_RESERVE;
    d->quota_left = quota_left(s->account) - 1;
}

static EFFECT_FN(effect_return)
{
    (void)s, (void)c;
    if (!d->after.given_back)
        d->quota = LEDGER_RETURN;
}

static EFFECT_FN(effect_offer)
{
    (void)c;
    if (s->account->may_pin) {
        dispatch_begin(s, &d->after);
        d->keep_pins = d->after.pin_count > 0;
    } else {
        d->after.offer_open = true;
    }
}

static EFFECT_FN(effect_open)
{
    (void)s, (void)c;
    d->after.offer_open = true;
}

static EFFECT_FN(effect_withdraw)
{
    (void)s, (void)c;
    d->withdraw_offers = true;
}

static EFFECT_FN(effect_pay)
{
    (void)s, (void)c;
    d->pay = true;
}

static EFFECT_FN(effect_pay_if_agreed)
{
    (void)s;
    d->pay = c->pay_given ? c->pay : d->from == ORDER_DONE;
}

/* Past the limit the oldest is forgotten: that many have tried. */
static EFFECT_FN(effect_remember_pass)
{
    (void)c;
    struct order *o = &d->after;
    d->passed_by = s->order->contractor_id;
    o->passed[o->pass_count < ORDER_PASSES_MAX ? o->pass_count++ : 0] = d->passed_by;
}

static EFFECT_FN(effect_leave)
{
    (void)s, (void)c;
    struct order *o = &d->after;
    o->contractor_id = o->taken_at = o->estimate_minutes = o->bonus_minor = 0;
    o->estimate_named = o->contractor_active = false;
}

static EFFECT_FN(effect_erase)
{
    (void)s, (void)c;
    d->erase_credentials = true;
}

/* ---- the table ---- */

/* In the order in which they happen. */
/* clang-format off */
static const struct {
    uint64_t effect;
    void (*happen)(const struct situation *, const struct order_command *, struct decision *);
} effects[] = {
    {RESERVE_QUOTA,     effect_reserve},
    {RETURN_QUOTA,      effect_return},
    {OFFER,             effect_offer},
    {OPEN_TO_ALL,       effect_open},
    {WITHDRAW_OFFERS,   effect_withdraw},
    {REMEMBER_PASS,     effect_remember_pass},
    {LEAVE_CONTRACTOR,  effect_leave},
    {STOP_REACTION,     effect_stop_reaction},
    {STOP_WORK,         effect_stop_work},
    {STOP_CONFIRM,      effect_stop_confirm},
    {STOP_ANSWER,       effect_stop_answer},
    {STOP_ACCEPTANCE,   effect_stop_acceptance},
    {PAUSE_WORK,        effect_pause_work},
    {RESUME_WORK,       effect_resume_work},
    {PAUSE_CONFIRM,     effect_pause_confirm},
    {RESUME_CONFIRM,    effect_resume_confirm},
    {START_REACTION,    effect_start_reaction},
    {START_WORK,        effect_start_work},
    {MOVE_WORK,         effect_move_work},
    {START_CONFIRM,     effect_start_confirm},
    {START_ANSWER,      effect_start_answer},
    {START_ACCEPTANCE,  effect_start_acceptance},
    {SOLVE_NOT_TAKEN,   effect_solve_not_taken},
    {SOLVE_LATE,        effect_solve_late},
    {SOLVE_UNCONFIRMED, effect_solve_unconfirmed},
    {SOLVE_NO_ANSWER,   effect_solve_no_answer},
    {SOLVE_UNREACHABLE, effect_solve_unreachable},
    {RECORD_BREACH,     effect_breach},
    {RAISE_ALERT,       effect_alert},
    {RAISE_COMPLAINT,   effect_complaint},
    {RAISE_LOW_RATING,  effect_low_rating},
    {RAISE_REWORKED,    effect_reworked},
    {ACKNOWLEDGE_ALERT, effect_acknowledge},
    {REPEAT_ALERT,      effect_repeat},
    {REOPEN_ALERT,      effect_reopen},
    {SETTLE_ALERT,      effect_settle},
    {PAY,               effect_pay},
    {PAY_IF_AGREED,     effect_pay_if_agreed},
    {ERASE,             effect_erase},
};
/* clang-format on */

void effects_apply(uint64_t wanted, const struct situation *s, const struct order_command *c,
                   struct decision *d)
{
    for (size_t i = 0; i < ARRAY_LEN(effects); i++)
        if ((wanted & effects[i].effect) != 0)
            effects[i].happen(s, c, d);
}
