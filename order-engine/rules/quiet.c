/* quiet.c - the quiet hours */
#include "order-engine/rules/quiet.h"

#include "common/base/clock.h"
#include "common/base/zone.h"

#define DAY_MINUTES (24 * 60)

/* "22:00-08:00", as parameters_set has let it in. false: off. */
static bool read_hours(const char *text, int *ret_from, int *ret_to)
{
    int from_hour, from_minute, to_hour, to_minute;
    if (sscanf(text, "%d:%d-%d:%d", &from_hour, &from_minute, &to_hour, &to_minute) != 4)
        return false;
    *ret_from = from_hour * 60 + from_minute;
    *ret_to = to_hour * 60 + to_minute;
    return true;
}

int64_t quiet_hours_end(const struct parameters *p, int64_t now)
{
    int from, to;
    struct zone_time local;
    if (!read_hours(p->QUIET_HOURS, &from, &to))
        return 0;
    zone_local(p->TIME_ZONE, now, &local);
    int minute = local.hour * 60 + local.minute;
    int since =
        (minute - from + DAY_MINUTES) % DAY_MINUTES; /* minutes since it last became quiet */
    if (since >= (to - from + DAY_MINUTES) % DAY_MINUTES)
        return 0;
    int day = local.day + (minute < to ? 0 : 1); /* before midnight it ends tomorrow */
    return zone_instant_ms(p->TIME_ZONE, local.year, local.month, day, to / 60, to % 60);
}

int64_t quiet_not_before(const struct parameters *p, enum notice_kind kind, int64_t now,
                         int64_t not_before)
{
    int64_t end = notice_can_wait(kind) ? quiet_hours_end(p, now) : 0;
    return end == 0 ? not_before : end + max_i64(not_before - now, 0);
}
