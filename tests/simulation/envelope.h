/* envelope.h - what a command of the bus can say, so that a simulated history can be said to real engines word by word */
#pragma once
#include "tests/simulation/shell.h"

/* Leaves out what messages.def has no field for (files of a cancellation), and takes the panel's right from what only the
 * bot sends: nobody says it then. */
void envelope_fit(struct speaker *, struct order_command *);
