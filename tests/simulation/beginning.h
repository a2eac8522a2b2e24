/* beginning.h - with whom and what a random history begins */
#pragma once
#include "tests/simulation/dice.h"
#include "tests/simulation/shell.h"

#define CATEGORIES 4 /* on sale */

struct people_wanted {
    size_t contractors, accounts, managers, owners;
};

/* Tariffs, accounts, people and parameters, written as the head of the trace. */
void world_begin(struct shell *, struct dice *, const struct people_wanted *);
