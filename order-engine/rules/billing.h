/* billing.h - the billing month: THE one source of its borders, for quota, payouts and every report
 *
 * Pure but for the zone database. A month runs from BILLING_DAY 00:00 to the same day of the next month 00:00 in the installation's
 * time zone. Months are rows and follow one another without gaps: a new BILLING_DAY or TIME_ZONE takes effect when the running
 * month ends, and the next runs to the first new BILLING_DAY after it.
 */
#pragma once
#include "order-engine/rules/order.h"

/* The month in which now lies, for an installation that has none yet. */
struct billing_month billing_first(int64_t day, const char *zone, int64_t now);
/* The month after one that ends at ends_at; its id is the former's + 1. */
struct billing_month billing_next(const struct billing_month *former, int64_t day, const char *zone);
