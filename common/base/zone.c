/* zone.c - wall time in a zone of the tz database, and back */
#include "common/base/zone.h"

#include <pthread.h>
#include <time.h>

#include "common/base/clock.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char current[ZONE_NAME_MAX];

/* Under the lock: makes localtime_r answer for this zone. */
static void use_zone(const char *zone)
{
    if (str_eq(current, zone))
        return;
    char value[ZONE_NAME_MAX + 1];
    snprintf(value, sizeof value, ":%s", zone);
    setenv("TZ", value, 1);
    tzset();
    snprintf(current, sizeof current, "%s", zone);
}

bool zone_exists(const char *zone)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/";
    size_t len = strlen(zone);
    if (len == 0 || len >= ZONE_NAME_MAX || zone[0] == '/' || strspn(zone, allowed) != len)
        return false;
    char path[128];
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    FILE *file = fopen(path, "re");
    char magic[4] = "";
    bool is_zone = file != NULL && fread(magic, 1, sizeof magic, file) == sizeof magic &&
                   memcmp(magic, "TZif", sizeof magic) == 0; /* lists lie in that folder, too */
    if (file != NULL)
        fclose(file);
    return is_zone;
}

/* Seconds east of UTC at an instant. */
static int64_t offset_s(int64_t at_s, struct tm *local)
{
    time_t t = (time_t)at_s;
    localtime_r(&t, local);
    return local->tm_gmtoff;
}

/* Rounds towards the past, also before 1970. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

void zone_local(const char *zone, int64_t at_ms, struct zone_time *ret)
{
    struct tm tm;
    pthread_mutex_lock(&lock);
    use_zone(zone);
    offset_s(floor_div(at_ms, SECOND_MS), &tm);
    pthread_mutex_unlock(&lock);
    *ret = (struct zone_time){
        .year = tm.tm_year + 1900,
        .month = tm.tm_mon + 1,
        .day = tm.tm_mday,
        .hour = tm.tm_hour,
        .minute = tm.tm_min,
        .second = tm.tm_sec,
        .weekday = (tm.tm_wday + 6) % 7,
    };
}

int zone_offset_minutes(const char *zone, int64_t at_ms)
{
    struct tm tm;
    pthread_mutex_lock(&lock);
    use_zone(zone);
    int64_t ahead_s = offset_s(floor_div(at_ms, SECOND_MS), &tm);
    pthread_mutex_unlock(&lock);
    return (int)(ahead_s / 60);
}

int64_t zone_instant_ms(const char *zone, int year, int month, int day, int hour, int minute)
{
    int64_t wall_s = zone_days(year, month, day) * (DAY_MS / SECOND_MS) + hour * 3600 + minute * 60;
    struct tm tm;
    pthread_mutex_lock(&lock);
    use_zone(zone);
    /* The offsets around it: the instant is wall - offset for the one that holds there; the larger
     * offset is the earlier instant. */
    int64_t before = offset_s(wall_s - 86400, &tm), after = offset_s(wall_s + 86400, &tm);
    int64_t early = wall_s - max_i64(before, after), late = wall_s - min_i64(before, after);
    int64_t at_s;
    if (offset_s(early, &tm) + early == wall_s)
        at_s = early;
    else if (offset_s(late, &tm) + late == wall_s)
        at_s = late;
    else
        at_s = wall_s - before; /* skipped: as if the clocks had not jumped yet */
    pthread_mutex_unlock(&lock);
    return at_s * SECOND_MS;
}

int64_t zone_days(int year, int month, int day)
{
    struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    return floor_div(timegm(&tm), DAY_MS / SECOND_MS);
}

void zone_date(int64_t days, int *ret_year, int *ret_month, int *ret_day)
{
    time_t t = (time_t)(days * (DAY_MS / SECOND_MS));
    struct tm tm;
    gmtime_r(&t, &tm);
    *ret_year = tm.tm_year + 1900;
    *ret_month = tm.tm_mon + 1;
    *ret_day = tm.tm_mday;
}

int64_t zone_add_months(int64_t days, int months)
{
    int year, month, day;
    zone_date(days, &year, &month, &day);
    int later = month - 1 + months;
    int64_t first = zone_days(year + later / 12, later % 12 + 1, 1);
    int64_t next = zone_days(year + (later + 1) / 12, (later + 1) % 12 + 1, 1);
    return first + day <= next ? first + day - 1 : next - 1;
}
