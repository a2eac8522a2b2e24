/* db.h - PostgreSQL in the event loop: prepared named queries, pipelined in groups, reconnecting by itself
 *
 * DOWN -> CONNECTING -> PREPARING -> READY. All queries of the program are prepared before READY, so a typo stops it at start
 * (on_failed). After a loss it reconnects with decorrelated jitter (100 ms to 5 s) and says READY again.
 *
 * A group is what runs between two db_end calls: it travels in one flush, its first error skips its rest. A transaction
 * is begun and committed by queries of the group(s) (Q_begin, Q_commit); after an error inside one the caller rolls back.
 */
#pragma once
#include <systemd/sd-event.h>

#include "common/base/err.h"
#include "common/io/db_args.h"
#include "common/io/db_result.h"

struct db;

struct db_query { /* made by sql/embed.cmake from sql/queries/<daemon>/<name>.sql */
    const char *name, *text;
};

struct db_opts {
    const char            *url;  /* libpq conninfo or URI; may be empty = libpq's defaults */
    const char            *user; /* the role to log in as unless the url names one; may be NULL */
    const char            *application_name;
    const struct db_query *queries;
    size_t                 query_count;
    void (*on_ready)(void *ctx);
    void (*on_lost)(void *ctx, const struct err *);   /* once per outage, after every open group was told; also if there was none yet */
    void (*on_failed)(void *ctx, const struct err *); /* a query does not prepare: our bug, or the schema is older */
    void *ctx;
};

/* The rows of one query of a group; borrowed, valid inside the callback. Not called when the group failed before it. */
typedef void (*db_rows_fn)(void *ctx, const struct db_result *);
/* The end of a group. err NULL: all of it was done. ERR_TRANSIENT: nothing of it happened (not sent, serialization, deadlock).
 * ERR_UNCERTAIN: the connection was lost with it in flight. ERR_INTERNAL: the server refused a statement; text has its words
 * and the SQLSTATE stands in db_last_sqlstate. */
typedef void (*db_end_fn)(void *ctx, const struct err *);

struct db *db_new(sd_event *loop, const struct db_opts *); /* starts connecting; the struct is copied, its pointers borrowed */
void       db_free(struct db **);                          /* not from its callbacks; open groups end with ERR_UNCERTAIN first */
bool       db_is_ready(const struct db *);
size_t     db_groups_open(const struct db *);

void        db_call(struct db *, int query, const struct db_args *, db_rows_fn, void *ctx); /* on_rows may be NULL */
void        db_end(struct db *, db_end_fn, void *ctx); /* not ready: the callback comes with ERR_TRANSIENT, from the loop */
const char *db_last_sqlstate(const struct db *);       /* "23505" ...; "" if none; valid inside db_end_fn */
