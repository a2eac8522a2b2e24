/* decide.c - what follows from a command: the one decision point of the domain */
#include "order-engine/rules/decide.h"

#include "common/base/clock.h"
#include "common/base/zone.h"
#include "order-engine/rules/alerts.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/effects.h"
#include "order-engine/rules/events.h"
#include "order-engine/rules/notices.h"
#include "order-engine/rules/order_fsm.h"
#include "order-engine/rules/quiet.h"

/* Terms are copied: a later change of tariff or parameter never rewrites the past. */
static void new_order(const struct situation *s, const struct order_command *c, struct order *o)
{
    const struct account *a = s->account;
    int year, month, day;
    zone_date(s->now / DAY_MS, &year, &month, &day);
    *o = (struct order){
        .id = c->new_order_id,
        .month_day = zone_days(year, month, 1),
        .account_id = a->id,
        .ordered_by = s->actor->id,
        .created_at = s->now,
        .billing_month_id = s->month.id,
        .tariff_id = a->tariff_id,
        .reaction_minutes = a->reaction_minutes,
        .calendar_id = a->calendar_id,
        .calendar = a->calendar,
        .sees_contacts = a->sees_contacts,
        .rate_minor = a->rate_minor < 0 ? s->parameters->ORDER_RATE : a->rate_minor,
        .wish = c->wish,
        .category_id = c->category_id,
        .client_told = {s->actor->id},
        .client_told_count = 1,
        .client_reachable = true,
    };
    memcpy(o->currency, s->parameters->CURRENCY, sizeof o->currency);
}

/* Compares the clocks before and after: runs that ended, deadlines of the runs that began. */
static void write_clocks(const struct order *before, struct decision *d)
{
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++) {
        static const struct clock_run never;
        const struct clock_run *was = before != NULL ? &before->clocks[clock] : &never;
        const struct clock_run *is = &d->after.clocks[clock];
        d->clock_changed[clock] = was->run != is->run || was->running != is->running ||
                                  was->paused != is->paused || was->fired != is->fired ||
                                  was->limit_ms != is->limit_ms;
        d->clock_ended[clock] =
            was->running && (!is->running || was->run != is->run) ? was->run : 0;
        if (!is->running || was->run == is->run)
            continue;
        const struct clock_step_row *row;
        for (size_t position = 0; (row = clock_step_at((enum sla_clock)clock, position)) != NULL;
             position++)
            if (!clock_has_fired(is, position))
                d->deadlines[d->deadline_count++] =
                    (struct decided_deadline){.clock = (enum sla_clock)clock,
                                              .run = is->run,
                                              .step = row->step,
                                              .due_at = clock_due_at(is, is->shares[position])};
    }
}

static void clear(struct decision *d)
{
    memset(d, 0, offsetof(struct decision, notices)); /* the long tail is guarded by its counts */
    d->notice_count = d->details_count = 0;
    d->message_kind = -1;
    d->quota_left = -1;
}

/* The rule that allows it, or NULL and the reason. */
static const struct order_rule *allowing_rule(const struct situation *s,
                                              const struct order_command *c,
                                              const struct event_row *row, struct decision *d)
{
    if (row == NULL) {
        refuse(&d->refused, REFUSE_moot);
        return NULL;
    }
    if (s->order == NULL && d->event != EVENT_CREATE) {
        refuse(&d->refused, REFUSE_no_such_order);
        return NULL;
    }
    if (row->is_deadline && !deadline_holds(s, c, &d->refused))
        return NULL;
    const struct order_rule *rule = order_fsm_find(s, d->event, &d->role, &d->refused);
    return rule != NULL && event_is_good(row, s, c, d->role, &d->refused) ? rule : NULL;
}

/* What time has reached: the step of a deadline; both unset for other events. */
static void note_step(const struct event_row *row, const struct order_command *c,
                      struct decision *d, enum sla_clock *ret_clock, enum alert_cause *ret_cause)
{
    *ret_clock = CLOCK_COUNT;
    *ret_cause = CAUSE_COUNT;
    if (!row->is_deadline)
        return;
    size_t position;
    *ret_clock = c->clock;
    if (c->clock == CLOCK_ALERT) { /* it has no runs */
        *ret_cause = alert_find(&d->after, c->alert_id);
        return;
    }
    *ret_cause = clock_step_find(c->clock, c->step, &position)->cause;
    d->after.clocks[c->clock].fired |= 1u << position;
}

/* What can wait is told after the quiet hours. */
static void keep_quiet(const struct situation *s, struct decision *d)
{
    for (size_t i = 0; i < d->notice_count; i++)
        d->notices[i].not_before =
            quiet_not_before(s->parameters, d->notices[i].kind, s->now, d->notices[i].not_before);
}

void order_decide(const struct situation *s, const struct order_command *c, struct decision *d)
{
    clear(d);
    d->at = s->now;
    d->event = order_event_meant(s, c->event);
    const struct event_row *row = event_row_of(d->event);
    const struct order_rule *rule = allowing_rule(s, c, row, d);
    if (rule == NULL)
        return;

    d->from = s->order != NULL ? s->order->state : ORDER_NONE;
    if (s->order != NULL)
        d->after = *s->order;
    else
        new_order(s, c, &d->after);
    d->after.version++;
    d->after.state = rule->to == SAME_STATE ? d->from : (enum order_state)rule->to;
    d->only_said = row->only_said;
    if ((d->role & (ROLE_MANAGER | ROLE_OWNER)) != 0)
        d->addressee = c->addressee;
    if (c->has_text || c->file_count > 0)
        d->message_kind = row->message_kind;

    enum sla_clock clock;
    enum alert_cause cause;
    note_step(row, c, d, &clock, &cause);
    if (row->write != NULL)
        row->write(s, c, &d->after);
    effects_apply(rule->effects, s, c, d);
    write_clocks(s->order, d);
    alerts_write_deadlines(s, d);
    if (row->detail != NULL)
        row->detail(c, d, d->detail);
    notices_decide(s, clock, cause, d);
    keep_quiet(s, d);
    if (row->promises >= 0 && d->after.clocks[row->promises].running)
        d->due_at = clock_due_at(&d->after.clocks[row->promises], 100);
}
