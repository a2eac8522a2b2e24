/* random_world.h - a handful of orders, people and accounts, and the deadlines as a table would hold them, to whom anything may happen
 *
 * A command or a deadline is drawn, the rules decide, and what they decide is taken in. The same seed makes the same history.
 */
#pragma once
#include "common/base/clock.h"
#include "ctl/fold.h"
#include "order-engine/rules/decide.h"

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

struct random_world {
    struct parameters    parameters;
    struct person        people[PEOPLE];
    struct account       accounts[ACCOUNTS];
    struct history       histories[ORDERS];
    struct order_command command;  /* the one that was drawn */
    struct decision      decision; /* what came of it */
    int64_t              now, next_id;
    uint64_t             seed;
    size_t               counted[ORDER_EVENT_COUNT]; /* decisions, so that nothing is left untried */
};

void random_world_begin(struct random_world *, uint64_t seed);

/* ---- chance ---- */

int64_t random_world_any(struct random_world *, int64_t below);
bool    random_world_one_in(struct random_world *, int64_t n);

/* Somebody comes or goes, a parameter changes, a month ends. */
void random_world_change(struct random_world *);

/* What is asked next about this order: a command, or one of its deadlines after a wait for it; false if it has none. */
void random_world_command(struct random_world *, const struct order *);
bool random_world_deadline(struct random_world *, const struct history *);

/* Mostly somebody whom the order concerns, or nothing would ever happen. */
const struct person *random_world_actor(struct random_world *, const struct order *);

/* ---- as the engine does it ---- */

/* crew and contractors have room for PEOPLE. Without an actor it is time that acts. */
struct situation random_world_situation(struct random_world *, const struct history *, const struct person *actor,
                                        struct person *crew, struct person *contractors);

/* Who is told for the client's side. */
void random_world_read_client_side(struct random_world *, struct order *);

/* The row of a deadline that was reached goes, whatever came of it. */
void random_world_forget_reached(struct random_world *, struct history *);
/* The decision into the history, its account and its people. */
void random_world_take_in(struct random_world *, struct history *);

/* ---- who is who ---- */

const struct person *random_world_person(struct random_world *, int64_t id);
struct account      *random_world_account(struct random_world *, int64_t id);
