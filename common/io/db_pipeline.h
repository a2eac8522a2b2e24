/* db_pipeline.h - the groups of queries on one connection, those in flight and those that never left; db.c's other half
 *
 * Owns no connection and no event source: db.c hands it one connection after another and calls it when there is input.
 */
#pragma once
#include "common/io/db_pg.h"

enum db_step_kind {
    DB_STEP_PREPARE,
    DB_STEP_CALL,
    DB_STEP_END,      /* a caller's db_end */
    DB_STEP_PREPARED, /* the end of our own preparations */
};

struct db_step { /* what the server owes us an answer for */
    enum db_step_kind kind;
    enum err_kind     refusal; /* of a group that never left */
    int               query;
    db_rows_fn        on_rows;
    db_end_fn         on_end;
    void             *ctx;
};

struct db_steps { /* a ring: grows, never shrinks, so that a busy engine allocates nothing */
    struct db_step *steps;
    size_t          first, count, cap;
};

enum db_group { /* the one being built, between its first db_call and its db_end */
    DB_GROUP_NONE,
    DB_GROUP_SENDING,
    DB_GROUP_REFUSED, /* begun while there was no connection: nothing of it is sent */
    DB_GROUP_LOST,    /* the connection went away in its middle */
};

struct db_pipeline {
    PGconn                *conn;  /* NULL while there is none; borrowed */
    bool                   ready; /* callers' groups may be sent */
    bool                   broken; /* sending failed: db.c must drop the connection */
    bool                   stale;  /* the connection lives but is of no more use */
    bool                   inside; /* callbacks are being called */
    const struct db_query *queries;
    struct db_steps        sent, unsent;
    size_t                 groups_open;
    enum db_group          group;
    bool                   answered; /* the first step in flight has had its result, only its end is missing */
    bool                   failed;   /* the first group in flight has had its error, kept in err */
    struct err             err;
    char                   sqlstate[6];
    struct buf             unescaped;
};

void db_pipeline_fini(struct db_pipeline *);
void db_pipeline_attach(struct db_pipeline *, PGconn *);
void db_pipeline_prepare(struct db_pipeline *, size_t query_count, db_end_fn on_prepared, void *ctx);
void db_pipeline_call(struct db_pipeline *, int query, const struct db_args *, db_rows_fn, void *ctx);
void db_pipeline_end(struct db_pipeline *, db_end_fn, void *ctx);

/* Hands out every result that has arrived. -1: the connection is gone, err says how. */
int db_pipeline_read(struct db_pipeline *, struct err *);

/* The connection is gone: every group in flight is told. */
void db_pipeline_abandon(struct db_pipeline *, const struct err *why);

/* Tells the groups that never left; those that come up meanwhile wait for the next call. */
void db_pipeline_tell_unsent(struct db_pipeline *);
