/* chats.h - who is handled next: updates of one chat in order, of different chats at the same time (pure)
 *
 * Each chat has a queue. chats_next hands out a turn - one update, or the updates of an album - of a chat that has none in hand.
 * An album is complete when something else follows, when it has its ten parts, or when it has been quiet for CHATS_ALBUM_QUIET_MS.
 *
 * What takes too long is set aside: it goes to the shell's list of rows to write (struct pending.row), and as long as a chat
 * has rows there, its later updates queue behind them: chats_add puts them on that list at once. Rows come back with
 * chats_add_row, the oldest first.
 */
#pragma once
#include <sys/queue.h>

#include "bot-gateway/update.h"

#define CHATS_ALBUM_MAX      10
#define CHATS_ALBUM_QUIET_MS 1000 /* longer than intake's pause before it asks Telegram again */

struct chats;
struct chat;

enum pending_row { /* in the inbox */
    ROW_NONE,
    ROW_WANTED,  /* on the list of rows to write */
    ROW_WRITING, /* the shell is at it */
    ROW_WRITTEN,
    PENDING_ROW_COUNT
};

enum verdict {
    VERDICT_NONE,    /* not tried, or in hand */
    VERDICT_HANDLED, /* the effect is committed */
    VERDICT_AGAIN,   /* nothing happened, try again later */
    VERDICT_FAILED,  /* our bug; counts towards parking */
    VERDICT_COUNT
};

struct pending { /* one update on its way to its effect */
    struct update    update;
    struct chat     *chat;
    int64_t          received_ms; /* monotonic */
    int64_t          attempts;    /* that failed */
    enum pending_row row;
    enum verdict     verdict;
    bool             in_hand;     /* part of a turn */
    bool             apologised;  /* the chat was told that it takes a moment, with this one or one before */
    char            *parked_reason; /* why it is given up; NULL = it is not */
    char            *failure;       /* VERDICT_FAILED while its row is being written: why */
    TAILQ_ENTRY(pending) in_queue;  /* of its chat, or of the rows to write */
    TAILQ_ENTRY(pending) in_age;    /* of those with ROW_NONE */
};
TAILQ_HEAD(pending_list, pending);

struct turn {
    int64_t              chat_id;
    size_t               count;
    const struct update *updates[CHATS_ALBUM_MAX]; /* as conversation_handle wants them */
    struct pending      *items[CHATS_ALBUM_MAX];
    void                *owner; /* the shell's */
};

struct chats *chats_new(void);
void          chats_free(struct chats **);

/* The update joins its chat's queue, or the rows to write if the chat is set aside. */
void chats_add(struct chats *, struct update *update /* takes */, int64_t now_ms);

/* A turn that can begin now; NULL if there is none. Ended by chats_release or chats_again. */
struct turn *chats_next(struct chats *, int64_t now_ms);
/* When chats_next is worth asking again, if nothing is added or ended before; INT64_MAX = not at all. */
int64_t chats_next_at(const struct chats *);
/* The turn is over. Its items are the caller's: each ends with pending_free, or with chats_park, or stays on the way to its row. */
void chats_release(struct chats *, struct turn *);
/* The turn goes back to the head of its queue, not to be tried before at_ms. */
void chats_again(struct chats *, struct turn *, int64_t at_ms);
void pending_free(struct pending **);

/* ---- setting aside ---- */

/* The oldest update that has no row; NULL if there is none. Walk on with TAILQ_NEXT(, in_age). */
struct pending *chats_oldest(const struct chats *);
/* All of this chat goes to the rows to write: those in its queue, and those in hand too, whatever becomes of them. */
void chats_set_aside(struct chats *, struct chat *);
/* A failed update (its turn is over; no row, or one that is only wanted) becomes a row that nothing queues behind. */
void chats_park(struct chats *, struct pending *, const char *reason);
/* The oldest row to write becomes ROW_WRITING; the caller's now, who gives it back or frees it. NULL: there is none. */
struct pending *chats_take_to_write(struct chats *);
void chats_give_back(struct chats *, struct pending *); /* it could not be written; the latest taken first */
/* A wanted row is no longer wanted: its update was handled after all. The caller's now. */
void chats_cancel_row(struct chats *, struct pending *);

/* ---- rows ---- */

/* At start: so many rows wait of this chat. */
void chats_note_rows(struct chats *, int64_t chat_id, int64_t rows);
/* A row is gone: handled and deleted, or parked. The last one opens the chat's queue again. */
void chats_row_gone(struct chats *, int64_t chat_id);
/* Up to max chats whose rows can be read now: nothing in hand, nothing read and waiting. Returns how many. */
size_t chats_to_read(const struct chats *, int64_t now_ms, int64_t *chat_ids, size_t max);
/* When chats_to_read is worth asking again, if nothing changes before; INT64_MAX = not at all. */
int64_t chats_read_at(const struct chats *);
/* A row that was read, the chat's oldest first; attempts as it says. */
void chats_add_row(struct chats *, struct update *update /* takes */, int64_t attempts);
/* Ends a reading. complete: the chat has no more rows than were read, which sets the count right. Otherwise an album at the end
 * may be cut; it is dropped, to be read again. A chat of which nothing is left to do is left alone until at_ms. */
void chats_rows_read(struct chats *, int64_t chat_id, bool complete, int64_t at_ms);
/* What was read of this chat is forgotten (the rows stay) until at_ms. */
void chats_drop_rows(struct chats *, int64_t chat_id, int64_t at_ms);

/* ---- figures ---- */

size_t  chats_in_hand(const struct chats *); /* turns */
int64_t chats_rows(const struct chats *);    /* rows of the inbox that wait, as far as known here */
