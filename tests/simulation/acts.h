/* acts.h - everything that can happen in a simulation but the passing of time, each a row with a weight */
#pragma once
#include "tests/simulation/dice.h"
#include "tests/simulation/shell.h"

struct people_wanted {
    size_t contractors, accounts, managers, owners;
};

/* Tariffs, accounts, people and parameters to begin with, written as the head of the trace. */
void acts_begin(struct shell *, struct dice *, const struct people_wanted *);
/* One of the rows happens. */
void acts_happen(struct shell *, struct dice *);
