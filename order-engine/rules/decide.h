/* decide.h - what follows from a command: the one decision point of the domain
 *
 * Pure: no I/O, no clock. The same situation and command always give the same decision; millions of random histories a minute can
 * be run through it. Source of the rules: DOMAIN.md; who may do what is order_fsm.c's table, times are clocks.c's, who is
 * told is notices.c's.
 */
#pragma once
#include "order-engine/rules/order.h"

void order_decide(const struct situation *, const struct order_command *, struct decision *);
