/* effects.h - what a transition entails, made into changes of the row, its clocks, its alerts and the ledgers
 *
 * Pure. Effects are data in the transition table (order_fsm.c); here stands what each of them means.
 */
#pragma once
#include "order-engine/rules/order.h"

/* All effects of a rule (bits of order_fsm.h), in the one order in which effects happen. */
void effects_apply(uint64_t effects, const struct situation *, const struct order_command *, struct decision *);

/* What one effect does to the decision: effects.c, effects_clocks.c, effects_alerts.c. */
#define EFFECT_FN(name) void name(const struct situation *s, const struct order_command *c, struct decision *d)

#define REWORKS_ALERTED 3 /* the work was returned so many times: managers look at it */

/* The open alert an acknowledgement is for; CAUSE_COUNT and the reason if it stands no more or somebody has it. */
enum alert_cause alert_to_acknowledge(const struct situation *, const struct order_command *, struct refused *);
/* The open alert a manager closes; CAUSE_COUNT and the reason if it stands no more, or ends by itself with its cause. */
enum alert_cause alert_to_settle(const struct situation *, const struct order_command *, struct refused *);
