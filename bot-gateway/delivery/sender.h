/* sender.h - the one sender of a bot: what is to be told goes out once, in its class, at Telegram's pace
 *
 * Elected by a PostgreSQL session lock per bot (two gateways of one token: the second stands by). Sources: notices (rows of
 * order-engine) and replies (rows of the dialog); both become deliveries: 'sending' is committed before the request leaves, the
 * outcome after it, so that a restart knows what is uncertain. Pacing is a pure module (pacing.h).
 */
#pragma once
#include <systemd/sd-event.h>

#include "bot-gateway/telegram.h"
#include "common/io/bus.h"
#include "common/io/db.h"

struct sender;

struct sender_opts {
    struct db         *db;
    struct bus_client *bus;      /* notice.received, notice.undeliverable, person.reachable */
    struct telegram   *telegram;
    int64_t            bot_id;
    int64_t            per_second, chat_per_second, chat_burst, group_per_minute; /* settings [telegram] */
};

struct sender *sender_new(sd_event *loop, const struct sender_opts *);
void           sender_free(struct sender **);
void           sender_database_ready(struct sender *); /* take or await the lease, look what waits */
void           sender_database_lost(struct sender *);  /* stop at once: the lease is gone with the session */
void           sender_wake(struct sender *);           /* rows wait: the hint notices.wait, or replies committed */
bool           sender_is_active(const struct sender *);
void           sender_stop(struct sender *, void (*drained)(void *ctx), void *ctx); /* no new sends; those under way end */

/* Straight to Telegram, first in line, no row: answers to a press (never queued behind messages). */
void sender_answer_press(struct sender *, const char *callback_id, const char *text, bool alert);
/* Counters for process_stats, as JSON members without braces. */
void sender_stats(const struct sender *, struct buf *);
