/* rerun.c - one order's history run through the rules again */
#include "ctl/rerun.h"

#include "order-engine/rules/alerts.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/decide.h"
#include "order-engine/rules/events.h"

#define PENDING_MAX (ORDER_CLOCK_COUNT * CLOCK_STEPS_MAX + CAUSE_COUNT)
#define ENOUGH INT64_C(1000000) /* quota and limit: that the order could be made is history */
#define FAR_DAY INT64_C(100000) /* and so is that it was paid for */

struct step { /* of a clock's run, or of an alert's clock: then by the alert's cause, its id is each
                 life's own */
    int clock, step, cause;
    int64_t run;
};

struct pending {
    struct step step;
    int64_t due_at;
};

struct life { /* the order under one set of terms */
    const struct terms *terms;
    struct order order;
    bool begun;
    int64_t now, alert_ids;
    struct pending pending[PENDING_MAX];
    size_t pending_count;
    struct outcome outcome;
};

struct rerun {
    struct life held, what_if;
    struct decision decision;
    struct person actor, target, pinned[ORDER_PINS_MAX];
};

struct rerun *rerun_new(void)
{
    return xcalloc(1, sizeof(struct rerun));
}

void rerun_free(struct rerun **r)
{
    free(*r);
    *r = NULL;
}

const struct parameters *terms_at(const struct terms *terms, int64_t at)
{
    size_t i = terms->count - 1;
    while (i > 0 && terms->items[i].at > at)
        i--;
    return &terms->items[i].parameters;
}

/* ---- deadlines, as the table would hold them ---- */

static void drop_pending(struct life *l, size_t i)
{
    l->pending[i] = l->pending[--l->pending_count];
}

static const struct pending *find_pending(const struct life *l, const struct step *step)
{
    for (size_t i = 0; i < l->pending_count; i++) {
        const struct step *is = &l->pending[i].step;
        if (is->clock == step->clock && is->step == step->step && is->run == step->run &&
            is->cause == step->cause)
            return &l->pending[i];
    }
    return NULL;
}

/* Have these deadlines been done away with by a decision? */
static bool is_over(const struct step *step, const struct decision *d)
{
    if (step->clock != CLOCK_ALERT)
        return d->clock_ended[step->clock] == step->run;
    for (size_t i = 0; i < d->alert_count; i++)
        if ((int)d->alerts[i].cause == step->cause && d->alerts[i].change != ALERT_REWRITTEN)
            return true;
    return false;
}

static void move_pending(struct life *l, const struct decision *d)
{
    for (size_t i = 0; i < l->pending_count;)
        if (is_over(&l->pending[i].step, d))
            drop_pending(l, i);
        else
            i++;
    for (size_t i = 0; i < d->deadline_count; i++) {
        const struct decided_deadline *is = &d->deadlines[i];
        bool of_alert = is->clock == CLOCK_ALERT;
        l->pending[l->pending_count++] = (struct pending){
            .step = {.clock = (int)is->clock,
                     .step = (int)is->step,
                     .run = is->run,
                     .cause = of_alert ? (int)alert_find(&d->after, is->alert_id) : CAUSE_COUNT},
            .due_at = is->due_at,
        };
    }
}

/* Is this step due when it was due then? What became of it stands in the history. */
static bool is_as_it_was(const struct life *held, const struct pending *p)
{
    const struct pending *was = find_pending(held, &p->step);
    return was != NULL && was->due_at == p->due_at;
}

/* ---- deciding ---- */

static void note(struct life *l, const struct decision *d)
{
    struct outcome *o = &l->outcome;
    for (size_t i = 0; i < d->alert_count; i++)
        o->alerts[d->alerts[i].cause] += d->alerts[i].change == ALERT_RAISED;
    o->reaction_breaches = d->after.reaction_breached_at != 0;
    o->work_breaches = d->after.work_breached_at != 0;
    o->repeats += d->event == EVENT_REPEAT;
    o->compensated += d->quota == LEDGER_COMPENSATE;
    o->closed_by_itself += d->event == EVENT_AUTO_CLOSE;
    if (d->pay) {
        o->payouts++;
        o->paid_minor += d->after.rate_minor + d->after.bonus_minor;
    }
    if (o->opened_at == 0 && d->after.offer_open)
        o->opened_at = d->at;
}

/* The refusal, or REFUSED_NOT. */
static enum refusal decide(struct rerun *r, struct life *l, struct situation *s,
                           struct order_command *c)
{
    s->now = l->now;
    s->parameters = terms_at(l->terms, l->now);
    s->order = l->begun ? &l->order : NULL;
    c->new_alert_id = l->alert_ids + 1;
    order_decide(s, c, &r->decision);
    if (r->decision.refused.why != REFUSED_NOT)
        return r->decision.refused.why;
    note(l, &r->decision);
    move_pending(l, &r->decision);
    l->order = r->decision.after;
    l->begun = true;
    l->alert_ids++;
    return REFUSED_NOT;
}

/* ---- what time does ---- */

/* A step is reached: it does what the clock table says, or has become moot. */
static void reach(struct rerun *r, struct life *l, struct step step, int64_t at)
{
    size_t position;
    const struct clock_step_row *row =
        clock_step_find((enum sla_clock)step.clock, (enum clock_step)step.step, &position);
    struct situation s = {.acts_as = ROLE_SYSTEM};
    const struct pending *p = find_pending(l, &step);
    if (p != NULL)
        drop_pending(l, (size_t)(p - l->pending));
    l->now = max_i64(l->now, at);
    decide(r, l, &s,
           &(struct order_command){
               .event = row->event,
               .clock = (enum sla_clock)step.clock,
               .step = (enum clock_step)step.step,
               .run = step.run,
               .alert_id = step.cause < CAUSE_COUNT ? l->order.alerts[step.cause].id : 0,
           });
}

/* Fires what the other terms have moved and is due by then, in the order of time and of the clock
 * table. */
static void let_pass(struct rerun *r, struct life *l, int64_t until)
{
    for (;;) {
        const struct pending *next = NULL;
        for (size_t i = 0; i < l->pending_count; i++) {
            const struct pending *p = &l->pending[i];
            if (p->due_at > until || is_as_it_was(&r->held, p))
                continue;
            if (next == NULL || p->due_at < next->due_at ||
                (p->due_at == next->due_at && p->step.step < next->step.step))
                next = p;
        }
        if (next == NULL)
            return;
        reach(r, l, next->step, next->due_at);
    }
}

/* ---- what people do ---- */

static void put_account(struct rerun *r, const struct history *h, const struct terms *terms,
                        struct account *a, struct situation *s)
{
    bool base_rate = terms->base_rate && !h->own_rate;
    size_t pins = terms->may_pin != 0 ? h->pin_count : 0;
    *a = (struct account){
        .id = h->account_id,
        .tariff_id = h->tariff_id,
        .orders_per_month = ENOUGH,
        .open_limit = ENOUGH,
        .reaction_minutes =
            terms->reaction_minutes >= 0 ? terms->reaction_minutes : h->reaction_minutes,
        .rate_minor = h->rate_minor,
        .calendar = terms->has_calendar ? terms->calendar : h->calendar,
        .may_pin = pins > 0,
        .has_paid_until = true,
        .paid_until_day = FAR_DAY,
    };
    a->calendar_id = a->calendar != NULL ? a->calendar->id : 0;
    if (terms->rate_minor >= 0)
        a->rate_minor = terms->rate_minor;
    else if (base_rate)
        a->rate_minor = -1; /* ORDER_RATE */
    for (size_t i = 0; i < pins; i++)
        r->pinned[i] = (struct person){.id = h->pins[i],
                                       .roles = ROLE_CONTRACTOR,
                                       .on_duty = true,
                                       .reachable = true,
                                       .pinned = true};
    s->account = a;
    s->contractors = (struct people){r->pinned, pins};
    s->categories = ~UINT64_C(0);
}

/* The cause of an alert of the history; CAUSE_COUNT if nobody knows. */
static int cause_meant(const struct history *h, int64_t alert_id)
{
    for (size_t i = 0; i < h->alert_count; i++)
        if (h->alerts[i].id == alert_id)
            return h->alerts[i].cause;
    return CAUSE_COUNT;
}

/* The alert that was meant, as it is called here; 0: none of its cause stands. */
static int64_t alert_meant(const struct history *h, const struct life *l, int64_t alert_id)
{
    int cause = cause_meant(h, alert_id);
    return cause < CAUSE_COUNT ? l->order.alerts[cause].id : 0;
}

/* A client who could not be reached: the managers were alerted as soon as something was asked. */
static bool was_reachable(const struct history *h, const struct past_event *e)
{
    for (size_t i = 0; i < h->alert_count; i++)
        if (h->alerts[i].cause == CAUSE_NO_ANSWER && h->alerts[i].raised_at == e->at)
            return false;
    return true;
}

static void put_people(struct rerun *r, const struct history *h, const struct past_event *e,
                       struct situation *s)
{
    r->actor = (struct person){.id = e->actor_id,
                               .roles = (unsigned)e->role,
                               .on_duty = true,
                               .reachable = true,
                               .account_id = e->role == ROLE_CLIENT ? h->account_id : 0};
    r->target = (struct person){
        .id = e->contractor_id, .roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = true};
    if (e->actor_id != 0)
        s->actor = &r->actor;
    else
        s->acts_as = (unsigned)e->role; /* the panel, or a consequence of another command */
    s->target = e->contractor_id != 0 ? &r->target : NULL;
}

static struct order_command command_of(const struct history *h, const struct past_input *in,
                                       const struct life *l)
{
    int64_t longest = terms_at(l->terms, l->now)->MAX_ESTIMATE_HOURS * 60;
    bool is_own_promise = in->was.role == ROLE_CONTRACTOR;
    return (struct order_command){
        .event = (enum order_event)in->was.event,
        .has_text = event_row_of((enum order_event)in->was.event)->text_max > 0,
        .pay = in->pays,
        .pay_given = true,
        .estimate_minutes =
            is_own_promise ? min_i64(in->was.estimate_minutes, longest) : in->was.estimate_minutes,
        .rating = in->was.rating,
        .alert_id = alert_meant(h, l, in->alert_id),
        .category_id = in->category_id,
        .new_order_id = h->order_id,
    };
}

static enum refusal act(struct rerun *r, const struct history *h, const struct past_input *in,
                        struct life *l)
{
    struct situation s = {0};
    struct account account;
    l->now = max_i64(l->now, in->was.at);
    struct order_command c = command_of(h, in, l);
    put_people(r, h, &in->was, &s);
    if (c.event == EVENT_CREATE)
        put_account(r, h, l->terms, &account, &s);
    l->order.client_reachable = was_reachable(h, &in->was);
    l->order.contractor_active = c.event != EVENT_REWORK || in->was.to != ORDER_NEW;
    return decide(r, l, &s, &c);
}

/* Who came too early comes again when the order opens. */
static enum refusal act_anyhow(struct rerun *r, const struct history *h,
                               const struct past_input *in, struct rerun_result *ret)
{
    struct life *l = &r->what_if;
    enum refusal refusal = act(r, h, in, l);
    const struct pending *opens =
        find_pending(l, &(struct step){.clock = CLOCK_REACTION,
                                       .step = STEP_OPEN,
                                       .run = l->order.clocks[CLOCK_REACTION].run,
                                       .cause = CAUSE_COUNT});
    if (opens == NULL || refusal != REFUSE_not_offered)
        return refusal;
    ret->waited++;
    let_pass(r, l, opens->due_at);
    return act(r, h, in, l);
}

/* ---- the whole ---- */

static void go_on(struct rerun *r, const struct history *h, const struct past_input *in,
                  struct rerun_result *ret)
{
    if (in->clock >= 0) {
        struct step step = {in->clock, in->step, CAUSE_COUNT, in->run};
        if (in->clock == CLOCK_ALERT)
            step.cause = cause_meant(h, in->alert_id);
        const struct pending *p = find_pending(&r->what_if, &step);
        bool as_it_was = p != NULL && is_as_it_was(&r->held, p);
        reach(r, &r->held, step, in->was.at);
        if (as_it_was)
            reach(r, &r->what_if, step, in->was.at);
        return;
    }
    enum refusal then = act(r, h, in, &r->held), now = act_anyhow(r, h, in, ret);
    ret->strange = ret->strange || (then != REFUSED_NOT && then != REFUSE_alert_gone);
    ret->left_out += then == REFUSED_NOT && now != REFUSED_NOT;
}

static bool moves_something(const struct past_input *in)
{
    const struct event_row *row =
        in->was.event < 0 ? NULL : event_row_of((enum order_event)in->was.event);
    size_t position;
    bool by_time = in->clock >= 0 && clock_step_find((enum sla_clock)in->clock,
                                                     (enum clock_step)in->step, &position) != NULL;
    return row != NULL && !row->only_said && row->is_deadline == by_time;
}

void rerun_order(struct rerun *r, const struct history *h, const struct terms *held,
                 const struct terms *what_if, int64_t until, struct rerun_result *ret)
{
    *ret = (struct rerun_result){0};
    r->held = (struct life){.terms = held};
    r->what_if = (struct life){.terms = what_if};
    for (size_t i = 0; i < h->input_count; i++) {
        const struct past_input *in = &h->inputs[i];
        let_pass(r, &r->what_if, min_i64(in->was.at, until));
        if (in->was.at <= until && moves_something(in))
            go_on(r, h, in, ret);
    }
    let_pass(r, &r->what_if, until);
    ret->as_was = r->held.outcome;
    ret->what_if = r->what_if.outcome;
}
