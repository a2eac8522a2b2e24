/* deadlines.h - passing time into commands: reads what is due, sleeps until the earliest, sends one command per deadline
 *
 * It claims nothing: "deadline.reached" has the id "sla:<deadline id>", so a deadline that was sent twice, by a watcher before and one after a
 * restart, happens once. The engine that reaches it deletes the row.
 */
#pragma once
#include "common/io/bus.h"
#include "common/io/db.h"

struct deadlines;

struct deadlines_counters {
    int64_t reached, moot, early, failed; /* answers: done, nothing to do any more, not due by the engine's clock, others */
    int64_t lateness_last_ms, lateness_max_ms; /* of sending */
    size_t  in_flight;
};

struct deadlines *deadlines_new(sd_event *loop, struct db *);
void              deadlines_free(struct deadlines **);

/* From election to its loss. The bus client is borrowed until deadlines_end, after which it must be freed before the next begin. */
void deadlines_begin(struct deadlines *, struct bus_client *);
void deadlines_end(struct deadlines *);

void deadlines_look(struct deadlines *);                       /* something has changed: the clock, or nobody knows what */
void deadlines_moved(struct deadlines *, int64_t earliest_at); /* a hint: the earliest of new rows; 0 = look */

struct deadlines_counters deadlines_counters(const struct deadlines *);
