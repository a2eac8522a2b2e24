/* sender.h - the one sender of a bot: what is to be told goes out once, in its class, at Telegram's pace
 *
 * Works only while its gateway is the elected one of its bot (election.h). Sources: notices (rows of order-engine) and replies (rows of the dialog); both become deliveries: 'sending' is committed before the request leaves, the
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

struct sender_reply { /* a row the dialog has committed */
    int64_t         delivery_id, chat_id;
    int64_t         order_id; /* whose card it is; 0: of none */
    enum send_class send_class;
};

struct sender *sender_new(sd_event *loop, const struct sender_opts *);
/* Once it has drained, or after telegram, database and bus: what they had under way ends here. */
void           sender_free(struct sender **);
void           sender_database_ready(struct sender *); /* the election is won: look what waits */
void           sender_database_lost(struct sender *);  /* the session or the election is lost: nothing more leaves */
void           sender_wake(struct sender *);           /* rows wait: the hint notices.wait */
void           sender_reply_committed(struct sender *, const struct sender_reply *); /* it leaves without a look */
bool           sender_is_active(const struct sender *);
void           sender_stop(struct sender *, void (*drained)(void *ctx), void *ctx); /* no new sends; those under way end */

/* A group of Telegram's has become a supergroup under another number. */
void           sender_group_moved(struct sender *, int64_t from, int64_t to);

/* A payload, of a notice or of a row that the dialog has written: the JSON object of a method's fields with "method": its wire name; the
 * chat is added. It is sent as one call, but for text that is too long and for attachments. */

/* Straight to Telegram, first in line, no row: answers to a press (never queued behind messages). */
void sender_answer_press(struct sender *, const char *callback_id, const char *text, bool alert);
/* Counters for process_stats, as JSON members without braces. */
void sender_stats(const struct sender *, struct buf *);
