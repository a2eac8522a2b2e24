/* trace.h - what a simulation writes: one line per step, for model.py and for eyes
 *
 *     H seed zone ...                                      the world at the beginning: lines H, S, T, A, P, K
 *     W step at what ...                                   a change of the world
 *     C step at event order actor acts_as target k=v ... | no refusal
 *     C ...                                              | ok state:version:... then what was decided, a word each
 *     D step at deadline order clock step run due | ...    a deadline sent by the watcher; gone, no or ok as above
 *                                                          (run: of an alert's clock the alert's number)
 *     R rule count words                                   at the end: how often each row of order_rules fired
 *     K step count words                                   and each of clock_steps
 */
#pragma once
#include "order-engine/rules/order.h"

void trace_result(FILE *, const struct decision *);
