/* credentials.c - what a client hands over for the contractor: kept sealed, looked at by whoever
 * works on the order
 *
 * Nothing of the order changes, so neither is an event of the order. Each look is a row the client
 * sees, and one of the audit.
 */
#include <inttypes.h>

#include "order-engine/admin/admin.h"
#include "order-engine/rules/order_fsm.h"
#include "sql/order_engine_queries.h"

#define AT_WORK (FROM(IN_WORK) | FROM(WAITING_CLIENT))

struct vault_row {
    bool exists, is_own_account, is_at_work;
    int state; /* enum order_state */
    int64_t person_id;
    char sealed[CREDENTIALS_SEALED_MAX + 1]; /* base64; "" = nothing is there */
};

static void on_row(void *ctx, const struct db_result *r)
{
    struct vault_row *row = ctx;
    if (db_rows(r) == 0)
        return;
    row->exists = true;
    row->state = order_state_parse(db_text(r, 0, 0));
    row->person_id = db_i64(r, 0, 1);
    row->is_own_account = db_bool(r, 0, 2);
    row->is_at_work = db_bool(r, 0, 3);
    snprintf(row->sealed, sizeof row->sealed, "%s", db_text(r, 0, 4));
}

static void load(struct admin_work *work, int64_t order_id)
{
    work->job->facts = xcalloc(1, sizeof(struct vault_row));
    db_arg_i64(work->args, order_id);
    db_arg_i64(work->args, work->job->telegram_id);
    admin_call(work, Q_lock_credentials, on_row);
}

/* The order is there, the actor's own in the role that counts, and in one of these states. */
static bool is_fitting(struct admin_work *work, bool is_own, unsigned states)
{
    const struct vault_row *row = work->job->facts;
    struct refused refused = {0};
    if (!row->exists)
        refuse(&refused, REFUSE_no_such_order);
    else if (!is_own)
        refuse(&refused, REFUSE_not_your_order);
    else if (row->state < 0 || ((1u << row->state) & states) == 0)
        refuse_text(&refused, REFUSE_wrong_state, "state",
                    order_state_name((enum order_state)row->state));
    else
        return true;
    job_refuse(work->job, &refused);
    return false;
}

static void note(struct admin_work *work, int64_t order_id)
{
    char subject[40];
    snprintf(subject, sizeof subject, "order:%" PRId64, order_id);
    admin_audit(work, subject, NULL);
    job_ok(work->job);
    work->job->answer.order_id = order_id;
    work->job->answer.has_order_id = true;
}

/* ---- credentials.hand_over ---- */

static bool is_base64(const char *text)
{
    size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    size_t padding = strspn(text + len, "=");
    return len > 0 && padding <= 2 && text[len + padding] == '\0' && (len + padding) % 4 == 0 &&
           len + padding <= CREDENTIALS_SEALED_MAX;
}

static void hand_over_load(struct admin_work *work)
{
    load(work, work->job->msg.body.credentials_hand_over.order_id);
}

static void hand_over_run(struct admin_work *work)
{
    const struct msg_credentials_hand_over *b = &work->job->msg.body.credentials_hand_over;
    const struct vault_row *row = work->job->facts;
    if (!is_base64(b->sealed)) {
        job_fail(work->job, "input", "sealed must be base64, at most %d characters",
                 CREDENTIALS_SEALED_MAX);
        return;
    }
    if (!admin_may(work, ROLE_CLIENT) ||
        !is_fitting(work, row->is_own_account && !row->is_at_work, FROM(NEW) | AT_WORK))
        return;
    db_arg_i64(work->args, b->order_id);
    db_arg_text(work->args, b->sealed);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_save_credentials, NULL);
    save_notice(work->save, NOTICE_cards_changed, 0, b->order_id, work->world->now, NULL);
    note(work, b->order_id);
}

const struct admin_command admin_credentials_hand_over = {hand_over_load, hand_over_run};

/* ---- credentials.reveal ---- */

static void reveal_load(struct admin_work *work)
{
    load(work, work->job->msg.body.credentials_reveal.order_id);
}

static void reveal_run(struct admin_work *work)
{
    int64_t order_id = work->job->msg.body.credentials_reveal.order_id;
    struct vault_row *row = work->job->facts;
    if (!admin_may(work, ROLE_CONTRACTOR) || !is_fitting(work, row->is_at_work, AT_WORK))
        return;
    if (row->sealed[0] == '\0') {
        job_refuse_plain(work->job, REFUSE_no_credentials);
        return;
    }
    db_arg_text(work->args, work->job->msg.id);
    db_arg_i64(work->args, order_id);
    db_arg_i64(work->args, row->person_id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_insert_credential_view, NULL);
    note(work, order_id);
    work->job->answer.sealed = row->sealed;
}

const struct admin_command admin_credentials_reveal = {reveal_load, reveal_run};
