/* outbox.h - what waits in the database to be sent: read into the send queue, each row once
 *
 * Looks at start, when told, and every OUTBOX_LOOK_MS. While more than OUTBOX_FULL wait in memory only alerts are still read.
 */
#pragma once
#include <systemd/sd-event.h>

#include "bot-gateway/delivery/records.h"
#include "bot-gateway/delivery/send_queue.h"
#include "common/io/db.h"

#define OUTBOX_LOOK_MS       5000
#define OUTBOX_LOOK_PAUSE_MS 50     /* hints come by the batch: at most so many looks */
#define OUTBOX_BUSY          1000 /* messages in line, half a minute of sending: what is new stands behind them anyway ... */
#define OUTBOX_BUSY_PAUSE_MS 500  /* ... so it may be read in larger portions */
#define OUTBOX_FULL_PAUSE_MS 1000   /* the same while the queue is full: alerts are then looked for among all that waits */
#define OUTBOX_PAGE          5000   /* rows of one look */
#define OUTBOX_FULL          20000  /* messages in memory, eleven minutes of sending; more stay in the database ... */
#define OUTBOX_ALERTS_MAX    20000  /* ... but for so many alerts */
#define OUTBOX_MARK_MS       5000   /* how often the low mark is written */

struct outbox;

struct outbox_opts {
    struct db         *db;
    struct send_queue *queue;
    struct records    *records;
    int64_t            bot_id;
    void (*on_arrived)(void *ctx);                         /* the queue has more, or may have */
    bool (*is_under_way)(void *ctx, int64_t delivery_id);  /* this process is sending it right now */
    bool (*never_left)(void *ctx, const struct send_item *); /* begun by this process and certainly not sent: once per item */
    void (*on_uncertain)(void *ctx, bool is_repeated);     /* a send of a former life: counted */
    void *ctx;
};

struct outbox *outbox_new(sd_event *loop, const struct outbox_opts *); /* caller owns */
void           outbox_free(struct outbox **);
void           outbox_open(struct outbox *);  /* the database is ours: first what is uncertain, then what waits */
void           outbox_close(struct outbox *); /* forgets what was read; the queue is the caller's to empty */
void           outbox_look(struct outbox *);  /* rows wait */

/* A notice read earlier needs nothing more; so does a delivery. */
void outbox_notice_settled(struct outbox *, int64_t notice_id);
void outbox_delivery_settled(struct outbox *, int64_t delivery_id);
/* It stands in line again and its row will say so: not to be read a second time. */
void outbox_delivery_waits(struct outbox *, int64_t delivery_id);
/* A reply whose row was just committed: whoever has pressed waits for it, so it stands in line without a look. */
void outbox_reply_waits(struct outbox *, const struct send_item *);

/* A card is to be redrawn: once, however often it is said. */
void outbox_card_is_stale(struct outbox *, int64_t chat_id, int64_t order_id);
/* The redrawing of a card begins: what changes from now on asks for another one. */
void outbox_card_begins(struct outbox *, int64_t chat_id, int64_t order_id);
