/* events.c - what each event brings along */
#include "order-engine/rules/events.h"

#include <inttypes.h>

#include "common/base/clock.h"
#include "order-engine/rules/alerts.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/dispatch.h"
#include "order-engine/rules/effects.h"
#include "order-engine/rules/order_fsm.h"
#include "order-engine/rules/quota.h"

/* ---- checks beyond role and state ---- */

static bool is_on_sale(const struct situation *s, int64_t category_id)
{
    return category_id > 0 && category_id <= CATEGORIES_MAX &&
           (s->categories & CATEGORY_BIT(category_id)) != 0;
}

static bool check_create(const struct situation *s, const struct order_command *c, enum role role,
                         struct refused *r)
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

static bool check_estimate(const struct situation *s, const struct order_command *c, enum role role,
                           struct refused *r)
{
    (void)role;
    return is_in_range(c, s->parameters->MAX_ESTIMATE_HOURS, r);
}

static bool check_first_estimate(const struct situation *s, const struct order_command *c,
                                 enum role role, struct refused *r)
{
    if (!s->order->estimate_named)
        return check_estimate(s, c, role, r);
    refuse(r, REFUSE_estimate_named);
    return false;
}

/* A contractor moves a promise that was made and still holds; a manager any. */
static bool check_extend(const struct situation *s, const struct order_command *c, enum role role,
                         struct refused *r)
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

static bool check_cancel(const struct situation *s, const struct order_command *c, enum role role,
                         struct refused *r)
{
    (void)role;
    if (!c->pay || s->order->contractor_id != 0)
        return true;
    refuse(r, REFUSE_nobody_to_pay);
    return false;
}

static bool check_target(const struct situation *s, const struct order_command *c, enum role role,
                         struct refused *r)
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

static bool check_other_target(const struct situation *s, const struct order_command *c,
                               enum role role, struct refused *r)
{
    if (s->target == NULL || s->target->id != s->order->contractor_id)
        return check_target(s, c, role, r);
    refuse(r, REFUSE_has_it_already);
    return false;
}

static bool check_addressee(const struct situation *s, const struct order_command *c,
                            enum role role, struct refused *r)
{
    (void)s, (void)role;
    if (c->addressee == 0 || c->addressee == ROLE_CLIENT || c->addressee == ROLE_CONTRACTOR)
        return true;
    refuse(r, REFUSE_no_such_addressee);
    return false;
}

static bool check_rating(const struct situation *s, const struct order_command *c, enum role role,
                         struct refused *r)
{
    (void)s, (void)role;
    if (c->rating >= 0 && c->rating <= 5) /* 0 = none given */
        return true;
    refuse(r, REFUSE_rating_range);
    return false;
}

static bool check_late_rating(const struct situation *s, const struct order_command *c,
                              enum role role, struct refused *r)
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

static bool check_complaint(const struct situation *s, const struct order_command *c,
                            enum role role, struct refused *r)
{
    (void)c, (void)role;
    if (s->order->alerts[CAUSE_COMPLAINT].id == 0)
        return true;
    refuse(r, REFUSE_complained_already);
    return false;
}

static bool check_alert(const struct situation *s, const struct order_command *c, enum role role,
                        struct refused *r)
{
    (void)role;
    return alert_to_acknowledge(s, c, r) != CAUSE_COUNT;
}

static bool check_settled(const struct situation *s, const struct order_command *c, enum role role,
                          struct refused *r)
{
    (void)role;
    return alert_to_settle(s, c, r) != CAUSE_COUNT;
}

/* ---- what the event writes into the row ---- */

static void write_take(const struct situation *s, const struct order_command *c, struct order *o)
{
    o->contractor_id = s->actor->id;
    o->contractor_active = true;
    o->taken_at = s->now;
    o->bonus_minor = dispatch_bonus_now(s, o);
    o->estimate_named = true;
    o->estimate_minutes = c->estimate_minutes;
}

/* The bonus counts here too: the work has waited as long, and whoever is given it had seen the sum
 * in the list. */
static void write_assign(const struct situation *s, const struct order_command *c, struct order *o)
{
    (void)c;
    o->contractor_id = s->target->id;
    o->contractor_active = true;
    o->taken_at = s->now;
    o->bonus_minor = dispatch_bonus_now(s, o);
    o->estimate_named = false;
    o->estimate_minutes = s->parameters->DEFAULT_ESTIMATE_HOURS * 60;
}

/* What the order has waited for is paid once: the bonus stays as it was fixed. */
static void write_reassign(const struct situation *s, const struct order_command *c,
                           struct order *o)
{
    int64_t bonus_minor = o->bonus_minor;
    write_assign(s, c, o);
    o->bonus_minor = bonus_minor;
}

static void write_estimate(const struct situation *s, const struct order_command *c,
                           struct order *o)
{
    (void)s;
    o->estimate_named = true;
    o->estimate_minutes = c->estimate_minutes;
}

/* The promise of whoever has it; an assigned contractor has still to make the own. */
static void write_extend(const struct situation *s, const struct order_command *c, struct order *o)
{
    (void)s;
    o->estimate_minutes = c->estimate_minutes;
}

static void write_done(const struct situation *s, const struct order_command *c, struct order *o)
{
    (void)c;
    o->done_at = s->now;
}

/* Not done after all; who did it keeps taking and estimate, unless LEAVE_CONTRACTOR follows. */
static void write_rework(const struct situation *s, const struct order_command *c, struct order *o)
{
    (void)s, (void)c;
    o->reworks++;
    o->done_at = 0;
}

static void write_rating(const struct situation *s, const struct order_command *c, struct order *o)
{
    (void)s;
    o->rating = c->rating;
}

static void write_end(const struct situation *s, const struct order_command *c, struct order *o)
{
    (void)c;
    o->ended_at = s->now;
}

static void write_accept(const struct situation *s, const struct order_command *c, struct order *o)
{
    write_rating(s, c, o);
    write_end(s, c, o);
}

/* ---- the event's detail: ids and numbers from which folding rebuilds the row ---- */

#define DETAIL(name)                                                          \
    static void name(const struct order_command *c, const struct decision *d, \
                     char out[static DECIDED_DETAIL_BYTES])
#define WRITE(...) ((void)c, (void)d, snprintf(out, DECIDED_DETAIL_BYTES, __VA_ARGS__))

DETAIL(detail_create)
{
    const struct order *o = &d->after;
    WRITE("{\"account_id\":%" PRId64 ",\"rate_minor\":%" PRId64 ",\"offer_open\":%s}",
          o->account_id, o->rate_minor, o->offer_open ? "true" : "false");
}

DETAIL(detail_work)
{
    const struct order *o = &d->after;
    WRITE("{\"contractor_id\":%" PRId64 ",\"estimate_minutes\":%" PRId64 ",\"bonus_minor\":%" PRId64
          "}",
          o->contractor_id, o->estimate_minutes, o->bonus_minor);
}

DETAIL(detail_reassigned)
{
    const struct order *o = &d->after;
    WRITE("{\"contractor_id\":%" PRId64 ",\"estimate_minutes\":%" PRId64 ",\"former_id\":%" PRId64
          "}",
          o->contractor_id, o->estimate_minutes, d->passed_by);
}

DETAIL(detail_former)
{
    WRITE("{\"former_id\":%" PRId64 "}", d->passed_by);
}

/* An order is given back for its first reaction clock's breach and for no other. */
DETAIL(detail_breach)
{
    bool compensated = d->after.given_back && c->clock == CLOCK_REACTION && c->run == 1;
    WRITE("{\"clock\":\"%s\",\"step\":\"%s\",\"run\":%" PRId64 "%s}", sla_clock_name(c->clock),
          clock_step_name(c->step), c->run, compensated ? ",\"compensated\":true" : "");
}

DETAIL(detail_reworked)
{
    WRITE("{\"reworks\":%" PRId64 "}", d->after.reworks);
}

static int64_t sum_of(const struct decision *d)
{
    return d->after.rate_minor + d->after.bonus_minor;
}

DETAIL(detail_sum)
{
    WRITE("{\"rating\":%" PRId64 ",\"amount_minor\":%" PRId64 "}", d->after.rating, sum_of(d));
}

DETAIL(detail_cancelled)
{
    WRITE("{\"paid\":%s,\"amount_minor\":%" PRId64 "}", d->pay ? "true" : "false",
          d->pay ? sum_of(d) : 0);
}

DETAIL(detail_rating)
{
    WRITE("{\"rating\":%" PRId64 "}", d->after.rating);
}

/* Whom a manager's words are for; nothing if for both sides. */
DETAIL(detail_addressee)
{
    if (d->addressee != 0)
        WRITE("{\"to\":\"%s\"}", role_name((enum role)d->addressee));
}

DETAIL(detail_step)
{
    WRITE("{\"clock\":\"%s\",\"step\":\"%s\",\"run\":%" PRId64 "}", sla_clock_name(c->clock),
          clock_step_name(c->step), c->run);
}

DETAIL(detail_alert)
{
    WRITE("{\"alert_id\":%" PRId64 "}", c->alert_id);
}

DETAIL(detail_complaint)
{
    WRITE("{\"alert_id\":%" PRId64 "}", c->new_alert_id);
}

#define ANYBODY (~0u)
#define STAFF (ROLE_MANAGER | ROLE_OWNER)

/* clang-format off */
static const struct event_row rows[] = {
/*   event               text kept as       at most          words of  deadline  said   check                 write           detail             promises */
    {EVENT_CREATE,       MESSAGE_TASK,      TASK_TEXT_MAX,   ANYBODY,  false,    false, check_create,         NULL,           detail_create,     CLOCK_REACTION},
    {EVENT_ADD_DETAILS,  MESSAGE_DETAILS,   TASK_TEXT_MAX,   ANYBODY,  false,    true,  NULL,                 NULL,           NULL,              -1},
    {EVENT_CANCEL,       MESSAGE_REASON,    REASON_TEXT_MAX, STAFF,    false,    false, check_cancel,         write_end,      detail_cancelled,  -1},
    {EVENT_TAKE,         -1,                0,               0,        false,    false, check_estimate,       write_take,     detail_work,       CLOCK_WORK},
    {EVENT_ASSIGN,       -1,                0,               0,        false,    false, check_target,         write_assign,   detail_work,       CLOCK_WORK},
    {EVENT_SET_ESTIMATE, -1,                0,               0,        false,    false, check_first_estimate, write_estimate, detail_work,       CLOCK_WORK},
    {EVENT_REASSIGN,     MESSAGE_REASON,    REASON_TEXT_MAX, ANYBODY,  false,    false, check_other_target,   write_reassign, detail_reassigned, CLOCK_WORK},
    {EVENT_ASK,          MESSAGE_QUESTION,  TASK_TEXT_MAX,   ANYBODY,  false,    false, NULL,                 NULL,           NULL,              -1},
    {EVENT_ANSWER,       MESSAGE_ANSWER,    TASK_TEXT_MAX,   ANYBODY,  false,    false, NULL,                 NULL,           NULL,              -1},
    {EVENT_RESUME,       -1,                0,               0,        false,    false, NULL,                 NULL,           NULL,              -1},
    {EVENT_SAY,          MESSAGE_SAY,       TASK_TEXT_MAX,   ANYBODY,  false,    true,  check_addressee,      NULL,           detail_addressee,  -1},
    {EVENT_EXTEND,       MESSAGE_REASON,    REASON_TEXT_MAX, ANYBODY,  false,    false, check_extend,         write_extend,   detail_work,       CLOCK_WORK},
    {EVENT_GIVE_BACK,    MESSAGE_REASON,    REASON_TEXT_MAX, ANYBODY,  false,    false, NULL,                 NULL,           detail_former,     CLOCK_REACTION},
    {EVENT_RELEASE,      MESSAGE_REASON,    REASON_TEXT_MAX, STAFF,    false,    false, NULL,                 NULL,           detail_former,     CLOCK_REACTION},
    {EVENT_FINISH,       MESSAGE_REPORT,    TASK_TEXT_MAX,   ANYBODY,  false,    false, NULL,                 write_done,     NULL,              -1},
    {EVENT_ACCEPT,       MESSAGE_REVIEW,    TASK_TEXT_MAX,   0,        false,    false, check_rating,         write_accept,   detail_sum,        -1},
    {EVENT_AUTO_CLOSE,   -1,                0,               0,        true,     false, NULL,                 write_end,      detail_sum,        -1},
    {EVENT_REWORK,       MESSAGE_REASON,    TASK_TEXT_MAX,   ANYBODY,  false,    false, NULL,                 write_rework,   detail_reworked,   -1},
    {EVENT_RATE,         MESSAGE_REVIEW,    TASK_TEXT_MAX,   0,        false,    false, check_late_rating,    write_rating,   detail_rating,     -1},
    {EVENT_COMPLAIN,     MESSAGE_COMPLAINT, TASK_TEXT_MAX,   ANYBODY,  false,    false, check_complaint,      NULL,           detail_complaint,  -1},
    {EVENT_OPEN_OFFER,   -1,                0,               0,        true,     false, NULL,                 NULL,           detail_step,       -1},
    {EVENT_ALERT,        -1,                0,               0,        true,     false, NULL,                 NULL,           detail_step,       -1},
    {EVENT_REMIND,       -1,                0,               0,        true,     false, NULL,                 NULL,           detail_step,       -1},
    {EVENT_BREACH,       -1,                0,               0,        true,     false, NULL,                 NULL,           detail_breach,     -1},
    {EVENT_ACKNOWLEDGE,  -1,                0,               0,        false,    false, check_alert,          NULL,           detail_alert,      -1},
    {EVENT_SETTLE,       -1,                0,               0,        false,    false, check_settled,        NULL,           detail_alert,      -1},
    {EVENT_REPEAT,       -1,                0,               0,        true,     false, NULL,                 NULL,           detail_alert,      -1},
    {EVENT_UNACKNOWLEDGE,-1,                0,               0,        true,     false, NULL,                 NULL,           detail_alert,      -1},
};
/* clang-format on */

const struct event_row *event_row_of(enum order_event event)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].event == event)
            return &rows[i];
    return NULL;
}

static bool text_is_good(const struct order_command *c, const struct event_row *row, enum role role,
                         struct refused *r)
{
    if ((row->words_from & role) != 0 && !c->has_text && c->file_count == 0)
        refuse(r, REFUSE_empty_text);
    else if (c->text_len > row->text_max)
        refuse_number(r, REFUSE_text_too_long, "limit", (int64_t)row->text_max);
    else if (c->file_count > ORDER_FILES_MAX)
        refuse_number(r, REFUSE_too_many_files, "limit", ORDER_FILES_MAX);
    else
        return true;
    return false;
}

bool event_is_good(const struct event_row *row, const struct situation *s,
                   const struct order_command *c, enum role role, struct refused *r)
{
    return text_is_good(c, row, role, r) && (row->check == NULL || row->check(s, c, role, r));
}

bool deadline_holds(const struct situation *s, const struct order_command *c, struct refused *r)
{
    size_t position;
    if (c->clock == CLOCK_ALERT) {
        if (alert_step_holds(s->order, c->alert_id, c->step))
            return true;
    } else if (clock_step_find(c->clock, c->step, &position) != NULL) {
        const struct clock_run *run = &s->order->clocks[c->clock];
        if (run->running && run->run == c->run && !clock_has_fired(run, position))
            return true;
    }
    refuse(r, REFUSE_moot);
    return false;
}
