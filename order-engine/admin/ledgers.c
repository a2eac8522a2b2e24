/* ledgers.c - rows of the ledgers that follow from no order: grants, corrections, marks of what was
 * paid */
#include <inttypes.h>

#include "common/base/text.h"
#include "order-engine/admin/admin.h"
#include "order-engine/rules/quota.h"
#include "sql/order_engine_queries.h"

#define GRANT_MAX 100000                     /* orders, either way */
#define CORRECTION_MAX INT64_C(100000000000) /* minor units, either way */
#define REASON_HINT "a reason of 1 to 2000 characters"

/* false: it is answered what a reason must be. */
static bool reason_is_good(struct admin_work *work, const char *reason)
{
    bool blank = reason[strspn(reason, " \t\r\n")] == '\0';
    if (!blank && text_utf16_units(reason) <= REASON_TEXT_MAX)
        return true;
    job_refuse_hint(work->job, REASON_HINT);
    return false;
}

static void audit_row(struct admin_work *work, const char *what, int64_t id, int64_t month_id,
                      int64_t amount)
{
    char subject[40], detail[100];
    snprintf(subject, sizeof subject, "%s:%" PRId64, what, id);
    snprintf(detail, sizeof detail, "{\"month_id\":%" PRId64 ",\"amount\":%" PRId64 "}", month_id,
             amount);
    admin_audit(work, subject, detail);
}

/* ---- month.begin ---- */

static void begin_load(struct admin_work *work)
{
    (void)work;
}

/* What the command needs is all it does: the month in which now lies is found or made, and saved.
 */
static void begin_run(struct admin_work *work)
{
    job_ok(work->job);
}

const struct admin_command admin_month_begin = {begin_load, begin_run};

/* ---- quota.grant ---- */

static void on_quota(void *ctx, const struct db_result *r)
{
    if (db_rows(r) > 0)
        *(struct account *)ctx = (struct account){.id = db_i64(r, 0, 0),
                                                  .orders_per_month = db_i64(r, 0, 1),
                                                  .quota_balance = db_i64(r, 0, 2)};
}

/* Under the lock that creations take too: what is left cannot be ordered meanwhile. */
static void grant_load(struct admin_work *work)
{
    int64_t account_id = work->job->msg.body.quota_grant.account_id;
    work->job->facts = xcalloc(1, sizeof(struct account));
    db_arg_i64(work->args, account_id);
    db_arg_i64_or_null(work->args, false, 0);
    admin_call(work, Q_lock_account, NULL);
    db_arg_i64(work->args, account_id);
    admin_call(work, Q_read_quota, on_quota);
}

static bool grant_is_good(struct admin_work *work, const struct account *account)
{
    const struct msg_quota_grant *b = &work->job->msg.body.quota_grant;
    if (account->id == 0) {
        job_refuse_plain(work->job, REFUSE_no_such_account);
        return false;
    }
    if (b->amount == 0 || b->amount < -GRANT_MAX || b->amount > GRANT_MAX) {
        job_refuse_hint(work->job, "a whole number from -100000 to 100000, not 0");
        return false;
    }
    int64_t left = quota_left(account);
    if (b->amount < -left) {
        struct refused r = {.why = REFUSE_grant_too_low, .arg_count = 1};
        r.args[0] = (struct refusal_arg){.name = "left", .number = left};
        job_refuse(work->job, &r);
        return false;
    }
    return reason_is_good(work, b->reason);
}

static void grant_run(struct admin_work *work)
{
    const struct msg_quota_grant *b = &work->job->msg.body.quota_grant;
    const struct world *w = work->world;
    if (!admin_may(work, ROLE_OWNER) || !grant_is_good(work, work->job->facts))
        return;
    save_quota(work->save, &(struct quota_entry){.account_id = b->account_id,
                                                 .month_id = w->month.id,
                                                 .amount = b->amount,
                                                 .at = w->now,
                                                 .kind = "grant",
                                                 .command_id = work->job->msg.id,
                                                 .reason = b->reason});
    audit_row(work, "account", b->account_id, w->month.id, b->amount);
    job_ok(work->job);
}

const struct admin_command admin_quota_grant = {grant_load, grant_run};

/* ---- payouts ---- */

struct payout_facts {
    bool has_worked, month_exists; /* a contractor now or once */
    int64_t unpaid_minor;
    char currency[8];
};

static void on_payout(void *ctx, const struct db_result *r)
{
    struct payout_facts *facts = ctx;
    *facts = (struct payout_facts){.has_worked = db_bool(r, 0, 0),
                                   .month_exists = db_bool(r, 0, 1),
                                   .unpaid_minor = db_i64(r, 0, 2)};
    snprintf(facts->currency, sizeof facts->currency, "%s", db_text(r, 0, 3));
}

/* Under the contractor's lock: what is unpaid is marked by one at a time. */
static void load_payout(struct admin_work *work, int64_t contractor_id, bool has_month,
                        int64_t month_id)
{
    work->job->facts = xcalloc(1, sizeof(struct payout_facts));
    db_arg_i64(work->args, contractor_id);
    admin_call(work, Q_lock_person, NULL);
    db_arg_i64(work->args, contractor_id);
    db_arg_i64_or_null(work->args, has_month, month_id);
    admin_call(work, Q_read_payout, on_payout);
}

static bool payout_is_good(struct admin_work *work, const struct payout_facts *facts,
                           bool has_month)
{
    if (!admin_may(work, ROLE_OWNER))
        return false;
    if (facts->has_worked && (facts->month_exists || !has_month))
        return true;
    job_refuse_plain(work->job, facts->has_worked ? REFUSE_no_such_month : REFUSE_no_such_person);
    return false;
}

static void correct_load(struct admin_work *work)
{
    const struct msg_payout_correct *b = &work->job->msg.body.payout_correct;
    load_payout(work, b->contractor_id, b->has_month_id, b->month_id);
}

static void correct_run(struct admin_work *work)
{
    const struct msg_payout_correct *b = &work->job->msg.body.payout_correct;
    const struct payout_facts *facts = work->job->facts;
    const struct world *w = work->world;
    if (!payout_is_good(work, facts, b->has_month_id))
        return;
    if (b->amount_minor == 0 || b->amount_minor < -CORRECTION_MAX ||
        b->amount_minor > CORRECTION_MAX) {
        job_refuse_hint(work->job, "a sum other than 0");
        return;
    }
    if (!reason_is_good(work, b->reason))
        return;
    int64_t month_id = b->has_month_id ? b->month_id : w->month.id;
    save_payout(work->save, &(struct payout_entry){.contractor_id = b->contractor_id,
                                                   .month_id = month_id,
                                                   .amount_minor = b->amount_minor,
                                                   .at = w->now,
                                                   .kind = "correction",
                                                   .currency = w->parameters.CURRENCY,
                                                   .command_id = work->job->msg.id,
                                                   .reason = b->reason});
    audit_row(work, "person", b->contractor_id, month_id, b->amount_minor);
    job_ok(work->job);
}

const struct admin_command admin_payout_correct = {correct_load, correct_run};

static void mark_load(struct admin_work *work)
{
    const struct msg_payout_mark_paid *b = &work->job->msg.body.payout_mark_paid;
    load_payout(work, b->contractor_id, true, b->month_id);
}

static void mark_run(struct admin_work *work)
{
    const struct msg_payout_mark_paid *b = &work->job->msg.body.payout_mark_paid;
    const struct payout_facts *facts = work->job->facts;
    if (!payout_is_good(work, facts, true))
        return;
    if (facts->unpaid_minor == 0) {
        job_refuse_plain(work->job, REFUSE_nothing_unpaid);
        return;
    }
    db_arg_i64(work->args, b->contractor_id);
    db_arg_i64(work->args, b->month_id);
    db_arg_i64(work->args, facts->unpaid_minor);
    db_arg_text(work->args, facts->currency);
    db_arg_i64(work->args, work->world->now);
    db_arg_text(work->args, work->job->msg.actor);
    db_arg_text(work->args, work->job->msg.id);
    admin_call(work, Q_insert_payout_mark, NULL);
    audit_row(work, "person", b->contractor_id, b->month_id, facts->unpaid_minor);
    job_ok(work->job);
}

const struct admin_command admin_payout_mark_paid = {mark_load, mark_run};
