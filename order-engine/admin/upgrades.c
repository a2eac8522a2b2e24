/* upgrades.c - a client asks for a larger tariff, and what the managers answer */
#include <inttypes.h>

#include "order-engine/admin/admin.h"
#include "sql/order_engine_queries.h"

/* ---- upgrade.request ---- */

struct asking {
    int64_t account_id, new_id;
    bool is_open, tariff_exists;
};

static void on_asking(void *ctx, const struct db_result *r)
{
    *(struct asking *)ctx = (struct asking){.account_id = db_i64(r, 0, 0),
                                            .is_open = db_bool(r, 0, 1),
                                            .tariff_exists = db_bool(r, 0, 2),
                                            .new_id = db_i64(r, 0, 3)};
}

static void request_load(struct admin_work *work)
{
    const struct msg_upgrade_request *b = &work->job->msg.body.upgrade_request;
    const struct id_list orderer = {.items = &work->job->telegram_id, .count = 1};
    work->job->facts = xcalloc(1, sizeof(struct asking));
    lock_accounts(work->store, &orderer, &(struct id_list){0});
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_i64_or_null(work->args, b->has_tariff_id, b->tariff_id);
    admin_call(work, Q_read_upgrading, on_asking);
}

static void request_run(struct admin_work *work)
{
    const struct msg_upgrade_request *b = &work->job->msg.body.upgrade_request;
    const struct asking *facts = work->job->facts;
    const struct person *actor = world_by_telegram(work->world, work->job->telegram_id);
    char detail[120];
    if (!admin_may(work, ROLE_CLIENT))
        return;
    if (actor == NULL || facts->account_id == 0) {
        job_refuse_plain(work->job, REFUSE_no_account);
        return;
    }
    if (facts->is_open || (b->has_tariff_id && !facts->tariff_exists)) {
        job_refuse_plain(work->job, facts->is_open ? REFUSE_upgrade_asked : REFUSE_no_such_tariff);
        return;
    }
    db_arg_i64(work->args, facts->new_id);
    db_arg_i64(work->args, facts->account_id);
    db_arg_i64(work->args, actor->id);
    db_arg_i64_or_null(work->args, b->has_tariff_id, b->tariff_id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_insert_upgrade, NULL);
    snprintf(detail, sizeof detail,
             "{\"request_id\":%" PRId64 ",\"person_id\":%" PRId64 ",\"account_id\":%" PRId64 "}",
             facts->new_id, actor->id, facts->account_id);
    admin_tell_managers(work, NOTICE_upgrade_requested, detail);
    job_ok(work->job);
    work->job->answer.created_id = facts->new_id;
    work->job->answer.has_created_id = true;
}

const struct admin_command admin_upgrade_request = {request_load, request_run};

/* ---- upgrade.close ---- */

struct closing {
    int64_t id, account_id, person_id;
    bool is_closed;
};

static void on_closing(void *ctx, const struct db_result *r)
{
    if (db_rows(r) > 0)
        *(struct closing *)ctx = (struct closing){.id = db_i64(r, 0, 0),
                                                  .account_id = db_i64(r, 0, 1),
                                                  .person_id = db_i64(r, 0, 2),
                                                  .is_closed = db_bool(r, 0, 3)};
}

static void close_load(struct admin_work *work)
{
    work->job->facts = xcalloc(1, sizeof(struct closing));
    db_arg_i64(work->args, work->job->msg.body.upgrade_close.request_id);
    admin_call(work, Q_lock_upgrade, on_closing);
}

static void close_run(struct admin_work *work)
{
    const struct msg_upgrade_close *b = &work->job->msg.body.upgrade_close;
    const struct closing *facts = work->job->facts;
    char subject[40], detail[100];
    if (!admin_may(work, ROLE_MANAGER | ROLE_OWNER))
        return;
    if (!str_eq(b->outcome, "granted") && !str_eq(b->outcome, "declined")) {
        job_refuse_hint(work->job, "granted, declined");
        return;
    }
    if (facts->id == 0 || facts->is_closed) {
        job_refuse_plain(work->job, REFUSE_upgrade_gone);
        return;
    }
    db_arg_i64(work->args, facts->id);
    db_arg_text(work->args, b->outcome);
    db_arg_i64(work->args, work->world->now);
    db_arg_text(work->args, work->job->msg.actor);
    admin_call(work, Q_close_upgrade, NULL);
    snprintf(detail, sizeof detail, "{\"request_id\":%" PRId64 ",\"outcome\":\"%s\"}", facts->id,
             b->outcome);
    save_notice(work->save,
                str_eq(b->outcome, "granted") ? NOTICE_upgrade_granted : NOTICE_upgrade_declined,
                facts->person_id, 0, work->world->now, detail);
    snprintf(subject, sizeof subject, "account:%" PRId64, facts->account_id);
    admin_audit(work, subject, detail);
    job_ok(work->job);
}

const struct admin_command admin_upgrade_close = {close_load, close_run};
