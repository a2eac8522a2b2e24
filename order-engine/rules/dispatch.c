/* dispatch.c - who is offered an order, in what order and when */
#include "order-engine/rules/dispatch.h"

bool contractor_is_free(const struct person *who, const struct parameters *p)
{
    return (who->roles & ROLE_CONTRACTOR) != 0 && who->on_duty && who->reachable &&
           who->open_orders < p->CONTRACTOR_MAX_ORDERS;
}

bool contractor_may_be_offered(const struct person *who, int64_t account_id, const struct parameters *p)
{
    return contractor_is_free(who, p) && who->account_id != account_id;
}

void dispatch_begin(struct order *order, const struct people *contractors, const struct parameters *p)
{
    order->pin_count = 0;
    for (size_t i = 0; i < contractors->count && order->pin_count < ORDER_PINS_MAX; i++) {
        const struct person *who = &contractors->items[i];
        if (who->pinned && contractor_may_be_offered(who, order->account_id, p))
            order->pins[order->pin_count++] = who->id;
    }
    order->offer_open = order->pin_count == 0;
}

int64_t dispatch_not_before(size_t nth, int64_t wave_size, int64_t now)
{
    int64_t wave = (int64_t)nth / wave_size;
    return wave == 0 ? 0 : now + wave * OFFER_WAVE_PAUSE_MS;
}
