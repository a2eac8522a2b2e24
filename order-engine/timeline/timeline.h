/* timeline.h - what happened around one order and why: stored rows in, entries and intervals out
 *
 * Pure. Nothing is guessed: every entry is a stored row, and the reason beside it is the sentence of the table row by which the
 * engine acted (order-engine/rules). All times are ms; intervals are half-open. Strings are borrowed from the rows and the tables.
 */
#pragma once
#include "common/wire/domain.h"

#define TIMELINE_KINDS(X)                                    \
    X(ORDER, "order", "the order itself, as it is now")      \
    X(EVENT, "event", "something happened")                  \
    X(NOTICE, "notice", "somebody is told")                  \
    X(RUN, "run", "an interval of a clock that counted")     \
    X(ALERT, "alert", "managers must act, until it is solved") \
    X(QUOTA, "quota", "a row of the quota ledger")           \
    X(PAYOUT, "payout", "a row of the payout ledger")        \
    X(DEADLINE, "deadline", "an instant that is still to come")

#define TIMELINE_KIND_(n, w, s) TIMELINE_##n,
enum timeline_kind { TIMELINE_KINDS(TIMELINE_KIND_) TIMELINE_KIND_COUNT };
#undef TIMELINE_KIND_

const char *timeline_kind_name(enum timeline_kind);
int         timeline_kind_parse(const char *); /* -1 if there is no such word */

/* A stored row (the view order_timeline); 0 or NULL: not filled. Names that no table knows any more are -1. */
struct timeline_row {
    enum timeline_kind kind;
    int64_t     at, until;    /* RUN, ALERT: until 0 = still; ORDER: now and when it was created */
    int64_t     version;      /* EVENT, NOTICE: the event it came with */
    const char *name;         /* event, notice kind, clock, cause, ledger kind, step, state */
    const char *detail;       /* EVENT: ids and numbers, JSON; ledgers: the reason; NOTICE: what became of the delivery; RUN: its calendar */
    int         role;         /* enum role, 0 = none */
    int64_t     person_id;    /* who did it, is told, earns, is on the alert */
    unsigned    person_roles; /* NOTICE: bits of enum role that the person ever had */
    int         from, to;     /* EVENT: enum order_state; from ORDER_NONE for create */
    int         clock, step;  /* RUN, DEADLINE, EVENT of time: enum sla_clock, enum clock_step; -1 = none */
    int64_t     run, counted_ms, limit_ms;
    bool        paused;
    int64_t     not_before, handed_at, received_at, withdrawn_at; /* NOTICE; received_at of an ALERT: its acknowledgement */
    const char *failure;
    int64_t     amount;       /* QUOTA: orders; PAYOUT: minor units; ALERT: percent */
    const char *currency;
    const char *login;        /* EVENT: of an administrator of the panel who did it */
};

/* An interval of a clock: it counted, or the clock was paused, or nothing counts then by the calendar. */
struct timeline_interval {
    int     clock;
    int64_t lap;        /* 1, 2, ...: a clock that starts from zero again begins another lap */
    int64_t from, until; /* until: now, if it still lasts */
    int64_t counted_ms; /* 0 unless it counts */
    bool    counts, closed, lasts;
};

/* A clock's reading in one lap: the sum of its intervals. */
struct timeline_lap {
    int      clock;
    int64_t  lap, from, until, limit_ms, counted_ms, paused_ms, closed_ms;
    bool     lasts;
    size_t   first, count; /* its intervals */
};

struct timeline {
    int64_t                   now;
    struct timeline_row      *rows; /* ascending by time; what happened at one instant as its cause and effects follow */
    size_t                    row_count;
    struct timeline_interval *intervals;
    size_t                    interval_count, interval_room;
    struct timeline_lap      *laps;
    size_t                    lap_count;
};

/* Sorts the rows and finds the intervals. rows of an order, in any order; the first one of kind ORDER tells what is now. */
void timeline_init(struct timeline *, struct timeline_row *rows /* takes */, size_t count);
void timeline_fini(struct timeline *); /* for scoped() */

/* Why it happened, or why this person was told: the sentence of the table's row; NULL if no table speaks of it. */
const char *timeline_why(const struct timeline *, const struct timeline_row *);

/* The role in which a person is told. 0: nobody knows. */
int timeline_told_as(const struct timeline *, const struct timeline_row *notice);

#define NOTICE_FATES(X)                                                        \
    X(WAITS, "waits", "it is still to be sent")                                \
    X(HELD, "held", "it waits for its instant")                                \
    X(WITHDRAWN, "withdrawn", "it had become moot before it was sent")         \
    X(RECEIVED, "received", "Telegram has taken it")                           \
    X(UNCERTAIN, "uncertain", "nobody knows whether Telegram has taken it")    \
    X(MOOT, "moot", "it had become moot when its turn came")                   \
    X(UNDELIVERABLE, "undeliverable", "the person cannot be reached")

#define NOTICE_FATE_(n, w, s) NOTICE_FATE_##n,
enum notice_fate { NOTICE_FATES(NOTICE_FATE_) NOTICE_FATE_COUNT };
#undef NOTICE_FATE_

enum notice_fate timeline_fate(const struct timeline *, const struct timeline_row *notice);
const char      *notice_fate_name(enum notice_fate);
/* When Telegram took it; 0: it has not. */
int64_t          timeline_received_at(const struct timeline_row *notice);
