/* dispatch.h - who is offered an order, in what order and when (DOMAIN.md, "Who counts as what" and "Clocks")
 *
 * Pure. An open offer is in every contractor's list at once; only the pushes leave in waves, best first.
 */
#pragma once
#include "order-engine/rules/order.h"

#define OFFER_WAVE_PAUSE_MS 15000 /* between two waves of pushes (DOMAIN.md) */

/* On duty, and not away for a time. */
bool person_is_on_duty(const struct person *, int64_t now);
/* Active, on duty, reachable and below the own limit, and of another account: nobody is offered an order of an account that he or
 * she belongs to. */
bool contractor_may_be_offered(const struct situation *, const struct person *, int64_t account_id);

/* Marks who sees the order first: the eligible pinned contractors into order->pins; order->offer_open if there is none. */
void dispatch_begin(const struct situation *, struct order *);

/* The wave (0, 1, ...) in which the n-th push of an offer leaves, as its earliest instant; 0 for the first. */
int64_t dispatch_not_before(size_t nth, int64_t wave_size, int64_t now);
