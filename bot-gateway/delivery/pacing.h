/* pacing.h - when a message may leave, so that Telegram never has to say "too many requests" (pure)
 *
 * The receiver counts in rolling windows: so many a second overall, so many a minute in a group, one a second and a small burst
 * in a private chat. We know only when a request left and when its answer came; between the two it was counted. A slot of the
 * overall window is therefore free again one second after it left PLUS what its way took longer than the fastest way ever
 * seen: no jitter of the network can bring two sends closer together than the receiver allows, and nothing is wasted when the
 * way is steady.
 *
 * Urgent sends leave as soon as a slot is free. Steady ones (what many are told) keep an even distance, so that a slot
 * comes free every few milliseconds and what is urgent never waits for the end of a burst.
 *
 * All times are monotonic milliseconds. Negative chat ids are groups, as in the Bot API.
 */
#pragma once
#include "common/base/base.h"

#define PACING_PER_SECOND_MAX 10000
#define PACING_MARGIN_MS      2    /* our clock and the receiver's are both cut to milliseconds */
#define PACING_ANSWER_MAX_MS  1000 /* an answer later than this no longer keeps its slot */
#define PACING_CATCH_UP_MS    100  /* how far steady sends may fall behind and still make it up */

struct pacing_limits {
    int64_t per_second, chat_per_second, chat_burst, group_per_minute; /* each at least 1 */
};

enum pacing_pace { PACE_URGENT, PACE_STEADY };
enum pacing_deed { PACING_SEND, PACING_EDIT }; /* an edit weighs overall and in groups, not in a private chat */

/* The right to leave once; held by value by whoever took it. */
struct pacing_slot {
    uint32_t         index, serial;
    int64_t          chat_id;
    enum pacing_deed deed;
    enum pacing_pace pace;
    int64_t          leave_at_ms; /* not before this */
    int64_t          left_at_ms;
    int64_t          was_free_at_ms;
};

struct pacing; /* opaque */

struct pacing *pacing_new(const struct pacing_limits *); /* caller owns; never NULL */
void           pacing_free(struct pacing **);

/* When the next send may leave, whatever the chat; and when one to this chat may; now_ms = now. INT64_MAX: every slot is taken, ask
 * again when one was answered or returned. */
int64_t pacing_when(const struct pacing *, enum pacing_pace, int64_t now_ms);
int64_t pacing_chat_when(const struct pacing *, int64_t chat_id, int64_t now_ms);

/* Takes the slot that is free first; leave_at_ms of the result is when both windows allow it. Then either pacing_left and
 * pacing_answered (also when the answer was lost), or pacing_return if nothing left. Sends to one chat go one after the other:
 * the next is taken when the former was answered. */
struct pacing_slot pacing_take(struct pacing *, int64_t chat_id, enum pacing_deed, enum pacing_pace, int64_t now_ms);
void               pacing_return(struct pacing *, const struct pacing_slot *);
void               pacing_left(struct pacing *, struct pacing_slot *, int64_t now_ms);
void               pacing_answered(struct pacing *, const struct pacing_slot *, int64_t now_ms);

/* 429. Telegram does not name the scope of retry_after: a chat that was at its own limit is meant itself, otherwise everything
 * waits. True if everything waits. */
bool pacing_flood(struct pacing *, int64_t chat_id, int64_t retry_after_ms, int64_t now_ms);
void pacing_hold(struct pacing *, int64_t until_ms); /* nothing leaves before */

size_t pacing_chats(const struct pacing *); /* how many chats are remembered; the quiet ones are forgotten */
