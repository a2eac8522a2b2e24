/* batch_state.h - one batch between its three steps: batch_load.c reads, batch_decide.c decides, batch.c queues, writes and answers
 *
 * Private to those three.
 */
#pragma once
#include "order-engine/batch.h"
#include "order-engine/commands.h"
#include "order-engine/store/load.h"
#include "order-engine/store/save.h"
#include "order-engine/world.h"

/* What the batch's commands name, each a set of ids. */
#define BATCH_LISTS(X)                                                              \
    X(actors, "Telegram ids of who acts")                                           \
    X(strangers, "those of them who are not remembered")                            \
    X(orderers, "Telegram ids of clients who order: their accounts are locked")     \
    X(workers, "Telegram ids of contractors who take: they are locked")             \
    X(targets, "persons who are acted upon; contractors who are given an order")    \
    X(orders, "all orders")                                                         \
    X(doubted, "orders whose refusal must not rest on what is known of them")       \
    X(unread, "orders that are read: those not known, doubted, or about to move")   \
    X(locked, "orders that may move")                                               \
    X(answered, "orders read without a lock whose next message is the answer")      \
    X(pinned, "orders whose pinned contractors matter")                             \
    X(deadlines, "deadlines that were reached")                                     \
    X(alerts, "alerts whose deadlines those are")                                   \
    X(alerted, "the orders of those alerts")                                        \
    X(calendars, "calendars of its orders and accounts that are not remembered")    \
    X(strange, "orders whose circle is not remembered")                             \
    X(subscriptions, "accounts whose deadlines those are")

struct batch_lists {
#define BATCH_LIST_(name, what) struct id_list name;
    BATCH_LISTS(BATCH_LIST_)
};

enum phase { PHASE_IDLE, PHASE_LOADING, PHASE_WRITING, PHASE_ROLLING_BACK };

struct batch {
    struct batch_opts opts;
    struct job *head, **tail; /* what waits */
    size_t queued;
    struct job *jobs[BATCH_MAX];
    size_t count;
    size_t singles; /* so many of the waiting jobs run one by one */
    enum phase phase;
    struct world world;
    struct store store;
    struct save *save;
    struct decision *decision;
    bool looked_twice, looked_around;
    bool in_transaction; /* begun with the load, because it locks; otherwise the writes are one by
                            themselves */
    bool careful;        /* look for stored answers first: an id came twice lately */
    const char *changed;
    size_t orders_numbered, alerts_numbered; /* so many of the numbers set aside are given out */
    struct buf scratch;
    struct batch_lists lists;
    struct batch_counters counters;
};

/* Queues the first look on the session's open group; the caller ends it. */
void batch_load(struct batch *);
/* What only the looks before could tell: parameters or people that have changed, messages that are answers, calendars and people
 * around orders that are not remembered. Queues another look and says true, or there is nothing more to read. */
bool batch_load_more(struct batch *);
/* Decides everything in memory and collects what is to be written; commands that must wait for the next batch go into later, whose
 * count is returned. */
size_t batch_decide(struct batch *, struct job *later[BATCH_MAX]);

/* How many of the batch's commands have this need; what an administrative command is handed. */
int64_t           batch_count_needing(const struct batch *, unsigned need);
struct admin_work batch_admin_work(struct batch *, struct job *);
