/* subscription.c - when it is told that a subscription ends, and to whom */
#include "order-engine/rules/subscription.h"

#include "common/base/zone.h"

/* clang-format off */
const struct subscription_step subscription_steps[SUBSCRIPTION_STEPS] = {
/*   step              days before  notice                     why */
    {STEP_WEEK_BEFORE, 7,           NOTICE_subscription_ends,  "there is time to pay"},
    {STEP_DAY_BEFORE,  1,           NOTICE_subscription_ends,  "this is the last day"},
    {STEP_END,         0,           NOTICE_subscription_ended, "from now on no new order is accepted"},
};
/* clang-format on */

const struct subscription_step *subscription_step_find(enum clock_step step)
{
    for (size_t i = 0; i < SUBSCRIPTION_STEPS; i++)
        if (subscription_steps[i].step == step)
            return &subscription_steps[i];
    return NULL;
}

int64_t subscription_due_at(const struct subscription_step *row, int64_t paid_until_day,
                            const char *zone)
{
    int year, month, day;
    zone_date(paid_until_day + 1 - row->days_before, &year, &month, &day);
    return zone_instant_ms(zone, year, month, day, 0, 0);
}

static size_t add_once(int64_t told[], size_t count, size_t max, int64_t person_id)
{
    if (person_id == 0)
        return count; /* nobody of the account can be reached */
    for (size_t i = 0; i < count; i++)
        if (told[i] == person_id)
            return count;
    if (count < max)
        told[count++] = person_id;
    return count;
}

size_t subscription_told(int64_t account_id, const struct subscriber *subscribers, size_t count,
                         struct people crew, int64_t told[], size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (subscribers[i].account_id == account_id)
            n = add_once(told, n, max, subscribers[i].person_id);
    for (size_t i = 0; i < crew.count; i++)
        if ((crew.items[i].roles & ROLE_OWNER) != 0 && crew.items[i].reachable)
            n = add_once(told, n, max, crew.items[i].id);
    return n;
}
