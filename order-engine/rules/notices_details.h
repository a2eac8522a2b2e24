/* notices_details.h - what a notice carries beyond the order, as JSON
 *
 * Pure. One function per enum notice_detail.
 */
#pragma once
#include "order-engine/rules/notices.h"

/* What a notice is about, beside the situation and the decision. */
struct matter {
    enum sla_clock deadline; /* CLOCK_COUNT = none */
    enum alert_cause cause;  /* CAUSE_COUNT = none */
};

/* Any but DETAIL_NONE. */
void notice_detail_print(enum notice_detail, const struct situation *, const struct decision *, const struct matter *,
                         char out[static DECIDED_DETAIL_BYTES]);
