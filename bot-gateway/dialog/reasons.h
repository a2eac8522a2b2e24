/* reasons.h - reasons to choose from, so that nobody types the same sentence every day (pure)
 *
 * A step that awaits a reason offers a few; the press "because" stands for the words. Whoever has another one writes it.
 */
#pragma once
#include "bot-gateway/dialog/keyboard.h"

/* The msgid of a step's reason, counted from 1; NULL if the step has none such. */
const char *reason_words(enum dialog_step, int64_t number);
/* A button for each of the step's reasons, a row each. */
void reasons_offer(struct keyboard *, enum dialog_step, int64_t order_id);
