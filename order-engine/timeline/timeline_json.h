/* timeline_json.h - an order's timeline for programs: the same words for itsupportctl --json and the HTTP API
 *
 * Pure. Times are RFC 3339 in UTC with milliseconds.
 */
#pragma once
#include "common/base/buf.h"
#include "order-engine/timeline/timeline.h"

/* Appends "clocks": [...], "timeline": [...]: two members of an object that the caller opens and closes. */
void timeline_add_json(const struct timeline *, struct buf *into);
