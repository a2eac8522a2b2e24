/* company.h - the whole world of a simulation in memory: who there is, what they ordered, what the ledgers and the clock say
 *
 * It holds what the database holds for the engine and answers what the engine's queries answer. Ids count from 1 and are
 * places in the arrays. It decides nothing about orders.
 */
#pragma once
#include "order-engine/rules/order.h"
#include "sla-watcher/deadline_queue.h"

#define PEOPLE_MAX    256
#define ACCOUNTS_MAX  64
#define TARIFFS_MAX   4
#define CALENDARS_MAX 8
#define ORDERS_AT_ONCE 32768 /* order ids wrap around in this many places */
#define DEADLINES_MAX 65536
#define WAITING_MAX   4096
#define ALERTS_OF_ORDER_MAX 1000
#define MARKS_KEPT    20 /* DOMAIN leaves the number to dispatch.h: RATING_MARKS */
#define ENDED_KEPT_MS (8 * INT64_C(86400000)) /* an ended order can still be rated and spoken of so long, and a day more */

struct tariff {
    int64_t orders_per_month, reaction_minutes, rate_minor, open_limit;
    bool    may_pin, sees_contacts;
    int64_t calendar_id; /* from 1; 0 = round the clock */
};

struct patron { /* an account */
    int64_t tariff_id; /* from 1 */
    bool    has_paid_until;
    int64_t paid_until_day;
    int64_t balance, balance_month; /* of the ledger in that month */
};

struct member { /* a person, and what only the shell knows */
    struct person who;            /* open_orders are counted here */
    unsigned      roles;      /* ever given; who.roles are those in force */
    int64_t       account_id; /* who.account_id while a client */
    struct mark {
        int64_t ended_at, stars;
    } marks[MARKS_KEPT + 1];      /* the newest first */
};

struct row_deadline {
    struct deadline d;
    enum sla_clock  clock;
    enum clock_step step;
    int64_t         run, alert_id, account_id;
};

struct company {
    int64_t              now;
    struct parameters    parameters;
    struct billing_month month; /* in which now lies, once company_find_month was called */
    struct calendar      calendars[CALENDARS_MAX]; /* never changed: a change makes another */
    size_t               calendar_count;
    struct tariff        tariffs[TARIFFS_MAX];
    size_t               tariff_count;
    struct patron        patrons[ACCOUNTS_MAX];
    size_t               patron_count;
    struct member        members[PEOPLE_MAX];
    size_t               member_count;
    bool                 pins[ACCOUNTS_MAX][PEOPLE_MAX];
    bool                 declined[ORDERS_AT_ONCE][PEOPLE_MAX]; /* the first by order id modulo */
    uint64_t             categories;
    struct order        *orders[ORDERS_AT_ONCE]; /* by id modulo; NULL once forgotten */
    int64_t              unfinished[ORDERS_AT_ONCE], ended[ORDERS_AT_ONCE]; /* ids, any order; by ended_at */
    size_t               unfinished_count, ended_count;
    struct row_deadline  deadlines[DEADLINES_MAX]; /* by due_at, then id */
    size_t               deadline_count;
    struct waiting_copy  waiting[WAITING_MAX]; /* alerts decided while nothing is sent */
    size_t               waiting_count;
    bool                 sender_down;
    int64_t              alerts_of[ORDERS_AT_ONCE];            /* so many were raised, by order id modulo */
    int64_t              next_order_id, next_deadline_id;
};

void company_init(struct company *); /* of zeros */
void company_fini(struct company *);

struct order  *company_order(const struct company *, int64_t id);  /* NULL: never made, or forgotten */
/* The next alert's number: it depends on nothing but this order's own past, so that a shortened history keeps it. */
int64_t        company_next_alert(const struct company *, int64_t order_id);
struct member *company_member(struct company *, int64_t id);       /* NULL for 0 */
void           company_find_month(struct company *);
/* The roles in force from now on; of a client the account too. */
void           company_set_roles(struct company *, struct member *, unsigned roles);

/* What the engine's queries bring, borrowed until the next call of the same one. */
struct account company_account(struct company *, int64_t id);
struct people  company_crew(struct company *);
struct people  company_contractors(struct company *, int64_t pinned_by_account, int64_t order_id);
void           company_read_sides(struct company *, struct order *); /* who is told, is the contractor still one */

/* A row of the quota ledger in the running month. */
void company_add_to_quota(struct company *, int64_t account_id, int64_t orders);

/* Writes a decision, as the engine's store does. */
void company_apply(struct company *, const struct decision *);

const struct row_deadline *company_deadline(const struct company *, int64_t id);
/* Somebody can be offered nothing any more: pinned windows in which nobody else is left end at once. */
void                       company_end_windows(struct company *, int64_t person_id);
/* The steps of an account's subscription that are still ahead, anew. */
void                       company_write_subscription(struct company *, int64_t account_id);
void company_move_subscriptions(struct company *); /* the zone has changed: days end elsewhere, be it in the past */
struct people              company_subscribers(struct company *, int64_t account_id);
/* Somebody cannot be on an alert any more: its reopening is due at once. */
void                       company_reopen_alerts(struct company *, int64_t person_id);
void                       company_reach(struct company *, int64_t deadline_id); /* its row goes */
void                       company_forget_old(struct company *);
