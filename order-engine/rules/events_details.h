/* events_details.h - an event's ids and numbers, from which folding rebuilds the row
 *
 * Pure. A column of the table in events.c: writes JSON into out.
 */
#pragma once
#include "order-engine/rules/events.h"

#define EVENT_DETAIL(name) \
    void name(const struct order_command *c, const struct decision *d, char out[static DECIDED_DETAIL_BYTES])

EVENT_DETAIL(detail_create);
EVENT_DETAIL(detail_work);
EVENT_DETAIL(detail_reassigned);
EVENT_DETAIL(detail_former);
EVENT_DETAIL(detail_breach);
EVENT_DETAIL(detail_reworked);
EVENT_DETAIL(detail_sum);
EVENT_DETAIL(detail_cancelled);
EVENT_DETAIL(detail_rating);
EVENT_DETAIL(detail_addressee);
EVENT_DETAIL(detail_step);
EVENT_DETAIL(detail_alert);
EVENT_DETAIL(detail_settled);
EVENT_DETAIL(detail_complaint);
