/* two_numbers.h - a press's one number that says two: a role, and whom or which page of it (pure)
 *
 * The queries behind such presses take it apart in the same way: number / 16, number % 16.
 */
#pragma once
#include "common/wire/domain.h"

#define TWO_NUMBERS_BASE 16 /* roles are bits up to OWNER, 8; 0 = none */

static inline int64_t with_role(int64_t number, unsigned role)
{
    return number * TWO_NUMBERS_BASE + (int64_t)role;
}

static inline unsigned role_in(int64_t two)
{
    return (unsigned)(two % TWO_NUMBERS_BASE);
}

static inline int64_t number_in(int64_t two)
{
    return two / TWO_NUMBERS_BASE;
}
