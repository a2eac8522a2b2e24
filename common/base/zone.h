/* zone.h - wall time in a zone of the tz database, and back
 *
 * glibc knows one zone per process (TZ), so these switch it when another one is asked for, under a lock; they are pure in
 * what they answer: same zone data, same instant, same result.
 */
#pragma once
#include "common/base/base.h"

#define ZONE_NAME_MAX 64 /* with the NUL */

struct zone_time {
    int year, month, day; /* 2026, 1-12, 1-31 */
    int hour, minute, second;
    int weekday; /* 0 = Monday */
};

bool zone_exists(const char *zone); /* "Europe/Moscow": a name of the tz database */
void zone_local(const char *zone, int64_t at_ms, struct zone_time *ret);
/* How far the zone's clocks are ahead of UTC at that instant; west of it negative. */
int  zone_offset_minutes(const char *zone, int64_t at_ms);
/* The earliest instant that reads so in the zone; where the clocks skip it, the instant they jump at or after it. day may lie outside
 * the month (32 = the first of the next, for a month of 31). */
int64_t zone_instant_ms(const char *zone, int year, int month, int day, int hour, int minute);

/* Days since 1970-01-01 and back, without any zone: how dates travel (paid until, month of creation). */
int64_t zone_days(int year, int month, int day);
void    zone_date(int64_t days, int *ret_year, int *ret_month, int *ret_day);
/* The same day so many months (>= 0) later, or that month's last day if it is shorter. */
int64_t zone_add_months(int64_t days, int months);
