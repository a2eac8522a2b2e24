/* effects_alerts.c - what transitions do to alerts */
#include "order-engine/rules/effects_alerts.h"

#include "order-engine/rules/alerts.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/order_fsm.h"

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

void effect_solve(struct decision *d, enum alert_cause cause)
{
    struct open_alert *alert = &d->after.alerts[cause];
    if (alert->id == 0)
        return;
    note_alert(d, ALERT_SOLVED, cause);
    *alert = (struct open_alert){0};
}

/* One alert per order and cause: 95 % raises it, 100 % rewrites it and leaves an acknowledgement
 * standing. */
void effect_raise(struct decision *d, enum alert_cause cause, int64_t level, int64_t new_id)
{
    struct open_alert *alert = &d->after.alerts[cause];
    bool stands = alert->id != 0;
    if (!stands)
        *alert = (struct open_alert){.id = new_id, .raised_at = d->at};
    alert->level = level;
    note_alert(d, stands ? ALERT_REWRITTEN : ALERT_RAISED, cause);
}

EFFECT_FN(effect_alert)
{
    (void)s;
    size_t position;
    const struct clock_step_row *row = clock_step_find(c->clock, c->step, &position);
    effect_raise(d, row->cause, d->after.clocks[c->clock].shares[position], c->new_alert_id);
}

EFFECT_FN(effect_complaint)
{
    (void)s;
    effect_raise(d, CAUSE_COMPLAINT, 100, c->new_alert_id);
}

EFFECT_FN(effect_low_rating)
{
    if (c->rating != 0 && c->rating <= s->parameters->LOW_RATING)
        effect_raise(d, CAUSE_LOW_RATING, 100, c->new_alert_id);
}

EFFECT_FN(effect_reworked)
{
    (void)s;
    if (d->after.reworks == REWORKS_ALERTED)
        effect_raise(d, CAUSE_REWORKED, 100, c->new_alert_id);
}

EFFECT_FN(effect_acknowledge)
{
    struct refused ignored;
    enum alert_cause cause = alert_to_acknowledge(s, c, &ignored);
    struct open_alert *alert = &d->after.alerts[cause];
    alert->acknowledged_by = s->actor->id;
    alert->acknowledged_at = s->now;
    note_alert(d, ALERT_ACKNOWLEDGED, cause);
}

EFFECT_FN(effect_repeat)
{
    enum alert_cause cause = alert_find(s->order, c->alert_id);
    d->after.alerts[cause].repeats++;
    note_alert(d, ALERT_REPEATED, cause);
}

EFFECT_FN(effect_reopen)
{
    enum alert_cause cause = alert_find(s->order, c->alert_id);
    d->after.alerts[cause].acknowledged_by = d->after.alerts[cause].acknowledged_at = 0;
    note_alert(d, ALERT_REOPENED, cause);
}

EFFECT_FN(effect_settle)
{
    struct refused ignored;
    effect_solve(d, alert_to_settle(s, c, &ignored));
}

#define SOLVES(name, cause)     \
    EFFECT_FN(name)             \
    {                           \
        (void)s, (void)c;       \
        effect_solve(d, cause); \
    }
SOLVES(effect_solve_not_taken, CAUSE_NOT_TAKEN)
SOLVES(effect_solve_late, CAUSE_LATE)
SOLVES(effect_solve_unconfirmed, CAUSE_UNCONFIRMED)
SOLVES(effect_solve_no_answer, CAUSE_NO_ANSWER)
SOLVES(effect_solve_unreachable, CAUSE_UNREACHABLE)
