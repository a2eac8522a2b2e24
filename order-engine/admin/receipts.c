/* receipts.c - what became of notices that ask for a receipt, and who is told instead when nobody
 * got one */
#include <inttypes.h>

#include "order-engine/admin/admin.h"
#include "order-engine/rules/alerts.h"
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
    bool exists, others_told, was_reachable;
    char detail[256]; /* JSON, "" = none */
    enum notice_kind kind;
    int64_t person_id, telegram_id, order_id, alert_id, new_alert_id;
};

static void on_undelivered(void *ctx, const struct db_result *r)
{
    if (db_rows(r) == 0)
        return;
    int kind = notice_kind_parse(db_text(r, 0, 0));
    struct undelivered *u = ctx;
    *u = (struct undelivered){
        .exists = kind >= 0,
        .kind = (enum notice_kind)kind,
        .person_id = db_i64(r, 0, 1),
        .telegram_id = db_i64(r, 0, 2),
        .order_id = db_i64(r, 0, 3),
        .others_told = db_bool(r, 0, 4),
        .alert_id = db_i64(r, 0, 5),
        .new_alert_id = db_i64(r, 0, 6),
        .was_reachable = db_bool(r, 0, 7),
    };
    snprintf(u->detail, sizeof u->detail, "%s", db_text(r, 0, 8));
}

static void undeliverable_load(struct admin_work *work)
{
    work->job->facts = xcalloc(1, sizeof(struct undelivered));
    db_arg_i64(work->args, work->job->msg.body.notice_undeliverable.notice_id);
    admin_call(work, Q_read_undelivered, on_undelivered);
}

/* Everybody of a role who can be reached but the one who could not; how many. */
static size_t tell(struct admin_work *work, const struct undelivered *u, enum notice_kind kind,
                   unsigned role, const char *detail)
{
    size_t told = 0;
    for (size_t i = 0; i < work->world->crew.count; i++) {
        const struct person *who = &work->world->crew.items[i];
        if ((who->roles & role) == 0 || !who->reachable || who->id == u->person_id)
            continue;
        save_notice(work->save, kind, who->id, u->order_id, work->world->now, detail);
        told++;
    }
    return told;
}

/* A client or contractor who must know something cannot be reached: the managers act, the owners if
 * no manager can. */
static void raise_unreachable(struct admin_work *work, const struct undelivered *u,
                              const char *reason)
{
    if (u->alert_id != 0)
        return; /* it is known already */
    char detail[160];
    snprintf(detail, sizeof detail,
             "{\"alert_id\":%" PRId64 ",\"person_id\":%" PRId64 ",\"reason\":\"%s\"}",
             u->new_alert_id, u->person_id, reason);
    db_arg_i64(work->args, u->new_alert_id);
    db_arg_i64(work->args, u->order_id);
    db_arg_text(work->args, alert_cause_name(CAUSE_UNREACHABLE));
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_insert_alert, NULL);
    save_alert_clock(work->save, u->order_id, u->new_alert_id,
                     alert_repeat_at(work->world->now,
                                     work->world->parameters.MANAGER_REPEAT_MINUTES,
                                     work->world->now));
    if (tell(work, u, NOTICE_alert_unreachable, ROLE_MANAGER, detail) == 0)
        tell(work, u, NOTICE_alert_unreachable, ROLE_OWNER, detail);
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
    const struct undelivered *u = work->job->facts;
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
    if (!str_eq(b->reason, "failed") && u->was_reachable) {
        db_arg_i64(work->args, u->telegram_id);
        db_arg_bool(work->args, false);
        db_arg_i64(work->args, work->world->now);
        admin_call(work, Q_set_reachable, NULL);
        admin_reopen_alerts(work, u->telegram_id);
        work->changed = "people";
    }
    bool is_offer = u->kind == NOTICE_offer;
    bool is_alert = notice_class(u->kind) == SEND_ALERT;
    if (is_alert && !u->others_told)
        tell(work, u, u->kind, ROLE_OWNER, u->detail[0] != '\0' ? u->detail : NULL);
    else if (!is_alert && !is_offer && u->order_id != 0)
        raise_unreachable(work, u, b->reason);
    job_ok(work->job);
}

const struct admin_command admin_notice_undeliverable = {undeliverable_load, undeliverable_run};
