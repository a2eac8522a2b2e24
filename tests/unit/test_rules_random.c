/* test_rules_random.c - a long random history of a handful of orders: whatever people do and
 * whenever, some things always hold
 *
 * The history is applied to a small world of its own: orders, people, accounts, and the deadlines
 * as a table would hold them. The seed is fixed; ITSUPPORT_TEST_SEED and ITSUPPORT_TEST_STEPS try
 * others.
 */
#include "tests/unit/cases.h"

#include <inttypes.h>

#include "common/base/clock.h"
#include "ctl/fold.h"
#include "order-engine/rules/alerts.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/decide.h"
#include "order-engine/rules/order_fsm.h"

#define STEPS 400000
#define ORDERS 6
#define ACCOUNTS 2
#define CLIENTS 4 /* two of each account */
#define WORKERS 5
#define MANAGERS 2
#define OWNERS 1
#define PEOPLE (CLIENTS + WORKERS + MANAGERS + OWNERS)
#define DEADLINES 64
#define BEGAN INT64_C(1790000000000)

struct history {
    struct order order;
    struct decided_deadline deadlines[DEADLINES];
    size_t deadline_count;
    int reserved, returned, paid;
    int64_t row_version; /* of the newest event that changed the row */
    struct fold fold;    /* the same, from the events alone, as itsupportctl check looks at it */
};

static struct parameters parameters;
static struct person people[PEOPLE];
static struct account accounts[ACCOUNTS];
static struct history histories[ORDERS];
static struct decision decision;
static struct order_command command;
static int64_t now, next_id;
static uint64_t seed;
static size_t counted[ORDER_EVENT_COUNT]; /* decisions, so that nothing is left untried */

/* ---- chance ---- */

static int64_t any(int64_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((seed >> 33) % (uint64_t)below);
}

static bool one_in(int64_t n)
{
    return any(n) == 0;
}

/* ---- the world ---- */

static void begin(uint64_t first_seed)
{
    seed = first_seed;
    now = BEGAN;
    next_id = 1;
    parameters_init(&parameters);
    memset(histories, 0, sizeof histories);
    memset(counted, 0, sizeof counted);
    for (size_t i = 0; i < ACCOUNTS; i++)
        accounts[i] = (struct account){.id = 1 + (int64_t)i,
                                       .tariff_id = 1,
                                       .orders_per_month = 8,
                                       .reaction_minutes = 60,
                                       .rate_minor = -1,
                                       .open_limit = 2,
                                       .may_pin = i == 0,
                                       .has_paid_until = true,
                                       .paid_until_day = BEGAN / DAY_MS + 100000};
    for (size_t i = 0; i < PEOPLE; i++)
        people[i] = (struct person){.id = 100 + (int64_t)i,
                                    .on_duty = true,
                                    .reachable = true,
                                    .roles = i < CLIENTS                        ? ROLE_CLIENT
                                             : i < CLIENTS + WORKERS            ? ROLE_CONTRACTOR
                                             : i < CLIENTS + WORKERS + MANAGERS ? ROLE_MANAGER
                                                                                : ROLE_OWNER};
    for (size_t i = 0; i < CLIENTS; i++)
        people[i].account_id = accounts[i % ACCOUNTS].id;
    people[CLIENTS].roles |= ROLE_CLIENT; /* a contractor who is a client, too */
    people[CLIENTS].account_id = accounts[0].id;
    people[CLIENTS + 1].pinned = people[CLIENTS + 2].pinned = true;
    people[CLIENTS + WORKERS].roles |= ROLE_CONTRACTOR; /* and a manager who works */
}

static const struct person *person_of(int64_t id)
{
    for (size_t i = 0; i < PEOPLE; i++)
        if (people[i].id == id)
            return &people[i];
    return NULL;
}

static struct account *account_of(int64_t id)
{
    return &accounts[id - 1];
}

/* Somebody comes or goes, a parameter changes, a month ends. */
static void something_changes(void)
{
    struct person *who = &people[any(PEOPLE)];
    switch (any(6)) {
    case 0:
        who->on_duty = !one_in(4);
        break;
    case 1:
        who->reachable = !one_in(4);
        break;
    case 2:
        who->away_until = one_in(3) ? now + HOUR_MS : 0;
        break;
    case 3:
        parameters.CONTRACTOR_MAX_ORDERS = 1 + any(2);
        break;
    case 4:
        parameters.INFORM_MANAGER_CREATED_PROJECT_LIMIT = 1 + any(100);
        parameters.INFORM_MANAGER_IN_WORK_PROJECT_LIMIT = 1 + any(100);
        parameters.DEFAULT_ESTIMATE_HOURS = 1 + any(24);
        break;
    default:
        if (one_in(20)) /* the next month; what was reserved in the last one is not returned into
                           this one */
            for (size_t i = 0; i < ACCOUNTS; i++)
                accounts[i].quota_balance = 0;
        break;
    }
}

/* ---- one command ---- */

static void random_command(const struct order *o)
{
    static const enum order_event often[] = {
        EVENT_CREATE, EVENT_ADD_DETAILS,  EVENT_CANCEL,   EVENT_TAKE,   EVENT_TAKE,
        EVENT_ASSIGN, EVENT_SET_ESTIMATE, EVENT_ASK,      EVENT_ASK,    EVENT_ANSWER,
        EVENT_SAY,    EVENT_RESUME,       EVENT_FINISH,   EVENT_ACCEPT, EVENT_ACKNOWLEDGE,
        EVENT_RATE,   EVENT_FINISH,       EVENT_REASSIGN, EVENT_EXTEND, EVENT_GIVE_BACK,
        EVENT_REWORK, EVENT_RELEASE,      EVENT_COMPLAIN, EVENT_SETTLE, EVENT_REASSIGN,
        EVENT_RATE,   EVENT_REASSIGN,     EVENT_REWORK,
    };
    int64_t cause = any(CAUSE_COUNT);
    for (int i = 0; i < CAUSE_COUNT && o->alerts[cause].id == 0; i++)
        cause = (cause + 1) % CAUSE_COUNT;
    const struct open_alert *alert = &o->alerts[cause];
    command = (struct order_command){
        .event = often[any(ARRAY_LEN(often))],
        .id = "x",
        .new_order_id = 1000 + next_id,
        .new_alert_id = 2000 + next_id,
        .alert_id = alert->id,
        .rating = any(6),
        .pay = one_in(3),
        .pay_given = one_in(2),
        .addressee = one_in(3)   ? ROLE_CLIENT
                     : one_in(3) ? ROLE_CONTRACTOR
                                 : 0,
    };
    next_id++;
    command.estimate_minutes = any(24 * 60 + 2);
    if (command.event != EVENT_TAKE && command.event != EVENT_ASSIGN &&
        command.event != EVENT_SET_ESTIMATE && command.event != EVENT_RESUME &&
        command.event != EVENT_ACKNOWLEDGE && command.event != EVENT_SETTLE) {
        command.has_text = !one_in(20);
        command.text_len = command.has_text ? 10 : 0;
    }
}

/* A deadline of this order that is due, or the next one after a wait; false if it has none. */
static bool random_deadline(const struct history *h)
{
    if (h->deadline_count == 0)
        return false;
    const struct decided_deadline *next = &h->deadlines[any((int64_t)h->deadline_count)];
    size_t position;
    now = max_i64(now, next->due_at);
    command =
        (struct order_command){.event = clock_step_find(next->clock, next->step, &position)->event,
                               .id = "x",
                               .clock = next->clock,
                               .step = next->step,
                               .run = next->run,
                               .alert_id = next->alert_id,
                               .new_alert_id = 2000 + next_id++};
    return true;
}

static void forget_deadline(struct history *h, size_t at)
{
    h->deadlines[at] = h->deadlines[--h->deadline_count];
}

/* As the engine does with the row of a deadline that was reached, whatever came of it. */
static void forget_reached(struct history *h)
{
    for (size_t i = h->deadline_count; i-- > 0;)
        if (h->deadlines[i].clock == command.clock && h->deadlines[i].step == command.step &&
            h->deadlines[i].run == command.run && h->deadlines[i].alert_id == command.alert_id)
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

/* ---- what always holds ---- */

#define holds(condition) check_case(condition, order_event_name(decision.event))

static void clocks_fit_the_state(const struct order *o)
{
    const struct clock_run *c = o->clocks;
    bool at_work = o->state == ORDER_IN_WORK || o->state == ORDER_WAITING_CLIENT;
    holds(c[CLOCK_REACTION].running == (o->state == ORDER_NEW));
    holds(c[CLOCK_WORK].running == (o->state == ORDER_IN_WORK));
    holds(c[CLOCK_WORK].paused == (o->state == ORDER_WAITING_CLIENT));
    holds(!c[CLOCK_CONFIRM].running || (o->state == ORDER_IN_WORK && !o->estimate_named));
    holds(!c[CLOCK_CONFIRM].paused || (o->state == ORDER_WAITING_CLIENT && !o->estimate_named));
    holds(!at_work || o->estimate_named || o->reworks > 0 || c[CLOCK_CONFIRM].running ||
          c[CLOCK_CONFIRM].paused);
    holds(c[CLOCK_ANSWER].running == (o->state == ORDER_WAITING_CLIENT));
    holds(c[CLOCK_ACCEPTANCE].running == (o->state == ORDER_DONE));
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++) {
        holds(!c[clock].running ||
              (c[clock].ended_at == 0 && c[clock].limit_ms > 0 && c[clock].started_at <= now));
        holds(!c[clock].paused || clock == CLOCK_WORK || clock == CLOCK_CONFIRM);
        holds(c[clock].counted_ms >= 0);
    }
}

/* Each step that a running clock has not reached has one deadline, and there are no others but of
 * alerts whose breach was faster. */
static void deadlines_fit_the_clocks(const struct history *h)
{
    size_t expected = 0, ahead = 0, alerts = 0, alerts_ahead = 0;
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++)
        for (size_t position = 0; clock_step_at((enum sla_clock)clock, position) != NULL;
             position++)
            expected += h->order.clocks[clock].running &&
                        !clock_has_fired(&h->order.clocks[clock], position);
    for (size_t i = 0; i < h->deadline_count; i++) {
        const struct decided_deadline *deadline = &h->deadlines[i];
        if (deadline->clock == CLOCK_ALERT) {
            holds(alert_step_holds(&h->order, deadline->alert_id, deadline->step));
            alerts_ahead++;
            continue;
        }
        const struct clock_run *run = &h->order.clocks[deadline->clock];
        size_t position, breach;
        clock_step_find(deadline->clock, deadline->step, &position);
        holds(run->running && run->run == deadline->run);
        if (clock_has_fired(run, position)) {
            holds(deadline->step == STEP_ALERT &&
                  clock_step_find(deadline->clock, STEP_BREACH, &breach) != NULL &&
                  clock_has_fired(run, breach));
            continue;
        }
        int64_t needed_ms = (run->limit_ms * run->shares[position] + 99) / 100;
        holds(deadline->due_at == run->started_at + max_i64(needed_ms - run->counted_ms, 0));
        ahead++;
    }
    holds(ahead == expected);
    for (int cause = 0; cause < CAUSE_COUNT; cause++)
        alerts += h->order.alerts[cause].id != 0;
    holds(alerts_ahead == alerts); /* each open alert has its next step */
}

static void alerts_fit_the_state(const struct order *o)
{
    bool at_work = o->state == ORDER_IN_WORK || o->state == ORDER_WAITING_CLIENT;
    holds(o->alerts[CAUSE_NOT_TAKEN].id == 0 || o->state == ORDER_NEW);
    holds(o->alerts[CAUSE_LATE].id == 0 || at_work);
    holds(o->alerts[CAUSE_UNCONFIRMED].id == 0 || (at_work && !o->estimate_named));
    holds(o->alerts[CAUSE_NO_ANSWER].id == 0 || o->state == ORDER_WAITING_CLIENT);
    for (int cause = 0; cause < CAUSE_COUNT; cause++) {
        holds(o->alerts[cause].id == 0 ||
              (o->alerts[cause].level >= 1 && o->alerts[cause].level <= 100));
        holds((o->alerts[cause].acknowledged_by == 0) == (o->alerts[cause].acknowledged_at == 0));
    }
}

static void ledgers_hold(const struct history *h)
{
    const struct order *o = &h->order;
    holds(h->reserved == 1);
    bool is_over = o->state == ORDER_CLOSED || o->state == ORDER_CANCELLED;
    holds(h->returned == (o->state == ORDER_CANCELLED && o->done_at == 0));
    holds(o->state == ORDER_CANCELLED ? h->paid <= (o->contractor_id != 0)
                                      : h->paid == (o->state == ORDER_CLOSED));
    holds(decision.erase_credentials == (is_over && decision.from != o->state));
    for (size_t i = 0; i < ACCOUNTS; i++) /* what is returned by its client may be one too many */
        holds(accounts[i].orders_per_month + accounts[i].quota_balance >= 0 &&
              accounts[i].open_orders >= 0 &&
              accounts[i].open_orders <= accounts[i].open_limit + ORDERS);
}

static bool is_pinned(const struct order *o, int64_t person_id)
{
    for (size_t i = 0; i < o->pin_count; i++)
        if (o->pins[i] == person_id)
            return true;
    return false;
}

static bool was_passed(const struct order *o, int64_t person_id)
{
    for (size_t i = 0; i < o->pass_count; i++)
        if (o->passed[i] == person_id)
            return true;
    return false;
}

static bool is_free(const struct person *who)
{
    return (who->roles & ROLE_CONTRACTOR) != 0 && who->on_duty && who->away_until <= now &&
           who->open_orders < parameters.CONTRACTOR_MAX_ORDERS;
}

static void an_offer_is_for_the_eligible(const struct person *who)
{
    const struct order *o = &decision.after;
    holds(o->state == ORDER_NEW && !was_passed(o, who->id));
    holds(is_free(who) && who->reachable && who->account_id != o->account_id);
    if (decision.event == EVENT_CREATE || decision.event == EVENT_OPEN_OFFER)
        holds(is_pinned(o, who->id) !=
              o->offer_open); /* the pinned ones in their window, then the others */
    else
        holds(o->offer_open); /* given back: no window any more */
}

/* Nobody is told what is not the own business. */
static void notices_are_for_whom_they_concern(const struct situation *s)
{
    const struct order *o = &decision.after;
    for (size_t i = 0; i < decision.notice_count; i++) {
        const struct decided_notice *n = &decision.notices[i];
        holds(n->detail >= -1 && n->detail < (int)decision.details_count);
        holds(n->not_before == 0 || n->not_before > now);
        holds((n->person_id == 0) == (n->kind == NOTICE_cards_changed));
        for (size_t m = 0; m < i; m++)
            holds(decision.notices[m].person_id != n->person_id ||
                  decision.notices[m].kind != n->kind);
        if (n->person_id == 0)
            continue;
        const struct person *who = person_of(n->person_id);
        if (n->kind == NOTICE_offer)
            an_offer_is_for_the_eligible(who);
        else if (notice_class(n->kind) == SEND_ALERT || n->kind == NOTICE_order_returned ||
                 n->kind == NOTICE_order_orphaned)
            holds((who->roles & (ROLE_MANAGER | ROLE_OWNER)) != 0 && who->reachable);
        else if (n->kind == NOTICE_work_lost)
            holds(who->id == s->order->contractor_id);
        else
            holds(who->id == o->contractor_id || who->account_id == o->account_id);
        holds(n->kind != NOTICE_thread_message || s->actor == NULL || who->id != s->actor->id);
    }
}

static void what_was_decided_makes_sense(const struct situation *s, const struct history *h)
{
    const struct order *o = &decision.after;
    holds(decision.from == (h->order.id == 0 ? ORDER_NONE : h->order.state));
    holds(o->version == (h->order.id == 0 ? 1 : h->order.version + 1));
    for (size_t i = 0; i < decision.deadline_count; i++)
        holds(decision.deadlines[i].due_at >= now);
    holds(!decision.pay || decision.from == ORDER_DONE || decision.event == EVENT_CANCEL);
    if (decision.event == EVENT_TAKE)
        holds(is_free(s->actor) && !was_passed(o, s->actor->id) &&
              (h->order.offer_open || is_pinned(&h->order, s->actor->id)));
    if (o->contractor_id != 0)
        holds(person_of(o->contractor_id)->account_id != o->account_id);
}

/* What the table of orders demands of a row. */
static void the_row_is_whole(const struct order *o)
{
    bool at_work = o->state == ORDER_IN_WORK || o->state == ORDER_WAITING_CLIENT;
    bool is_over = o->state == ORDER_CLOSED || o->state == ORDER_CANCELLED;
    holds(o->contractor_id != 0 || o->state == ORDER_NEW || o->state == ORDER_CANCELLED);
    holds(o->state != ORDER_NEW ||
          (o->contractor_id == 0 && o->taken_at == 0 && o->estimate_minutes == 0));
    holds(!at_work || (o->taken_at != 0 && o->estimate_minutes != 0 && o->done_at == 0));
    holds((o->state != ORDER_DONE && o->state != ORDER_CLOSED) || o->done_at != 0);
    holds(is_over == (o->ended_at != 0));
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

static void take_in(struct history *h)
{
    const struct decision *d = &decision;
    struct account *account = account_of(d->after.account_id);
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
        people[i].open_orders -= is_at_work(d->from) && people[i].id == former.contractor_id;
        people[i].open_orders +=
            is_at_work(d->after.state) && people[i].id == d->after.contractor_id;
        holds(people[i].open_orders >= 0);
    }
}

/* A number of the event's detail; 0 if it has none of that name. */
static int64_t detail_number(const char *name)
{
    const char *at = strstr(decision.detail, name);
    return at != NULL ? strtoll(at + strlen(name), NULL, 10) : 0;
}

static unsigned clocks_that(const struct order *o, bool run)
{
    unsigned set = 0;
    for (unsigned clock = 0; clock < ORDER_CLOCK_COUNT; clock++)
        if (run ? o->clocks[clock].running : o->clocks[clock].paused)
            set |= 1u << clock;
    return set;
}

/* Folding the events gives the row, its ledgers and its clocks. */
static void the_events_lead_to_the_row(const struct situation *s, struct history *h)
{
    const struct decision *d = &decision;
    const struct order *o = &h->order;
    scoped(findings_fini) struct findings findings = {0};
    fold_event(&h->fold, o->id,
               &(struct past_event){.version = o->version,
                                    .at = d->at,
                                    .actor_id = s->actor != NULL ? s->actor->id : 0,
                                    .event = (int)d->event,
                                    .from = (int)d->from,
                                    .to = (int)o->state,
                                    .role = (int)d->role,
                                    .contractor_id = detail_number("\"contractor_id\":"),
                                    .estimate_minutes = detail_number("\"estimate_minutes\":"),
                                    .rating = detail_number("\"rating\":"),
                                    .paid = strstr(d->detail, "\"paid\":true") != NULL},
               &findings);
    if (!d->only_said)
        h->row_version = o->version;
    fold_compare(&h->fold,
                 &(struct past_order){.id = o->id,
                                      .version = h->row_version,
                                      .state = (int)o->state,
                                      .contractor_id = o->contractor_id,
                                      .estimate_minutes = o->estimate_minutes,
                                      .rating = o->rating,
                                      .taken_at = o->taken_at,
                                      .done_at = o->done_at,
                                      .ended_at = o->ended_at,
                                      .reworks = o->reworks},
                 &findings);
    if (findings.count > 0)
        printf("%s: %s\n", finding_name(findings.items[0].finding), findings.items[0].detail);
    holds(findings.count == 0);
    holds(h->fold.reserved == h->reserved && h->fold.returned == h->returned &&
          h->fold.paid == h->paid);
    holds(h->fold.running == clocks_that(o, true) && h->fold.paused == clocks_that(o, false));
}

static struct situation situation_of(const struct history *h, const struct person *actor,
                                     struct person *crew, struct person *contractors)
{
    struct situation s = {
        .now = now,
        .parameters = &parameters,
        .month = {.id = 1,     .ends_at = now + DAY_MS},
        .actor = actor,
        .order = h->order.id != 0 ? &h->order : NULL,
        .target = &people[any(PEOPLE)],
        .crew = {crew,        0                      },
        .contractors = {contractors, 0                      }
    };
    for (size_t i = 0; i < PEOPLE; i++) {
        if ((people[i].roles & (ROLE_MANAGER | ROLE_OWNER)) != 0)
            crew[s.crew.count++] = people[i];
        if ((people[i].roles & ROLE_CONTRACTOR) != 0)
            contractors[s.contractors.count++] = people[i];
    }
    if (actor == NULL)
        s.acts_as = ROLE_SYSTEM;
    else if (actor->account_id != 0)
        s.account = account_of(actor->account_id);
    return s;
}

/* Who is told for the client's side, as the engine reads it. */
static void read_client_side(struct order *o)
{
    const struct person *orderer = person_of(o->ordered_by);
    o->client_told_count = 0;
    for (size_t i = 0; !orderer->reachable && i < CLIENTS; i++)
        if (people[i].account_id == o->account_id && people[i].reachable)
            o->client_told[o->client_told_count++] = people[i].id;
    o->client_reachable = orderer->reachable || o->client_told_count > 0;
    if (o->client_told_count == 0)
        o->client_told[o->client_told_count++] = orderer->id;
}

/* Mostly somebody whom the order concerns, or nothing would ever happen. */
static const struct person *random_actor(const struct order *o)
{
    if (o->contractor_id != 0 && one_in(2))
        return person_of(o->contractor_id);
    return o->ordered_by != 0 && one_in(2) ? person_of(o->ordered_by) : &people[any(PEOPLE)];
}

static void step(void)
{
    struct person crew[PEOPLE], contractors[PEOPLE];
    struct history *h = &histories[any(ORDERS)];
    bool by_time = one_in(8) && random_deadline(h);
    if (h->order.id != 0)
        read_client_side(&h->order);
    h->order.contractor_active = !one_in(6); /* the role was taken and is given again */
    if (!by_time)
        random_command(&h->order);
    struct situation s =
        situation_of(h, by_time ? NULL : random_actor(&h->order), crew, contractors);
    bool was_over = h->order.state == ORDER_CLOSED || h->order.state == ORDER_CANCELLED;

    order_decide(&s, &command, &decision);
    if (by_time)
        forget_reached(h);
    if (decision.refused.why == REFUSED_NOT) {
        holds(!was_over || decision.after.state == decision.from);
        what_was_decided_makes_sense(&s, h);
        notices_are_for_whom_they_concern(&s);
        take_in(h);
        counted[decision.event]++;
        clocks_fit_the_state(&h->order);
        deadlines_fit_the_clocks(h);
        alerts_fit_the_state(&h->order);
        ledgers_hold(h);
        the_row_is_whole(&h->order);
        the_events_lead_to_the_row(&s, h);
    } else {
        holds(decision.notice_count == 0 && decision.deadline_count == 0 &&
              decision.alert_count == 0);
    }
    if (was_over && one_in(8)) /* long enough refused: the next order */
        *h = (struct history){0};
}

static void always(void **state)
{
    (void)state;
    const char *other_seed = getenv("ITSUPPORT_TEST_SEED"), *steps = getenv("ITSUPPORT_TEST_STEPS");
    int64_t count = steps != NULL ? strtoll(steps, NULL, 10) : STEPS;
    begin(other_seed != NULL ? strtoull(other_seed, NULL, 10) : 20260922);
    for (int64_t i = 0; i < count; i++) {
        now += one_in(4) ? any(5 * MINUTE_MS) : any(SECOND_MS);
        if (one_in(10))
            something_changes();
        step();
    }
    /* a history in which something never happened proves little */
    for (size_t i = 0; i < order_rule_count; i++)
        check_case(counted[order_rules[i].event] > 20, order_event_name(order_rules[i].event));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(always),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
