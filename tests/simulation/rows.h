/* rows.h - what a simulation leaves behind, as the tables of the database would hold it: a line per row, for comparing
 *
 *     O order state=... version=...     every order; none is forgotten then
 *     L order clock run=...             the newest run of each of its clocks
 *     A order cause alert=...           its open alerts
 *     T clock step order=... due_at=... deadlines to come, of orders, alerts and accounts
 */
#pragma once
#include "tests/simulation/company.h"

void rows_write(FILE *, const struct company *);
