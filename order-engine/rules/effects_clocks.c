/* effects_clocks.c - what transitions do to clocks, and what a missed time brings */
#include "order-engine/rules/effects_clocks.h"

#include "common/base/clock.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/effects_alerts.h"
#include "order-engine/rules/notices.h"

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
EFFECT_FN(effect_breach)
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

EFFECT_FN(effect_start_reaction)
{
    (void)c;
    struct clock_run *clock = &d->after.clocks[CLOCK_REACTION];
    clock->calendar = d->after.calendar;
    clock_start(clock, CLOCK_REACTION, d->after.reaction_minutes * MINUTE_MS, s->parameters,
                s->now);
    if (d->after.offer_open)
        skip_step(clock, CLOCK_REACTION, STEP_OPEN);
}

EFFECT_FN(effect_start_work)
{
    (void)c;
    clock_start(&d->after.clocks[CLOCK_WORK], CLOCK_WORK, d->after.estimate_minutes * MINUTE_MS,
                s->parameters, s->now);
}

/* The order runs late no more if the new 100 % leaves the managers' share ahead; a recorded breach
 * stays. */
EFFECT_FN(effect_move_work)
{
    (void)c;
    struct clock_run *clock = &d->after.clocks[CLOCK_WORK];
    size_t alert = 0;
    clock_move(clock, d->after.estimate_minutes * MINUTE_MS, s->now);
    clock_step_find(CLOCK_WORK, STEP_ALERT, &alert);
    if (!clock_has_fired(clock, alert))
        effect_solve(d, CAUSE_LATE);
}

EFFECT_FN(effect_pause_work)
{
    (void)c;
    clock_pause(&d->after.clocks[CLOCK_WORK], s->now);
}

EFFECT_FN(effect_resume_work)
{
    (void)c;
    clock_resume(&d->after.clocks[CLOCK_WORK], s->now);
}

/* Who has asked cannot name a time before the answer is there. */
EFFECT_FN(effect_pause_confirm)
{
    (void)c;
    clock_pause(&d->after.clocks[CLOCK_CONFIRM], s->now);
}

EFFECT_FN(effect_resume_confirm)
{
    (void)c;
    clock_resume(&d->after.clocks[CLOCK_CONFIRM], s->now);
}

EFFECT_FN(effect_start_confirm)
{
    (void)c;
    clock_start(&d->after.clocks[CLOCK_CONFIRM], CLOCK_CONFIRM,
                s->parameters->CONFIRM_MINUTES * MINUTE_MS, s->parameters, s->now);
}

/* A client who cannot be reached will not answer: the managers know at once. */
EFFECT_FN(effect_start_answer)
{
    struct clock_run *clock = &d->after.clocks[CLOCK_ANSWER];
    clock_start(clock, CLOCK_ANSWER, s->parameters->WAIT_CLIENT_HOURS * HOUR_MS, s->parameters,
                s->now);
    if (d->after.client_reachable)
        return;
    skip_step(clock, CLOCK_ANSWER, STEP_ALERT);
    effect_raise(d, CAUSE_NO_ANSWER, 100, c->new_alert_id);
    notices_tell(s, NOTICE_alert_no_answer, TO_MANAGERS, DETAIL_ALERT, CLOCK_ANSWER,
                 CAUSE_NO_ANSWER, d);
}

EFFECT_FN(effect_start_acceptance)
{
    (void)c;
    clock_start(&d->after.clocks[CLOCK_ACCEPTANCE], CLOCK_ACCEPTANCE,
                s->parameters->AUTO_CLOSE_HOURS * HOUR_MS, s->parameters, s->now);
}

#define STOPS(name, clock)                           \
    EFFECT_FN(name)                                  \
    {                                                \
        (void)c;                                     \
        clock_stop(&d->after.clocks[clock], s->now); \
        d->withdraw_reminders = true;                \
    }
STOPS(effect_stop_reaction, CLOCK_REACTION)
STOPS(effect_stop_work, CLOCK_WORK)
STOPS(effect_stop_confirm, CLOCK_CONFIRM)
STOPS(effect_stop_answer, CLOCK_ANSWER)
STOPS(effect_stop_acceptance, CLOCK_ACCEPTANCE)
