/* rounds.h - what no deadline stands for and time brings all the same: every minute it is looked for, and order-engine is asked
 *
 * THE table is in rounds.c: a query that has rows when something is to be done, and the command each row becomes. Its id says that it
 * happens once, whoever asks and how often.
 */
#pragma once
#include "common/io/bus.h"
#include "common/io/db.h"

struct rounds;

struct rounds *rounds_new(sd_event *loop, struct db *);
void           rounds_free(struct rounds **); /* when its bus client is gone */

/* From election to its loss. The bus client is borrowed until rounds_end, after which it must be freed before the next begin. */
void rounds_begin(struct rounds *, struct bus_client *);
void rounds_end(struct rounds *);

void rounds_clock_moved(struct rounds *); /* the test clock has jumped: does not wait for the minute to end */
