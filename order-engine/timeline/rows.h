/* rows.h - the rows of the query read_timeline as the timeline wants them */
#pragma once
#include "common/io/db_result.h"
#include "order-engine/timeline/timeline.h"

/* Makes the timeline of one order; texts are borrowed from the result, which must outlive it. -1: there is no such order. */
int timeline_read(struct timeline *, const struct db_result *);
