/* engine.c - the order-engine put together */
#include "order-engine/engine.h"

#include <inttypes.h>
#include <unistd.h>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/io/db.h"
#include "common/io/service.h"
#include "order-engine/batch.h"
#include "order-engine/commands.h"
#include "sql/order_engine_queries.h"

#define STATS_EVERY_MS 15000
#define ANSWERS_KEPT_MS (72 * HOUR_MS) /* longer than Telegram keeps updates */
#define DATABASE_ROLE "itsupport-order-engine"

static const struct setting settings[] = {
#define SETTING(...) CONF_ROW(struct engine_conf, __VA_ARGS__)
#include "order-engine/settings.def"
};
const struct conf_schema engine_settings = CONF_SCHEMA(settings);

struct engine {
    sd_event *loop;
    struct engine_opts opts;
    struct db *db;
    struct bus_engine *bus;
    struct batch *batch;
    sd_event_source *quiet; /* nothing more to read */
    sd_event_source *stats_timer;
    bool stats_due;
    int64_t since_ms;
    bool stopping;
    struct db_args args;
    struct buf scratch;
};

/* ---- statistics ---- */

static void write_stats(struct engine *e)
{
    struct batch_counters c = batch_counters(e->batch);
    buf_reset(&e->scratch);
    buf_printf(&e->scratch,
               "{\"commands\":%" PRId64 ",\"batches\":%" PRId64 ",\"refused\":%" PRId64
               ",\"repeated\":%" PRId64 ",\"failed\":%" PRId64 ",\"one_by_one\":%" PRId64
               ",\"clients\":%zu}",
               c.commands, c.batches, c.refused, c.repeated, c.failed, c.one_by_one,
               bus_engine_links(e->bus));
    db_arg_text(&e->args, e->opts.instance);
    db_arg_i64(&e->args, getpid());
    db_arg_text(&e->args, SUITE_VERSION);
    db_arg_i64(&e->args, e->since_ms);
    db_arg_text(&e->args, e->stopping ? "stopping" : "active");
    db_arg_text(&e->args, buf_text(&e->scratch));
    db_call(e->db, Q_upsert_stats, &e->args, NULL, NULL);
    db_args_reset(&e->args);
}

static void on_stats_written(void *ctx, const struct err *err)
{
    (void)ctx;
    if (err != NULL)
        log_debug("statistics not written: %s, ignoring", err->text);
}

/* Between batches only: the session is the batch's while one runs, and its transaction is not ours.
 */
static void write_stats_if_due(struct engine *e)
{
    if (!e->stats_due || !db_is_ready(e->db))
        return;
    e->stats_due = false;
    write_stats(e);
    db_arg_i64(&e->args, clock_now_ms() - ANSWERS_KEPT_MS);
    db_call(e->db, Q_delete_old_commands, &e->args, NULL, NULL);
    db_args_reset(&e->args);
    db_end(e->db, on_stats_written, e);
}

static int on_stats_timer(sd_event_source *source, uint64_t now_us, void *ctx)
{
    struct engine *e = ctx;
    e->stats_due = true;
    if (batch_is_idle(e->batch))
        write_stats_if_due(e);
    sd_event_source_set_time(source, now_us + STATS_EVERY_MS * 1000);
    return sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

/* ---- the bus ---- */

static void on_command(void *ctx, struct bus_origin origin, struct msg *command)
{
    struct engine *e = ctx;
    if (!command_actor_fits(origin.daemon, command->actor)) {
        log_warn("actor refused id=%s from=%s actor=\"%.60s\"", command->id,
                 daemon_name(origin.daemon), command->actor);
        bus_engine_answer(e->bus, origin, command->id,
                          &(struct msg_answer){.outcome = "input",
                                               .text = "this daemon may not speak for that actor"});
        msg_fini(command);
        return;
    }
    struct job *job = job_new(command);
    job->origin = origin;
    batch_push(e->batch, job);
}

static int on_quiet(sd_event_source *source, void *ctx)
{
    struct engine *e = ctx;
    (void)source;
    batch_poke(e->batch);
    return 0;
}

/* Commands come in bursts: the batch begins when the socket has nothing more to read at this very
 * moment, not with the first few of a burst. Nobody waits: the loop only looks at the socket before
 * it looks at this. */
static void on_drained(void *ctx)
{
    struct engine *e = ctx;
    if (batch_is_full(e->batch))
        batch_poke(e->batch);
    else
        sd_event_source_set_enabled(e->quiet, SD_EVENT_ONESHOT);
}

static void stop_if_idle(struct engine *e)
{
    if (e->stopping && batch_is_idle(e->batch))
        service_stopped(e->loop);
}

static void on_answer(void *ctx, struct job *job)
{
    struct engine *e = ctx;
    if (job->on_answer != NULL)
        job->on_answer(job->ctx, &job->answer);
    else
        bus_engine_answer(e->bus, job->origin, job->msg.id, &job->answer);
}

static void on_done(void *ctx, const struct batch_done *done)
{
    struct engine *e = ctx;
    if (done->notices > 0)
        bus_engine_hint(e->bus, &(struct msg){.type = MSG_notices_wait});
    if (done->earliest_deadline != 0)
        bus_engine_hint(e->bus, &(struct msg){
                                    .type = MSG_deadlines_moved,
                                    .body.deadlines_moved = {.earliest_at = done->earliest_deadline,
                                                             .has_earliest_at = true}
        });
    if (done->changed != NULL)
        bus_engine_hint(e->bus, &(struct msg){.type = MSG_domain_changed,
                                              .body.domain_changed = {.what = done->changed}});
    write_stats_if_due(e);
    stop_if_idle(e);
}

/* ---- the database ---- */

static void on_ready(void *ctx)
{
    struct engine *e = ctx;
    log_info("database ready");
    service_status("serving");
    bus_engine_set_ready(e->bus, true);
    batch_forget(e->batch);
    batch_poke(e->batch);
}

static void on_lost(void *ctx, const struct err *err)
{
    struct engine *e = ctx;
    log_warn("database lost: %s, waiting for it", err->text);
    service_status("waiting for PostgreSQL: %s", err->text);
    bus_engine_set_ready(e->bus, false);
    stop_if_idle(e);
}

static void on_failed(void *ctx, const struct err *err)
{
    struct engine *e = ctx;
    log_error("a query does not prepare: %s; was itsupportctl migrate run?", err->text);
    service_fail(e->loop, 1);
}

void engine_log_stats(const struct engine *e)
{
    struct batch_counters c = batch_counters(e->batch);
    log_info("statistics commands=%" PRId64 " batches=%" PRId64 " refused=%" PRId64
             " repeated=%" PRId64 " failed=%" PRId64,
             c.commands, c.batches, c.refused, c.repeated, c.failed);
}

/* ---- life ---- */

static int open_bus(struct engine *e, struct err *err)
{
    e->bus = bus_engine_new(e->loop,
                            &(struct bus_engine_opts){
                                .dir = e->opts.bus_dir,
                                .hints_only = e->opts.for_one_command,
                                .on_command = on_command,
                                .on_batch = on_drained,
                                .ctx = e,
                            },
                            err);
    return e->bus != NULL ? 0 : -1;
}

struct engine *engine_new(sd_event *loop, const struct engine_opts *opts, struct err *err)
{
    struct engine *e = xcalloc(1, sizeof *e);
    e->loop = loop;
    e->opts = *opts;
    e->since_ms = clock_now_ms();
    if (commands_check(err) != 0 || open_bus(e, err) != 0) {
        engine_free(&e);
        return NULL;
    }
    bus_engine_set_ready(e->bus, false);
    sd_event_add_defer(loop, &e->quiet, on_quiet, e);
    sd_event_source_set_priority(e->quiet, SD_EVENT_PRIORITY_IDLE);
    sd_event_source_set_enabled(e->quiet, SD_EVENT_OFF);
    e->db = db_new(loop, &(struct db_opts){
                             .url = opts->database_url,
                             .user = DATABASE_ROLE,
                             .application_name = "order-engine",
                             .queries = order_engine_queries,
                             .query_count = ORDER_ENGINE_QUERY_COUNT,
                             .on_ready = on_ready,
                             .on_lost = on_lost,
                             .on_failed = on_failed,
                             .ctx = e,
                         });
    e->batch = batch_new(
        &(struct batch_opts){.db = e->db, .on_answer = on_answer, .on_done = on_done, .ctx = e});
    if (!opts->for_one_command)
        sd_event_add_time_relative(loop, &e->stats_timer, CLOCK_MONOTONIC, 1000 * 1000, 1,
                                   on_stats_timer, e);
    return e;
}

void engine_free(struct engine **p)
{
    struct engine *e = *p;
    if (e == NULL)
        return;
    sd_event_source_disable_unref(e->stats_timer);
    sd_event_source_disable_unref(e->quiet);
    db_free(&e->db);
    batch_free(&e->batch);
    bus_engine_free(&e->bus);
    db_args_fini(&e->args);
    buf_fini(&e->scratch);
    free(e);
    *p = NULL;
}

void engine_stop(struct engine *e)
{
    e->stopping = true;
    bus_engine_bye(e->bus);
    stop_if_idle(e);
}

void engine_submit(struct engine *e, struct msg *command, engine_answer_fn on_done_fn, void *ctx)
{
    struct job *job = job_new(command);
    job->on_answer = on_done_fn;
    job->ctx = ctx;
    batch_push(e->batch, job);
    batch_poke(e->batch);
}

bool engine_is_ready(const struct engine *e)
{
    return db_is_ready(e->db);
}
