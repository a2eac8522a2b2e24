/* digests.h - when the next digest is due
 *
 * Pure but for the zone database: at DIGEST_HOUR of the installation's zone, every day, on Mondays, or on the day a billing month begins.
 */
#pragma once
#include "common/wire/domain.h"
#include "common/wire/parameters.h"

#define DIGEST_HOUR 9

/* The first such instant after now, ms. */
int64_t digest_next(enum digest, const struct parameters *, int64_t now);
