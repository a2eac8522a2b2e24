/* db.c - the life of a connection to PostgreSQL in the event loop: connecting, preparing, ready,
 * lost, again */
#include "common/io/db.h"

#include <sys/epoll.h>

#include "common/io/db_pipeline.h"

#define BACKOFF_MIN_MS 100
#define BACKOFF_MAX_MS 5000
#define CONNECT_TIMEOUT_MS 20000 /* all hosts of the url together, preparing included */

enum db_state { DB_DOWN, DB_CONNECTING, DB_PREPARING, DB_READY };

struct db {
    sd_event *loop;
    struct db_opts opts;
    enum db_state state;
    PGconn *conn;
    struct db_pipeline pipeline;
    sd_event_source *io;
    uint32_t watched;       /* what io waits for */
    sd_event_source *timer; /* DOWN: connect now; CONNECTING, PREPARING: it takes too long */
    sd_event_source *soon;  /* what cannot be done inside db_call and db_end */
    int64_t backoff_ms;
    bool told_lost; /* one on_lost per outage */
    bool failed;    /* the schema does not fit: on_failed has been called for this connection */
};

static void lost(struct db *db, const struct err *why);

/* Fails only without memory or descriptors, and then a supervisor's restart is the remedy */
static void must(int rc)
{
    assert(rc >= 0);
}

static void set_timer(struct db *db, int64_t ms)
{
    must(sd_event_source_set_time_relative(db->timer, (uint64_t)ms * 1000));
    must(sd_event_source_set_enabled(db->timer, SD_EVENT_ONESHOT));
}

/* Writability is asked for only while libpq holds unsent bytes: it is nearly always given and would
 * wake us for nothing */
static void flush(struct db *db)
{
    int left = PQflush(db->conn);
    if (left < 0)
        db->pipeline.broken = true;
    uint32_t wanted = left > 0 ? EPOLLIN | EPOLLOUT : EPOLLIN;
    if (wanted != db->watched)
        must(sd_event_source_set_io_events(db->io, wanted));
    db->watched = wanted;
}

static void look_again_soon(struct db *db)
{
    if (db->pipeline.broken || db->pipeline.unsent.count > 0)
        must(sd_event_source_set_enabled(db->soon, SD_EVENT_ONESHOT));
}

/* ---- preparing and working ---- */

static void on_prepared(void *ctx, const struct err *err)
{
    struct db *db = ctx;
    if (!err) {
        db->state = DB_READY;
        db->backoff_ms = BACKOFF_MIN_MS;
        db->told_lost = false;
        db->pipeline.ready = true;
        must(sd_event_source_set_enabled(db->timer, SD_EVENT_OFF));
        if (db->opts.on_ready)
            db->opts.on_ready(db->opts.ctx);
        return;
    }
    db->pipeline.broken = true;
    if (err->kind == ERR_INTERNAL) {
        db->failed = true;
        if (db->opts.on_failed)
            db->opts.on_failed(db->opts.ctx, err);
    }
}

static void start_preparing(struct db *db)
{
    db->state = DB_PREPARING;
    db->failed = false;
    PQsetnonblocking(db->conn, 1);
    db_pipeline_attach(&db->pipeline, db->conn);
    if (PQenterPipelineMode(db->conn) == 0)
        db->pipeline.broken = true;
    else
        db_pipeline_prepare(&db->pipeline, db->opts.query_count, on_prepared, db);
    flush(db);
    look_again_soon(db);
}

static bool is_useless(const struct db_pipeline *p)
{
    return p->broken || (p->stale && p->sent.count == 0 && p->group != DB_GROUP_SENDING);
}

static void tell_why(const struct db *db, struct err *err)
{
    if (db->pipeline.stale)
        *err = db->pipeline.err;
    else
        db_pg_conn_err(db->conn, ERR_UNCERTAIN, err);
}

static void exchange(struct db *db)
{
    struct err err;
    bool alive = PQconsumeInput(db->conn) == 1;
    /* also when the connection ends: what the server said before it went is still to be read */
    if (db_pipeline_read(&db->pipeline, &err) < 0) {
        lost(db, &err);
    } else if (!alive || PQstatus(db->conn) == CONNECTION_BAD || is_useless(&db->pipeline)) {
        tell_why(db, &err);
        lost(db, &err);
    } else {
        flush(db);
    }
    look_again_soon(db);
}

/* ---- connecting ---- */

static int on_io(sd_event_source *source, int fd, uint32_t revents, void *ctx);

/* The socket may be another one after each step (next host, next address), so the watch is made
 * anew */
static void watch(struct db *db, uint32_t events)
{
    db->io = sd_event_source_disable_unref(db->io);
    db->watched = events;
    must(sd_event_add_io(db->loop, &db->io, PQsocket(db->conn), events, on_io, db));
    (void)sd_event_source_set_description(db->io, "postgresql");
}

static void connect_step(struct db *db)
{
    struct err err;
    db->io = sd_event_source_disable_unref(db->io);
    switch (PQconnectPoll(db->conn)) {
    case PGRES_POLLING_READING:
        watch(db, EPOLLIN);
        break;
    case PGRES_POLLING_OK:
        watch(db, EPOLLIN);
        start_preparing(db);
        break;
    case PGRES_POLLING_FAILED:
        db_pg_conn_err(db->conn, ERR_TRANSIENT, &err);
        lost(db, &err);
        break;
    case PGRES_POLLING_WRITING:
    case PGRES_POLLING_ACTIVE:
    default:
        watch(db, EPOLLOUT);
        break;
    }
}

static int on_io(sd_event_source *source, int fd, uint32_t revents, void *ctx)
{
    struct db *db = ctx;
    (void)source, (void)fd, (void)revents;
    if (db->state == DB_CONNECTING)
        connect_step(db);
    else
        exchange(db);
    return 0;
}

static void ignore_notice(void *ctx, const PGresult *notice)
{
    (void)ctx, (void)notice;
}

static void start_connecting(struct db *db)
{
    const char *keywords[DB_PG_KEYWORDS], *values[DB_PG_KEYWORDS];
    db_pg_connect_words(&db->opts, keywords, values);
    db->conn = PQconnectStartParams(keywords, values, 1);
    assert(db->conn);
    PQsetNoticeReceiver(db->conn, ignore_notice, NULL);
    db->state = DB_CONNECTING;
    set_timer(db, CONNECT_TIMEOUT_MS);
    if (PQstatus(db->conn) == CONNECTION_BAD) {
        struct err err;
        db_pg_conn_err(db->conn, ERR_TRANSIENT, &err);
        lost(db, &err);
    } else {
        watch(db, EPOLLOUT);
    }
}

/* ---- losing ---- */

/* Decorrelated jitter: many processes that lost the same server do not come back in step */
static int64_t next_backoff_ms(int64_t last_ms)
{
    uint32_t spread = (uint32_t)(last_ms * 3 - BACKOFF_MIN_MS + 1);
    return min_i64(BACKOFF_MAX_MS, BACKOFF_MIN_MS + (int64_t)arc4random_uniform(spread));
}

static void drop_connection(struct db *db, const struct err *why)
{
    db->state = DB_DOWN;
    db->io = sd_event_source_disable_unref(db->io);
    db_pipeline_abandon(&db->pipeline, why);
    PQfinish(db->conn);
    db->conn = NULL;
}

static void lost(struct db *db, const struct err *why)
{
    drop_connection(db, why);
    db->backoff_ms = db->failed ? BACKOFF_MAX_MS : next_backoff_ms(db->backoff_ms);
    set_timer(db, db->backoff_ms);
    if (!db->told_lost && !db->failed && db->opts.on_lost)
        db->opts.on_lost(db->opts.ctx, why);
    db->told_lost = true;
    look_again_soon(db);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *ctx)
{
    struct db *db = ctx;
    struct err err;
    (void)source, (void)usec;
    if (db->state == DB_DOWN) {
        start_connecting(db);
    } else {
        err_set(&err, ERR_TRANSIENT, "PostgreSQL did not answer within %d s",
                CONNECT_TIMEOUT_MS / 1000);
        lost(db, &err);
    }
    return 0;
}

static int on_soon(sd_event_source *source, void *ctx)
{
    struct db *db = ctx;
    struct err err;
    (void)source;
    if (db->pipeline.broken) {
        tell_why(db, &err);
        lost(db, &err);
    }
    db_pipeline_tell_unsent(&db->pipeline);
    look_again_soon(db);
    return 0;
}

/* ---- the public face ---- */

struct db *db_new(sd_event *loop, const struct db_opts *opts)
{
    struct db *db = xcalloc(1, sizeof *db);
    db->loop = sd_event_ref(loop);
    db->opts = *opts;
    db->pipeline.queries = opts->queries;
    db->backoff_ms = BACKOFF_MIN_MS;
    must(sd_event_add_defer(loop, &db->soon, on_soon, db));
    must(sd_event_source_set_enabled(db->soon, SD_EVENT_OFF));
    must(sd_event_add_time_relative(loop, &db->timer, CLOCK_MONOTONIC, 0, 1000, on_timer, db));
    return db;
}

void db_free(struct db **ref)
{
    struct db *db = *ref;
    if (!db)
        return;
    assert(!db->pipeline.inside); /* not from one of its own callbacks */
    struct err err;
    err_set(&err, ERR_UNCERTAIN, "this program is stopping");
    drop_connection(db, &err);
    db_pipeline_tell_unsent(&db->pipeline); /* once: who tries again from there is not told again */
    sd_event_source_disable_unref(db->soon);
    sd_event_source_disable_unref(db->timer);
    sd_event_unref(db->loop);
    db_pipeline_fini(&db->pipeline);
    free(db);
    *ref = NULL;
}

bool db_is_ready(const struct db *db)
{
    return db->pipeline.ready;
}

size_t db_groups_open(const struct db *db)
{
    return db->pipeline.groups_open;
}

void db_call(struct db *db, int query, const struct db_args *args, db_rows_fn on_rows, void *ctx)
{
    assert(query >= 0 && (size_t)query < db->opts.query_count);
    db_pipeline_call(&db->pipeline, query, args, on_rows, ctx);
    look_again_soon(db);
}

void db_end(struct db *db, db_end_fn on_end, void *ctx)
{
    db_pipeline_end(&db->pipeline, on_end, ctx);
    if (db->pipeline.conn && !db->pipeline.inside) /* inside, exchange() does it for all at once */
        flush(db);
    look_again_soon(db);
}

const char *db_last_sqlstate(const struct db *db)
{
    return db->pipeline.sqlstate;
}
