/* known_orders.c - orders as this process knows them, in a tree of the C library */
#include "order-engine/known_orders.h"

#include <search.h>

_Static_assert(offsetof(struct order, id) == 0, "an order begins with its key");

static int by_id(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

const struct order *known_orders_find(const struct known_orders *known, int64_t order_id)
{
    void *const *node = tfind(&order_id, &known->tree, by_id);
    return node == NULL ? NULL : *node;
}

void known_orders_put(struct known_orders *known, const struct order *order)
{
    if (known->count >= KNOWN_ORDERS_MAX)
        known_orders_forget(known);
    void *const *node = tfind(order, &known->tree, by_id);
    struct order *own = node != NULL ? *node : xcalloc(1, sizeof *own);
    *own = *order;
    if (node != NULL)
        return;
    bool added = tsearch(own, &known->tree, by_id) != NULL;
    assert(added); /* no memory: as xcalloc */
    (void)added;
    known->count++;
}

void known_orders_drop(struct known_orders *known, int64_t order_id)
{
    void *const *node = tfind(&order_id, &known->tree, by_id);
    if (node == NULL)
        return;
    struct order *order = *node;
    tdelete(&order_id, &known->tree, by_id);
    free(order);
    known->count--;
}

void known_orders_forget(struct known_orders *known)
{
    tdestroy(known->tree, free);
    *known = (struct known_orders){0};
}
