/* scene.h - one order and the people around it, to try the rules on: commands are decided and applied as a batch does
 *
 * All times are told relative to SCENE_BEGAN: "1h40m". A test says who does what and compares what is told of the decision:
 *
 *     struct scene x;
 *     scene_init(&x);
 *     scene_do(&x, EVENT_CREATE, CLIENT);
 *     scene_wait(&x, 10 * MINUTE_MS);
 *     scene_try(&x, EVENT_TAKE, WORKER);
 *     scene_refusal(&x), scene_outcome(&x), scene_clocks(&x), scene_notices(&x)
 */
#pragma once
#include "common/base/clock.h"
#include "order-engine/rules/order.h"

#define SCENE_BEGAN INT64_C(1790000000000) /* 21 September 2026, 14:13:20 UTC */

/* The account has two persons; a third client belongs to another account. */
enum cast {
    CLIENT, COLLEAGUE, OUTSIDER, WORKER, WORKER2, WORKER3, MANAGER, MANAGER2, OWNER, GUEST, PEOPLE_COUNT,
    TIME = PEOPLE_COUNT, /* the system */
    PANEL,               /* a login of the panel: acts as owner, is no person */
    UNKNOWN,             /* nobody knows this Telegram id */
};

#define SCENE_ACCOUNT 11
#define SCENE_OTHER_ACCOUNT 12
#define SCENE_ORDER 1001
#define SCENE_FIRST_ALERT 501

struct scene {
    struct parameters    parameters;
    struct billing_month month;
    struct account       account;
    struct person        people[PEOPLE_COUNT];
    struct order         order; /* id 0: none yet */
    int64_t              now, next_alert;
    uint64_t             categories; /* on sale */
    enum cast            target; /* of assign; PEOPLE_COUNT = there is none such */
    struct waiting_copy  waiting[4]; /* of alerts: decided and not sent yet */
    size_t               waiting_count;
    bool                 has_managers_group;
    struct order_command command; /* what the next one says beside its event */
    struct decision      decision;
    char                 told[4096];
};

/* Tariff: 10 orders, 60 minutes, 2 open at once, no pins. Everybody is on duty, reachable and free. No order yet. */
void scene_init(struct scene *);
void scene_wait(struct scene *, int64_t ms);

/* Decides; scene_do also takes the decision in, and fails the test if it is a refusal. */
void scene_try(struct scene *, enum order_event, enum cast);
void scene_do(struct scene *, enum order_event, enum cast);
/* The same for a step of a clock, at the instant it is due. */
void scene_try_step(struct scene *, enum sla_clock, enum clock_step);
void scene_do_step(struct scene *, enum sla_clock, enum clock_step);

/* A step of the alert's clock, now; the alert is command.alert_id. */
void scene_try_alert_step(struct scene *, enum clock_step);
void scene_do_alert_step(struct scene *, enum clock_step);

/* An order in this state: created, taken by WORKER (10 minutes later), and so on; 10 minutes between the events. */
void scene_reach(struct scene *, enum order_state);
void scene_reach_assigned(struct scene *); /* in_work without an estimate, 10 minutes after its creation */
/* The same by name, for tables of cases: where an order stands when the story begins. */
void is_new(struct scene *);
void in_work(struct scene *);
void assigned(struct scene *);
void waiting(struct scene *);
void done(struct scene *);
void closed(struct scene *);
void cancelled(struct scene *);

/* What the decision says; borrowed until the next question. */
const char *scene_refusal(struct scene *); /* "quota_used until=2h", "" = none */
const char *scene_outcome(struct scene *); /* "contractor: new > in_work v2, withdraws offers" */
const char *scene_clocks(struct scene *);  /* "reaction 1 ends; work 1: remind 1h40m, alert 2h4m, breach 2h10m" */
const char *scene_alert_clock(struct scene *); /* "repeat 1h10m" */
const char *scene_notices(struct scene *); /* "order_taken client {due_at:2h10m,...}; cards_changed cards" */
