/* courier.h - carries messages: takes the next one from the queue, renders it, claims it, sends it, draws the outcome
 *
 *     queue -> PREPARING -> READY -> CLAIMING -> UNDER_WAY -> settled, or back into the queue
 *              rendered     waits for its slot    |     ^
 *                           of the pacer          +-----+ the next piece or attachment
 *
 * 'sending' is committed before a request leaves (CLAIMING) and the outcome afterwards (records.h), so a row that says
 * 'sending' after a restart is the only uncertain kind.
 */
#pragma once
#include <systemd/sd-event.h>

#include "bot-gateway/delivery/outbox.h"
#include "bot-gateway/delivery/pacing.h"
#include "bot-gateway/telegram.h"

#define COURIER_LEAD_MS 40 /* a message is rendered so long before it may leave */

struct courier;

/* What happened since the start; the names are those of process_stats. */
#define COURIER_COUNTERS(X)                                        \
    X(sent, "deliveries Telegram has accepted")                    \
    X(moot, "became moot before they were sent")                   \
    X(failed, "refused for good, or to nobody")                    \
    X(uncertain, "nobody knows, and not repeated")                 \
    X(repeated, "sent once more because an answer was lost")       \
    X(unreachable, "people who could not be written to")           \
    X(floods, "answers 429")                                       \
    X(troubles, "answers that spoke of an outage")                 \
    X(edits, "cards redrawn")                                      \
    X(calls, "requests to Telegram, answers to presses not counted")

struct courier_counters {
#define COUNTER_(name, meaning) uint64_t name;
    COURIER_COUNTERS(COUNTER_)
#undef COUNTER_
};

struct courier_opts {
    struct db         *db;
    struct telegram   *telegram;
    struct send_queue *queue;
    struct pacing     *pacing;
    struct records    *records;
    struct outbox     *outbox;
    int64_t            bot_id;
    void (*on_change)(void *ctx); /* courier_pump may have something to do; never from within it */
    void (*on_chat_moved)(void *ctx, int64_t from, int64_t to); /* a group has another number now */
    void *ctx;
};

struct courier *courier_new(const struct courier_opts *); /* caller owns */
void            courier_free(struct courier **);          /* when nothing is under way */

void courier_open(struct courier *);  /* begin to take from the queue */
void courier_close(struct courier *); /* the database is gone: what is under way goes on, nothing else leaves */
void courier_stop(struct courier *);  /* for good: what is claimed still leaves, nothing else does */

/* Does what is due; returns when to be called again (monotonic, INT64_MAX: when something changes). */
int64_t courier_pump(struct courier *, int64_t now_ms, int64_t wall_ms);

size_t courier_busy(const struct courier *); /* messages on their way */
bool   courier_is_under_way(const struct courier *, int64_t delivery_id);
/* Its claim was lost with the database, so it was certainly not sent. Forgets it. */
bool   courier_never_left(struct courier *, const struct send_item *);
const struct courier_counters *courier_counters(const struct courier *);
void   courier_count_uncertain(struct courier *, bool is_repeated); /* found at the start */
