/* random_world.c - what may happen, drawn by chance, and what is left of it */
#include "tests/unit/random_world.h"

#include "order-engine/rules/clocks.h"
#include "tests/unit/cases.h"

/* ---- chance ---- */

int64_t random_world_any(struct random_world *w, int64_t below)
{
    w->seed = w->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((w->seed >> 33) % (uint64_t)below);
}

bool random_world_one_in(struct random_world *w, int64_t n)
{
    return random_world_any(w, n) == 0;
}

/* ---- the world ---- */

void random_world_begin(struct random_world *w, uint64_t seed)
{
    *w = (struct random_world){.seed = seed, .now = BEGAN, .next_id = 1};
    parameters_init(&w->parameters);
    for (size_t i = 0; i < ACCOUNTS; i++)
        w->accounts[i] = (struct account){.id = 1 + (int64_t)i,
                                          .tariff_id = 1,
                                          .orders_per_month = 8,
                                          .reaction_minutes = 60,
                                          .rate_minor = -1,
                                          .open_limit = 2,
                                          .may_pin = i == 0,
                                          .has_paid_until = true,
                                          .paid_until_day = BEGAN / DAY_MS + 100000};
    for (size_t i = 0; i < PEOPLE; i++)
        w->people[i] = (struct person){.id = 100 + (int64_t)i,
                                       .on_duty = true,
                                       .reachable = true,
                                       .roles = i < CLIENTS                        ? ROLE_CLIENT
                                                : i < CLIENTS + WORKERS            ? ROLE_CONTRACTOR
                                                : i < CLIENTS + WORKERS + MANAGERS ? ROLE_MANAGER
                                                                                   : ROLE_OWNER};
    for (size_t i = 0; i < CLIENTS; i++)
        w->people[i].account_id = w->accounts[i % ACCOUNTS].id;
    w->people[CLIENTS].roles |= ROLE_CLIENT; /* a contractor who is a client, too */
    w->people[CLIENTS].account_id = w->accounts[0].id;
    w->people[CLIENTS + 1].pinned = w->people[CLIENTS + 2].pinned = true;
    w->people[CLIENTS + WORKERS].roles |= ROLE_CONTRACTOR; /* and a manager who works */
}

const struct person *random_world_person(struct random_world *w, int64_t id)
{
    for (size_t i = 0; i < PEOPLE; i++)
        if (w->people[i].id == id)
            return &w->people[i];
    return NULL;
}

struct account *random_world_account(struct random_world *w, int64_t id)
{
    return &w->accounts[id - 1];
}

void random_world_change(struct random_world *w)
{
    struct person *who = &w->people[random_world_any(w, PEOPLE)];
    switch (random_world_any(w, 6)) {
    case 0:
        who->on_duty = !random_world_one_in(w, 4);
        break;
    case 1:
        who->reachable = !random_world_one_in(w, 4);
        break;
    case 2:
        who->away_until = random_world_one_in(w, 3) ? w->now + HOUR_MS : 0;
        break;
    case 3:
        w->parameters.CONTRACTOR_MAX_ORDERS = 1 + random_world_any(w, 2);
        break;
    case 4:
        w->parameters.INFORM_MANAGER_CREATED_PROJECT_LIMIT = 1 + random_world_any(w, 100);
        w->parameters.INFORM_MANAGER_IN_WORK_PROJECT_LIMIT = 1 + random_world_any(w, 100);
        w->parameters.DEFAULT_ESTIMATE_HOURS = 1 + random_world_any(w, 24);
        break;
    default:
        if (random_world_one_in(w, 20)) /* the next month; what was reserved in the last one is not
                           returned into this one */
            for (size_t i = 0; i < ACCOUNTS; i++)
                w->accounts[i].quota_balance = 0;
        break;
    }
}

/* ---- one command ---- */

void random_world_command(struct random_world *w, const struct order *o)
{
    static const enum order_event often[] = {
        EVENT_CREATE, EVENT_ADD_DETAILS,  EVENT_CANCEL,   EVENT_TAKE,   EVENT_TAKE,
        EVENT_ASSIGN, EVENT_SET_ESTIMATE, EVENT_ASK,      EVENT_ASK,    EVENT_ANSWER,
        EVENT_SAY,    EVENT_RESUME,       EVENT_FINISH,   EVENT_ACCEPT, EVENT_ACKNOWLEDGE,
        EVENT_RATE,   EVENT_FINISH,       EVENT_REASSIGN, EVENT_EXTEND, EVENT_GIVE_BACK,
        EVENT_REWORK, EVENT_RELEASE,      EVENT_COMPLAIN, EVENT_SETTLE, EVENT_REASSIGN,
        EVENT_RATE,   EVENT_REASSIGN,     EVENT_REWORK,
    };
    int64_t cause = random_world_any(w, CAUSE_COUNT);
    for (int i = 0; i < CAUSE_COUNT && o->alerts[cause].id == 0; i++)
        cause = (cause + 1) % CAUSE_COUNT;
    const struct open_alert *alert = &o->alerts[cause];
    w->command = (struct order_command){
        .event = often[random_world_any(w, ARRAY_LEN(often))],
        .id = "x",
        .new_order_id = 1000 + w->next_id,
        .new_alert_id = 2000 + w->next_id,
        .alert_id = alert->id,
        .rating = random_world_any(w, 6),
        .pay = random_world_one_in(w, 3),
        .pay_given = random_world_one_in(w, 2),
        .addressee = random_world_one_in(w, 3)   ? ROLE_CLIENT
                     : random_world_one_in(w, 3) ? ROLE_CONTRACTOR
                                                 : 0,
    };
    w->next_id++;
    w->command.estimate_minutes = random_world_any(w, 24 * 60 + 2);
    if (w->command.event != EVENT_TAKE && w->command.event != EVENT_ASSIGN &&
        w->command.event != EVENT_SET_ESTIMATE && w->command.event != EVENT_RESUME &&
        w->command.event != EVENT_ACKNOWLEDGE && w->command.event != EVENT_SETTLE) {
        w->command.has_text = !random_world_one_in(w, 20);
        w->command.text_len = w->command.has_text ? 10 : 0;
    }
}

bool random_world_deadline(struct random_world *w, const struct history *h)
{
    if (h->deadline_count == 0)
        return false;
    const struct decided_deadline *next =
        &h->deadlines[random_world_any(w, (int64_t)h->deadline_count)];
    size_t position;
    w->now = max_i64(w->now, next->due_at);
    w->command =
        (struct order_command){.event = clock_step_find(next->clock, next->step, &position)->event,
                               .id = "x",
                               .clock = next->clock,
                               .step = next->step,
                               .run = next->run,
                               .alert_id = next->alert_id,
                               .new_alert_id = 2000 + w->next_id++};
    return true;
}

static void forget_deadline(struct history *h, size_t at)
{
    h->deadlines[at] = h->deadlines[--h->deadline_count];
}

void random_world_forget_reached(struct random_world *w, struct history *h)
{
    for (size_t i = h->deadline_count; i-- > 0;)
        if (h->deadlines[i].clock == w->command.clock && h->deadlines[i].step == w->command.step &&
            h->deadlines[i].run == w->command.run &&
            h->deadlines[i].alert_id == w->command.alert_id)
            forget_deadline(h, i);
}

/* What was next for an alert that has changed. */
static void forget_alert(struct history *h, const struct decided_alert *alert)
{
    if (alert->change == ALERT_RAISED || alert->change == ALERT_REWRITTEN)
        return;
    for (size_t i = h->deadline_count; i-- > 0;)
        if (h->deadlines[i].clock == CLOCK_ALERT && h->deadlines[i].alert_id == alert->is.id)
            forget_deadline(h, i);
}

struct situation random_world_situation(struct random_world *w, const struct history *h,
                                        const struct person *actor, struct person *crew,
                                        struct person *contractors)
{
    struct situation s = {
        .now = w->now,
        .parameters = &w->parameters,
        .month = {.id = 1,     .ends_at = w->now + DAY_MS},
        .actor = actor,
        .order = h->order.id != 0 ? &h->order : NULL,
        .target = &w->people[random_world_any(w, PEOPLE)],
        .crew = {crew,        0                         },
        .contractors = {contractors, 0                         }
    };
    for (size_t i = 0; i < PEOPLE; i++) {
        if ((w->people[i].roles & (ROLE_MANAGER | ROLE_OWNER)) != 0)
            crew[s.crew.count++] = w->people[i];
        if ((w->people[i].roles & ROLE_CONTRACTOR) != 0)
            contractors[s.contractors.count++] = w->people[i];
    }
    if (actor == NULL)
        s.acts_as = ROLE_SYSTEM;
    else if (actor->account_id != 0)
        s.account = random_world_account(w, actor->account_id);
    return s;
}

void random_world_read_client_side(struct random_world *w, struct order *o)
{
    const struct person *orderer = random_world_person(w, o->ordered_by);
    o->client_told_count = 0;
    for (size_t i = 0; !orderer->reachable && i < CLIENTS; i++)
        if (w->people[i].account_id == o->account_id && w->people[i].reachable)
            o->client_told[o->client_told_count++] = w->people[i].id;
    o->client_reachable = orderer->reachable || o->client_told_count > 0;
    if (o->client_told_count == 0)
        o->client_told[o->client_told_count++] = orderer->id;
}

const struct person *random_world_actor(struct random_world *w, const struct order *o)
{
    if (o->contractor_id != 0 && random_world_one_in(w, 2))
        return random_world_person(w, o->contractor_id);
    return o->ordered_by != 0 && random_world_one_in(w, 2)
               ? random_world_person(w, o->ordered_by)
               : &w->people[random_world_any(w, PEOPLE)];
}

/* ---- taking it in ---- */

static bool is_at_work(enum order_state state)
{
    return state == ORDER_IN_WORK || state == ORDER_WAITING_CLIENT;
}

static bool is_open(enum order_state state)
{
    return state == ORDER_NEW || is_at_work(state);
}

void random_world_take_in(struct random_world *w, struct history *h)
{
    const struct decision *d = &w->decision;
    struct account *account = random_world_account(w, d->after.account_id);
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++)
        for (size_t i = h->deadline_count; d->clock_ended[clock] != 0 && i-- > 0;)
            if (h->deadlines[i].clock == (enum sla_clock)clock &&
                h->deadlines[i].run == d->clock_ended[clock])
                forget_deadline(h, i);
    for (size_t i = 0; i < d->alert_count; i++)
        forget_alert(h, &d->alerts[i]);
    const struct order former = h->order;
    h->order = d->after;
    for (size_t i = 0; i < d->deadline_count; i++) {
        assert_true(h->deadline_count < DEADLINES);
        h->deadlines[h->deadline_count++] = d->deadlines[i];
    }
    h->reserved += d->quota == LEDGER_RESERVE;
    h->returned += d->quota == LEDGER_RETURN;
    h->paid += d->pay;
    account->open_orders += (int)is_open(d->after.state) - (int)is_open(d->from);
    account->quota_balance -= d->quota == LEDGER_RESERVE;
    for (size_t i = 0; i < PEOPLE; i++) {
        w->people[i].open_orders -= is_at_work(d->from) && w->people[i].id == former.contractor_id;
        w->people[i].open_orders +=
            is_at_work(d->after.state) && w->people[i].id == d->after.contractor_id;
        check_case(w->people[i].open_orders >= 0, order_event_name(d->event));
    }
}
