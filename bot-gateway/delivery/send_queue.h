/* send_queue.h - what goes to Telegram next (pure)
 *
 * Classes go in the order of enum send_class; inside a class chats take turns. Order is kept among messages about one order in
 * a chat: those before an urgent one go first and with its urgency. Messages about no order keep order inside their class. A
 * message that may not leave before an instant enters the line when that instant comes.
 *
 * A chat has at most one message under way: send_queue_next makes it busy, send_queue_release lets it speak again.
 *
 *     class -> chats taking turns -> threads taking turns (chat + order) -> messages, first in, first out
 *
 * Everything costs O(log n): two search trees (chats, threads), two heaps (chats that wait, messages whose time has not come).
 */
#pragma once
#include "common/base/base.h"
#include "common/wire/domain.h"

enum errand {
    ERRAND_NOTICE, /* id: of the notice; rendered when its turn comes */
    ERRAND_REPLY,  /* id: of the delivery that holds the payload */
    ERRAND_CARD,   /* redraw the order's card in the chat by an edit */
    ERRAND_SHRINK, /* id: message that was the order's card: its buttons go, a line stays */
    ERRAND_REMOVE, /* id: message that is taken out of the chat; too old for that: it shrinks */
    ERRAND_MARK,   /* id: message that gets the delivery mark */
};

struct send_item {
    int64_t id;
    int64_t chat_id;
    int64_t order_id;      /* 0: about no order */
    int64_t not_before_ms; /* wall time; 0: at once */
    int64_t delivery_id;   /* 0: no row yet */
    uint8_t errand;        /* enum errand */
    uint8_t send_class;    /* enum send_class */
    uint8_t attempts;      /* that failed for reasons of its own */
    bool    wants_receipt : 1;
    bool    repeat_once : 1; /* worth repeating when nobody knows whether it arrived */
    bool    is_repeated : 1; /* it has been */
    bool    is_plain : 1;    /* its formatting was refused */
    bool    is_split : 1;    /* it was too long */
    bool    has_new_topic : 1; /* a topic was made for it */
    bool    is_topicless : 1;  /* and none is to be */
    bool    is_apart : 1;    /* its attachment could not carry the text */
};

struct send_queue; /* opaque */

struct send_queue *send_queue_new(void); /* caller owns; never NULL */
void               send_queue_free(struct send_queue **);

void send_queue_push(struct send_queue *, const struct send_item *);
/* Lets those in line whose not_before has come; returns when the next one's comes, INT64_MAX if none waits. */
int64_t send_queue_admit(struct send_queue *, int64_t wall_ms);

/* The class of what send_queue_next would give. False: nobody may be written to now. */
bool send_queue_peek(struct send_queue *, int64_t now_ms, enum send_class *ret);
/* Takes the next message out; its chat is busy from now on. */
bool send_queue_next(struct send_queue *, int64_t now_ms, struct send_item *ret);
/* More of the same that may go in one message with the one just taken: notices of its class and chat, each about another order and
 * next of its thread, tried or not tried alike. ret has room for max; returns how many were taken. */
size_t send_queue_take_alike(struct send_queue *, const struct send_item *, struct send_item *ret, size_t max);
/* It did not go out: first of its thread again. Before the release of its chat. */
void send_queue_put_back(struct send_queue *, const struct send_item *);
/* The chat is no longer busy, and may be written to at ready_at_ms (monotonic). */
void send_queue_release(struct send_queue *, int64_t chat_id, int64_t ready_at_ms);
/* When the first of the waiting chats may be written to; INT64_MAX: none waits. */
int64_t send_queue_wake_at(const struct send_queue *);

/* Forgets every message; busy chats stay busy, waiting ones wait. */
void send_queue_clear(struct send_queue *);

size_t send_queue_count(const struct send_queue *); /* with those whose time has not come */
size_t send_queue_count_of(const struct send_queue *, enum send_class); /* as they were pushed */
