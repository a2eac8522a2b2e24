/* effects.h - what a transition entails, made into changes of the row, its clocks, its alerts and the ledgers
 *
 * Pure. Effects are data in the transition table (order_fsm.c); here stands what each of them means.
 */
#pragma once
#include "order-engine/rules/order.h"

/* All effects of a rule (bits of enum order_effect), in the one order in which effects happen. */
void effects_apply(unsigned effects, const struct situation *, const struct order_command *, struct decision *);

/* The open alert an acknowledgement is for; CAUSE_COUNT and the reason if it stands no more or somebody has it. */
enum alert_cause alert_to_acknowledge(const struct situation *, const struct order_command *, struct refused *);
