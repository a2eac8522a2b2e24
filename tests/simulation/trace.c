/* trace.c - what a simulation writes */
#include "tests/simulation/trace.h"

#include <inttypes.h>

static void write_row(FILE *out, const struct decision *d)
{
    const struct order *o = &d->after;
    fprintf(out,
            " ok %s:%" PRId64 ":%" PRId64 ":%" PRId64 ":%d:%d:%" PRId64 ":%" PRId64 ":%" PRId64,
            order_state_name(o->state), o->version, o->contractor_id, o->estimate_minutes,
            o->offer_open, o->estimate_named, o->rate_minor, o->bonus_minor, o->id);
    fprintf(out, " by:%s:%s due:%" PRId64 " breach:%" PRId64 ":%" PRId64,
            order_event_name(d->event), role_name(d->role), d->due_at, o->reaction_breached_at,
            o->work_breached_at);
    if (d->detail[0] != '\0')
        fprintf(out, " j:%s", d->detail);
}

static void write_clocks(FILE *out, const struct decision *d)
{
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++)
        if (d->clock_ended[clock] != 0)
            fprintf(out, " e:%s:%" PRId64, sla_clock_name((enum sla_clock)clock),
                    d->clock_ended[clock]);
    for (size_t i = 0; i < d->deadline_count; i++) {
        const struct decided_deadline *deadline = &d->deadlines[i];
        fprintf(out, " d:%s:%s:%" PRId64 ":%" PRId64, sla_clock_name(deadline->clock),
                clock_step_name(deadline->step),
                deadline->clock == CLOCK_ALERT ? deadline->alert_id : deadline->run,
                deadline->due_at);
    }
}

static void write_ledgers(FILE *out, const struct decision *d)
{
    static const char *const changes[] = {"raised",       "rewritten", "solved",
                                          "acknowledged", "repeated",  "reopened"};
    for (size_t i = 0; i < d->alert_count; i++)
        fprintf(out, " a:%s:%s:%" PRId64 ":%" PRId64, changes[d->alerts[i].change],
                alert_cause_name(d->alerts[i].cause), d->alerts[i].is.id, d->alerts[i].is.level);
    if (d->quota != LEDGER_NONE)
        fprintf(out, " q:%" PRId64 ":%d", d->after.billing_month_id,
                d->quota == LEDGER_RESERVE ? -1 : 1);
    if (d->pay)
        fprintf(out, " pay:%" PRId64 ":%" PRId64, d->after.contractor_id,
                d->after.rate_minor + d->after.bonus_minor);
    if (d->erase_credentials)
        fprintf(out, " erase");
    if (d->withdraw_offers)
        fprintf(out, " withdraw");
    for (size_t i = 0; d->keep_pins && i < d->after.pin_count; i++)
        fprintf(out, " p:%" PRId64, d->after.pins[i]);
}

/* Notices that differ in the person only share a word. */
static void write_notices(FILE *out, const struct decision *d)
{
    const struct decided_notice *former = NULL;
    for (size_t i = 0; i < d->notice_count; i++) {
        const struct decided_notice *n = &d->notices[i];
        if (former != NULL && former->kind == n->kind && former->not_before == n->not_before &&
            former->detail == n->detail)
            fprintf(out, ",%" PRId64, n->person_id);
        else
            fprintf(out, " n:%s:%" PRId64 ":%s:%" PRId64, notice_kind_name(n->kind),
                    n->not_before == 0 ? 0 : n->not_before - d->at,
                    n->detail < 0 ? "" : d->details[n->detail], n->person_id);
        former = n;
    }
}

void trace_result(FILE *out, const struct decision *d)
{
    if (d->refused.why != REFUSED_NOT) {
        fprintf(out, " no %s\n", refusal_name(d->refused.why));
        return;
    }
    write_row(out, d);
    write_clocks(out, d);
    write_ledgers(out, d);
    write_notices(out, d);
    fputc('\n', out);
}
