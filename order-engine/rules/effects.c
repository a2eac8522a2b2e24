/* effects.c - what a transition entails */
#include "order-engine/rules/effects.h"

#include "common/base/clock.h"
#include "order-engine/rules/alerts.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/dispatch.h"
#include "order-engine/rules/notices.h"
#include "order-engine/rules/order_fsm.h"
#include "order-engine/rules/quota.h"

/* ---- alerts ---- */

/* The open alert a command names; CAUSE_COUNT and the refusal if it stands no more. */
static enum alert_cause find_alert(const struct situation *s, const struct order_command *c,
                                   struct refused *r)
{
    enum alert_cause cause = alert_find(s->order, c->alert_id);
    if (cause == CAUSE_COUNT)
        refuse(r, REFUSE_alert_gone);
    return cause;
}

enum alert_cause alert_to_acknowledge(const struct situation *s, const struct order_command *c,
                                      struct refused *r)
{
    enum alert_cause cause = find_alert(s, c, r);
    if (cause == CAUSE_COUNT || s->order->alerts[cause].acknowledged_by == 0)
        return cause;
    const struct open_alert *alert = &s->order->alerts[cause];
    refuse_number(r, REFUSE_alert_has, "who", alert->acknowledged_by);
    r->args[r->arg_count++] = (struct refusal_arg){.name = "at", .number = alert->acknowledged_at};
    return CAUSE_COUNT;
}

enum alert_cause alert_to_settle(const struct situation *s, const struct order_command *c,
                                 struct refused *r)
{
    enum alert_cause cause = find_alert(s, c, r);
    if (cause == CAUSE_COUNT || cause == CAUSE_COMPLAINT || cause == CAUSE_LOW_RATING ||
        cause == CAUSE_REWORKED)
        return cause;
    refuse(r, REFUSE_alert_solves_itself);
    return CAUSE_COUNT;
}

static void note_alert(struct decision *d, enum alert_change change, enum alert_cause cause)
{
    d->alerts[d->alert_count++] = (struct decided_alert){change, cause, d->after.alerts[cause]};
}

static void solve(struct decision *d, enum alert_cause cause)
{
    struct open_alert *alert = &d->after.alerts[cause];
    if (alert->id == 0)
        return;
    note_alert(d, ALERT_SOLVED, cause);
    *alert = (struct open_alert){0};
}

/* One alert per order and cause: 95 % raises it, 100 % rewrites it and leaves an acknowledgement
 * standing. */
static void raise_alert(struct decision *d, enum alert_cause cause, int64_t level, int64_t new_id)
{
    struct open_alert *alert = &d->after.alerts[cause];
    bool stands = alert->id != 0;
    if (!stands)
        *alert = (struct open_alert){.id = new_id, .raised_at = d->at};
    alert->level = level;
    note_alert(d, stands ? ALERT_REWRITTEN : ALERT_RAISED, cause);
}

static void effect_alert(const struct situation *s, const struct order_command *c,
                         struct decision *d)
{
    (void)s;
    size_t position;
    const struct clock_step_row *row = clock_step_find(c->clock, c->step, &position);
    raise_alert(d, row->cause, d->after.clocks[c->clock].shares[position], c->new_alert_id);
}

static void effect_complaint(const struct situation *s, const struct order_command *c,
                             struct decision *d)
{
    (void)s;
    raise_alert(d, CAUSE_COMPLAINT, 100, c->new_alert_id);
}

static void effect_low_rating(const struct situation *s, const struct order_command *c,
                              struct decision *d)
{
    if (c->rating != 0 && c->rating <= s->parameters->LOW_RATING)
        raise_alert(d, CAUSE_LOW_RATING, 100, c->new_alert_id);
}

static void effect_reworked(const struct situation *s, const struct order_command *c,
                            struct decision *d)
{
    (void)s;
    if (d->after.reworks == REWORKS_ALERTED)
        raise_alert(d, CAUSE_REWORKED, 100, c->new_alert_id);
}

/* A step that has nothing to do any more in this run: no deadline is written for it. */
static void skip_step(struct clock_run *run, enum sla_clock clock, enum clock_step step)
{
    size_t position = 0;
    const struct clock_step_row *row = clock_step_find(clock, step, &position);
    assert(row != NULL);
    run->fired |= 1u << position;
}

/* What was promised and not kept need not count; an order goes back to its month once at most. */
static void compensate(const struct situation *s, struct decision *d)
{
    if (!s->parameters->COMPENSATE_BREACH)
        return;
    d->after.given_back = true;
    d->quota = LEDGER_COMPENSATE;
}

/* Engines work side by side: 100 % may be decided before the managers' share, which then has
 * nothing to add. */
static void effect_breach(const struct situation *s, const struct order_command *c,
                          struct decision *d)
{
    struct order *o = &d->after;
    skip_step(&o->clocks[c->clock], c->clock, STEP_ALERT);
    if (c->clock == CLOCK_REACTION && o->reaction_breached_at == 0 &&
        o->clocks[CLOCK_REACTION].run == 1) {
        o->reaction_breached_at = s->now;
        compensate(s, d);
    }
    if (c->clock == CLOCK_WORK && o->work_breached_at == 0)
        o->work_breached_at = s->now;
}

static void effect_acknowledge(const struct situation *s, const struct order_command *c,
                               struct decision *d)
{
    struct refused ignored;
    enum alert_cause cause = alert_to_acknowledge(s, c, &ignored);
    struct open_alert *alert = &d->after.alerts[cause];
    alert->acknowledged_by = s->actor->id;
    alert->acknowledged_at = s->now;
    note_alert(d, ALERT_ACKNOWLEDGED, cause);
}

static void effect_repeat(const struct situation *s, const struct order_command *c,
                          struct decision *d)
{
    enum alert_cause cause = alert_find(s->order, c->alert_id);
    d->after.alerts[cause].repeats++;
    note_alert(d, ALERT_REPEATED, cause);
}

static void effect_reopen(const struct situation *s, const struct order_command *c,
                          struct decision *d)
{
    enum alert_cause cause = alert_find(s->order, c->alert_id);
    d->after.alerts[cause].acknowledged_by = d->after.alerts[cause].acknowledged_at = 0;
    note_alert(d, ALERT_REOPENED, cause);
}

static void effect_settle(const struct situation *s, const struct order_command *c,
                          struct decision *d)
{
    struct refused ignored;
    solve(d, alert_to_settle(s, c, &ignored));
}

static void effect_reserve(const struct situation *s, const struct order_command *c,
                           struct decision *d)
{
    (void)c;
    d->quota = LEDGER_RESERVE;
    d->quota_left = quota_left(s->account) - 1;
}

static void effect_return(const struct situation *s, const struct order_command *c,
                          struct decision *d)
{
    (void)s, (void)c;
    if (!d->after.given_back)
        d->quota = LEDGER_RETURN;
}

static void effect_offer(const struct situation *s, const struct order_command *c,
                         struct decision *d)
{
    (void)c;
    if (s->account->may_pin) {
        dispatch_begin(s, &d->after);
        d->keep_pins = d->after.pin_count > 0;
    } else {
        d->after.offer_open = true;
    }
}

static void effect_open(const struct situation *s, const struct order_command *c,
                        struct decision *d)
{
    (void)s, (void)c;
    d->after.offer_open = true;
}

static void effect_withdraw(const struct situation *s, const struct order_command *c,
                            struct decision *d)
{
    (void)s, (void)c;
    d->withdraw_offers = true;
}

static void effect_pay(const struct situation *s, const struct order_command *c, struct decision *d)
{
    (void)s, (void)c;
    d->pay = true;
}

static void effect_pay_if_agreed(const struct situation *s, const struct order_command *c,
                                 struct decision *d)
{
    (void)s;
    d->pay = c->pay_given ? c->pay : d->from == ORDER_DONE;
}

/* Past the limit the oldest is forgotten: that many have tried. */
static void effect_remember_pass(const struct situation *s, const struct order_command *c,
                                 struct decision *d)
{
    (void)c;
    struct order *o = &d->after;
    d->passed_by = s->order->contractor_id;
    o->passed[o->pass_count < ORDER_PASSES_MAX ? o->pass_count++ : 0] = d->passed_by;
}

static void effect_leave(const struct situation *s, const struct order_command *c,
                         struct decision *d)
{
    (void)s, (void)c;
    struct order *o = &d->after;
    o->contractor_id = o->taken_at = o->estimate_minutes = o->bonus_minor = 0;
    o->estimate_named = o->contractor_active = false;
}

static void effect_erase(const struct situation *s, const struct order_command *c,
                         struct decision *d)
{
    (void)s, (void)c;
    d->erase_credentials = true;
}

static void effect_start_reaction(const struct situation *s, const struct order_command *c,
                                  struct decision *d)
{
    (void)c;
    struct clock_run *clock = &d->after.clocks[CLOCK_REACTION];
    clock->calendar = d->after.calendar;
    clock_start(clock, CLOCK_REACTION, d->after.reaction_minutes * MINUTE_MS, s->parameters,
                s->now);
    if (d->after.offer_open)
        skip_step(clock, CLOCK_REACTION, STEP_OPEN);
}

static void effect_start_work(const struct situation *s, const struct order_command *c,
                              struct decision *d)
{
    (void)c;
    clock_start(&d->after.clocks[CLOCK_WORK], CLOCK_WORK, d->after.estimate_minutes * MINUTE_MS,
                s->parameters, s->now);
}

/* The order runs late no more if the new 100 % leaves the managers' share ahead; a recorded breach
 * stays. */
static void effect_move_work(const struct situation *s, const struct order_command *c,
                             struct decision *d)
{
    (void)c;
    struct clock_run *clock = &d->after.clocks[CLOCK_WORK];
    size_t alert = 0;
    clock_move(clock, d->after.estimate_minutes * MINUTE_MS, s->now);
    clock_step_find(CLOCK_WORK, STEP_ALERT, &alert);
    if (!clock_has_fired(clock, alert))
        solve(d, CAUSE_LATE);
}

static void effect_pause_work(const struct situation *s, const struct order_command *c,
                              struct decision *d)
{
    (void)c;
    clock_pause(&d->after.clocks[CLOCK_WORK], s->now);
}

static void effect_resume_work(const struct situation *s, const struct order_command *c,
                               struct decision *d)
{
    (void)c;
    clock_resume(&d->after.clocks[CLOCK_WORK], s->now);
}

/* Who has asked cannot name a time before the answer is there. */
static void effect_pause_confirm(const struct situation *s, const struct order_command *c,
                                 struct decision *d)
{
    (void)c;
    clock_pause(&d->after.clocks[CLOCK_CONFIRM], s->now);
}

static void effect_resume_confirm(const struct situation *s, const struct order_command *c,
                                  struct decision *d)
{
    (void)c;
    clock_resume(&d->after.clocks[CLOCK_CONFIRM], s->now);
}

static void effect_start_confirm(const struct situation *s, const struct order_command *c,
                                 struct decision *d)
{
    (void)c;
    clock_start(&d->after.clocks[CLOCK_CONFIRM], CLOCK_CONFIRM,
                s->parameters->CONFIRM_MINUTES * MINUTE_MS, s->parameters, s->now);
}

/* A client who cannot be reached will not answer: the managers know at once. */
static void effect_start_answer(const struct situation *s, const struct order_command *c,
                                struct decision *d)
{
    struct clock_run *clock = &d->after.clocks[CLOCK_ANSWER];
    clock_start(clock, CLOCK_ANSWER, s->parameters->WAIT_CLIENT_HOURS * HOUR_MS, s->parameters,
                s->now);
    if (d->after.client_reachable)
        return;
    skip_step(clock, CLOCK_ANSWER, STEP_ALERT);
    raise_alert(d, CAUSE_NO_ANSWER, 100, c->new_alert_id);
    notices_tell(s, NOTICE_alert_no_answer, TO_MANAGERS, DETAIL_ALERT, CLOCK_ANSWER,
                 CAUSE_NO_ANSWER, d);
}

static void effect_start_acceptance(const struct situation *s, const struct order_command *c,
                                    struct decision *d)
{
    (void)c;
    clock_start(&d->after.clocks[CLOCK_ACCEPTANCE], CLOCK_ACCEPTANCE,
                s->parameters->AUTO_CLOSE_HOURS * HOUR_MS, s->parameters, s->now);
}

#define STOPS(name, clock)                                                                         \
    static void name(const struct situation *s, const struct order_command *c, struct decision *d) \
    {                                                                                              \
        (void)c;                                                                                   \
        clock_stop(&d->after.clocks[clock], s->now);                                               \
        d->withdraw_reminders = true;                                                              \
    }
STOPS(effect_stop_reaction, CLOCK_REACTION)
STOPS(effect_stop_work, CLOCK_WORK)
STOPS(effect_stop_confirm, CLOCK_CONFIRM)
STOPS(effect_stop_answer, CLOCK_ANSWER)
STOPS(effect_stop_acceptance, CLOCK_ACCEPTANCE)

#define SOLVES(name, cause)                                                                        \
    static void name(const struct situation *s, const struct order_command *c, struct decision *d) \
    {                                                                                              \
        (void)s, (void)c;                                                                          \
        solve(d, cause);                                                                           \
    }
SOLVES(effect_solve_not_taken, CAUSE_NOT_TAKEN)
SOLVES(effect_solve_late, CAUSE_LATE)
SOLVES(effect_solve_unconfirmed, CAUSE_UNCONFIRMED)
SOLVES(effect_solve_no_answer, CAUSE_NO_ANSWER)
SOLVES(effect_solve_unreachable, CAUSE_UNREACHABLE)

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
