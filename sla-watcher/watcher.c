/* watcher.c - sla-watcher put together */
#include "sla-watcher/watcher.h"

#include <inttypes.h>
#include <unistd.h>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/io/service.h"
#include "sla-watcher/audit.h"
#include "sla-watcher/deadlines.h"
#include "sla-watcher/rounds.h"
#include "sla-watcher/seals.h"
#include "sql/sla_watcher_queries.h"

#define ELECTION_RETRY_MS 2000
#define STATS_FIRST_MS 1000
#define STATS_EVERY_MS 15000
#define DATABASE_ROLE "itsupport-sla-watcher"
#define BUS_ENDPOINT "sla-watcher"

static const struct setting settings[] = {
#define SETTING(...) CONF_ROW(struct watcher_conf, __VA_ARGS__)
#include "sla-watcher/settings.def"
};
const struct conf_schema watcher_settings = CONF_SCHEMA(settings);

enum election { ELECTION_OPEN, ELECTION_WON, ELECTION_LOST };

struct watcher {
    sd_event *loop;
    const struct watcher_conf *conf;
    struct db *db;
    struct bus_client *bus; /* the elected one's */
    struct deadlines *deadlines;
    struct seals *seals;
    struct audit *audit;
    struct rounds *rounds;
    sd_event_source *election_timer, *stats_timer;
    enum election election;
    bool lock_is_ours; /* of the answer being read */
    int64_t since_ms;
};

static void write_stats(struct watcher *);

static void set_timer(sd_event_source *timer, int64_t in_ms)
{
    sd_event_source_set_time_relative(timer, (uint64_t)in_ms * 1000);
    sd_event_source_set_enabled(timer, SD_EVENT_ONESHOT);
}

/* ---- the bus, while we are the active one ---- */

static void on_hint(void *ctx, const struct msg *hint)
{
    struct watcher *w = ctx;
    if (hint->type == MSG_deadlines_moved)
        deadlines_moved(w->deadlines, hint->body.deadlines_moved.earliest_at);
    else if (hint->type == MSG_domain_changed && str_eq(hint->body.domain_changed.what, "clock")) {
        deadlines_look(w->deadlines);
        rounds_clock_moved(w->rounds);
    }
}

static void tell_state(struct watcher *w)
{
    if (w->election == ELECTION_LOST)
        service_status("standby: another watcher is active");
    else if (w->election == ELECTION_OPEN)
        service_status("waiting for PostgreSQL");
    else if (bus_client_engines(w->bus) == 0)
        service_status("active, waiting for order-engine");
    else
        service_status("active");
}

static void on_engines(void *ctx, size_t engines)
{
    struct watcher *w = ctx;
    log_debug("engines=%zu", engines);
    if (w->bus != NULL)
        tell_state(w);
}

static int open_bus(struct watcher *w, struct err *err)
{
    w->bus = bus_client_new(w->loop,
                            &(struct bus_client_opts){.self = DAEMON_SLA_WATCHER,
                                                      .endpoint_name = BUS_ENDPOINT,
                                                      .dir = w->conf->bus_dir,
                                                      .on_hint = on_hint,
                                                      .on_engines = on_engines,
                                                      .ctx = w},
                            err);
    return w->bus != NULL ? 0 : -1;
}

/* ---- the election ---- */

static void become_active(struct watcher *w)
{
    struct err err;
    if (open_bus(w, &err) != 0) {
        log_error("cannot listen for engines: %s", err.text);
        service_fail(w->loop, 1);
        return;
    }
    w->election = ELECTION_WON;
    log_info("active");
    deadlines_begin(w->deadlines, w->bus);
    seals_begin(w->seals);
    audit_begin(w->audit, w->bus);
    rounds_begin(w->rounds, w->bus);
    tell_state(w);
    write_stats(w);
}

static void stand_by(struct watcher *w)
{
    if (w->election != ELECTION_LOST) {
        w->election = ELECTION_LOST;
        log_info("standing by, another watcher is active");
        tell_state(w);
        write_stats(w);
    }
    set_timer(w->election_timer, ELECTION_RETRY_MS);
}

/* Everything in flight is asked again by whoever is elected next, under the same ids. */
static void step_down(struct watcher *w)
{
    w->election = ELECTION_OPEN;
    rounds_end(w->rounds);
    audit_end(w->audit);
    seals_end(w->seals);
    deadlines_end(w->deadlines);
    bus_client_free(&w->bus);
}

static void on_lock(void *ctx, const struct db_result *row)
{
    struct watcher *w = ctx;
    w->lock_is_ours = db_bool(row, 0, 0);
}

static void on_lock_asked(void *ctx, const struct err *err)
{
    struct watcher *w = ctx;
    if (err != NULL)
        return; /* the session is lost: on_ready asks again */
    if (w->lock_is_ours)
        become_active(w);
    else
        stand_by(w);
}

static void ask_for_lock(struct watcher *w)
{
    w->lock_is_ours = false;
    db_call(w->db, Q_try_lock, NULL, on_lock, w);
    db_end(w->db, on_lock_asked, w);
}

static int on_election_timer(sd_event_source *source, uint64_t usec, void *ctx)
{
    struct watcher *w = ctx;
    (void)source, (void)usec;
    if (db_is_ready(w->db) && w->election != ELECTION_WON)
        ask_for_lock(w);
    return 0;
}

/* ---- the database ---- */

static void on_ready(void *ctx)
{
    log_info("database ready");
    ask_for_lock(ctx);
}

static void on_lost(void *ctx, const struct err *err)
{
    struct watcher *w = ctx;
    log_warn("database lost: %s, waiting for it", err->text);
    sd_event_source_set_enabled(w->election_timer, SD_EVENT_OFF);
    step_down(w);
    tell_state(w);
}

static void on_failed(void *ctx, const struct err *err)
{
    struct watcher *w = ctx;
    log_error("a query does not prepare: %s; was itsupportctl migrate run?", err->text);
    service_fail(w->loop, 1);
}

/* ---- statistics ---- */

static const char *state_word(const struct watcher *w)
{
    if (w->election != ELECTION_WON)
        return "standby";
    return bus_client_engines(w->bus) > 0 ? "active" : "waiting for order-engine";
}

static void on_stats_written(void *ctx, const struct err *err)
{
    (void)ctx;
    if (err != NULL)
        log_debug("statistics not written: %s, ignoring", err->text);
}

static void write_stats(struct watcher *w)
{
    struct deadlines_counters c = deadlines_counters(w->deadlines);
    scoped(buf_fini) struct buf json = {0};
    scoped(db_args_fini) struct db_args args = {0};
    if (!db_is_ready(w->db))
        return;
    buf_printf(&json,
               "{\"deadlines_reached\":%" PRId64 ",\"deadlines_moot\":%" PRId64
               ",\"deadlines_early\":%" PRId64 ",\"deadlines_failed\":%" PRId64
               ",\"in_flight\":%zu,\"lateness_last_ms\":%" PRId64 ",\"lateness_max_ms\":%" PRId64
               ",\"sealed\":%" PRId64,
               c.reached, c.moot, c.early, c.failed, c.in_flight, c.lateness_last_ms,
               c.lateness_max_ms, seals_count(w->seals));
    for (int concern = 0; concern < CONCERN_COUNT; concern++)
        buf_printf(&json, ",\"found_%s\":%" PRId64, concern_name((enum concern)concern),
                   audit_count(w->audit, (enum concern)concern));
    buf_add_char(&json, '}');
    db_arg_text(&args, w->conf->instance);
    db_arg_i64(&args, getpid());
    db_arg_text(&args, SUITE_VERSION);
    db_arg_i64(&args, w->since_ms);
    db_arg_text(&args, state_word(w));
    db_arg_text(&args, buf_text(&json));
    db_call(w->db, Q_save_process_stats, &args, NULL, NULL);
    db_end(w->db, on_stats_written, w);
}

static int on_stats_timer(sd_event_source *source, uint64_t usec, void *ctx)
{
    (void)usec;
    write_stats(ctx);
    set_timer(source, STATS_EVERY_MS);
    return 0;
}

void watcher_log_stats(const struct watcher *w)
{
    struct deadlines_counters c = deadlines_counters(w->deadlines);
    log_info("statistics reached=%" PRId64 " moot=%" PRId64 " early=%" PRId64 " failed=%" PRId64
             " in_flight=%zu lateness_max_ms=%" PRId64 " sealed=%" PRId64,
             c.reached, c.moot, c.early, c.failed, c.in_flight, c.lateness_max_ms,
             seals_count(w->seals));
}

/* ---- life ---- */

static sd_event_source *new_timer(struct watcher *w, sd_event_time_handler_t on_time)
{
    sd_event_source *timer = NULL;
    int rc = sd_event_add_time(w->loop, &timer, CLOCK_MONOTONIC, UINT64_MAX, 1, on_time, w);
    assert(rc >= 0);
    (void)rc;
    return timer;
}

struct watcher *watcher_new(sd_event *loop, const struct watcher_conf *conf)
{
    struct watcher *w = xcalloc(1, sizeof *w);
    w->loop = loop;
    w->conf = conf;
    w->since_ms = clock_now_ms();
    w->db = db_new(loop, &(struct db_opts){.url = conf->database_url,
                                           .user = DATABASE_ROLE,
                                           .application_name = "sla-watcher",
                                           .queries = sla_watcher_queries,
                                           .query_count = SLA_WATCHER_QUERY_COUNT,
                                           .on_ready = on_ready,
                                           .on_lost = on_lost,
                                           .on_failed = on_failed,
                                           .ctx = w});
    w->deadlines = deadlines_new(loop, w->db);
    w->seals = seals_new(loop, w->db);
    w->audit = audit_new(loop, w->db);
    w->rounds = rounds_new(loop, w->db);
    w->election_timer = new_timer(w, on_election_timer);
    w->stats_timer = new_timer(w, on_stats_timer);
    set_timer(w->stats_timer, STATS_FIRST_MS);
    tell_state(w);
    return w;
}

void watcher_free(struct watcher **ref)
{
    struct watcher *w = *ref;
    if (w == NULL)
        return;
    sd_event_source_disable_unref(w->stats_timer);
    sd_event_source_disable_unref(w->election_timer);
    step_down(w);
    db_free(&w->db);
    rounds_free(&w->rounds);
    audit_free(&w->audit);
    seals_free(&w->seals);
    deadlines_free(&w->deadlines);
    free(w);
    *ref = NULL;
}
