/* stats.c - one upsert every 15 s */
#include "bot-gateway/stats.h"

#include <unistd.h>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/bot_gateway_queries.h"

struct stats {
    struct stats_opts opts;
    sd_event_source *timer;
    int64_t since_ms;
    bool writing, stale; /* stale: something has changed since what is being written */
};

static void on_written(void *ctx, const struct err *err)
{
    struct stats *s = ctx;
    s->writing = false;
    if (err) {
        log_debug("statistics are not written reason=\"%s\"", err->text);
    } else if (s->stale) {
        stats_write(s);
    }
}

void stats_write(struct stats *s)
{
    s->stale = s->writing;
    if (s->writing || !db_is_ready(s->opts.db)) {
        return;
    }
    scoped(db_args_fini) struct db_args args = {0};
    scoped(buf_fini) struct buf counters = {0};
    buf_add_char(&counters, '{');
    const char *state = s->opts.describe(s->opts.ctx, &counters);
    buf_add_char(&counters, '}');
    db_arg_text(&args, s->opts.instance);
    db_arg_i64(&args, getpid());
    db_arg_text(&args, SUITE_VERSION);
    db_arg_i64(&args, s->since_ms);
    db_arg_text(&args, state);
    db_arg_text(&args, buf_text(&counters));
    s->writing = true;
    db_call(s->opts.db, Q_upsert_stats, &args, NULL, NULL);
    db_end(s->opts.db, on_written, s);
}

static int on_timer(sd_event_source *source, uint64_t now_us, void *ctx)
{
    (void)now_us;
    struct stats *s = ctx;
    stats_write(s);
    sd_event_source_set_time_relative(source, STATS_EVERY_MS * 1000);
    sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
    return 0;
}

struct stats *stats_new(sd_event *loop, const struct stats_opts *opts)
{
    struct stats *s = xcalloc(1, sizeof(*s));
    s->opts = *opts;
    s->since_ms = clock_now_ms();
    int rc = sd_event_add_time_relative(loop, &s->timer, CLOCK_MONOTONIC, STATS_EVERY_MS * 1000, 1,
                                        on_timer, s);
    assert(rc >= 0);
    (void)rc;
    return s;
}

void stats_free(struct stats **s)
{
    if (!*s) {
        return;
    }
    sd_event_source_disable_unref((*s)->timer);
    free(*s);
    *s = NULL;
}
