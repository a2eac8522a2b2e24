/* dates.c - a date as administrators write it */
#include "order-engine/admin/dates.h"

#include "common/base/zone.h"

/* Digits where digits belong, hyphens between them. */
static bool has_shape(const char *text)
{
    static const char shape[] = "dddd-dd-dd";
    if (strlen(text) != strlen(shape))
        return false;
    for (size_t i = 0; shape[i] != '\0'; i++)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return false;
    return true;
}

bool date_is_good(const char *text)
{
    if (!has_shape(text))
        return false;
    int year = (int)strtol(text, NULL, 10), month = (int)strtol(text + 5, NULL, 10),
        day = (int)strtol(text + 8, NULL, 10);
    int same_year, same_month, same_day;
    zone_date(zone_days(year, month, day), &same_year, &same_month, &same_day);
    return year >= 2000 && year <= 2999 && month == same_month; /* 31 June is in July */
}

int64_t date_days(const char *text)
{
    return zone_days((int)strtol(text, NULL, 10), (int)strtol(text + 5, NULL, 10),
                     (int)strtol(text + 8, NULL, 10));
}
