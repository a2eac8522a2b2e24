/* receipts.c - what became of notices that ask for a receipt, and who is told instead when nobody
 * got one */
#include "order-engine/admin/unreachable.h"
#include "sql/order_engine_queries.h"

static void received_load(struct admin_work *work)
{
    (void)work;
}

static void received_run(struct admin_work *work)
{
    save_received(work->save, work->job->msg.body.notice_received.notice_id);
    job_ok(work->job);
}

const struct admin_command admin_notice_received = {received_load, received_run};

struct undelivered {
    struct unreachable needed; /* whose orders are at stake, and who might be told instead */
    bool exists, matters, others_may_know, was_reachable;
    enum notice_kind kind;
    int64_t person_id, telegram_id, order_id;
};

static void on_undelivered(void *ctx, const struct db_result *r)
{
    if (db_rows(r) == 0)
        return;
    int kind = notice_kind_parse(db_text(r, 0, 0));
    struct undelivered *u = ctx;
    u->exists = kind >= 0;
    u->kind = (enum notice_kind)kind;
    u->person_id = db_i64(r, 0, 1);
    u->telegram_id = db_i64(r, 0, 2);
    u->order_id = db_i64(r, 0, 3);
    u->others_may_know = db_bool(r, 0, 4);
    u->was_reachable = db_bool(r, 0, 5);
    u->matters = db_bool(r, 0, 6);
}

/* The lock first: of two who cannot be reached at the same time the later sees what the earlier
 * did. */
static void undeliverable_load(struct admin_work *work)
{
    struct undelivered *u = work->job->facts = xcalloc(1, sizeof *u);
    int64_t notice_id = work->job->msg.body.notice_undeliverable.notice_id;
    unreachable_load(work, &u->needed, 0, notice_id);
    db_arg_i64(work->args, notice_id);
    admin_call(work, Q_read_undelivered, on_undelivered);
}

static struct needed_order *order_of(struct undelivered *u)
{
    for (size_t i = 0; i < u->needed.order_count; i++)
        if (u->needed.orders[i].order_id == u->order_id)
            return &u->needed.orders[i];
    return NULL;
}

/* Who is told instead: the same notice, or the alert that somebody cannot be reached. */
static void tell_others(struct admin_work *work, struct undelivered *u, const char *reason)
{
    struct needed_order *order = order_of(u);
    struct receipt_step step = receipt_decide(
        &(struct unreceived){.kind = u->kind,
                             .matters = u->matters && (order != NULL) == (u->order_id != 0),
                             .others_may_know = u->others_may_know,
                             .is_known = order != NULL && order->is_known},
        u->needed.those, u->needed.count);
    if (step.raises) {
        unreachable_raise(work, &u->needed, order, reason);
        return;
    }
    for (size_t i = 0; i < u->needed.count; i++)
        if (receipt_goes_to(&step, &u->needed.those[i]))
            save_notice_instead(work->save, work->job->msg.body.notice_undeliverable.notice_id,
                                u->needed.those[i].id);
}

static bool is_known_reason(const char *reason)
{
    static const char *const reasons[] = {"blocked", "deactivated", "never_started", "failed"};
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
        if (str_eq(reasons[i], reason))
            return true;
    return false;
}

static void undeliverable_run(struct admin_work *work)
{
    const struct msg_notice_undeliverable *b = &work->job->msg.body.notice_undeliverable;
    struct undelivered *u = work->job->facts;
    if (!is_known_reason(b->reason)) {
        job_refuse_hint(work->job, "blocked, deactivated, never_started, failed");
        return;
    }
    if (!u->exists) {
        job_refuse_plain(work->job, REFUSE_moot);
        return;
    }
    db_arg_i64(work->args, b->notice_id);
    db_arg_text(work->args, b->reason);
    admin_call(work, Q_mark_undeliverable, NULL);
    if (!str_eq(b->reason, "failed")) {
        unreachable_alert(work, &u->needed, b->reason);
        if (u->was_reachable) {
            db_arg_i64(work->args, u->telegram_id);
            db_arg_bool(work->args, false);
            db_arg_i64(work->args, work->world->now);
            admin_call(work, Q_set_reachable, NULL);
            admin_reopen_alerts(work, u->telegram_id);
            save_became_busy(work->save, u->person_id, &work->world->parameters);
            work->changed = "people";
        }
    }
    tell_others(work, u, b->reason);
    job_ok(work->job);
}

const struct admin_command admin_notice_undeliverable = {undeliverable_load, undeliverable_run};
