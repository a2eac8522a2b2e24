/* deadline_queue.h - which deadline is sent next, what is in flight, until when there is nothing to do
 *
 * Pure. What lies ahead is a copy of the rows that are due soonest, made anew by every look into the table; what is in flight has been sent
 * and not been answered. Of one order, and of one account,
 * there is one deadline in flight at a time, so that steps that fall on one instant fire in their order whichever engine
 * takes them.
 */
#pragma once
#include "common/base/base.h"

#define DEADLINES_AHEAD_MAX     1000
#define DEADLINES_IN_FLIGHT_MAX 256

struct deadline {
    int64_t id, order_id, due_at; /* ms; order_id 0: it is an account's */
    int64_t alert_id, account_id; /* 0 = of an order's clock */
};

struct deadline_queue { /* zero-initialised = empty */
    struct deadline ahead[DEADLINES_AHEAD_MAX]; /* by due_at, then id; id 0: has been sent */
    size_t          first, count;
    bool            is_whole;      /* the table had no more rows up to covered_until */
    int64_t         covered_until; /* every row due up to here is ahead or in flight */
    struct deadline in_flight[DEADLINES_IN_FLIGHT_MAX];
    bool            answered[DEADLINES_IN_FLIGHT_MAX]; /* beside in_flight: during a look, whose rows may be older than the answer */
    size_t          in_flight_count;
    bool            looking;
};

void deadline_queue_reset(struct deadline_queue *);

/* A look: begin tells how many rows to ask for, those of what is in flight included. When they arrive, begin_rows forgets what was
 * read before; then each row, ascending by due_at and id; then the end, with the instant up to which rows were asked for. A
 * look that failed changes nothing. */
size_t deadline_queue_begin_look(struct deadline_queue *);
void   deadline_queue_begin_rows(struct deadline_queue *);
void   deadline_queue_add(struct deadline_queue *, const struct deadline *);
void   deadline_queue_end_look(struct deadline_queue *, int64_t until);
void   deadline_queue_fail_look(struct deadline_queue *);

/* The next one that is due and may be sent: it is in flight from now on. */
bool deadline_queue_pop(struct deadline_queue *, int64_t now, struct deadline *ret);
void deadline_queue_answer(struct deadline_queue *, int64_t id);

/* When pop will have something without any further answer; INT64_MAX: not before one. */
int64_t deadline_queue_next_at(const struct deadline_queue *);
/* All that was ahead has been sent, and the table has more. */
bool deadline_queue_is_exhausted(const struct deadline_queue *);
/* A row due at this instant would lie in what was read: it is worth a look. */
bool deadline_queue_covers(const struct deadline_queue *, int64_t due_at);
