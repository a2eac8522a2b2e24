/* billing.c - the billing month */
#include "order-engine/rules/billing.h"

#include "common/base/zone.h"

static int64_t border(const char *zone, int year, int month, int64_t day)
{
    while (month > 12) {
        month -= 12;
        year++;
    }
    while (month < 1) {
        month += 12;
        year--;
    }
    return zone_instant_ms(zone, year, month, (int)day, 0, 0);
}

/* The first border strictly after an instant. */
static int64_t border_after(int64_t at, int64_t day, const char *zone)
{
    struct zone_time local;
    zone_local(zone, at, &local);
    int64_t here = border(zone, local.year, local.month, day);
    return here > at ? here : border(zone, local.year, local.month + 1, day);
}

struct billing_month billing_first(int64_t day, const char *zone, int64_t now)
{
    struct zone_time local;
    zone_local(zone, now, &local);
    int64_t start = border(zone, local.year, local.month, day);
    if (start > now)
        start = border(zone, local.year, local.month - 1, day);
    return (struct billing_month){
        .id = 1, .starts_at = start, .ends_at = border_after(start, day, zone)};
}

struct billing_month billing_next(const struct billing_month *former, int64_t day, const char *zone)
{
    return (struct billing_month){
        .id = former->id + 1,
        .starts_at = former->ends_at,
        .ends_at = border_after(former->ends_at, day, zone),
    };
}
