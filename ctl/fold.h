/* fold.h - an order's events folded through the transition table: where they lead, what they entail, where they break
 *
 * Pure. The events are handed in one after the other, ascending by version; then the row and its ledgers are compared with where they
 * led. After the first break nothing more is said of that order's row: it would only repeat the break.
 */
#pragma once
#include "ctl/findings.h"
#include "order-engine/rules/order.h"

/* A deadline's event bears its own instant, be it so much ahead of the engine's clock; what follows may bear that clock's. */
#define FOLD_SKEW_MS 1000

struct past_event { /* a row of order_events; 0 = null, names -1 = unknown */
    int64_t version, at, actor_id;
    int     event, from, to, role; /* enum order_event, order_state (ORDER_NONE: null), role */
    int64_t contractor_id, estimate_minutes, rating; /* of detail */
    bool    paid;                                    /* of detail: a cancelled order that is paid all the same */
};

struct fold { /* zero-initialised = before the first event */
    int64_t          version, at;
    int64_t          moved; /* version of the newest event that changed the row */
    enum order_state state; /* valid once version > 0 */
    int64_t          contractor_id, estimate_minutes, rating, taken_at, done_at, ended_at, reworks;
    int64_t          reserved, returned, paid; /* ledger rows it entails */
    unsigned         running, paused; /* sets of enum sla_clock */
    bool             broken;
};

/* The order's row as it stands. */
struct past_order {
    int64_t id, version;
    int     state;
    int64_t contractor_id, estimate_minutes, rating, taken_at, done_at, ended_at, reworks;
};

void fold_event(struct fold *, int64_t order_id, const struct past_event *, struct findings *);
void fold_compare(const struct fold *, const struct past_order *, struct findings *);

/* May a command of this type (its wire name) bring this event about? */
bool fold_command_fits(const char *command_type, enum order_event);
