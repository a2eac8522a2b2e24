/* save.h - what a batch writes: rows collected per statement, sent as arrays, in one order that the foreign keys allow
 *
 * THE table of statements is in save.c; a row is added by one function per kind of row.
 */
#pragma once
#include "common/io/db.h"
#include "order-engine/job.h"
#include "order-engine/world.h"

/* Rows of the ledgers; strings are borrowed until they are added. order_id 0, reason NULL = none. */
struct quota_entry {
    int64_t     account_id, month_id, order_id, amount, at;
    const char *kind, *command_id, *reason;
};
struct payout_entry {
    int64_t     contractor_id, month_id, order_id, amount_minor, at;
    const char *kind, *currency, *command_id, *reason;
};

struct save; /* opaque: the rows of the batch at hand */

struct save *save_new(void); /* caller owns; never NULL */
void         save_free(struct save **);
void         save_reset(struct save *);

/* All that one decision writes; to be called before world_apply. text and files are the command's. */
void save_decision(struct save *, struct world *, const struct job *, const struct decision *, const char *text,
                   const struct msg_strings *files);
void save_reached(struct save *, int64_t deadline_id); /* the row of a deadline that was reached, whatever came of it */
void save_alert_clock(struct save *, int64_t order_id, int64_t alert_id, int64_t repeat_at); /* of an alert that no order event has raised */
void save_subscription_step(struct save *, int64_t account_id, enum clock_step, int64_t due_at);
void save_earlier(struct save *, int64_t due_at); /* a deadline was moved to this instant: the watcher must hear of it */
/* Somebody may or may not be given orders any more for another reason than an order of this batch: duty, reachability, a removal, a
 * decline. Who is free is told of what waits; who is not may have been the last in a pinned window. */
void save_became_free(struct save *, int64_t person_id, const struct parameters *);
void save_became_busy(struct save *, int64_t person_id, const struct parameters *); /* 0: everybody may be, another limit holds */
void save_received(struct save *, int64_t notice_id);
/* What the batch as a whole has made: versions of orders of which only the thread grew, billing months that have begun. */
void save_world(struct save *, const struct world *);
/* Ledger rows that belong to no decision. */
void save_quota(struct save *, const struct quota_entry *);
void save_payout(struct save *, const struct payout_entry *);
/* A notice that belongs to no order event: people joining, alerts of other causes. order_id 0 = none; detail JSON or NULL. */
void save_notice(struct save *, enum notice_kind, int64_t person_id, int64_t order_id, int64_t now, const char *detail);
/* So many notices were written by a statement of the caller's own: whoever sends them is told, too. */
void save_note_told(struct save *, size_t count);
/* The copy of an alert, or of what the managers are asked, for their group. order_id 0 = none. */
void save_notice_to_group(struct save *, enum notice_kind, int64_t order_id, int64_t now, const char *detail);
/* The same notice of an event for somebody else, who is told instead. */
void save_notice_instead(struct save *, int64_t notice_id, int64_t person_id);
/* A kind of notice of an order became moot. */
void save_withdrawal(struct save *, int64_t order_id, enum notice_kind);
/* The same for what can wait: not_before ms, 0 = at once. */
void save_notice_later(struct save *, enum notice_kind, int64_t person_id, int64_t now, int64_t not_before, const char *detail);
/* The answer under its command id; buf is scratch. */
void save_answer(struct save *, const struct job *, int64_t now, struct buf *scratch);

/* Queues all statements that have rows; the caller commits. */
void save_send(struct save *, struct db *, int64_t now);

size_t  save_notice_count(const struct save *);
int64_t save_earliest_deadline(const struct save *); /* ms; 0 = no new one */
