/* circles.h - the people around an order, as the rules need them: who is told for the client's side, does its contractor still work here
 *
 * Read once per order and remembered over batches, until somebody's role, membership or reachability changes
 * (installation.people_version) or the order gets another contractor. A message of a thread then costs no look at them.
 */
#pragma once
#include "order-engine/rules/order.h"

#define CIRCLES_MAX 20000 /* remembered; then all are forgotten */

struct circle {
    int64_t order_id, contractor_id; /* as when it was read; 0 = none */
    int64_t told[ORDER_MEMBERS_MAX]; /* the one who ordered, or the account's others if that one cannot be reached */
    size_t  told_count;
    bool    client_reachable;        /* somebody of the account can be */
    bool    contractor_active;
};

struct circles { /* ascending by order; zero-initialised = empty */
    struct circle *items;
    size_t         count, cap;
};

void circles_forget(struct circles *);
void circles_fini(struct circles *);
void circles_put(struct circles *, const struct circle *); /* replaces what was known of that order */
bool       circles_have(const struct circles *, int64_t order_id); /* perhaps of another contractor */
/* What is known of the order; NULL: nothing that still holds. Borrowed until the next put. */
const struct circle *circles_find(const struct circles *, const struct order *);
/* Writes it into the order. */
void circle_link(const struct circle *, struct order *);
