/* notice_text.h - a notice as the message one person reads: facts from the database, words from the catalogues
 *
 * Loading and rendering are apart: notice_facts come by one query (load_notice.sql), notice_render is pure.
 */
#pragma once
#include "common/base/buf.h"
#include "common/io/db.h"
#include "common/wire/domain.h"

struct notice_message { /* borrowed inside the callback */
    int64_t     notice_id, person_id, chat_id, order_id;
    const char *kind;      /* wire name */
    const char *payload;   /* JSON object of a call without chat_id, with "method": sendMessage, or editMessageText of a message of the chat */
    size_t      copies_count;
    const char *const *copies; /* attachments to relay after it, "<kind> <file_id> <from_chat_id> <message_id>" */
    bool        is_card;   /* carries the order's buttons: becomes the chat's live card, the former one shrinks */
    bool        is_thread; /* a thread message: replying to it leads to the order, or to the inquiry */
    int64_t     inquiry_id; /* what a client has written to the managers; 0 = none */
    bool        is_rewritten; /* later, by another notice: its text is no caption */
    int64_t     rewrites;     /* the message whose place it takes; 0 = it is a new one */
    const char *topic_name; /* what the order's topic is called; NULL: where it is read there are none */
    int64_t     topic_id;   /* 0 = it is still to be made */
    int64_t     mark_chat_id, mark_message_id; /* the author's message that gets the delivery mark; 0 = none */
};

/* msg NULL and err NULL: the notice is moot (withdrawn, order taken, alert solved, person removed), with why in moot_reason. */
typedef void (*notice_ready_fn)(void *ctx, const struct notice_message *msg, const char *moot_reason, const struct err *err);

/* Loads and renders one notice as things stand now. */
void notice_prepare(struct db *, int64_t notice_id, notice_ready_fn, void *ctx);

/* The same once more, in the place of the message that said it: what was said has been edited. */
struct notice_place {
    int64_t message_id;
    bool    is_caption; /* the words stand under a picture */
    bool    is_former;  /* it was the order's card and is no more: it has no buttons */
};
void notice_prepare_again(struct db *, int64_t notice_id, struct notice_place, notice_ready_fn, void *ctx);

/* What is left of a message that was an order's card when the card has moved on: payload of editMessageText, NULL if its words stay
 * and only the buttons go. msg NULL: nobody reads there any more. */
void former_card_prepare(struct db *, int64_t chat_id, int64_t order_id, int64_t message_id, notice_ready_fn, void *ctx);

/* The kind of a card that came with no notice: somebody has opened it. */
#define CARD_OPENED "card"

/* The card of an order as this message must show it now: payload of editMessageText without chat_id and message_id. msg NULL: no such
 * card any more, or another message is it. */
void card_prepare(struct db *, int64_t chat_id, int64_t order_id, int64_t message_id, notice_ready_fn, void *ctx);
