/* election.h - which of the gateways of one bot is the active one: a PostgreSQL session lock, asked for until it is ours
 *
 * The lock lives as long as the database session: whoever loses the session has lost the election at that instant, and
 * whoever dies gives it up without a word. The gateway's handlers of db.h hand on what became of the session.
 */
#pragma once
#include <systemd/sd-event.h>

#include "common/io/db.h"

#define ELECTION_RETRY_MS 2000 /* between two questions while somebody else is active */

enum election_state {
    ELECTION_OPEN,  /* not known: no session, or nobody has answered yet */
    ELECTION_WON,   /* we are the active one */
    ELECTION_OTHER, /* somebody else is */
};

struct election;

struct election_opts {
    struct db  *db;
    const char *lock;         /* "bot-gateway:<bot id>", the same in every candidate; copied */
    void (*on_won)(void *ctx);
    void (*on_lost)(void *ctx);  /* the session went while we were active */
    void (*on_other)(void *ctx); /* somebody else is active: told once per session; may be NULL */
    void *ctx;
};

struct election    *election_new(sd_event *loop, const struct election_opts *);
void                election_free(struct election **); /* quietly: the lock goes with the session */
void                election_database_ready(struct election *); /* asks, and goes on asking */
void                election_database_lost(struct election *);
/* After a lost session ELECTION_OTHER stays until the next answer: somebody else may be active still. */
enum election_state election_state(const struct election *);
