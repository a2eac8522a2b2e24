/* intake.c - the shell around chats and inbox: hands turns over, sets aside, confirms */
#include "bot-gateway/intake/intake.h"

#include "bot-gateway/intake/chats.h"
#include "bot-gateway/intake/inbox.h"
#include "common/base/clock.h"
#include "common/base/log.h"

struct intake {
    struct intake_opts opts;
    struct chats *chats;
    struct inbox *inbox;
    struct poll *poll;
    sd_event_source *work;  /* once a turn of the loop: what can go on? */
    sd_event_source *timer; /* the same at a time */
    bool counted;           /* the inbox was read at start: now its chats are known */
    bool ready;             /* PostgreSQL is there, and we are the active gateway */
    bool stopping;
    int64_t round_at_ms; /* the next round of the inbox not before */
    void (*drained)(void *ctx);
    void *drained_ctx;
    int64_t handled, passed_over, failed, set_aside, apologies;
};

static void wake(struct intake *t)
{
    sd_event_source_set_enabled(t->work, SD_EVENT_ONESHOT);
}

/* ---- the end of an update ---- */

static void confirm(struct intake *t, struct pending *item)
{
    t->handled++;
    poll_handled(t->poll, item->update.update_id);
    pending_free(&item);
}

static void end_without_row(struct intake *t, struct pending *item, const char *reason)
{
    if (item->verdict == VERDICT_HANDLED) {
        confirm(t, item);
    } else {
        chats_park(t->chats, item, reason);
    }
}

static void end_with_wanted_row(struct intake *t, struct pending *item, const char *reason)
{
    if (item->verdict == VERDICT_HANDLED) {
        chats_cancel_row(t->chats, item);
        confirm(t, item);
    } else if (item->verdict == VERDICT_FAILED && item->attempts >= INBOX_ATTEMPTS) {
        chats_park(t->chats, item, reason);
    } /* else the row is written and tried again from there */
}

static void end_with_row(struct intake *t, struct pending *item, const char *reason)
{
    if (item->verdict == VERDICT_HANDLED) {
        t->handled++;
        inbox_delete(t->inbox, &item->update);
    } else {
        chats_drop_rows(t->chats, item->update.chat_id, clock_mono_ms() + INBOX_RETRY_MS);
        if (item->verdict == VERDICT_FAILED) {
            inbox_fail(t->inbox, &item->update, item->attempts, reason);
        }
    }
    pending_free(&item);
}

static void end_item(struct intake *t, struct pending *item, const char *reason)
{
    switch (item->row) {
    case ROW_NONE:
        end_without_row(t, item, reason);
        return;
    case ROW_WANTED:
        end_with_wanted_row(t, item, reason);
        return;
    case ROW_WRITING: /* on_written goes on with it */
        if (item->verdict == VERDICT_FAILED) {
            item->failure = xstrdup(reason);
        }
        return;
    case ROW_WRITTEN:
        end_with_row(t, item, reason);
        return;
    case PENDING_ROW_COUNT:
        return;
    }
}

static void on_written(void *ctx, struct pending *item)
{
    struct intake *t = ctx;
    t->set_aside++;
    poll_handled(t->poll, item->update.update_id);
    item->row = ROW_WRITTEN;
    if (item->in_hand) {
        return;
    }
    if (item->verdict == VERDICT_NONE || item->parked_reason) {
        pending_free(&item);
        return;
    }
    scoped(str_free) char *reason = take_ptr(item->failure);
    end_item(t, item, reason ? reason : "");
}

/* ---- turns ---- */

static enum verdict verdict_of(const struct err *err)
{
    if (!err) {
        return VERDICT_HANDLED;
    }
    bool is_passing = err->kind == ERR_TRANSIENT || err->kind == ERR_UNCERTAIN;
    return is_passing ? VERDICT_AGAIN : VERDICT_FAILED;
}

static bool may_try_again_here(const struct pending *item)
{
    return item->row == ROW_NONE &&
           (item->verdict == VERDICT_AGAIN ||
            (item->verdict == VERDICT_FAILED && item->attempts < INBOX_ATTEMPTS));
}

static void on_turn_done(void *ctx, const struct err *err)
{
    struct turn *turn = ctx;
    struct intake *t = turn->owner;
    struct pending *items[CHATS_ALBUM_MAX];
    size_t count = turn->count;
    for (size_t i = 0; i < count; i++) {
        items[i] = turn->items[i];
        items[i]->verdict = verdict_of(err);
        items[i]->attempts += items[i]->verdict == VERDICT_FAILED;
    }
    if (items[0]->verdict == VERDICT_FAILED) {
        t->failed++;
        log_warn("update failed update=%lld chat=%lld attempt=%lld reason=\"%s\"",
                 (long long)items[0]->update.update_id, (long long)turn->chat_id,
                 (long long)items[0]->attempts, err->text);
    }
    wake(t);
    if (may_try_again_here(items[0])) {
        chats_again(t->chats, turn, clock_mono_ms() + INTAKE_RETRY_MS);
        return;
    }
    chats_release(t->chats, turn);
    for (size_t i = 0; i < count; i++) {
        end_item(t, items[i], err ? err->text : "");
    }
}

static void hand_over(struct intake *t, int64_t now)
{
    struct turn *turn;
    while ((turn = chats_next(t->chats, now))) {
        turn->owner = t;
        conversation_handle(t->opts.conversation, turn->updates, turn->count, on_turn_done, turn);
    }
}

/* ---- what takes long ---- */

static bool is_overdue(const struct pending *item, int64_t now)
{
    return item && now - item->received_ms >= INTAKE_PATIENCE_MS;
}

static void set_overdue_aside(struct intake *t, int64_t now)
{
    struct pending *oldest;
    while (is_overdue(oldest = chats_oldest(t->chats), now)) {
        chats_set_aside(t->chats, oldest->chat);
    }
}

static bool may_be_told(const struct update *u)
{
    return u->is_private && (u->kind == UPDATE_MESSAGE || u->kind == UPDATE_PRESS);
}

/* With an earlier message of this chat that waits too; Telegram shows a hundred at most. */
static bool was_told(const struct intake *t, const struct pending *item)
{
    const struct pending *earlier = chats_oldest(t->chats);
    for (; earlier && earlier->apologised; earlier = TAILQ_NEXT(earlier, in_age)) {
        if (earlier->chat == item->chat && may_be_told(&earlier->update)) {
            return true;
        }
    }
    return false;
}

static void apologise(struct intake *t, int64_t now)
{
    struct pending *item;
    for (item = chats_oldest(t->chats); is_overdue(item, now); item = TAILQ_NEXT(item, in_age)) {
        if (!item->apologised && may_be_told(&item->update) && !was_told(t, item)) {
            t->apologies++;
            conversation_apologise(t->opts.conversation, item->update.chat_id);
        }
        item->apologised = true;
    }
}

static bool may_read(const struct intake *t)
{
    return !t->stopping && chats_in_hand(t->chats) < INTAKE_HANDS_MAX;
}

/* When there will be something to do without anybody telling us. */
static int64_t next_at(const struct intake *t, int64_t now)
{
    const struct pending *item = chats_oldest(t->chats);
    while (!t->ready && item && item->apologised) {
        item = TAILQ_NEXT(item, in_age);
    }
    int64_t at = item ? item->received_ms + INTAKE_PATIENCE_MS : INT64_MAX;
    if (!t->ready || t->stopping) {
        return at;
    }
    at = min_i64(at, chats_next_at(t->chats));
    if (t->round_at_ms > now) {
        return min_i64(at, t->round_at_ms);
    }
    return !inbox_is_working(t->inbox) && may_read(t) ? min_i64(at, chats_read_at(t->chats)) : at;
}

static void arm(struct intake *t, int64_t now)
{
    int64_t at = next_at(t, now);
    if (at == INT64_MAX) {
        sd_event_source_set_enabled(t->timer, SD_EVENT_OFF);
        return;
    }
    sd_event_source_set_time_relative(t->timer, (uint64_t)max_i64(at - now, 1) * 1000);
    sd_event_source_set_enabled(t->timer, SD_EVENT_ONESHOT);
}

/* ---- the work ---- */

static void tell_if_drained(struct intake *t)
{
    bool owes = chats_in_hand(t->chats) > 0 || (t->ready && inbox_owes(t->inbox));
    if (!t->stopping || owes || !t->drained) {
        return;
    }
    void (*drained)(void *) = t->drained;
    t->drained = NULL;
    drained(t->drained_ctx);
}

static void do_what_can_be_done(struct intake *t)
{
    int64_t now = clock_mono_ms();
    if (!t->ready) {
        apologise(t, now);
    } else {
        set_overdue_aside(t, now);
        if (!t->stopping) {
            hand_over(t, now);
        }
        if (now >= t->round_at_ms) {
            inbox_work(t->inbox, may_read(t), now);
        }
    }
    arm(t, now);
    tell_if_drained(t);
}

static int on_work(sd_event_source *source, void *ctx)
{
    (void)source;
    struct intake *t = ctx;
    do_what_can_be_done(t);
    return 0;
}

static int on_timer(sd_event_source *source, uint64_t now_us, void *ctx)
{
    (void)source;
    (void)now_us;
    struct intake *t = ctx;
    do_what_can_be_done(t);
    return 0;
}

static void on_round(void *ctx, bool done)
{
    struct intake *t = ctx;
    t->round_at_ms = done ? 0 : clock_mono_ms() + INBOX_RETRY_MS;
    wake(t);
}

/* ---- what Telegram shows ---- */

static void on_update(void *ctx, struct update *update)
{
    struct intake *t = ctx;
    if (update->kind == UPDATE_OTHER) {
        t->passed_over++;
        poll_handled(t->poll, update->update_id);
        update_fini(update);
        return;
    }
    chats_add(t->chats, update, clock_mono_ms());
}

static void on_answered(void *ctx)
{
    struct intake *t = ctx;
    do_what_can_be_done(t);
}

static void on_poll_state(void *ctx, enum poll_state state)
{
    struct intake *t = ctx;
    t->opts.on_poll_state(t->opts.ctx, state);
}

/* ---- start and stop ---- */

static void go_on(struct intake *t)
{
    t->ready = true;
    t->round_at_ms = 0;
    if (!t->stopping) {
        poll_start(t->poll);
    }
    wake(t);
}

static void on_counted(void *ctx, const struct err *err)
{
    struct intake *t = ctx;
    if (err) { /* the session is gone: intake_start comes again with the next one */
        log_warn("inbox cannot be read yet reason=\"%s\"", err->text);
        return;
    }
    t->counted = true;
    go_on(t);
}

void intake_start(struct intake *t)
{
    if (t->counted) {
        go_on(t);
    } else {
        inbox_count(t->inbox, on_counted, t);
    }
}

void intake_database_lost(struct intake *t)
{
    t->ready = false;
    wake(t);
}

void intake_stop(struct intake *t, void (*drained)(void *ctx), void *ctx)
{
    t->stopping = true;
    t->drained = drained;
    t->drained_ctx = ctx;
    poll_stop(t->poll);
    wake(t);
}

struct intake *intake_new(sd_event *loop, const struct intake_opts *opts)
{
    struct intake *t = xcalloc(1, sizeof(*t));
    t->opts = *opts;
    t->chats = chats_new();
    t->inbox = inbox_new(&(struct inbox_opts){
        .db = opts->db,
        .vault = opts->vault,
        .chats = t->chats,
        .bot_id = opts->bot_id,
        .on_written = on_written,
        .on_round = on_round,
        .ctx = t,
    });
    t->poll = poll_new(loop, &(struct poll_opts){
                                 .telegram = opts->telegram,
                                 .on_update = on_update,
                                 .on_answered = on_answered,
                                 .on_state = on_poll_state,
                                 .ctx = t,
                             });
    int rc = sd_event_add_defer(loop, &t->work, on_work, t);
    assert(rc >= 0);
    sd_event_source_set_enabled(t->work, SD_EVENT_OFF);
    rc = sd_event_add_time_relative(loop, &t->timer, CLOCK_MONOTONIC, 0, 1, on_timer, t);
    assert(rc >= 0);
    (void)rc;
    sd_event_source_set_enabled(t->timer, SD_EVENT_OFF);
    return t;
}

void intake_free(struct intake **t)
{
    if (!*t) {
        return;
    }
    sd_event_source_disable_unref((*t)->timer);
    sd_event_source_disable_unref((*t)->work);
    poll_free(&(*t)->poll);
    inbox_free(&(*t)->inbox);
    chats_free(&(*t)->chats);
    free(*t);
    *t = NULL;
}

const char *intake_state(const struct intake *t)
{
    static const char *const states[] = {
        [POLL_OFF] = "starting or stopping",
        [POLL_ACTIVE] = "active",
        [POLL_CONFLICT] = "standby: another program polls this bot",
        [POLL_REFUSED] = "waiting: Telegram refuses the token",
        [POLL_UNREACHABLE] = "waiting for Telegram",
    };
    return states[poll_state(t->poll)];
}

void intake_stats(const struct intake *t, struct buf *into)
{
    const struct {
        const char *name;
        int64_t value;
    } counters[] = {
        {"updates_received",    poll_seen(t->poll)              },
        {"updates_handled",     t->handled                      },
        {"updates_passed_over", t->passed_over                  },
        {"updates_refused",     poll_refused(t->poll)           },
        {"updates_failed",      t->failed                       },
        {"updates_set_aside",   t->set_aside                    },
        {"updates_parked",      inbox_parked(t->inbox)          },
        {"updates_in_flight",   (int64_t)poll_in_flight(t->poll)},
        {"inbox_waiting",       chats_rows(t->chats)            },
        {"apologies",           t->apologies                    },
        {"polls",               poll_asked(t->poll)             },
    };
    buf_printf(into, "\"poll\":\"%s\"", poll_state_name(poll_state(t->poll)));
    for (size_t i = 0; i < ARRAY_LEN(counters); i++) {
        buf_printf(into, ",\"%s\":%lld", counters[i].name, (long long)counters[i].value);
    }
}
