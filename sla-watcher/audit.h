/* audit.h - looks every minute for what should not be and nobody has seen, counts it, has the owners told once a day
 *
 * What is looked for stands in the view `concerns`; who is told is order-engine's: "system.report" with the id
 * "sla:<concern>:<day>", which happens once whoever asks.
 */
#pragma once
#include "common/io/bus.h"
#include "common/io/db.h"

struct audit;

struct audit *audit_new(sd_event *loop, struct db *);
void          audit_free(struct audit **);

/* From election to its loss. The bus client is borrowed until audit_end, after which it must be freed before the next begin. */
void audit_begin(struct audit *, struct bus_client *);
void audit_end(struct audit *);

int64_t audit_count(const struct audit *, enum concern); /* of the last look; 0 before the first */
