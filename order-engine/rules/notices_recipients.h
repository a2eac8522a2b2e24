/* notices_recipients.h - whom a notice is for, as persons
 *
 * Pure. One function per enum recipient. Nobody gets the same twice; somebody addressed in two roles gets the higher role's only.
 */
#pragma once
#include "order-engine/rules/notices.h"

/* Adds the notice for each of them. detail: index into decision.details, -1 = none. */
void notice_recipients_add(enum recipient, const struct situation *, struct decision *, enum notice_kind, int detail);
