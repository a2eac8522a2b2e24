/* gini.h - how unevenly something is shared out, as one number
 *
 * Pure. 0: all have the same; towards 1: one has all. Nobody, one person or nothing to share is even: 0.
 */
#pragma once
#include "common/base/base.h"

/* The Gini coefficient of these shares; negative ones (corrections beyond what was earned) count as 0. Owns nothing. */
double gini(const int64_t *shares, size_t count);
