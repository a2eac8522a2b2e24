/* digests.c - when the next digest is due */
#include "order-engine/rules/digests.h"

#include "common/base/zone.h"

static bool is_its_day(enum digest every, const struct parameters *p, const struct zone_time *day)
{
    return every == DIGEST_DAY || (every == DIGEST_WEEK && day->weekday == 0) ||
           (every == DIGEST_MONTH && day->day == p->BILLING_DAY);
}

int64_t digest_next(enum digest every, const struct parameters *p, int64_t now)
{
    struct zone_time today, day;
    zone_local(p->TIME_ZONE, now, &today);
    int64_t number = zone_days(today.year, today.month, today.day);
    for (;; number++) { /* a month at most */
        int year, month, of_month;
        zone_date(number, &year, &month, &of_month);
        int64_t at = zone_instant_ms(p->TIME_ZONE, year, month, of_month, DIGEST_HOUR, 0);
        zone_local(p->TIME_ZONE, at, &day);
        if (at > now && is_its_day(every, p, &day))
            return at;
    }
}
