/* deadlines.c - passing time into commands */
#include "sla-watcher/deadlines.h"

#include <inttypes.h>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "sla-watcher/deadline_queue.h"
#include "sql/sla_watcher_queries.h"

#define LOOK_EVERY_MS 5000    /* by itself: a hint may be lost */
#define LOOK_AHEAD_MS 15000   /* rows due so soon are read ahead: more than one such pause */
#define LOOK_AGAIN_MS 1000    /* after one that failed, or an engine whose clock is behind */
#define EARLY_AGAIN_MS 10     /* after a deadline that was a rounded millisecond too early */
#define CLOCK_JUMP_US 1000000 /* the test clock has moved: what was read ahead is of the past */
#define COMMAND_ID_BYTES 32

struct deadlines {
    sd_event *loop;
    struct db *db;
    struct bus_client *bus; /* NULL: we are not the active one */
    sd_event_source *timer;
    struct deadline_queue queue;
    int64_t ahead_us; /* the installation's time minus our monotonic clock, never too much: nothing
                         is sent early */
    int64_t look_at;  /* monotonic, ms */
    int64_t until;    /* of the look under way */
    bool looking, look_again;
    struct deadlines_counters counters;
};

struct flight { /* one command asked */
    struct deadlines *deadlines;
    struct deadline row;
};

static void plan(struct deadlines *);

static int64_t now_of(const struct deadlines *d)
{
    return (clock_mono_us() + d->ahead_us) / 1000;
}

/* ---- looking ---- */

static void on_clock(void *ctx, const struct db_result *row)
{
    struct deadlines *d = ctx;
    int64_t ahead_us = db_i64(row, 0, 0) - clock_mono_us();
    int64_t jump = ahead_us - d->ahead_us;
    d->look_again |= jump > CLOCK_JUMP_US || jump < -CLOCK_JUMP_US;
    d->ahead_us = ahead_us;
}

static void on_rows(void *ctx, const struct db_result *rows)
{
    struct deadlines *d = ctx;
    if (d->bus == NULL)
        return;
    deadline_queue_begin_rows(&d->queue);
    for (int i = 0; i < db_rows(rows); i++)
        deadline_queue_add(&d->queue, &(struct deadline){.id = db_i64(rows, i, 0),
                                                         .order_id = db_i64(rows, i, 1),
                                                         .due_at = db_i64(rows, i, 2),
                                                         .alert_id = db_i64(rows, i, 3),
                                                         .account_id = db_i64(rows, i, 4)});
}

static void on_looked(void *ctx, const struct err *err)
{
    struct deadlines *d = ctx;
    d->looking = false;
    if (d->bus == NULL)
        return;
    d->look_at = clock_mono_ms() + (err == NULL ? LOOK_EVERY_MS : LOOK_AGAIN_MS);
    if (err != NULL) {
        deadline_queue_fail_look(&d->queue);
        log_warn("looking for deadlines failed: %s, again in a moment", err->text);
    } else {
        deadline_queue_end_look(&d->queue, d->until);
    }
    if (d->look_again && err == NULL)
        deadlines_look(d);
    else
        plan(d);
}

/* The clock is asked by itself, when nothing is left to do with the rows: the longer its answer
 * lies about, the later everything is. */
static void on_rows_read(void *ctx, const struct err *err)
{
    struct deadlines *d = ctx;
    if (err != NULL || d->bus == NULL) {
        on_looked(d, err);
        return;
    }
    db_call(d->db, Q_read_clock, NULL, on_clock, d);
    db_end(d->db, on_looked, d);
}

void deadlines_look(struct deadlines *d)
{
    scoped(db_args_fini) struct db_args args = {0};
    if (d->bus == NULL)
        return;
    if (d->looking) {
        d->look_again = true;
        return;
    }
    d->looking = true;
    d->look_again = false;
    d->until = now_of(d) + LOOK_AHEAD_MS;
    db_arg_i64(&args, d->until);
    db_arg_i64(&args, (int64_t)deadline_queue_begin_look(&d->queue));
    db_call(d->db, Q_read_deadlines, &args, on_rows, d);
    db_end(d->db, on_rows_read, d);
}

void deadlines_moved(struct deadlines *d, int64_t earliest_at)
{
    if (earliest_at == 0 || deadline_queue_covers(&d->queue, earliest_at))
        deadlines_look(d);
}

/* ---- sending ---- */

static void on_answer(void *ctx, const struct msg_answer *answer, const struct err *err)
{
    struct flight *flight = ctx;
    struct deadlines *d = flight->deadlines;
    int64_t id = flight->row.id, order_id = flight->row.order_id;
    free(flight);
    deadline_queue_answer(&d->queue, id);
    if (err != NULL) { /* we are no longer the active one, or the answer cannot be read */
        log_debug("deadline unanswered id=sla:%" PRId64 " order=%" PRId64 ": %s", id, order_id,
                  err->text);
        return;
    }
    log_debug("deadline answered id=sla:%" PRId64 " order=%" PRId64 " outcome=%s", id, order_id,
              answer->outcome);
    if (str_eq(answer->outcome, "ok")) {
        d->counters.reached++;
    } else if (str_eq(answer->outcome, "refused")) {
        d->counters.moot++;
    } else if (str_eq(answer->outcome, "input")) {
        d->counters.early++;
        d->look_at = min_i64(d->look_at, clock_mono_ms() + EARLY_AGAIN_MS);
    } else {
        d->counters.failed++;
        log_warn("deadline failed id=sla:%" PRId64 " order=%" PRId64 ": %s, trying again", id,
                 order_id, answer->text != NULL ? answer->text : "no reason given");
    }
    plan(d);
}

static void send(struct deadlines *d, const struct deadline *row, int64_t now)
{
    struct flight *flight = xcalloc(1, sizeof *flight);
    *flight = (struct flight){.deadlines = d, .row = *row};
    char id[COMMAND_ID_BYTES];
    snprintf(id, sizeof id, "sla:%" PRId64, row->id);
    d->counters.lateness_last_ms = now - row->due_at;
    d->counters.lateness_max_ms =
        max_i64(d->counters.lateness_max_ms, d->counters.lateness_last_ms);
    bus_client_ask(d->bus,
                   &(struct msg){
                       .type = MSG_deadline_reached,
                       .id = id,
                       .actor = "system",
                       .at = clock_now_ms(),
                       .body.deadline_reached = {.deadline_id = row->id,
                                                 .has_deadline_id = true,
                                                 .order_id = row->order_id,
                                                 .has_order_id = row->order_id != 0,
                                                 .alert_id = row->alert_id,
                                                 .has_alert_id = row->alert_id != 0,
                                                 .account_id = row->account_id,
                                                 .has_account_id = row->account_id != 0}
    },
                   on_answer, flight);
}

/* ---- sleeping ---- */

/* Sends what is due, then sleeps until the next deadline or the next look. */
static void plan(struct deadlines *d)
{
    struct deadline row;
    if (d->bus == NULL)
        return;
    for (int64_t now = now_of(d); deadline_queue_pop(&d->queue, now, &row);)
        send(d, &row, now);
    int64_t next_at = deadline_queue_next_at(&d->queue);
    int64_t wake_us = d->looking ? INT64_MAX : d->look_at * 1000;
    if (deadline_queue_is_exhausted(&d->queue) && !d->looking)
        wake_us = 0;
    if (next_at != INT64_MAX)
        wake_us = min_i64(wake_us, next_at * 1000 - d->ahead_us);
    sd_event_source_set_time(d->timer,
                             wake_us == INT64_MAX ? UINT64_MAX : (uint64_t)max_i64(wake_us, 0));
    sd_event_source_set_enabled(d->timer, SD_EVENT_ONESHOT);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *ctx)
{
    struct deadlines *d = ctx;
    (void)source, (void)usec;
    if (d->bus == NULL)
        return 0;
    if (!d->looking && (clock_mono_ms() >= d->look_at || deadline_queue_is_exhausted(&d->queue)))
        deadlines_look(d);
    plan(d);
    return 0;
}

/* ---- life ---- */

struct deadlines *deadlines_new(sd_event *loop, struct db *db)
{
    struct deadlines *d = xcalloc(1, sizeof *d);
    d->loop = loop;
    d->db = db;
    d->ahead_us = clock_now_ms() * 1000 - clock_mono_us();
    int rc = sd_event_add_time(loop, &d->timer, CLOCK_MONOTONIC, UINT64_MAX, 1, on_timer, d);
    assert(rc >= 0);
    (void)rc;
    return d;
}

void deadlines_free(struct deadlines **ref)
{
    if (*ref == NULL)
        return;
    sd_event_source_disable_unref((*ref)->timer);
    free(*ref);
    *ref = NULL;
}

void deadlines_begin(struct deadlines *d, struct bus_client *bus)
{
    d->bus = bus;
    d->look_at = 0;
    deadlines_look(d);
}

void deadlines_end(struct deadlines *d)
{
    d->bus = NULL;
    deadline_queue_reset(&d->queue);
    sd_event_source_set_enabled(d->timer, SD_EVENT_OFF);
}

struct deadlines_counters deadlines_counters(const struct deadlines *d)
{
    struct deadlines_counters c = d->counters;
    c.in_flight = d->queue.in_flight_count;
    return c;
}
