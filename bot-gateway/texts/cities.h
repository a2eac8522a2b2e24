/* cities.h - time zones as people know them: by a city whose clocks show the same (pure but for the zone database) */
#pragma once
#include "bot-gateway/texts/values.h"
#include "common/base/zone.h"

struct city {
    int         number; /* stays a city's for good: buttons carry it */
    const char *zone, *name; /* name: a msgid */
};
extern const struct city cities[]; /* those offered to choose from, from west to east */
extern const size_t      city_count;

const struct city *city_numbered(int64_t number); /* NULL: none */

/* What somebody types: a city in any of our languages, another city of the tz database ("new york"), its name there
 * ("America/New_York"), or the difference to UTC in hours ("+7", "UTC-3"). -1 if it says no zone. */
int city_parse_zone(const char *typed, char ret[static ZONE_NAME_MAX]);

/* "Москва (UTC+3)", as the clocks are now; a zone without a city: "UTC+7". */
void format_zone(const struct reader *, const char *zone, struct buf *);
void values_zone(struct values *, const char *name, const char *zone);

/* Appends in a line of its own by which clock days and months are counted, for a reader who lives by another one. */
void say_whose_days(const struct reader *, struct buf *html);
