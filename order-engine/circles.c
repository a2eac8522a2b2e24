/* circles.c - the people around an order, remembered */
#include "order-engine/circles.h"

#define FIRST_CAP 64

void circles_forget(struct circles *circles)
{
    circles->count = 0;
}

void circles_fini(struct circles *circles)
{
    free(circles->items);
    *circles = (struct circles){0};
}

/* The first place whose order has this number or a higher one. */
static size_t place_of(const struct circles *circles, int64_t order_id)
{
    size_t from = 0, to = circles->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (circles->items[middle].order_id < order_id)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool is_at(const struct circles *circles, size_t place, int64_t order_id)
{
    return place < circles->count && circles->items[place].order_id == order_id;
}

void circles_put(struct circles *circles, const struct circle *circle)
{
    if (circles->count >= CIRCLES_MAX)
        circles_forget(circles);
    size_t place = place_of(circles, circle->order_id);
    if (!is_at(circles, place, circle->order_id)) {
        if (circles->count == circles->cap) {
            circles->cap = circles->cap == 0 ? FIRST_CAP : circles->cap * 2;
            circles->items = xrealloc(circles->items, circles->cap, sizeof *circles->items);
        }
        memmove(circles->items + place + 1, circles->items + place,
                (circles->count - place) * sizeof *circles->items);
        circles->count++;
    }
    circles->items[place] = *circle;
}

bool circles_have(const struct circles *circles, int64_t order_id)
{
    return is_at(circles, place_of(circles, order_id), order_id);
}

const struct circle *circles_find(const struct circles *circles, const struct order *order)
{
    size_t place = place_of(circles, order->id);
    if (!is_at(circles, place, order->id) ||
        circles->items[place].contractor_id != order->contractor_id)
        return NULL;
    return &circles->items[place];
}

void circle_link(const struct circle *circle, struct order *order)
{
    memcpy(order->client_told, circle->told, sizeof order->client_told);
    order->client_told_count = circle->told_count;
    order->client_reachable = circle->client_reachable;
    order->contractor_active = circle->contractor_active;
}
