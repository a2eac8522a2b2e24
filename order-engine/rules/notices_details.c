/* notices_details.c - what a notice carries, as JSON */
#include "order-engine/rules/notices_details.h"

#include <inttypes.h>

static int64_t promise_of(const struct order *o, enum sla_clock clock)
{
    return clock_due_at(&o->clocks[clock], 100);
}

#define DETAIL(name)                                                                              \
    static void name(const struct situation *s, const struct decision *d, const struct matter *m, \
                     char out[static DECIDED_DETAIL_BYTES])
#define WRITE(...) ((void)s, (void)d, (void)m, snprintf(out, DECIDED_DETAIL_BYTES, __VA_ARGS__))

DETAIL(detail_promise)
{
    WRITE("{\"due_at\":%" PRId64 ",\"left\":%" PRId64 "}", promise_of(&d->after, CLOCK_REACTION),
          d->quota_left);
}

DETAIL(detail_reaction)
{
    WRITE("{\"due_at\":%" PRId64 "}", promise_of(&d->after, CLOCK_REACTION));
}

DETAIL(detail_offer)
{
    WRITE("{\"due_at\":%" PRId64 ",\"pinned\":%s}", promise_of(&d->after, CLOCK_REACTION),
          d->after.offer_open ? "false" : "true");
}

DETAIL(detail_estimate)
{
    WRITE("{\"due_at\":%" PRId64 ",\"estimate_minutes\":%" PRId64 ",\"contractor_id\":%" PRId64 "}",
          promise_of(&d->after, CLOCK_WORK), d->after.estimate_minutes, d->after.contractor_id);
}

DETAIL(detail_confirm)
{
    WRITE("{\"due_at\":%" PRId64 "}", promise_of(&d->after, CLOCK_CONFIRM));
}

DETAIL(detail_closing)
{
    WRITE("{\"due_at\":%" PRId64 "}", promise_of(&d->after, CLOCK_ACCEPTANCE));
}

DETAIL(detail_clock)
{
    WRITE("{\"due_at\":%" PRId64 ",\"clock\":\"%s\"%s}", promise_of(&d->after, m->deadline),
          sla_clock_name(m->deadline),
          d->quota == LEDGER_COMPENSATE ? ",\"compensated\":true" : "");
}

DETAIL(detail_alert)
{
    static const enum sla_clock clock_of_cause[CAUSE_COUNT] = {
        [CAUSE_NOT_TAKEN] = CLOCK_REACTION,  [CAUSE_LATE] = CLOCK_WORK,
        [CAUSE_UNCONFIRMED] = CLOCK_CONFIRM, [CAUSE_NO_ANSWER] = CLOCK_ANSWER,
        [CAUSE_UNREACHABLE] = CLOCK_WORK,    [CAUSE_COMPLAINT] = CLOCK_COUNT,
        [CAUSE_LOW_RATING] = CLOCK_COUNT,    [CAUSE_REWORKED] = CLOCK_COUNT,
    };
    const struct open_alert *alert = &d->after.alerts[m->cause];
    enum sla_clock clock = clock_of_cause[m->cause];
    char due[40] = "", repeat[40] = "";
    if (clock != CLOCK_COUNT)
        snprintf(due, sizeof due, ",\"due_at\":%" PRId64, promise_of(&d->after, clock));
    if (d->event == EVENT_REPEAT)
        snprintf(repeat, sizeof repeat, ",\"repeat\":%" PRId64, alert->repeats);
    WRITE("{\"alert_id\":%" PRId64 ",\"level\":%" PRId64 "%s%s}", alert->id, alert->level, due,
          repeat);
}

DETAIL(detail_paid)
{
    WRITE("{\"amount_minor\":%" PRId64 ",\"currency\":\"%s\"}",
          d->pay ? d->after.rate_minor + d->after.bonus_minor : 0, d->after.currency);
}

DETAIL(detail_sum)
{
    WRITE("{\"amount_minor\":%" PRId64 ",\"currency\":\"%s\",\"rating\":%" PRId64 "}",
          d->after.rate_minor + d->after.bonus_minor, d->after.currency, d->after.rating);
}

DETAIL(detail_quota)
{
    WRITE("{\"left\":%" PRId64 ",\"until\":%" PRId64 "}", d->quota_left, s->month.ends_at);
}

static void (*const details[])(const struct situation *, const struct decision *,
                               const struct matter *, char *) = {
    [DETAIL_PROMISE] = detail_promise, [DETAIL_REACTION] = detail_reaction,
    [DETAIL_OFFER] = detail_offer,     [DETAIL_ESTIMATE] = detail_estimate,
    [DETAIL_CONFIRM] = detail_confirm, [DETAIL_CLOSING] = detail_closing,
    [DETAIL_CLOCK] = detail_clock,     [DETAIL_ALERT] = detail_alert,
    [DETAIL_SUM] = detail_sum,         [DETAIL_PAID] = detail_paid,
    [DETAIL_QUOTA] = detail_quota,
};

void notice_detail_print(enum notice_detail detail, const struct situation *s,
                         const struct decision *d, const struct matter *m,
                         char out[static DECIDED_DETAIL_BYTES])
{
    details[detail](s, d, m, out);
}
