/* company.c - the whole world of a simulation in memory */
#include "tests/simulation/company.h"

#include "order-engine/rules/alerts.h"
#include "order-engine/rules/billing.h"
#include "order-engine/rules/dispatch.h"
#include "order-engine/rules/subscription.h"

void company_init(struct company *c)
{
    parameters_init(&c->parameters);
    c->next_order_id = c->next_deadline_id = 1;
}

void company_fini(struct company *c)
{
    for (size_t i = 0; i < ORDERS_AT_ONCE; i++)
        free(c->orders[i]);
}

struct order *company_order(const struct company *c, int64_t id)
{
    struct order *o = c->orders[id % ORDERS_AT_ONCE];
    return o != NULL && o->id == id ? o : NULL;
}

int64_t company_next_alert(const struct company *c, int64_t order_id)
{
    assert(c->alerts_of[order_id % ORDERS_AT_ONCE] < ALERTS_OF_ORDER_MAX);
    return order_id * ALERTS_OF_ORDER_MAX + c->alerts_of[order_id % ORDERS_AT_ONCE];
}

struct member *company_member(struct company *c, int64_t id)
{
    return id > 0 && (size_t)id <= c->member_count ? &c->members[id - 1] : NULL;
}

void company_find_month(struct company *c)
{
    const struct parameters *p = &c->parameters;
    if (c->month.id == 0)
        c->month = billing_first(p->BILLING_DAY, p->TIME_ZONE, c->now);
    while (c->month.ends_at <= c->now)
        c->month = billing_next(&c->month, p->BILLING_DAY, p->TIME_ZONE);
}

/* ---- what is read ---- */

static bool is_at_work(enum order_state state)
{
    return state == ORDER_IN_WORK || state == ORDER_WAITING_CLIENT;
}

static bool is_open(enum order_state state)
{
    return state == ORDER_NEW || is_at_work(state);
}

static bool is_over(enum order_state state)
{
    return state == ORDER_CLOSED || state == ORDER_CANCELLED;
}

struct account company_account(struct company *c, int64_t id)
{
    const struct patron *p = &c->patrons[id - 1];
    const struct tariff *t = &c->tariffs[p->tariff_id - 1];
    int64_t open = 0;
    for (size_t i = 0; i < c->unfinished_count; i++) {
        const struct order *o = company_order(c, c->unfinished[i]);
        open += o->account_id == id && is_open(o->state);
    }
    return (struct account){
        .id = id,
        .tariff_id = p->tariff_id,
        .orders_per_month = t->orders_per_month,
        .reaction_minutes = t->reaction_minutes,
        .rate_minor = t->rate_minor,
        .open_limit = t->open_limit,
        .may_pin = t->may_pin,
        .sees_contacts = t->sees_contacts,
        .calendar_id = t->calendar_id,
        .calendar = t->calendar_id != 0 ? &c->calendars[t->calendar_id - 1] : NULL,
        .has_paid_until = p->has_paid_until,
        .paid_until_day = p->paid_until_day,
        .quota_balance = p->balance_month == c->month.id ? p->balance : 0,
        .open_orders = open,
    };
}

struct people company_crew(struct company *c)
{
    static struct person crew[PEOPLE_MAX];
    size_t count = 0;
    for (size_t i = 0; i < c->member_count; i++)
        if ((c->members[i].who.roles & (ROLE_MANAGER | ROLE_OWNER)) != 0)
            crew[count++] = c->members[i].who;
    return (struct people){crew, count};
}

struct people company_contractors(struct company *c, int64_t pinned_by_account, int64_t order_id)
{
    static struct person contractors[PEOPLE_MAX];
    size_t count = 0;
    for (size_t i = 0; i < c->member_count; i++) {
        struct person *who = &contractors[count];
        if ((c->members[i].who.roles & ROLE_CONTRACTOR) == 0)
            continue;
        *who = c->members[i].who;
        who->pinned = pinned_by_account != 0 && c->pins[pinned_by_account - 1][i];
        who->declined = order_id != 0 && c->declined[order_id % ORDERS_AT_ONCE][i];
        count++;
    }
    dispatch_rank(contractors, count);
    return (struct people){contractors, count};
}

void company_set_roles(struct company *c, struct member *m, unsigned roles)
{
    m->who.roles = roles;
    m->who.account_id = (roles & ROLE_CLIENT) != 0 ? m->account_id : 0;
    for (size_t i = 0; (roles & ROLE_CONTRACTOR) == 0 && i < c->patron_count; i++)
        c->pins[i][m->who.id - 1] = false;
}

void company_read_sides(struct company *c, struct order *o)
{
    const struct member *orderer = company_member(c, o->ordered_by);
    const struct member *contractor = company_member(c, o->contractor_id);
    bool belongs = orderer->who.account_id == o->account_id;
    bool reachable = belongs && orderer->who.reachable;
    o->client_told_count = 0;
    for (size_t i = 0; !reachable && i < c->member_count; i++) {
        const struct member *m = &c->members[i];
        if (m->who.account_id == o->account_id && m->who.reachable &&
            o->client_told_count < ORDER_MEMBERS_MAX)
            o->client_told[o->client_told_count++] = m->who.id;
    }
    o->client_reachable = reachable || o->client_told_count > 0;
    if (o->client_told_count == 0 && belongs)
        o->client_told[o->client_told_count++] = o->ordered_by;
    o->contractor_active = contractor != NULL && (contractor->who.roles & ROLE_CONTRACTOR) != 0;
}

/* ---- deadlines ---- */

static size_t deadline_place(const struct company *c, int64_t due_at, int64_t id)
{
    size_t low = 0, high = c->deadline_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct deadline *d = &c->deadlines[middle].d;
        if (d->due_at < due_at || (d->due_at == due_at && d->id < id))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void remove_deadline(struct company *c, size_t at)
{
    memmove(&c->deadlines[at], &c->deadlines[at + 1],
            (--c->deadline_count - at) * sizeof c->deadlines[0]);
}

static void add_deadline(struct company *c, int64_t order_id, int64_t account_id,
                         const struct decided_deadline *d)
{
    assert(c->deadline_count < DEADLINES_MAX);
    int64_t id = c->next_deadline_id++;
    size_t at = deadline_place(c, d->due_at, id);
    memmove(&c->deadlines[at + 1], &c->deadlines[at],
            (c->deadline_count++ - at) * sizeof c->deadlines[0]);
    c->deadlines[at] = (struct row_deadline){
        {id, order_id, d->due_at, d->alert_id, account_id},
        d->clock,
        d->step,
        d->run,
        d->alert_id,
        account_id
    };
}

const struct row_deadline *company_deadline(const struct company *c, int64_t id)
{
    for (size_t i = 0; i < c->deadline_count; i++)
        if (c->deadlines[i].d.id == id)
            return &c->deadlines[i];
    return NULL;
}

void company_reach(struct company *c, int64_t deadline_id)
{
    for (size_t i = 0; i < c->deadline_count; i++)
        if (c->deadlines[i].d.id == deadline_id) {
            remove_deadline(c, i);
            return;
        }
}

static void remove_run(struct company *c, int64_t order_id, int clock, int64_t run)
{
    for (size_t i = c->deadline_count; i-- > 0;) {
        const struct row_deadline *row = &c->deadlines[i];
        if (row->d.order_id == order_id && (int)row->clock == clock && row->run == run)
            remove_deadline(c, i);
    }
}

static void remove_alert_deadlines(struct company *c, int64_t alert_id)
{
    for (size_t i = c->deadline_count; i-- > 0;)
        if (c->deadlines[i].clock == CLOCK_ALERT && c->deadlines[i].alert_id == alert_id)
            remove_deadline(c, i);
}

static void move_deadline(struct company *c, size_t at, int64_t due_at)
{
    struct row_deadline row = c->deadlines[at];
    remove_deadline(c, at);
    row.d.due_at = due_at;
    at = deadline_place(c, due_at, row.d.id);
    memmove(&c->deadlines[at + 1], &c->deadlines[at],
            (c->deadline_count++ - at) * sizeof c->deadlines[0]);
    c->deadlines[at] = row;
}

static void make_due(struct company *c, size_t at)
{
    move_deadline(c, at, c->now);
}

static bool may_still_take(struct company *c, const struct order *o, int64_t person_id)
{
    const struct person *who = &company_member(c, person_id)->who;
    return (who->roles & ROLE_CONTRACTOR) != 0 && who->reachable &&
           person_is_on_duty(who, c->now) && !c->declined[o->id % ORDERS_AT_ONCE][person_id - 1] &&
           who->open_orders < c->parameters.CONTRACTOR_MAX_ORDERS;
}

void company_end_windows(struct company *c, int64_t person_id)
{
    for (size_t i = 0; i < c->deadline_count; i++) {
        const struct row_deadline *row = &c->deadlines[i];
        if (row->step != STEP_OPEN || row->d.due_at <= c->now)
            continue;
        const struct order *o = company_order(c, row->d.order_id);
        bool concerned = false, left = false;
        for (size_t n = 0; n < o->pin_count; n++) {
            concerned |= o->pins[n] == person_id;
            left |= may_still_take(c, o, o->pins[n]);
        }
        if (concerned && !left)
            make_due(c, i);
    }
}

void company_reopen_alerts(struct company *c, int64_t person_id)
{
    for (size_t i = 0; i < c->deadline_count; i++) {
        struct row_deadline row = c->deadlines[i];
        if (row.step != STEP_REOPEN || row.d.due_at <= c->now)
            continue;
        const struct order *o = company_order(c, row.d.order_id);
        if (o->alerts[alert_find(o, row.alert_id)].acknowledged_by != person_id)
            continue;
        make_due(c, i);
    }
}

/* ---- subscriptions ---- */

void company_write_subscription(struct company *c, int64_t account_id)
{
    const struct patron *p = &c->patrons[account_id - 1];
    for (size_t i = c->deadline_count; i-- > 0;)
        if (c->deadlines[i].account_id == account_id)
            remove_deadline(c, i);
    for (size_t i = 0; p->has_paid_until && i < SUBSCRIPTION_STEPS; i++) {
        int64_t due_at =
            subscription_due_at(&subscription_steps[i], p->paid_until_day, c->parameters.TIME_ZONE);
        if (due_at > c->now)
            add_deadline(c, 0, account_id,
                         &(struct decided_deadline){.clock = CLOCK_SUBSCRIPTION,
                                                    .step = subscription_steps[i].step,
                                                    .due_at = due_at});
    }
}

static void move_subscription(struct company *c, const struct subscription_step *step,
                              int64_t account_id)
{
    for (size_t i = 0; i < c->deadline_count; i++)
        if (c->deadlines[i].account_id == account_id && c->deadlines[i].step == step->step) {
            const struct patron *p = &c->patrons[account_id - 1];
            move_deadline(c, i,
                          subscription_due_at(step, p->paid_until_day, c->parameters.TIME_ZONE));
            return;
        }
}

void company_move_subscriptions(struct company *c)
{
    for (size_t p = 0; p < c->patron_count; p++)
        for (size_t i = 0; i < SUBSCRIPTION_STEPS; i++)
            move_subscription(c, &subscription_steps[i], (int64_t)p + 1);
}

struct people company_subscribers(struct company *c, int64_t account_id)
{
    static struct person people[PEOPLE_MAX];
    size_t count = 0;
    for (size_t i = 0; i < c->member_count; i++)
        if (c->members[i].who.account_id == account_id && c->members[i].who.reachable)
            people[count++] = c->members[i].who;
    return (struct people){people, count};
}

/* ---- what is written ---- */

static void forget_copies(struct company *c, int64_t alert_id)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->waiting_count; i++)
        if (c->waiting[i].alert_id != alert_id)
            c->waiting[kept++] = c->waiting[i];
    c->waiting_count = kept;
}

static void write_alerts(struct company *c, const struct decision *d)
{
    for (size_t i = 0; i < d->alert_count; i++) {
        const struct decided_alert *alert = &d->alerts[i];
        if (alert->change == ALERT_RAISED)
            c->alerts_of[d->after.id % ORDERS_AT_ONCE]++;
        bool is_told_anew = alert->change == ALERT_RAISED || alert->change == ALERT_REWRITTEN;
        if (!is_told_anew)
            remove_alert_deadlines(c, alert->is.id);
        if (alert->change == ALERT_SOLVED || alert->change == ALERT_REWRITTEN)
            forget_copies(c, alert->is.id);
        for (size_t n = 0; c->sender_down && n < d->notice_count; n++)
            if (d->notices[n].kind == notice_of_alert(alert->cause) &&
                c->waiting_count < WAITING_MAX)
                c->waiting[c->waiting_count++] =
                    (struct waiting_copy){alert->is.id, d->notices[n].person_id};
    }
}

static void write_order(struct company *c, const struct decision *d)
{
    struct order **place = &c->orders[d->after.id % ORDERS_AT_ONCE];
    if (d->from == ORDER_NONE) {
        assert(*place == NULL);
        *place = xcalloc(1, sizeof **place);
        memset(c->declined[d->after.id % ORDERS_AT_ONCE], 0, sizeof c->declined[0]);
        c->alerts_of[d->after.id % ORDERS_AT_ONCE] = 0;
        c->unfinished[c->unfinished_count++] = d->after.id;
    }
    **place = d->after;
    if (!is_over(d->after.state) || (d->from != ORDER_NONE && is_over(d->from)))
        return;
    for (size_t i = 0; i < c->unfinished_count; i++)
        if (c->unfinished[i] == d->after.id) {
            c->unfinished[i] = c->unfinished[--c->unfinished_count];
            break;
        }
    c->ended[c->ended_count++] = d->after.id;
}

/* Has the contractor more to do than before? */
static bool count_work(struct company *c, const struct order *before, const struct order *after)
{
    bool was = before != NULL && is_at_work(before->state), is = is_at_work(after->state);
    if (was && (!is || before->contractor_id != after->contractor_id))
        company_member(c, before->contractor_id)->who.open_orders--;
    if (is && (!was || before->contractor_id != after->contractor_id)) {
        struct member *m = company_member(c, after->contractor_id);
        m->who.open_orders++;
        m->who.last_taken_at = max_i64(m->who.last_taken_at, after->taken_at);
        return true;
    }
    return false;
}

void company_add_to_quota(struct company *c, int64_t account_id, int64_t orders)
{
    struct patron *p = &c->patrons[account_id - 1];
    if (p->balance_month != c->month.id) {
        p->balance_month = c->month.id;
        p->balance = 0;
    }
    p->balance += orders;
}

/* The newest marks of the contractor, as the engine reads them. */
static void count_mark(struct company *c, const struct order *o)
{
    static_assert(MARKS_KEPT == RATING_MARKS, "as the engine counts");
    struct member *m = company_member(c, o->contractor_id);
    size_t at = 0;
    while (at < MARKS_KEPT && m->marks[at].stars != 0 && m->marks[at].ended_at >= o->ended_at)
        at++;
    memmove(&m->marks[at + 1], &m->marks[at], (MARKS_KEPT - at) * sizeof m->marks[0]);
    m->marks[at] = (struct mark){o->ended_at, o->rating};
    m->who.marks = m->who.mark_sum = 0;
    for (size_t i = 0; i < MARKS_KEPT && m->marks[i].stars != 0; i++) {
        m->who.marks++;
        m->who.mark_sum += m->marks[i].stars;
    }
}

void company_apply(struct company *c, const struct decision *d)
{
    struct order *known = company_order(c, d->after.id), before = {0};
    if (known != NULL)
        before = *known;
    bool has_work = count_work(c, known != NULL ? &before : NULL, &d->after);
    write_order(c, d);
    if (has_work)
        company_end_windows(c, d->after.contractor_id);
    if (d->after.rating != 0 && before.rating == 0)
        count_mark(c, &d->after);
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++)
        if (d->clock_ended[clock] != 0)
            remove_run(c, d->after.id, clock, d->clock_ended[clock]);
    write_alerts(c, d);
    for (size_t i = 0; i < d->deadline_count; i++)
        add_deadline(c, d->after.id, 0, &d->deadlines[i]);
    if (d->quota != LEDGER_NONE && d->after.billing_month_id == c->month.id)
        company_add_to_quota(c, d->after.account_id, d->quota == LEDGER_RESERVE ? -1 : 1);
}

static bool has_alert(const struct order *o)
{
    for (int cause = 0; cause < CAUSE_COUNT; cause++)
        if (o->alerts[cause].id != 0)
            return true;
    return false;
}

void company_forget_old(struct company *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->ended_count; i++) {
        struct order **place = &c->orders[c->ended[i] % ORDERS_AT_ONCE];
        if ((*place)->ended_at + ENDED_KEPT_MS > c->now || has_alert(*place)) {
            c->ended[kept++] = c->ended[i];
            continue;
        }
        free(*place);
        *place = NULL;
    }
    c->ended_count = kept;
}
