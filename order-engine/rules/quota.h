/* quota.h - how many orders an account may still make in a billing month (DOMAIN.md, "Tariffs")
 *
 * Pure. Quota is a ledger: left = the tariff's orders now + the month's rows (grants + returns - reservations), never shown below 0.
 */
#pragma once
#include "order-engine/rules/order.h"

int64_t quota_left(const struct account *);
bool    quota_is_low(int64_t left); /* one order is left, or none: the client is told */

/* The instant at which the subscription ends: the end of the paid-until day in the zone; 0 if it was never paid. */
int64_t paid_until_ms(const struct account *, const char *zone);
