/* acts.h - everything that can happen in a simulation but the passing of time, each a row with a weight */
#pragma once
#include "tests/simulation/dice.h"
#include "tests/simulation/shell.h"

/* One of the rows happens. */
void acts_happen(struct shell *, struct dice *);
