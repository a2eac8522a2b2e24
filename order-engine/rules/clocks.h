/* clocks.h - the clock table of DOMAIN.md and its arithmetic: when is a share of the counted time reached
 *
 * Pure. All times are ms; every interval is half-open. Counted time is plain time for every clock but `reaction`, which counts by
 * the calendar it began with.
 */
#pragma once
#include "order-engine/rules/order.h"

/* Who is told when a step is reached; notices.c resolves it into persons. */
enum recipient {
    TO_NOBODY,
    TO_CLIENT,     /* the one who ordered; the account's others if that one cannot be reached */
    TO_CONTRACTOR, /* the order's */
    TO_FORMER,     /* the contractor who had it until now; not the one who has given it back */
    TO_MANAGERS,   /* those on duty, all if none is; owners if none can be reached */
    TO_STAFF,      /* managers as above, and the owners */
    TO_ALERTED,    /* a repeat: managers as above, after MANAGER_REPEATS rounds the owners too; not whose former copy is unsent */
    TO_OFFERED,    /* the contractors to whom the order is open, best first, in waves */
    TO_OTHER_SIDE, /* of the thread: client <-> contractor; both, or the one who is meant, if a manager speaks */
    TO_CARDS,      /* whoever has a card: it is redrawn */
};

struct clock_step_row {
    enum sla_clock   clock;
    enum clock_step  step;
    int64_t (*share)(const struct parameters *); /* percent of the limit; 0 for the clocks without one */
    enum order_event event;
    enum alert_cause cause;  /* of RAISE_ALERT; CAUSE_COUNT = none */
    const char      *why;
};

extern const struct clock_step_row clock_steps[];
extern const size_t                clock_step_count;

/* Row of a step and its position within its clock (the bit in clock_run.fired); NULL if the clock has no such step. */
const struct clock_step_row *clock_step_find(enum sla_clock, enum clock_step, size_t *ret_position);
/* The row at a position of a clock; NULL past its last. */
const struct clock_step_row *clock_step_at(enum sla_clock, size_t position);

/* What can be done to a clock. Each opens the next run or ends the present one; *run is changed in place. */
void clock_start(struct clock_run *, enum sla_clock, int64_t limit_ms, const struct parameters *, int64_t now);
void clock_stop(struct clock_run *, int64_t now);   /* nothing if it does not run and is not paused */
void clock_pause(struct clock_run *, int64_t now);  /* nothing if it does not run */
void clock_resume(struct clock_run *, int64_t now); /* nothing if it is not paused */
/* Another 100 %, what has counted stays; steps that are ahead again will be reached again. */
void clock_move(struct clock_run *, int64_t limit_ms, int64_t now);

int64_t clock_counted_ms(const struct clock_run *, int64_t now); /* until now, or until it stood still */
/* When the step at this position is due, if nothing changes: the earliest instant at which the counted time reaches its share. Not
 * before the run's start. Share in percent rounds up to the next millisecond. */
int64_t clock_due_at(const struct clock_run *, int64_t share_percent);
bool    clock_has_fired(const struct clock_run *, size_t position);
