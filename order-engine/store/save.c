/* save.c - what a batch writes: the table of statements, and rows that belong to no decision */
#include "order-engine/store/save.h"

#include "order-engine/store/save_rows.h"
#include "sql/order_engine_queries.h"

/* clang-format off */
static const struct {
    enum row_kind kind;
    int           query;
    const char   *types;     /* of the columns: i bigint, t text, b bool */
    bool          wants_now; /* the last parameter */
    const char   *why;
} statements[] = { /* in the order in which they are sent */
    {ROW_MONTH,    Q_insert_months,     "iiiit",          false, "before the orders that refer to them"},
    {ROW_ORDER,    Q_insert_orders,     "iiiiiiiiiiibbtt", false, "before everything that refers to them"},
    {ROW_UPDATE,   Q_update_orders,     "iiiiiiiiiiiibbt", false, "the row after the event"},
    {ROW_EVENT,    Q_insert_events,     "iiiiiitttttttttt", false, "what happened, what was said"},
    {ROW_PIN,      Q_insert_order_pins, "ii",             false, "who sees it first"},
    {ROW_PASS,     Q_insert_order_passes, "iii",          false, "who had it and is not offered it again"},
    {ROW_CLOCK,    Q_update_clock_runs, "iiiiibt",        false, "runs that ended, before those that follow them"},
    {ROW_RUN,      Q_insert_clock_runs, "iiiiiiiibtt",    false, "before their deadlines"},
    {ROW_ALERT,    Q_update_alerts,     "iiiiii",         false, "solved ones before those that are raised again"},
    {ROW_RAISED,   Q_insert_alerts,     "iiiit",          false, "before their deadlines"},
    {ROW_ENDED,    Q_delete_deadlines,  "iit",            false, "of runs that ended"},
    {ROW_SETTLED,  Q_delete_alert_deadlines, "i",         false, "what was next for alerts that have changed"},
    {ROW_REACHED,  Q_delete_reached,    "i",              false, "deadlines that were reached"},
    {ROW_DEADLINE, Q_insert_deadlines,  "iiiiitt",        false, "of runs that began, of alerts, of subscriptions"},
    {ROW_QUOTA,    Q_insert_quota,      "iiiiittt",       false, "orders reserved, returned, granted"},
    {ROW_PAYOUT,   Q_insert_payouts,    "iiiiitttt",      false, "what was earned, what was corrected"},
    {ROW_ERASE,    Q_erase_credentials, "i",              true,  "secrets end with the order"},
    {ROW_BUSY,     Q_end_windows,       "ii",             true,  "who is free no more may have been the last of a pinned window"},
    {ROW_WITHDRAW, Q_withdraw_notices,  "it",             true,  "before new notices of the same kind"},
    {ROW_RECEIVED, Q_mark_received,     "i",              true,  "receipts"},
    {ROW_NOTICE,   Q_insert_notices,    "iiiiittbb",      false, "what people are to be told"},
    {ROW_INSTEAD,  Q_insert_instead,    "ii",             true,  "the same for somebody else"},
    {ROW_FREE,     Q_tell_what_waits,   "ii",             true,  "who has become free is told of what waits"},
    {ROW_COMMAND,  Q_insert_commands,   "iittt",          false, "last: the answers"},
};
/* clang-format on */
_Static_assert(ARRAY_LEN(statements) == ROW_KIND_COUNT, "every kind of row has its statement");

struct save *save_new(void)
{
    struct save *s = xcalloc(1, sizeof *s);
    for (size_t i = 0; i < ARRAY_LEN(statements); i++) {
        assert(statements[i].kind == (enum row_kind)i);
        db_columns_init(&s->rows[i], statements[i].types);
    }
    return s;
}

void save_free(struct save **p)
{
    struct save *s = *p;
    if (s == NULL)
        return;
    for (size_t i = 0; i < ROW_KIND_COUNT; i++)
        db_columns_fini(&s->rows[i]);
    buf_fini(&s->scratch);
    db_args_fini(&s->args);
    free(s);
    *p = NULL;
}

void save_reset(struct save *s)
{
    for (size_t i = 0; i < ROW_KIND_COUNT; i++)
        if (s->rows[i].rows > 0)
            db_columns_reset(&s->rows[i]);
    s->earliest_deadline = 0;
    s->told = 0;
}

/* ---- one kind of row each ---- */

void save_earlier(struct save *s, int64_t due_at)
{
    if (s->earliest_deadline == 0 || due_at < s->earliest_deadline)
        s->earliest_deadline = due_at;
}

void save_put_deadline(struct save *s, const struct decided_deadline *deadline, int64_t order_id,
                       int64_t account_id)
{
    struct db_columns *row = &s->rows[ROW_DEADLINE];
    db_put_id(row, order_id);
    db_put_id(row, deadline->run);
    db_put_i64(row, deadline->due_at);
    db_put_id(row, deadline->alert_id);
    db_put_id(row, account_id);
    db_put_text(row, sla_clock_name(deadline->clock));
    db_put_text(row, clock_step_name(deadline->step));
    save_earlier(s, deadline->due_at);
}

void save_quota(struct save *s, const struct quota_entry *e)
{
    struct db_columns *row = &s->rows[ROW_QUOTA];
    db_put_i64(row, e->account_id);
    db_put_i64(row, e->month_id);
    db_put_id(row, e->order_id);
    db_put_i64(row, e->amount);
    db_put_i64(row, e->at);
    db_put_text(row, e->kind);
    db_put_text(row, e->command_id);
    db_put_text(row, e->reason);
}

void save_payout(struct save *s, const struct payout_entry *e)
{
    struct db_columns *row = &s->rows[ROW_PAYOUT];
    db_put_i64(row, e->contractor_id);
    db_put_i64(row, e->month_id);
    db_put_id(row, e->order_id);
    db_put_i64(row, e->amount_minor);
    db_put_i64(row, e->at);
    db_put_text(row, e->kind);
    db_put_text(row, e->currency);
    db_put_text(row, e->command_id);
    db_put_text(row, e->reason);
}

void save_put_notice(struct save *s, const struct decided_notice *n, int64_t order_id,
                     int64_t version, int64_t now, const char *detail)
{
    struct db_columns *row = &s->rows[ROW_NOTICE];
    db_put_id(row, n->person_id);
    db_put_id(row, order_id);
    db_put_id(row, version);
    db_put_i64(row, now);
    db_put_id(row, n->not_before);
    db_put_text(row, notice_kind_name(n->kind));
    db_put_text(row, detail);
    db_put_bool(row, notice_wants_receipt(n->kind) && !n->to_group);
    db_put_bool(row, n->to_group);
}

static void add_person(struct save *s, enum row_kind kind, int64_t person_id, int64_t max_orders)
{
    db_put_i64(&s->rows[kind], person_id);
    db_put_i64(&s->rows[kind], max_orders);
}

void save_reached(struct save *s, int64_t deadline_id)
{
    db_put_i64(&s->rows[ROW_REACHED], deadline_id);
}

void save_alert_clock(struct save *s, int64_t order_id, int64_t alert_id, int64_t repeat_at)
{
    save_put_deadline(
        s,
        &(struct decided_deadline){
            .clock = CLOCK_ALERT, .step = STEP_REPEAT, .due_at = repeat_at, .alert_id = alert_id},
        order_id, 0);
}

void save_subscription_step(struct save *s, int64_t account_id, enum clock_step step,
                            int64_t due_at)
{
    save_put_deadline(
        s, &(struct decided_deadline){.clock = CLOCK_SUBSCRIPTION, .step = step, .due_at = due_at},
        0, account_id);
}

void save_became_busy(struct save *s, int64_t person_id, const struct parameters *p)
{
    add_person(s, ROW_BUSY, person_id, p->CONTRACTOR_MAX_ORDERS);
}

void save_became_free(struct save *s, int64_t person_id, const struct parameters *p)
{
    add_person(s, ROW_FREE, person_id, p->CONTRACTOR_MAX_ORDERS);
}

void save_received(struct save *s, int64_t notice_id)
{
    db_put_i64(&s->rows[ROW_RECEIVED], notice_id);
}

void save_world(struct save *s, const struct world *w)
{
    for (size_t i = w->month_count - w->months_new; i < w->month_count; i++) {
        struct db_columns *row = &s->rows[ROW_MONTH];
        db_put_i64(row, w->months[i].id);
        db_put_i64(row, w->months[i].starts_at);
        db_put_i64(row, w->months[i].ends_at);
        db_put_i64(row, w->parameters.BILLING_DAY);
        db_put_text(row, w->parameters.TIME_ZONE);
    }
}

void save_notice(struct save *s, enum notice_kind kind, int64_t person_id, int64_t order_id,
                 int64_t now, const char *detail)
{
    save_put_notice(s, &(struct decided_notice){.kind = kind, .person_id = person_id}, order_id, 0,
                    now, detail);
}

void save_note_told(struct save *s, size_t count)
{
    s->told += count;
}

void save_notice_to_group(struct save *s, enum notice_kind kind, int64_t order_id, int64_t now,
                          const char *detail)
{
    save_put_notice(s, &(struct decided_notice){.kind = kind, .to_group = true}, order_id, 0, now,
                    detail);
}

void save_notice_instead(struct save *s, int64_t notice_id, int64_t person_id)
{
    db_put_i64(&s->rows[ROW_INSTEAD], notice_id);
    db_put_i64(&s->rows[ROW_INSTEAD], person_id);
}

void save_withdrawal(struct save *s, int64_t order_id, enum notice_kind kind)
{
    db_put_i64(&s->rows[ROW_WITHDRAW], order_id);
    db_put_text(&s->rows[ROW_WITHDRAW], notice_kind_name(kind));
}

void save_notice_later(struct save *s, enum notice_kind kind, int64_t person_id, int64_t now,
                       int64_t not_before, const char *detail)
{
    save_put_notice(
        s, &(struct decided_notice){.kind = kind, .person_id = person_id, .not_before = not_before},
        0, 0, now, detail);
}

void save_answer(struct save *s, const struct job *job, int64_t now, struct buf *scratch)
{
    struct db_columns *row = &s->rows[ROW_COMMAND];
    buf_reset(scratch);
    msg_encode(
        &(struct msg){.type = MSG_answer, .id = job->msg.id, .at = now, .body.answer = job->answer},
        scratch);
    db_put_id(row, job->answer.order_id);
    db_put_i64(row, now);
    db_put_text(row, job->msg.id);
    db_put_text(row, msg_type_name(job->msg.type));
    db_put_text(row, buf_text(scratch));
}

static void on_windows_ended(void *ctx, const struct db_result *r)
{
    struct save *s = ctx;
    for (int i = 0; i < db_rows(r); i++)
        save_earlier(s, db_i64(r, i, 0));
}

static void on_told_free(void *ctx, const struct db_result *r)
{
    save_note_told(ctx, (size_t)db_rows(r));
}

void save_send(struct save *s, struct db *db, int64_t now)
{
    static const db_rows_fn on_rows[ROW_KIND_COUNT] = {
        [ROW_BUSY] = on_windows_ended, [ROW_FREE] = on_told_free};
    for (size_t i = 0; i < ARRAY_LEN(statements); i++) {
        if (s->rows[i].rows == 0)
            continue;
        db_columns_args(&s->rows[i], &s->args);
        if (statements[i].wants_now)
            db_arg_i64(&s->args, now);
        db_call(db, statements[i].query, &s->args, on_rows[i], s);
        db_args_reset(&s->args);
    }
}

size_t save_notice_count(const struct save *s)
{
    return s->rows[ROW_NOTICE].rows + s->rows[ROW_INSTEAD].rows + s->told;
}

int64_t save_earliest_deadline(const struct save *s)
{
    return s->earliest_deadline;
}
