/* events_checks.c - why an event is refused though role and state allow it */
#include "order-engine/rules/events_checks.h"

#include "common/base/clock.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/effects.h"
#include "order-engine/rules/order_fsm.h"
#include "order-engine/rules/quota.h"

static bool is_on_sale(const struct situation *s, int64_t category_id)
{
    return category_id > 0 && category_id <= CATEGORIES_MAX &&
           (s->categories & CATEGORY_BIT(category_id)) != 0;
}

EVENT_CHECK(check_create)
{
    (void)role;
    const struct account *a = s->account;
    int64_t paid_until = paid_until_ms(a, s->parameters->TIME_ZONE);
    if (!a->has_paid_until)
        refuse(r, REFUSE_not_paid_yet);
    else if (s->now >= paid_until)
        refuse_number(r, REFUSE_subscription_ended, "until", paid_until);
    else if (quota_left(a) == 0)
        refuse_number(r, REFUSE_quota_used, "until", s->month.ends_at);
    else if (a->open_orders >= a->open_limit)
        refuse_number(r, REFUSE_too_many_open, "limit", a->open_limit);
    else if (c->category_id != 0 && !is_on_sale(s, c->category_id))
        refuse(r, REFUSE_no_such_category);
    else
        return true;
    return false;
}

static bool is_in_range(const struct order_command *c, int64_t most_hours, struct refused *r)
{
    if (c->estimate_minutes >= 1 && c->estimate_minutes <= most_hours * 60)
        return true;
    refuse_number(r, REFUSE_estimate_range, "limit", most_hours);
    return false;
}

EVENT_CHECK(check_estimate)
{
    (void)role;
    return is_in_range(c, s->parameters->MAX_ESTIMATE_HOURS, r);
}

EVENT_CHECK(check_first_estimate)
{
    if (!s->order->estimate_named)
        return check_estimate(s, c, role, r);
    refuse(r, REFUSE_estimate_named);
    return false;
}

/* A contractor moves a promise that was made and still holds; a manager any. */
EVENT_CHECK(check_extend)
{
    const struct clock_run *clock = &s->order->clocks[CLOCK_WORK];
    if (role != ROLE_CONTRACTOR)
        return is_in_range(c, STAFF_ESTIMATE_HOURS_MAX, r);
    if (!s->order->estimate_named)
        refuse(r, REFUSE_estimate_unnamed);
    else if (clock_counted_ms(clock, s->now) >= clock->limit_ms)
        refuse(r, REFUSE_estimate_over);
    else
        return check_estimate(s, c, role, r);
    return false;
}

EVENT_CHECK(check_cancel)
{
    (void)role;
    if (!c->pay || s->order->contractor_id != 0)
        return true;
    refuse(r, REFUSE_nobody_to_pay);
    return false;
}

EVENT_CHECK(check_target)
{
    (void)c, (void)role;
    if (s->target == NULL)
        refuse(r, REFUSE_no_such_person);
    else if ((s->target->roles & ROLE_CONTRACTOR) == 0)
        refuse(r, REFUSE_not_active);
    else if (s->target->account_id != 0 && s->target->account_id == s->order->account_id)
        refuse(r, REFUSE_own_account);
    else
        return true;
    return false;
}

EVENT_CHECK(check_other_target)
{
    if (s->target == NULL || s->target->id != s->order->contractor_id)
        return check_target(s, c, role, r);
    refuse(r, REFUSE_has_it_already);
    return false;
}

EVENT_CHECK(check_addressee)
{
    (void)s, (void)role;
    if (c->addressee == 0 || c->addressee == ROLE_CLIENT || c->addressee == ROLE_CONTRACTOR)
        return true;
    refuse(r, REFUSE_no_such_addressee);
    return false;
}

EVENT_CHECK(check_rating)
{
    (void)s, (void)role;
    if (c->rating >= 0 && c->rating <= 5) /* 0 = none given */
        return true;
    refuse(r, REFUSE_rating_range);
    return false;
}

EVENT_CHECK(check_late_rating)
{
    if (c->rating == 0)
        refuse(r, REFUSE_rating_range);
    else if (s->order->rating != 0)
        refuse(r, REFUSE_rated_already);
    else if (s->now >= s->order->ended_at + RATE_DAYS * DAY_MS)
        refuse_number(r, REFUSE_rated_too_late, "limit", RATE_DAYS);
    else
        return check_rating(s, c, role, r);
    return false;
}

EVENT_CHECK(check_complaint)
{
    (void)c, (void)role;
    if (s->order->alerts[CAUSE_COMPLAINT].id == 0)
        return true;
    refuse(r, REFUSE_complained_already);
    return false;
}

EVENT_CHECK(check_alert)
{
    (void)role;
    return alert_to_acknowledge(s, c, r) != CAUSE_COUNT;
}

EVENT_CHECK(check_settled)
{
    (void)role;
    return alert_to_settle(s, c, r) != CAUSE_COUNT;
}
