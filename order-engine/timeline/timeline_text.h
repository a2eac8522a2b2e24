/* timeline_text.h - an order's timeline for people: bars of its clocks, then a line for each thing that happened
 *
 * Pure but for the zone database. In English: what the bot shows of it stands in its own catalogue.
 */
#pragma once
#include "common/base/buf.h"
#include "order-engine/timeline/timeline.h"

#define TIMELINE_BAR_CELLS 40

/* "2 h 5 min", "45 s", "250 ms"; the two largest units of it. */
void timeline_add_duration(struct buf *, int64_t ms);

/* A bar per lap of a clock, as long as the lap lasted: full blocks for what counted, light ones for what did not, and beside it
 * the reading. */
void timeline_add_bars(struct buf *, const struct timeline *, const char *zone);

/* A line per row; reasons and who was told are indented under what caused them. */
void timeline_add_lines(struct buf *, const struct timeline *, const char *zone);
