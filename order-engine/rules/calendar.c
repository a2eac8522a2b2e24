/* calendar.c - which minutes of the reaction time count */
#include "order-engine/rules/calendar.h"

#include "common/base/clock.h"
#include "common/base/zone.h"

#define DAY_MINUTES (24 * 60)

static bool is_holiday(const struct calendar *c, int64_t day)
{
    for (size_t i = 0; i < c->holiday_count; i++)
        if (c->holidays[i] == day)
            return true;
    return false;
}

static int weekday_of(int64_t day)
{
    return (int)(((day + 3) % 7 + 7) % 7); /* 1970 began on a Thursday */
}

/* Walks over what counts from an instant on, one interval after the other. */
struct walk {
    const struct calendar *calendar;
    int64_t from;
    int64_t day; /* since 1970, of the calendar's zone */
    size_t next; /* interval to be looked at */
};

static struct walk walk_from(const struct calendar *c, int64_t from)
{
    struct zone_time local;
    zone_local(c->zone, from, &local);
    return (struct walk){c, from, zone_days(local.year, local.month, local.day), 0};
}

static int64_t instant_of(const struct calendar *c, int64_t day, int minute)
{
    int year, month, day_of_month;
    zone_date(day, &year, &month, &day_of_month);
    return zone_instant_ms(c->zone, year, month, day_of_month, 0, minute);
}

/* The next stretch that counts, not before the walk's beginning; stretches follow one another in
 * time. */
static void walk_next(struct walk *w, int64_t *ret_from, int64_t *ret_to)
{
    const struct calendar *c = w->calendar;
    for (;; w->day++, w->next = 0) {
        while (w->next < c->interval_count && !is_holiday(c, w->day)) {
            const struct calendar_interval *interval = &c->intervals[w->next++];
            if (interval->weekday != weekday_of(w->day))
                continue;
            *ret_from = max_i64(instant_of(c, w->day, interval->from_minute), w->from);
            *ret_to = instant_of(c, w->day, interval->to_minute);
            if (*ret_from < *ret_to)
                return;
        }
    }
}

void calendar_next_stretch(const struct calendar *c, int64_t from, int64_t *ret_from,
                           int64_t *ret_to)
{
    *ret_from = from;
    *ret_to = INT64_MAX;
    if (c == NULL)
        return;
    struct walk walk = walk_from(c, from);
    walk_next(&walk, ret_from, ret_to);
}

int64_t calendar_counted_ms(const struct calendar *c, int64_t from, int64_t to)
{
    if (c == NULL)
        return max_i64(to - from, 0);
    struct walk walk = walk_from(c, from);
    int64_t counted = 0, begins, ends;
    for (walk_next(&walk, &begins, &ends); begins < to; walk_next(&walk, &begins, &ends))
        counted += min_i64(ends, to) - begins;
    return counted;
}

int64_t calendar_reach_ms(const struct calendar *c, int64_t from, int64_t needed_ms)
{
    if (c == NULL || needed_ms <= 0)
        return from + max_i64(needed_ms, 0);
    struct walk walk = walk_from(c, from);
    int64_t begins, ends;
    for (walk_next(&walk, &begins, &ends); ends - begins < needed_ms;
         walk_next(&walk, &begins, &ends))
        needed_ms -= ends - begins;
    return begins + needed_ms;
}

/* ---- making one ---- */

/* "09:00" to minutes of the day, up to 24:00; -1 if it is none. */
static int read_minute(const char *text)
{
    static const char shape[] = "dd:dd";
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return -1;
    int minute = (text[3] - '0') * 10 + text[4] - '0';
    int total = ((text[0] - '0') * 10 + text[1] - '0') * 60 + minute;
    return minute < 60 && total <= DAY_MINUTES ? total : -1;
}

static bool is_before(const struct calendar_interval *a, const struct calendar_interval *b)
{
    return a->weekday != b->weekday ? a->weekday < b->weekday : a->from_minute < b->from_minute;
}

static void insert_interval(struct calendar *c, struct calendar_interval interval)
{
    size_t at = c->interval_count++;
    for (; at > 0 && is_before(&interval, &c->intervals[at - 1]); at--)
        c->intervals[at] = c->intervals[at - 1];
    c->intervals[at] = interval;
}

const char *calendar_add_interval(struct calendar *c, const char *text)
{
    static const char hint[] = "intervals like \"1 09:00-18:00\", 1 = Monday";
    if (strlen(text) != strlen("1 09:00-18:00") || text[0] < '1' || text[0] > '7' ||
        text[1] != ' ' || text[7] != '-')
        return hint;
    struct calendar_interval interval = {text[0] - '1', read_minute(text + 2),
                                         read_minute(text + 8)};
    if (interval.from_minute < 0 || interval.to_minute <= interval.from_minute)
        return hint;
    if (c->interval_count == CALENDAR_INTERVALS_MAX)
        return "at most 70 intervals";
    insert_interval(c, interval);
    return NULL;
}

const char *calendar_add_holiday(struct calendar *c, int64_t day)
{
    if (c->holiday_count == CALENDAR_HOLIDAYS_MAX)
        return "at most 400 holidays";
    if (!is_holiday(c, day))
        c->holidays[c->holiday_count++] = day;
    return NULL;
}

const char *calendar_complaint(const struct calendar *c)
{
    int minutes = 0;
    for (size_t i = 0; i < c->interval_count; i++) {
        const struct calendar_interval *is = &c->intervals[i];
        if (i > 0 && is[-1].weekday == is->weekday && is[-1].to_minute > is->from_minute)
            return "intervals that do not overlap";
        minutes += is->to_minute - is->from_minute;
    }
    return minutes < CALENDAR_WEEK_MINUTES_MIN ? "at least an hour a week" : NULL;
}

/* What follows the next bar; the end if there is none. */
static const char *after_bar(const char *words)
{
    size_t length = strcspn(words, "|");
    return words + length + (words[length] == '|');
}

void calendar_read(struct calendar *c, int64_t id, const char *words)
{
    struct calendar_interval interval;
    int used;
    char *end;
    *c = (struct calendar){.id = id};
    snprintf(c->zone, sizeof c->zone, "%.*s", (int)strcspn(words, "|"), words);
    const char *at = after_bar(words);
    while (c->interval_count < CALENDAR_INTERVALS_MAX &&
           sscanf(at, "%d %d %d%n", &interval.weekday, &interval.from_minute, &interval.to_minute,
                  &used) == 3) {
        insert_interval(c, interval);
        at += used + (at[used] == ';');
    }
    for (at = after_bar(after_bar(words)); *at != '\0' && c->holiday_count < CALENDAR_HOLIDAYS_MAX;
         at = end)
        c->holidays[c->holiday_count++] = strtoll(at, &end, 10);
}
