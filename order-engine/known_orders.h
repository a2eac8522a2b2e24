/* known_orders.h - orders as this process knows them: as last read, or as its last message left them
 *
 * A message of a thread changes no row of `orders`; what it must know is the state, who is at work, and the newest version. An
 * engine that has just read or written these need not look again: should another one have written to the order meanwhile, the key
 * of order_events refuses the version, the batch fails, everything is forgotten, and it runs again with a look. So what is known
 * may be old, and still nothing wrong is ever written. A refusal writes nothing and is never given by what is known alone: the
 * order is read first (batch_decide.c).
 *
 * Only orders that stay where they are: no clocks, alerts or pins are kept. Forgotten with a lost session too: the next one may
 * be that of another server.
 */
#pragma once
#include "order-engine/rules/order.h"

#define KNOWN_ORDERS_MAX 8000 /* about 2 kB each; then all are forgotten */

struct known_orders { /* zero-initialised = none */
    void  *tree; /* of struct order, by id */
    size_t count;
};

void known_orders_put(struct known_orders *, const struct order *); /* copied; replaces what was known */
void known_orders_drop(struct known_orders *, int64_t order_id);
void known_orders_forget(struct known_orders *); /* all; nothing is allocated afterwards */
const struct order *known_orders_find(const struct known_orders *, int64_t order_id); /* NULL; borrowed until the next change */
