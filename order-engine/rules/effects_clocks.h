/* effects_clocks.h - what transitions do to clocks: started, moved, paused, resumed, stopped, missed
 *
 * Pure. Rows of the table in effects.c.
 */
#pragma once
#include "order-engine/rules/effects.h"

EFFECT_FN(effect_breach);
EFFECT_FN(effect_start_reaction);
EFFECT_FN(effect_start_work);
EFFECT_FN(effect_move_work);
EFFECT_FN(effect_pause_work);
EFFECT_FN(effect_resume_work);
EFFECT_FN(effect_pause_confirm);
EFFECT_FN(effect_resume_confirm);
EFFECT_FN(effect_start_confirm);
EFFECT_FN(effect_start_answer);
EFFECT_FN(effect_start_acceptance);
EFFECT_FN(effect_stop_reaction);
EFFECT_FN(effect_stop_work);
EFFECT_FN(effect_stop_confirm);
EFFECT_FN(effect_stop_answer);
EFFECT_FN(effect_stop_acceptance);
