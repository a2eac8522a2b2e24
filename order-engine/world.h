/* world.h - what one batch has read from the database, and what its decisions have made of it so far
 *
 * Commands of one batch are decided one after the other in memory; each sees what the ones before it did. Emptied for every
 * batch, memory kept; parameters and people stay, with the versions they were read at, and what never changes stays too.
 */
#pragma once
#include "order-engine/circles.h"
#include "order-engine/known_orders.h"
#include "order-engine/rules/subscription.h"

struct read_deadline {
    int64_t         id, order_id, alert_id, account_id, run, due_at;
    enum sla_clock  clock;
    enum clock_step step;
};

struct read_pin { /* of an account; or who declined an order. An order's own pins and passes stand in the order */
    int64_t account_id, order_id, contractor_id;
    bool    declined;
};

struct read_answer {
    char *id, *answer;
};

struct people_list {
    struct person *items;
    size_t         count, cap;
};

/* An order's row, clocks and alerts are written at most once per batch; only messages may follow one another. */
enum touched { UNTOUCHED, SAID, MOVED };

struct world {
    int64_t           now, installed_version, installed_people; /* versions in the database */
    bool              has_managers_group;
    struct parameters parameters;
    int64_t           parameters_version; /* at which they were read; 0 = never */
    uint64_t          categories;         /* those on sale; read with the parameters */

    struct people_list people;            /* who acts and is acted upon, remembered over batches */
    int64_t            people_version;    /* at which they were read */
    uint32_t          *by_telegram;       /* places in people, ascending by Telegram id */
    struct people_list crew;              /* managers and owners, remembered as people are; empty = not read */
    struct people_list contractors;       /* with their work in hand, so never remembered */
    struct circles     circles;           /* the people around orders, remembered as people are */
    struct known_orders known;            /* orders as they were after the last batch that met them */
    struct order      *orders;    size_t order_count, order_cap;
    int64_t           first_month, last_month; /* in which orders' events are looked for, days since 1970; remembered */
    bool              months_widened;          /* an order of this batch lies elsewhere: its version is not known yet */
    enum touched      *touched;   size_t touched_count, touched_cap; /* beside orders: what this batch did to each */
    struct calendar  **calendars; size_t calendar_count, calendar_cap; /* remembered over batches: a calendar never changes */
    struct account    *accounts;  size_t account_count, account_cap;
    struct read_pin   *pins;      size_t pin_count, pin_cap;
    struct read_deadline *deadlines; size_t deadline_count, deadline_cap;
    struct waiting_copy *waiting; size_t waiting_count, waiting_cap;
    struct subscriber *subscribers; size_t subscriber_count, subscriber_cap;
    struct read_answer *answers;  size_t answer_count, answer_cap;
    struct billing_month *months; size_t month_count, month_cap; /* any order; remembered over batches, a month never changes */
    size_t             months_new;                               /* the last so many are not in the database yet */
    struct billing_month month;                                  /* in which now lies, once world_find_month was called */
    int64_t           *order_numbers; size_t order_number_count, order_number_cap;
    int64_t           *alert_numbers; size_t alert_number_count, alert_number_cap;
};

void world_reset(struct world *);
void world_widen_months(struct world *, int64_t month_day); /* an order of that month has been read */
void world_fini(struct world *);

#define WORLD_PEOPLE_MAX 20000 /* remembered; then all are forgotten */

/* Forgets the people, the crew and the circles; also done when a batch sees that somebody has changed. */
void world_forget_people(struct world *);
/* The same of parameters, months and orders too: after a failure nothing that was read is certain. */
void world_forget_all(struct world *);
/* Remembers one more. */
void world_add_person(struct world *, const struct person *);

/* One more element of a growing array of the world, zeroed; borrowed until the next call. */
#define WORLD_ADD(items, count, cap) ((__typeof__(items))world_grow_(&(items), &(count), &(cap), sizeof *(items)))
void *world_grow_(void *items, size_t *count, size_t *cap, size_t size);

struct order   *world_order(struct world *, int64_t id);   /* NULL: there is none of that number */
struct account *world_account(struct world *, int64_t id); /* NULL */
const struct calendar *world_calendar(const struct world *, int64_t id); /* NULL: round the clock, or not read yet */
struct calendar *world_add_calendar(struct world *);
void             world_link(struct world *); /* gives each order its calendar and circle, each account its calendar, once all are read */
struct person  *world_person(struct world *, int64_t id);
struct person  *world_by_telegram(struct world *, int64_t telegram_id);
const struct read_deadline *world_deadline(const struct world *, int64_t id);
const char     *world_answer(const struct world *, const char *command_id); /* NULL: a new command */

bool world_has_month(const struct world *); /* is the month in which now lies among those read? */
void world_forget_months(struct world *);
/* Finds the month in which now lies among those read; makes the missing ones (they are saved with the batch). */
void world_find_month(struct world *);

/* Can this decision still join the batch, or must it wait for the next one? */
bool world_takes(struct world *, const struct decision *);
/* Takes a decision in: the order's new row, and what it changes for the account and the contractors. */
void world_apply(struct world *, const struct decision *);
