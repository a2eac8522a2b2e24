/* fold.c - an order's events folded through the transition table */
#include "ctl/fold.h"

#include <inttypes.h>

#include "order-engine/rules/events.h"
#include "order-engine/rules/order_fsm.h"

#define ORDER "order"

static const char *state_word(int state)
{
    return state == ORDER_NONE ? "nothing" : order_state_name((enum order_state)state);
}

/* The rule by which the event led from there to its end; NULL: none. */
static const struct order_rule *find_rule(const struct past_event *e, int from)
{
    if (from < 0 || e->role < 0)
        return NULL;
    for (size_t i = 0; i < order_rule_count; i++) {
        const struct order_rule *rule = &order_rules[i];
        int to = rule->to == SAME_STATE ? from : rule->to;
        if ((int)rule->event == e->event && (rule->from & (1u << from)) != 0 &&
            (rule->who & (unsigned)e->role) != 0 && to == e->to)
            return rule;
    }
    return NULL;
}

static void stop_clock(struct fold *f, unsigned clock)
{
    f->running &= ~clock;
    f->paused &= ~clock;
}

static void pause_clock(struct fold *f, unsigned clock)
{
    f->paused |= f->running & clock;
    f->running &= ~clock;
}

static void resume_clock(struct fold *f, unsigned clock)
{
    f->running |= f->paused & clock;
    f->paused &= ~clock;
}

static void start_clock(struct fold *f, unsigned clock)
{
    f->running |= clock;
    f->paused &= ~clock;
}

/* clang-format off */
static const struct {
    uint64_t effect;
    int      clock;
    void   (*apply)(struct fold *, unsigned clock);
} clock_effects[] = { /* in the order in which they happen */
    {STOP_REACTION,    CLOCK_REACTION,   stop_clock},
    {STOP_WORK,        CLOCK_WORK,       stop_clock},
    {STOP_CONFIRM,     CLOCK_CONFIRM,    stop_clock},
    {STOP_ANSWER,      CLOCK_ANSWER,     stop_clock},
    {STOP_ACCEPTANCE,  CLOCK_ACCEPTANCE, stop_clock},
    {PAUSE_WORK,       CLOCK_WORK,       pause_clock},
    {RESUME_WORK,      CLOCK_WORK,       resume_clock},
    {PAUSE_CONFIRM,    CLOCK_CONFIRM,    pause_clock},
    {RESUME_CONFIRM,   CLOCK_CONFIRM,    resume_clock},
    {START_REACTION,   CLOCK_REACTION,   start_clock},
    {START_WORK,       CLOCK_WORK,       start_clock},
    {START_CONFIRM,    CLOCK_CONFIRM,    start_clock},
    {START_ANSWER,     CLOCK_ANSWER,     start_clock},
    {START_ACCEPTANCE, CLOCK_ACCEPTANCE, start_clock},
};
/* clang-format on */

static void fold_clocks(struct fold *f, uint64_t effects)
{
    for (size_t i = 0; i < ARRAY_LEN(clock_effects); i++)
        if ((effects & clock_effects[i].effect) != 0)
            clock_effects[i].apply(f, 1u << clock_effects[i].clock);
}

static bool is_over(int state)
{
    return state == ORDER_CLOSED || state == ORDER_CANCELLED;
}

/* Somebody else's work begins with a contractor's name; returned work goes on as it was taken. */
static void fold_work(struct fold *f, const struct past_event *e, uint64_t effects)
{
    if ((effects & LEAVE_CONTRACTOR) != 0)
        f->contractor_id = f->estimate_minutes = f->taken_at = 0;
    if (e->contractor_id != 0)
        f->contractor_id = e->contractor_id;
    if (e->estimate_minutes != 0)
        f->estimate_minutes = e->estimate_minutes;
    if ((effects & START_WORK) != 0 && e->contractor_id != 0)
        f->taken_at = e->at;
}

static void fold_row(struct fold *f, const struct past_event *e, uint64_t effects)
{
    fold_work(f, e, effects);
    if (e->to == ORDER_DONE && f->state != ORDER_DONE)
        f->done_at = e->at;
    if (e->event == EVENT_REWORK) {
        f->done_at = 0;
        f->reworks++;
    }
    if (is_over(e->to) && !is_over((int)f->state))
        f->ended_at = e->at;
    if (is_over(e->to) && (!is_over((int)f->state) || e->event == EVENT_RATE))
        f->rating = e->rating;
}

static void fold_ledgers(struct fold *f, const struct past_event *e, uint64_t effects)
{
    f->reserved += (effects & RESERVE_QUOTA) != 0;
    f->returned += (effects & RETURN_QUOTA) != 0;
    f->paid += (effects & PAY) != 0 || ((effects & PAY_IF_AGREED) != 0 && e->paid);
}

/* What a contractor does to an order is done by its own; past a break nobody knows who that is. */
static bool is_own(const struct fold *f, const struct past_event *e)
{
    int64_t own = e->contractor_id != 0 ? e->contractor_id : f->contractor_id;
    return f->broken || e->role != ROLE_CONTRACTOR || e->actor_id == own;
}

static void break_at(struct fold *f, int64_t order_id, enum finding finding,
                     struct findings *findings, const char *detail)
{
    f->broken = true;
    findings_add(findings, ORDER, order_id, finding, "%s", detail);
}

void fold_event(struct fold *f, int64_t order_id, const struct past_event *e,
                struct findings *findings)
{
    char detail[FINDING_DETAIL_BYTES];
    if (f->version > 0 && e->version == f->version) {
        snprintf(detail, sizeof detail, "version %" PRId64, e->version);
        break_at(f, order_id, FINDING_event_doubled, findings, detail);
        return;
    }
    if (e->version != f->version + 1) {
        snprintf(detail, sizeof detail, "version %" PRId64 " follows %" PRId64, e->version,
                 f->version);
        break_at(f, order_id, FINDING_event_missing, findings, detail);
    }
    int from = f->version == 0 ? ORDER_NONE : (int)f->state;
    if (f->broken) /* go on from where the event says it began */
        from = e->from;
    const struct order_rule *rule = e->from == from ? find_rule(e, from) : NULL;
    if (rule == NULL || !is_own(f, e)) {
        snprintf(detail, sizeof detail, "version %" PRId64 ", %s from %s to %s by %s", e->version,
                 e->event < 0 ? "?" : order_event_name((enum order_event)e->event),
                 state_word(e->from), state_word(e->to),
                 e->role < 0 ? "?" : role_name((enum role)e->role));
        break_at(f, order_id, FINDING_event_not_allowed, findings, detail);
    } else if (e->at < f->at - FOLD_SKEW_MS) {
        snprintf(detail, sizeof detail, "version %" PRId64, e->version);
        break_at(f, order_id, FINDING_event_out_of_time, findings, detail);
    }
    if (rule != NULL) {
        fold_row(f, e, rule->effects);
        fold_clocks(f, rule->effects);
        fold_ledgers(f, e, rule->effects);
    }
    const struct event_row *row = e->event < 0 ? NULL : event_row_of((enum order_event)e->event);
    if (row == NULL || !row->only_said)
        f->moved = e->version;
    f->version = e->version;
    f->at = e->at;
    f->state = (enum order_state)e->to;
}

static void compare_times(const struct fold *f, const struct past_order *o,
                          struct findings *findings)
{
    const struct {
        const char *name;
        int64_t is, should;
    } times[] = {
        {"taken_at", o->taken_at, f->taken_at},
        {"done_at",  o->done_at,  f->done_at },
        {"ended_at", o->ended_at, f->ended_at},
    };
    for (size_t i = 0; i < ARRAY_LEN(times); i++)
        if (times[i].is != times[i].should)
            findings_add(findings, ORDER, o->id, FINDING_time_differs, "%s", times[i].name);
}

void fold_compare(const struct fold *f, const struct past_order *o, struct findings *findings)
{
    if (f->broken)
        return;
    if (f->version < o->version) {
        findings_add(findings, ORDER, o->id, FINDING_event_missing,
                     "the events end at version %" PRId64 ", the row has %" PRId64, f->version,
                     o->version);
        return;
    }
    if ((int)f->state != o->state || f->moved != o->version)
        findings_add(findings, ORDER, o->id, FINDING_state_differs,
                     "row: %s version %" PRId64 ", events: %s version %" PRId64,
                     state_word(o->state), o->version, state_word((int)f->state), f->moved);
    if (f->contractor_id != o->contractor_id)
        findings_add(findings, ORDER, o->id, FINDING_contractor_differs,
                     "row: %" PRId64 ", events: %" PRId64, o->contractor_id, f->contractor_id);
    if (f->estimate_minutes != o->estimate_minutes)
        findings_add(findings, ORDER, o->id, FINDING_estimate_differs,
                     "row: %" PRId64 " min, events: %" PRId64, o->estimate_minutes,
                     f->estimate_minutes);
    if (f->rating != o->rating)
        findings_add(findings, ORDER, o->id, FINDING_rating_differs,
                     "row: %" PRId64 ", events: %" PRId64, o->rating, f->rating);
    if (f->reworks != o->reworks)
        findings_add(findings, ORDER, o->id, FINDING_reworks_differ,
                     "row: %" PRId64 ", events: %" PRId64, o->reworks, f->reworks);
    compare_times(f, o, findings);
}

/* An event is named like the command that brings it about. */
static bool fits(const char *prefix, const char *command_type, enum order_event event)
{
    return strncmp(command_type, prefix, strlen(prefix)) == 0 &&
           str_eq(command_type + strlen(prefix), order_event_name(event));
}

bool fold_command_fits(const char *command_type, enum order_event event)
{
    const struct event_row *row = event_row_of(event);
    if (row != NULL && row->is_deadline)
        return str_eq(command_type, "deadline.reached");
    if (event == EVENT_ACKNOWLEDGE || event == EVENT_SETTLE)
        return fits("alert.", command_type, event);
    if (event == EVENT_ANSWER && str_eq(command_type, "order.say"))
        return true; /* in waiting_client whatever the client says is the answer */
    if (str_eq(command_type, "person.remove")) /* the orders of who is gone */
        return event == EVENT_RELEASE || event == EVENT_CANCEL;
    return fits("order.", command_type, event);
}
