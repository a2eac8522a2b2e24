/* dates.c - a date as administrators write it */
#include "order-engine/admin/dates.h"

#include "common/base/zone.h"

bool date_is_good(const char *text)
{
    int year, month, day, end = 0;
    if (strlen(text) != 10 || sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 ||
        end != 10)
        return false;
    int same_year, same_month, same_day;
    zone_date(zone_days(year, month, day), &same_year, &same_month, &same_day);
    return year >= 2000 && year <= 2999 && month == same_month && day == same_day;
}
