/* receipts.h - order-engine is told what became of deliveries: received or not, a person out of reach, the managers' group lost
 *
 * What is to be told stands in the delivery's row (report) until it has been answered; what was not is told at the next start, under
 * the same command id.
 */
#pragma once
#include "common/io/bus.h"
#include "common/io/db.h"

struct receipts;

struct receipt {
    int64_t     delivery_id;
    int64_t     notice_id; /* 0: it was a reply of the bot's */
    int64_t     chat_id;   /* negative: a group */
    bool        is_wanted; /* the engine waits to hear of this notice */
    const char *what;      /* "received", or why not: as in records.h */
};

/* on_told: there is more to clear. */
struct receipts *receipts_new(struct bus_client *, void (*on_told)(void *ctx), void *ctx); /* caller owns */
void             receipts_free(struct receipts **);

void receipts_tell(struct receipts *, const struct receipt *);
/* Part of a group of the caller: what is owed from a former life. */
void receipts_read(struct receipts *, struct db *, int64_t bot_id);

size_t receipts_told(const struct receipts *); /* answered, and not cleared yet */
/* Part of a group of the caller: their rows forget it; cleared says that the group is committed. */
void   receipts_clear(struct receipts *, struct db *);
void   receipts_cleared(struct receipts *);
