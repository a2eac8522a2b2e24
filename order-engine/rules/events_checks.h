/* events_checks.h - why an event is refused though role and state allow it
 *
 * Pure. A column of the table in events.c: true, or the reason. role: in which the actor acts.
 */
#pragma once
#include "order-engine/rules/events.h"

#define EVENT_CHECK(name) \
    bool name(const struct situation *s, const struct order_command *c, enum role role, struct refused *r)

EVENT_CHECK(check_create);
EVENT_CHECK(check_estimate);
EVENT_CHECK(check_first_estimate);
EVENT_CHECK(check_extend);
EVENT_CHECK(check_cancel);
EVENT_CHECK(check_target);
EVENT_CHECK(check_other_target);
EVENT_CHECK(check_addressee);
EVENT_CHECK(check_rating);
EVENT_CHECK(check_late_rating);
EVENT_CHECK(check_complaint);
EVENT_CHECK(check_alert);
EVENT_CHECK(check_settled);
