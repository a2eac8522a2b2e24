/* batch.h - many commands, one transaction: what is waiting is loaded, decided in memory, written, answered
 *
 * Serial, not blocking: one batch at a time, PostgreSQL awaited in the event loop. Takes whatever waits, up to BATCH_MAX; never waits to
 * fill a batch. A refused command is an answer. The keys of answers and events refuse an id, or a version of an order, that comes twice: the batch fails and
 * is run again with a look for stored answers first; when it fails then, its commands are run one by one. When the session is
 * lost its commands are run again under the same ids: the stored answers tell what was committed.
 */
#pragma once
#include "common/io/db.h"
#include "order-engine/job.h"

#define BATCH_MAX      128
#define BATCH_ATTEMPTS 5 /* of one command that fails alone, before it is answered "internal" */

struct batch;

struct batch_done { /* what a committed batch tells the shell */
    size_t      notices;           /* new ones */
    int64_t     earliest_deadline; /* ms; 0 = no new one */
    const char *changed;           /* domain.changed; NULL = nothing */
};

struct batch_opts {
    struct db *db;
    void (*on_answer)(void *ctx, struct job *job);                  /* once per job, after the commit; borrowed */
    void (*on_done)(void *ctx, const struct batch_done *);          /* after the answers of a batch */
    void *ctx;
};

struct batch_counters {
    int64_t batches, commands, refused, repeated, failed, one_by_one;
};

struct batch *batch_new(const struct batch_opts *);
void          batch_free(struct batch **); /* jobs that wait are dropped: their senders ask again */
void          batch_push(struct batch *, struct job * /* takes */);
void          batch_poke(struct batch *); /* start if something waits and nothing runs; after pushes, and when the session is back */
void          batch_forget(struct batch *); /* the session is another one: what was read by the last one may not hold */
bool          batch_is_idle(const struct batch *); /* nothing waits, nothing runs */
bool          batch_is_full(const struct batch *); /* as many wait as one batch takes */
struct batch_counters batch_counters(const struct batch *);
