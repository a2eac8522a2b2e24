/* election.c - one question every two seconds until the answer is yes */
#include "bot-gateway/election.h"

#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/bot_gateway_queries.h"

struct election {
    struct db *db;
    sd_event_source *retry;
    struct election_opts opts;
    char *lock;
    enum election_state state;
    bool told_other; /* in this session */
    bool taken;      /* of the answer that is being read */
};

enum election_state election_state(const struct election *e)
{
    return e->state;
}

static void retry_later(struct election *e)
{
    sd_event_source_set_time_relative(e->retry, ELECTION_RETRY_MS * 1000);
    sd_event_source_set_enabled(e->retry, SD_EVENT_ONESHOT);
}

static void on_answer(void *ctx, const struct db_result *rows)
{
    struct election *e = ctx;
    e->taken = db_rows(rows) > 0 && db_bool(rows, 0, 0);
}

static void on_answered(void *ctx, const struct err *err)
{
    struct election *e = ctx;
    if (err) { /* the session is gone, or about to be: election_database_ready asks anew */
        retry_later(e);
        return;
    }
    if (e->taken) {
        e->state = ELECTION_WON;
        log_info("election won lock=%s", e->lock);
        e->opts.on_won(e->opts.ctx);
        return;
    }
    e->state = ELECTION_OTHER;
    retry_later(e);
    if (!e->told_other) {
        e->told_other = true;
        log_info("election lost to another gateway, standing by lock=%s", e->lock);
        if (e->opts.on_other) {
            e->opts.on_other(e->opts.ctx);
        }
    }
}

static void ask(struct election *e)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_text(&args, e->lock);
    e->taken = false;
    db_call(e->db, Q_try_session_lock, &args, on_answer, e);
    db_end(e->db, on_answered, e);
}

static int on_retry(sd_event_source *source, uint64_t usec, void *ctx)
{
    (void)source;
    (void)usec;
    struct election *e = ctx;
    if (db_is_ready(e->db) && e->state != ELECTION_WON) {
        ask(e);
    }
    return 0;
}

void election_database_ready(struct election *e)
{
    e->told_other = false;
    sd_event_source_set_enabled(e->retry, SD_EVENT_OFF);
    ask(e);
}

void election_database_lost(struct election *e)
{
    sd_event_source_set_enabled(e->retry, SD_EVENT_OFF);
    if (e->state != ELECTION_WON) {
        return;
    }
    e->state = ELECTION_OPEN;
    e->opts.on_lost(e->opts.ctx);
}

struct election *election_new(sd_event *loop, const struct election_opts *opts)
{
    struct election *e = xcalloc(1, sizeof(*e));
    e->db = opts->db;
    e->opts = *opts;
    e->lock = xstrdup(opts->lock);
    e->opts.lock = e->lock;
    int rc = sd_event_add_time_relative(loop, &e->retry, CLOCK_MONOTONIC, 0, 1, on_retry, e);
    assert(rc >= 0);
    (void)rc;
    sd_event_source_set_enabled(e->retry, SD_EVENT_OFF);
    return e;
}

void election_free(struct election **e)
{
    if (!*e) {
        return;
    }
    sd_event_source_disable_unref((*e)->retry);
    free((*e)->lock);
    free(*e);
    *e = NULL;
}
