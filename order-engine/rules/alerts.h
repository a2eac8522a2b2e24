/* alerts.h - the alert's own clock: told again until somebody is on it, open again when that solved nothing
 *
 * Pure. Source: the row "alert" of DOMAIN's clock table. An open alert has one deadline: its next repeat, or while somebody is on it
 * its reopening. Repeats lie on a grid of MANAGER_REPEAT_MINUTES that begins when the alert was raised, so that neither a slow
 * watcher nor an acknowledgement in between moves them.
 */
#pragma once
#include "order-engine/rules/order.h"

/* The cause whose open alert has this id; CAUSE_COUNT if there is none. */
enum alert_cause alert_find(const struct order *, int64_t alert_id);

/* Does this step of the alert's clock still have something to do? A repeat while nobody is on it, a reopening while somebody is. */
bool alert_step_holds(const struct order *, int64_t alert_id, enum clock_step);

/* The first instant of the grid after this one. */
int64_t alert_repeat_at(int64_t raised_at, int64_t repeat_minutes, int64_t after);

/* Do owners get this round as well? */
bool alert_is_for_owners(const struct open_alert *, const struct parameters *);

/* Is the copy decided before still unsent? Then no other is made for this person. */
bool alert_copy_waits(const struct situation *, int64_t alert_id, int64_t person_id);

/* Adds the next deadline of every alert that this decision has changed. */
void alerts_write_deadlines(const struct situation *, struct decision *);
