/* events_details.c - an event's ids and numbers as JSON */
#include "order-engine/rules/events_details.h"

#include <inttypes.h>

#define WRITE(...) ((void)c, (void)d, snprintf(out, DECIDED_DETAIL_BYTES, __VA_ARGS__))

EVENT_DETAIL(detail_create)
{
    const struct order *o = &d->after;
    WRITE("{\"account_id\":%" PRId64 ",\"rate_minor\":%" PRId64 ",\"offer_open\":%s}",
          o->account_id, o->rate_minor, o->offer_open ? "true" : "false");
}

EVENT_DETAIL(detail_work)
{
    const struct order *o = &d->after;
    WRITE("{\"contractor_id\":%" PRId64 ",\"estimate_minutes\":%" PRId64 ",\"bonus_minor\":%" PRId64
          "}",
          o->contractor_id, o->estimate_minutes, o->bonus_minor);
}

EVENT_DETAIL(detail_reassigned)
{
    const struct order *o = &d->after;
    WRITE("{\"contractor_id\":%" PRId64 ",\"estimate_minutes\":%" PRId64 ",\"former_id\":%" PRId64
          "}",
          o->contractor_id, o->estimate_minutes, d->passed_by);
}

EVENT_DETAIL(detail_former)
{
    WRITE("{\"former_id\":%" PRId64 "}", d->passed_by);
}

/* An order is given back for its first reaction clock's breach and for no other. */
EVENT_DETAIL(detail_breach)
{
    bool compensated = d->after.given_back && c->clock == CLOCK_REACTION && c->run == 1;
    WRITE("{\"clock\":\"%s\",\"step\":\"%s\",\"run\":%" PRId64 "%s}", sla_clock_name(c->clock),
          clock_step_name(c->step), c->run, compensated ? ",\"compensated\":true" : "");
}

EVENT_DETAIL(detail_reworked)
{
    WRITE("{\"reworks\":%" PRId64 "}", d->after.reworks);
}

static int64_t sum_of(const struct decision *d)
{
    return d->after.rate_minor + d->after.bonus_minor;
}

EVENT_DETAIL(detail_sum)
{
    WRITE("{\"rating\":%" PRId64 ",\"amount_minor\":%" PRId64 "}", d->after.rating, sum_of(d));
}

EVENT_DETAIL(detail_cancelled)
{
    WRITE("{\"paid\":%s,\"amount_minor\":%" PRId64 "}", d->pay ? "true" : "false",
          d->pay ? sum_of(d) : 0);
}

EVENT_DETAIL(detail_rating)
{
    WRITE("{\"rating\":%" PRId64 "}", d->after.rating);
}

/* Whom a manager's words are for; nothing if for both sides. */
EVENT_DETAIL(detail_addressee)
{
    if (d->addressee != 0)
        WRITE("{\"to\":\"%s\"}", role_name((enum role)d->addressee));
}

EVENT_DETAIL(detail_step)
{
    WRITE("{\"clock\":\"%s\",\"step\":\"%s\",\"run\":%" PRId64 "}", sla_clock_name(c->clock),
          clock_step_name(c->step), c->run);
}

EVENT_DETAIL(detail_alert)
{
    WRITE("{\"alert_id\":%" PRId64 "}", c->alert_id);
}

/* What is said with it is for the client alone. */
EVENT_DETAIL(detail_settled)
{
    WRITE("{\"alert_id\":%" PRId64 "%s}", c->alert_id,
          d->message_kind >= 0 ? ",\"to\":\"client\"" : "");
}

EVENT_DETAIL(detail_complaint)
{
    WRITE("{\"alert_id\":%" PRId64 "}", c->new_alert_id);
}
