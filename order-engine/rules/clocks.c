/* clocks.c - the clock table of DOMAIN.md and its arithmetic */
#include "order-engine/rules/clocks.h"

#include "common/base/clock.h"

#define SHARE_OF(name, parameter)                   \
    static int64_t name(const struct parameters *p) \
    {                                               \
        return p->parameter;                        \
    }
SHARE_OF(pinned_window, ASSIGNED_CONTRACTORS_TIME_LIMIT)
SHARE_OF(not_taken, INFORM_MANAGER_CREATED_PROJECT_LIMIT)
SHARE_OF(reminder, CONTRACTOR_REMIND_LIMIT)
SHARE_OF(running_late, INFORM_MANAGER_IN_WORK_PROJECT_LIMIT)

#define FIXED_SHARE(percent)                                   \
    static int64_t share_##percent(const struct parameters *p) \
    {                                                          \
        (void)p;                                               \
        return percent;                                        \
    }
FIXED_SHARE(0)
FIXED_SHARE(25)
FIXED_SHARE(50)
FIXED_SHARE(100)

/* clang-format off */
const struct clock_step_row clock_steps[] = {
/*   clock             step         at             event             cause              why */
    {CLOCK_REACTION,   STEP_OPEN,   pinned_window, EVENT_OPEN_OFFER, CAUSE_COUNT,       "open to every contractor"},
    {CLOCK_REACTION,   STEP_ALERT,  not_taken,     EVENT_ALERT,      CAUSE_NOT_TAKEN,   "nobody has taken it"},
    {CLOCK_REACTION,   STEP_BREACH, share_100,     EVENT_BREACH,     CAUSE_NOT_TAKEN,   "not taken in the time promised"},

    {CLOCK_WORK,       STEP_REMIND, reminder,      EVENT_REMIND,     CAUSE_COUNT,       "the estimate nears its end"},
    {CLOCK_WORK,       STEP_ALERT,  running_late,  EVENT_ALERT,      CAUSE_LATE,        "the order runs late"},
    {CLOCK_WORK,       STEP_BREACH, share_100,     EVENT_BREACH,     CAUSE_LATE,        "not done in the time promised"},

    {CLOCK_CONFIRM,    STEP_REMIND, share_50,      EVENT_REMIND,     CAUSE_COUNT,       "the assigned contractor names no estimate"},
    {CLOCK_CONFIRM,    STEP_ALERT,  share_100,     EVENT_ALERT,      CAUSE_UNCONFIRMED, "still no estimate"},

    {CLOCK_ANSWER,     STEP_REMIND, share_25,      EVENT_REMIND,     CAUSE_COUNT,       "the contractor waits for an answer"},
    {CLOCK_ANSWER,     STEP_ALERT,  share_100,     EVENT_ALERT,      CAUSE_NO_ANSWER,   "the client does not answer"},

    {CLOCK_ACCEPTANCE, STEP_REMIND, share_50,      EVENT_REMIND,     CAUSE_COUNT,       "the work waits to be accepted"},
    {CLOCK_ACCEPTANCE, STEP_CLOSE,  share_100,     EVENT_AUTO_CLOSE, CAUSE_COUNT,       "nobody objected in time"},

    {CLOCK_ALERT,      STEP_REPEAT, share_0,       EVENT_REPEAT,     CAUSE_COUNT,       "nobody is on it"},
    {CLOCK_ALERT,      STEP_REOPEN, share_0,       EVENT_UNACKNOWLEDGE, CAUSE_COUNT,    "whoever was on it has not solved it"},
};
/* clang-format on */
const size_t clock_step_count = ARRAY_LEN(clock_steps);

const struct clock_step_row *clock_step_at(enum sla_clock clock, size_t position)
{
    for (size_t i = 0; i < clock_step_count; i++)
        if (clock_steps[i].clock == clock && position-- == 0)
            return &clock_steps[i];
    return NULL;
}

const struct clock_step_row *clock_step_find(enum sla_clock clock, enum clock_step step,
                                             size_t *ret_position)
{
    const struct clock_step_row *row;
    for (size_t position = 0; (row = clock_step_at(clock, position)) != NULL; position++)
        if (row->step == step) {
            *ret_position = position;
            return row;
        }
    return NULL;
}

/* The next run, going on from what has counted. */
static void open_run(struct clock_run *c, int64_t now)
{
    c->run++;
    c->running = true;
    c->paused = false;
    c->started_at = now;
    c->ended_at = 0;
}

void clock_start(struct clock_run *c, enum sla_clock clock, int64_t limit_ms,
                 const struct parameters *p, int64_t now)
{
    const struct clock_step_row *row;
    c->counted_ms = 0;
    c->limit_ms = limit_ms;
    c->fired = 0;
    for (size_t position = 0; (row = clock_step_at(clock, position)) != NULL; position++)
        c->shares[position] = row->share(p);
    open_run(c, now);
}

int64_t clock_counted_ms(const struct clock_run *c, int64_t now)
{
    int64_t until = c->running ? now : c->ended_at;
    return c->counted_ms + calendar_counted_ms(c->calendar, c->started_at, until);
}

void clock_stop(struct clock_run *c, int64_t now)
{
    if (c->running)
        c->ended_at = now;
    c->running = c->paused = false;
}

void clock_pause(struct clock_run *c, int64_t now)
{
    if (!c->running)
        return;
    clock_stop(c, now);
    c->paused = true;
}

void clock_resume(struct clock_run *c, int64_t now)
{
    if (!c->paused)
        return;
    c->counted_ms = clock_counted_ms(c, now);
    open_run(c, now);
}

/* Counted time at which a share is reached, rounded up. */
static int64_t needed_ms(const struct clock_run *c, int64_t share_percent)
{
    return (c->limit_ms * share_percent + 99) / 100;
}

void clock_move(struct clock_run *c, int64_t limit_ms, int64_t now)
{
    c->limit_ms = limit_ms;
    for (size_t position = 0; position < CLOCK_STEPS_MAX; position++)
        if (needed_ms(c, c->shares[position]) > clock_counted_ms(c, now))
            c->fired &= ~(1u << position);
    if (!c->running)
        return;
    c->counted_ms = clock_counted_ms(c, now);
    open_run(c, now);
}

int64_t clock_due_at(const struct clock_run *c, int64_t share_percent)
{
    return calendar_reach_ms(c->calendar, c->started_at,
                             needed_ms(c, share_percent) - c->counted_ms);
}

bool clock_has_fired(const struct clock_run *c, size_t position)
{
    return (c->fired & (1u << position)) != 0;
}
