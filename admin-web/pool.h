/* pool.h - a few PostgreSQL sessions for many threads: lent for one query, opened when first needed, replaced when lost */
#pragma once
#include "common/io/db_session.h"

#define POOL_SESSIONS_MAX 16
#define POOL_PATIENCE_MS  3000 /* a thread waits so long for a session to come free */

struct pool;

struct pool *pool_new(const struct db_opts *, size_t sessions); /* never NULL; connects nothing yet. opts' text is borrowed */
void         pool_free(struct pool **);                         /* nobody may be inside pool_call */

/* Runs one query of admin-web. From any thread. All our queries may be repeated: one that died with its session is run once
 * more on a new one. NULL: ERR_TRANSIENT (no session, no PostgreSQL) or ERR_INTERNAL. */
struct db_result *pool_call(struct pool *, int query, const struct db_args *, struct err *);
