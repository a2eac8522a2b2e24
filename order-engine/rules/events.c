/* events.c - what each event brings along */
#include "order-engine/rules/events.h"

#include <inttypes.h>

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

static bool check_create(const struct situation *s, const struct order_command *c,
                         struct refused *r)
{
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

static bool check_estimate(const struct situation *s, const struct order_command *c,
                           struct refused *r)
{
    if (c->estimate_minutes < 1 || c->estimate_minutes > s->parameters->MAX_ESTIMATE_HOURS * 60) {
        refuse_number(r, REFUSE_estimate_range, "limit", s->parameters->MAX_ESTIMATE_HOURS);
        return false;
    }
    return true;
}

static bool check_first_estimate(const struct situation *s, const struct order_command *c,
                                 struct refused *r)
{
    if (!s->order->estimate_named)
        return check_estimate(s, c, r);
    refuse(r, REFUSE_estimate_named);
    return false;
}

static bool check_target(const struct situation *s, const struct order_command *c,
                         struct refused *r)
{
    (void)c;
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

static bool check_rating(const struct situation *s, const struct order_command *c,
                         struct refused *r)
{
    (void)s;
    if (c->rating >= 0 && c->rating <= 5) /* 0 = none given */
        return true;
    refuse(r, REFUSE_rating_range);
    return false;
}

static bool check_alert(const struct situation *s, const struct order_command *c, struct refused *r)
{
    return alert_to_acknowledge(s, c, r) != CAUSE_COUNT;
}

/* ---- what the event writes into the row ---- */

static void write_take(const struct situation *s, const struct order_command *c, struct order *o)
{
    o->contractor_id = s->actor->id;
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
    o->taken_at = s->now;
    o->bonus_minor = dispatch_bonus_now(s, o);
    o->estimate_named = false;
    o->estimate_minutes = s->parameters->DEFAULT_ESTIMATE_HOURS * 60;
}

static void write_estimate(const struct situation *s, const struct order_command *c,
                           struct order *o)
{
    (void)s;
    o->estimate_named = true;
    o->estimate_minutes = c->estimate_minutes;
}

static void write_done(const struct situation *s, const struct order_command *c, struct order *o)
{
    (void)c;
    o->done_at = s->now;
}

static void write_end(const struct situation *s, const struct order_command *c, struct order *o)
{
    o->rating = c->rating;
    o->ended_at = s->now;
}

/* ---- the event's detail: ids and numbers from which folding rebuilds the row ---- */

static void detail_create(const struct order_command *c, const struct order *o,
                          char out[static DECIDED_DETAIL_BYTES])
{
    (void)c;
    snprintf(out, DECIDED_DETAIL_BYTES,
             "{\"account_id\":%" PRId64 ",\"rate_minor\":%" PRId64 ",\"offer_open\":%s}",
             o->account_id, o->rate_minor, o->offer_open ? "true" : "false");
}

static void detail_work(const struct order_command *c, const struct order *o,
                        char out[static DECIDED_DETAIL_BYTES])
{
    (void)c;
    snprintf(out, DECIDED_DETAIL_BYTES,
             "{\"contractor_id\":%" PRId64 ",\"estimate_minutes\":%" PRId64
             ",\"bonus_minor\":%" PRId64 "}",
             o->contractor_id, o->estimate_minutes, o->bonus_minor);
}

static void detail_sum(const struct order_command *c, const struct order *o,
                       char out[static DECIDED_DETAIL_BYTES])
{
    (void)c;
    snprintf(out, DECIDED_DETAIL_BYTES, "{\"rating\":%" PRId64 ",\"amount_minor\":%" PRId64 "}",
             o->rating, o->rate_minor + o->bonus_minor);
}

static void detail_step(const struct order_command *c, const struct order *o,
                        char out[static DECIDED_DETAIL_BYTES])
{
    (void)o;
    snprintf(out, DECIDED_DETAIL_BYTES, "{\"clock\":\"%s\",\"step\":\"%s\",\"run\":%" PRId64 "}",
             sla_clock_name(c->clock), clock_step_name(c->step), c->run);
}

/* An order is given back for its first reaction clock's breach and for no other. */
static void detail_breach(const struct order_command *c, const struct order *o,
                          char out[static DECIDED_DETAIL_BYTES])
{
    bool compensated = o->given_back && c->clock == CLOCK_REACTION && c->run == 1;
    snprintf(out, DECIDED_DETAIL_BYTES, "{\"clock\":\"%s\",\"step\":\"%s\",\"run\":%" PRId64 "%s}",
             sla_clock_name(c->clock), clock_step_name(c->step), c->run,
             compensated ? ",\"compensated\":true" : "");
}

static void detail_alert(const struct order_command *c, const struct order *o,
                         char out[static DECIDED_DETAIL_BYTES])
{
    (void)o;
    snprintf(out, DECIDED_DETAIL_BYTES, "{\"alert_id\":%" PRId64 "}", c->alert_id);
}

/* clang-format off */
static const struct event_row rows[] = {
/*   event               text kept as      at most          needed deadline said   check                 write           detail         promises */
    {EVENT_CREATE,       MESSAGE_TASK,     TASK_TEXT_MAX,   true,  false,   false, check_create,         NULL,           detail_create, CLOCK_REACTION},
    {EVENT_ADD_DETAILS,  MESSAGE_DETAILS,  TASK_TEXT_MAX,   true,  false,   true,  NULL,                 NULL,           NULL,          -1},
    {EVENT_CANCEL,       MESSAGE_REASON,   REASON_TEXT_MAX, false, false,   false, NULL,                 write_end,      NULL,          -1},
    {EVENT_TAKE,         -1,               0,               false, false,   false, check_estimate,       write_take,     detail_work,   CLOCK_WORK},
    {EVENT_ASSIGN,       -1,               0,               false, false,   false, check_target,         write_assign,   detail_work,   CLOCK_WORK},
    {EVENT_SET_ESTIMATE, -1,               0,               false, false,   false, check_first_estimate, write_estimate, detail_work,   CLOCK_WORK},
    {EVENT_ASK,          MESSAGE_QUESTION, TASK_TEXT_MAX,   true,  false,   false, NULL,                 NULL,           NULL,          -1},
    {EVENT_ANSWER,       MESSAGE_ANSWER,   TASK_TEXT_MAX,   true,  false,   false, NULL,                 NULL,           NULL,          -1},
    {EVENT_RESUME,       -1,               0,               false, false,   false, NULL,                 NULL,           NULL,          -1},
    {EVENT_SAY,          MESSAGE_SAY,      TASK_TEXT_MAX,   true,  false,   true,  NULL,                 NULL,           NULL,          -1},
    {EVENT_FINISH,       MESSAGE_REPORT,   TASK_TEXT_MAX,   true,  false,   false, NULL,                 write_done,     NULL,          -1},
    {EVENT_ACCEPT,       MESSAGE_REVIEW,   TASK_TEXT_MAX,   false, false,   false, check_rating,         write_end,      detail_sum,    -1},
    {EVENT_AUTO_CLOSE,   -1,               0,               false, true,    false, NULL,                 write_end,      detail_sum,    -1},
    {EVENT_OPEN_OFFER,   -1,               0,               false, true,    false, NULL,                 NULL,           detail_step,   -1},
    {EVENT_ALERT,        -1,               0,               false, true,    false, NULL,                 NULL,           detail_step,   -1},
    {EVENT_REMIND,       -1,               0,               false, true,    false, NULL,                 NULL,           detail_step,   -1},
    {EVENT_BREACH,       -1,               0,               false, true,    false, NULL,                 NULL,           detail_breach, -1},
    {EVENT_ACKNOWLEDGE,  -1,               0,               false, false,   false, check_alert,          NULL,           detail_alert,  -1},
    {EVENT_REPEAT,       -1,               0,               false, true,    false, NULL,                 NULL,           detail_alert,  -1},
    {EVENT_UNACKNOWLEDGE,-1,               0,               false, true,    false, NULL,                 NULL,           detail_alert,  -1},
};
/* clang-format on */

const struct event_row *event_row_of(enum order_event event)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].event == event)
            return &rows[i];
    return NULL;
}

static bool text_is_good(const struct order_command *c, const struct event_row *row,
                         struct refused *r)
{
    if (row->needs_text && !c->has_text && c->file_count == 0)
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
                   const struct order_command *c, struct refused *r)
{
    return text_is_good(c, row, r) && (row->check == NULL || row->check(s, c, r));
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
