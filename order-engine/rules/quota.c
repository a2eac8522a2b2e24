/* quota.c - how many orders an account may still make in a billing month */
#include "order-engine/rules/quota.h"

#include "common/base/zone.h"

int64_t quota_left(const struct account *a)
{
    return max_i64(a->orders_per_month + a->quota_balance, 0);
}

bool quota_is_low(int64_t left)
{
    return left <= 1;
}

int64_t paid_until_ms(const struct account *a, const char *zone)
{
    int year, month, day;
    if (!a->has_paid_until)
        return 0;
    zone_date(a->paid_until_day + 1, &year, &month, &day);
    return zone_instant_ms(zone, year, month, day, 0, 0);
}
