/* subscription.h - when an account's persons and the owners are told that the subscription ends
 *
 * Pure but for the zone database. Source: the row "subscription" of DOMAIN's clock table. Paid-until is a day, valid to its end in the
 * installation's zone; the steps are midnights of that zone. What has begun goes on, only new orders are refused (events.c).
 */
#pragma once
#include "order-engine/rules/order.h"

struct subscription_step {
    enum clock_step  step;
    int              days_before; /* the end of the paid-until day */
    enum notice_kind notice;
    const char      *why;
};

#define SUBSCRIPTION_STEPS 3
extern const struct subscription_step subscription_steps[SUBSCRIPTION_STEPS];

const struct subscription_step *subscription_step_find(enum clock_step); /* NULL: no step of this clock */
int64_t subscription_due_at(const struct subscription_step *, int64_t paid_until_day, const char *zone);

struct subscriber { /* somebody of the account who can be reached */
    int64_t account_id, person_id; /* person 0: there is nobody */
    int64_t paid_until_day; /* days since 1970 */
};

/* Whom the step concerns, each once: the account's persons, then the owners who can be reached. Returns how many of at most max. */
size_t subscription_told(int64_t account_id, const struct subscriber *, size_t count, struct people crew, int64_t told[], size_t max);
