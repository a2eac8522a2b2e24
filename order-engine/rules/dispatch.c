/* dispatch.c - who is offered an order, in what order and when */
#include "order-engine/rules/dispatch.h"

#include "common/base/clock.h"

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

bool contractor_follows(const struct person *who, int64_t category_id)
{
    return who->follows == 0 || category_id == 0 || (who->follows & CATEGORY_BIT(category_id)) != 0;
}

/* ---- ranking ---- */

int64_t dispatch_half_stars(const struct person *who)
{
    int64_t marks = RATING_PRIOR_MARKS + who->marks;
    int64_t stars = RATING_PRIOR_MARKS * RATING_PRIOR + who->mark_sum;
    return (4 * stars + marks) / (2 * marks); /* 2 * stars / marks, rounded */
}

/* The better one first. */
static int compare(const void *left, const void *right)
{
    const struct person *a = left, *b = right;
    const int64_t keys[][2] = {
        {-dispatch_half_stars(a), -dispatch_half_stars(b)},
        {a->open_orders,          b->open_orders         },
        {a->last_taken_at,        b->last_taken_at       },
        {a->id,                   b->id                  },
    };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (keys[i][0] != keys[i][1])
            return keys[i][0] < keys[i][1] ? -1 : 1;
    return 0;
}

void dispatch_rank(struct person *people, size_t count)
{
    if (count > 0)
        qsort(people, count, sizeof *people, compare);
}

/* ---- offering ---- */

bool order_was_passed_by(const struct order *o, int64_t person_id)
{
    for (size_t i = 0; i < o->pass_count; i++)
        if (o->passed[i] == person_id)
            return true;
    return false;
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

/* ---- ageing ---- */

int64_t dispatch_bonus(int64_t waited_ms, const struct parameters *p)
{
    int64_t steps = max_i64(waited_ms, 0) / (p->BONUS_EVERY_MINUTES * MINUTE_MS);
    return min_i64(steps * p->BONUS_STEP, p->BONUS_MAX);
}

int64_t dispatch_bonus_now(const struct situation *s, const struct order *order)
{
    return dispatch_bonus(s->now - order->clocks[CLOCK_REACTION].started_at, s->parameters);
}
