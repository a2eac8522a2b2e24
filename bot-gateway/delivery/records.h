/* records.h - what became of deliveries: collected, committed together, and told to order-engine
 *
 * Outlives a lost database: what Telegram has answered is written as soon as there is one again, before anything else is read.
 */
#pragma once
#include <systemd/sd-event.h>

#include "bot-gateway/delivery/send_queue.h"
#include "common/io/bus.h"
#include "common/io/db.h"

#define RECORDS_RETRY_MS  1000 /* after a commit that failed */
#define RECORDS_ERROR_MAX 160  /* bytes of what is kept of Telegram's words */

struct records;

struct record {
    struct send_item item;           /* delivery_id 0: never begun, the row is made now */
    const char      *state;          /* sent, moot, uncertain, failed: a constant */
    const char      *report;         /* a constant: "received", or why not, for order-engine; NULL: nothing to tell */
    int64_t          message_id;     /* the first that arrived; 0: none */
    const char      *card_kind;      /* a constant: it is the order's live card now; NULL: no card */
    bool             is_thread;      /* replying to it leads to the order, or to the inquiry */
    int64_t          inquiry_id;     /* 0 = none */
    int64_t          source_chat_id, source_message_id; /* the message it passes on; 0 = none */
    bool             is_caption;     /* its words stand under a picture */
    char             error[RECORDS_ERROR_MAX]; /* "" : none */
};

struct thread_link { /* from a message to its order, or to what a client has written to the managers; 0 = none */
    int64_t chat_id, message_id, order_id, inquiry_id;
};

struct records_opts {
    struct db         *db;
    struct bus_client *bus;
    int64_t            bot_id;
    void (*on_settled)(void *ctx, const struct record *);                          /* it is committed */
    void (*on_former_card)(void *ctx, int64_t chat_id, int64_t order_id, int64_t message_id); /* it has to shrink */
    void (*on_stale_card)(void *ctx, int64_t chat_id, int64_t order_id);           /* it has to be redrawn at once */
    void (*on_former_alert)(void *ctx, int64_t chat_id, int64_t message_id);       /* all it says was told again: it has to go */
    void *ctx;
};

struct records *records_new(sd_event *loop, const struct records_opts *); /* caller owns */
void            records_free(struct records **);
void            records_open(struct records *); /* the database is there: writes what is owed to it */
void            records_close(struct records *);
void            records_read_reports(struct records *); /* part of a group of the caller: what the engine is owed from a former life */

void   records_add(struct records *, const struct record *);
/* A card was redrawn, or its message is gone. */
void   records_add_card(struct records *, int64_t chat_id, int64_t order_id, int64_t message_id, bool is_gone);
/* Telegram says that this group has another number now: its rows follow, its cards are forgotten (what stands there cannot be edited
 * any more), and order-engine is told. May be repeated. */
void   records_chat_moved(struct records *, int64_t from, int64_t to);
/* Another message of a thread, beside that of its record: replying to it leads to the same. */
void   records_add_link(struct records *, const struct thread_link *);
size_t records_owed(const struct records *); /* not committed yet */
