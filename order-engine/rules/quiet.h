/* quiet.h - the quiet hours: what can wait is not told at night
 *
 * Pure but for the zone database. The parameter QUIET_HOURS is "22:00-08:00" in the installation's zone, or "off"; which kinds can
 * wait stands in domain.h (NOTICES_THAT_WAIT). Alerts, questions, answers and promises never do.
 */
#pragma once
#include "common/wire/domain.h"
#include "common/wire/parameters.h"

/* The end of the quiet hours in which now lies, ms; 0: it is not quiet now. */
int64_t quiet_hours_end(const struct parameters *, int64_t now);

/* From when this kind may be sent, ms; 0 = at once. not_before: as decided without quiet hours; waves keep their pauses. */
int64_t quiet_not_before(const struct parameters *, enum notice_kind, int64_t now, int64_t not_before);
