/* dispatch.h - who is offered an order, in what order and when, and what waiting adds to its rate (DOMAIN.md, "Who counts as what" and "Clocks")
 *
 * Pure. An open offer is in every contractor's list at once; only the pushes leave in waves, best first.
 */
#pragma once
#include "order-engine/rules/order.h"

#define OFFER_WAVE_PAUSE_MS 15000 /* between two waves of pushes (DOMAIN.md) */

/* A rating is the average of the newest RATING_MARKS marks and of RATING_PRIOR_MARKS imaginary ones of RATING_PRIOR stars: a
 * newcomer stands in the midst instead of last, and one bad mark among two is no verdict. */
#define RATING_MARKS       20
#define RATING_PRIOR       4
#define RATING_PRIOR_MARKS 5

/* On duty, and not away for a time. */
bool person_is_on_duty(const struct person *, int64_t now);
/* Active, on duty, reachable and below the own limit, and of another account: nobody is offered an order of an account that he or
 * she belongs to. */
bool contractor_may_be_offered(const struct situation *, const struct person *, int64_t account_id);
/* Is told of open orders of this category: who follows none follows all, and an order without a category is everybody's. */
bool contractor_follows(const struct person *, int64_t category_id);

/* The rating in half stars, 2 to 10; exact halves go up. */
int64_t dispatch_half_stars(const struct person *);
/* Sorts contractors in place, best first: more half stars (so coarse that those about as good are equal and take turns); then less
 * in work; then the longest without an order, who never had one before all; then the lower id. */
void dispatch_rank(struct person *, size_t count);

/* Had the order and gave it back or lost it: neither offered it nor able to take it again; a manager may still assign it. */
bool order_was_passed_by(const struct order *, int64_t person_id);

/* Marks who sees the order first: the eligible pinned contractors into order->pins; order->offer_open if there is none. */
void dispatch_begin(const struct situation *, struct order *);

/* The wave (0, 1, ...) in which the n-th push of an offer leaves, as its earliest instant; 0 for the first. */
int64_t dispatch_not_before(size_t nth, int64_t wave_size, int64_t now);

/* What an order that has waited so long for a contractor earns beyond its rate: BONUS_STEP for every full BONUS_EVERY_MINUTES, at
 * most BONUS_MAX. Waiting is plain time since the reaction clock began, whatever the calendar says: the view order_facts shows the
 * same sum on every card without knowing calendars, and what a card shows is what taking fixes. */
int64_t dispatch_bonus(int64_t waited_ms, const struct parameters *);
/* The bonus of an order that is taken or assigned now. */
int64_t dispatch_bonus_now(const struct situation *, const struct order *);
