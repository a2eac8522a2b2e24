/* admin.c - the daemon put together: start and stop mirror each other */
#include "admin-web/admin.h"

#include <sodium.h>

#include "admin-web/server.h"
#include "admin-web/stats.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/io/service.h"
#include "sql/admin_web_queries.h"

#define ROLE "itsupport-admin-web"
/* a bit less than a worker's: that no engine is there is known before it gives up */
#define BUS_PATIENCE_MS (COURIER_PATIENCE_MS - SECOND_MS)
#define STOP_LOOK_MS 100 /* how often a stopping daemon looks whether the last answers are out */

static const struct setting settings[] = {
#define SETTING(...) CONF_ROW(struct admin_conf, __VA_ARGS__)
#include "admin-web/settings.def"
};
const struct conf_schema admin_settings = CONF_SCHEMA(settings);

const char *const counter_names[COUNTER_COUNT] = {
#define COUNTER(name, ...) #name,
    COUNTERS(COUNTER)
#undef COUNTER
};

static void tell_status(struct admin *admin)
{
    size_t engines = admin->engines;
    service_status("database %s, %zu order-engine%s", db_is_ready(admin->db) ? "ready" : "away",
                   engines, engines == 1 ? "" : "s");
}

static void on_db_ready(void *ctx)
{
    struct admin *admin = ctx;
    log_info("database ready");
    stats_save(admin->stats);
    tell_status(admin);
}

static void on_db_lost(void *ctx, const struct err *err)
{
    log_warn("database lost text=\"%s\", connecting again", err->text);
    tell_status(ctx);
}

/* A statement that does not prepare ends the process loudly: the schema is older than the program.
 */
static void on_db_failed(void *ctx, const struct err *err)
{
    struct admin *admin = ctx;
    log_error("database refuses a statement text=\"%s\"", err->text);
    service_fail(admin->loop, 1);
}

static void on_engines(void *ctx, size_t engines)
{
    struct admin *admin = ctx;
    admin->engines = engines;
    stats_save(admin->stats);
    tell_status(admin);
}

static int start_bus(struct admin *admin, struct err *err)
{
    admin->bus = bus_client_new(admin->loop,
                                &(struct bus_client_opts){
                                    .self = DAEMON_ADMIN_WEB,
                                    .endpoint_name = "admin-web",
                                    .dir = admin->conf.bus_dir,
                                    .patience_ms = BUS_PATIENCE_MS,
                                    .on_engines = on_engines,
                                    .ctx = admin,
                                },
                                err);
    if (!admin->bus) {
        return -1;
    }
    admin->courier = courier_new(admin->loop, admin->bus, err);
    return admin->courier ? 0 : -1;
}

int admin_start(void *ctx, sd_event *loop, struct err *err)
{
    struct admin *admin = ctx;
    if (server_check_listen(admin->conf.listen, err) < 0) {
        return -1;
    }
    if (sodium_init() < 0) {
        return err_set(err, ERR_INTERNAL, "libsodium does not start");
    }
    admin->loop = loop;
    admin->since_ms = clock_now_ms();
    pthread_mutex_init(&admin->throttle_lock, NULL);
    pthread_mutex_init(&admin->status_lock, NULL);

    struct db_opts db = {
        .url = admin->conf.database_url,
        .user = ROLE,
        .application_name = "admin-web",
        .queries = admin_web_queries,
        .query_count = ADMIN_WEB_QUERY_COUNT,
        .on_ready = on_db_ready,
        .on_lost = on_db_lost,
        .on_failed = on_db_failed,
        .ctx = admin,
    };
    admin->db = db_new(loop, &db);
    admin->stats = stats_new(admin);
    admin->pool = pool_new(&db, (size_t)admin->conf.sessions);
    if (start_bus(admin, err) < 0) {
        return -1;
    }
    admin->server = server_new(admin, err);
    if (!admin->server) {
        return -1;
    }
    log_info("listening on http://%s", admin->conf.listen);
    return 0;
}

static int on_stop_look(sd_event_source *timer, uint64_t usec, void *ctx)
{
    struct admin *admin = ctx;
    if (courier_waiting(admin->courier) == 0) {
        service_stopped(admin->loop);
        return 0;
    }
    sd_event_source_set_time(timer, usec + STOP_LOOK_MS * 1000);
    return sd_event_source_set_enabled(timer, SD_EVENT_ONESHOT);
}

/* New commands are refused with 503; those under way get their answer. */
void admin_stop(void *ctx)
{
    struct admin *admin = ctx;
    courier_close(admin->courier);
    if (sd_event_add_time_relative(admin->loop, NULL, CLOCK_MONOTONIC, 0, 1, on_stop_look, admin) <
        0) {
        service_stopped(admin->loop);
    }
}

/* The courier is closed and the bus freed before the threads are waited for: none of them may wait
 * for this one. */
void admin_fini(void *ctx)
{
    struct admin *admin = ctx;
    if (admin->courier) {
        courier_close(admin->courier);
    }
    bus_client_free(&admin->bus);
    server_free(&admin->server);
    courier_free(&admin->courier);
    pool_free(&admin->pool);
    stats_free(&admin->stats);
    db_free(&admin->db);
    buf_fini(&admin->status);
}
