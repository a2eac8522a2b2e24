/* save.c - what a batch writes */
#include "order-engine/store/save.h"

#include "order-engine/rules/clocks.h"
#include "sql/order_engine_queries.h"
#include "common/io/db_columns.h"

enum row_kind {
    ROW_MONTH,
    ROW_ORDER,
    ROW_UPDATE,
    ROW_EVENT,
    ROW_PIN,
    ROW_PASS,
    ROW_CLOCK,
    ROW_ALERT,
    ROW_ENDED,
    ROW_SETTLED,
    ROW_REACHED,
    ROW_DEADLINE,
    ROW_QUOTA,
    ROW_PAYOUT,
    ROW_ERASE,
    ROW_BUSY,
    ROW_WITHDRAW,
    ROW_RECEIVED,
    ROW_NOTICE,
    ROW_INSTEAD,
    ROW_FREE,
    ROW_COMMAND,
    ROW_KIND_COUNT
};

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
    {ROW_EVENT,    Q_insert_events,     "iiiiiittttttttt", false, "what happened, what was said"},
    {ROW_PIN,      Q_insert_order_pins, "ii",             false, "who sees it first"},
    {ROW_PASS,     Q_insert_order_passes, "iii",          false, "who had it and is not offered it again"},
    {ROW_CLOCK,    Q_save_clock_runs,   "iiiiiiiibtt",    false, "before their deadlines"},
    {ROW_ALERT,    Q_save_alerts,       "iiiiiiiit",      false, "before their deadlines"},
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
    {ROW_NOTICE,   Q_insert_notices,    "iiiiittb",       false, "what people are to be told"},
    {ROW_INSTEAD,  Q_insert_instead,    "ii",             true,  "the same for somebody else"},
    {ROW_FREE,     Q_tell_what_waits,   "ii",             true,  "who has become free is told of what waits"},
    {ROW_COMMAND,  Q_insert_commands,   "iittt",          false, "last: the answers"},
};
/* clang-format on */
_Static_assert(ARRAY_LEN(statements) == ROW_KIND_COUNT, "every kind of row has its statement");

struct save {
    struct db_columns rows[ROW_KIND_COUNT];
    int64_t earliest_deadline;
    size_t told_free; /* notices that ROW_FREE has made */
    struct buf scratch;
    struct db_args args;
};

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
    s->told_free = 0;
}

/* ---- one kind of row each ---- */

static void add_order(struct save *s, const struct order *o)
{
    struct db_columns *row = &s->rows[ROW_ORDER];
    db_put_i64(row, o->id);
    db_put_i64(row, o->month_day);
    db_put_i64(row, o->account_id);
    db_put_i64(row, o->ordered_by);
    db_put_i64(row, o->created_at);
    db_put_i64(row, o->billing_month_id);
    db_put_i64(row, o->tariff_id);
    db_put_i64(row, o->reaction_minutes);
    db_put_i64(row, o->rate_minor);
    db_put_id(row, o->category_id);
    db_put_id(row, o->calendar_id);
    db_put_bool(row, o->sees_contacts);
    db_put_bool(row, o->offer_open);
    db_put_text(row, o->currency);
    db_put_text(row, o->wish);
}

static void add_update(struct save *s, const struct order *o)
{
    struct db_columns *row = &s->rows[ROW_UPDATE];
    db_put_i64(row, o->id);
    db_put_i64(row, o->version);
    db_put_id(row, o->contractor_id);
    db_put_id(row, o->taken_at);
    db_put_id(row, o->estimate_minutes);
    db_put_id(row, o->done_at);
    db_put_id(row, o->ended_at);
    db_put_id(row, o->rating);
    db_put_id(row, o->reaction_breached_at);
    db_put_id(row, o->work_breached_at);
    db_put_i64(row, o->reworks);
    db_put_i64(row, o->bonus_minor);
    db_put_bool(row, o->offer_open);
    db_put_bool(row, o->estimate_named);
    db_put_text(row, order_state_name(o->state));
}

static void add_event(struct save *s, const struct job *job, const struct decision *d,
                      int64_t actor_id, const char *text, const struct msg_strings *files)
{
    struct db_columns *row = &s->rows[ROW_EVENT];
    const char *message_kind =
        d->message_kind < 0 ? NULL : message_kind_name((enum message_kind)d->message_kind);
    buf_reset(&s->scratch);
    for (size_t i = 0; i < files->count; i++)
        buf_printf(&s->scratch, "%s%s", i == 0 ? "" : "\n", files->items[i]);
    db_put_i64(row, d->after.month_day);
    db_put_i64(row, d->after.id);
    db_put_i64(row, d->after.version);
    db_put_id(row, actor_id);
    db_put_i64(row, d->at);
    db_put_i64(row, (int64_t)d->notice_count);
    db_put_text(row, order_event_name(d->event));
    db_put_text(row, d->from == ORDER_NONE ? NULL : order_state_name(d->from));
    db_put_text(row, order_state_name(d->after.state));
    db_put_text(row, role_name(d->role));
    db_put_text(row, job->msg.id);
    db_put_text(row, d->detail[0] == '\0' ? NULL : d->detail);
    db_put_text(row, message_kind);
    db_put_text(row, message_kind == NULL ? NULL : text != NULL ? text : "");
    db_put_text(row, message_kind != NULL && files->count > 0 ? buf_text(&s->scratch) : NULL);
}

static void add_run(struct save *s, int64_t order_id, enum sla_clock clock,
                    const struct clock_run *c, int64_t ended_at)
{
    struct db_columns *row = &s->rows[ROW_CLOCK];
    buf_reset(&s->scratch);
    for (size_t i = 0; i < CLOCK_STEPS_MAX && c->shares[i] != 0; i++)
        buf_printf(&s->scratch, "%s%d", i == 0 ? "" : " ", (int)c->shares[i]);
    db_put_i64(row, order_id);
    db_put_i64(row, c->run);
    db_put_i64(row, c->started_at);
    db_put_id(row, ended_at);
    db_put_i64(row, c->counted_ms);
    db_put_i64(row, c->limit_ms);
    db_put_i64(row, c->fired);
    db_put_id(row, c->calendar != NULL ? clock_due_at(c, 100) : 0);
    db_put_bool(row, c->paused);
    db_put_text(row, sla_clock_name(clock));
    db_put_text(row, buf_text(&s->scratch));
}

void save_earlier(struct save *s, int64_t due_at)
{
    if (s->earliest_deadline == 0 || due_at < s->earliest_deadline)
        s->earliest_deadline = due_at;
}

/* order_id or account_id: whose it is; 0 = the other's. */
static void put_deadline(struct save *s, const struct decided_deadline *deadline, int64_t order_id,
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

static void add_clocks(struct save *s, const struct order *before, const struct decision *d)
{
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++) {
        const struct clock_run *is = &d->after.clocks[clock];
        if (!d->clock_changed[clock])
            continue;
        if (d->clock_ended[clock] != 0) {
            struct db_columns *row = &s->rows[ROW_ENDED];
            db_put_i64(row, d->after.id);
            db_put_i64(row, d->clock_ended[clock]);
            db_put_text(row, sla_clock_name((enum sla_clock)clock));
        }
        if (d->clock_ended[clock] != 0 && d->clock_ended[clock] != is->run)
            add_run(s, d->after.id, (enum sla_clock)clock, &before->clocks[clock],
                    d->at); /* moved: the former run ends */
        add_run(s, d->after.id, (enum sla_clock)clock, is, is->running ? 0 : is->ended_at);
    }
    for (size_t i = 0; i < d->deadline_count; i++) {
        const struct decided_deadline *deadline = &d->deadlines[i];
        put_deadline(s, deadline, d->after.id, 0);
    }
}

static void add_alerts(struct save *s, const struct decision *d)
{
    for (size_t i = 0; i < d->alert_count; i++) {
        const struct decided_alert *alert = &d->alerts[i];
        struct db_columns *row = &s->rows[ROW_ALERT];
        db_put_i64(row, alert->is.id);
        db_put_i64(row, d->after.id);
        db_put_i64(row, alert->is.level);
        db_put_i64(row, alert->is.raised_at);
        db_put_id(row, alert->is.acknowledged_by);
        db_put_id(row, alert->is.acknowledged_at);
        db_put_i64(row, alert->is.repeats);
        db_put_id(row, alert->change == ALERT_SOLVED ? d->at : 0);
        db_put_text(row, alert_cause_name(alert->cause));
        if (alert->change != ALERT_RAISED && alert->change != ALERT_REWRITTEN)
            db_put_i64(&s->rows[ROW_SETTLED], alert->is.id);
    }
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

static void add_ledgers(struct save *s, const struct world *w, const struct job *job,
                        const struct decision *d)
{
    static const struct {
        const char *kind;
        int64_t amount;
    } of_change[] = {
        [LEDGER_RESERVE] = {"reserve",    -1},
        [LEDGER_RETURN] = {"return",     1 },
        [LEDGER_COMPENSATE] = {"compensate", 1 },
    };
    const struct order *o = &d->after;
    if (d->quota != LEDGER_NONE) /* a return goes into the month it was reserved in */
        save_quota(s, &(struct quota_entry){.account_id = o->account_id,
                                            .month_id = o->billing_month_id,
                                            .order_id = o->id,
                                            .amount = of_change[d->quota].amount,
                                            .at = d->at,
                                            .kind = of_change[d->quota].kind,
                                            .command_id = job->msg.id});
    if (d->pay) /* into the month of closing */
        save_payout(s, &(struct payout_entry){.contractor_id = o->contractor_id,
                                              .month_id = w->month.id,
                                              .order_id = o->id,
                                              .amount_minor = o->rate_minor + o->bonus_minor,
                                              .at = d->at,
                                              .kind = "order",
                                              .currency = o->currency,
                                              .command_id = job->msg.id});
    if (d->erase_credentials)
        db_put_i64(&s->rows[ROW_ERASE], o->id);
}

static void add_withdrawal(struct save *s, int64_t order_id, enum notice_kind kind)
{
    db_put_i64(&s->rows[ROW_WITHDRAW], order_id);
    db_put_text(&s->rows[ROW_WITHDRAW], notice_kind_name(kind));
}

/* Which waiting notices an event makes moot. */
static void add_withdrawals(struct save *s, const struct decision *d)
{
    static const struct {
        enum sla_clock clock;
        enum notice_kind reminder;
    } reminders[] = {
        {CLOCK_WORK,       NOTICE_work_reminder   },
        {CLOCK_CONFIRM,    NOTICE_confirm_reminder},
        {CLOCK_ANSWER,     NOTICE_answer_reminder },
        {CLOCK_ACCEPTANCE, NOTICE_accept_reminder },
    };
    if (d->withdraw_offers)
        add_withdrawal(s, d->after.id, NOTICE_offer);
    for (size_t i = 0; d->withdraw_reminders && i < ARRAY_LEN(reminders); i++)
        if (d->clock_changed[reminders[i].clock] && (d->clock_ended[reminders[i].clock] != 0 ||
                                                     !d->after.clocks[reminders[i].clock].running))
            add_withdrawal(s, d->after.id, reminders[i].reminder);
    for (size_t i = 0; i < d->alert_count; i++)
        if (d->alerts[i].change == ALERT_SOLVED || d->alerts[i].change == ALERT_REWRITTEN)
            add_withdrawal(s, d->after.id, notice_of_alert(d->alerts[i].cause));
}

/* ---- who has become free or busy ---- */

static void add_person(struct save *s, enum row_kind kind, int64_t person_id, int64_t max_orders)
{
    db_put_i64(&s->rows[kind], person_id);
    db_put_i64(&s->rows[kind], max_orders);
}

static bool is_at_work(enum order_state state)
{
    return state == ORDER_IN_WORK || state == ORDER_WAITING_CLIENT;
}

static void add_workload(struct save *s, const struct world *w, const struct order *before,
                         const struct order *after)
{
    int64_t limit = w->parameters.CONTRACTOR_MAX_ORDERS;
    int64_t had = before != NULL && is_at_work(before->state) ? before->contractor_id : 0;
    int64_t has = is_at_work(after->state) ? after->contractor_id : 0;
    if (had == has)
        return;
    if (has != 0)
        add_person(s, ROW_BUSY, has, limit);
    if (had != 0)
        add_person(s, ROW_FREE, had, limit);
}

static void put_notice(struct save *s, enum notice_kind kind, int64_t person_id, int64_t order_id,
                       int64_t version, int64_t now, int64_t not_before, const char *detail)
{
    struct db_columns *row = &s->rows[ROW_NOTICE];
    db_put_id(row, person_id);
    db_put_id(row, order_id);
    db_put_id(row, version);
    db_put_i64(row, now);
    db_put_id(row, not_before);
    db_put_text(row, notice_kind_name(kind));
    db_put_text(row, detail);
    db_put_bool(row, notice_wants_receipt(kind));
}

static void add_notices(struct save *s, const struct decision *d)
{
    for (size_t i = 0; i < d->notice_count; i++) {
        const struct decided_notice *n = &d->notices[i];
        put_notice(s, n->kind, n->person_id, d->after.id, d->after.version, d->at, n->not_before,
                   n->detail < 0 ? NULL : d->details[n->detail]);
    }
}

/* ---- the whole ---- */

void save_decision(struct save *s, struct world *w, const struct job *job, const struct decision *d,
                   const char *text, const struct msg_strings *files)
{
    const struct person *actor =
        job->telegram_id != 0 ? world_by_telegram(w, job->telegram_id) : NULL;
    int64_t actor_id = actor != NULL && d->role != ROLE_SYSTEM ? actor->id : 0;
    if (d->from == ORDER_NONE)
        add_order(s, &d->after);
    else if (!d->only_said)
        add_update(s, &d->after);
    add_event(s, job, d, actor_id, text, files);
    for (size_t i = 0; d->keep_pins && i < d->after.pin_count; i++) {
        db_put_i64(&s->rows[ROW_PIN], d->after.id);
        db_put_i64(&s->rows[ROW_PIN], d->after.pins[i]);
    }
    if (d->passed_by != 0) {
        db_put_i64(&s->rows[ROW_PASS], d->after.id);
        db_put_i64(&s->rows[ROW_PASS], d->passed_by);
        db_put_i64(&s->rows[ROW_PASS], d->at);
    }
    const struct order *before = d->from == ORDER_NONE ? NULL : world_order(w, d->after.id);
    add_clocks(s, before, d);
    add_alerts(s, d);
    add_ledgers(s, w, job, d);
    add_workload(s, w, before, &d->after);
    add_withdrawals(s, d);
    add_notices(s, d);
}

void save_reached(struct save *s, int64_t deadline_id)
{
    db_put_i64(&s->rows[ROW_REACHED], deadline_id);
}

void save_alert_clock(struct save *s, int64_t order_id, int64_t alert_id, int64_t repeat_at)
{
    put_deadline(
        s,
        &(struct decided_deadline){
            .clock = CLOCK_ALERT, .step = STEP_REPEAT, .due_at = repeat_at, .alert_id = alert_id},
        order_id, 0);
}

void save_subscription_step(struct save *s, int64_t account_id, enum clock_step step,
                            int64_t due_at)
{
    put_deadline(
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
    put_notice(s, kind, person_id, order_id, 0, now, 0, detail);
}

void save_notice_instead(struct save *s, int64_t notice_id, int64_t person_id)
{
    db_put_i64(&s->rows[ROW_INSTEAD], notice_id);
    db_put_i64(&s->rows[ROW_INSTEAD], person_id);
}

void save_withdrawal(struct save *s, int64_t order_id, enum notice_kind kind)
{
    add_withdrawal(s, order_id, kind);
}

void save_notice_later(struct save *s, enum notice_kind kind, int64_t person_id, int64_t now,
                       int64_t not_before, const char *detail)
{
    put_notice(s, kind, person_id, 0, 0, now, not_before, detail);
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
    ((struct save *)ctx)->told_free += (size_t)db_rows(r);
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
    return s->rows[ROW_NOTICE].rows + s->rows[ROW_INSTEAD].rows + s->told_free;
}

int64_t save_earliest_deadline(const struct save *s)
{
    return s->earliest_deadline;
}
