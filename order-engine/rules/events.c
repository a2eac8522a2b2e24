/* events.c - what each event brings along */
#include "order-engine/rules/events.h"

#include "order-engine/rules/alerts.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/dispatch.h"
#include "order-engine/rules/events_checks.h"
#include "order-engine/rules/events_details.h"
#include "order-engine/rules/order_fsm.h"

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

/* ---- the table ---- */

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
    {EVENT_SETTLE,       MESSAGE_SAY,       TASK_TEXT_MAX,   0,        false,    false, check_settled,        NULL,           detail_settled,    -1},
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
