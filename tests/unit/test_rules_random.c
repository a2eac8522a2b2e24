/* test_rules_random.c - a long random history of a handful of orders: whatever people do and
 * whenever, some things always hold
 *
 * The seed is fixed; ITSUPPORT_TEST_SEED and ITSUPPORT_TEST_STEPS try others.
 */
#include "tests/unit/cases.h"

#include "order-engine/rules/alerts.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/order_fsm.h"
#include "tests/unit/random_world.h"

#define STEPS 400000

/* ---- what always holds ---- */

#define holds(condition) check_case(condition, order_event_name(w->decision.event))

static void clocks_fit_the_state(struct random_world *w, const struct order *o)
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
              (c[clock].ended_at == 0 && c[clock].limit_ms > 0 && c[clock].started_at <= w->now));
        holds(!c[clock].paused || clock == CLOCK_WORK || clock == CLOCK_CONFIRM);
        holds(c[clock].counted_ms >= 0);
    }
}

/* Each step that a running clock has not reached has one deadline, and there are no others but of
 * alerts whose breach was faster. */
static void deadlines_fit_the_clocks(struct random_world *w, const struct history *h)
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

static void alerts_fit_the_state(struct random_world *w, const struct order *o)
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

static void ledgers_hold(struct random_world *w, const struct history *h)
{
    const struct order *o = &h->order;
    holds(h->reserved == 1);
    bool is_over = o->state == ORDER_CLOSED || o->state == ORDER_CANCELLED;
    holds(h->returned == (o->state == ORDER_CANCELLED && o->done_at == 0));
    holds(o->state == ORDER_CANCELLED ? h->paid <= (o->contractor_id != 0)
                                      : h->paid == (o->state == ORDER_CLOSED));
    holds(w->decision.erase_credentials == (is_over && w->decision.from != o->state));
    for (size_t i = 0; i < ACCOUNTS; i++) /* what is returned by its client may be one too many */
        holds(w->accounts[i].orders_per_month + w->accounts[i].quota_balance >= 0 &&
              w->accounts[i].open_orders >= 0 &&
              w->accounts[i].open_orders <= w->accounts[i].open_limit + ORDERS);
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

static bool is_free(struct random_world *w, const struct person *who)
{
    return (who->roles & ROLE_CONTRACTOR) != 0 && who->on_duty && who->away_until <= w->now &&
           who->open_orders < w->parameters.CONTRACTOR_MAX_ORDERS;
}

static void an_offer_is_for_the_eligible(struct random_world *w, const struct person *who)
{
    const struct order *o = &w->decision.after;
    holds(o->state == ORDER_NEW && !was_passed(o, who->id));
    holds(is_free(w, who) && who->reachable && who->account_id != o->account_id);
    if (w->decision.event == EVENT_CREATE || w->decision.event == EVENT_OPEN_OFFER)
        holds(is_pinned(o, who->id) !=
              o->offer_open); /* the pinned ones in their window, then the others */
    else
        holds(o->offer_open); /* given back: no window any more */
}

/* Nobody is told what is not the own business. */
static void notices_are_for_whom_they_concern(struct random_world *w, const struct situation *s)
{
    const struct order *o = &w->decision.after;
    for (size_t i = 0; i < w->decision.notice_count; i++) {
        const struct decided_notice *n = &w->decision.notices[i];
        holds(n->detail >= -1 && n->detail < (int)w->decision.details_count);
        holds(n->not_before == 0 || n->not_before > w->now);
        holds((n->person_id == 0) == (n->kind == NOTICE_cards_changed));
        for (size_t m = 0; m < i; m++)
            holds(w->decision.notices[m].person_id != n->person_id ||
                  w->decision.notices[m].kind != n->kind);
        if (n->person_id == 0)
            continue;
        const struct person *who = random_world_person(w, n->person_id);
        if (n->kind == NOTICE_offer)
            an_offer_is_for_the_eligible(w, who);
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

static void what_was_decided_makes_sense(struct random_world *w, const struct situation *s,
                                         const struct history *h)
{
    const struct order *o = &w->decision.after;
    holds(w->decision.from == (h->order.id == 0 ? ORDER_NONE : h->order.state));
    holds(o->version == (h->order.id == 0 ? 1 : h->order.version + 1));
    for (size_t i = 0; i < w->decision.deadline_count; i++)
        holds(w->decision.deadlines[i].due_at >= w->now);
    holds(!w->decision.pay || w->decision.from == ORDER_DONE || w->decision.event == EVENT_CANCEL);
    if (w->decision.event == EVENT_TAKE)
        holds(is_free(w, s->actor) && !was_passed(o, s->actor->id) &&
              (h->order.offer_open || is_pinned(&h->order, s->actor->id)));
    if (o->contractor_id != 0)
        holds(random_world_person(w, o->contractor_id)->account_id != o->account_id);
}

/* What the table of orders demands of a row. */
static void the_row_is_whole(struct random_world *w, const struct order *o)
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

/* ---- the record ---- */

/* A number of the event's detail; 0 if it has none of that name. */
static int64_t detail_number(struct random_world *w, const char *name)
{
    const char *at = strstr(w->decision.detail, name);
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
static void the_events_lead_to_the_row(struct random_world *w, const struct situation *s,
                                       struct history *h)
{
    const struct decision *d = &w->decision;
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
                                    .contractor_id = detail_number(w, "\"contractor_id\":"),
                                    .estimate_minutes = detail_number(w, "\"estimate_minutes\":"),
                                    .rating = detail_number(w, "\"rating\":"),
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

/* ---- the history ---- */

static void step(struct random_world *w)
{
    struct person crew[PEOPLE], contractors[PEOPLE];
    struct history *h = &w->histories[random_world_any(w, ORDERS)];
    bool by_time = random_world_one_in(w, 8) && random_world_deadline(w, h);
    if (h->order.id != 0)
        random_world_read_client_side(w, &h->order);
    h->order.contractor_active =
        !random_world_one_in(w, 6); /* the role was taken and is given again */
    if (!by_time)
        random_world_command(w, &h->order);
    struct situation s = random_world_situation(
        w, h, by_time ? NULL : random_world_actor(w, &h->order), crew, contractors);
    bool was_over = h->order.state == ORDER_CLOSED || h->order.state == ORDER_CANCELLED;

    order_decide(&s, &w->command, &w->decision);
    if (by_time)
        random_world_forget_reached(w, h);
    if (w->decision.refused.why == REFUSED_NOT) {
        holds(!was_over || w->decision.after.state == w->decision.from);
        what_was_decided_makes_sense(w, &s, h);
        notices_are_for_whom_they_concern(w, &s);
        random_world_take_in(w, h);
        w->counted[w->decision.event]++;
        clocks_fit_the_state(w, &h->order);
        deadlines_fit_the_clocks(w, h);
        alerts_fit_the_state(w, &h->order);
        ledgers_hold(w, h);
        the_row_is_whole(w, &h->order);
        the_events_lead_to_the_row(w, &s, h);
    } else {
        holds(w->decision.notice_count == 0 && w->decision.deadline_count == 0 &&
              w->decision.alert_count == 0);
    }
    if (was_over && random_world_one_in(w, 8)) /* long enough refused: the next order */
        *h = (struct history){0};
}

static void always(void **state)
{
    (void)state;
    const char *other_seed = getenv("ITSUPPORT_TEST_SEED"), *steps = getenv("ITSUPPORT_TEST_STEPS");
    int64_t count = steps != NULL ? strtoll(steps, NULL, 10) : STEPS;
    static struct random_world world; /* too large for a stack */
    struct random_world *w = &world;
    random_world_begin(w, other_seed != NULL ? strtoull(other_seed, NULL, 10) : 20260922);
    for (int64_t i = 0; i < count; i++) {
        w->now += random_world_one_in(w, 4) ? random_world_any(w, 5 * MINUTE_MS)
                                            : random_world_any(w, SECOND_MS);
        if (random_world_one_in(w, 10))
            random_world_change(w);
        step(w);
    }
    /* a history in which something never happened proves little */
    for (size_t i = 0; i < order_rule_count; i++)
        check_case(w->counted[order_rules[i].event] > 20, order_event_name(order_rules[i].event));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(always),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
