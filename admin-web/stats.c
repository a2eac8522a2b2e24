/* stats.c - admin-web's own row of process_stats */
#include "admin-web/stats.h"

#include <unistd.h>

#include "admin-web/admin.h"
#include "admin-web/json.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/admin_web_queries.h"

struct stats {
    struct admin *admin;
    sd_event_source *timer;
};

static int on_timer(sd_event_source *timer, uint64_t usec, void *ctx)
{
    stats_save(ctx);
    sd_event_source_set_time(timer, usec + STATS_EVERY_MS * 1000);
    return sd_event_source_set_enabled(timer, SD_EVENT_ONESHOT);
}

struct stats *stats_new(struct admin *admin)
{
    struct stats *stats = xcalloc(1, sizeof(*stats));
    stats->admin = admin;
    int added = sd_event_add_time_relative(admin->loop, &stats->timer, CLOCK_MONOTONIC,
                                           STATS_EVERY_MS * 1000, 1, on_timer, stats);
    assert(added >= 0);
    return stats;
}

void stats_free(struct stats **stats)
{
    if (*stats) {
        sd_event_source_disable_unref((*stats)->timer);
    }
    free(*stats);
    *stats = NULL;
}

static void on_saved(void *ctx, const struct err *err)
{
    (void)ctx;
    if (err) {
        log_warn("own figures not saved text=\"%s\"", err->text);
    }
}

void stats_save(struct stats *stats)
{
    struct admin *admin = stats->admin;
    if (!db_is_ready(admin->db)) {
        return;
    }
    scoped(buf_fini) struct buf counters = {0};
    struct json j = {.into = &counters};
    json_object(&j, NULL);
    for (size_t i = 0; i < COUNTER_COUNT; i++) {
        json_i64(&j, counter_names[i], admin->counters[i]);
    }
    json_end(&j);

    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, getpid());
    db_arg_text(&args, SUITE_VERSION);
    db_arg_i64(&args, admin->since_ms - clock_offset_ms());
    db_arg_text(&args, admin->engines > 0 ? "active" : "waiting for order-engine");
    db_arg_text(&args, buf_text(&counters));
    db_call(admin->db, Q_save_process_stats, &args, NULL, NULL);
    db_end(admin->db, on_saved, NULL);
}
