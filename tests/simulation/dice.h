/* dice.h - numbers that look random and are the same for the same seed and step
 *
 * Each step draws from a stream of its own: a history with some of its steps left out keeps the draws of all others, so a
 * failing one can be shortened.
 */
#pragma once
#include "common/base/base.h"

struct dice {
    uint64_t state;
};

struct dice dice_of(uint64_t seed, uint64_t step);
int64_t     dice_any(struct dice *, int64_t n);   /* 0 to n - 1; n at least 1 */
bool        dice_one_in(struct dice *, int64_t n);
