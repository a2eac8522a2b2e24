/* dispatch.c - who is offered an order, in what order and when */
#include "order-engine/rules/dispatch.h"

bool person_is_on_duty(const struct person *who, int64_t now)
{
    return who->on_duty && who->away_until <= now;
}

bool contractor_may_be_offered(const struct situation *s, const struct person *who,
                               int64_t account_id)
{
    return (who->roles & ROLE_CONTRACTOR) != 0 && person_is_on_duty(who, s->now) &&
           who->reachable && who->open_orders < s->parameters->CONTRACTOR_MAX_ORDERS &&
           who->account_id != account_id;
}

void dispatch_begin(const struct situation *s, struct order *order)
{
    order->pin_count = 0;
    for (size_t i = 0; i < s->contractors.count && order->pin_count < ORDER_PINS_MAX; i++) {
        const struct person *who = &s->contractors.items[i];
        if (who->pinned && contractor_may_be_offered(s, who, order->account_id))
            order->pins[order->pin_count++] = who->id;
    }
    order->offer_open = order->pin_count == 0;
}

int64_t dispatch_not_before(size_t nth, int64_t wave_size, int64_t now)
{
    int64_t wave = (int64_t)nth / wave_size;
    return wave == 0 ? 0 : now + wave * OFFER_WAVE_PAUSE_MS;
}
