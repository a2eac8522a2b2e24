/* pings.c - a manager asks a contractor to take an order that waits: no event of the order, nothing
 * of it changes */
#include "common/base/clock.h"
#include "common/base/text.h"
#include "order-engine/admin/admin.h"
#include "order-engine/rules/order_fsm.h"
#include "sql/order_engine_queries.h"

/* So long nobody is asked for the same order again, by whomever. */
#define PING_PAUSE_MINUTES 10

struct ping {
    bool exists, is_contractor, is_reachable, is_own_account, is_open_to;
    int state; /* enum order_state */
    int64_t taken_at, asked_at;
};

static void on_ping(void *ctx, const struct db_result *r)
{
    if (db_rows(r) > 0)
        *(struct ping *)ctx = (struct ping){
            .exists = true,
            .state = order_state_parse(db_text(r, 0, 0)),
            .taken_at = db_i64(r, 0, 1),
            .is_contractor = db_bool(r, 0, 2),
            .is_reachable = db_bool(r, 0, 3),
            .is_own_account = db_bool(r, 0, 4),
            .is_open_to = db_bool(r, 0, 5),
            .asked_at = db_i64(r, 0, 6),
        };
}

static void ping_load(struct admin_work *work)
{
    const struct msg_offer_ping *b = &work->job->msg.body.offer_ping;
    work->job->facts = xcalloc(1, sizeof(struct ping));
    db_arg_i64(work->args, b->order_id);
    db_arg_i64(work->args, b->contractor_id);
    admin_call(work, Q_read_ping, on_ping);
}

/* Away or busy is no hindrance: a word from a manager may change that, and taking asks for it. */
static bool may_be_asked(struct admin_work *work, const struct ping *p)
{
    struct refused refused = {0};
    if (!p->exists)
        refuse(&refused, REFUSE_no_such_order);
    else if (p->state != ORDER_NEW && p->taken_at != 0)
        refuse_number(&refused, REFUSE_taken_already, "at", p->taken_at);
    else if (p->state != ORDER_NEW)
        refuse_text(&refused, REFUSE_wrong_state, "state",
                    order_state_name((enum order_state)p->state));
    else if (!p->is_contractor)
        refuse(&refused, REFUSE_not_active);
    else if (p->is_own_account || !p->is_open_to)
        refuse(&refused, REFUSE_not_open_to);
    else if (!p->is_reachable)
        refuse(&refused, REFUSE_not_reachable);
    else
        return true;
    job_refuse(work->job, &refused);
    return false;
}

static bool was_just_asked(struct admin_work *work, const struct ping *p)
{
    struct refused refused = {0};
    if (p->asked_at == 0 || work->world->now >= p->asked_at + PING_PAUSE_MINUTES * MINUTE_MS)
        return false;
    refuse_number(&refused, REFUSE_asked_already, "at", p->asked_at);
    refused.args[refused.arg_count++] =
        (struct refusal_arg){.name = "limit", .number = PING_PAUSE_MINUTES};
    job_refuse(work->job, &refused);
    return true;
}

static void ping_run(struct admin_work *work)
{
    const struct msg_offer_ping *b = &work->job->msg.body.offer_ping;
    const struct ping *p = work->job->facts;
    if (!admin_may(work, ROLE_MANAGER | ROLE_OWNER) || !may_be_asked(work, p) ||
        was_just_asked(work, p))
        return;
    db_arg_i64(work->args, b->order_id);
    db_arg_i64(work->args, b->contractor_id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_save_ping, NULL);
    save_notice(work->save, NOTICE_please_take, b->contractor_id, b->order_id, work->world->now,
                "{}");
    job_ok(work->job);
    work->job->answer.order_id = b->order_id;
    work->job->answer.has_order_id = true;
}

const struct admin_command admin_offer_ping = {ping_load, ping_run};
