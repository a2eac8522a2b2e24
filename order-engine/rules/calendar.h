/* calendar.h - which minutes of the reaction time count: the working hours of a tariff
 *
 * Pure but for the zone database. Intervals are half-open, of days of the week in the calendar's own zone; on a holiday nothing
 * counts. Days are those of the wall: where a clock change makes an hour twice it counts twice, where it skips one it does not
 * count. NULL stands for round the clock everywhere.
 */
#pragma once
#include "common/wire/domain.h"

#define CALENDAR_WEEK_MINUTES_MIN 60  /* fewer, and an order would wait for years */
#define CALENDAR_ZONE_BYTES       64

struct calendar_interval {
    int weekday;                 /* 0 = Monday */
    int from_minute, to_minute;  /* of the day: 0 to 1440 */
};

struct calendar {
    int64_t                  id; /* of this version: a change makes another */
    char                     zone[CALENDAR_ZONE_BYTES];
    struct calendar_interval intervals[CALENDAR_INTERVALS_MAX]; /* ascending */
    size_t                   interval_count;
    int64_t                  holidays[CALENDAR_HOLIDAYS_MAX];   /* days since 1970 */
    size_t                   holiday_count;
};

/* What counts of [from, to), ms; 0 if it ends before it begins. */
int64_t calendar_counted_ms(const struct calendar *, int64_t from, int64_t to);
/* The earliest instant at which so much has counted since from: with the doors closing at 18:00, 60 minutes from 17:00 are
 * reached at 18:00 today. from itself if nothing is needed. */
int64_t calendar_reach_ms(const struct calendar *, int64_t from, int64_t needed_ms);
/* The first stretch that counts from an instant on, and it ends after it; without a calendar it has no end (INT64_MAX). */
void calendar_next_stretch(const struct calendar *, int64_t from, int64_t *ret_from, int64_t *ret_to);

/* Adds "1 09:00-18:00" (weekday, 1 = Monday; 24:00 is the end of the day), keeping them in their order. NULL, or what is wrong with it. */
const char *calendar_add_interval(struct calendar *, const char *text);
const char *calendar_add_holiday(struct calendar *, int64_t day);
/* NULL, or why nobody can work by it: too little counts, or two intervals overlap. */
const char *calendar_complaint(const struct calendar *);

/* From the words of the database: "Europe/Moscow|0 540 1080;1 540 1080|20779 20820" - zone, weekday and minutes, holidays. What is
 * missing is empty. */
void calendar_read(struct calendar *, int64_t id, const char *words);
