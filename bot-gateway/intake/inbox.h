/* inbox.h - the table of updates set aside: sealed rows in, updates out, in rounds of one group each
 *
 * A round writes the rows that are wanted, deletes what is handled, notes what failed, and reads what can go on, all in one
 * implicit transaction; one round is under way at a time. So a row is never read before its deletion was asked for, and a
 * round that failed is simply made again.
 */
#pragma once
#include "bot-gateway/intake/chats.h"
#include "bot-gateway/vault.h"
#include "common/io/db.h"

#define INBOX_WRITE_MAX   200 /* rows a round writes at most */
#define INBOX_READ_CHATS  50  /* chats a round reads of */
#define INBOX_READ_EACH   20  /* rows of each; more than an album has parts */
#define INBOX_ATTEMPTS    3   /* failures after which an update is parked */
#define INBOX_RETRY_MS    2000 /* after a round that failed, or a chat that could not go on */

struct inbox;

struct inbox_opts {
    struct db          *db;
    const struct vault *vault;
    struct chats       *chats;
    int64_t             bot_id;
    /* The row is there, the update may be confirmed. The item is the receiver's: to free, or in hand still. */
    void (*on_written)(void *ctx, struct pending *);
    void (*on_round)(void *ctx, bool done); /* the round has ended, well or not */
    void *ctx;
};

struct inbox *inbox_new(const struct inbox_opts *);
void          inbox_free(struct inbox **); /* after db_free */

/* Asks which chats have rows and tells chats; then one call. */
void inbox_count(struct inbox *, db_end_fn, void *ctx);

void inbox_delete(struct inbox *, const struct update *); /* handled: with the next round */
/* Failed so often by now, for this reason; parked (and logged) from INBOX_ATTEMPTS on: with the next round. */
void inbox_fail(struct inbox *, const struct update *, int64_t attempts, const char *reason);

/* Begins a round if none is under way and there is something to do; reads only if may_read. True: one is under way. */
bool inbox_work(struct inbox *, bool may_read, int64_t now_ms);
bool inbox_is_working(const struct inbox *); /* a round is under way */
bool inbox_owes(const struct inbox *); /* a round is under way, or something waits for one; reading not counted */

int64_t inbox_written(const struct inbox *); /* rows */
int64_t inbox_parked(const struct inbox *);
