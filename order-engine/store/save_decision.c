/* save_decision.c - all that one decision writes */
#include "order-engine/rules/clocks.h"
#include "order-engine/store/save_rows.h"

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
    db_put_text(row, d->role != ROLE_SYSTEM ? job_login(job) : NULL);
    db_put_text(row, job->msg.id);
    db_put_text(row, d->detail[0] == '\0' ? NULL : d->detail);
    db_put_text(row, message_kind);
    db_put_text(row, message_kind == NULL ? NULL : text != NULL ? text : "");
    db_put_text(row, message_kind != NULL && files->count > 0 ? buf_text(&s->scratch) : NULL);
}

static void add_new_run(struct save *s, int64_t order_id, enum sla_clock clock,
                        const struct clock_run *c)
{
    struct db_columns *row = &s->rows[ROW_RUN];
    buf_reset(&s->scratch);
    for (size_t i = 0; i < CLOCK_STEPS_MAX && c->shares[i] != 0; i++)
        buf_printf(&s->scratch, "%s%d", i == 0 ? "" : " ", (int)c->shares[i]);
    db_put_i64(row, order_id);
    db_put_i64(row, c->run);
    db_put_i64(row, c->started_at);
    db_put_id(row, c->running ? 0 : c->ended_at);
    db_put_i64(row, c->counted_ms);
    db_put_i64(row, c->limit_ms);
    db_put_i64(row, c->fired);
    db_put_id(row, c->calendar != NULL ? clock_due_at(c, 100) : 0);
    db_put_bool(row, c->paused);
    db_put_text(row, sla_clock_name(clock));
    db_put_text(row, buf_text(&s->scratch));
}

static void add_run(struct save *s, int64_t order_id, enum sla_clock clock,
                    const struct clock_run *c, int64_t ended_at)
{
    struct db_columns *row = &s->rows[ROW_CLOCK];
    db_put_i64(row, order_id);
    db_put_i64(row, c->run);
    db_put_id(row, ended_at);
    db_put_i64(row, c->limit_ms);
    db_put_i64(row, c->fired);
    db_put_bool(row, c->paused);
    db_put_text(row, sla_clock_name(clock));
}

static void add_clocks(struct save *s, const struct order *before, const struct decision *d)
{
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++) {
        const struct clock_run *is = &d->after.clocks[clock];
        const struct clock_run *was = before == NULL ? NULL : &before->clocks[clock];
        if (!d->clock_changed[clock])
            continue;
        if (d->clock_ended[clock] != 0) {
            struct db_columns *row = &s->rows[ROW_ENDED];
            db_put_i64(row, d->after.id);
            db_put_i64(row, d->clock_ended[clock]);
            db_put_text(row, sla_clock_name((enum sla_clock)clock));
        }
        if (d->clock_ended[clock] != 0 && d->clock_ended[clock] != is->run)
            add_run(s, d->after.id, (enum sla_clock)clock, was,
                    d->at); /* moved: the former run ends */
        if (was != NULL && was->run == is->run)
            add_run(s, d->after.id, (enum sla_clock)clock, is, is->running ? 0 : is->ended_at);
        else
            add_new_run(s, d->after.id, (enum sla_clock)clock, is);
    }
    for (size_t i = 0; i < d->deadline_count; i++) {
        const struct decided_deadline *deadline = &d->deadlines[i];
        save_put_deadline(s, deadline, d->after.id, 0);
    }
}

static void add_raised(struct save *s, int64_t order_id, const struct decided_alert *alert)
{
    struct db_columns *row = &s->rows[ROW_RAISED];
    db_put_i64(row, alert->is.id);
    db_put_i64(row, order_id);
    db_put_i64(row, alert->is.level);
    db_put_i64(row, alert->is.raised_at);
    db_put_text(row, alert_cause_name(alert->cause));
}

static void add_alerts(struct save *s, const struct decision *d)
{
    for (size_t i = 0; i < d->alert_count; i++) {
        const struct decided_alert *alert = &d->alerts[i];
        struct db_columns *row = &s->rows[ROW_ALERT];
        if (alert->change == ALERT_RAISED) {
            add_raised(s, d->after.id, alert);
            continue;
        }
        db_put_i64(row, alert->is.id);
        db_put_i64(row, alert->is.level);
        db_put_id(row, alert->is.acknowledged_by);
        db_put_id(row, alert->is.acknowledged_at);
        db_put_i64(row, alert->is.repeats);
        db_put_id(row, alert->change == ALERT_SOLVED ? d->at : 0);
        if (alert->change != ALERT_REWRITTEN)
            db_put_i64(&s->rows[ROW_SETTLED], alert->is.id);
    }
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
        save_withdrawal(s, d->after.id, NOTICE_offer);
    for (size_t i = 0; d->withdraw_reminders && i < ARRAY_LEN(reminders); i++)
        if (d->clock_changed[reminders[i].clock] && (d->clock_ended[reminders[i].clock] != 0 ||
                                                     !d->after.clocks[reminders[i].clock].running))
            save_withdrawal(s, d->after.id, reminders[i].reminder);
    for (size_t i = 0; i < d->alert_count; i++)
        if (d->alerts[i].change == ALERT_SOLVED || d->alerts[i].change == ALERT_REWRITTEN)
            save_withdrawal(s, d->after.id, notice_of_alert(d->alerts[i].cause));
}

static bool is_at_work(enum order_state state)
{
    return state == ORDER_IN_WORK || state == ORDER_WAITING_CLIENT;
}

static void add_workload(struct save *s, const struct world *w, const struct order *before,
                         const struct order *after)
{
    int64_t had = before != NULL && is_at_work(before->state) ? before->contractor_id : 0;
    int64_t has = is_at_work(after->state) ? after->contractor_id : 0;
    if (had == has)
        return;
    if (has != 0)
        save_became_busy(s, has, &w->parameters);
    if (had != 0)
        save_became_free(s, had, &w->parameters);
}

static void add_notices(struct save *s, const struct decision *d)
{
    for (size_t i = 0; i < d->notice_count; i++) {
        const struct decided_notice *n = &d->notices[i];
        save_put_notice(s, n, d->after.id, d->after.version, d->at,
                        n->detail < 0 ? NULL : d->details[n->detail]);
    }
}

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
