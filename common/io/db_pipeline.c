/* db_pipeline.c - groups of queries through libpq's pipeline mode
 *
 * The server answers in the order of sending, so a ring of steps says whose result comes next.
 * libpq gives each query its result and then a NULL, each sync one PGRES_PIPELINE_SYNC and no NULL.
 * After an error the rest of the group comes back as PGRES_PIPELINE_ABORTED. Callbacks may build
 * new groups, so nothing here keeps a pointer into a ring across one.
 */
#include "common/io/db_pipeline.h"

/* ---- the rings ---- */

static void push(struct db_steps *ring, struct db_step step)
{
    if (ring->count == ring->cap) {
        size_t cap = ring->cap ? ring->cap * 2 : 64;
        struct db_step *steps = xcalloc(cap, sizeof *steps);
        for (size_t i = 0; i < ring->count; i++)
            steps[i] = ring->steps[(ring->first + i) & (ring->cap - 1)];
        free(ring->steps);
        *ring = (struct db_steps){.steps = steps, .count = ring->count, .cap = cap};
    }
    ring->steps[(ring->first + ring->count++) & (ring->cap - 1)] = step;
}

static struct db_step *first(struct db_steps *ring)
{
    return ring->count > 0 ? &ring->steps[ring->first] : NULL;
}

static struct db_step pop(struct db_steps *ring)
{
    assert(ring->count > 0);
    struct db_step step = ring->steps[ring->first];
    ring->first = (ring->first + 1) & (ring->cap - 1);
    ring->count--;
    return step;
}

/* ---- life ---- */

void db_pipeline_fini(struct db_pipeline *p)
{
    free(p->sent.steps);
    free(p->unsent.steps);
    buf_fini(&p->unescaped);
}

void db_pipeline_attach(struct db_pipeline *p, PGconn *conn)
{
    assert(p->sent.count == 0);
    p->conn = conn;
    p->ready = p->broken = p->stale = p->answered = p->failed = false;
}

/* ---- sending ---- */

static void give_up_sending(struct db_pipeline *p)
{
    p->broken = true;
    p->ready = false;
}

void db_pipeline_prepare(struct db_pipeline *p, size_t query_count, db_end_fn on_prepared,
                         void *ctx)
{
    for (size_t i = 0; i < query_count; i++) {
        const struct db_query *query = &p->queries[i];
        if (PQsendPrepare(p->conn, query->name, query->text, 0, NULL) == 0) {
            give_up_sending(p);
            return;
        }
        push(&p->sent, (struct db_step){.kind = DB_STEP_PREPARE, .query = (int)i});
    }
    if (PQpipelineSync(p->conn) == 0)
        give_up_sending(p);
    else
        push(&p->sent,
             (struct db_step){.kind = DB_STEP_PREPARED, .on_end = on_prepared, .ctx = ctx});
}

static void begin_group(struct db_pipeline *p)
{
    if (p->group == DB_GROUP_NONE) {
        p->group = p->ready ? DB_GROUP_SENDING : DB_GROUP_REFUSED;
        p->groups_open++;
    }
}

void db_pipeline_call(struct db_pipeline *p, int query, const struct db_args *args,
                      db_rows_fn on_rows, void *ctx)
{
    begin_group(p);
    if (p->group != DB_GROUP_SENDING)
        return;
    struct db_pg_params params;
    db_pg_params(args, &params);
    if (PQsendQueryPrepared(p->conn, p->queries[query].name, params.count, params.values,
                            params.lengths, params.formats, 0) == 0) {
        p->group = DB_GROUP_LOST;
        give_up_sending(p);
        return;
    }
    push(&p->sent,
         (struct db_step){.kind = DB_STEP_CALL, .query = query, .on_rows = on_rows, .ctx = ctx});
}

void db_pipeline_end(struct db_pipeline *p, db_end_fn on_end, void *ctx)
{
    struct db_step end = {.kind = DB_STEP_END, .on_end = on_end, .ctx = ctx};
    begin_group(p);
    if (p->group == DB_GROUP_SENDING && PQpipelineSync(p->conn) == 0) {
        p->group = DB_GROUP_LOST;
        give_up_sending(p);
    }
    if (p->group == DB_GROUP_SENDING) {
        push(&p->sent, end);
    } else {
        end.refusal = p->group == DB_GROUP_LOST ? ERR_UNCERTAIN : ERR_TRANSIENT;
        push(&p->unsent, end);
    }
    p->group = DB_GROUP_NONE;
}

/* ---- answers ---- */

static void tell_end(struct db_pipeline *p, struct db_step end, const struct err *err)
{
    if (end.kind == DB_STEP_END)
        p->groups_open--;
    if (end.on_end)
        end.on_end(end.ctx, err);
}

static void on_sync(struct db_pipeline *p)
{
    struct db_step end = pop(&p->sent);
    struct err err = p->err;
    bool failed = p->failed;
    assert(end.kind == DB_STEP_END || end.kind == DB_STEP_PREPARED);
    p->failed = false;
    if (!failed)
        p->sqlstate[0] = '\0';
    tell_end(p, end, failed ? &err : NULL);
}

static const char *step_name(const struct db_pipeline *p, const struct db_step *step)
{
    return step->kind == DB_STEP_CALL || step->kind == DB_STEP_PREPARE
               ? p->queries[step->query].name
               : "end of the group";
}

/* The first error of a group is its error; what follows is its echo */
static void on_error(struct db_pipeline *p, const struct db_step *step, const PGresult *pg)
{
    if (p->failed)
        return;
    p->failed = true;
    if (db_pg_result_err(pg, step_name(p, step), p->sqlstate, &p->err)) {
        p->stale = true;
        p->ready = false;
    }
}

static int on_result(struct db_pipeline *p, PGresult *pg, struct err *err)
{
    struct db_step step = *first(&p->sent);
    int status = (int)PQresultStatus(pg);
    if (status == PGRES_PIPELINE_SYNC) {
        on_sync(p);
        return 0;
    }
    p->answered = true;
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
        struct db_result result = {.pg = pg, .unescaped = &p->unescaped};
        if (step.kind == DB_STEP_CALL && step.on_rows && !p->failed)
            step.on_rows(step.ctx, &result);
    } else if (status == PGRES_FATAL_ERROR && !PQresultErrorField(pg, PG_DIAG_SQLSTATE)) {
        return db_pg_conn_err(p->conn, ERR_UNCERTAIN,
                              err); /* libpq's own words: the connection is gone */
    } else if (status != PGRES_PIPELINE_ABORTED) {
        on_error(p, &step, pg);
    }
    return 0;
}

int db_pipeline_read(struct db_pipeline *p, struct err *err)
{
    int rc = 0;
    int nulls = 0; /* the NULL after a query's result ends its step; two without a result: nothing
                      is there */
    p->inside = true;
    while (rc == 0 && nulls < 2 && p->sent.count > 0 && !PQisBusy(p->conn)) {
        PGresult *pg = PQgetResult(p->conn);
        if (pg) {
            nulls = 0;
            rc = on_result(p, pg, err);
            PQclear(pg);
        } else if (p->answered && first(&p->sent)->kind <= DB_STEP_CALL) {
            p->answered = false;
            pop(&p->sent);
        } else {
            nulls++;
        }
    }
    p->inside = false;
    return rc;
}

/* ---- losses ---- */

void db_pipeline_abandon(struct db_pipeline *p, const struct err *why)
{
    struct err uncertain = *why;
    uncertain.kind = ERR_UNCERTAIN;
    p->conn = NULL;
    p->ready = p->broken = p->stale = p->answered = false;
    if (p->group == DB_GROUP_SENDING)
        p->group = DB_GROUP_LOST;
    p->inside = true;
    while (p->sent.count > 0) {
        struct db_step step = pop(&p->sent);
        if (step.kind == DB_STEP_CALL || step.kind == DB_STEP_PREPARE)
            continue;
        struct err err =
            p->failed ? p->err : uncertain; /* what the server had said already stays true */
        if (!p->failed)
            p->sqlstate[0] = '\0';
        p->failed = false;
        tell_end(p, step, &err);
    }
    p->failed = false;
    p->inside = false;
}

void db_pipeline_tell_unsent(struct db_pipeline *p)
{
    p->inside = true;
    for (size_t left = p->unsent.count; left > 0; left--) {
        struct db_step end = pop(&p->unsent);
        struct err err;
        err_set(&err, end.refusal,
                end.refusal == ERR_UNCERTAIN ? "the connection to PostgreSQL was lost"
                                             : "no connection to PostgreSQL");
        p->sqlstate[0] = '\0';
        tell_end(p, end, &err);
    }
    p->inside = false;
}
