/* rerun.h - one order's history run through the rules again, under the terms that held and under others
 *
 * Pure. People do what they did, when they did it; what time does is worked out anew. The same history under the terms that held
 * must lead to what is recorded, to the last alert: a step of a clock that is due at the same instant as it was then fires when it
 * fired then, be it late, and not at all if somebody was quicker; a step that other terms have moved fires at its instant.
 *
 * What people would have done differently nobody knows. Where the other terms leave no room for what they did:
 *  - who took an order that is not open to all yet takes it when it opens;
 *  - who promised a longer time than is allowed promises the longest that is;
 *  - what is not possible any more (the order has closed itself meanwhile) is left out, and counted.
 */
#pragma once
#include "ctl/fold.h"

/* The parameters through time: ascending, the first holds from the beginning. */
struct terms_since {
    int64_t           at;
    struct parameters parameters;
};

struct terms {
    const struct terms_since *items;
    size_t                    count;
    /* of the order's tariff, instead of what was copied into the order; -1: as it was */
    int64_t reaction_minutes, rate_minor, may_pin;
    bool    has_calendar;            /* other hours: */
    const struct calendar *calendar; /* NULL = round the clock */
    bool    base_rate; /* an order of a tariff without a rate of its own earns ORDER_RATE of these terms */
};

const struct parameters *terms_at(const struct terms *, int64_t at);

struct past_input { /* a row of order_events, and what its detail says beyond past_event */
    struct past_event was;
    int               clock, step; /* of time; -1: somebody did it */
    int64_t           run, alert_id, category_id;
    bool              pays; /* cancelled, and paid all the same */
};

struct past_alert {
    int64_t id, raised_at;
    int     cause; /* enum alert_cause */
};

/* What became of an order, as far as terms can change it. */
struct outcome {
    int64_t alerts[CAUSE_COUNT]; /* raised by the rules */
    int64_t repeats; /* rounds in which alerts were told again */
    int64_t reaction_breaches, work_breaches;
    int64_t closed_by_itself, compensated;
    int64_t payouts, paid_minor;
    int64_t opened_at; /* to every contractor; 0 = never */
};

struct history { /* borrowed */
    int64_t order_id, account_id, ordered_by, created_at, tariff_id, reaction_minutes, rate_minor, category_id;
    bool    own_rate; /* its tariff has one */
    const struct calendar   *calendar; /* of its reaction clock; NULL: round the clock */
    char    currency[8];
    const int64_t           *pins;
    size_t                   pin_count;
    const struct past_input *inputs;
    size_t                   input_count;
    const struct past_alert *alerts;
    size_t                   alert_count;
};

struct rerun_result {
    struct outcome as_was, what_if;
    int64_t        left_out; /* things done that were not possible any more */
    int64_t        waited;   /* takings that had to wait until the order opened */
    bool           strange;  /* under the terms that held, the rules refuse what was done: recorded by other rules */
};

struct rerun;
struct rerun *rerun_new(void); /* room for a decision */
void          rerun_free(struct rerun **);

/* until: no step of a clock fires after it. */
void rerun_order(struct rerun *, const struct history *, const struct terms *held, const struct terms *what_if, int64_t until,
                 struct rerun_result *);
