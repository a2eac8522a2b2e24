/* effects_alerts.h - what transitions do to alerts: raised, rewritten, told again, taken on, solved
 *
 * Pure. Rows of the table in effects.c, and what other effects need of alerts.
 */
#pragma once
#include "order-engine/rules/effects.h"

EFFECT_FN(effect_alert);
EFFECT_FN(effect_complaint);
EFFECT_FN(effect_low_rating);
EFFECT_FN(effect_reworked);
EFFECT_FN(effect_acknowledge);
EFFECT_FN(effect_repeat);
EFFECT_FN(effect_reopen);
EFFECT_FN(effect_settle);
EFFECT_FN(effect_solve_not_taken);
EFFECT_FN(effect_solve_late);
EFFECT_FN(effect_solve_unconfirmed);
EFFECT_FN(effect_solve_no_answer);
EFFECT_FN(effect_solve_unreachable);

/* An alert stands from now on, or is rewritten and its acknowledgement left standing. new_id: set aside for it. */
void effect_raise(struct decision *, enum alert_cause, int64_t level, int64_t new_id);
void effect_solve(struct decision *, enum alert_cause); /* nothing if it does not stand */
